import { describe, expect, it } from "vitest";
import { bootAround, wordsFor } from "../../src/consumers/dracut/boot-around.ts";
import { withDefaults } from "../../src/document/defaults.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";

const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const nic = (number: number, more: object) => ({
  transportInfo: { pciSbdf: `0000:00:0${number}.0`, mac: `02:00:00:00:00:0${number}`, ...more },
});
const ssns = (traddr: string, more: object = {}) => ({ traddr, subsystemNqn: "nqn.2014-08.org.example:s", ...more });
const around = (document: object, dracut = "106") => {
  const found = bootAround([{ path: "NBFT", bytes: encodeNbft(withDefaults({ host: { hostNqn }, ...document })) }]);
  return found && { ...found, words: wordsFor(found, dracut) };
};

describe("the kernel command line that boots around a table", () => {
  it("names host, discovery controllers and network of the paths that can work", () => {
    const document = {
      hfi: [nic(1, { ipAddress: "10.0.0.5", gateway: "10.0.0.1" }), nic(2, { ipAddress: "10.0.1.5", vlan: 7 })],
      ssns: [ssns("10.0.0.9"), ssns("10.0.1.9", { primaryHfi: 2 })],
    };
    expect(around(document)?.words).toEqual([
      "rd.nvmf.nonbft",
      `rd.nvmf.hostnqn=${hostNqn}`,
      "rd.nvmf.hostid=f8131bac-cdef-4165-866b-5998c1e67890",
      "rd.nvmf.discover=tcp,10.0.0.9,10.0.0.5,8009",
      "rd.nvmf.discover=tcp,10.0.0.9,10.0.0.5,4420",
      "rd.nvmf.discover=tcp,10.0.1.9,10.0.1.5,8009",
      "rd.nvmf.discover=tcp,10.0.1.9,10.0.1.5,4420",
      "ip=10.0.0.5::10.0.0.1:24::nbft0:none",
      "ip=10.0.1.5:::24::nbft1.7:none",
      "vlan=nbft1.7:nbft1",
      "ifname=nbft0:02:00:00:00:00:01",
      "ifname=nbft1:02:00:00:00:00:02",
      "rd.neednet=1",
    ]);
  });

  it("asks DHCP again where it had failed, for the family of the target", () => {
    const dhcp = { ipAddress: "::", ipOrigin: "dhcp", dhcpServer: "::", flags: { dhcpOverride: true } };
    expect(around({ hfi: [nic(1, dhcp)], ssns: [ssns("10.0.0.9")] })?.words).toEqual([
      "rd.nvmf.nonbft",
      `rd.nvmf.hostnqn=${hostNqn}`,
      "rd.nvmf.hostid=f8131bac-cdef-4165-866b-5998c1e67890",
      "rd.nvmf.discover=tcp,10.0.0.9,,8009",
      "rd.nvmf.discover=tcp,10.0.0.9,,4420",
      "ip=nbft0:dhcp",
      "ifname=nbft0:02:00:00:00:00:01",
      "rd.neednet=1",
    ]);
    expect(around({ hfi: [nic(1, dhcp)], ssns: [ssns("2001:db8::9")] })?.words).toContain("ip=nbft0:dhcp6");
  });

  it("leaves out a link-local target, whose interface the words cannot name", () => {
    const v6 = nic(1, { ipAddress: "2001:db8::5", subnetMaskPrefix: 64 });
    expect(around({ hfi: [v6], ssns: [ssns("fe80::9")] })).toBeUndefined();
  });

  it("takes the port that a Discovery Descriptor names, and leaves out what has no route", () => {
    const document = {
      hfi: [nic(1, { ipAddress: "10.0.0.5" }), nic(2, { ipAddress: "10.0.1.5" })],
      ssns: [ssns("10.0.0.9"), ssns("10.9.9.9", { primaryHfi: 2 })],
      discovery: [{ uri: "nvme+tcp://10.0.0.9:8109/" }],
    };
    const words = around(document)!.words.join(" ");
    expect(words.match(/rd.nvmf.discover=\S+/g)).toEqual(["rd.nvmf.discover=tcp,10.0.0.9,10.0.0.5,8109"]);
    expect(words).not.toContain("nbft1");
  });

  it("leaves the host's address open where DHCP gives it, and writes IPv6 in brackets", () => {
    const dhcp = nic(1, { ipAddress: "10.0.0.5", dhcpServer: "10.0.0.1", flags: { dhcpOverride: true } });
    expect(around({ hfi: [dhcp], ssns: [ssns("10.0.0.9")] })?.words).toEqual(
      expect.arrayContaining(["rd.nvmf.discover=tcp,10.0.0.9,,4420", "ip=nbft0:dhcp"]),
    );
    const v6 = nic(1, {
      ipAddress: "2001:db8::5",
      subnetMaskPrefix: 64,
      gateway: "2001:db8::1",
      primaryDns: "2001:db8::53",
    });
    expect(around({ hfi: [v6], ssns: [ssns("2001:db8:9::9")] })?.words).toEqual(
      expect.arrayContaining([
        "rd.nvmf.discover=tcp,2001:db8:9::9,2001:db8::5,4420",
        "ip=[2001:db8::5]::[2001:db8::1]:64::nbft0:none:[2001:db8::53]",
      ]),
    );
  });

  it("needs no rd.nvmf.nonbft where dracut reads no NBFT", () => {
    const document = { hfi: [nic(1, { ipAddress: "10.0.0.5" })], ssns: [ssns("10.0.0.9")] };
    expect(around(document, "059")?.words[0]).toBe(`rd.nvmf.hostnqn=${hostNqn}`);
    expect(around(document, "112")?.words[0]).toBe("rd.nvmf.nonbft");
  });

  it("takes no host name that could break out of its word", () => {
    const hostile = nic(1, { ipAddress: "10.0.0.5", hostName: "a rd.break=1" });
    expect(around({ hfi: [hostile], ssns: [ssns("10.0.0.9")] })?.words).toContain("ip=10.0.0.5:::24::nbft0:none");
  });

  it("is not there where no path can work, or the host has no usable NQN", () => {
    const lost = { hfi: [nic(1, { ipAddress: "10.0.0.5" })], ssns: [ssns("10.9.9.9")] };
    expect(around(lost)).toBeUndefined();
    const document = { hfi: [nic(1, { ipAddress: "10.0.0.5" })], ssns: [ssns("10.0.0.9")] };
    expect(around({ ...document, host: { hostNqn: "nqn.2014-08.org.example:a rd.break" } })).toBeUndefined();
  });
});
