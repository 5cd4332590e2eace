import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { needs } from "../helpers/needs.ts";
import { buildCli } from "../helpers/program.ts";

const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "nbft-faults-"));
const program = join(scratch, "nbft.cjs");
const hook = join(scratch, "hook.cjs");
const table = join(root, "test/vectors/nbft/made/L02-min-v11-spec");
const firmwareTable = join(root, "test/vectors/firmware/multipath/NBFT.bin");
/** A table with errors. */
const broken = join(root, "test/vectors/nbft/made-bad/S09-hfi-count-255");
const store = join(scratch, "vars.fd");

/**
 * Loaded before the program: `FAULT=kill:3` kills it at its third call that writes, half of the bytes written; `ENOSPC:3` has that call fail;
 * `EIO:1` has the first read fail; `short:7` has every read give seven bytes at most; `vanish:NAME` removes a file once its folder is listed.
 */
const hookSource = `
const fs = require("node:fs");
const [what, text] = process.env.FAULT.split(":");
const number = Number(text);
let calls = 0;
const fail = (code, syscall) => { throw Object.assign(new Error(code + ": injected, " + syscall), { code, syscall, errno: -1 }); };
if (what === "kill" || what === "ENOSPC" || what === "EDQUOT") {
  for (const name of ["writeSync", "fsyncSync", "renameSync"]) {
    const call = fs[name];
    fs[name] = (...args) => {
      if (name === "writeSync" && args[0] < 3) return call(...args);
      if (++calls === number) {
        if (what !== "kill") fail(what, name.slice(0, -4));
        if (name === "writeSync") call(args[0], args[1], args[2] ?? 0, (args[3] ?? args[1].length) >> 1);
        process.kill(process.pid, "SIGKILL");
      }
      return call(...args);
    };
  }
  process.on("exit", () => fs.writeSync(2, "\\nCALLS " + calls));
}
if (what === "EIO") { const call = fs.readSync; fs.readSync = (...args) => (++calls === number ? fail("EIO", "read") : call(...args)); }
if (what === "short") {
  const call = fs.readSync;
  fs.readSync = (fd, buffer, ...rest) => {
    const [offset = 0, length = buffer.byteLength - offset, position = null] = typeof rest[0] === "object" && rest[0] ? [rest[0].offset, rest[0].length, rest[0].position] : rest;
    return call(fd, buffer, offset, Math.min(length, number), position);
  };
}
if (what === "vanish") {
  const call = fs.readdirSync;
  fs.readdirSync = (folder, ...rest) => { const found = call(folder, ...rest); fs.rmSync(folder + "/" + text, { force: true }); return found; };
}
require("node:module").syncBuiltinESMExports();
`;

beforeAll(async () => {
  await buildCli(program);
  writeFileSync(hook, hookSource);
  writeFileSync(store, createVariableStore("2M"));
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let injected = 0;
afterAll(() => console.log(`faults: ${injected} injected`));

function nbft(words: readonly string[], fault?: string, input?: string): SpawnSyncReturns<string> {
  if (fault !== undefined && fault !== "ENOSPC:0") injected++;
  const hooked = fault === undefined ? [] : ["--require", hook];
  return spawnSync(process.execPath, [...hooked, program, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...(fault === undefined ? {} : { FAULT: fault }) },
    ...(input === undefined ? { stdio: ["ignore", "pipe", "pipe"] as const } : { input }),
    timeout: 60_000,
  });
}

/** Exit code of a command whose outputs lead into a pipe that nobody reads any more. */
function withClosedOutput(words: readonly string[]): number {
  const status = join(scratch, "status");
  const script = `{ sleep 0.3; "$0" "$@" 2>&1; echo $? > "$STATUS"; } | true`;
  spawnSync("bash", ["-c", script, process.execPath, program, ...words], { env: { ...process.env, STATUS: status } });
  return Number(readFileSync(status, "utf8"));
}

/** Every file below a folder, by its path; hidden ones are what was being written. */
function filesOf(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return new Map(
    paths
      .filter((path) => statSync(path).isFile())
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
}

const boot = join(root, "examples/static.yaml");
const config = join(root, "examples/attempt-dual-path.config");
/** Commands that write files, below a folder of their own. */
const writers: readonly (readonly [name: string, words: (folder: string) => string[]])[] = [
  ["encode", (folder) => ["encode", boot, "-w", `${folder}/out`]],
  ["init", (folder) => ["init", "--preset", "static", "-f", "-w", `${folder}/out`]],
  ["report", (folder) => ["report", table, "-w", `${folder}/out`]],
  ["predict", (folder) => ["predict", config, "-w", `${folder}/out`]],
  ["repair", (folder) => ["repair", table, "--all", "-w", `${folder}/out`]],
  ["initrd", (folder) => ["initrd", table, "-w", `${folder}/out`]],
  ["efidisk", (folder) => ["efidisk", "--config", config, "-w", `${folder}/out`]],
  ["collect", (folder) => ["collect", "-w", `${folder}/out`]],
  ["attempt convert", (folder) => ["attempt", "convert", config, "-o", "boot", "-f", "-w", `${folder}/out`]],
  ["vars create", (folder) => ["vars", "create", "--size", "2M", "-f", `${folder}/out`]],
  ["vars set", (folder) => ["vars", "set", store, "Timeout", "--value", "5", "-f", "-w", `${folder}/out`]],
  ["vars compact", (folder) => ["vars", "compact", store, "-f", "-w", `${folder}/out`]],
  ["network", (folder) => ["network", firmwareTable, "-o", "networkd", "-w", folder]],
  ["corpus", (folder) => ["corpus", "-w", folder, "-f", "--groups", "sound", "--random", "0", "--mutants", "4"]],
  ["mutate", (folder) => ["mutate", table, "-n", "4", "-w", folder, "-f"]],
];

describe.each(writers)(
  "nbft %s",
  (name, words) => {
    const folder = join(scratch, name.replace(" ", "-"));
    let whole: Map<string, Buffer>;
    let calls: number;

    beforeAll(() => {
      mkdirSync(folder);
      const { status, stderr } = nbft(words(folder), "ENOSPC:0");
      expect([name, status === 0 || status === 1, stderr.split("\n").at(-1)]).toEqual([
        name,
        true,
        expect.stringMatching(/^CALLS \d+$/),
      ]);
      calls = Number(stderr.split("CALLS ")[1]);
      whole = filesOf(folder);
      expect(whole.size).toBeGreaterThan(0);
      expect(calls).toBeGreaterThan(1);
    });

    /** Every call, or some of them where there are many. */
    const places = () =>
      [...new Set([1, 2, 3, 4, 5, 6, Math.ceil(calls / 2), calls - 1, calls])].filter((at) => at >= 1 && at <= calls);

    it("leaves whole files alone when it is killed, at every write", () => {
      for (const at of places()) {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        if (whole.has("out")) writeFileSync(join(folder, "out"), "what was there before");
        const { signal } = nbft(words(folder), `kill:${at}`);
        expect([at, signal]).toEqual([at, "SIGKILL"]);
        for (const [path, bytes] of filesOf(folder)) {
          if (/\.nbft-(\d+\.tmp|lock)$/.test(path)) continue;
          const before = path === "out" && bytes.toString() === "what was there before";
          expect([at, path, before || bytes.equals(whole.get(path)!)]).toEqual([at, path, true]);
        }
      }
    });

    it("says so when the disk is full, exits with 2, and leaves nothing half done", () => {
      for (const at of places()) {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        if (whole.has("out")) writeFileSync(join(folder, "out"), "what was there before");
        const { status, stderr } = nbft(words(folder), `ENOSPC:${at}`);
        expect([at, status]).toEqual([at, 2]);
        expect(stderr.replace(/\nCALLS .*/, "")).toMatch(/^(nbft: .*\n)*nbft: .*injected\n?$/);
        expect(stderr).toContain(scratch);
        for (const [path, bytes] of filesOf(folder)) {
          const before = path === "out" && bytes.toString() === "what was there before";
          expect([at, path, before || bytes.equals(whole.get(path) ?? Buffer.of(0))]).toEqual([at, path, true]);
        }
      }
    });
  },
  240_000,
);

describe("what a killed program left", () => {
  it("is removed by the next one that writes into the folder, when nobody is writing it any more", () => {
    const folder = join(scratch, "left");
    mkdirSync(folder);
    const dead = spawnSync("true").pid;
    const names = {
      old: `.out.nbft-${dead}.tmp`,
      fresh: `.new.nbft-${dead}.tmp`,
      alive: `.out.nbft-${process.pid}.tmp`,
      foreign: `.out.${dead}.tmp`,
    };
    for (const name of Object.values(names)) writeFileSync(join(folder, name), "half");
    const longAgo = Date.now() / 1000 - 3600;
    for (const name of [names.old, names.alive, names.foreign]) utimesSync(join(folder, name), longAgo, longAgo);
    expect(nbft(["encode", boot, "-w", join(folder, "out")]).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([names.alive, names.foreign, names.fresh, "out"].sort());
  });

  it("a link goes on pointing at the file", () => {
    const [link, file] = [join(scratch, "link"), join(scratch, "linked")];
    writeFileSync(file, "old");
    symlinkSync(file, link);
    expect(nbft(["encode", boot, "-w", link]).status).toBe(0);
    expect(readFileSync(file).subarray(0, 4).toString()).toBe("NBFT");
    chmodSync(file, 0o600);
    expect(nbft(["encode", boot, "-w", link]).status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe("standard output", () => {
  const full = needs("/dev/full", existsSync("/dev/full"), "outputs to a full disk");
  const outputs = [
    ["dump", table],
    ["dump", "-o", "ndjson", table],
    ["dump", "-o", "json", table],
    ["validate", table],
    ["validate", "-o", "sarif", table],
    ["explain", table],
    ["report", table],
    ["vars", "list", store],
    ["rules"],
  ];

  it.skipIf(!full).each(outputs.map((words) => [words.join(" ").replaceAll(root, ""), words] as const))(
    "that is full makes %s exit with 2 and a sentence",
    (_, words) => {
      const command = `"$0" "$@" > /dev/full`;
      const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, program, ...words], {
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({ status: 2, stderr: "nbft: standard output: no space left on device\n" });
    },
  );

  it.skipIf(!full)("a log that takes no more keeps no command from its file and its exit code", () => {
    const file = join(scratch, "predicted");
    const command = `"$0" "$@" 2> /dev/full`;
    const words = ["predict", join(root, "examples/discovery.yaml"), "-w", file];
    expect(spawnSync("sh", ["-c", command, process.execPath, program, ...words]).status).toBe(0);
    expect(readFileSync(file).subarray(0, 4).toString()).toBe("NBFT");
    expect(spawnSync("sh", ["-c", command, process.execPath, program, "dump", join(scratch, "absent")]).status).toBe(2);
  });

  it("and input: a folder is named", () => {
    const command = `"$0" "$@" < /`;
    for (const words of [
      ["dump", "-"],
      ["vars", "list", "-"],
      ["encode", "-"],
    ]) {
      const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, program, ...words], {
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: "nbft: standard input: illegal operation on a directory\n",
      });
    }
  });

  it("that nobody reads any more is not an error", () => {
    const script = `"$0" "$@" | head -c 10 > /dev/null; exit "\${PIPESTATUS[0]}"`;
    for (const words of [
      ["dump", "-o", "ndjson", ...Array(400).fill(table)],
      ["report", table],
      ["rules", "-o", "json"],
    ]) {
      const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, program, ...words], {
        encoding: "utf8",
      });
      const trouble = stderr.replace(/^nbft: 400 tables in .*\n/, "");
      expect({ words: words[0], status, trouble }).toEqual({ words: words[0], status: 0, trouble: "" });
    }
  });

  it.each(writers)("that is closed from the start does not keep %s from its files and its exit code", (name, words) => {
    const [open, closed] = ["open", "closed"].map((kind) => join(scratch, `${kind}-${name.replace(" ", "-")}`));
    mkdirSync(open!);
    mkdirSync(closed!);
    const expected = nbft(words(open!));
    expect(withClosedOutput(words(closed!))).toBe(expected.status);
    const names = (folder: string) => [...filesOf(folder).keys()];
    expect(names(closed!)).toEqual(names(open!));
    for (const [path, bytes] of filesOf(open!))
      expect([path, filesOf(closed!).get(path)?.equals(bytes)]).toEqual([path, true]);
  });

  it.each([
    ["validate", broken],
    ["validate", "-o", "sarif", broken],
    ["repair", "--dry-run", broken],
    ["diff", table, firmwareTable],
  ])("that is closed from the start leaves the exit code 1 of %s %s", (...words) => {
    expect([nbft(words).status, withClosedOutput(words)]).toEqual([1, 1]);
  });
});

describe("reading", () => {
  const folder = join(scratch, "tables");
  const names = ["NBFT", "NBFT1", "NBFT2", "NBFT3"];
  beforeAll(() => {
    mkdirSync(folder);
    for (const name of names) copyFileSync(table, join(folder, name));
  });

  it("an unreadable file among good ones is named, and the good ones are read", () => {
    const mixed = join(scratch, "mixed");
    mkdirSync(join(mixed, "NBFT1"), { recursive: true });
    copyFileSync(table, join(mixed, "NBFT"));
    copyFileSync(table, join(mixed, "NBFT2"));
    symlinkSync("/nowhere", join(mixed, "NBFT3"));
    symlinkSync("/proc/self/mem", join(mixed, "NBFT4"));
    const { stdout, stderr, status } = nbft(["dump", "-o", "ndjson", mixed]);
    expect(status).toBe(2);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).source),
    ).toEqual([join(mixed, "NBFT"), join(mixed, "NBFT2")]);
    expect(stderr).toBe(
      `nbft: ${mixed}/NBFT1: is a directory\nnbft: ${mixed}/NBFT3: no such file or directory\nnbft: ${mixed}/NBFT4: cannot be read (EIO)\n`,
    );
  });

  it("a file that goes while the folder is read is named, and the others are read", () => {
    for (const words of [
      ["dump", "-o", "ndjson"],
      ["validate", "-o", "json"],
      ["plan", "-o", "json"],
    ]) {
      copyFileSync(table, join(folder, "NBFT2"));
      const { status, stderr, stdout } = nbft([...words, folder], "vanish:NBFT2");
      expect([words[0], status, stderr]).toEqual([words[0], 2, `nbft: ${folder}/NBFT2: no such file or directory\n`]);
      for (const name of ["NBFT", "NBFT1", "NBFT3"]) expect(stdout).toContain(`${folder}/${name}`);
    }
  });

  it("a read that fails is named, and the other files are read", () => {
    copyFileSync(table, join(folder, "NBFT2"));
    const { status, stderr, stdout } = nbft(["dump", "-o", "ndjson", folder], "EIO:2");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^nbft: \S+: cannot be read \(EIO\)\n$/);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  });

  it("a few bytes at a time makes no difference", () => {
    for (const words of [
      ["dump", "-o", "ndjson", folder],
      ["validate", "-o", "json", table],
      ["tables", join(root, "test/vectors/acpi")],
      ["vars", "list", store],
    ]) {
      const [plain, short] = [nbft(words), nbft(words, "short:7")];
      expect([words[0], short.stdout, short.stderr, short.status]).toEqual([
        words[0],
        plain.stdout,
        plain.stderr,
        plain.status,
      ]);
    }
  });
});

describe("a signal", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends a run over many tables at once, with whole lines",
    async (signal) => {
      const child = spawn(process.execPath, [program, "corpus", "-w", join(scratch, signal), "--random", "3000"], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended = new Promise<NodeJS.Signals | null>((done) => child.on("exit", (_, by) => done(by)));
      for (let i = 0; i < 400 && !existsSync(join(scratch, signal, "documents")); i++) {
        await new Promise((tick) => setTimeout(tick, 25));
      }
      child.kill(signal);
      expect(await ended).toBe(signal);
      // What is there is whole; the list of what is expected comes last, so that a folder with it is complete.
      const files = filesOf(join(scratch, signal));
      expect(files.has("expected.json")).toBe(false);
      for (const [path, bytes] of files) {
        if (path.endsWith(".json")) expect(() => JSON.parse(bytes.toString())).not.toThrow();
      }
    },
  );
}, 60_000);
