import type { BootDocument } from "./document.ts";

/** A ready-made boot description and what it shows. */
export interface BootPreset {
  /** One sentence, without full stop. */
  readonly summary: string;
  /** The description as a person writes it, without what has a default. */
  readonly document: BootDocument;
}

const host = { nqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890", name: "host-vm" };
const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const namespaces = [
  {
    nsid: 1,
    uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
    nguid: "ace42e00-1510-2fce-2ee4-ac0000000001",
  },
];
const nic0 = { name: "nic0", mac: "ea:eb:d3:58:89:58", pci: "0000:00:03.0", address: "192.168.101.30/24" };
const nic1 = { name: "nic1", mac: "ea:eb:d3:59:89:59", pci: "0000:00:04.0", address: "192.168.110.30/24" };
const both = ["192.168.101.20:4420", "192.168.110.20:4420"];

/**
 * The ways to boot of the public proofs of concept, with their addresses and names, and three more that firmware and Linux
 * are known to treat differently.
 */
export const bootPresets = {
  static: {
    summary: "one static IPv4 path",
    document: { host, interfaces: [nic0], targets: [{ nqn, portals: both.slice(0, 1), namespaces }] },
  },
  "dual-path": {
    summary: "two static IPv4 paths to one namespace",
    document: { host, interfaces: [nic0, nic1], targets: [{ nqn, portals: both, namespaces }] },
  },
  discovery: {
    summary: "two paths, each found through its discovery controller",
    document: { host, interfaces: [nic0, nic1], targets: [{ nqn, portals: both, namespaces, discovery: true }] },
  },
  "discovery-nid": {
    summary: "two paths found by discovery, booting only from the namespace with this UUID",
    document: {
      host,
      interfaces: [nic0, nic1],
      targets: [{ nqn, portals: both, namespaces, discovery: true }],
      attempts: [
        { interface: "nic0", nid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" },
        { interface: "nic1", nid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" },
      ],
    },
  },
  dhcp: {
    summary: "address and target from DHCP, the target by root path",
    document: {
      host: { nqn: host.nqn },
      interfaces: [
        {
          ...nic0,
          address: "dhcp",
          lease: {
            address: "192.168.101.30/24",
            gateway: "192.168.101.1",
            dns: ["192.168.101.53", "192.168.101.54"],
            server: "192.168.101.20",
            rootPath: "from-target",
          },
        },
      ],
      targets: [{ nqn, portals: both.slice(0, 1), namespaces }],
    },
  },
  ipv6: {
    summary: "one path over IPv6 by link-local addresses",
    document: {
      host,
      interfaces: [{ ...nic0, address: "auto" }],
      targets: [{ nqn, portals: ["[fe80::e8eb:d3ff:fe56:8956]:4420"], namespaces }],
    },
  },
  vlan: {
    summary: "one static IPv4 path in VLAN 7",
    document: {
      host,
      interfaces: [{ ...nic0, vlan: 7 }],
      targets: [{ nqn, portals: both.slice(0, 1), namespaces }],
    },
  },
  chap: {
    summary: "one static IPv4 path; the host authenticates by DH-HMAC-CHAP",
    document: {
      host,
      interfaces: [nic0],
      targets: [{ nqn, portals: both.slice(0, 1), namespaces, security: { hostSecret: "host.key" } }],
    },
  },
  "chap-mutual": {
    summary: "one static IPv4 path; host and target authenticate by DH-HMAC-CHAP",
    document: {
      host,
      interfaces: [nic0],
      targets: [
        {
          nqn,
          portals: both.slice(0, 1),
          namespaces,
          security: { hostSecret: "host.key", controllerSecret: "controller.key" },
        },
      ],
    },
  },
  tls: {
    summary: "one static IPv4 path protected by TLS 1.3 with a pre-shared key",
    document: {
      host,
      interfaces: [nic0],
      targets: [{ nqn, portals: both.slice(0, 1), namespaces, security: { tlsKey: "tls.key" } }],
    },
  },
} as const satisfies Readonly<Record<string, BootPreset>>;

/** Name of a preset. */
export type BootPresetName = keyof typeof bootPresets;

/** What the first line of a preset's file says. */
export function presetTitle(name: BootPresetName): string {
  return `Boot over NVMe/TCP: ${bootPresets[name].summary}.`;
}
