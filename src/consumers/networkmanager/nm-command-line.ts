import { isIpv6, LAST_VLAN } from "../../text/ip.ts";
import { behavioursOf } from "../behaviours/index.ts";
import { libnvmeAddress } from "../libnvme/inet.ts";
import { type ConfigFile, dnsList, formatKeyFile, uuidOf } from "./keyfile.ts";

/** What nm-initrd-generator makes of a kernel command line. */
export interface CommandLineOutcome {
  /** Connections as key files, in the order in which they are made. */
  readonly files: readonly ConfigFile[];
  /** Connections that it gives up, by interface, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** Host name of the last connection that has a usable one; undefined for none. */
  readonly hostName: string | undefined;
}

/**
 * The connections that nm-initrd-generator makes of the words `ip=`, `vlan=`, `ifname=` and `rd.neednet=1` as dracut's nvmf module
 * writes them. All other words of the command line are left alone, and so are the forms of `ip=` that dracut never writes for an NBFT.
 * UUIDs are made from the connection's name, where the generator draws them.
 *
 * NetworkManager 1.52.1 to 1.58.1, src/nm-initrd-generator/nmi-cmdline-reader.c.
 *
 * @param release of NetworkManager
 * @throws {RangeError} where that is no release
 */
export function readNmCommandLine(words: readonly string[], release = "1.52.1"): CommandLineOutcome {
  const reader = new CommandLineReader(behavioursOf("networkmanager", release).refusesHighVlanIds);
  for (const word of words) {
    const argument = new Argument(word);
    const tag = argument.next("=");
    if (tag === "ip") reader.ip(argument);
    else if (tag === "vlan") reader.vlan(argument);
  }
  reader.quietParents();
  return reader.finish(words.includes("rd.neednet=1"));
}

/** Words of an argument, cut at a separator outside square brackets; brackets around a whole word are dropped. */
class Argument {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  get rest(): string {
    return this.#rest;
  }

  next(separator: string): string | undefined {
    let nest = 0;
    let firstClose = -1;
    let end = 0;
    for (; end < this.#rest.length; end++) {
      const character = this.#rest[end]!;
      if (nest === 0 && character === separator) break;
      if (character === "[") nest++;
      else if (nest > 0 && character === "]") {
        nest--;
        if (nest === 0 && firstClose < 0) firstClose = end;
      }
    }
    const word = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    const bracketed = word.startsWith("[") && word.endsWith("]") && firstClose === word.length - 1;
    return (bracketed ? word.slice(1, -1) : word) || undefined;
  }
}

type Method = "auto" | "manual" | "disabled";

/** One address family of a connection. */
interface Side {
  method: Method;
  required: boolean;
  /** Waits for the other family even when it is done first. */
  waits: boolean;
  address: string | undefined;
  gateway: string | undefined;
  dns: string[];
  hostName: string | undefined;
}

interface MadeConnection {
  readonly name: string;
  ipv4: Side;
  ipv6: Side;
  vlan: { id: number; parent: string } | undefined;
  clonedMac: string | undefined;
  explicit: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  none: "none",
  off: "none",
  dhcp: "dhcp",
  "single-dhcp": "dhcp",
  dhcp6: "dhcp6",
  auto6: "dhcp6",
  link6: "link6",
  auto: "auto",
  on: "auto",
  any: "auto",
};

class CommandLineReader {
  readonly #refusesHighVlanIds: boolean;
  readonly #connections = new Map<string, MadeConnection>();
  readonly #parents = new Set<string>();
  #hostName: string | undefined;

  constructor(refusesHighVlanIds: boolean) {
    this.#refusesHighVlanIds = refusesHighVlanIds;
  }

  ip(argument: Argument): void {
    const first = argument.next(":");
    if (argument.rest === "") return;
    const second = argument.next(":");
    const short = second === undefined ? undefined : kinds[second];
    if (short !== undefined) {
      if (first !== undefined) this.#configure(first, short, undefined, argument);
      return;
    }
    const client = first === undefined ? undefined : libnvmeAddress(first);
    if (first !== undefined && client === undefined) return;
    const gateway = argument.next(":");
    const netmask = argument.next(":");
    const hostName = argument.next(":");
    const interfaceName = argument.next(":");
    const word = argument.next(":");
    const kind = word === undefined ? "auto" : (kinds[word] ?? "auto");
    if (interfaceName === undefined) return;
    this.#configure(interfaceName, kind, { client, gateway, netmask, hostName }, argument);
  }

  #configure(
    name: string,
    kind: string,
    fixed: Readonly<Record<"client" | "gateway" | "netmask" | "hostName", string | undefined>> | undefined,
    argument: Argument,
  ): void {
    const hostName = fixed?.hostName !== undefined && isHostName(fixed.hostName) ? fixed.hostName : undefined;
    if (hostName !== undefined) this.#hostName = hostName;
    const next = argument.next(":");
    const dns = next !== undefined && libnvmeAddress(next) !== undefined ? [next, argument.next(":")] : [];
    const connection = this.#get(name);
    const { ipv4, ipv6 } = connection;
    connection.explicit = true;
    if (fixed?.client !== undefined) {
      const side = isIpv6(fixed.client) ? ipv6 : ipv4;
      side.address = `${fixed.client}/${prefixOf(fixed.client, fixed.netmask)}`;
      side.method = "manual";
      side.required = true;
    }
    if (kind !== "auto") ipv4.waits = false;
    if (kind === "none") {
      if (!ipv4.address) ipv4.method = "disabled";
      if (!ipv6.address) ipv6.method = "disabled";
    } else if (kind === "dhcp") {
      Object.assign(ipv4, { method: "auto", required: true });
      if (!ipv6.address) ipv6.method = "auto";
    } else if (kind === "dhcp6") {
      Object.assign(ipv6, { method: "auto", required: true });
      if (!ipv4.address) ipv4.method = "disabled";
    }
    const gateway = fixed?.gateway === undefined ? undefined : libnvmeAddress(fixed.gateway);
    if (gateway !== undefined) (isIpv6(gateway) ? ipv6 : ipv4).gateway = fixed!.gateway;
    ipv4.hostName = hostName ?? ipv4.hostName;
    ipv6.hostName = hostName ?? ipv6.hostName;
    for (const server of dns) {
      if (server === undefined || libnvmeAddress(server) === undefined) break;
      (isIpv6(server) ? ipv6 : ipv4).dns.push(server);
    }
    // What follows and is not a DNS server is taken for an MTU and a MAC address.
    if (dns.length === 0 && argument.rest !== "") connection.clonedMac = argument.rest;
  }

  vlan(argument: Argument): void {
    const name = argument.next(":");
    const parent = argument.next(":");
    const id = name === undefined ? undefined : /\d+$/.exec(name)?.[0];
    if (name === undefined || parent === undefined || id === undefined) return;
    if (this.#refusesHighVlanIds && Number(id) > LAST_VLAN) return;
    this.#get(name).vlan = { id: Number(id), parent };
    this.#parents.add(parent);
  }

  /** The interface below a VLAN gets no addresses unless the command line gives it some. */
  quietParents(): void {
    for (const name of this.#parents) {
      const { explicit, ipv4, ipv6 } = this.#get(name);
      if (explicit) continue;
      ipv4.method = "disabled";
      ipv6.method = "disabled";
    }
  }

  finish(neednet: boolean): CommandLineOutcome {
    const files: ConfigFile[] = [];
    const refused = new Map<string, string>();
    for (const connection of this.#connections.values()) {
      const why = refusalOf(connection);
      if (why !== undefined) refused.set(connection.name, why);
      else {
        files.push({
          name: `${connection.name}.nmconnection`,
          // Most ask only which connections there are.
          get text() {
            return keyFileOf(connection, neednet);
          },
        });
      }
    }
    return { files, refused, hostName: this.#hostName };
  }

  #get(name: string): MadeConnection {
    let connection = this.#connections.get(name);
    if (!connection) {
      const side = (): Side => ({
        method: "auto",
        required: false,
        waits: true,
        address: undefined,
        gateway: undefined,
        dns: [],
        hostName: undefined,
      });
      connection = { name, ipv4: side(), ipv6: side(), vlan: undefined, clonedMac: undefined, explicit: false };
      this.#connections.set(name, connection);
    }
    return connection;
  }
}

function prefixOf(client: string, netmask: string | undefined): number {
  const longest = isIpv6(client) ? 128 : 32;
  const prefix = netmask !== undefined && /^\d+$/.test(netmask) ? Number(netmask) : -1;
  if (prefix >= 0 && prefix <= longest) return prefix;
  if (isIpv6(client)) return 64;
  const first = Number(client.split(".", 1)[0]);
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}

/** glib-like rule of nm_hostname_is_valid: letters, digits, hyphens, underscores and single dots, at most 64 characters. */
function isHostName(text: string): boolean {
  return text.length <= 64 && /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text);
}

function refusalOf({ clonedMac, ipv4, ipv6 }: MadeConnection): string | undefined {
  const stray = [ipv4, ipv6].find(({ gateway, address }) => gateway !== undefined && address === undefined);
  const idle = [ipv4, ipv6].find(({ method, dns }) => method === "disabled" && dns.length > 0);
  if (idle) return `DNS server ${idle.dns[0]} of an address family without addresses`;
  if (stray) return `gateway ${stray.gateway} without an address of its family`;
  if (clonedMac !== undefined && !/^([0-9a-fA-F]{1,2}[:-]){5}[0-9a-fA-F]{1,2}$/.test(clonedMac)) {
    return `${JSON.stringify(clonedMac)} is taken for a MAC address and is none`;
  }
  return undefined;
}

function keyFileOf(connection: MadeConnection, neednet: boolean): string {
  const { name, vlan, ipv4, ipv6 } = connection;
  return formatKeyFile([
    [
      "connection",
      {
        id: name,
        uuid: uuidOf(name),
        type: vlan ? "vlan" : "ethernet",
        "autoconnect-priority": -100,
        "autoconnect-retries": 1,
        "interface-name": name,
        "multi-connect": 1,
        "wait-device-timeout": neednet && !vlan ? 60000 : undefined,
      },
    ],
    ["ethernet", {}],
    ...(vlan
      ? ([["vlan", { flags: 1, id: vlan.id > LAST_VLAN ? undefined : vlan.id, parent: vlan.parent }]] as const)
      : []),
    ["ipv4", sideOf(ipv4, true)],
    ["ipv6", sideOf(ipv6, false)],
    ["proxy", {}],
    ["user", { "org.freedesktop.NetworkManager.origin": "nm-initrd-generator" }],
  ]);
}

function sideOf(side: Side, isIpv4: boolean): Readonly<Record<string, string | number | undefined>> {
  const { method, address, gateway, dns, hostName, required, waits } = side;
  const dynamic = method === "auto";
  return {
    address1: address,
    "dhcp-hostname": dynamic ? hostName : undefined,
    "dhcp-timeout": dynamic ? 90 : undefined,
    dns: dns.length > 0 ? dnsList(dns) : undefined,
    gateway,
    "may-fail": required ? "false" : undefined,
    method,
    "required-timeout": isIpv4 && waits ? 20000 : undefined,
  };
}
