import { afterAll, describe, expect, test } from "vitest";
import { behavioursOf, findRelease, type ProgramName } from "../../src/consumers/behaviours/index.ts";
import { dracutFiles, dracutLines, dracutNetwork } from "../../src/consumers/dracut/dracut.ts";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { readNmCommandLine } from "../../src/consumers/networkmanager/nm-command-line.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { fabricsConf } from "../../src/consumers/nvme-cli/fabrics-conf.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { parseStack, type Stack } from "../../src/consumers/stacks.ts";
import { allTables, type Vector } from "../helpers/vectors.ts";
import { mutant, randomFrom, withMinor } from "./consumers-corpus.ts";
import {
  type DebianSuite,
  installRealPrograms,
  nameHost,
  type RealPrograms,
  realConfigured,
  realConnects,
  realDracut,
  realKeyFiles,
  realShow,
  releasesOf,
  withoutUuid,
} from "./consumers-tree.ts";

/** Releases of Debian whose programs are run; NBFT_SUITES names some of them. */
const suites: readonly DebianSuite[] = [
  { suite: "trixie", stack: "debian-13" },
  { suite: "forky", stack: "debian-forky" },
  { suite: "sid", stack: "debian-sid" },
  { suite: "experimental", stack: "debian-experimental" },
];
const asked = process.env["NBFT_SUITES"]?.split(",");

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
  // Releases differ in the revision that they read: two of three mutants are of revision 1.0, which all do.
  const bytes = i % 3 === 2 ? parent.bytes : withMinor(parent.bytes, 0);
  return { ...parent, name: `mutant ${i} of ${parent.name}`, bytes: mutant(bytes, pick) };
});

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

afterAll(() => {
  for (const [what, number] of counts) console.log(`consumers of Debian ${what}: ${number}`);
});

const bytesText = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

const given = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
};
const etc = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:bbbbbbbb-0000-4000-8000-000000000002",
  hostId: "bbbbbbbb-0000-4000-8000-000000000002",
};
const identities = [
  {
    title: "with --hostnqn and --hostid",
    words: [`--hostnqn=${given.hostNqn}`, `--hostid=${given.hostId}`],
    identity: given,
    system: undefined,
  },
  { title: "named by the table, or by /etc/nvme", words: [], identity: {}, system: etc },
];

for (const { suite, stack } of suites.filter((each) => asked?.includes(each.suite) ?? true)) {
  const programs = await installRealPrograms(suite);
  const missing = typeof programs === "string" ? programs : undefined;
  if (missing !== undefined) console.log(`consumers of Debian ${suite}: could not run: ${missing}`);
  const real = programs as RealPrograms;
  const seen = missing === undefined ? releasesOf(real) : undefined;
  const shipped = parseStack(stack) as Stack;
  const nvmeCli = seen?.["nvme-cli"] ?? "";
  const image = { dracut: seen?.dracut ?? "", nvmeCli };
  /** What to look at when something differs. */
  const rows = (program: ProgramName, release: string) =>
    `${program} ${release} of Debian ${suite}: see its rows (${findRelease(program, release)?.alike}) in src/consumers/behaviours/${program}.ts`;

  /** What the program reads after the end of a table is not known, so nothing can be predicted. */
  const isPredictable = ({ bytes }: Vector, what: string): boolean => {
    if (!readAsLibnvme(bytes, nvmeCli).readsPastEnd) return true;
    count(`${suite}: ${what}: skipped, because libnvme reads after the table`);
    return false;
  };

  describe.skipIf(missing !== undefined)(`Debian ${suite}`, () => {
    test("ships the releases that its stack names", () => {
      const known = {
        "nvme-cli": shipped.nvmeCli.release,
        dracut: shipped.dracut.release,
        networkmanager: shipped.networkManager?.release,
      };
      expect(seen, `${stack} in src/consumers/stacks.ts, and the rows of the release that is new`).toEqual(known);
    });

    test.skipIf(missing !== undefined || !behavioursOf("nvme-cli", nvmeCli || "2.4").convertsConfiguration)(
      "nvme connect-all asks for the paths of the nvme-fabrics.conf that is made of a table",
      () => {
        for (const { name, bytes } of allTables.filter(({ name: each }) => /^(S21|L09|L13|L24)/.test(each))) {
          const { text } = fabricsConf([{ path: "NBFT", bytes }]);
          const paths = [...text.matchAll(/^controller = .*?traddr=([^;\n]+);trsvcid=([^;\n]+)/gm)];
          const asked = realConfigured(real, text);
          const wanted = paths.map(([, traddr, trsvcid]) => `${traddr} ${trsvcid}`);
          const seenPaths = asked.map(
            (each) => `${/traddr=([^,]+)/.exec(each)?.[1]} ${/trsvcid=([^,]+)/.exec(each)?.[1]}`,
          );
          expect(new Set(seenPaths), name).toEqual(new Set(wanted));
          expect(wanted.length).toBeGreaterThan(0);
        }
      },
    );

    describe.each([
      { title: "vectors", tables: vectors },
      { title: "mutants", tables: mutants },
    ])("$title", ({ tables }) => {
      test.each(["json", "normal"] as const)("nvme nbft show -o %s prints and dies as predicted", (format) => {
        for (const vector of tables) {
          if (!isPredictable(vector, "nvme nbft show")) continue;
          const shown = realShow(real, vector.bytes, format);
          const { stdout, stderr, crash } = runNvmeCliShow(
            [{ path: "./NBFT", bytes: vector.bytes }],
            format,
            {},
            nvmeCli,
          );
          const predicted = { stdout: bytesText(stdout), stderr: bytesText(stderr), crashed: crash !== undefined };
          expect(predicted, `${vector.name}; ${rows("nvme-cli", nvmeCli)}`).toEqual(shown);
          count(`${suite}: nvme nbft show: compared`);
          if (shown.crashed) count(`${suite}: nvme nbft show: died of SIGSEGV, compared as well`);
        }
      });

      test.each(identities)(
        "nvme connect-all --nbft $title asks the kernel as predicted",
        ({ words, identity, system }) => {
          nameHost(real, system);
          for (const vector of tables) {
            if (!isPredictable(vector, "nvme connect-all --nbft")) continue;
            const tried = realConnects(real, vector.bytes, words);
            const plan = planConnectAll([{ path: "NBFT", bytes: vector.bytes }], identity, nvmeCli, {
              interfaces: "none",
              ...(system && { system }),
            });
            // The log ends a string at its first line end.
            const strings = [...fabricsStrings(plan)].map((line) => bytesText(line).split("\n", 1)[0]!);
            const crashed = plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die"));
            expect({ strings, crashed }, `${vector.name}; ${rows("nvme-cli", nvmeCli)}`).toEqual(tried);
            count(`${suite}: nvme connect-all --nbft: compared`);
            if (tried.crashed) count(`${suite}: nvme connect-all --nbft: died of SIGSEGV, compared as well`);
          }
        },
      );

      test("dracut writes the files that are predicted", () => {
        for (const vector of tables === mutants ? tables.slice(0, SLOW_MUTANTS) : tables) {
          if (!isPredictable(vector, "dracut")) continue;
          const predicted = dracutFiles(dracutNetwork([{ path: "NBFT", bytes: vector.bytes }], image));
          const message = `${vector.name}; ${rows("dracut", image.dracut)}`;
          expect(new Map(predicted), message).toEqual(realDracut(real, vector.bytes));
          count(`${suite}: dracut: compared`);
        }
      });

      test("nm-initrd-generator makes the key files that are predicted of dracut's lines", () => {
        for (const { name, bytes } of tables) {
          const lines = dracutLines(dracutNetwork([{ path: "NBFT", bytes }], { dracut: "106", nvmeCli: "3.1" }));
          // A host name that is none can hold anything, which then is some other word of the command line.
          if (lines.length === 0 || lines.some((line) => /[^\x21-\x7e]/.test(line))) continue;
          const words = [...lines, "rd.neednet=1"];
          const predicted = new Map(
            readNmCommandLine(words, seen!.networkmanager).files.map((file) => [file.name, withoutUuid(file.text)]),
          );
          expect(predicted, `${name}: ${words.join(" ")}; ${rows("networkmanager", seen!.networkmanager)}`).toEqual(
            realKeyFiles(real, words),
          );
          count(`${suite}: nm-initrd-generator: compared`);
        }
      });
    });
  });
}
