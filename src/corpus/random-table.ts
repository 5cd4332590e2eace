import { type Draft, type NbftDraft, withDefaults } from "../document/defaults.ts";
import type { NbftRevision } from "../document/revisions.ts";
import type {
  DiscoveryDescriptor,
  HfiDescriptor,
  HfiTransportInfoTcp,
  SecurityProfileDescriptor,
  SsnsDescriptor,
  SsnsExtendedInfo,
} from "../nbft/generated/model.ts";
import { namespaceAccessErrors } from "../nbft/names.ts";
import { readNbft } from "../nbft/read/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { uuidNqn } from "../text/nvme.ts";
import type { Prng } from "./prng.ts";
import {
  letters,
  type RandomSubnet,
  randomDuid,
  randomHostName,
  randomMac,
  randomNid,
  randomNqn,
  randomSubnet,
  randomUuid,
} from "./random-values.ts";

/** Choices of {@link randomTable}. */
export interface RandomTableOptions {
  /** Revision; either one when not given. */
  readonly revision?: NbftRevision | undefined;
  /** Most HFIs, subsystems and so on of each kind; 4 when not given, at most 255. */
  readonly most?: number | undefined;
}

interface Nic {
  readonly index: number;
  readonly subnet: RandomSubnet;
  readonly hfi: Draft<HfiDescriptor>;
}

/**
 * A random table without fault: `validate` has no errors or warnings about it, and libnvme uses all of it. Everything that the format has
 * comes up: both address families, every origin, VLANs, DHCP identities, secondary lists, discovery controllers, security profiles that
 * nothing refers to, unavailable namespaces with their reasons.
 */
export function randomTable(prng: Prng, { revision, most = 4 }: RandomTableOptions = {}): NbftTable {
  const newer = revision === undefined ? prng.oneIn(2) : revision === "1.1";
  const uuid = randomUuid(prng);
  const nics = Array.from({ length: 1 + prng.below(Math.min(most, 255)) }, (_, i) => nic(prng, i, newer));
  const discovery = some(prng, most, 3).map(() => discoveryDraft(prng, prng.pick(nics)));
  const draft: NbftDraft = {
    header: {
      minorRevision: newer ? 1 : 0,
      oemId: letters(prng, 1 + prng.below(6), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      oemTableId: letters(prng, 1 + prng.below(8), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
      oemRevision: prng.uint32(),
      creatorRevision: prng.uint32(),
      driverSignature: `Fv(${randomUuid(prng)})/FvFile(${randomUuid(prng)})`,
    },
    host: {
      hostNqn: prng.oneIn(4) ? randomNqn(prng) : uuidNqn(uuid),
      hostId: uuid,
      flags: { primaryAdminHost: prng.pick(["not indicated", "unselected", "selected"]) },
    },
    hfi: nics.map(({ hfi }) => hfi),
    ssns: Array.from({ length: 1 + prng.below(most) }, () => ssnsDraft(prng, nics, discovery, newer)),
    security: some(prng, most, 6).map(() => securityDraft(prng)),
    discovery,
  };
  // As a reader has it: every property there, in the order of the descriptions.
  return readNbft(encodeNbft(withDefaults(draft))).table;
}

/** Up to `most` places in a list, none of them `times - 1` times out of `times`. */
function some(prng: Prng, most: number, times: number): readonly undefined[] {
  return Array.from({ length: prng.oneIn(times) ? 1 + prng.below(most) : 0 });
}

function nic(prng: Prng, position: number, newer: boolean): Nic {
  const subnet = randomSubnet(prng, prng.oneIn(3) ? "ipv6" : "ipv4");
  const origins = ["manual", "dhcp", ...(subnet.family === "ipv6" ? [newer ? "auto" : "router-advertisement"] : [])];
  const origin = prng.pick(origins);
  const gateway = prng.oneIn(2) ? subnet.host(1) : undefined;
  const info: Draft<HfiTransportInfoTcp> = {
    pciSbdf: `${prng.oneIn(4) ? "0001" : "0000"}:${hexByte(prng.below(256))}:${hexByte(prng.below(32))}.${prng.below(8)}`,
    mac: randomMac(prng),
    vlan: prng.oneIn(3) ? 1 + prng.below(4094) : 0,
    ipAddress: subnet.host(2 + prng.below(200)),
    subnetMaskPrefix: subnet.prefix,
    gateway,
    primaryDns: prng.oneIn(3) ? subnet.host(253) : undefined,
    secondaryDns: prng.oneIn(6) ? subnet.host(254) : undefined,
    hostName: prng.oneIn(2) ? randomHostName(prng) : undefined,
    flags: { defaultRoute: position === 0 && gateway !== undefined },
  };
  const more: Draft<HfiTransportInfoTcp> = newer && prng.oneIn(4) ? { pcieSegment: 1 + prng.below(255) } : {};
  return {
    index: position + 1,
    subnet,
    hfi: {
      transportInfo: {
        ...info,
        ...originOf(prng, origin, subnet, newer),
        ...more,
        flags: { ...info.flags, ...(origin === "auto" && { ipAutoconfigured: true }) },
      },
    },
  };
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0");
}

function originOf(prng: Prng, origin: string, subnet: RandomSubnet, newer: boolean): Draft<HfiTransportInfoTcp> {
  if (origin === "router-advertisement") return { ipOrigin: origin };
  if (origin !== "dhcp") return {};
  const identity = { dhcpIaid: prng.uint32(), dhcpDuid: randomDuid(prng) };
  return { ipOrigin: "dhcp", dhcpServer: subnet.host(252), ...(newer && { extendedInfo: identity }) };
}

function discoveryDraft(prng: Prng, { index, subnet }: Nic): Draft<DiscoveryDescriptor> {
  const address = subnet.host(20 + prng.below(20));
  const host = subnet.family === "ipv6" ? `[${address}]` : address;
  return {
    hfiIndex: index,
    uri: `nvme+tcp://${host}:${prng.oneIn(4) ? 1024 + prng.below(60000) : 8009}/`,
    ...(prng.oneIn(3) && { nqn: randomNqn(prng) }),
  };
}

function ssnsDraft(
  prng: Prng,
  nics: readonly Nic[],
  discovery: readonly Draft<DiscoveryDescriptor>[],
  newer: boolean,
): Draft<SsnsDescriptor> {
  const found = discovery.length > 0 && prng.oneIn(2) ? 1 + prng.below(discovery.length) : 0;
  const primary = found > 0 ? nics[discovery[found - 1]!.hfiIndex! - 1]! : prng.pick(nics);
  const family = nics.filter(({ subnet }) => subnet.family === primary.subnet.family);
  const others = family.filter(({ index }) => index !== primary.index && prng.oneIn(2)).map(({ index }) => index);
  const failed = prng.oneIn(6);
  const naed = prng.pick(Object.values(namespaceAccessErrors).slice(1));
  const draft: Draft<SsnsDescriptor> = {
    traddr: primary.subnet.host(20 + prng.below(200)),
    trsvcid: prng.oneIn(4) ? String(1024 + prng.below(60000)) : "4420",
    subsystemNqn: randomNqn(prng),
    nsid: prng.below(32),
    nid: randomNid(prng),
    subsysPortId: prng.below(256),
    primaryHfi: primary.index,
    secondaryHfis: others.length > 0 ? others : [primary.index],
    discoveryIndex: found,
    transportFlags: { headerDigest: prng.oneIn(4), dataDigest: prng.oneIn(4) },
    flags: {
      nonBootable: prng.oneIn(8),
      unavailable: failed ? "unavailable" : prng.pick(["not indicated", "available"]),
      separateDiscoveryController: found > 0,
    },
  };
  if (!failed && prng.oneIn(2)) return draft;
  const extendedInfo: Draft<SsnsExtendedInfo> = {
    cntlid: prng.pick([0, 1, 0xffff]),
    asqsz: 32,
    ...(newer && { connectionTimeout: prng.pick([0xffff, 0, 6, 60]) }),
    ...(newer && failed && { naed, ...reasons[naed as keyof typeof reasons] }),
  };
  return { ...draft, extendedInfo };
}

/** What two of the reasons shall be accompanied by. */
const reasons = {
  "network error": { nceec: "no route" },
  "connect invalid parameters": { cipeec: "bad attributes in response" },
} as const;

function securityDraft(prng: Prng): Draft<SecurityProfileDescriptor> {
  const maybe = (part: Draft<SecurityProfileDescriptor>): typeof part => (prng.oneIn(2) ? part : {});
  return {
    flags: {
      inBandAuthentication: prng.pick(["not supported", "supported", "required"]),
      secureChannel: prng.pick(["not supported", "supported", "required"]),
    },
    ...maybe({ secureChannelAlgorithms: prng.oneIn(2) ? ["tls1.3"] : ["tls1.2", "tls1.3"] }),
    ...maybe({ authProtocols: ["dh-hmac-chap"] }),
    ...maybe({ cipherSuites: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"] }),
    ...maybe({ dhGroups: ["ffdhe2048", "ffdhe4096", "ffdhe8192"] }),
    ...maybe({ secureHashes: ["sha256", "sha384", "sha512"] }),
    ...maybe({ secretKeypath: `/redfish/v1/KeyService/NVMeoFSecrets/${prng.below(100)}` }),
  };
}
