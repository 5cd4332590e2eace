import { type Draft, type NbftDraft, withDefaults } from "../document/defaults.ts";
import { withRevision } from "../document/revision.ts";
import type { NbftRevision } from "../document/revisions.ts";
import type {
  HfiDescriptor,
  HfiTransportInfoTcp,
  HostDescriptor,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "../nbft/generated/model.ts";
import { namespaceAccessErrors } from "../nbft/names.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { MAX_NQN_BYTES, uuidNqn } from "../text/nvme.ts";
import type { Prng } from "./prng.ts";
import { type RandomSubnet, randomDuid, randomMac, randomSubnet, randomUuid } from "./random-values.ts";
import { type Arrangement, rearranged } from "./rearrange.ts";

/** A table of the corpus: what is special about it, and how it is made. */
export interface CorpusCase {
  /** Kebab-case: the name of its file. */
  readonly name: string;
  readonly title: string;
  make(prng: Prng): Uint8Array;
}

/** Parts of a boot that the cases are put together from; every value is drawn once. */
interface Parts {
  readonly prng: Prng;
  readonly v4: RandomSubnet;
  readonly v6: RandomSubnet;
  readonly host: Draft<HostDescriptor>;
  readonly nqn: string;
  readonly nid: string;
}

function partsOf(prng: Prng): Parts {
  return {
    prng,
    v4: randomSubnet(prng, "ipv4"),
    v6: randomSubnet(prng, "ipv6"),
    host: { hostNqn: uuidNqn(randomUuid(prng)) },
    nqn: uuidNqn(randomUuid(prng)),
    nid: randomUuid(prng),
  };
}

function hfi(
  { prng, v4 }: Parts,
  more: Draft<HfiTransportInfoTcp> = {},
  subnet: RandomSubnet = v4,
): Draft<HfiDescriptor> {
  const info = { mac: randomMac(prng), ipAddress: subnet.host(30), subnetMaskPrefix: subnet.prefix };
  return { transportInfo: { pciSbdf: "0000:00:04.0", ...info, ...more } };
}

function ssns(
  { v4, nqn, nid }: Parts,
  more: Draft<SsnsDescriptor> = {},
  subnet: RandomSubnet = v4,
): Draft<SsnsDescriptor> {
  return { traddr: subnet.host(20), subsystemNqn: nqn, nsid: 1, nid, ...more };
}

/** A case from a document. Both canonical layouts and another arrangement can be had of each. */
function described(
  name: string,
  title: string,
  document: (parts: Parts) => NbftDraft,
  revision?: NbftRevision,
): CorpusCase {
  return { name, title, make: (prng) => encodeNbft(tableOf(prng, document, revision)) };
}

function tableOf(prng: Prng, document: (parts: Parts) => NbftDraft, revision?: NbftRevision): NbftTable {
  const table = withDefaults(document(partsOf(prng)));
  return revision === undefined ? table : withRevision(table, revision).table;
}

const single = (parts: Parts, info: Draft<HfiTransportInfoTcp> = {}, path: Draft<SsnsDescriptor> = {}): NbftDraft => ({
  host: parts.host,
  hfi: [hfi(parts, info)],
  ssns: [ssns(parts, path)],
});

/** Two interfaces and a subsystem that both reach. */
const twoNics = (parts: Parts): readonly Draft<HfiDescriptor>[] => [
  hfi(parts, { pciSbdf: "0000:00:04.0" }),
  hfi(parts, { pciSbdf: "0000:00:05.0", ipAddress: parts.v4.host(31) }),
];

const secondary = (parts: Parts): NbftDraft => ({
  host: parts.host,
  hfi: twoNics(parts),
  ssns: [ssns(parts, { secondaryHfis: [2] })],
});

const twoPaths = (parts: Parts): NbftDraft => ({
  host: parts.host,
  hfi: twoNics(parts),
  ssns: [ssns(parts), ssns(parts, { primaryHfi: 2, traddr: parts.v4.host(21) })],
});

const lease = ({ v4 }: Parts): Draft<HfiTransportInfoTcp> => ({
  ipOrigin: "dhcp",
  dhcpServer: v4.host(252),
  gateway: v4.host(1),
});

const duidCase = (type: 1 | 2 | 3 | 4, name: string): CorpusCase =>
  described(`dhcp-duid-${name}`, `DHCP with a DUID of type ${type}`, (parts) => {
    const extendedInfo = { dhcpIaid: parts.prng.uint32(), dhcpDuid: randomDuid(parts.prng, type) };
    return single(parts, { ...lease(parts), extendedInfo });
  });

const repeat = <T>(count: number, entry: (position: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => entry(i));

const arranged = (name: string, title: string, arrangement: Arrangement): CorpusCase => ({
  name,
  title,
  make: (prng) => rearranged(tableOf(prng, twoPaths), prng, arrangement),
});

/** Tables without fault, one for each thing that a table can say or be made of. */
export const soundCases: readonly CorpusCase[] = [
  described("static-ipv4", "one interface, one subsystem, IPv4", single),
  described("static-ipv4-1.1", "the same in revision 1.1", single, "1.1"),
  {
    name: "static-ipv4-edk2",
    title: "the same as the Timberland driver lays tables out",
    make: (prng) => encodeNbft(tableOf(prng, single), { layout: "edk2" }),
  },
  described("everything-1.0", "all fields of revision 1.0 in use", everything, "1.0"),
  described("everything-1.1", "all fields of revision 1.1 in use", everything, "1.1"),
  described("static-ipv6", "IPv6", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts, { gateway: parts.v6.host(1) }, parts.v6)],
    ssns: [ssns(parts, {}, parts.v6)],
  })),
  described("ipv6-autoconfigured", "an address that was autoconfigured (IAA)", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts, { flags: { ipAutoconfigured: true } }, parts.v6)],
    ssns: [ssns(parts, {}, parts.v6)],
  })),
  described("ipv6-router-advertisement", "an address by router advertisement, as 1.0 says it", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts, { ipOrigin: "router-advertisement" }, parts.v6)],
    ssns: [ssns(parts, {}, parts.v6)],
  })),
  described("both-families", "one interface for each address family", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts), hfi(parts, {}, parts.v6)],
    ssns: [ssns(parts), ssns(parts, { primaryHfi: 2 }, parts.v6)],
  })),
  described("dhcp-1.0", "DHCP in revision 1.0: no client identity", (parts) => single(parts, lease(parts))),
  duidCase(1, "llt"),
  duidCase(2, "en"),
  duidCase(3, "ll"),
  duidCase(4, "uuid"),
  described("dhcp-root-path", "a subsystem that a DHCP root path named", (parts) => {
    const dhcpRootPath = `NVME+TCP://${parts.v4.host(20)}:4420/${parts.nqn}/urn:uuid:${parts.nid}`;
    return single(parts, lease(parts), { extendedInfo: { asqsz: 32, dhcpRootPath } });
  }),
  described("vlan", "a tagged VLAN", (parts) => single(parts, { vlan: 1 + parts.prng.below(4094) })),
  described("vlan-4094", "the highest VLAN id", (parts) => single(parts, { vlan: 4094 })),
  described("pci-segment", "a PCI segment, in both places", (parts) =>
    single(parts, { pciSbdf: "00a5:3a:1f.7", pcieSegment: 0xa5 }),
  ),
  described("host-name", "a host name with a domain", (parts) => single(parts, { hostName: "host1.boot.example" })),
  described("dns-gateway-metric", "gateway, name servers and a route metric", (parts) =>
    single(parts, {
      gateway: parts.v4.host(1),
      primaryDns: parts.v4.host(53),
      secondaryDns: parts.v4.host(54),
      routeMetric: 77,
      flags: { defaultRoute: true },
    }),
  ),
  described("multipath-secondary-list", "two paths: a secondary HFI list", secondary),
  described("multipath-two-ssns", "two paths: two SSNS", twoPaths),
  described("discovery", "a subsystem that a discovery controller named", (parts) => ({
    ...single(parts, {}, { discoveryIndex: 1 }),
    discovery: [{ uri: `nvme+tcp://${parts.v4.host(20)}:8009/` }],
  })),
  described("discovery-unlinked", "a discovery controller that nothing refers to", (parts) => ({
    ...single(parts),
    discovery: [{ uri: `nvme+tcp://${parts.v4.host(20)}:8009/` }],
  })),
  described("discovery-own-nqn", "a discovery controller with an NQN of its own", (parts) => ({
    ...single(parts, {}, { discoveryIndex: 1 }),
    discovery: [{ uri: `nvme+tcp://${parts.v4.host(20)}:8009/`, nqn: uuidNqn(randomUuid(parts.prng)) }],
  })),
  described("discovery-ipv6", "a discovery controller at an IPv6 address", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts, {}, parts.v6)],
    ssns: [ssns(parts, { discoveryIndex: 1 }, parts.v6)],
    discovery: [{ uri: `nvme+tcp://[${parts.v6.host(20)}]:8009/` }],
  })),
  described("discovery-each-hfi", "one discovery controller, one descriptor for each interface", (parts) => ({
    host: parts.host,
    hfi: twoNics(parts),
    ssns: [1, 2].map((index) => ssns(parts, { primaryHfi: index, discoveryIndex: index })),
    discovery: [1, 2].map((hfiIndex) => ({ hfiIndex, uri: `nvme+tcp://${parts.v4.host(20)}:8009/` })),
  })),
  described("namespaces", "one subsystem, namespaces by EUI-64, NGUID and UUID", (parts) => ({
    ...single(parts),
    ssns: ["ac-de-48-23-45-67-ab-cd", "ace42e00-15102fce-2ee4ac00-00000001", parts.nid].map((nid, i) =>
      ssns(parts, { nsid: i + 1, nid: nid.length === 36 ? nid : nid.replaceAll("-", "") }),
    ),
  })),
  described("nsid-0", "a namespace known by its identifier alone", (parts) => single(parts, {}, { nsid: 0 })),
  described("non-bootable", "a namespace to attach but not to boot from", (parts) => ({
    ...single(parts),
    ssns: [ssns(parts), ssns(parts, { nsid: 2, nid: randomUuid(parts.prng), flags: { nonBootable: true } })],
  })),
  described("digests", "header and data digests required", (parts) =>
    single(parts, {}, { transportFlags: { headerDigest: true, dataDigest: true } }),
  ),
  described("unavailable-1.0", "a namespace that could not be reached, without a reason", (parts) =>
    single(parts, {}, { flags: { unavailable: "unavailable" }, extendedInfo: {} }),
  ),
  described("unavailable-reasons", "a namespace for each reason why one was not reached", (parts) => ({
    ...single(parts),
    ssns: Object.values(namespaceAccessErrors)
      .slice(1)
      .map((naed, i) => ssns(parts, { nsid: i + 1, extendedInfo: { naed, nceec: "refused", cipeec: "general" } })),
  })),
  described("connection-timeout", "connection timeouts from none to the longest", (parts) => ({
    ...single(parts),
    ssns: [0, 1, 60, 0xfffe, 0xffff].map((connectionTimeout, i) =>
      ssns(parts, { nsid: i + 1, extendedInfo: { connectionTimeout } }),
    ),
  })),
  described("controller-id", "controller id and queue size set by the administrator", (parts) =>
    single(parts, {}, { extendedInfo: { cntlid: 7, asqsz: 128 } }),
  ),
  described("security-unused", "a security profile with every list, that nothing refers to", (parts) => ({
    ...single(parts),
    security: [profile],
  })),
  described("security-no-lists", "two security profiles without lists", (parts) => ({
    ...single(parts),
    security: [{}, {}],
  })),
  described("primary-admin-host", "the primary administrative host of several tables", (parts) => ({
    ...single(parts),
    host: { ...parts.host, flags: { primaryAdminHost: "selected" } },
  })),
  described("host-id-differs", "a Host ID of its own", (parts) => ({
    ...single(parts),
    host: { ...parts.host, hostId: randomUuid(parts.prng) },
  })),
  described("host-nqn-by-date", "a host NQN that names its owner", (parts) => ({
    ...single(parts),
    host: { hostNqn: "nqn.2026-01.org.example:boot:host1", hostId: randomUuid(parts.prng) },
  })),
  described("longest-nqns", "NQNs of 223 bytes", (parts) => ({
    ...single(parts, {}, { subsystemNqn: longest("subsystem") }),
    host: { hostNqn: longest("host"), hostId: randomUuid(parts.prng) },
  })),
  described(
    "configured-nothing",
    "a host and nothing else, as firmware publishes it before it is configured",
    (parts) => ({
      host: parts.host,
    }),
  ),
  described("hfi-only", "an interface without a subsystem", (parts) => ({ host: parts.host, hfi: [hfi(parts)] })),
  described("invalid-entries", "descriptors that say they are not valid", (parts) => ({
    ...single(parts),
    hfi: [hfi(parts), { ...hfi(parts), flags: { valid: false } }],
    ssns: [ssns(parts), ssns(parts, { flags: { valid: false } })],
  })),
  described("255-hfis", "as many interfaces as can be counted", (parts) => ({
    host: parts.host,
    hfi: repeat(255, (i) =>
      hfi(parts, { ipAddress: parts.v4.host(i), mac: `02:00:00:00:00:${i.toString(16).padStart(2, "0")}` }),
    ),
    ssns: [ssns(parts, { primaryHfi: 255 })],
  })),
  described("255-ssns", "as many subsystems as can be counted", (parts) => ({
    host: parts.host,
    hfi: [hfi(parts)],
    ssns: repeat(255, (i) => ssns(parts, { nsid: i + 1, nid: randomUuid(parts.prng) })),
  })),
  described("255-discovery", "as many discovery controllers as can be counted", (parts) => ({
    ...single(parts),
    discovery: repeat(255, (i) => ({ uri: `nvme+tcp://${parts.v4.host(20)}:${8009 + i}/` })),
  })),
  arranged("heap-shuffled", "heap objects in another order", {}),
  arranged("heap-holes", "unused bytes between heap objects", { holes: 24 }),
  arranged("heap-aligned", "heap objects at multiples of 16", { align: 16 }),
  arranged("heap-shared", "equal heap objects stored once", { shared: true }),
  arranged("lists-shuffled", "lists in another order", { lists: true }),
  arranged("wide-descriptors", "descriptors with 8 more bytes than are known, as a later revision may have them", {
    wider: 8,
  }),
  arranged("odd-descriptors", "descriptors with one more byte than is known", { wider: 1 }),
];

const profile: Draft<SecurityProfileDescriptor> = {
  flags: { inBandAuthentication: "required", secureChannel: "required" },
  secureChannelAlgorithms: ["tls1.3"],
  authProtocols: ["dh-hmac-chap"],
  cipherSuites: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"],
  dhGroups: ["ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"],
  secureHashes: ["sha256", "sha384", "sha512"],
  secretKeypath: "/redfish/v1/KeyService/NVMeoFSecrets/1",
};

function longest(what: string): string {
  return `nqn.2026-01.org.example:${what}:`.padEnd(MAX_NQN_BYTES, "x");
}

function everything(parts: Parts): NbftDraft {
  const { v4, prng } = parts;
  return {
    host: { ...parts.host, flags: { primaryAdminHost: "unselected" } },
    hfi: [
      hfi(parts, {
        ...lease(parts),
        vlan: 7,
        primaryDns: v4.host(53),
        secondaryDns: v4.host(54),
        hostName: "host1",
        flags: { defaultRoute: true },
        pcieSegment: 1,
        extendedInfo: { dhcpIaid: prng.uint32(), dhcpDuid: randomDuid(prng) },
      }),
      hfi(parts, { pciSbdf: "0000:00:05.0", ipAddress: v4.host(31) }),
    ],
    ssns: [
      ssns(parts, {
        discoveryIndex: 1,
        secondaryHfis: [2],
        subsysPortId: 1,
        transportFlags: { headerDigest: true, dataDigest: true },
        extendedInfo: {
          cntlid: 1,
          asqsz: 32,
          dhcpRootPath: `NVME+TCP://${v4.host(20)}:4420/${parts.nqn}/urn:uuid:${parts.nid}`,
          connectionTimeout: 6,
        },
      }),
      ssns(parts, {
        nsid: 2,
        nid: randomUuid(prng),
        flags: { unavailable: "unavailable" },
        extendedInfo: { naed: "network error", nceec: "no route" },
      }),
    ],
    security: [profile],
    discovery: [{ uri: `nvme+tcp://${v4.host(20)}:8009/` }],
  };
}
