import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCpio } from "../acpi/cpio.ts";
import { cacheKey } from "./cache.ts";
import { LabError } from "./errors.ts";
import { fairLimit } from "./load.ts";
import { type Acceleration, machineArguments } from "./machines.ts";
import type { Work } from "./parts.ts";
import type { KernelPart, ProgramPart } from "./system-parts.ts";

/** What a real boot told about this machine. */
export interface Speed {
  readonly acceleration: Acceleration;
  /** Seconds from QEMU's start to the end of the smallest guest, on a machine that has nothing else to do. */
  readonly seconds: number;
  /**
   * Rate of the processor's counter in kHz, as an emulated guest sees it: that of the machine outside. A guest that measures it itself, on a busy
   * machine, may be wrong by a factor, and so is its clock.
   */
  readonly tscKhz?: number | undefined;
}

/** What the smallest guest is made of. */
type Bootable = { readonly kernel: KernelPart; readonly busybox: ProgramPart };

const mark = "nbft-probe-done";
/** Seconds of the guest's clock between the two times that it tells. */
const measured = 1.5;
const init = `#!/bin/busybox sh
/bin/busybox mkdir -p /dev /proc
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t proc proc /proc
exec > /dev/console 2>&1
read up rest < /proc/uptime
echo nbft-probe-first $up
/bin/busybox sleep ${measured}
read up rest < /proc/uptime
echo nbft-probe-second $up
/bin/busybox dmesg | /bin/busybox grep tsc:
echo ${mark}
/bin/busybox poweroff -f
`;
/** A measurement that the wall clock contradicts is made again. */
const tries = 3;

/**
 * Which acceleration works here, found by booting the smallest guest: a /dev/kvm that opens and answers is not a proof. Remembered until this
 * machine is started again or QEMU changes.
 */
export async function probeAcceleration(qemu: string, build: Bootable, cache: string, work: Work): Promise<Speed> {
  const device = existsSync("/dev/kvm") ? String(statSync("/dev/kvm").mtimeMs) : "";
  const key = cacheKey("3", qemu, String(statSync(qemu).mtimeMs), bootId(), device, build.kernel.image);
  // One a kernel: a matrix changes them with every boot.
  const record = join(cache, `acceleration-${key}.json`);
  if (existsSync(record)) return JSON.parse(readFileSync(record, "utf8")) as Speed;
  const folder = join(cache, "runs");
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, "probe-"));
  work.children.watchFolder(scratch);
  try {
    const busybox = readFileSync(build.busybox.path);
    const files = [
      { name: "bin", data: new Uint8Array(), mode: 0o040755 },
      { name: "bin/busybox", data: busybox, mode: 0o100755 },
      { name: "init", data: new TextEncoder().encode(init), mode: 0o100755 },
    ];
    writeFileSync(join(scratch, "initrd"), encodeCpio(files));
    let speed: Speed | undefined;
    if (device !== "") {
      work.progress({ step: "probe acceleration", detail: "kvm" });
      speed = await boot("kvm", 10, qemu, build, scratch, work);
    }
    if (!speed) {
      work.progress({ step: "probe acceleration", detail: "tcg" });
      speed = await measureEmulated(qemu, build, scratch, work);
    }
    if (!speed)
      throw new LabError(
        `${qemu} does not boot the smallest guest: ${readFileSync(join(scratch, "qemu.log"), "utf8").slice(-500)}`,
      );
    // What could not be measured now may be another time.
    if (speed.acceleration !== "tcg" || speed.tscKhz !== undefined) writeFileSync(record, JSON.stringify(speed));
    return speed;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Each time with the rate that the last one should have had, until the guest's clock keeps time with the wall's. */
async function measureEmulated(qemu: string, build: Bootable, scratch: string, work: Work): Promise<Speed | undefined> {
  let speed: Speed | undefined;
  let guess: number | undefined;
  for (let i = 0; i < tries; i++) {
    const probe = await boot("tcg", 180, qemu, build, scratch, work, guess);
    if (!probe) return speed;
    const { rate, ...rest } = probe;
    if (rate?.keepsTime) return { ...rest, tscKhz: rate.khz };
    speed = rest;
    guess = rate?.khz;
  }
  return speed;
}

async function boot(
  acceleration: Acceleration,
  limit: number,
  qemu: string,
  { kernel }: Bootable,
  scratch: string,
  { children }: Work,
  tscKhz?: number,
): Promise<(Speed & { rate?: Rate | undefined }) | undefined> {
  const console = join(scratch, "probe.console");
  rmSync(console, { force: true });
  const args = machineArguments({
    name: "probe",
    machine: "pc",
    acceleration,
    memory: 256,
    cpus: 1,
    kernel: kernel.image,
    initrd: "initrd",
    // With tsc=reliable the clock that is measured is the one whose rate is asked for, as in the lab's own guests.
    commandLine: `console=ttyS0 panic=-1 quiet no_timer_check tsc=reliable${tscKhz === undefined ? "" : ` tsc_early_khz=${tscKhz}`}`,
    more: [],
  });
  const child = children.spawn(qemu, args, { cwd: scratch, log: join(scratch, "qemu.log") });
  const budget = fairLimit(limit);
  const said = () => (existsSync(console) ? readFileSync(console, "latin1") : "");
  const seen: number[] = [];
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  while (!over && !budget.isOver()) {
    await Promise.race([child.ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    const marks = seen.length < 2 ? (said().match(/nbft-probe-(?:first|second) [\d.]+\r?\n/g) ?? []) : seen;
    while (seen.length < marks.length) seen.push(Date.now());
  }
  await child.stop(0);
  const text = said();
  if (!text.includes(mark)) return undefined;
  const seconds = Math.max(0.5, budget.spent() - measured);
  return acceleration === "tcg"
    ? { acceleration, seconds, rate: rateIn(text, seen, tscKhz) }
    : { acceleration, seconds };
}

/** A rate of the processor's counter, and whether a guest's clock kept time with the wall's by it. */
export interface Rate {
  readonly keepsTime: boolean;
  /** In kHz. Where the clock did not keep time: the rate by which it would have. */
  readonly khz: number;
}

/**
 * The rate that the guest's kernel measured or was given, checked against the wall clock.
 *
 * @param seen when the two times that the guest told were seen outside, in milliseconds.
 */
export function rateIn(console: string, seen: readonly number[], given?: number): Rate | undefined {
  const times = [...console.matchAll(/nbft-probe-(?:first|second) ([\d.]+)/g)].map(([, text]) => Number(text));
  const [first, second] = times;
  const [from, to] = seen;
  if (first === undefined || second === undefined || from === undefined || to === undefined) return undefined;
  const pace = (second - first) / ((to - from) / 1000);
  const measured = (pattern: RegExp) => Number(pattern.exec(console)?.[1] ?? Number.NaN) * 1000;
  const detected = given ?? measured(/tsc: Detected ([\d.]+) MHz/);
  const refined = measured(/tsc: Refined TSC clocksource calibration: ([\d.]+) MHz/);
  const keepsTime = pace > 0.8 && pace < 1.15;
  const khz = Math.round(Number.isNaN(refined) ? detected : refined);
  const right = keepsTime ? khz : Math.round(khz * pace);
  return right > 0 && Number.isFinite(right) ? { keepsTime, khz: right } : undefined;
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
