import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dracutFiles, dracutNetwork } from "../../src/consumers/dracut/dracut.ts";
import { networkManagerNetwork } from "../../src/consumers/networkmanager/network-manager.ts";
import { readNmCommandLine } from "../../src/consumers/networkmanager/nm-command-line.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { patched, summed } from "../helpers/tables.ts";
import { latin1 } from "./made-tables.ts";

const vectors = join(import.meta.dirname, "../vectors");

const recorded = <T>(name: string) =>
  Object.entries(JSON.parse(readFileSync(join(vectors, "consumers", `${name}.json`), "utf8")) as Record<string, T>);

/** The table that a record belongs to. */
const ownTable = (name: string) => new Uint8Array(readFileSync(join(vectors, name)));

/** The same as revision 1.0, which every libnvme 1.x takes. */
const tableOf = (name: string) => summed(patched(ownTable(name), { 50: [0] }));

const identity = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
};

/** What /etc/nvme named the host where 2.16 and 3.1 ran; where 2.13 ran it was empty. */
const etcNvme = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:bbbbbbbb-0000-4000-8000-000000000002",
  hostId: "bbbbbbbb-0000-4000-8000-000000000002",
};

interface RecordedShow {
  readonly stdout: string;
  readonly stderr: string;
  readonly crashed: boolean;
}

interface RecordedConnects {
  readonly strings: readonly string[];
  readonly crashed: boolean;
}

interface RecordedRun {
  readonly json: RecordedShow;
  readonly normal: RecordedShow;
  readonly connectsAsTable: RecordedConnects;
  readonly connectsAsGiven: RecordedConnects;
}

describe.each([
  { release: "2.13", given: tableOf, system: undefined },
  { release: "2.16", given: tableOf, system: etcNvme },
  { release: "3.1", given: ownTable, system: etcNvme },
])("nvme-cli $release", ({ release, given, system }) => {
  const records = recorded<RecordedRun>(`nvme-cli-${release}`);

  test.each(records)("shows %s as recorded", (name, seen) => {
    for (const format of ["json", "normal"] as const) {
      const { stdout, stderr, crash } = runNvmeCliShow([{ path: "./NBFT", bytes: given(name) }], format, {}, release);
      expect({ stdout: latin1(stdout), stderr: latin1(stderr), crashed: crash !== undefined }).toEqual(seen[format]);
    }
  });

  test.each(records)("connects %s as recorded", (name, { connectsAsTable, connectsAsGiven }) => {
    for (const [host, seen] of [
      [{}, connectsAsTable],
      [identity, connectsAsGiven],
    ] as const) {
      const options = { interfaces: "none", ...(system && { system }) } as const;
      const plan = planConnectAll([{ path: "NBFT", bytes: given(name) }], host, release, options);
      const strings = [...fabricsStrings(plan)].map((line) => latin1(line).split("\n", 1)[0]);
      const crashed = plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die"));
      expect({ strings, crashed }).toEqual(seen);
    }
  });

  test("some of the recorded runs connect, and those that die are predicted too", () => {
    expect(records.length).toBeGreaterThan(30);
    expect(records.filter(([, { connectsAsTable }]) => connectsAsTable.strings.length > 0).length).toBeGreaterThan(10);
    // 3.1 reads what killed the releases before it.
    const some = release !== "3.1";
    expect(records.some(([, { json }]) => json.crashed)).toBe(some);
    expect(records.some(([, { connectsAsTable }]) => connectsAsTable.crashed)).toBe(some);
  });
});

test.each(recorded<Record<string, string>>("dracut-106"))(
  "dracut 106 writes for %s what was recorded",
  (name, seen) => {
    const outcome = dracutNetwork([{ path: "NBFT", bytes: tableOf(name) }], { dracut: "106", nvmeCli: "2.13" });
    expect(Object.fromEntries(dracutFiles(outcome))).toEqual(seen);
  },
);

test.each(recorded<{ words: string[]; files: Record<string, string> }>("networkmanager-1.52"))(
  "nm-initrd-generator 1.52 makes of dracut's lines for %s what was recorded",
  (_, { words, files }) => {
    const made = readNmCommandLine(words).files.map(({ name, text }) => [name, text.replace(/^uuid=.*$/m, "uuid=")]);
    expect(Object.fromEntries(made)).toEqual(files);
  },
);

test.each(recorded<Record<string, string>>("networkmanager-1.59"))(
  "nm-initrd-generator 1.59 makes of %s what was recorded",
  (name, seen) => {
    const { files } = networkManagerNetwork([{ path: "NBFT", bytes: tableOf(name) }]);
    const names = new Map(files.map(({ text }) => [/^uuid=(.*)$/m.exec(text)![1]!, /^id=(.*)$/m.exec(text)![1]!]));
    const made = files.map(({ name: file, text }) => {
      let plain = text;
      for (const [uuid, id] of names) plain = plain.replaceAll(uuid, `<${id}>`);
      return [file, plain];
    });
    expect(Object.fromEntries(made)).toEqual(seen);
  },
);
