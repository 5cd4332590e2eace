import { checkBytes } from "../../bytes/bytes.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { attemptSlots, nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";
import { type ConfigKey, findKey, upperAscii } from "./keys.ts";
import { hostIdTextSize, Local, Memory } from "./memory.ts";
import { scanDecimal, scanGuid, scanIpv4, scanIpv6 } from "./numbers.ts";
import { type RawConfig, type RawLine, readLines } from "./read-lines.ts";

/** What the firmware does with a Config: writes both variables, writes nothing, or never comes back. */
export type ConfigOutcome = "stored" | "rejected" | "hang";

/** What the tool did with one line that it read as `Tag:Value`. */
export interface Assignment {
  /** The line of the text. */
  readonly line: RawLine;
  /** Attempt that the line belongs to, from 0; not counted (yet) when it stands after the last `$End`. */
  readonly attempt: number;
  /** The tag as compared: without blanks. */
  readonly tag: string;
  /** Undefined for a tag that the tool does not know. */
  readonly key: ConfigKey | undefined;
  /** Position of the value in the line, and the value: without the blanks in front. */
  readonly valueAt: number;
  /** Bytes of the value as in the text. */
  readonly value: Uint8Array;
  /** Nothing was written: the value is empty, or is not what the key takes. */
  readonly ignored?: "empty" | "invalid" | undefined;
}

/** The outcome of one run of `NvmeOfCli setattempt`. */
export interface SetattemptRun {
  /** What the firmware does with the Config. */
  readonly result: ConfigOutcome;
  /** Lines that the tool prints; where one is not ended by the tool, the next follows in the same line. */
  readonly console: readonly string[];
  /** Line at which the firmware halts or the tool stops reading. */
  readonly stoppedAt?: RawLine | undefined;
  /** Content of `NvmeofGlobalData` (754 bytes) and `Nvmeof_Attemptconfig` (11952), left-over bytes included; absent when nothing is stored. */
  readonly variables?: { readonly globalData: Uint8Array; readonly attempts: Uint8Array } | undefined;
  /** Number of `$End` lines seen, modulo 256, as the tool counts. */
  readonly attemptCount: number;
  /** Both variables as they stood when the run ended, whatever became of them. */
  readonly state: { readonly globalData: Uint8Array; readonly attempts: Uint8Array };
  /** Lines that are `$Start` or `$End`, in file order. */
  readonly markers: readonly { readonly line: RawLine; readonly end: boolean }[];
  /** In file order. */
  readonly assignments: readonly Assignment[];
  /** What the result depends on that the text does not tell, for example what the stack held before. */
  readonly unknowns: readonly string[];
  /** The text as the tool reads it. */
  readonly input: RawConfig;
}

const messages = {
  stored: "!!!The UEFI variables has been set successfully!!!",
  config: "Error occured while setting UEFI variables. Please check the config file",
  hostId: "Error, HostId field not specified ",
  hostNqn: "Error, Host NQN field not specified ",
  hostIdOverride: "Error, HostId Override field not specified or invalid ",
  hostNqnOverride: "Error, Host NQN Override field not specified ",
  attempts: `Error, Max ${attemptSlots} Attempts are supported`,
  hostGuid: "Invalid HostGUID format",
  override: "Invalid value for Host Override Enable",
} as const;

/**
 * Runs a Config through a model of `NvmeOfCli setattempt` (Timberland 1.0_final; the June 2023 build where memory layout
 * matters): what it would store, byte for byte, or whether it would reject the file or halt the machine.
 *
 * @param bytes the file: 8-bit text, or UTF-16LE with a byte order mark.
 */
export function runSetattempt(bytes: Uint8Array): SetattemptRun {
  checkBytes(bytes);
  return new Run(readLines(bytes), false).execute();
}

/** Reads the Config of a run to its end, past what would make the tool stop, halt or refuse, so that everything else can be checked. */
export function readTolerantly({ input }: SetattemptRun): SetattemptRun {
  return new Run(input, true).execute();
}

/** Raised inside a run to end it. */
class Stop {
  readonly result: "rejected" | "hang";
  constructor(result: "rejected" | "hang") {
    this.result = result;
  }
}

class Run {
  private readonly memory = new Memory();
  private readonly assignments: Assignment[] = [];
  private readonly unknowns = new Set<string>();
  private console = "";
  private count = 0;
  private hostIdKnown = false;
  private transportGuid: Uint8Array | undefined;
  private bad = false;
  private written = false;
  private line: RawLine | undefined;
  private readonly markers: { line: RawLine; end: boolean }[] = [];
  private readonly input: RawConfig;
  private readonly tolerant: boolean;

  constructor(input: RawConfig, tolerant: boolean) {
    this.input = input;
    this.tolerant = tolerant;
  }

  execute(): SetattemptRun {
    let result: ConfigOutcome = "stored";
    let stoppedAt: RawLine | undefined;
    try {
      stoppedAt = this.readAll();
      this.line = undefined;
      if (!this.tolerant) this.finish();
      if (this.bad) result = "rejected";
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      result = stop.result;
      stoppedAt = this.line;
    }
    if (this.memory.overrun) this.unknowns.add("more than eight attempts overwrite the caller's memory");
    if (this.memory.returnLost) result = "hang";
    const state = { globalData: this.memory.globalData.slice(), attempts: this.memory.attempts.slice() };
    return {
      result,
      console: this.console.split("\n").filter((line) => line !== ""),
      stoppedAt,
      // A machine that halts on the way back has stored them already.
      ...(this.written && { variables: state }),
      state,
      markers: this.markers,
      attemptCount: this.count,
      assignments: this.assignments,
      unknowns: [...this.unknowns],
      input: this.input,
    };
  }

  /** Reads line by line; returns the line on which reading failed. */
  private readAll(): RawLine | undefined {
    for (const line of this.input.lines) {
      this.line = line;
      if (!this.tolerant) {
        if (line.stop === "wide") throw new Stop("hang");
        if (line.stop) {
          this.bad = true;
          return line;
        }
      }
      this.memory.setLine(line.text);
      this.readLine(line);
    }
    return undefined;
  }

  private readLine(line: RawLine): void {
    const { bytes } = this.memory;
    const upper = line.text[0] === 0x24 ? upperAscii(latin1Text(line.text)) : "";
    if (upper === "$START" || upper === "$END") this.markers.push({ line, end: upper === "$END" });
    if (upper === "$END") {
      this.count = (this.count + 1) & 0xff;
      return;
    }
    // The first three bytes are looked at even where the line is shorter: an older "#" can still be there.
    if (bytes.subarray(Local.line, Local.line + 3).includes(0x23)) return;
    if (upper === "$START" || line.text.length === 0) return;
    const colon = line.text.indexOf(0x3a);
    if (this.tolerant && (colon < 0 || colon > 255)) return;
    const tag = this.copyTag();
    if (colon < 0) return;
    let valueAt = colon + 1;
    while (line.text[valueAt] === 0x20) valueAt++;
    this.assign(line, tag, valueAt);
  }

  /**
   * Copies everything before the next colon, without blanks, into the tag buffer. Nothing ends the search: it goes through
   * left-over bytes after the NUL, and round the first 256 bytes for ever when there is no colon; nor does the buffer's end.
   */
  private copyTag(): string {
    const { bytes, lineKnown } = this.memory;
    const colon = bytes.subarray(Local.line, Local.line + 256).indexOf(0x3a);
    if (colon < 0) {
      if (lineKnown < 256) this.unknowns.add("a colon that the stack happens to hold would end the search for one");
      throw new Stop("hang");
    }
    let end = Local.tag;
    for (let at = Local.line; at < Local.line + colon; at++) if (bytes[at] !== 0x20) bytes[end++] = bytes[at]!;
    bytes[end] = 0;
    return latin1Text(bytes.subarray(Local.tag, bytes.indexOf(0, Local.tag)));
  }

  private assign(line: RawLine, tag: string, valueAt: number): void {
    const attempt = this.count;
    const value = line.text.subarray(valueAt);
    const key = findKey(tag);
    const note = (ignored?: Assignment["ignored"]) =>
      this.assignments.push({ line, attempt, tag, key, valueAt, value, ignored });
    if (value.length === 0) {
      note("empty");
      return;
    }
    if (!key) {
      this.bad = true;
      this.print(`The tag ${tag} in Attempt ${(attempt + 1) & 0xff} is invalid`, false);
      note();
      return;
    }
    const base = key.scope === "global" ? Local.globalData : Local.attempts + attempt * nvmeofAttemptConfig.size;
    note(this.store(key, base + key.at, value, valueAt) ? undefined : "invalid");
  }

  /** Writes a value; returns whether it was one. */
  private store(key: ConfigKey, at: number, value: Uint8Array, valueAt: number): boolean {
    switch (key.kind) {
      case "text": {
        // The whole width of the field is copied, with whatever follows the text in the line buffer.
        const start = Local.line + valueAt;
        this.memory.write(at, this.memory.bytes.slice(start, start + key.size));
        return true;
      }
      case "number": {
        const number = scanDecimal(value).value;
        this.memory.write(at, Uint8Array.of(Number(number & 0xffn), Number((number >> 8n) & 0xffn)).slice(0, key.size));
        return true;
      }
      case "boolean":
        this.memory.write(at, Uint8Array.of(isWord(value, "TRUE") ? 1 : 0));
        return true;
      case "address":
        return this.storeAddress(key, at, value);
      case "guid": {
        const guid = scanGuid(value)?.value;
        // Unchecked: a text that is no GUID stores the one before it.
        if (guid) this.transportGuid = guid;
        if (this.transportGuid) this.memory.write(at, this.transportGuid);
        else this.unknowns.add(`${key.name} is not a GUID: the tool stores what its stack held before`);
        return guid !== undefined;
      }
      case "host-id":
        return this.storeHostId(key, at, value);
      case "switch":
        if (!isWord(value, "TRUE") && !isWord(value, "FALSE")) {
          if (this.tolerant) return false;
          this.print(messages.override);
          throw new Stop("rejected");
        }
        this.memory.write(at, Uint8Array.of(isWord(value, "TRUE") ? 1 : 0));
        return true;
    }
  }

  private storeAddress(key: ConfigKey, at: number, value: Uint8Array): boolean {
    const address = scanIpv4(value)?.value ?? scanIpv6(value)?.value;
    if (address) this.memory.write(at, address);
    else this.print(`Invalid ${key.name} for Attempt ${this.count}`);
    return address !== undefined;
  }

  /** A text of 64 characters or more does not fit the tool's copy, which then still holds the one before. */
  private storeHostId(key: ConfigKey, at: number, value: Uint8Array): boolean {
    const { bytes } = this.memory;
    if (value.length < hostIdTextSize / 2) {
      this.hostIdKnown = true;
      for (const [i, byte] of value.entries()) bytes.set([byte, 0], Local.hostIdText + 2 * i);
      bytes.set([0, 0], Local.hostIdText + 2 * value.length);
    }
    const wide = bytes.subarray(Local.hostIdText, Local.hostIdText + hostIdTextSize);
    // A character beyond U+00FF is not a digit, and the memory may hold one after a tag that was too long.
    const text = Uint8Array.from({ length: hostIdTextSize / 2 }, (_, i) => (wide[2 * i + 1] === 0 ? wide[2 * i]! : 0));
    if (!this.hostIdKnown) this.unknowns.add(`${key.name} is too long: the tool reads what its stack held before`);
    const guid = scanGuid(text)?.value;
    if (guid) this.memory.write(at, guid);
    else if (key.scope === "global") this.print(messages.hostGuid);
    return guid !== undefined && value.length < hostIdTextSize / 2;
  }

  /** The checks at the end of the file, in the tool's order. */
  private finish(): void {
    const { globalData, bytes } = this.memory;
    globalData[nvmeofGlobalData.fields.targetCount.at] = this.count;
    globalData.set([10, 0], nvmeofGlobalData.fields.driverVersion.at);
    if (globalData[nvmeofGlobalData.fields.hostId.at] === 0) this.reject(messages.hostId);
    if (globalData[nvmeofGlobalData.fields.hostNqn.at] === 0) this.reject(messages.hostNqn);
    const { hostOverrideEnable, hostIdOverride, hostNqnOverride } = nvmeofAttemptConfig.fields;
    for (let i = 0; i < this.count; i++) {
      const base = Local.attempts + i * nvmeofAttemptConfig.size;
      if (bytes[base + hostOverrideEnable.at] === 0) continue;
      if (bytes[base + hostIdOverride.at] === 0) this.reject(messages.hostIdOverride);
      if (bytes[base + hostNqnOverride.at] === 0) this.reject(messages.hostNqnOverride);
    }
    // The source says "8 or more"; the compiler of the June 2023 build, which knows the array's size, made it "8".
    if (this.count === attemptSlots) this.reject(messages.attempts);
    this.written = !this.bad;
    this.print(this.bad ? messages.config : messages.stored);
  }

  private reject(message: string): never {
    this.print(message);
    throw new Stop("rejected");
  }

  private print(text: string, newline = true): void {
    this.console += newline ? `${text}\n` : text;
  }
}

function isWord(value: Uint8Array, word: string): boolean {
  return upperAscii(latin1Text(value)) === word;
}
