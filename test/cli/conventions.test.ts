import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CommandText, describeCli, type OptionText } from "../../src/cli/help/describe-cli.ts";
import type { Io } from "../../src/cli/io.ts";
import { formerOptions } from "../../src/cli/options/former.ts";
import { nearest } from "../../src/text/suggestion.ts";
import { runByCommander, runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-conventions-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Leaf {
  readonly name: string;
  readonly command: CommandText;
}

function leavesOf(command: CommandText, before = ""): Leaf[] {
  const name = `${before}${command.name}`;
  if (command.subcommands.length === 0) return [{ name, command }];
  return command.subcommands.flatMap((inner) => leavesOf(inner, `${name} `));
}

const leaves = (await describeCli({} as Io)).flatMap((command) => leavesOf(command));
const optionOf = ({ command }: Leaf, long: string) => command.options.find((option) => option.long === long);
const having = (long: string) => leaves.filter((leaf) => optionOf(leaf, long)).map(({ name }) => name);
const argumentOf = ({ flags }: OptionText) => /[<[].*$/.exec(flags)?.[0];

/** Every use of an option, by its long name. */
const uses = new Map<string, { leaf: string; option: OptionText }[]>();
for (const { name, command } of leaves)
  for (const option of command.options)
    uses.set(option.long!, [...(uses.get(option.long!) ?? []), { leaf: name, option }]);

describe("options mean one thing each", () => {
  it("a letter belongs to one long name, and that name to one letter, in every command", () => {
    const names = new Map<string, Set<string>>();
    for (const [long, all] of uses)
      for (const { option } of all)
        if (option.short) names.set(option.short, (names.get(option.short) ?? new Set()).add(long));
    for (const [short, longs] of names) expect([short, ...longs]).toHaveLength(2);
    // nvme nbft show has -s, -H and -d for the lists of a table; init has their names for what it puts into them.
    const ofNvmeCli = ["--subsystem", "--hfi", "--discovery"];
    for (const [long, all] of uses)
      if (!ofNvmeCli.includes(long))
        expect([long, new Set(all.map(({ option }) => option.short)).size]).toEqual([long, 1]);
  });

  it("an option takes the same kind of argument everywhere, and the same description where it has the same meaning", () => {
    const differing = [...uses]
      .map(([long, all]) => [long, [...new Set(all.map(({ option }) => argumentOf(option) ?? ""))]] as const)
      .filter(([, kinds]) => kinds.length > 1)
      .map(([long, kinds]) => `${long} ${kinds.join(" ")}`);
    expect(differing).toMatchInlineSnapshot(`
      [
        "--subsystem  <tcp://ADDR:PORT/NQN>",
        "--hfi  <MAC,IP/PREFIX[,GW]>",
        "--discovery  <tcp://ADDR[:PORT][/NQN]>",
        "--write <file> <folder>",
        "--initrd <file|folder> <file>",
        "--size <size> <mib>",
        "--disk <file[,block-size=4096]> <image>",
        "--evidence <file> <folder>",
      ]
    `);
  });

  it("-o is a format, and names its choices", () => {
    for (const { leaf, option } of uses.get("--output-format")!)
      expect([leaf, option.short, option.choices.length > 1]).toEqual([leaf, "-o", true]);
  });

  it("no option takes more than one word, which would swallow a SOURCE", () => {
    for (const { name, command } of leaves)
      for (const { flags } of command.options)
        expect([name, flags]).not.toEqual([name, expect.stringContaining("...")]);
  });

  it("every command has -q, and every one that has text to show --color", () => {
    expect(having("--quiet")).toEqual(leaves.map(({ name }) => name));
    const texts = leaves.filter((leaf) => optionOf(leaf, "--output-format")?.choices.includes("text"));
    expect(having("--color")).toEqual(expect.arrayContaining(texts.map(({ name }) => name)));
  });

  // Which commands have which of them is the table of docs/commands/README.md, which test/docs compares.
  it("a command that takes a SOURCE has --from and --nbft-path", () => {
    expect(having("--from")).toEqual(having("--nbft-path"));
    expect(having("--from").length).toBeGreaterThan(10);
  });

  it("a command that could destroy what cannot be made again has -f, and makes a file", () => {
    expect(having("--write")).toEqual(
      expect.arrayContaining(having("--force").filter((name) => name !== "vars create")),
    );
  });
});

describe("-o json is one valid JSON value where a command fails", () => {
  const empty = join(scratch, "empty");
  const absent = join(scratch, "absent");
  const garbage = join(scratch, "garbage");
  mkdirSync(empty);
  writeFileSync(garbage, "garbage garbage 123\n");
  const sound = "test/vectors/nbft/made/L02-min-v11-spec";
  /** Words after the command, and what it prints: of many sources nothing read, else nothing at all. */
  const failures: Readonly<Record<string, readonly [words: readonly string[], printed: unknown][]>> = {
    dump: [
      [[empty], []],
      [[absent], []],
      [[garbage], []],
      [[garbage, absent], []],
    ],
    tables: [
      [[empty], []],
      [[absent], []],
      [[garbage], []],
    ],
    diff: [
      [[sound, empty], null],
      [[absent, sound], null],
    ],
    validate: [
      [[empty], []],
      [[absent], []],
    ],
    rules: [[["nothing-of-that-name"], null]],
    repair: [
      [[absent, "--dry-run"], null],
      [[sound], null],
    ],
    explain: [[[empty], expect.objectContaining({ tables: [] })]],
    plan: [
      [[empty], expect.objectContaining({ tables: [] })],
      [[absent], expect.objectContaining({ tables: [] })],
    ],
    corpus: [[["--run", "true", "--groups", "sound", "-w", "-"], null]],
    qemu: [[[absent], null]],
    "vars list": [
      [[empty], null],
      [[absent], null],
      [[sound], null],
      [[garbage], null],
    ],
    "vars show": [
      [[absent], null],
      [[sound], null],
    ],
    "vars check": [
      [[absent], null],
      [[sound], null],
    ],
    predict: [
      [[absent], null],
      [[sound], null],
    ],
    "attempt check": [
      [[absent], null],
      [[sound], null],
    ],
    "attempt convert": [
      [[absent], null],
      [[sound, "-w", "-"], null],
    ],
    image: [[[absent, "-w", join(scratch, "disk.img")], null]],
    "secret check": [[[absent], []]],
    "lab build": [[["--parts", "host", "--kernel", absent], null]],
    "lab run": [[[absent], null]],
    verify: [
      [[empty], []],
      [[absent], []],
    ],
  };

  it("all of them are below, but those that do not fail", () => {
    const names = leaves.filter((leaf) => optionOf(leaf, "--output-format")?.choices.includes("json"));
    expect(Object.keys(failures).toSorted()).toEqual(
      names
        .map(({ name }) => name)
        .filter((name) => name !== "doctor" && name !== "structures")
        .toSorted(),
    );
  });

  const rows = Object.entries(failures).flatMap(([name, all]) =>
    all.map(([words, printed]) => ({ name, words, printed })),
  );
  it.each(rows)("$name $words", async ({ name, words, printed }) => {
    for (const call of [runCli, runByCommander]) {
      const { out, err, code } = await call([...name.split(" "), "-o", "json", ...words]);
      expect({ printed: JSON.parse(out), code }).toEqual({ printed, code: 2 });
      expect(err).toMatch(/^nbft: /);
    }
  });

  it("is in the file, and not on standard output, where -w says so", async () => {
    const { out, code } = await runCli(["attempt", "convert", "-o", "json", absent, "-w", join(scratch, "x.json")]);
    expect({ out, code }).toEqual({ out: "", code: 2 });
  });

  it("is not printed for a command line that is wrong", async () => {
    for (const words of [["--nonsense"], [sound, sound]]) {
      const { out, code } = await runCli(["vars", "list", "-o", "json", ...words]);
      expect({ out, code }).toEqual({ out: "", code: 2 });
    }
  });
});

describe("what is wrong with a command line", () => {
  it.each([
    [["encode", "x.yaml", "-o", "out.bin"], "to write a file use -w out.bin"],
    [["encode", "x.yaml", "--output", "out.bin"], "to write a file use -w out.bin"],
    [["encode", "x.yaml", "--output=out.bin"], "to write a file use -w out.bin"],
    [["repair", "x", "-o", "out.bin"], "to write a file use -w out.bin"],
    [["report", "x", "-o", "page.html"], "to write a file use -w page.html"],
    [["predict", "x", "-o", "-"], "to write a file use -w -"],
    [["vars", "set", "store", "Timeout", "--value", "1", "-o", "new.fd"], "to write a file use -w new.fd"],
    [["vars", "export", "store", "-o", "vars.json"], "to write a file use -w vars.json"],
    [["dump", "x", "-o", "out.bin"], "to write a file use > out.bin"],
    [["dump", "x", "-w", "out.bin"], "unknown option '-w': the result is on standard output: > out.bin"],
    [["attempt", "convert", "x", "--to", "boot"], "it is -o boot now"],
  ])("%j names the option of today", async (words, hint) => {
    const { out, err, code } = await runCli(words);
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err).toContain(hint);
  });

  it.each(formerOptions)("nbft %s %s of 1.0 is named with what it is now", async (command, flag, now) => {
    const { err, code } = await runCli([...command.split(" "), flag, "word"]);
    expect(err.split("\n")[0]).toBe(`nbft: unknown option '${flag}': it is ${now.replace("VALUE", "word")} now`);
    expect(err).toContain(`nbft: see nbft ${command} --help\n`);
    expect(code).toBe(2);
  });

  it("an unknown option names the nearest one, and where all are listed", async () => {
    expect((await runCli(["validate", "--onyl", "T001"])).err).toBe(
      "nbft: unknown option '--onyl' (did you mean --only?)\nnbft: see nbft validate --help\n",
    );
    expect((await runCli(["vars", "show", "x", "--show-secret"])).err).toBe(
      "nbft: unknown option '--show-secret' (did you mean --show-secrets?)\nnbft: see nbft vars show --help\n",
    );
    // Before an option that has to be given: it may be that.
    expect((await runCli(["initrd", "x", "--wirte", "y"])).err).toBe(
      "nbft: unknown option '--wirte' (did you mean --write?)\nnbft: see nbft initrd --help\n",
    );
    expect((await runCli(["vars", "create", "-w", "new.fd"])).err).toBe(
      "nbft: unknown option '-w': name only the store: nbft vars create new.fd\nnbft: see nbft vars create --help\n",
    );
    // Two letters swapped are one mistake: nearer than --write, which has to be given.
    expect((await runCli(["initrd", "x", "--quite"])).err).toBe(
      "nbft: unknown option '--quite' (did you mean --quiet?)\nnbft: see nbft initrd --help\n",
    );
    expect((await runCli(["dmup"])).err).toBe(
      "nbft: unknown command 'dmup' (did you mean dump?)\nnbft: see nbft --help\n",
    );
  });

  it("nothing is suggested that has no letter of what was written", () => {
    expect(nearest("<<", ["id", "nqn"])).toBeUndefined();
    expect(nearest("di", ["id"])).toBeUndefined();
    expect(nearest("nqm", ["id", "nqn"])).toBe("nqn");
  });

  it("what an option of 1.0 is called now exists", () => {
    for (const [command, , now] of formerOptions) {
      const leaf = leaves.find(({ name }) => name === command)!;
      const flag = now.split(" ")[0];
      expect([command, leaf.command.options.some(({ short, long }) => short === flag || long === flag)]).toEqual([
        command,
        true,
      ]);
    }
  });
});

describe("lists", () => {
  const sound = "test/vectors/nbft/made/L02-min-v11-spec";

  it("leave a SOURCE that follows alone, take commas and repeats", async () => {
    for (const words of [
      ["--only", "T015,T017"],
      ["--only", "T015", "--only", "T017"],
    ])
      expect(await runCli(["validate", ...words, sound])).toMatchObject({ code: 0, out: `${sound}: no findings\n` });
    expect((await runCli(["validate", "--off", "T,S", sound])).out).toContain(`${sound}: `);
    expect(
      (await runCli(["mutate", "-n", "2", "--kinds", "count,flag", sound])).out.trimEnd().split("\n"),
    ).toHaveLength(2);
    expect((await runCli(["repair", "--dry-run", "--only", "H002,O009", sound])).out).toBe("nothing to repair\n");
  });
});

describe("-q", () => {
  it("leaves results and errors", async () => {
    const edk2 = "examples/static.yaml";
    const file = join(scratch, "NBFT");
    expect((await runCli(["encode", edk2, "-w", file])).out).toMatch(/^.*NBFT: \d+ bytes/);
    expect(await runCli(["encode", edk2, "-q", "-w", file])).toMatchObject({ out: "", err: "", code: 0 });
    expect((await runCli(["initrd", file, "-w", `${file}.img`])).err).toContain("1 table in");
    expect(await runCli(["initrd", file, "-q", "-w", `${file}.img`])).toMatchObject({ out: "", err: "", code: 0 });
    expect((await runCli(["predict", edk2])).err).toContain("assumed:");
    const quiet = await runCli(["predict", edk2, "-q"]);
    expect(quiet).toMatchObject({ err: "", code: 0 });
    expect(quiet.out).toContain("SSNS 1");
    expect(await runCli(["dump", "-q", "no-such-file"])).toMatchObject({
      out: "",
      code: 2,
      err: expect.stringContaining("no-such-file"),
    });
  });
});

describe("-w and -f", () => {
  const kept: readonly (readonly [string, readonly string[]])[] = [
    ["init", ["init", "--preset", "static"]],
    ["attempt convert", ["attempt", "convert", "examples/static.yaml", "-o", "config"]],
    ["attempt format", ["attempt", "format", "examples/attempt-dual-path.config"]],
    ["vars export", ["vars", "export", join(scratch, "vars.fd")]],
    ["vars set", ["vars", "set", join(scratch, "vars.fd"), "Timeout", "--value", "5"]],
  ];

  it.each(kept)("nbft %s does not overwrite a description or a store without -f", async (_, words) => {
    await runCli(["vars", "create", "-f", join(scratch, "vars.fd")]);
    const file = join(scratch, "kept");
    writeFileSync(file, "mine");
    expect(await runCli([...words, "-w", file])).toMatchObject({
      code: 2,
      err: `nbft: ${file}: exists already; -f overwrites it\n`,
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await runCli([...words, "-f", "-w", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).not.toBe("mine");
  });

  it("what can be made again is replaced whole", async () => {
    const file = join(scratch, "made");
    const table = "test/vectors/firmware/multipath/NBFT.bin";
    for (const words of [
      ["encode", "examples/static.yaml"],
      ["report", table],
      ["predict", "examples/static.yaml"],
      ["initrd", table],
      ["efidisk", "examples/static.yaml"],
      ["collect"],
      ["repair", table],
    ]) {
      writeFileSync(file, "mine");
      expect([words[0], (await runCli([...words, "-w", file])).code]).toEqual([words[0], 0]);
      expect(readFileSync(file, "latin1")).not.toContain("mine");
    }
  });
});

describe("colors", () => {
  const table = "test/vectors/firmware/multipath/NBFT.bin";
  const isColored = async (words: readonly string[], env: Record<string, string>, tty = false) =>
    (await runCli([...words], { env, tty })).out.includes("\u001b[");

  it.each([
    ["a terminal", {}, true, true],
    ["a pipe", {}, false, false],
    ["a terminal with NO_COLOR", { NO_COLOR: "1" }, true, false],
    ["a terminal with an empty NO_COLOR", { NO_COLOR: "" }, true, true],
    ["a terminal with CLICOLOR=0", { CLICOLOR: "0" }, true, false],
    ["a pipe with CLICOLOR=1", { CLICOLOR: "1" }, false, false],
    ["a dumb terminal", { TERM: "dumb" }, true, false],
    ["a pipe with FORCE_COLOR", { FORCE_COLOR: "1" }, false, true],
    ["a terminal with FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false],
    ["a pipe with CLICOLOR_FORCE", { CLICOLOR_FORCE: "1" }, false, true],
    ["a pipe with FORCE_COLOR and NO_COLOR", { FORCE_COLOR: "1", NO_COLOR: "1" }, false, false],
  ] as const)("on %s", async (_, env, tty, colored) => {
    expect(await isColored(["dump", table], env, tty)).toBe(colored);
    expect(await isColored(["dump", "--color", "always", table], env, tty)).toBe(true);
    expect(await isColored(["dump", "--color", "never", table], env, tty)).toBe(false);
  });

  it("are in the text of every command that has --color", async () => {
    await runCli(["vars", "create", "-f", join(scratch, "colors.fd"), "--attempts", "examples/static.yaml"]);
    const store = join(scratch, "colors.fd");
    const evidence = "test/vectors/evidence/connect-static.nbft";
    const arguments_: Record<string, readonly string[]> = {
      diff: [table, "test/vectors/nbft/made/L02-min-v11-spec"],
      repair: ["--dry-run", "test/vectors/nbft/made/L10-ssns-no-secondary"],
      "vars list": [store],
      "vars show": [store],
      "vars check": [store],
      "attempt check": ["examples/attempt-mistakes.config"],
      predict: ["examples/static.yaml"],
      verify: [evidence],
      corpus: ["--run", "true", "--groups", "mutants", "--mutants", "1"],
      rules: [],
      doctor: [],
    };
    // These need programs of this machine; image has its own test.
    for (const name of having("--color").filter((each) => !each.startsWith("lab ") && each !== "image")) {
      const words = [...name.split(" "), ...(arguments_[name] ?? [table])];
      expect([name, await isColored([...words, "--color", "always"], {})]).toEqual([name, true]);
      expect([name, await isColored([...words, "--color", "never"], {}, true)]).toEqual([name, false]);
    }
  });
});

describe("a terminal", () => {
  const table = "test/vectors/firmware/multipath/NBFT.bin";

  it.each([
    [["dump", "-o", "binary", table]],
    [["encode", "examples/static.yaml"]],
    [["predict", "examples/static.yaml", "-w", "-"]],
    [["repair", table, "-w", "-"]],
    [["initrd", table, "-w", "-"]],
    [["collect", "-o", "overlay"]],
    [["report", table]],
    [["playground", "-w", "-"]],
    [["attempt", "convert", "examples/static.yaml", "-o", "dmpstore"]],
    [["vars", "create", "-"]],
  ])("gets no binary data and no HTML: %j", async (words) => {
    const { out, err, code } = await runCli(words, { tty: true });
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err).toContain(`to a terminal: use ${words[0] === "dump" ? ">" : "-w"} FILE, or a pipe`);
  });
});
