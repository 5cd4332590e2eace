import { resolve } from "node:path";
import { type HotRequest, hotRequest } from "./hot/request.ts";
import { type VarsRequest, varsRequest } from "./hot/vars-request.ts";
import type { Io } from "./io.ts";

interface HotBundle {
  run(request: HotRequest | VarsRequest, io: Io): boolean;
}

interface FullBundle {
  run(argv: readonly string[], io: Io): Promise<number>;
}

/**
 * Runs a command line. A plain `dump FILE` and plain work on variable stores are done at once, by bundles that hold nothing else; everything
 * else is loaded for it.
 *
 * @param load loads a bundle by its path
 * @param folder where the bundles are: see scripts/cli-bundles.mjs
 * @returns the exit code
 */
export async function route(
  argv: readonly string[],
  io: Io,
  load: (path: string) => unknown,
  folder: string,
): Promise<number> {
  const hot = (name: string, request: HotRequest | VarsRequest) =>
    (load(resolve(folder, "hot", `${name}.cjs`)) as HotBundle).run(request, io);
  const dump = hotRequest(argv);
  const vars = dump ? undefined : varsRequest(argv);
  const done = dump ? hot(dump.format, dump) : vars ? hot(vars.bundle, vars) : false;
  return done ? io.exitCode : (load(resolve(folder, "full.cjs")) as FullBundle).run(argv, io);
}
