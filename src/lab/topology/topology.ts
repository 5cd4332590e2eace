import type { BootTarget } from "../../boot/description.ts";
import type { PciPlace } from "../../machine/qemu/pci-places.ts";
import type { TargetHost } from "../../machine/target/target-spec.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { type Expectation, type ExpectedPath, expectationOf } from "../../verify/expectation.ts";
import { type Link, linksOf, mostLinks } from "./links.ts";
import { configureNetworks } from "./network-config.ts";
import { placeNics } from "./pci-places.ts";
import { createRemarks, type Remark, type Remarks } from "./remark.ts";
import { createTargetConfig, isTcpPort, type TargetDisk } from "./target-config.ts";

/** A deliberate defect of the lab, to see what a boot makes of it. */
export const faults = {
  "refused-host": "the target's access list names another host",
  "open-target": "the target lets every host in",
  "dead-target": "no address of the target answers",
  "dead-path": "the last path's address does not answer",
  "closed-port": "the last path's address answers, its port is closed",
  "other-namespace": "the namespace has another UUID and NGUID",
  "no-key": "the host has no key",
  "wrong-key": "the host has another key than the target knows",
  "wrong-controller-key": "the host has another key for the controller than the target has",
  "other-host-key": "the host's key is filed under another host NQN",
  "no-demand": "the target demands no authentication and has no TLS",
  "no-tlshd": "the host has nothing that makes TLS handshakes",
  "no-cipher": "the host's kernel lacks the cipher of TLS",
} as const;

export type Fault = keyof typeof faults;

/** One network interface of the host VM. */
export interface HostNic {
  readonly mac: string;
  readonly place: PciPlace;
  readonly link: number;
}

/** Everything that follows from the tables: two machines, the networks between them, and what each is told to do. */
export interface LabTopology {
  readonly nics: readonly HostNic[];
  readonly links: readonly Link[];
  /** Number of PCI buses beyond bus 0 that the host needs. */
  readonly buses: number;
  readonly machine: "pc" | "q35";
  readonly disks: readonly TargetDisk[];
  /** Lines of the target's `etc/nbft/target.conf`. */
  readonly targetConfig: readonly string[];
  /** Lines of the quick host's `etc/nbft/host.conf`. */
  readonly hostConfig: readonly string[];
  readonly remarks: readonly Remark[];
  readonly expectation: Expectation;
}

export interface TopologyOptions {
  readonly faults?: readonly Fault[];
  /** Decided by the places of the NICs unless given. */
  readonly machine?: "pc" | "q35" | undefined;
  /** What a boot description knows of its targets beyond what the table says. */
  readonly described?: readonly BootTarget[] | undefined;
  /** What the target asks for when it demands that hosts authenticate themselves; absent where it does not. */
  readonly authentication?: Pick<TargetHost, "hash" | "dhGroup"> | undefined;
  /** Whether the target's ports speak TLS; absent where they do not. */
  readonly tls?: "required" | "supported" | undefined;
  /** A target that runs elsewhere, as it is reached from the relay. */
  readonly relay?: { readonly address: string; readonly port: number } | undefined;
}

const stranger = {
  table: 0,
  nqn: "nqn.2014-08.org.nvmexpress:uuid:4e424654-0007-4c61-b000-00000000dead",
  id: undefined,
};
const strangeNamespace = { uuid: "4e424654-0007-4c61-b000-00000000bad0", nguid: "4e424654000700000000000000bad001" };

/** What a boot of these tables needs around it. Nothing is built that the tables do not say; what cannot be is a {@link Remark}. */
export function deriveTopology(tables: readonly NbftTable[], options: TopologyOptions = {}): LabTopology {
  const expectation = expectationOf(tables);
  const remarks = createRemarks(tables.length);
  const has = (fault: Fault) => options.faults?.includes(fault) ?? false;

  const interfaces = expectation.interfaces.filter((hfi) => {
    const group = (Number.parseInt(hfi.mac.slice(0, 2), 16) & 1) === 1;
    if (group)
      remarks.add("refused", remarks.name(hfi, "HFI", hfi.hfi), `${hfi.mac} is a group address, no interface has one`);
    return !group;
  });
  const all = linksOf(interfaces);
  const links = all.slice(0, mostLinks);
  for (const { hostMacs } of all.slice(mostLinks))
    remarks.add("refused", hostMacs.join(", "), `the lab has at most ${mostLinks} networks`);
  const linkOf = (mac: string) => links.find(({ hostMacs }) => hostMacs.includes(mac));

  const macs = links.flatMap(({ hostMacs }) => hostMacs);
  const hfiOf = (mac: string) => interfaces.find((hfi) => hfi.mac === mac)!;
  const placement = placeNics(
    macs.map((mac) => ({ mac, pci: hfiOf(mac).pci })),
    options.machine,
  );
  for (const { mac, text } of placement.remapped)
    remarks.add("remapped", remarks.name(hfiOf(mac), "HFI", hfiOf(mac).hfi), text);

  const network = configureNetworks(interfaces, expectation.paths, linkOf, remarks);
  const config = createTargetConfig(linkOf, remarks, has("dead-target") ? () => {} : network.serveAddress, {
    identity: has("other-namespace") ? strangeNamespace : undefined,
    described: has("refused-host") ? [] : options.described,
    ...(has("no-demand") ? {} : { authentication: options.authentication, tls: options.tls }),
  });
  const reachable = expectation.paths.filter((path) => canServe(path, linkOf, options.described ?? [], remarks));
  for (const path of reachable)
    if (path.secured && !options.authentication && !options.tls)
      remarks.add(
        "refused",
        remarks.name(path, "SSNS", path.ssns),
        "its security profile is left out: the target asks for nothing, and the host has no keys",
      );
  const last = reachable.at(-1)?.traddr;
  const served = reachable.filter(({ traddr }) => !has("dead-path") || traddr !== last);
  const relayed: string[] = [];
  if (options.relay) {
    for (const path of served) network.serveAddress(path.hfi, path.traddr);
    for (const port of new Set(served.map(({ trsvcid }) => trsvcid)))
      if (isTcpPort(port)) relayed.push(`relay ${Number(port)} ${options.relay.address} ${options.relay.port}`);
  } else {
    for (const path of served) config.serve(path, !has("dead-target") && !(has("closed-port") && path.traddr === last));
    if (!has("dead-target"))
      for (const discovery of expectation.discovery) {
        const { table, index } = discovery;
        config.serveDiscovery(
          discovery,
          served.filter((path) => path.table === table && path.discoveryIndex === index),
        );
      }
    config.allow(has("refused-host") ? [stranger] : expectation.hosts, has("open-target"));
  }
  const connects = expectation.paths.length > 0 || expectation.discovery.length > 0;
  return {
    nics: macs.map((mac) => ({ mac, place: placement.places.get(mac)!, link: linkOf(mac)!.id })),
    links,
    buses: placement.buses,
    machine: placement.machine,
    disks: config.disks,
    targetConfig: [...network.target, ...config.lines, ...relayed],
    hostConfig: [...network.host, ...(connects ? ["connect"] : [])],
    remarks: remarks.all,
    expectation,
  };
}

function canServe(
  path: ExpectedPath,
  linkOf: (mac: string) => Link | undefined,
  described: readonly BootTarget[],
  { add, name }: Remarks,
): boolean {
  const about = `${name(path, "SSNS", path.ssns)} through HFI ${path.hfi.hfi}`;
  const { hfi, traddr } = path;
  if (!linkOf(hfi.mac)) add("refused", about, "its HFI has no interface");
  else if (hfi.address === traddr) add("refused", about, `host and target have the same address ${traddr}`);
  else if (path.subsystemNqn === DISCOVERY_NQN)
    add("note", about, "names the discovery service: nothing is served for it");
  else if (path.unavailable && !isDescribed(path, described))
    add("note", about, "the table says that it was not available: nothing answers there");
  else if (path.unreachable)
    add("note", about, `${traddr} is not in the HFI's network, which has no gateway: not served there`);
  else return true;
  return false;
}

/** A target that a description has is there, even if it refuses this host and the table therefore calls it unavailable. */
function isDescribed({ subsystemNqn, traddr, trsvcid }: ExpectedPath, described: readonly BootTarget[]): boolean {
  return described.some(
    ({ nqn, portals }) =>
      nqn === subsystemNqn && portals.some((portal) => portal.traddr === traddr && String(portal.trsvcid) === trsvcid),
  );
}
