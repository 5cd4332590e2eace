import { describe, expect, it } from "vitest";
import { withDefaults } from "../../src/document/defaults.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { summarizePaths, TablePaths } from "../../src/reach/paths.ts";
import { table } from "../helpers/vectors.ts";

const nic = (address: string, more: object = {}) => ({
  transportInfo: { pciSbdf: "0000:00:04.0", mac: "02:5e:10:00:00:70", ipAddress: address, ...more },
});
const ssns = (traddr: string, more: object = {}) => ({
  traddr,
  subsystemNqn: "nqn.2014-08.org.example:array1",
  nsid: 1,
  nid: "00c0ffee00112233445566778899aabb",
  ...more,
});
const summaryOf = (document: object) =>
  summarizePaths(
    new TablePaths(
      readNbft(encodeNbft(withDefaults({ host: { hostNqn: "nqn.2014-08.org.example:host" }, ...document }))).table,
    ),
  );

describe("the paths of a table", () => {
  it("of two interfaces and their targets can work", () => {
    const both = {
      hfi: [nic("10.0.0.5"), nic("10.0.1.5")],
      ssns: [ssns("10.0.0.9"), ssns("10.0.1.9", { primaryHfi: 2 })],
    };
    expect(summaryOf(both)).toEqual({ text: "2 of 2 paths can work", count: 2, open: 2, closed: [] });
  });

  it("of firmware that names HFI 1 everywhere cannot all work", () => {
    expect(summarizePaths(new TablePaths(readNbft(table("multipath/")).table))).toEqual({
      text: "2 of 3 paths can work",
      count: 3,
      open: 2,
      closed: ["SSNS 2 through HFI 1: 192.168.110.20 is not in 192.168.101.0/24, and there is no gateway"],
    });
  });

  it("that the firmware could not use are counted apart", () => {
    const marked = { hfi: [nic("10.0.0.5")], ssns: [ssns("10.0.0.9", { flags: { unavailable: "unavailable" } })] };
    expect(summaryOf(marked)?.text).toBe("0 of 1 paths can work; 1 was not available to the firmware");
  });

  it("to a link-local address do not work in Linux", () => {
    expect(summaryOf({ hfi: [nic("fe80::5")], ssns: [ssns("fe80::9")] })).toEqual({
      text: "0 of 1 paths can work",
      count: 1,
      open: 0,
      closed: [
        "SSNS 1 through HFI 1: fe80::9 is an IPv6 link-local address: readers pass it on without its interface, and Linux refuses it",
      ],
    });
  });

  it("to a link-local address from another one work only when bound to the interface", () => {
    const document = { hfi: [nic("2001:db8::5", { subnetMaskPrefix: 64 })], ssns: [ssns("fe80::9")] };
    const closed = { text: "0 of 1 paths can work", count: 1, open: 0 };
    const summary = { text: "1 of 1 paths can work; 1 of these only when bound to the interface", count: 1, open: 1 };
    expect(summaryOf(document)).toEqual({ ...summary, closed: [] });
    const { table: made } = readNbft(encodeNbft(withDefaults({ host: { hostNqn: "nqn.h" }, ...document })));
    expect(summarizePaths(new TablePaths(made), () => false)).toEqual({
      ...closed,
      closed: [
        "SSNS 1 through HFI 1: fe80::9 is an IPv6 link-local address: Linux refuses it unless the connection is bound to its interface",
      ],
    });
    for (const info of [{ vlan: 7 }, { ipAddress: "fe80::5" }, { ipAddress: "0.0.0.0" }, { ipAddress: "192.0.2.1" }])
      expect(summaryOf({ ...document, hfi: [nic("2001:db8::5", { subnetMaskPrefix: 24, ...info })] })).toMatchObject(
        closed,
      );
  });

  it("to an address of the host itself cannot work, whichever HFI has it", () => {
    const own = {
      hfi: [nic("10.0.0.5"), nic("10.0.1.5")],
      ssns: [ssns("10.0.0.5"), ssns("10.0.1.5", { secondaryHfis: [2] })],
    };
    expect(summaryOf(own)?.closed).toEqual([
      "SSNS 1 through HFI 1: 10.0.0.5 is the interface's own address",
      "SSNS 2 through HFI 1: 10.0.1.5 is the own address of HFI 2",
      "SSNS 2 through HFI 2: 10.0.1.5 is the interface's own address",
    ]);
  });

  it("through an HFI that is not there, or to nowhere, cannot work", () => {
    const lost = { hfi: [nic("10.0.0.5")], ssns: [ssns("10.0.0.9", { primaryHfi: 7, secondaryHfis: [7] })] };
    expect(summaryOf(lost)?.closed).toEqual(["SSNS 1 through HFI 7: there is no HFI 7"]);
  });

  it("include discovery controllers that no SSNS was learned from", () => {
    const discovery = [{ uri: "nvme+tcp://10.9.0.9:8009/", hfiIndex: 1 }];
    expect(summaryOf({ hfi: [nic("10.0.0.5")], discovery })).toEqual({
      text: "0 of 1 paths can work",
      count: 1,
      open: 0,
      closed: ["discovery 1 through HFI 1: 10.9.0.9 is not in 10.0.0.0/24, and there is no gateway"],
    });
  });

  it("of a table without records are none", () => {
    expect(summaryOf({ hfi: [nic("10.0.0.5")] })).toBeUndefined();
  });
});
