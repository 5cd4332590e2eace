import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runCli } from "../helpers/cli.ts";
import { describeWith, scratchFolder } from "./machine.ts";

const project = resolve(import.meta.dirname, "../..");
const folder = scratchFolder("standalone");
const program = join(folder, "out", `nbft-linux-${process.arch}`);
const vectors = "test/vectors/firmware/multipath";

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/standalone.mjs", "--out", join(folder, "out")], {
    cwd: project,
    stdio: "ignore",
  });
});

/** Command lines that need nothing but the program; what they print is compared with what the source prints. */
const lines = [
  ...commands.map(({ name }) => `${name} --help`),
  "--version",
  `dump ${vectors}/NBFT.bin`,
  `dump ${vectors}/NBFT.bin -o hex`,
  `dump ${vectors}/NBFT.bin -o json`,
  `validate ${vectors}/NBFT.bin --info`,
  `plan ${vectors}/NBFT.bin`,
  `explain ${vectors}/NBFT.bin`,
  `network ${vectors}/NBFT.bin`,
  `report ${vectors}/NBFT.bin -o svg`,
  `predict ${vectors}/Config`,
  "init --preset dual-path",
  "rules C012",
  "structures -o c",
  "manual",
  "completion bash",
];

describe("nbft.cjs", () => {
  it("is one file that Node.js runs without the package", async () => {
    const alone = join(folder, "alone");
    cpSync(join(folder, "out/nbft.cjs"), join(alone, "nbft.cjs"));
    for (const line of lines) {
      const args = line.split(" ");
      const { stdout, status } = spawnSync(process.execPath, [join(alone, "nbft.cjs"), ...args], {
        encoding: "utf8",
        cwd: project,
      });
      const { out, code } = await runCli(args);
      expect([line, stdout, status]).toEqual([line, out, code]);
    }
  });
});

describeWith(["unshare", "ldd"], "the executable, in a root that has only its libraries", () => {
  const root = join(folder, "root");
  let libraries: string[] = [];

  beforeAll(() => {
    const needed = execFileSync("ldd", [program], { encoding: "utf8" });
    libraries = [...needed.matchAll(/(?:=> )?(\/\S+) \(/g)].map(([, path]) => path!);
    for (const path of libraries) cpSync(path, join(root, path), { dereference: true });
    cpSync(program, join(root, "nbft"));
    cpSync(join(project, vectors), join(root, vectors), { recursive: true });
    mkdirSync(join(root, "tmp"));
  });

  const run = (args: readonly string[]) =>
    spawnSync("unshare", ["--map-root-user", "--root", root, "/nbft", ...args], { encoding: "utf8", env: {} });

  it("needs glibc and libstdc++, and nothing else", () => {
    const names = libraries.map((path) => path.slice(dirname(path).length + 1)).sort();
    const ofGlibc = /^(ld-linux-.*|lib(c|m|dl|pthread)\.so\.\d+)$/;
    const ofGcc = /^lib(stdc\+\+|gcc_s)\.so\.\d+$/;
    expect(names.filter((name) => !ofGlibc.test(name) && !ofGcc.test(name))).toEqual([]);
  });

  it.each(lines)("runs nbft %s", async (line) => {
    const { stdout, stderr, status } = run(line.split(" "));
    const { out, err, code } = await runCli(line.split(" "));
    expect([stdout, stderr, status]).toEqual([out, err, code]);
  });

  it("writes files there", () => {
    expect(run(["dump", `${vectors}/NBFT.bin`, "-o", "yaml"]).status).toBe(0);
    expect(run(["init", "--preset", "dual-path", "-w", "/tmp/boot.yaml"]).status).toBe(0);
    expect(run(["encode", "/tmp/boot.yaml", "-w", "/tmp/NBFT"]).status).toBe(0);
    expect(readFileSync(join(root, "tmp/NBFT")).toString("latin1", 0, 4)).toBe("NBFT");
    expect(run(["playground", "-w", "/tmp/playground.html"]).status).toBe(0);
    expect(readFileSync(join(root, "tmp/playground.html"), "utf8")).toContain("<title>nbft playground</title>");
  });
});
