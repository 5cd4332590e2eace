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

/** The table that a record belongs to, as revision 1.0. */
function tableOf(name: string): Uint8Array {
  return summed(patched(new Uint8Array(readFileSync(join(vectors, name))), { 50: [0] }));
}

const identity = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
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

describe("nvme-cli 2.13", () => {
  const records = recorded<{
    json: RecordedShow;
    normal: RecordedShow;
    connectsAsTable: RecordedConnects;
    connectsAsGiven: RecordedConnects;
  }>("nvme-cli-2.13");

  test.each(records)("shows %s as recorded", (name, seen) => {
    for (const format of ["json", "normal"] as const) {
      const { stdout, stderr, crash } = runNvmeCliShow([{ path: "./NBFT", bytes: tableOf(name) }], format, {}, "2.13");
      expect({ stdout: latin1(stdout), stderr: latin1(stderr), crashed: crash !== undefined }).toEqual(seen[format]);
    }
  });

  test.each(records)("connects %s as recorded", (name, { connectsAsTable, connectsAsGiven }) => {
    for (const [host, seen] of [
      [{}, connectsAsTable],
      [identity, connectsAsGiven],
    ] as const) {
      const plan = planConnectAll([{ path: "NBFT", bytes: tableOf(name) }], host, "2.13");
      const strings = [...fabricsStrings(plan)].map((line) => latin1(line).split("\n", 1)[0]);
      const crashed = plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die"));
      expect({ strings, crashed }).toEqual(seen);
    }
  });

  test("some of the recorded runs died", () => {
    expect(records.filter(([, { json }]) => json.crashed).length).toBeGreaterThan(0);
    expect(records.filter(([, { connectsAsTable }]) => connectsAsTable.crashed).length).toBeGreaterThan(0);
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
