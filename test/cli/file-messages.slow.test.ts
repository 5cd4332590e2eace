import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-file-messages-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const at = (name: string) => join(scratch, name);

const table = "test/vectors/nbft/made/L02-min-v11-spec";
const store = at("store.fd");

beforeAll(async () => {
  await runCli(["vars", "create", store, "--attempts", "examples/dual-path.yaml"]);
  await runCli(["vars", "create", at("empty.fd")]);
  await runCli(["attempt", "convert", "-o", "config", "examples/static.yaml", "-w", at("Config")]);
  writeFileSync(at("empty"), "");
  writeFileSync(at("text"), "some words\n");
  writeFileSync(
    at("random"),
    Uint8Array.from({ length: 3000 }, (_, i) => (i * i * 31 + 7 * i) & 0xff),
  );
  writeFileSync(at("zeros"), new Uint8Array(5000));
  writeFileSync(at("short"), "NBFT");
  writeFileSync(at("brace.json"), "{");
  writeFileSync(at("wrong.yaml"), "interfaces: 3\ntargets: {}\n");
  writeFileSync(at("other.yaml"), "a: [1\n");
  writeFileSync(at("gz"), Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4));
  writeFileSync(at("qcow2"), "QFI\xfb\0\0\0\x03");
  mkdirSync(at("folder"));
  mkdirSync(at("two"));
});

/** What a user may name by mistake. */
const sources = [
  ...["missing", "folder", "empty", "text", "random", "zeros", "short", "brace.json", "wrong.yaml", "other.yaml"].map(
    at,
  ),
  ...["gz", "qcow2", "store.fd", "empty.fd", "Config", "Config/below"].map(at),
  table,
  "test/vectors/nbft/made-bad/S25-all-ones-fields",
  "examples/static.yaml",
  "examples/table.yaml",
  "test/vectors/evidence/read-static.nbft",
  "LICENSE",
];

/** Command lines with a file in the place of FILE. */
const lines: readonly string[] = [
  "dump FILE",
  "dump FILE -o hex",
  "dump FILE -o nvme-cli-json",
  "tables FILE",
  "report FILE -o svg",
  "report FILE -o html",
  `report ${table} --verify FILE`,
  `diff FILE ${table}`,
  `diff ${table} FILE`,
  `diff ${table} FILE --bytes`,
  "validate FILE",
  `validate ${table} --config FILE`,
  "repair FILE --dry-run",
  "explain FILE",
  `explain ${table} --initrd FILE`,
  "plan FILE",
  "plan FILE -o nvme-fabrics",
  "network FILE",
  "network FILE -o networkmanager",
  "init FILE",
  "encode FILE -w OUT",
  "mutate FILE -w OUT",
  `mutate ${table} -w OUT --with FILE`,
  "vars list FILE",
  "vars show FILE",
  "vars show FILE -o config",
  "vars check FILE",
  `vars check ${store} --code FILE`,
  "vars compact FILE -w OUT",
  "vars export FILE -w OUT",
  "vars export FILE NvmeofGlobalData -o dmpstore -w OUT",
  "vars delete FILE Timeout -w OUT",
  "vars delete FILE mine -w OUT",
  "vars set FILE Timeout --value 3 -w OUT",
  "vars set FILE mine --hex 00 -w OUT",
  `vars set ${store} Timeout --data FILE -w OUT`,
  "vars set FILE --attempts examples/static.yaml -w OUT",
  `vars set ${store} --attempts FILE -w OUT`,
  `vars import ${store} FILE -w OUT`,
  `vars import FILE ${store} -w OUT`,
  "vars create OUT --attempts FILE",
  "attempt check FILE",
  "attempt format FILE -w OUT",
  "attempt convert FILE -o boot -w OUT",
  "attempt convert FILE -o config -w OUT",
  "attempt convert FILE -o dmpstore -w OUT",
  "predict FILE -w OUT",
  "predict examples/static.yaml -w OUT --facts FILE",
  "qemu FILE",
  "qemu FILE --uuid host",
  "qemu FILE --route table-loader --items OUT",
  `qemu ${table} --route table-loader --items OUT --capture FILE`,
  `qemu ${table} --kernel FILE`,
  `qemu ${table} --kernel LICENSE --initrd FILE`,
  `qemu ${table} --code FILE --vars FILE --check`,
  `qemu ${table} --disk FILE --check`,
  "initrd FILE -w OUT",
  `initrd ${table} --base FILE -w OUT`,
  "initrd FILE --secrets folder -w OUT",
  `initrd ${table} --secrets FILE -w OUT`,
  "efidisk FILE -w OUT",
  "efidisk --config FILE -w OUT",
  "efidisk examples/static.yaml -w OUT --file A.EFI=FILE",
  "efidisk examples/static.yaml -w OUT --startup FILE",
  "image FILE -w OUT",
  "secret check FILE",
  "secret derive FILE --hostnqn nqn.2014-08.org.example:h --subsysnqn nqn.2014-08.org.example:s -w OUT",
  "target FILE",
  "target FILE -o nvmetcli",
  "target examples/static.yaml --device 1=FILE",
  "verify FILE",
  "verify test/vectors/evidence/read-static.nbft --expect FILE",
];

/** What cannot be written. */
const outputs = ["nowhere/below", "text/below", "folder", "text"].map(at);

const sound: readonly string[] = [
  "report examples/static.yaml -w OUT",
  `repair ${table} -w OUT`,
  `network ${table} -w OUT`,
  `init ${table} -w OUT`,
  "encode examples/static.yaml -w OUT",
  "corpus -w OUT --groups sound --random 1",
  `mutate ${table} -n 2 -w OUT`,
  `mutate ${table} -n 2 --kinds concatenate -w OUT`,
  `vars set ${store} Timeout --value 3 -w OUT`,
  `vars export ${store} -w OUT`,
  "vars create OUT",
  "attempt convert examples/static.yaml -o config -w OUT",
  "predict examples/static.yaml -w OUT",
  `qemu ${table} --route table-loader --items OUT --capture test/vectors/acpi`,
  `initrd ${table} -w OUT`,
  "efidisk examples/static.yaml -w OUT",
  "image test -w OUT",
  "secret make -w OUT",
  "collect -w OUT",
  "repair examples/static.yaml -w examples/static.yaml",
];

/** A command line with other names in it. */
function wordsOf(line: string, names: Readonly<Record<string, string>>): string[] {
  return line.split(" ").map((word) => {
    const [, before = "", name = ""] = /^(.*=)?(.*)$/.exec(word)!;
    return before + (names[name] ?? name);
  });
}

/** Whether a complaint begins with something of the command line. */
function isNamed(err: string, words: readonly string[]): boolean {
  const text = err.replace(/^nbft: /, "");
  const names = words.map((word) => word.replace(/^.*=/, ""));
  return text !== err && names.some((name) => text.startsWith(name) && /^[:/]/.test(text.slice(name.length)));
}

describe("what is wrong with a file begins with its name", () => {
  it.each(lines)("%s", async (line) => {
    const strange: string[] = [];
    for (const [i, source] of sources.entries()) {
      const out = at(`out${i}`);
      const words = wordsOf(line, { FILE: source, OUT: out, folder: at("folder") });
      const { err, code } = await runCli([...words, "-q"]);
      rmSync(out, { recursive: true, force: true });
      // What proves nothing ends with 2 as well, and is a result.
      if (code === 2 && err !== "" && !isNamed(err, words)) strange.push(`${words.join(" ")}\n    ${err}`);
    }
    expect(strange).toEqual([]);
  });

  it.each(sound)("%s", async (line) => {
    const strange: string[] = [];
    for (const out of outputs) {
      const words = wordsOf(line, { OUT: out });
      const { err, code } = await runCli([...words, "-q"]);
      if (code === 2 && !isNamed(err, words)) strange.push(`${words.join(" ")}\n    ${err}`);
    }
    expect(strange).toEqual([]);
  });
});
