import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cacheKey, labCacheFolder, makeOnce } from "../../src/lab/cache.ts";
import { createChildren } from "../../src/lab/children.ts";
import { findMirror, openDebianArchive, unpackPackages } from "../../src/lab/debian.ts";
import { findProgram } from "../../src/lab/programs.ts";

/** A folder with real programs, and the way to run them with it as their root. */
export interface RealPrograms {
  readonly root: string;
  /** Runs a bash script in there. */
  run(script: string, env?: Readonly<Record<string, string>>): SpawnSyncReturns<Buffer>;
}

/** Packages of Debian that make a root of their own. */
export interface DebianTree {
  /** Folder in the lab's cache. */
  readonly name: string;
  /** Debian's release: trixie unless given. */
  readonly suite?: string;
  /** Another one makes the tree anew. */
  readonly version: string;
  readonly packages: readonly string[];
  /** Adds what a running system would have. */
  prepare(root: string): void;
}

/**
 * Fetches packages with everything they depend on into the cache, without root's rights, unless they are there; once a run.
 *
 * @returns a sentence where that is not possible.
 */
export async function installDebianTree(tree: DebianTree): Promise<RealPrograms | string> {
  const chroot = findProgram("chroot");
  const unshare = findProgram("unshare");
  if (process.platform !== "linux" || process.arch !== "x64") return "the programs are for Linux on x86-64";
  if (!chroot) return "chroot is missing";
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync(unshare ?? "unshare", ["--user", "--map-root-user", "true"]).status !== 0) {
    return "unshare cannot make a user namespace";
  }
  const root = join(labCacheFolder(process.env), tree.name);
  const { suite = "trixie" } = tree;
  const key = cacheKey(suite, tree.version, ...tree.packages);
  const children = createChildren();
  try {
    await makeOnce(root, key, async (partial) => {
      const mirror = findMirror(process.env["NBFT_MIRROR"], suite);
      const folder = suite === "trixie" ? "apt" : `apt-${suite}`;
      const archive = openDebianArchive(join(labCacheFolder(process.env), folder), mirror, children);
      await archive.update();
      const files = await archive.fetchWithDependencies(tree.packages, () => undefined);
      for (const name of ["bin", "sbin", "lib", "lib64"]) {
        mkdirSync(join(partial, "usr", name), { recursive: true });
        symlinkSync(`usr/${name}`, join(partial, name));
      }
      await unpackPackages(files, partial, children, () => undefined);
      tree.prepare(partial);
    });
  } catch (error) {
    return `Debian's packages cannot be had: ${(error as Error).message.split("\n")[0]}`;
  } finally {
    await children.close();
  }
  const command = isRoot ? [chroot] : [unshare!, "--user", "--map-root-user", chroot];
  const run: RealPrograms["run"] = (script, env = {}) =>
    spawnSync(command[0]!, [...command.slice(1), root, "/bin/bash", "-c", script], {
      env: { PATH: "/usr/sbin:/usr/bin", LC_ALL: "C", ...env },
      maxBuffer: 1 << 28,
      timeout: 60_000,
    });
  return { root, run };
}
