// The command: a plain `dump FILE` is done at once, by a bundle that holds nothing else. Other plain command lines are read without commander,
// everything else with it.
import module from "node:module";
import { dumpRequest } from "./dump/request.ts";
import { commandIo } from "./io.ts";
import { processIo } from "./process-io.ts";
import { isSystemError, systemErrorText } from "./system-error.ts";

async function main(argv: readonly string[]): Promise<void> {
  const io = commandIo(processIo());
  try {
    const request = dumpRequest(argv);
    const done =
      (request && (await request.load()).run(request, io)) ||
      (await (await import("./row-command.ts")).runPlainly(argv, io));
    // All is written. A process that ends by itself first gives back what it holds, piece by piece.
    if (done) process.exit(io.exitCode);
    process.exitCode = await (await import("./run.ts")).run(argv, io);
  } catch (error) {
    // What the full command line turns into words itself can also happen before it is loaded: standard output is full.
    if (!isSystemError(error)) throw error;
    process.exitCode = 2;
    io.err(`nbft: ${systemErrorText(error)}\n`);
  }
}

// From Node.js 22 on, what V8 has compiled is kept from run to run.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
main(process.argv.slice(2));
