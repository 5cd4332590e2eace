import { expect, it } from "vitest";
import { findConsumers, stackModels } from "../../src/consumers/models.ts";
import { withDefaults } from "../../src/document/defaults.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { plain } from "../../src/output/paint.ts";
import { formatRemedies } from "../../src/output/remedies.ts";
import { remediesOf } from "../../src/repair/remedies.ts";
import { table } from "../helpers/vectors.ts";

const named = (bytes: Uint8Array) => [{ path: "NBFT", bytes }];

it("stacks with the same command line share it; programs without dracut have none", () => {
  const [line, ...more] = remediesOf(named(table("multipath/")), stackModels()).commandLines;
  expect(more).toEqual([]);
  expect(line?.consumers).toEqual(["debian-13", "debian-forky", "debian-sid", "debian-experimental"]);
  expect(line?.words).toContain("rd.nvmf.discover=tcp,192.168.110.20,192.168.110.30,4420");
  expect(remediesOf(named(table("multipath/")), findConsumers("nvme-cli@2.16")).commandLines).toEqual([]);
});

it("what repair fixes is offered with the commands, also where nobody reads the table as it is", () => {
  const broken = table("multipath/").slice();
  broken[9]! ^= 0xff;
  const remedies = remediesOf(named(broken), findConsumers("dracut@106"));
  expect(remedies.repairs).toEqual([{ source: "NBFT", rules: ["H002"] }]);
  expect(remedies.commandLines).toHaveLength(1);
  const text = formatRemedies(remedies, plain);
  expect(text).toContain(
    "nbft repair NBFT -w NBFT.repaired\n    nbft initrd NBFT.repaired --raise-revision --base INITRD",
  );
  expect(text).toContain("Report to the firmware's administrator or vendor\n    H002 header.checksum: ");
});

it("the storage is asked for every portal, with the addresses that come and the host NQN", () => {
  expect(remediesOf(named(table("multipath-one-dead/")), []).storage).toEqual([
    "subsystem nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db must answer at 192.168.101.20:4420, 192.168.110.99:4420 from 192.168.101.30, 192.168.110.30 and allow the host NQN nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890; the firmware could not connect to all of it",
  ]);
});

it("bytes that are not a table have no remedy", () => {
  expect(remediesOf(named(new Uint8Array(200)), stackModels())).toEqual({
    commandLines: [],
    repairs: [],
    firmware: [],
    storage: [],
  });
});

it("a table made from what nvme nbft show prints has no findings, and no placeholder in what to add or ask for", () => {
  const hostNqn = `nqn.2014-08.org.nvmexpress:uuid:${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`;
  const { ssns, hfi } = readNbft(table("multipath/")).table;
  const made = encodeNbft(
    withDefaults({ host: { hostNqn }, hfi, ssns: ssns.map(({ nid, nidType, ...rest }) => rest) }),
  );
  const remedies = remediesOf([{ path: "show.txt", bytes: made, isPartial: true, hostUnknown: true }], stackModels());
  expect(remediesOf(named(made), []).firmware).not.toEqual([]);
  expect(remedies.firmware).toEqual([]);
  expect(remedies.repairs).toEqual([]);
  expect(formatRemedies(remedies, plain)).not.toContain("00000000");
  expect(remedies.commandLines[0]?.notes.map(({ message }) => message).join()).toContain("add rd.nvmf.hostnqn=NQN");
});
