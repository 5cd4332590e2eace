import type { NbftTable } from "../nbft/table.ts";
import { DISCOVERY_NQN, uuidNqn } from "../text/nvme.ts";

const transportFlags = { inUse: false, headerDigest: false, dataDigest: false };
const ssnsFlags = {
  valid: true,
  nonBootable: false,
  useSecurity: false,
  dhcpRootPathOverride: false,
  extendedInfoInUse: false,
  separateDiscoveryController: false,
  discovered: false,
  unavailable: "available",
} as const;
const hostUuid = "f8131bac-cdef-4165-866b-5998c1e67890";
const subsystemNqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const nid = "bee9c2b7-1761-44b5-a4e6-f690498a94b1";

/** Two paths to one namespace: a static one, learnt from a discovery controller, and one by DHCP. */
const plain: NbftTable = {
  header: {
    majorRevision: 1,
    oemId: "NBFT",
    oemTableId: "EXAMPLE",
    oemRevision: 1,
    creatorId: "NBFT",
    creatorRevision: 1,
    driverSignature: "Fv(9dcd754b-2b4c-4d20-a2fe-4b0f5bd5a2d2)/FvFile(d8b79d5e-3e5a-4a3d-9b4e-4f7d3a7f21c5)",
    minorRevision: 1,
  },
  control: { majorRevision: 1, minorRevision: 0, flags: { valid: true } },
  host: {
    flags: { valid: true, hostIdConfigured: true, hostNqnConfigured: true, primaryAdminHost: "not indicated" },
    hostId: hostUuid,
    hostNqn: uuidNqn(hostUuid),
  },
  hfi: [
    {
      index: 1,
      flags: { valid: true },
      trtype: "tcp",
      transportInfo: {
        transportInfoVersion: 2,
        hfiIndex: 1,
        flags: { valid: true, defaultRoute: true, dhcpOverride: false, ipAutoconfigured: false },
        pciSbdf: "0000:00:04.0",
        mac: "52:54:00:12:34:56",
        vlan: 0,
        ipOrigin: "manual",
        ipAddress: "192.0.2.10",
        subnetMaskPrefix: 24,
        gateway: "192.0.2.1",
        routeMetric: 500,
        primaryDns: "192.0.2.53",
        hostName: "host1",
        pcieSegment: 0,
      },
    },
    {
      index: 2,
      flags: { valid: true },
      trtype: "tcp",
      transportInfo: {
        transportInfoVersion: 2,
        hfiIndex: 2,
        flags: { valid: true, defaultRoute: false, dhcpOverride: true, ipAutoconfigured: false },
        pciSbdf: "0000:00:05.0",
        mac: "52:54:00:12:34:57",
        vlan: 7,
        ipOrigin: "dhcp",
        ipAddress: "198.51.100.10",
        subnetMaskPrefix: 24,
        routeMetric: 0,
        dhcpServer: "198.51.100.1",
        extendedInfo: {
          hfiIndex: 2,
          flags: { valid: true, dhcpClientInfo: true },
          dhcpIaid: 0x00123457,
          dhcpDuid: "03000100525400123457",
        },
        pcieSegment: 0,
      },
    },
  ],
  ssns: [
    {
      index: 1,
      flags: { ...ssnsFlags, extendedInfoInUse: true, discovered: true },
      trtype: "tcp",
      transportFlags: { ...transportFlags },
      discoveryIndex: 1,
      traddr: "192.0.2.20",
      trsvcid: "4420",
      subsysPortId: 1,
      nsid: 1,
      nidType: "uuid",
      nid,
      securityIndex: 0,
      primaryHfi: 1,
      secondaryHfis: [1],
      subsystemNqn,
      extendedInfo: {
        ssnsIndex: 1,
        flags: { valid: true, adminAsqsz: true },
        cntlid: 1,
        asqsz: 32,
        naed: "none",
        cipeec: "none",
        connectionTimeout: 0xffff,
        nceec: "none",
      },
    },
    {
      index: 2,
      flags: ssnsFlags,
      trtype: "tcp",
      transportFlags: { ...transportFlags },
      discoveryIndex: 0,
      traddr: "198.51.100.20",
      trsvcid: "4420",
      subsysPortId: 2,
      nsid: 1,
      nidType: "uuid",
      nid,
      securityIndex: 0,
      primaryHfi: 2,
      secondaryHfis: [2],
      subsystemNqn,
    },
  ],
  security: [],
  discovery: [
    {
      index: 1,
      flags: { valid: true },
      hfiIndex: 1,
      securityIndex: 0,
      uri: "nvme+tcp://192.0.2.20:8009/",
      nqn: DISCOVERY_NQN,
    },
  ],
};

/** The first path wants TLS and authentication. */
const secured: NbftTable = {
  ...plain,
  ssns: [
    { ...plain.ssns[0]!, flags: { ...plain.ssns[0]!.flags, useSecurity: true }, securityIndex: 1 },
    plain.ssns[1]!,
  ],
  security: [
    {
      index: 1,
      flags: {
        valid: true,
        inBandAuthentication: "required",
        authPolicyList: "admin",
        secureChannel: "required",
        secureChannelPolicyList: "admin",
        cipherSuitesRestricted: true,
        dhGroupsRestricted: true,
        hashesRestricted: true,
      },
      secretType: { redfishHostInterfaceUri: true },
      secureChannelAlgorithms: ["tls1.3"],
      authProtocols: ["dh-hmac-chap"],
      cipherSuites: ["TLS_AES_128_GCM_SHA256"],
      dhGroups: ["ffdhe2048"],
      secureHashes: ["sha256"],
      secretKeypath: "/redfish/v1/KeyService/NVMeoFSecrets/1",
    },
  ],
};

/** Nothing configured: Block Valid is 0. */
const bare: NbftTable = {
  header: plain.header,
  control: { majorRevision: 1, minorRevision: 0, flags: { valid: false } },
  hfi: [],
  ssns: [],
  security: [],
  discovery: [],
};

/** Sound tables that the rules' examples start from. */
export const exampleTables = { plain, secured, bare } as const satisfies Record<string, NbftTable>;

export type ExampleTableName = keyof typeof exampleTables;
