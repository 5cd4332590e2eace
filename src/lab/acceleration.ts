import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCpio } from "../acpi/cpio.ts";
import { keyOf } from "./cache.ts";
import { LabError } from "./errors.ts";
import { type Acceleration, machineArguments } from "./machines.ts";
import type { Work } from "./parts.ts";
import type { KernelPart, ProgramPart } from "./system-parts.ts";

/** What a real boot told about this machine. */
export interface Speed {
  readonly acceleration: Acceleration;
  /** Seconds from QEMU's start to the end of the smallest guest. */
  readonly seconds: number;
}

/** What the smallest guest is made of. */
type Bootable = { readonly kernel: KernelPart; readonly busybox: ProgramPart };

const mark = "nbft-probe-done";
const init = `#!/bin/busybox sh
/bin/busybox mkdir -p /dev
/bin/busybox mount -t devtmpfs dev /dev
echo ${mark} > /dev/console
/bin/busybox poweroff -f
`;

/**
 * Which acceleration works here, found by booting the smallest guest: a /dev/kvm that opens and answers is no proof. Remembered until this
 * machine is started again or QEMU changes.
 */
export async function probeAcceleration(qemu: string, build: Bootable, cache: string, work: Work): Promise<Speed> {
  const device = existsSync("/dev/kvm") ? String(statSync("/dev/kvm").mtimeMs) : "";
  const key = keyOf(qemu, String(statSync(qemu).mtimeMs), bootId(), device, build.kernel.image);
  const record = join(cache, "acceleration.json");
  if (existsSync(record)) {
    const known = JSON.parse(readFileSync(record, "utf8")) as Speed & { key: string };
    if (known.key === key) return known;
  }
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
      speed = await boot("tcg", 180, qemu, build, scratch, work);
    }
    if (!speed)
      throw new LabError(
        `${qemu} does not boot the smallest guest: ${readFileSync(join(scratch, "qemu.log"), "utf8").slice(-500)}`,
      );
    writeFileSync(record, JSON.stringify({ key, ...speed }));
    return speed;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function boot(
  acceleration: Acceleration,
  limit: number,
  qemu: string,
  { kernel }: Bootable,
  scratch: string,
  { children }: Work,
): Promise<Speed | undefined> {
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
    commandLine: "console=ttyS0 panic=-1 quiet",
    more: [],
  });
  const start = Date.now();
  const child = children.spawn(qemu, args, { cwd: scratch, log: join(scratch, "qemu.log") });
  const timer = setTimeout(() => void child.stop(0), limit * 1000);
  await child.ended;
  clearTimeout(timer);
  const done = existsSync(console) && readFileSync(console, "latin1").includes(mark);
  return done ? { acceleration, seconds: (Date.now() - start) / 1000 } : undefined;
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
