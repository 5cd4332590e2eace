import type { HfiDescriptor, HfiTransportInfoTcp, SsnsDescriptor } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { originOfHfi, ownGateway } from "../reach/paths.ts";
import { doubtfulAddress, gatewayTrouble, unusableAddress } from "../reach/reach.ts";
import { addressUse, type Subnet, subnetOf } from "../reach/subnet.ts";
import type { RuleContext } from "./context.ts";
import { isValid } from "./indexed-list.ts";
import { type AnyRule, rule } from "./rule.ts";

/** Servers that an HFI names. */
const servers = [
  ["primaryDns", "primary DNS"],
  ["secondaryDns", "secondary DNS"],
  ["dhcpServer", "DHCP server"],
] as const;

/** Rules about addresses that cannot work: of one HFI, and of several together. */
export const hfiAddressRules: readonly AnyRule[] = [
  rule("transportInfo", {
    code: "T027",
    name: "ti-ip-unusable",
    severity: "warning",
    hint: "Write the address that the interface had in the firmware",
    spec: figure(14),
    check({ ipAddress, subnetMaskPrefix: prefix }, context) {
      // T016 reports an address that is zero.
      if (ipAddress === undefined || addressUse(ipAddress) === "none") return;
      const what = wrongWith(ipAddress, prefix === 0 ? undefined : subnetOf(ipAddress, prefix));
      if (what !== undefined) context.report("ipAddress", `IP address is ${ipAddress}, ${what}`);
    },
  }),
  rule("transportInfo", {
    code: "T028",
    name: "ti-gateway",
    severity: "warning",
    hint: "Write the router's address in the HFI's network, or the right prefix length",
    spec: figure(14),
    check(hfi, context) {
      const { ipAddress, gateway } = hfi;
      // T018 reports a gateway of the other family.
      if (ipAddress === undefined || gateway?.includes(":") !== ipAddress.includes(":")) return;
      // T027 reports an address that no gateway goes with.
      if (unusableAddress(ipAddress) !== undefined) return;
      const trouble = gatewayTrouble(originOfHfi(hfi)) ?? ownGateway(hfi, context.addressOwners);
      if (trouble !== undefined) context.report("gateway", `gateway ${gateway} ${trouble}`);
    },
  }),
  rule("transportInfo", {
    code: "T030",
    name: "ti-server-unusable",
    severity: "warning",
    hint: "Write the server's address, or zeros if there is none",
    spec: figure(14),
    check(hfi, context) {
      const { ipAddress = "", subnetMaskPrefix: prefix } = hfi;
      const network = prefix === 0 ? undefined : subnetOf(ipAddress, prefix);
      for (const [key, title] of servers) {
        const address = hfi[key];
        if (address === undefined || (key === "dhcpServer" && !hfi.flags.dhcpOverride)) continue;
        // In IPv6 the network's own address is that of any of its routers.
        const what = wrongWith(address, network?.isIpv6 ? undefined : network) ?? ownAddress(hfi, address, context);
        if (what !== undefined) context.report(key, `${title} is ${address}, ${what}`);
      }
    },
  }),
  rule("table", {
    code: "G004",
    name: "same-address",
    severity: "warning",
    hint: "Give each interface its own address",
    spec: figure(14),
    check({ hfi }, context) {
      for (const { i, first, ipAddress } of sameAddresses([hfi])) {
        const message = `IP address ${ipAddress} is that of hfi[${first.i}] too`;
        context.reportAt(`hfi[${i}].transportInfo.ipAddress`, message);
      }
    },
    across(context) {
      const { tables } = context;
      for (const { table, i, first, ipAddress } of sameAddresses(tables.map(({ reading }) => reading.table.hfi))) {
        // The check of each table reports those in it.
        if (first.table === table) continue;
        const message = `IP address ${ipAddress} is that of hfi[${first.i}] of ${tables[first.table]!.name} too`;
        context.report(tables[table]!, `hfi[${i}].transportInfo.ipAddress`, message);
      }
    },
  }),
  rule("table", {
    code: "G006",
    name: "same-network",
    severity: "warning",
    milder: ["info"],
    hint: "Put the interfaces into networks of their own; with one path, nothing is wrong",
    spec: figure(14),
    check({ hfi, ssns }, context) {
      const seen: { network: Subnet; i: number }[] = [];
      for (const [i, entry] of hfi.entries()) {
        const { ipAddress, subnetMaskPrefix = 0 } = entry.transportInfo ?? {};
        if (!isValid(entry) || ipAddress === undefined || addressUse(ipAddress) !== "host") continue;
        const network = subnetMaskPrefix === 0 ? undefined : subnetOf(ipAddress, subnetMaskPrefix);
        if (network === undefined) continue;
        const first = seen.find((other) => overlap(network, other.network));
        if (first === undefined) seen.push({ network, i });
        // G004 reports one address on two HFIs.
        else if (hfi[first.i]!.transportInfo!.ipAddress !== ipAddress) {
          const together = shareNamespace(ssns, hfi[first.i]!.index, entry.index);
          const paths = together ? ", and paths to one namespace name both" : "";
          const how =
            network.text === first.network.text
              ? `the network of hfi[${first.i}] too`
              : `in one with ${first.network.text} of hfi[${first.i}]`;
          const message = `${network.text} is ${how}${paths}`;
          context.reportAt(`hfi[${i}].transportInfo.ipAddress`, message, together ? "warning" : "info");
        }
      }
    },
  }),
];

/** What an address of an HFI is, in words, where no host has it. T020 reports IPv6 addresses of ::/96. */
function wrongWith(address: string, network: Subnet | undefined): string | undefined {
  return address.includes(":") ? unusableAddress(address, network) : doubtfulAddress(address, network);
}

/** Whose address among the machine's own a server has, in words: in an initramfs nothing answers there. */
function ownAddress(hfi: HfiTransportInfoTcp, address: string, { addressOwners }: RuleContext): string | undefined {
  const owner = addressOwners.get(address);
  if (owner === undefined || addressUse(address) === "none") return undefined;
  return owner.transportInfo === hfi ? "the interface's own address" : `the own address of HFI ${owner.index}`;
}

/** Whether one of two networks is a part of the other. */
function overlap(a: Subnet, b: Subnet): boolean {
  return a.contains(b.first) || b.contains(a.first);
}

/** An HFI whose address another interface has, and the first that has it; `table` and `i` are positions. */
interface SameAddress {
  readonly table: number;
  readonly i: number;
  readonly ipAddress: string;
  readonly first: { readonly table: number; readonly i: number; readonly info: HfiTransportInfoTcp };
}

/** HFIs of some tables with the address of another interface. */
function* sameAddresses(tables: readonly (readonly HfiDescriptor[])[]): Generator<SameAddress> {
  const seen = new Map<string, SameAddress["first"]>();
  for (const [table, hfis] of tables.entries())
    for (const [i, entry] of hfis.entries()) {
      const info = entry.transportInfo;
      if (!isValid(entry) || info?.ipAddress === undefined || addressUse(info.ipAddress) !== "host") continue;
      const { ipAddress } = info;
      const first = seen.get(ipAddress);
      if (first === undefined) seen.set(ipAddress, { table, i, info });
      else if (!isSameInterface(first.info, info)) yield { table, i, ipAddress, first };
    }
}

/** Whether two HFIs are one interface: G002 reports them. */
function isSameInterface(a: { mac: string; vlan: number }, b: { mac: string; vlan: number }): boolean {
  return a.mac === b.mac && a.vlan === b.vlan;
}

/** Whether two records of one namespace go through two HFIs, one each; a list of HFIs in one record is meant to have them in one network. */
function shareNamespace(ssns: readonly SsnsDescriptor[], first: number, second: number): boolean {
  const through = (index: number) =>
    ssns
      .filter((record) => isValid(record) && record.primaryHfi === index && record.nid !== undefined)
      .map(({ subsystemNqn, nid }) => `${nid} ${subsystemNqn}`);
  const others = new Set(through(second));
  return through(first).some((namespace) => others.has(namespace));
}
