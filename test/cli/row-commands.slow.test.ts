import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { RowAction } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.ts";
import { addOptions } from "../../src/cli/options/add.ts";
import { type OptionRow, quietRow, readPlainly } from "../../src/cli/options/rows.ts";
import { runByCommander, runWithoutCommander, timeless } from "../helpers/cli.ts";
import { table, writeTablesFolder } from "../helpers/vectors.ts";

const made = "test/vectors/nbft/made";
const bad = "test/vectors/nbft/made-bad";
const scratch = mkdtempSync(join(tmpdir(), "nbft-rows-"));
afterAll(() => [scratch, machine].map((path) => rmSync(path, { recursive: true, force: true })));

const folder = join(scratch, "tables");
writeTablesFolder(folder);
/** More tables than a machine has. */
const machine = mkdtempSync(join(tmpdir(), "nbft-rows-"));
for (let i = 0; i < 70; i++) writeFileSync(join(machine, `NBFT${i}`), table("L01"));
const empty = join(scratch, "empty");
mkdirSync(empty);
const description = join(scratch, "boot.yaml");
writeFileSync(description, readFileSync("examples/dual-path.yaml"));
const shown = join(scratch, "shown.json");
writeFileSync(shown, (await runByCommander(["dump", "-o", "nvme-cli-json", `${made}/L13-security-3`])).bytes);

const store = join(scratch, "OVMF_VARS.fd");
await runByCommander(["vars", "create", "--attempts", "examples/static.yaml", store]);

const rowCommands: (readonly [string, RowAction])[] = [];
for (const { name, load } of commands) {
  const command = await load();
  if ("rows" in command) rowCommands.push([name, command]);
  else for (const [subcommand, , action] of command.subcommands) rowCommands.push([`${name} ${subcommand}`, action]);
}

/** Words for a command line of some rows: options in every spelling, right and wrong, with words that may be values or SOURCEs. */
function argvOf(rows: readonly OptionRow[]): fc.Arbitrary<string[]> {
  const words = ["a", "NBFT", "-", "", "json", "text", "always", "/x/y.yaml", "-x", "--", "--nothing", "NBFT=1"];
  const flags = rows.flatMap(({ flags }) => flags.split(/[ ,]+/).filter((word) => word.startsWith("-")));
  const values = rows.flatMap(({ choices = [] }) => choices);
  const word = fc.constantFrom(...words, ...values);
  const needed = rows
    .filter(({ required }) => required)
    .flatMap(({ flags, choices = ["x"] }) => [flags.split(/[ ,]+/)[0]!, choices[0]!]);
  const flag = fc.constantFrom(...flags);
  return fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.tuple(flag) },
        {
          weight: 4,
          arbitrary: fc
            .constantFrom(...rows)
            .chain(({ flags, choices }) =>
              fc.tuple(
                fc.constantFrom(...flags.split(/[ ,]+/).filter((each) => each.startsWith("-"))),
                choices ? fc.constantFrom(...choices) : word,
              ),
            ),
        },
        { weight: 3, arbitrary: fc.tuple(word) },
        { weight: 1, arbitrary: fc.tuple(fc.tuple(flag, word).map(([a, b]) => `${a}=${b}`)) },
        { weight: 1, arbitrary: fc.tuple(fc.tuple(flag, word).map(([a, b]) => a + b)) },
      ),
      { maxLength: 6 },
    )
    .chain((parts) => fc.constantFrom(parts.flat(), [...needed, ...parts.flat()]));
}

/** What commander understands; undefined for what it refuses. */
function byCommander({ words, rows }: Pick<RowAction, "words" | "rows">, argv: readonly string[]) {
  const command = new Command("x").exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const [name, what] of words) command.argument(name, what);
  addOptions(command, rows);
  let found: { words: readonly string[]; options: object } | undefined;
  command.action(() => {
    found = { words: command.args, options: command.opts() };
  });
  try {
    command.parse([...argv], { from: "user" });
  } catch {
    return undefined;
  }
  return found;
}

describe("command lines that are read without commander", () => {
  it.each(rowCommands)("nbft %s: say what commander says that they do", (_, command) => {
    const rows = [...command.rows, quietRow];
    // Any number of words: how many a command takes is looked at apart.
    const any = { rows, words: [["[word...]", ""]] as const };
    let understood = 0;
    fc.assert(
      fc.property(argvOf(rows), (argv) => {
        const plain = readPlainly(rows, argv);
        if (!plain) return;
        understood++;
        expect(plain, argv.join(" ")).toEqual(byCommander(any, argv));
      }),
      { numRuns: 3000 },
    );
    expect(understood).toBeGreaterThan(300);
  });

  it.each([
    ["diff"],
    ["diff", "a", "b", "c"],
    ["validate", "--help"],
    ["validate", "-h", folder],
    ["validate", "-"],
    ["validate", "--", folder],
    ["validate", "-ojson", folder],
    ["validate", "--output-format=json", folder],
    ["validate", "-o", "xml", folder],
    ["validate", folder, "-o"],
    ["validate", "--fail-on", "never", folder],
    ["validate", "--off", "H009", folder],
    ["validate", "--only", "H", folder],
    ["validate", "--nothing", folder],
    ["repair", "a", "b"],
    ["validates", folder],
    ["help", "validate"],
    ["vars"],
    ["vars", "shows", store],
    ["vars", "show"],
    ["vars", "show", "--help"],
    ["vars", "check", store, "--only", "V"],
    ["efidisk", "--label", "X"],
    ["completion", "csh"],
    ["manual", "nothing"],
    ["qemu", "--cpus", "2", folder],
    ["vars", "help", "show"],
    ["--version"],
    [],
  ])("leave the rest to commander, with nothing done: %s %s %s %s", async (...argv: string[]) => {
    expect(await runWithoutCommander(argv)).toBeUndefined();
  });

  it("have a project's choices", async () => {
    const before = process.cwd();
    const project = join(scratch, "project");
    mkdirSync(join(project, "below"), { recursive: true });
    mkdirSync(join(project, "other/.git"), { recursive: true });
    writeFileSync(join(project, "nbft.config.yaml"), "failOn: info\n");
    writeFileSync(join(project, "NBFT"), table("L13"));
    const argv = ["validate", join(project, "NBFT")];
    try {
      process.chdir(join(project, "below"));
      expect(await runWithoutCommander(argv)).toEqual(await runByCommander(argv));
      expect((await runByCommander(argv)).code).toBe(1);
      const without = [...argv, "--no-config"];
      expect(await runWithoutCommander(without)).toEqual(await runByCommander(without));
      process.chdir(join(project, "other"));
      expect(await runWithoutCommander(argv)).toEqual(await runByCommander(argv));
    } finally {
      process.chdir(before);
    }
  });
});

const sources = [
  [`${made}/L13-security-3`],
  [`${made}/L02-min-v11-spec`, `${bad}/S17-bad-utf8`],
  [`${bad}/S17-bad-utf8`],
  [folder],
  [`${folder}/`, `${made}/L01-min-v10-edk2`],
  ["-r", scratch],
  [empty],
  [join(scratch, "nothing")],
  [`${made}/L13-security-3`, join(scratch, "nothing")],
  ["package.json"],
  ["README.md"],
  ["/dev/null"],
  [""],
  [description],
  [shown],
  ["--nbft-path", made],
  ["--nbft-path", folder, `${made}/L13-security-3`],
  ["--from", "table", `${made}/L13-security-3`],
  ["--from", "acpidump", `${made}/L13-security-3`],
];

const one = `${made}/L13-security-3`;
const evidence = readdirSync("test/vectors/evidence", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .slice(0, 5)
  .map(({ parentPath, name }) => [join(parentPath, name)]);

const config = join(scratch, "Config");
await runByCommander(["attempt", "format", "-w", config, description]);
const efiDisk = join(scratch, "efi.img");
const key = join(scratch, "tls.key");
await runByCommander(["secret", "make", "--kind", "tls", "-w", key]);

const stores = [[store], [one], [folder], [join(scratch, "nothing")], []];

/** Options of each command; those without sources of any number have their words here. */
const lines: readonly (readonly [string, readonly (readonly string[])[], (readonly (readonly string[])[])?])[] = [
  [
    "dump",
    [
      ...["text", "json", "yaml", "ndjson", "nvme-cli-json", "nvme-cli-text", "hex", "acpidump", "dsl", "binary"].map(
        (format) => ["-o", format],
      ),
      ["-o", "iasl", "--iasl-style", "old"],
      ["-s", "--show-secrets", "--color", "always"],
    ],
  ],
  [
    "validate",
    [
      [],
      ["--info", "--color", "always"],
      ["-q"],
      ["--fail-on", "info"],
      ["--fail-on", "warning", "--lenient"],
      ["--separate"],
      ...["json", "ndjson", "sarif", "github", "junit"].map((format) => ["-o", format]),
      ["-o", "ndjson", "--separate", "-q"],
    ],
  ],
  ["tables", [[], ["-o", "json"], ["--color", "always", "-q"]]],
  ["network", [[], ["-o", "networkmanager"], ["-o", "networkd", "-q"], ["--stack", "fedora-43"], ["--stack", "none"]]],
  [
    "plan",
    [
      [],
      ...["json", "ndjson", "commands", "fabrics", "nvme-fabrics", "nvme-stas"].map((format) => ["-o", format]),
      ["--hostnqn", "nqn.2014-08.org.example:a", "--interfaces", "none", "--color", "always"],
      ["--stack", "fedora-43", "-q"],
    ],
  ],
  ["explain", [[], ["-v", "--color", "always"], ["-o", "json"], ["-o", "ndjson", "-q"], ["--all", "--stack", "x"]]],
  [
    "diff",
    [[], ["-o", "json"], ["--bytes", "--show-secrets", "--color", "always"], ["-q", "--nbft-path", one]],
    [
      [one, `${made}/L02-min-v11-spec`],
      [one, one],
      [one, folder],
      [one, description],
      [one, shown],
      [one],
      [folder, ""],
    ],
  ],
  ["rules", [[], ["-o", "json"], ["--color", "always"]], [[], ["H009", "C"], ["figure", "14"], ["nothing-like-it"]]],
  [
    "encode",
    [[], ["-w", "-", "-q"], ["--layout", "edk2"], ["--revision", "1.0"]],
    [[description], [shown], [one], [join(scratch, "nothing")], [], [description, one]],
  ],
  [
    "verify",
    [[], ["-v", "--color", "always"], ["-o", "json", "-q"], ["-o", "junit"], ["--nbft-path", one]],
    [...evidence, evidence.flat(), [one], [scratch], []],
  ],
  [
    "report",
    [
      ["-o", "html"],
      ["-o", "svg"],
      ["-o", "mermaid", "--show-secrets"],
      ["--verify", description],
    ],
    [[one], [folder], [description], [join(scratch, "nothing")]],
  ],
  [
    "repair",
    [
      ["--dry-run"],
      [],
      ["--list"],
      ["-a", "--dry-run", "-o", "json"],
      ["-w", "-"],
      ["-w", "-", "-q", "--all"],
      ["-w", join(scratch, "x/y")],
    ],
    [[one], [`${bad}/S17-bad-utf8`], [folder], [description], [join(scratch, "nothing")], []],
  ],
  ["vars list", [[], ["-a", "-o", "json"], ["--color", "always"]], stores],
  [
    "vars show",
    [
      [],
      ["-o", "json", "--show-secrets"],
      ["-o", "config"],
      ["--guid", "nvmeof", "--left-over"],
      ["--host-id", "rfc4122"],
    ],
    [...stores, [store, "Timeout", "NvmeofGlobalData"], [store, "NvmeofGlobalData"]],
  ],
  [
    "vars set",
    [
      ["--value", "5"],
      ["--hex", "0500", "--attributes", "NV+BS", "-q"],
      ["--attempts", "examples/dual-path.yaml", "--no-companions"],
      ["--inactive"],
      [],
    ].map((options) => ["-w", "-", ...options]),
    [...stores, [store, "Timeout"], [store, "NvmeofGlobalData"], [store, "none"]],
  ],
  ["vars append", [["-w", "-", "--description", "x"]], stores],
  [
    "vars delete",
    [
      ["-w", "-"],
      ["-w", "-", "--guid", "nvmeof"],
    ],
    [...stores, [store, "Timeout"], [store, "none"]],
  ],
  [
    "vars create",
    [[], ["--size", "2M", "--plain"], ["--attempts", "examples/dual-path.yaml", "-q"]],
    [[], [store], [folder], [join(scratch, "x/y.fd")]],
  ],
  ["vars compact", [["-w", "-"]], stores],
  [
    "vars export",
    [[], ["-o", "dmpstore"], ["-g", "nvmeof"]],
    [...stores, [store, "NvmeofGlobalData"], [store, "none"]],
  ],
  [
    "vars import",
    [
      ["-w", "-"],
      ["-w", "-", "-g", "nvmeof"],
    ],
    [[store], [store, store], [store, one], [store, store, "none"]],
  ],
  ["vars check", [[], ["-o", "json"], ["-o", "junit", "--fail-on", "info"], ["--code", one]], stores],
  ["attempt check", [[], ["--info"], ["-o", "json"], ["-o", "sarif", "-q"]], [[config], [store], [one], [], ["none"]]],
  ["attempt format", [[], ["-w", "-", "--host-id", "rfc4122"]], [[config], [description], [store], [one], []]],
  [
    "attempt convert",
    [[], ...["config", "boot", "json", "dmpstore"].map((format) => ["-o", format])],
    [[config], [description], [store], []],
  ],
  ["mutate", [["-w", "-"], ["-w", "-", "--checksum", "kept", "--seed", "2"], []], [[one], [description], [folder], []]],
  ["corpus", [["--no-documents", "-o", "json"], ["--run", "true", "--seed", "2", "-o", "junit"], []], [[], [one]]],
  [
    "predict",
    [[], ["-o", "json"], ["--profile", "timberland"], ["-w", "-"]],
    [[config], [description], [store], [one]],
  ],
  ["init", [[], ["--preset", "dual-path"], ["--json-schema"], ["--no-schema", "--no-comments"]], [[], [one], [shown]]],
  ["target", [[], ["-o", "nvmetcli"], ["-o", "tlshd"], ["--remove"]], [[description], [one], [folder], []]],
  [
    "qemu",
    [[], ["--check", "-o", "json"], ["-o", "libvirt", "--table", join(scratch, "libvirt.nbft")], ["--routes"]],
    [[description], [one], [folder], []],
  ],
  ["initrd", [["-w", "-"], ["-w", "-", "--raise-revision"], []], [[one], [description], [folder], []]],
  [
    "efidisk",
    [["-w", efiDisk, "--label", "X"], ["-w", efiDisk, "--no-startup"], []],
    [[description], [one], [config], []],
  ],
  ["image", [["-w", join(scratch, "disk.img")], ["-w", "-"], []], [[folder], [one], []]],
  ["structures", ["markdown", "json", "c", "ksy", "imhex"].map((format) => ["-o", format]), [[], [one]]],
  ["collect", [[], ["-o", "overlay"]], [[], [one]]],
  ["completion", [[], ["-q"]], [["bash"], ["zsh"], ["fish"], ["csh"], []]],
  ["manual", [[]], [[], ["dump"], ["vars"], ["none"], ["dump", "vars"]]],
  ["playground", [["-w", join(scratch, "page.html")]], [[], [one]]],
  ["doctor", [[], ["-o", "json"]], [[], [one]]],
  ["secret make", [[], ["--kind", "tls"], ["-w", folder]], [[], [one]]],
  ["secret check", [[], ["-o", "json", "--derivation", "compat"]], [[key], [one], [key, key], []]],
  ["secret derive", [[], ["-w", "-"], ["-w", "-", "--hostnqn", "a", "--subsysnqn", "b"]], [[key], [one], []]],
  // What boots, builds or removes is refused before it does.
  [
    "lab run",
    [
      ["--firmware-dir", scratch, "--depth", "read"],
      ["--facts", "x"],
    ],
    [[one], [description], ["none"]],
  ],
  ["lab matrix", [[]], [[], ["none"]]],
  ["lab build", [[]], [["none"]]],
  ["lab clean", [[]], [["none"]]],
];

describe("the commands", () => {
  it.each(lines.map(([name, options, own = sources]) => ({ name, options, own })))(
    "nbft $name prints with and without commander the same",
    async ({ name, options, own }) => {
      expect(lines.map(([each]) => each).sort()).toEqual(rowCommands.map(([each]) => each).sort());
      for (const [i, extra] of options.entries())
        for (const [k, words] of own.entries()) {
          const argv = (i + k) % 2 === 0 ? [...words, ...extra] : [...extra, ...words];
          argv.unshift(...name.split(" "));
          const tty = (i + k) % 3 === 0;
          const plain = await runWithoutCommander(argv, { tty });
          if (plain) expect(timeless(plain), argv.join(" ")).toEqual(timeless(await runByCommander(argv, { tty })));
          // What a command refuses by its words' number is commander's.
          else expect((await runByCommander(argv, { tty })).code, argv.join(" ")).toBe(2);
        }
    },
    300_000,
  );

  it.each(["ndjson", "text"])("nbft validate -o %s does so with more tables than a machine has", async (format) => {
    const argv = ["validate", "-o", format, machine];
    expect(timeless((await runWithoutCommander(argv))!)).toEqual(timeless(await runByCommander(argv)));
  });
});
