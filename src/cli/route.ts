import { resolve } from "node:path";
import { type HotRequest, hotRequest } from "./hot/request.ts";
import type { Io } from "./io.ts";

interface HotBundle {
  run(request: HotRequest, io: Io): boolean;
}

interface FullBundle {
  run(argv: readonly string[], io: Io): Promise<number>;
}

/**
 * Runs a command line. A plain `dump FILE` is done at once, by bundles that hold nothing else; everything else is loaded for it.
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
  const dump = hotRequest(argv);
  const done = dump && (load(resolve(folder, "hot", `${dump.format}.cjs`)) as HotBundle).run(dump, io);
  return done ? io.exitCode : (load(resolve(folder, "full.cjs")) as FullBundle).run(argv, io);
}
