import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Child, Children } from "./children.ts";
import { LabError } from "./errors.ts";
import { fairLimit } from "./load.ts";
import type { Wiring } from "./machines.ts";

/** How a machine's run ended. */
export type MachineEnd = "powered off" | "time limit" | "flood" | "failed to start" | "firmware gave up";

/** Another way for a run to be over than by the guest's power-off. */
export interface GivingUp {
  hasGivenUp(): boolean;
  /** What is to be done while the machine is still there. */
  last(): Promise<void>;
}

/** Seconds that a machine may take: of a machine that has a processor to itself, or by the clock on the wall. */
export type Limit = number | { readonly wall: number };

/** A machine that runs. */
export interface RunningMachine {
  readonly name: string;
  readonly child: Child;
  /** Seconds since the machine was started. */
  elapsed(): number;
  /** Waits for the guest's power-off, at most so long; a guest that writes without end, or has given up, is stopped. */
  end(seconds: Limit, giving?: GivingUp): Promise<MachineEnd>;
  /** Waits until a file of the machine holds some text, from a byte of it on. @returns false when the machine ended or the time was up before. */
  says(file: "console" | "report" | "serial", text: string, seconds: number, from?: number): Promise<boolean>;
  /** Bytes that the machine has written to one of its files. */
  size(file: "console" | "report" | "serial"): number;
  stop(): Promise<void>;
  /** What the machine wrote so far, at most the last or first `most` bytes. */
  read(file: "console" | "report" | "serial" | "log", most?: number): Uint8Array;
}

/** Most bytes that a guest may write to one of its files. */
const flood = 64 * 1024 * 1024;

/** Starts QEMU in a folder; its own messages go to `NAME.log` there. */
export function startMachine(
  name: string,
  qemu: string,
  args: readonly string[],
  folder: string,
  children: Children,
): RunningMachine {
  const path = (file: string) => join(folder, `${name}.${file}`);
  const child = children.spawn(qemu, args, { cwd: folder, log: path("log"), talk: true });
  const start = Date.now();
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  const size = (file: string) => (existsSync(path(file)) ? statSync(path(file)).size : 0);
  const poll = async (seconds: Limit, done: () => boolean) => {
    const limit = typeof seconds === "number" ? fairLimit(seconds) : fairLimit(seconds.wall, () => 1);
    while (!done()) {
      if (over || limit.isOver()) return done();
      await Promise.race([child.ended, new Promise((resolve) => setTimeout(resolve, 100))]);
    }
    return true;
  };
  return {
    name,
    child,
    elapsed: () => (Date.now() - start) / 1000,
    end: async (seconds, giving) => {
      const flooded = () => ["console", "report", "serial"].some((file) => size(file) > flood);
      let gaveUp = false;
      const hasGivenUp = () => {
        gaveUp ||= giving?.hasGivenUp() ?? false;
        return gaveUp;
      };
      const ended = await poll(seconds, () => over || flooded() || hasGivenUp());
      const how = flooded() ? "flood" : ended && over ? "powered off" : gaveUp ? "firmware gave up" : "time limit";
      if (!over) await giving?.last();
      if (how !== "powered off") await child.stop(0);
      const { code, signal } = await child.ended;
      return how === "powered off" && (code !== 0 || signal !== undefined) ? "failed to start" : how;
    },
    size,
    says: (file, text, seconds, start = 0) => {
      let from = start;
      return poll(seconds, () => {
        const now = size(file);
        if (now <= from) return false;
        const found = readFileSync(path(file)).includes(text, Math.max(start, from - text.length));
        from = now;
        return found;
      });
    },
    stop: () => child.stop(500),
    read: (file, most = flood) =>
      existsSync(path(file)) ? readFileSync(path(file)).subarray(0, most) : new Uint8Array(),
  };
}

/** How the machines can be joined with this QEMU. */
export async function chooseJoint(version: readonly [number, number], links: number): Promise<Wiring> {
  if (version[0] > 7 || (version[0] === 7 && version[1] >= 2)) return { kind: "stream" };
  const ports: number[] = [];
  for (let i = 0; i < links; i++) ports.push(await freePort());
  return { kind: "socket", ports };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Waits until the target listens on every link: a QEMU that connects too early gives up at once. */
export async function linksReady(
  folder: string,
  links: readonly { id: number }[],
  wiring: Wiring,
  target: RunningMachine,
): Promise<boolean> {
  if (wiring.kind !== "stream") {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return true;
  }
  for (let i = 0; i < 200; i++) {
    if (links.every(({ id }) => existsSync(join(folder, `link${id}.sock`)))) return true;
    const ended = await Promise.race([
      target.child.ended.then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 50)),
    ]);
    if (ended) return false;
  }
  return false;
}

/** Why a machine did not start, in QEMU's words. */
export function failedStart(machine: RunningMachine): LabError {
  return new LabError(`QEMU did not start the ${machine.name}: ${lastLine(machine)}`);
}

/** The last thing that QEMU, or else the guest's console, said. */
export function lastLine(machine: RunningMachine): string {
  const said = new TextDecoder().decode(machine.read("log")).trim();
  const console = new TextDecoder().decode(machine.read("console")).trim();
  return (said || console).split("\n").slice(-2).join("; ") || "it said nothing";
}
