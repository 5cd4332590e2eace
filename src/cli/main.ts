// The command. What it does is in route.ts; here is what only a process has.
import { createLoader, engine } from "./loader.ts";
import { processIo } from "./process-io.ts";
import { route } from "./route.ts";
import { isSystemError, systemErrorText } from "./system-error.ts";

/** Set when bundling: the engine that the code caches in the package are for. */
declare const CODE_CACHE_ENGINE: string;

route(process.argv.slice(2), processIo(), createLoader(engine === CODE_CACHE_ENGINE), __dirname).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // What the full command line turns into words itself can also happen before it is loaded: standard output is full.
    if (!isSystemError(error)) throw error;
    process.exitCode = 2;
    processIo().err(`nbft: ${systemErrorText(error)}\n`);
  },
);
