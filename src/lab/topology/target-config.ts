import type { BootTarget } from "../../boot/description.ts";
import type { TargetHost } from "../../machine/target/target-spec.ts";
import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import { isIpv6 } from "../../text/ip.ts";
import { DISCOVERY_NQN, MAX_NQN_BYTES } from "../../text/nvme.ts";
import type { ExpectedDiscovery, ExpectedHost, ExpectedInterface, ExpectedPath } from "../../verify/expectation.ts";
import type { Link } from "./links.ts";
import type { Remarks } from "./remark.ts";

/** A disk of the target. */
export interface TargetDisk {
  /** What is on it: the root file system, or nothing. */
  readonly content: "root" | "empty";
  /** Image that a boot description names for it. */
  readonly image?: string | undefined;
  readonly blockSize: 512 | 4096;
}

/** Identity that a namespace is given in place of the table's. */
export interface OtherIdentity {
  readonly uuid: string;
  readonly nguid: string;
}

/** What differs from what the tables say, and what they cannot say. */
export interface TargetChoices {
  readonly identity?: OtherIdentity | undefined;
  /** Targets of a boot description: identifiers, serial numbers, images, block sizes, access lists. */
  readonly described?: readonly BootTarget[] | undefined;
  /** What hosts are asked for that have to authenticate themselves; their keys are in files of the target. */
  readonly authentication?: Pick<TargetHost, "hash" | "dhGroup"> | undefined;
  /** Every port takes connections with TLS, `required` no others. */
  readonly tls?: "required" | "supported" | undefined;
}

const mostNamespaces = 16;

/** The lines that make Linux's NVMe target serve subsystems, namespaces and ports, and the disks behind them. */
export interface TargetConfig {
  readonly lines: readonly string[];
  readonly disks: readonly TargetDisk[];
  /** Serves a path's subsystem and namespace; without `port` nothing listens at its address. @returns whether it can be served. */
  serve(path: ExpectedPath, port: boolean): boolean;
  serveDiscovery(discovery: ExpectedDiscovery, linked: readonly ExpectedPath[]): void;
  /** Lets these hosts in, or every host. */
  allow(hosts: readonly ExpectedHost[], every: boolean): void;
}

/** Starts a target's configuration. */
export function createTargetConfig(
  linkOf: (mac: string) => Link | undefined,
  remarks: Remarks,
  serveAddress: (hfi: ExpectedInterface, address: string) => void,
  { identity: other, described = [], authentication, tls }: TargetChoices = {},
): TargetConfig {
  const lines: string[] = [];
  const disks: TargetDisk[] = [];
  const subsystems = new Map<string, Map<number, string>>();
  const ports = new Map<string, number>();
  const push = (line: string) => {
    if (!lines.includes(line)) lines.push(line);
  };

  const subsystem = (nqn: string): Map<number, string> => {
    const known = subsystems.get(nqn);
    if (known) return known;
    const namespaces = new Map<number, string>();
    subsystems.set(nqn, namespaces);
    const serial = described.find((target) => target.nqn === nqn)?.serial;
    const word = serial !== undefined && /^[\x21-\x7e]{1,20}$/.test(serial) ? serial : undefined;
    push(`subsystem ${nqn} ${word ?? `LABSN${String(subsystems.size).padStart(4, "0")}`}`);
    return namespaces;
  };

  const namespace = (path: ExpectedPath, about: string) => {
    const namespaces = subsystem(path.subsystemNqn);
    const { nsid, type, id } = path.namespace;
    const identity = type === undefined ? "without identity" : `${type} ${id}`;
    const same = [...namespaces].find(([, known]) => known === identity)?.[0];
    const first = path.unavailable
      ? described.find(({ nqn }) => nqn === path.subsystemNqn)?.namespaces[0]?.nsid
      : undefined;
    const number = nsid > 0 && nsid < 0xffffffff ? nsid : (same ?? first ?? firstFree(namespaces));
    const there = namespaces.get(number);
    if (there === identity) return;
    if (there !== undefined)
      remarks.add("refused", about, `namespace ${number} is ${there} already, it cannot be ${identity} as well`);
    else if (disks.length >= mostNamespaces)
      remarks.add("refused", about, `the lab has at most ${mostNamespaces} namespaces`);
    else {
      if (type === "eui64")
        remarks.add("note", about, "a Linux target has no EUI-64: the namespace gets another identity");
      namespaces.set(number, identity);
      const more = described
        .find((target) => target.nqn === path.subsystemNqn)
        ?.namespaces.find((candidate) => candidate.nsid === number);
      const uuid = other?.uuid ?? (type === "uuid" ? id : more?.uuid);
      const nguid = other?.nguid ?? (type === "nguid" ? id : more?.nguid);
      push(`namespace ${path.subsystemNqn} ${number} ${diskName(disks.length)} ${uuid ?? "-"} ${nguid ?? "-"}`);
      const taken = disks.some(({ content }) => content === "root");
      disks.push({
        content: path.bootable && !taken ? "root" : "empty",
        image: more?.image,
        blockSize: more?.blockSize ?? 512,
      });
    }
  };

  const listen = (address: string, port: number, nqn: string, hfi: ExpectedInterface, wanted: number) => {
    const key = `${address} ${port}`;
    let id = ports.get(key);
    if (id === undefined) {
      const used = new Set(ports.values());
      id = wanted > 0 && !used.has(wanted) ? wanted : 1;
      while (used.has(id)) id++;
      ports.set(key, id);
      // A link-local address only means something together with an interface.
      const zone = address.startsWith("fe80:") ? ` ${linkOf(hfi.mac)!.targetMac} ${hfi.vlan}` : "";
      push(`port ${id} ${isIpv6(address) ? "ipv6" : "ipv4"} ${address} ${port}${zone}`);
      if (tls) push(`tls ${id} ${tls === "required" ? "required" : "optional"}`);
    }
    push(`serve ${id} ${nqn}`);
  };

  return {
    lines,
    disks,
    serve: (path, port) => {
      const about = remarks.name(path, "SSNS", path.ssns);
      if (!isFolderName(path.subsystemNqn))
        remarks.add("refused", about, "the subsystem NQN cannot be that of a Linux target");
      else if (!isTcpPort(path.trsvcid))
        remarks.add("refused", about, `service id ${JSON.stringify(path.trsvcid)} is not a TCP port`);
      else {
        namespace(path, about);
        serveAddress(path.hfi, path.traddr);
        if (port) listen(path.traddr, Number(path.trsvcid), path.subsystemNqn, path.hfi, path.subsysPortId);
        return true;
      }
      return false;
    },
    serveDiscovery: ({ table, index, uri, nqn, hfi }, linked) => {
      const about = remarks.name({ table }, "discovery", index);
      const portal = readDiscoveryUri(uri);
      if (portal.kind !== "address")
        remarks.add("refused", about, `${JSON.stringify(uri)} is not an address of a discovery controller`);
      else if (!hfi || !linkOf(hfi.mac)) remarks.add("refused", about, "its HFI has no interface");
      else {
        if (nqn && nqn !== DISCOVERY_NQN)
          remarks.add("note", about, "the target answers to the well-known discovery NQN only");
        if (subsystems.size === 0) inventSubsystem(about);
        serveAddress(hfi, portal.host);
        const own = linked.map(({ subsystemNqn }) => subsystemNqn).filter((known) => subsystems.has(known));
        for (const known of own.length > 0 ? own : subsystems.keys()) listen(portal.host, portal.port, known, hfi, 0);
      }
    },
    allow: (hosts, every) => {
      const nqns = hosts.map(({ nqn }) => nqn).filter((nqn) => nqn !== undefined && isFolderName(nqn));
      for (const known of subsystems.keys()) {
        const listed = described.find(({ nqn }) => nqn === known)?.allowHosts;
        const own = Array.isArray(listed) ? (listed as readonly string[]).filter(isFolderName) : nqns;
        if (own.length === 0 || every || listed === "any") {
          push(`allow-any ${known}`);
          if (authentication)
            remarks.add(
              "refused",
              "host",
              `any host may connect to ${known}: nvmet demands authentication only from named hosts`,
            );
        } else for (const nqn of own) push(`allow ${known} ${nqn}`);
        // Before a port is there to connect to.
        if (authentication)
          for (const nqn of own.filter((each) => !lines.some((line) => line.startsWith(`key ${each} `))))
            lines.unshift(`key ${nqn} ${authentication.hash} ${authentication.dhGroup}`);
      }
      if (nqns.length === 0 && subsystems.size > 0 && !every)
        remarks.add("note", "host", "the table has no host NQN that a Linux target can know: every host is let in");
    },
  };

  /** A table with nothing but a discovery controller does not tell what is found there. */
  function inventSubsystem(about: string): void {
    const nqn = "nqn.2014-08.org.nvmexpress:uuid:4e424654-0007-4c61-b000-0000000000ff";
    const uuid = "4e424654-0007-4c61-b000-0000000000fe";
    subsystem(nqn).set(1, `uuid ${uuid}`);
    push(`namespace ${nqn} 1 ${diskName(disks.length)} ${uuid} -`);
    disks.push({ content: "root", blockSize: 512 });
    remarks.add("note", about, `the table names no subsystem: ${nqn} is there to be discovered`);
  }
}

/** Whether an NQN can be a folder in the target's configuration. */
function isFolderName(nqn: string): boolean {
  return (
    /^[\x21-\x7e]+$/.test(nqn) &&
    nqn.length <= MAX_NQN_BYTES &&
    !nqn.includes("/") &&
    nqn !== "." &&
    nqn !== ".." &&
    nqn !== DISCOVERY_NQN
  );
}

/** Whether a service id is a TCP port. */
export function isTcpPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

function firstFree(namespaces: ReadonlyMap<number, string>): number {
  let number = 1;
  while (namespaces.has(number)) number++;
  return number;
}

/** Name that the target gives to its disk with that index. */
export function diskName(index: number): string {
  return `/dev/vd${String.fromCharCode(97 + index)}`;
}
