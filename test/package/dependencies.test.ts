import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, "../..");
const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
const manifest = read("package.json");
const lock = read("package-lock.json") as { lockfileVersion: number; packages: Record<string, LockedPackage> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");
const shipped = locked.filter(([, { dev }]) => dev !== true);

describe("what this package asks for", () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies } as Record<string, string>;

  it.each(Object.entries(wanted))("%s is one version: %s", (name, wantedVersion) => {
    // An alias names the package as well: npm:typescript@5.4.5.
    const version = wantedVersion.replace(/^npm:[a-z-]+@/, "");
    // Of postject there are only versions before a first release.
    expect(version).toMatch(name === "postject" ? /^\d+\.\d+\.\d+-alpha\.\d+$/ : /^\d+\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
  });

  it("is what the lock file says", () => {
    const { dependencies, devDependencies } = lock.packages[""]!;
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  it("runs nothing when it is installed", () => {
    const hooks = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});

describe("the lock file", () => {
  it("has a hash of every package, and its version alone", () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { version, integrity }] of locked) {
      expect([path, version]).toEqual([path, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[A-Za-z0-9+/]{86}==$/)]);
    }
  });

  it("has three packages that users get, which depend on nothing and run nothing when they are installed", () => {
    expect(shipped.map(([path]) => path).sort()).toEqual([
      "node_modules/binary-parser",
      "node_modules/commander",
      "node_modules/yaml",
    ]);
    for (const [, { dependencies, hasInstallScript }] of shipped) {
      expect({ dependencies, hasInstallScript }).toEqual({ dependencies: undefined, hasInstallScript: undefined });
    }
  });

  it("knows of one install script among the tools of development", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(scripted).toEqual(["node_modules/esbuild"]);
  });
});
