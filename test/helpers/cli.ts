import type { Io } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";

/** What one command line printed and how it ended. */
export interface CliResult {
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly err: string;
  readonly code: number;
}

/** Runs a command line in this process, with standard input and a terminal or not. */
export async function runCli(
  argv: readonly string[],
  options: { stdin?: Uint8Array | string; tty?: boolean; env?: Record<string, string> } = {},
): Promise<CliResult> {
  const chunks: Uint8Array[] = [];
  let err = "";
  const io: Io = {
    out: (data) => chunks.push(typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data)),
    err: (text) => {
      err += text;
    },
    stdin: () =>
      typeof options.stdin === "string" ? new TextEncoder().encode(options.stdin) : (options.stdin ?? new Uint8Array()),
    env: options.env ?? {},
    outIsTty: options.tty ?? false,
    errIsTty: options.tty ?? false,
    exitCode: 0,
  };
  const code = await run(argv, io);
  const bytes = Uint8Array.from(Buffer.concat(chunks));
  return { out: new TextDecoder().decode(bytes), bytes, err, code };
}
