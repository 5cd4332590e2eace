import { describe, expect, it } from "vitest";
import { gatewayTrouble, reachOf } from "../../src/reach/reach.ts";
import { addressUse, subnetOf } from "../../src/reach/subnet.ts";

const static4 = { address: "192.168.31.2", prefix: 24, fixed: true };
const routed4 = { ...static4, gateway: "192.168.31.254" };
const static6 = { address: "2001:db8:1::10", prefix: 64, fixed: true };

describe("a network", () => {
  it.each([
    ["192.168.101.30", 24, "192.168.101.0/24"],
    ["10.1.2.3", 8, "10.0.0.0/8"],
    ["192.168.1.77", 28, "192.168.1.64/28"],
    ["2001:db8:1:2:3::4", 48, "2001:db8:1::/48"],
    ["fd00::1", 0, "fd00::/64"],
  ])("of %s/%i is %s", (address, prefix, text) => {
    expect(subnetOf(address, prefix)?.text).toBe(text);
  });

  it.each([
    ["192.168.1.77", 33],
    ["fd00::1", 129],
    ["fd00::1", -1],
    ["name", 24],
  ])("of %s/%i does not exist", (address, prefix) => {
    expect(subnetOf(address, prefix)).toBeUndefined();
  });

  it("holds addresses of its own family only", () => {
    expect(subnetOf("10.0.0.1", 8)!.contains("10.255.0.1")).toBe(true);
    expect(subnetOf("10.0.0.1", 8)!.contains("11.0.0.1")).toBe(false);
    expect(subnetOf("10.0.0.1", 0)!.contains("::1")).toBe(false);
    expect(subnetOf("::1", 1)!.contains("10.0.0.1")).toBe(false);
  });

  it("knows the addresses that no host of it has", () => {
    const network = subnetOf("10.0.4.1", 22)!;
    expect([network.special("10.0.4.0"), network.special("10.0.7.255")]).toEqual(["network", "broadcast"]);
    expect([network.special("10.0.5.0"), network.special("10.0.4.255")]).toEqual([undefined, undefined]);
    expect(subnetOf("10.0.4.0", 31)!.special("10.0.4.0")).toBeUndefined();
    expect(subnetOf("10.0.4.0", 32)!.special("10.0.4.0")).toBeUndefined();
    expect(subnetOf("fd00::1", 64)!.special("fd00::")).toBe("network");
    expect(subnetOf("fd00::1", 64)!.special("fd00::ffff:ffff:ffff:ffff")).toBeUndefined();
  });
});

describe("an address", () => {
  it.each([
    ["0.0.0.0", "none"],
    ["::", "none"],
    ["", "none"],
    ["target.example", "none"],
    ["127.9.9.9", "loopback"],
    ["::1", "loopback"],
    ["224.0.0.1", "multicast"],
    ["239.255.255.255", "multicast"],
    ["ff02::1", "multicast"],
    ["255.255.255.255", "broadcast"],
    ["240.0.0.1", "host"],
    ["169.254.1.1", "host"],
    ["fe80::1", "link-local"],
    ["febf::1", "link-local"],
    ["fec0::1", "host"],
    ["::2", "host"],
    ["1:2:3:4:5:6:7:8", "host"],
  ])("%s is for %s", (text, use) => {
    expect(addressUse(text)).toBe(use);
  });
});

describe("an interface reaches", () => {
  it.each([
    ["what is in its network", static4, "192.168.31.77", "on-link"],
    ["the rest through its gateway", routed4, "192.168.21.2", "gateway"],
    ["the other address of a network of two", { address: "10.0.0.0", prefix: 31, fixed: true }, "10.0.0.1", "on-link"],
    ["a target at the network's own address", static4, "192.168.31.0", "on-link"],
    [
      "targets from the IPv4 network's own address",
      { ...static4, address: "192.168.31.0" },
      "192.168.31.77",
      "on-link",
    ],
    ["link-local addresses over the link", static6, "fe80::1", "on-link"],
    ["IPv6 through a link-local gateway", { ...static6, gateway: "fe80::1" }, "2001:db8:2::1", "gateway"],
    [
      "the rest through a gateway outside a network of one address",
      { address: "10.0.0.5", prefix: 32, gateway: "169.254.1.1", fixed: true },
      "10.9.9.9",
      "gateway",
    ],
    [
      "the network from its own address: IPv4 and IPv6 hosts connect (run with Linux 6.18)",
      { ...static6, address: "2001:db8:1::" },
      "2001:db8:1::1",
      "on-link",
    ],
  ])("%s", (_, from, target, how) => {
    expect(reachOf(from, target).how).toBe(how);
  });

  it.each([
    ["the target has no address", static4, "::"],
    ["the interface has none", { fixed: true }, "10.0.0.1"],
    ["the interface's is zero", { address: "0.0.0.0", prefix: 0, fixed: true }, "10.0.0.1"],
    ["DHCP may bring a route", { ...static4, fixed: false }, "10.0.0.1"],
    ["DHCP may bring another address", { ...static4, address: "192.168.31.255", fixed: false }, "10.0.0.1"],
    ["the prefix of IPv6 is not given", { ...static6, prefix: 0 }, "2001:db8:9::1"],
    ["the prefix is longer than the address", { ...static4, prefix: 33 }, "10.0.0.1"],
  ])("unknown: %s", (_, from, target) => {
    expect(reachOf(from, target).how).toBe("unknown");
  });

  it.each([
    ["no gateway", static4, "192.168.21.2", "192.168.21.2 is not in 192.168.31.0/24, and there is no gateway"],
    ["no gateway", static6, "2001:db8:2::1", "2001:db8:2::1 is not in 2001:db8:1::/64, and there is no gateway"],
    ["self", static4, "192.168.31.2", "192.168.31.2 is the interface's own address"],
    ["target", static4, "127.0.0.1", "127.0.0.1 is a loopback address"],
    ["target", static4, "ff02::1", "ff02::1 is a multicast address"],
    ["target", static4, "192.168.31.255", "192.168.31.255 is the broadcast address of 192.168.31.0/24"],
    [
      "address",
      { ...static4, address: "192.168.31.255" },
      "10.0.0.1",
      "the interface has 192.168.31.255, the broadcast address of 192.168.31.0/24",
    ],
    ["address", { ...static4, address: "224.0.0.5" }, "10.0.0.1", "the interface has 224.0.0.5, a multicast address"],
    ["family", static4, "2001:db8::1", "2001:db8::1 is an IPv6 address, the interface has 192.168.31.2"],
    [
      "gateway",
      { ...static4, gateway: "192.168.32.1" },
      "10.0.0.1",
      "10.0.0.1 is not in 192.168.31.0/24, and the gateway 192.168.32.1 is not in 192.168.31.0/24",
    ],
  ])("nothing: %s", (obstacle, from, target, why) => {
    expect(reachOf(from, target)).toEqual({ how: "none", obstacle, why });
  });
});

describe("a gateway", () => {
  it.each([
    ["192.168.31.2", "is the interface's own address"],
    ["255.255.255.255", "is the broadcast address"],
    ["192.168.31.255", "is the broadcast address of 192.168.31.0/24"],
    ["224.0.0.1", "is a multicast address"],
    ["127.0.0.1", "is a loopback address"],
    ["192.168.32.1", "is not in 192.168.31.0/24"],
    ["fe80::1", "is an IPv6 address"],
    ["192.168.31.1", undefined],
    ["0.0.0.0", undefined],
    [undefined, undefined],
  ])("%s: %s", (gateway, trouble) => {
    expect(gatewayTrouble({ ...static4, gateway })).toBe(trouble);
  });

  it("outside the network may be right where DHCP brings the network", () => {
    expect(gatewayTrouble({ ...static4, gateway: "192.168.32.1", fixed: false })).toBeUndefined();
  });
});
