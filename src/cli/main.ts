// The command. What it does is in route.ts; here is what only a process has.
import { createLoader, engine } from "./loader.ts";
import { processIo } from "./process-io.ts";
import { route } from "./route.ts";

/** Set when bundling: the engine that the code caches in the package are for. */
declare const CODE_CACHE_ENGINE: string;

route(process.argv.slice(2), processIo(), createLoader(engine === CODE_CACHE_ENGINE), __dirname).then((code) => {
  process.exitCode = code;
});
