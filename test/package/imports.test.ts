import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const guide = readFileSync("CONTRIBUTING.md", "utf8");

/** Folders that CONTRIBUTING.md has a row for, in its order. */
const rows = [...guide.matchAll(/^\| `([\w/-]+)` \|/gm)].map(([, folder]) => folder!);

/** Folders of src from the lowest, which imports none of the others, to the highest. */
const layers = rows.filter((row) => row.startsWith("src/")).map((row) => row.slice("src/".length));

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

interface Import {
  readonly from: string;
  /** A file, or the name of a module. */
  readonly to: string;
  /** Loaded when it is called for. */
  readonly isDynamic: boolean;
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join("src", from), "utf8");
  const resolved = (to: string) => (to.startsWith(".") ? join(dirname(from), to) : to);
  const statics = [...text.matchAll(/^(?:import|export)\b[^;"]*?"([^"\n]+)";/gm)].map(([, to]) => {
    return { from, to: resolved(to!), isDynamic: false };
  });
  const dynamics = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, to]) => {
    return { from, to: resolved(to!), isDynamic: true };
  });
  return [...statics, ...dynamics];
});

describe("CONTRIBUTING.md", () => {
  it("has a row for every folder of src, and for every other folder of the project", () => {
    expect(layers.toSorted()).toEqual(foldersIn("src"));
    // What is made, and what git keeps.
    const made = ["dist", "node_modules", "coverage", "standalone"];
    const others = foldersIn(".").filter((name) => !name.startsWith(".") && !made.includes(name) && name !== "src");
    expect(rows.filter((row) => !row.includes("/")).sort()).toEqual(others);
    const inner = ["test", "scripts", "docs"].flatMap((folder) => foldersIn(folder).map((name) => `${folder}/${name}`));
    // Tests of a folder of src are in the folder of that name; docs/api is made.
    const mirrored = inner.filter((name) => name !== "docs/api" && !layers.some((layer) => name === `test/${layer}`));
    expect(rows.filter((row) => /^(test|scripts|docs)\//.test(row)).sort()).toEqual(mirrored.sort());
  });
});

describe("imports", () => {
  const layerOf = (file: string) => file.split("/")[0]!;

  it("are found, and lead to files", () => {
    expect(imports.length).toBeGreaterThan(3000);
    for (const { from, to } of imports)
      if (to.endsWith(".ts")) expect([from, existsSync(join("src", to))]).toEqual([from, true]);
  });

  it("lead from a folder to itself or to folders above it in the table", () => {
    const rank = (file: string) => layers.indexOf(layerOf(file));
    const inLayers = imports.filter(({ from, to }) => from.includes("/") && to.includes("/") && to.endsWith(".ts"));
    const wrong = inLayers.filter(({ from, to }) => rank(to) > rank(from));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("leave what runs in browsers without Node.js", () => {
    const onNode = ["node", "lab", "cli"];
    const wrong = imports.filter(
      ({ from, to }) => !onNode.includes(layerOf(from)) && (/^node:/.test(to) || onNode.includes(layerOf(to))),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("make no circle of files, of types neither", () => {
    const next = new Map<string, string[]>();
    for (const { from, to, isDynamic } of imports)
      if (!isDynamic && to.endsWith(".ts")) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (done.has(file)) return;
      done.add(file);
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});
