import { doubtfulAddress, gatewayTrouble } from "../../../reach/reach.ts";
import { addressUse, subnetOf } from "../../../reach/subnet.ts";
import { parseIpv4 } from "../../../text/ip.ts";
import { DISCOVERY_NQN, IO_PORT } from "../../../text/nvme.ts";
import { prefixOfMask, reachOfAttempt } from "../../config/attempt-reach.ts";
import type { FirmwareAttempt } from "../../config/firmware-config.ts";
import { configKeys } from "../keys.ts";
import { type ConfigFinding, type ConfigRule, configRule, type RuleText } from "./rule.ts";

/** A rule that looks at one attempt at a time; its paths are properties of the attempt. */
function attemptRule(
  rule: Omit<RuleText, "spec"> & { check(attempt: FirmwareAttempt): Iterable<ConfigFinding> },
): ConfigRule {
  return configRule({
    ...rule,
    *check({ attempts }) {
      for (const [i, attempt] of attempts.entries()) {
        if (rule.code !== "A120" && isEmpty(attempt)) continue;
        for (const finding of rule.check(attempt)) yield { ...finding, path: `attempts[${i}].${finding.path}` };
      }
    },
  });
}

/** An unused slot, as the setup menu counts four of them. */
function isEmpty({ enabled, macString, nqn }: FirmwareAttempt): boolean {
  return enabled === 0 && macString === "" && nqn === "";
}

const isDiscovery = (nqn: string) => nqn.toLowerCase() === DISCOVERY_NQN;

/** Why no interface has a MacString of the right form. */
function noInterface(macString: string): string | undefined {
  const [mac = "", vlan] = macString.split("\\");
  if (/^[0:]+$/.test(mac)) return "its address is all zero";
  if (/^.[13579BDF]/.test(mac)) return "it is a group address";
  const id = vlan === undefined ? undefined : Number.parseInt(vlan, 16);
  return id === 0 || (id ?? 0) > 4094 ? `there is no VLAN ${id}` : undefined;
}

const macRules: readonly ConfigRule[] = [
  attemptRule({
    code: "A107",
    name: "mac-form",
    severity: "error",
    summary:
      "MacString is six pairs of upper-case digits with colons, and for a VLAN a backslash and four more digits; an interface can have it.",
    why: "The driver compares it case-sensitively with the address of each interface in that form: an attempt in any other form is silently ignored, and so is one with an address or VLAN id that no interface has.",
    hint: "Write for example EA:EB:D3:58:89:58, with VLAN 10 EA:EB:D3:58:89:58\\000A",
    example: { bad: "MacString:ea:eb:d3:58:89:58" },
    *check({ macString }) {
      if (macString === "") return;
      if (/^[0-9A-F]{2}(:[0-9A-F]{2}){5}(\\[0-9A-F]{4})?$/.test(macString)) {
        const why = noInterface(macString);
        if (why !== undefined) {
          yield { path: "macString", message: `MacString ${JSON.stringify(macString)} matches no interface: ${why}` };
        }
        return;
      }
      const upper = macString.toUpperCase().replaceAll("-", ":");
      const fixable = /^[0-9A-F]{2}(:[0-9A-F]{2}){5}(\\[0-9A-F]{4})?$/.test(upper);
      const message = `MacString ${JSON.stringify(macString)} matches no interface: the attempt is silently ignored`;
      yield {
        path: "macString",
        message,
        hint: fixable ? `Write ${upper}` : "Write for example EA:EB:D3:58:89:58, with VLAN 10 EA:EB:D3:58:89:58\\000A",
      };
    },
  }),
  attemptRule({
    code: "A108",
    name: "mac-missing",
    severity: "error",
    summary: "An attempt has a MacString.",
    why: "Without one it matches no interface.",
    hint: "Add MacString: the address of the interface, in capital letters",
    example: { bad: "$Start\nNQN:nqn.x\nTargetPort:4420\n$End", line: 4 },
    *check({ macString }) {
      if (macString === "")
        yield { path: "macString", message: "There is no MacString: the attempt matches no interface" };
    },
  }),
];

const targetRules: readonly ConfigRule[] = [
  attemptRule({
    code: "A105",
    name: "target-port-missing",
    severity: "error",
    summary: "TargetPort is not 0.",
    why: "The driver has no default port, except for DHCP root paths.",
    hint: "4420 is the usual port, 8009 for discovery",
    example: { bad: "TargetPort:0" },
    *check({ targetPort, targetInfoFromDhcp }) {
      if (targetPort !== 0 || targetInfoFromDhcp) return;
      yield {
        path: "targetPort",
        message: "TargetPort is 0 or missing",
        hint: "4420 is the usual port, 8009 for discovery",
      };
    },
  }),
  attemptRule({
    code: "A106",
    name: "target-port-digits",
    severity: "error",
    summary: "TargetPort is below 10000.",
    why: "The driver keeps four digits of the port: 14420 becomes a connection to 1442.",
    hint: "Let the target listen on a port below 10000",
    example: { bad: "TargetPort:14420" },
    *check({ targetPort }) {
      if (targetPort < 10000) return;
      const used = String(targetPort).slice(0, 4);
      const message = `TargetPort ${targetPort} has five digits: the driver connects to port ${used}`;
      yield { path: "targetPort", message, hint: "Let the target listen on a port below 10000" };
    },
  }),
  attemptRule({
    code: "A111",
    name: "target-address",
    severity: "error",
    summary: "An attempt has a TargetIp, a ServerName with DnsMode, or TargetInfoFromDhcp.",
    why: "There is nothing to connect to.",
    hint: "Add TargetIp",
    example: {
      bad: "$Start\nMacString:EA:EB:D3:58:89:58\nTargetPort:4420\nNQN:nqn.x\nEnabled:1\nLocalIp:10.0.0.1\n$End",
      line: 7,
    },
    *check({ targetIp, targetInfoFromDhcp, dnsMode, serverName }) {
      if (targetIp !== undefined || targetInfoFromDhcp || (dnsMode && serverName)) return;
      yield { path: "targetIp", message: "There is no TargetIp, no name to resolve and no TargetInfoFromDhcp" };
    },
  }),
  attemptRule({
    code: "A112",
    name: "nqn-missing",
    severity: "error",
    summary: "An attempt names a subsystem, or the discovery NQN.",
    why: "The target refuses the connection.",
    hint: "Add NQN",
    example: {
      bad: "$Start\nMacString:EA:EB:D3:58:89:58\nTargetPort:4420\nTargetIp:10.0.0.2\nLocalIp:10.0.0.1\n$End",
      line: 6,
    },
    *check({ nqn, targetInfoFromDhcp }) {
      if (nqn === "" && !targetInfoFromDhcp) yield { path: "nqn", message: "There is no NQN" };
    },
  }),
  attemptRule({
    code: "A119",
    name: "discovery-port",
    severity: "warning",
    summary: "A discovery controller has port 8009.",
    why: "8009 is its well-known port; 4420 is that of subsystems, where a discovery controller may answer, too.",
    hint: "Write TargetPort:8009, unless the discovery controller listens elsewhere",
    *check({ nqn, targetPort }) {
      if (isDiscovery(nqn) && targetPort === IO_PORT) {
        yield { path: "targetPort", message: "The discovery NQN is asked on port 4420, its well-known port is 8009" };
      }
    },
  }),
  attemptRule({
    code: "A122",
    name: "server-name",
    severity: "warning",
    summary: "DnsMode and ServerName are used together.",
    why: "DnsMode without a name resolves nothing; a name without DnsMode is ignored.",
    hint: "Write both, or neither",
    example: { bad: "ServerName:target.example" },
    *check({ dnsMode, serverName }) {
      if (dnsMode && !serverName) yield { path: "dnsMode", message: "DnsMode is TRUE but there is no ServerName" };
      if (serverName && !dnsMode) {
        yield {
          path: "serverName",
          message: "ServerName has no effect while DnsMode is FALSE",
          hint: "Add DnsMode:TRUE",
        };
      }
    },
  }),
];

const namespaceRules: readonly ConfigRule[] = [
  attemptRule({
    code: "A113",
    name: "nid-prefix",
    severity: "warning",
    summary: "NID is written without `urn:uuid:`, `nvme-nguid:` or `eui:`.",
    why: "The driver understands only the form without prefix; with one, as the setup menu requires, it treats the NID as missing and mounts every namespace.",
    hint: "Write the UUID without prefix",
    example: { bad: "NID:urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b" },
    *check({ nid }) {
      const prefix = /^(urn:|urn:uuid:|uuid:|nvme-nguid:|nguid:|eui:|eui\.|eui64:)/i.exec(nid ?? "")?.[0];
      if (prefix === undefined || nid === undefined) return;
      const bare = nid.slice(nid.lastIndexOf(":") + 1);
      yield {
        path: "nid",
        message: `NID has a prefix: the driver mounts every namespace`,
        hint: `Write ${asNid(bare)}`,
      };
    },
  }),
  attemptRule({
    code: "A114",
    name: "nid-form",
    severity: "warning",
    summary: "NID has the form of a UUID, for an NGUID too.",
    why: "The driver treats any other form as missing and mounts every namespace.",
    hint: "Write 8-4-4-4-12 hexadecimal digits",
    example: { bad: "NID:ace42e0015102fce2ee4ac0000000001" },
    *check({ nid }) {
      if (nid === undefined || nid.includes(":") || /^eui\./i.test(nid)) return;
      if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(nid)) return;
      const message = `NID ${JSON.stringify(nid)} does not have the form of a UUID: the driver mounts every namespace`;
      yield { path: "nid", message, ...(/^[0-9a-f]{32}$/i.test(nid) && { hint: `Write ${asNid(nid)}` }) };
    },
  }),
];

/** 32 digits in UUID form; anything else as it is. */
function asNid(text: string): string {
  return text.replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i, "$1-$2-$3-$4-$5");
}

const addressRules: readonly ConfigRule[] = [
  attemptRule({
    code: "A109",
    name: "ip-mode",
    severity: "error",
    summary: "IpMode is 0 (IPv4), 1 (IPv6) or 2 (autoconfigure).",
    why: "With any other value, neither network stack handles the attempt.",
    hint: "Write IpMode:0 or IpMode:1",
    example: { bad: "IpMode:4" },
    *check({ ipMode }) {
      if (ipMode > 2) yield { path: "ipMode", message: `IpMode ${ipMode} is not 0, 1 or 2: the attempt is ignored` };
    },
  }),
  attemptRule({
    code: "A110",
    name: "host-address",
    severity: "error",
    summary: "An IPv4 attempt has a LocalIp or InitiatorInfoFromDhcp.",
    why: "The host has no address to connect from.",
    hint: "Add LocalIp and SubnetMask, or InitiatorInfoFromDhcp:TRUE",
    example: {
      bad: "$Start\nMacString:EA:EB:D3:58:89:58\nTargetPort:4420\nTargetIp:10.0.0.2\nNQN:nqn.x\n$End",
      line: 6,
    },
    *check({ ipMode, localIp, initiatorInfoFromDhcp, targetInfoFromDhcp }) {
      if (ipMode !== 0 || localIp !== undefined || initiatorInfoFromDhcp || targetInfoFromDhcp) return;
      yield { path: "localIp", message: "There is no LocalIp and no InitiatorInfoFromDhcp" };
    },
  }),
  attemptRule({
    code: "A116",
    name: "ipv6-local",
    severity: "warning",
    summary: "An IPv6 attempt has no LocalIp, SubnetMask or Gateway.",
    why: "The driver ignores them: the source address comes from the IPv6 stack, whose policy must be automatic (variable Ip6Config).",
    hint: "Leave it out: nbft vars set --attempts writes the Ip6Config variable with the automatic policy",
    example: { bad: "IpMode:1\nLocalIp:fec0::76\nTargetIp:fec0::2", line: 2 },
    *check(attempt) {
      if (attempt.ipMode !== 1) return;
      for (const path of ["localIp", "subnetMask", "gateway"] as const) {
        if (attempt[path] === undefined) continue;
        const hint = "Leave it out: nbft vars set --attempts writes the Ip6Config variable with the automatic policy";
        yield { path, message: `${keyName(path)} ${attempt[path]} is ignored for IPv6`, hint };
      }
    },
  }),
  attemptRule({
    code: "A121",
    name: "address-family",
    severity: "error",
    summary: "Addresses are of the family that IpMode names.",
    why: "For IPv4 the driver takes the first four bytes of the field, for IPv6 all sixteen.",
    hint: "Correct IpMode or the address",
    example: { bad: "TargetIp:fec0::2" },
    *check(attempt) {
      for (const path of ["localIp", "gateway", "targetIp"] as const) {
        const text = attempt[path];
        if (text === undefined || (attempt.ipMode === 1 && path !== "targetIp")) continue;
        // An IPv4 text leaves twelve zero bytes, and reads as the first two groups of an IPv6 address.
        const ipv4 = !text.includes(":") || /^[0-9a-f]{1,4}:[0-9a-f]{1,4}::$/.test(text);
        if (ipv4 === (attempt.ipMode !== 1)) continue;
        const message = `${keyName(path)} is an ${ipv4 ? "IPv4" : "IPv6"} address but IpMode is ${attempt.ipMode}`;
        yield { path, message };
      }
    },
  }),
  attemptRule({
    code: "A123",
    name: "subnet-mask",
    severity: "warning",
    summary: "A static IPv4 address has a subnet mask of ones followed by zeros.",
    why: "The IPv4 stack refuses any other.",
    hint: "Write for example 255.255.255.0",
    example: { bad: "SubnetMask:255.0.255.0" },
    *check({ ipMode, localIp, subnetMask, initiatorInfoFromDhcp }) {
      if (ipMode !== 0 || localIp === undefined || initiatorInfoFromDhcp) return;
      const prefix = prefixOfMask(subnetMask ?? "0.0.0.0");
      if (prefix === 0) yield { path: "subnetMask", message: "There is no SubnetMask" };
      else if (prefix === undefined && parseIpv4(subnetMask!)) {
        yield { path: "subnetMask", message: `SubnetMask ${subnetMask} is not ones followed by zeros` };
      }
    },
  }),
  attemptRule({
    code: "A124",
    name: "no-route",
    severity: "warning",
    summary: "The target is in the host's subnet, or there is a gateway to it.",
    why: "The connection cannot be routed.",
    hint: "Add Gateway, or correct TargetIp, LocalIp or SubnetMask",
    *check(attempt) {
      const reach = reachOfAttempt(attempt);
      if (reach.how !== "none" || reach.obstacle === "family") return;
      const message =
        reach.obstacle === "no gateway"
          ? `TargetIp ${attempt.targetIp} is not in the subnet of LocalIp and there is no Gateway`
          : `TargetIp cannot be reached: ${reach.why}`;
      yield { path: "targetIp", message };
    },
  }),
  attemptRule({
    code: "A127",
    name: "host-address-unusable",
    severity: "warning",
    summary:
      "LocalIp, Gateway and DNS servers are addresses that a host can have, and the gateway is in the host's subnet.",
    why: "The IPv4 stack refuses such an address, or cannot reach such a gateway; the table passes DNS servers on to the system (T030).",
    hint: "Correct LocalIp, SubnetMask, Gateway, PrimaryDns or SecondaryDns",
    example: { bad: "LocalIp:127.0.0.1" },
    *check({ ipMode, localIp, subnetMask, gateway, initiatorInfoFromDhcp, ...attempt }) {
      if (ipMode !== 0 || localIp === undefined || initiatorInfoFromDhcp) return;
      const prefix = prefixOfMask(subnetMask ?? "0.0.0.0");
      for (const field of ["primaryDns", "secondaryDns"] as const) {
        const address = attempt[field];
        const what = address === undefined ? undefined : doubtfulAddress(address);
        if (what !== undefined) yield { path: field, message: `${keyName(field)} ${address} is ${what}` };
      }
      const wrong = doubtfulAddress(localIp, prefix ? subnetOf(localIp, prefix) : undefined);
      if (wrong !== undefined) yield { path: "localIp", message: `LocalIp ${localIp} is ${wrong}` };
      const origin = { address: localIp, prefix: prefix ?? 0, gateway, fixed: true };
      const trouble = localIp.includes(":") || gateway?.includes(":") ? undefined : gatewayTrouble(origin);
      if (trouble !== undefined) yield { path: "gateway", message: `Gateway ${gateway} ${trouble}` };
    },
  }),
  attemptRule({
    code: "A128",
    name: "target-link-local",
    severity: "warning",
    summary: "TargetIp is not an IPv6 link-local address.",
    why: "The firmware connects, from its own link-local address, whatever LocalIp is (EDK II, Ip6SelectSourceAddress); that is the HFI's address in the table. The system that it starts does not connect: readers of the NBFT pass both addresses on without their interface, and Linux always refuses the host's (S038).",
    hint: "Assign routable addresses to target and interface, and write the target's",
    example: { bad: "IpMode:1\nTargetIp:fe80::e8eb:d3ff:fe56:8956", line: 2 },
    *check({ ipMode, targetIp, targetInfoFromDhcp }) {
      if (ipMode !== 1 || targetInfoFromDhcp || addressUse(targetIp) !== "link-local") return;
      yield {
        path: "targetIp",
        message: `TargetIp ${targetIp} is an IPv6 link-local address: the firmware connects, Linux does not`,
      };
    },
  }),
];

/** A property's key in a Config. */
function keyName(field: string): string {
  return configKeys.find((key) => key.scope === "attempt" && key.field === field)?.name ?? field;
}

const effectRules: readonly ConfigRule[] = [
  attemptRule({
    code: "A115",
    name: "without-effect",
    severity: "info",
    summary: "A key has an effect.",
    why: "The driver never reads some fields, or only copies them into the NBFT.",
    hint: "Nothing is wrong; the key may be left out",
    example: { bad: "ConnectRetryCount:3" },
    *check(attempt) {
      for (const { scope, field, name, without } of configKeys) {
        const value = scope === "attempt" && attempt[field as keyof FirmwareAttempt];
        if (without !== undefined && value) yield { path: field, message: `${name} has no effect: ${without}` };
      }
    },
  }),
  attemptRule({
    code: "A120",
    name: "disabled",
    severity: "info",
    summary: "An attempt is enabled.",
    why: "The driver skips an attempt whose Enabled is 0 or missing.",
    hint: "Add Enabled:1 to use the attempt",
    example: { bad: "Enabled:0" },
    *check({ enabled }) {
      if (enabled === 0)
        yield { path: "enabled", message: "The attempt is not enabled: it is skipped", hint: "Add Enabled:1" };
    },
  }),
  attemptRule({
    code: "A125",
    name: "override-incomplete",
    severity: "error",
    summary: "HostOverrideEnable comes with HostIdOverride and HostNqnOverride.",
    why: "Without them the tool stores nothing.",
    hint: "Add HostIdOverride and HostNqnOverride, or leave HostOverrideEnable out",
    example: { bad: "HostOverrideEnable:TRUE" },
    *check({ hostOverrideEnable, hostIdOverride, hostNqnOverride }) {
      if (!hostOverrideEnable) return;
      const missing = [
        ...(hostIdOverride === undefined || hostIdOverride.slice(6, 8) === "00" ? ["HostIdOverride"] : []),
        ...(hostNqnOverride === undefined ? ["HostNqnOverride"] : []),
      ];
      if (missing.length === 0) return;
      const message = `HostOverrideEnable is TRUE without a usable ${missing.join(" and ")}, so nothing is stored`;
      yield { path: "hostOverrideEnable", message };
    },
  }),
];

/** The port that the driver connects to: it keeps four digits. */
function usedPort({ targetPort }: FirmwareAttempt): string {
  return String(targetPort).slice(0, 4);
}

/** Where an attempt connects to, as the driver tells connections apart. */
function destinationOf(attempt: FirmwareAttempt): string {
  return JSON.stringify([attempt.targetIp, usedPort(attempt), attempt.nqn]);
}

/** From where, and for which namespace; an NID that has not the form of a UUID is none. */
function wayOf({ macString, targetPort, nid = "" }: FirmwareAttempt): string {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(nid) ? nid.toLowerCase() : "";
  return JSON.stringify([macString, targetPort, uuid]);
}

const listRules: readonly ConfigRule[] = [
  configRule({
    code: "A126",
    name: "same-place",
    severity: "error",
    summary: "No two attempts connect to the same subsystem at the same address and port.",
    why: "If both succeed, from another interface or for another namespace, the driver halts the machine with an ASSERT.",
    hint: "Use a separate address or port of the target for each path; one attempt without NID mounts every namespace",
    *check({ attempts }) {
      const enabled = [...attempts.entries()].filter(
        ([, { enabled: on, targetIp }]) => on !== 0 && targetIp !== undefined,
      );
      for (const [position, [i, attempt]] of enabled.entries()) {
        const place = destinationOf(attempt);
        const earlier = enabled.slice(0, position).filter(([, other]) => destinationOf(other) === place);
        // The driver skips what repeats an attempt, which A117 tells.
        if (earlier.length === 0 || earlier.some(([, other]) => wayOf(other) === wayOf(attempt))) continue;
        const what = isDiscovery(attempt.nqn) ? "the same discovery controller" : "the same subsystem";
        yield {
          path: `attempts[${i}]`,
          message: `Attempts ${earlier[0]![0] + 1} and ${i + 1} connect to ${what} at ${attempt.targetIp} port ${usedPort(attempt)}: if both succeed, the driver halts the machine`,
          hint: "Use a separate address or port of the target for each path; one attempt without NID mounts every namespace",
        };
      }
    },
  }),
  configRule({
    code: "A129",
    name: "own-address",
    severity: "warning",
    summary: "No address of one attempt's interface is that of another one's, or its gateway or target.",
    why: "The machine has the address itself: the system connects to itself, or routes nothing to such a gateway (S037, T028, G004).",
    hint: "Correct LocalIp, Gateway or TargetIp",
    *check({ attempts }) {
      const enabled = [...attempts.entries()].filter(([, { enabled: on, ipMode }]) => on !== 0 && ipMode === 0);
      const owners = new Map<string, { number: number; macString: string }>();
      for (const [i, { localIp, macString, initiatorInfoFromDhcp }] of enabled) {
        if (localIp === undefined || initiatorInfoFromDhcp || addressUse(localIp) === "none") continue;
        const owner = owners.get(localIp);
        if (owner === undefined) owners.set(localIp, { number: i + 1, macString });
        else if (owner.macString !== macString) {
          const message = `LocalIp ${localIp} is that of attempt ${owner.number} too, which has another interface`;
          yield { path: `attempts[${i}].localIp`, message };
        }
      }
      for (const [i, { targetIp, gateway, macString, targetInfoFromDhcp }] of enabled) {
        const ownerOf = (address: string | undefined) => {
          const owner = address === undefined ? undefined : owners.get(address);
          return owner === undefined || owner.macString === macString ? undefined : owner.number;
        };
        const target = targetInfoFromDhcp ? undefined : ownerOf(targetIp);
        const message = (key: string, address: string, number: number) =>
          `${key} ${address} is LocalIp of attempt ${number}`;
        if (target !== undefined)
          yield { path: `attempts[${i}].targetIp`, message: message("TargetIp", targetIp!, target) };
        const router = ownerOf(gateway);
        if (router !== undefined)
          yield { path: `attempts[${i}].gateway`, message: message("Gateway", gateway!, router) };
      }
    },
  }),
  configRule({
    code: "A117",
    name: "duplicate-path",
    severity: "warning",
    summary: "No two attempts name the same interface, target, port, subsystem and namespace.",
    why: "The driver skips the later one.",
    hint: "Leave one of them out",
    *check({ attempts }) {
      const seen = new Map<string, number>();
      for (const [i, attempt] of attempts.entries()) {
        if (attempt.enabled === 0 || attempt.targetIp === undefined) continue;
        const key = `${destinationOf(attempt)} ${wayOf(attempt)}`;
        const first = seen.get(key);
        if (first === undefined) seen.set(key, i);
        else yield { path: `attempts[${i}]`, message: `The attempt repeats attempt ${first + 1}: the driver skips it` };
      }
    },
  }),
  configRule({
    code: "A118",
    name: "menu-slots",
    severity: "warning",
    summary: "There are at most four attempts.",
    why: "The setup menu has four: saving in it renames them, drops the others and sets the count to 4.",
    hint: "Leave out attempts, or do not save from the setup menu",
    *check({ attempts }) {
      if (attempts.length <= 4) return;
      const message = `There are ${attempts.length} attempts: the firmware's setup menu keeps only four when it saves`;
      yield { path: "attempts[4]", message };
    },
  }),
];

/** Rules about attempts. */
export const attemptRules: readonly ConfigRule[] = [
  ...macRules,
  ...targetRules,
  ...namespaceRules,
  ...addressRules,
  ...effectRules,
  ...listRules,
];
