import { parseIpv4 } from "../text/ip.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT, IO_PORT } from "../text/nvme.ts";
import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import { parseMacString } from "../uefi/companion/network-name.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../uefi/config/firmware-config.ts";
import { uuidIn } from "./defaults.ts";
import type { BootDescription } from "./description.ts";
import type { BootDocument } from "./document.ts";
import { completeBootDescription } from "./parse.ts";
import { formatPortal } from "./portal.ts";

/** A boot description made from a firmware configuration, and what the description cannot say. */
export interface BootFromFirmware {
  /** The configuration's attempts, with every default filled in. */
  readonly description: BootDescription;
  /** Sentences, each with the path of what was left out or understood differently. */
  readonly notes: readonly string[];
}

type WrittenInterface = BootDocument["interfaces"][number];
type WrittenAttempt = NonNullable<BootDocument["attempts"]>[number];
type WrittenTarget = NonNullable<BootDocument["targets"]>[number];
type Note = (path: string, message: string) => void;

/**
 * The boot that the firmware's attempts describe: one interface for each MAC address and VLAN, one target for each subsystem
 * NQN, the attempts in their order.
 *
 * @throws {BootDescriptionError} when there is no usable attempt, or the configuration holds what no description may.
 */
export function bootOfFirmware(config: FirmwareConfig): BootFromFirmware {
  const notes: string[] = [];
  const note: Note = (path, message) => notes.push(`${path}: ${message}`);
  const interfaces = new Map<string, WrittenInterface>();
  const targets = new Map<string, WrittenTarget & { portals: string[] }>();
  const attempts: WrittenAttempt[] = [];
  for (const [i, attempt] of config.attempts.entries()) {
    const path = `attempts[${i}]`;
    const name = interfaceOf(attempt, interfaces, path, note);
    if (name === undefined) continue;
    const written = attemptOf(attempt, name, targets, path, note);
    if (written) attempts.push(written);
    noteUnsaid(attempt, path, note);
  }
  const document: BootDocument = {
    host: hostOf(config),
    interfaces: [...interfaces.values()],
    ...(targets.size > 0 && { targets: [...targets.values()] }),
    ...(attempts.length > 0 && { attempts }),
  } as BootDocument;
  return { description: completeBootDescription(document), notes };
}

/** What the firmware's variables say and a description cannot. */
function noteUnsaid(attempt: FirmwareAttempt, path: string, note: Note): void {
  const { primaryDns, secondaryDns, serverName, dnsMode } = attempt;
  const keys = ["transportPort", "transportGuid", "hostNqnOverride", "hostIdOverride", "hostOverrideEnable"] as const;
  const unread: string[] = keys.filter((key) => attempt[key]);
  if (serverName !== undefined && !dnsMode) unread.push("serverName");
  if (unread.length > 0) note(path, `${unread.join(", ")}: left out, for no driver makes use of it`);
  if (secondaryDns !== undefined && primaryDns === undefined)
    note(path, `secondaryDns ${secondaryDns} is left out: a description has no second name server without a first`);
}

/** The identifier in the order that its text and the host NQN share, and how it is stored. */
function hostOf({ hostNqn, hostId }: FirmwareConfig): BootDocument["host"] {
  const swapped = formatUuid(swapGuid(parseUuid(hostId) ?? new Uint8Array(16)));
  if (uuidIn(hostNqn) === swapped && swapped !== hostId) return { nqn: hostNqn, id: swapped, idByteOrder: "rfc4122" };
  return { nqn: hostNqn, id: hostId, idByteOrder: "efi-guid" };
}

function interfaceOf(
  attempt: FirmwareAttempt,
  interfaces: Map<string, WrittenInterface>,
  path: string,
  note: Note,
): string | undefined {
  const network = parseMacString(attempt.macString.toUpperCase().replaceAll("-", ":"));
  if (!network) {
    note(path, `is left out: MacString ${JSON.stringify(attempt.macString)} is not an interface`);
    return undefined;
  }
  if (attempt.macString !== attempt.macString.toUpperCase())
    note(path, "the firmware ignores it: MacString is not in upper case");
  const mac = network.variable.toLowerCase().replace(/(..)(?!$)/g, "$1:");
  const written: WrittenInterface = {
    name: `nic${interfaces.size}`,
    mac,
    ...(network.vlan !== undefined && { vlan: network.vlan }),
    address: addressOf(attempt, path, note),
    ...(attempt.gateway !== undefined && { gateway: attempt.gateway }),
    ...(attempt.primaryDns !== undefined && {
      dns: [attempt.primaryDns, ...(attempt.secondaryDns === undefined ? [] : [attempt.secondaryDns])],
    }),
    ...(attempt.routeMetric !== undefined && { routeMetric: attempt.routeMetric }),
    ...(attempt.hostName !== undefined && { hostName: attempt.hostName }),
  } as WrittenInterface;
  const key = `${mac}/${network.vlan}`;
  const known = interfaces.get(key);
  if (!known) interfaces.set(key, written);
  else if (JSON.stringify({ ...known, name: "" }) !== JSON.stringify({ ...written, name: "" })) {
    note(path, `its interface settings differ from those of an earlier attempt on ${mac}, which are kept`);
  }
  return (known ?? written).name;
}

function addressOf(attempt: FirmwareAttempt, path: string, note: Note): string {
  const { ipMode, localIp, subnetMask } = attempt;
  if (ipMode === 1) {
    if (attempt.initiatorInfoFromDhcp) return "dhcp6";
    return localIp === undefined ? "auto" : `${localIp}/64`;
  }
  if (ipMode === 2 || attempt.initiatorInfoFromDhcp || attempt.targetInfoFromDhcp) return "dhcp";
  if (localIp === undefined) {
    note(path, "has no LocalIp: DHCP is assumed");
    return "dhcp";
  }
  const prefix = prefixOf(subnetMask ?? "0.0.0.0");
  if (prefix === undefined) {
    const why = subnetMask === undefined ? "there is no SubnetMask" : `SubnetMask ${subnetMask} is not a prefix`;
    note(path, `${why}: 24 is assumed`);
  }
  return `${localIp}/${prefix ?? 24}`;
}

/** Prefix length of a mask of ones followed by zeros. */
function prefixOf(mask: string): number | undefined {
  const bits = [...(parseIpv4(mask) ?? [])].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1+0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : undefined;
}

function attemptOf(
  attempt: FirmwareAttempt,
  name: string,
  targets: Map<string, WrittenTarget & { portals: string[] }>,
  path: string,
  note: Note,
): WrittenAttempt | undefined {
  const common = {
    ...(attempt.attemptName !== undefined && { name: attempt.attemptName }),
    interface: name,
    ...(attempt.nid !== undefined && { nid: attempt.nid }),
    ...(attempt.connectTimeout !== undefined && { timeout: attempt.connectTimeout }),
    ...(attempt.connectRetryCount !== undefined && { retries: attempt.connectRetryCount }),
    ...(attempt.controllerId !== undefined && { controllerId: attempt.controllerId }),
    ...(attempt.enabled === 0 && { enabled: false }),
  };
  const { targetIp: traddr, targetPort: trsvcid, nqn } = attempt;
  if (attempt.targetInfoFromDhcp) {
    if (traddr === undefined) {
      note(path, "is left out: the DHCP server names its target; write a root path into the interface's lease");
      return undefined;
    }
    return { ...common, via: "root-path", traddr, trsvcid: trsvcid || IO_PORT, nqn } as WrittenAttempt;
  }
  if (traddr === undefined) {
    note(path, "is left out: it has no target address");
    return undefined;
  }
  const named = attempt.dnsMode && attempt.serverName !== undefined ? { serverName: attempt.serverName } : {};
  if (nqn.toLowerCase() !== DISCOVERY_NQN && nqn !== "") {
    const target = targets.get(nqn) ?? { name: `target${targets.size}`, nqn, portals: [] };
    const portal = formatPortal({ traddr, trsvcid: trsvcid || IO_PORT });
    if (!target.portals.includes(portal)) target.portals.push(portal);
    targets.set(nqn, target as WrittenTarget & { portals: string[] });
    return { ...common, target: target.name, via: "direct", portal, ...named } as WrittenAttempt;
  }
  if (nqn === "") note(path, "has no NQN: the discovery NQN is assumed");
  return {
    ...common,
    via: "direct",
    traddr,
    trsvcid: trsvcid || DISCOVERY_PORT,
    nqn: DISCOVERY_NQN,
    ...named,
  } as WrittenAttempt;
}
