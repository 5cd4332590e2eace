import { existsSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

/** Source of each entry, by its name. */
const entries = Object.entries(exports).flatMap(([name, target]) => {
  const built = (target as { default?: string }).default;
  return built === undefined ? [] : [[name, built.replace("./dist/", "src/").replace(/\.js$/, ".ts")] as const];
});

/** Modules that Node.js loads with an entry. A `node:` import fails the build. */
async function modulesOf(entry: string, platform: "browser" | "node" = "browser"): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform,
    format: "esm",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

describe("entries of the package", () => {
  it("all have a source", () => {
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.filter(([, source]) => !existsSync(source))).toEqual([]);
  });

  it("load nothing of Node.js, but for nbft/node and nbft/lab", async () => {
    const forNode = ["./node", "./lab"];
    for (const [name, source] of entries) if (!forNode.includes(name)) await modulesOf(source);
    for (const name of forNode) await expect(modulesOf(`src${name.slice(1)}/index.ts`)).rejects.toThrow("node:");
  });

  it("load little with the root, which is there to read tables: every module takes half a millisecond", async () => {
    const modules = await modulesOf("src/index.ts");
    expect(modules.filter((path) => path.startsWith("node_modules/"))).toEqual([]);
    expect(modules.length).toBeLessThanOrEqual(20);
  });

  it("load the YAML reader for documents, boot descriptions, predictions and boots alone", async () => {
    const yaml = [];
    for (const [name, source] of entries) {
      const modules = await modulesOf(source, "node");
      if (modules.some((path) => path.startsWith("node_modules/yaml/"))) yaml.push(name);
    }
    expect(yaml.sort()).toEqual(["./boot", "./document", "./lab", "./predict"]);
  });
});
