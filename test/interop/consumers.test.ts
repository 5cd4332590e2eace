import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { dracutFiles, dracutLines, dracutNetwork } from "../../src/consumers/dracut/dracut.ts";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { readNmCommandLine } from "../../src/consumers/networkmanager/nm-command-line.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { allTables, type Vector } from "../helpers/vectors.ts";
import { mutant, randomFrom, withMinor } from "./consumers-corpus.ts";
import {
  installRealPrograms,
  type RealPrograms,
  realConnects,
  realDracut,
  realKeyFiles,
  realShow,
  withoutUuid,
} from "./consumers-tree.ts";

const programs = await installRealPrograms();
const missing = typeof programs === "string" ? programs : undefined;
if (missing !== undefined) console.log(`consumers of Debian trixie: could not run: ${missing}`);

/** Every table as it is and, since libnvme 1.x takes revision 1.0 alone, as one of that revision; then mutants of those. */
const MUTANTS = 150;
/** dracut's shell script takes its time. */
const SLOW_MUTANTS = 50;
/** Larger tables are hostile ones on which the old library takes minutes. */
const LARGEST = 20_000;

const vectors = [
  ...allTables.filter(({ bytes }) => bytes.length <= LARGEST),
  ...allTables
    .filter(({ bytes }) => bytes.length <= LARGEST && bytes[50] !== 0)
    .map((vector): Vector => ({ ...vector, name: `${vector.name} as 1.0`, bytes: withMinor(vector.bytes, 0) })),
];

const pick = randomFrom(20261123);
const mutants = Array.from({ length: MUTANTS }, (_, i): Vector => {
  const parent = vectors[pick(vectors.length)]!;
  return { ...parent, name: `mutant ${i} of ${parent.name}`, bytes: mutant(withMinor(parent.bytes, 0), pick) };
});

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

afterAll(() => {
  for (const [what, number] of counts) console.log(`consumers of Debian trixie: ${what}: ${number}`);
});

const bytesText = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const real = programs as RealPrograms;

/** What the program reads behind the end of a table is not known, so nothing can be predicted. */
function isPredictable({ bytes }: Vector, what: string): boolean {
  if (!readAsLibnvme(bytes, "2.13").readsPastEnd) return true;
  count(`${what}: skipped, because libnvme reads behind the table`);
  return false;
}

const identities = [
  {
    title: "with --hostnqn and --hostid",
    words: [
      "--hostnqn=nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
      "--hostid=aaaaaaaa-0000-4000-8000-000000000001",
    ],
    identity: {
      hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
      hostId: "aaaaaaaa-0000-4000-8000-000000000001",
    },
  },
  { title: "with the table's identity", words: [], identity: {} },
];

describe.skipIf(missing !== undefined).each([
  { title: "vectors", tables: vectors },
  { title: "mutants", tables: mutants },
])("$title", ({ tables }) => {
  test.each(["json", "normal"] as const)("nvme-cli 2.13 nbft show -o %s prints and dies as predicted", (format) => {
    for (const vector of tables) {
      if (!isPredictable(vector, "nvme nbft show")) continue;
      const seen = realShow(real, vector.bytes, format);
      const { stdout, stderr, crash } = runNvmeCliShow([{ path: "./NBFT", bytes: vector.bytes }], format, {}, "2.13");
      const predicted = { stdout: bytesText(stdout), stderr: bytesText(stderr), crashed: crash !== undefined };
      expect(predicted, vector.name).toEqual(seen);
      count("nvme nbft show: compared");
      if (seen.crashed) count("nvme nbft show: died of SIGSEGV, compared as well");
    }
  });

  test.each(identities)(
    "nvme-cli 2.13 connect-all --nbft $title asks the kernel as predicted",
    ({ words, identity }) => {
      for (const vector of tables) {
        if (!isPredictable(vector, "nvme connect-all --nbft")) continue;
        const seen = realConnects(real, vector.bytes, words);
        const plan = planConnectAll([{ path: "NBFT", bytes: vector.bytes }], identity, "2.13");
        // The log ends a string at its first line end.
        const strings = [...fabricsStrings(plan)].map((line) => bytesText(line).split("\n", 1)[0]!);
        const crashed = plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die"));
        expect({ strings, crashed }, vector.name).toEqual(seen);
        count("nvme connect-all --nbft: compared");
        if (seen.crashed) count("nvme connect-all --nbft: died of SIGSEGV, compared as well");
      }
    },
  );

  test("dracut 106 writes the files that are predicted", () => {
    for (const vector of tables === mutants ? tables.slice(0, SLOW_MUTANTS) : tables) {
      if (!isPredictable(vector, "dracut")) continue;
      const predicted = dracutFiles(
        dracutNetwork([{ path: "NBFT", bytes: vector.bytes }], { dracut: "106", nvmeCli: "2.13" }),
      );
      expect(new Map(predicted), vector.name).toEqual(realDracut(real, vector.bytes));
      count("dracut: compared");
    }
  });

  test("nm-initrd-generator 1.52 makes the key files that are predicted of dracut's lines", () => {
    for (const { name, bytes } of tables) {
      const lines = dracutLines(dracutNetwork([{ path: "NBFT", bytes }], { dracut: "106", nvmeCli: "3.1" }));
      // A host name that is none can hold anything, which then is some other word of the command line.
      if (lines.length === 0 || lines.some((line) => /[^\x21-\x7e]/.test(line))) continue;
      const words = [...lines, "rd.neednet=1"];
      const predicted = new Map(readNmCommandLine(words).files.map((file) => [file.name, withoutUuid(file.text)]));
      expect(predicted, `${name}: ${words.join(" ")}`).toEqual(realKeyFiles(real, words));
      count("nm-initrd-generator: compared");
    }
  });
});

test.skipIf(missing !== undefined)("the programs are Debian trixie's", () => {
  const versions = readFileSync(`${real.root}/usr/lib/dracut/dracut-version.sh`, "utf8");
  expect(versions).toContain("106");
  expect(real.run("nvme version").stdout.toString()).toContain("nvme version 2.13");
});
