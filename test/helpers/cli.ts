import { expect } from "vitest";
import { commandIo, type Io } from "../../src/cli/io.ts";
import { runPlainly } from "../../src/cli/row-command.ts";
import { run } from "../../src/cli/run.ts";

/** What one command line printed and how it ended. */
export interface CliResult {
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly err: string;
  readonly code: number;
}

/** What a command line is given besides its words. */
export interface CliSurroundings {
  readonly stdin?: Uint8Array | string;
  readonly tty?: boolean;
  readonly env?: Record<string, string>;
}

/** An {@link Io} that keeps what is printed: the pieces written to standard output, and all of it as a result. */
export function keepingIo({ stdin, tty = false, env = {} }: CliSurroundings = {}): {
  readonly io: Io;
  readonly chunks: readonly Uint8Array[];
  result(): CliResult;
} {
  const chunks: Uint8Array[] = [];
  let err = "";
  const io: Io = {
    out: (data) => chunks.push(typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data)),
    err: (text) => {
      err += text;
    },
    stdin: () => (typeof stdin === "string" ? new TextEncoder().encode(stdin) : (stdin ?? new Uint8Array())),
    env,
    outIsTty: tty,
    errIsTty: tty,
    exitCode: 0,
  };
  const result = () => {
    const bytes = Uint8Array.from(Buffer.concat(chunks));
    return { out: new TextDecoder().decode(bytes), bytes, err, code: io.exitCode };
  };
  return { io, chunks, result };
}

/** Runs a command line in this process, with standard input and a terminal or not. */
export async function runCli(argv: readonly string[], options: CliSurroundings = {}): Promise<CliResult> {
  return (await runWithoutCommander(argv, options)) ?? runByCommander(argv, options);
}

/** The same where the program does without commander; undefined, with nothing printed, where it does not. */
export async function runWithoutCommander(
  argv: readonly string[],
  options: CliSurroundings = {},
): Promise<CliResult | undefined> {
  const { io, chunks, result } = keepingIo(options);
  // As the program does.
  if (await runPlainly(argv, commandIo(io))) return result();
  expect([chunks, result().err, io.exitCode]).toEqual([[], "", 0]);
  return undefined;
}

/** The same by commander, whatever the command line. */
export async function runByCommander(argv: readonly string[], options: CliSurroundings = {}): Promise<CliResult> {
  const { io, result } = keepingIo(options);
  const code = await run(argv, commandIo(io));
  return { ...result(), code };
}

/** A result without times, which differ from run to run. */
export function timeless<T extends { readonly err: string }>(result: T): T {
  return { ...result, err: result.err.replace(/[\d.]+ (s|ms)\b/g, "N $1").replace(/slowest \S+/, "slowest X") };
}
