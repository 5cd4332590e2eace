import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { decodeFwCfgDirectory, type FwCfgEntry } from "../acpi/fw-cfg-directory.ts";
import { viewOf } from "../bytes/view.ts";
import { NbftError } from "../errors.ts";

/** What to capture from. */
export interface CaptureOptions {
  /** Program and arguments of the machine, as it will be run later: the tables follow its shape. */
  readonly command: readonly string[];
  /** Of the machine: it decides where the fw_cfg device is. */
  readonly architecture: "x86_64" | "aarch64";
  /**
   * How long the firmware may run before the machine is stopped, in milliseconds; 0 reads before the first instruction. On pc and q35 the tables are
   * complete only after firmware has asked for them.
   */
  readonly firmwareTime?: number;
  /** Items to read; `etc/boot/*` is left out unless named, for it holds kernels. */
  readonly items?: (name: string) => boolean;
  /** Ends the machine and the capture. */
  readonly signal?: AbortSignal;
}

/** Items of a machine's fw_cfg device, and the directory as it was. */
export interface FwCfgCapture {
  /** Contents by name. */
  readonly items: ReadonlyMap<string, Uint8Array>;
  /** The file directory, item 0019h, as QEMU has it. */
  readonly directory: Uint8Array;
}

const directoryKey = 0x19;
const controlRead = 0x02;
const controlSelect = 0x08;
/** Longest wait for one answer of QEMU, in milliseconds. */
const patience = 20_000;

/**
 * Reads the fw_cfg items of a machine from outside, by QEMU's qtest protocol: no guest is needed. The machine is ended afterwards.
 *
 * @throws {NbftError} when QEMU does not start, refuses, or does not answer; its own words are part of the message.
 */
export async function captureFwCfg(options: CaptureOptions): Promise<FwCfgCapture> {
  const [program, ...args] = options.command;
  const child = spawn(
    program!,
    [...args, ...(options.firmwareTime ? [] : ["-S"]), "-display", "none", "-qtest", "stdio", "-qtest-log", "none"],
    { stdio: ["pipe", "pipe", "pipe"], ...(options.signal && { signal: options.signal }) },
  );
  const machine = new QtestMachine(child, options.architecture);
  const release = endWithProcess(child);
  try {
    if (options.firmwareTime) await machine.pause(options.firmwareTime);
    // The directory's own size is part of it: count first, then all rows.
    const head = await machine.readItem(directoryKey, 4);
    const count = viewOf(head).getUint32(0);
    const directory = await machine.readItem(directoryKey, 4 + 64 * Math.min(count, 1024));
    const wanted = options.items ?? ((name: string) => !name.startsWith("etc/boot/"));
    const items = new Map<string, Uint8Array>();
    for (const entry of decodeFwCfgDirectory(directory).entries) {
      if (wanted(entry.name)) items.set(entry.name, await readEntry(machine, entry));
    }
    return { items, directory };
  } finally {
    await machine.end();
    release();
  }
}

/** Ends the machine when this process is asked to end; a machine without its reader would stay. Returns what undoes that. */
function endWithProcess(child: ChildProcess): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const end = () => child.kill("SIGKILL");
  const handlers = signals.map((signal) => {
    const handler = () => {
      end();
      process.removeListener(signal, handler);
      process.kill(process.pid, signal);
    };
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  process.on("exit", end);
  return () => {
    for (const remove of handlers) remove();
    process.removeListener("exit", end);
  };
}

async function readEntry(machine: QtestMachine, { select, size }: FwCfgEntry): Promise<Uint8Array> {
  return size === 0 ? new Uint8Array(0) : machine.readItem(select, size);
}

/** Talks qtest with one QEMU: one line a command, one line an answer. */
class QtestMachine {
  readonly #child: ChildProcess;
  readonly #arm: boolean;
  readonly #waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  #stderr = "";
  #failed: Error | undefined;
  readonly #closed: Promise<void>;

  constructor(child: ChildProcess, architecture: "x86_64" | "aarch64") {
    this.#child = child;
    this.#arm = architecture === "aarch64";
    child.stderr!.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-4000);
    });
    child.stdin!.on("error", () => undefined);
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (!line.startsWith("IRQ")) this.#waiting.shift()?.resolve(line);
    });
    this.#closed = new Promise((resolve) => {
      child.on("error", (error) => {
        this.#fail(new NbftError(`QEMU cannot be started: ${error.message}`));
        resolve();
      });
      child.on("close", (code, signal) => {
        const end = signal ? `was ended by ${signal}` : `exited with ${code}`;
        this.#fail(new NbftError(`QEMU ${end}: ${this.#stderr.trim() || "it said nothing"}`));
        resolve();
      });
    });
  }

  #fail(error: Error): void {
    this.#failed ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failed);
  }

  async #ask(command: string): Promise<string> {
    if (this.#failed) throw this.#failed;
    const answer = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new NbftError(`QEMU does not answer ${command.split(" ")[0]}`)), patience);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          done(value);
        };
      this.#waiting.push({ resolve: settle(resolve), reject: settle(reject) });
      this.#child.stdin!.write(`${command}\n`);
    });
    if (!answer.startsWith("OK")) throw new NbftError(`QEMU answers ${answer} to ${command.split(" ")[0]}`);
    return answer.slice(2).trim();
  }

  /** Waits while the firmware runs. */
  async pause(time: number): Promise<void> {
    await Promise.race([new Promise<void>((resolve) => setTimeout(resolve, time)), this.#closed]);
    if (this.#failed) throw this.#failed;
  }

  /** The bytes of an item, by the device's DMA interface into a scratch area of guest memory. */
  async readItem(key: number, length: number): Promise<Uint8Array> {
    const control = this.#arm ? 0x40010000 : 0x10000;
    const data = control + 0x1000;
    const request = new DataView(new ArrayBuffer(16));
    request.setUint32(0, (key << 16) | controlSelect | controlRead);
    request.setUint32(4, length);
    request.setBigUint64(8, BigInt(data));
    const hex = Buffer.from(request.buffer).toString("hex");
    await this.#ask(`write 0x${control.toString(16)} 16 0x${hex}`);
    const swapped = Buffer.alloc(8);
    swapped.writeBigUInt64BE(BigInt(control));
    if (this.#arm) await this.#ask(`writeq 0x9020010 0x${swapped.readBigUInt64LE().toString(16)}`);
    else {
      await this.#ask(`outl 0x514 0x${swapped.readUInt32LE(0).toString(16)}`);
      await this.#ask(`outl 0x518 0x${swapped.readUInt32LE(4).toString(16)}`);
    }
    const base64 = await this.#ask(`b64read 0x${data.toString(16)} ${length}`);
    return new Uint8Array(Buffer.from(base64, "base64"));
  }

  /** Ends the machine and waits until it is gone. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined)
      this.#child.kill("SIGKILL");
    await this.#closed;
  }
}
