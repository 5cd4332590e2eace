import type { RuleTexts } from "../rule.ts";

/** What the rules in `../ssns-namespace.ts` say, and their examples. */
export const ssnsNamespaceTexts: RuleTexts = {
  S012: {
    summary: "The namespace identifier's type is 1 (EUI-64), 2 (NGUID) or 3 (UUID).",
    why: "Readers find the namespace by it; 4, the command set, is not an identity. Records of namespaces that were not reached have 0.",
    good: { model: { "ssns[0].nidType": 0, "ssns[0].nid": undefined, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { "ssns[0].nidType": 4 }, finds: ["ssns[0].nidType"] },
      { model: { "ssns[0].nidType": 0 }, finds: ["ssns[0].nidType"] },
    ],
  },
  S013: {
    summary: "An EUI-64 fills the first eight bytes, and the rest is zero.",
    why: "A longer value means that the type is wrong.",
    good: { model: { "ssns[0].nidType": "eui64", "ssns[0].nid": "0123456789abcdef" } },
    bad: [
      {
        model: { "ssns[0].nidType": "eui64", "ssns[0].nid": "0123456789abcdef0000000000000001" },
        finds: ["ssns[0].nid"],
      },
    ],
  },
  S014: {
    summary: "An SSNS that is not unavailable identifies its namespace.",
    why: "The system looks for the namespace by this identifier; without it, it does not know which one to boot from.",
    good: { model: { "ssns[0].nidType": 0, "ssns[0].nid": undefined, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [{ model: { "ssns[0].nid": "00000000-0000-0000-0000-000000000000" }, finds: ["ssns[0].nid"] }],
  },
  S015: {
    summary: "The namespace id is not FFFFFFFFh, and not 0 unless there is a namespace identifier.",
    why: "FFFFFFFFh addresses all namespaces at once; 0 means to use the identifier.",
    good: { model: { "ssns[0].nsid": 0, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { "ssns[0].nsid": 0xffffffff }, finds: ["ssns[0].nsid"] },
      { model: { "ssns[0].nsid": 0 }, finds: ["ssns[0].nsid"] },
    ],
  },
  S016: {
    summary: "The Use Security flag and the security profile index go together.",
    why: "Specification: without the flag the index is reserved. Practice: libnvme ignores the flag and uses only the index.",
    good: { table: "secured" },
    bad: [
      { model: { "ssns[0].flags.useSecurity": true }, finds: ["ssns[0].securityIndex"] },
      { table: "secured", model: { "ssns[0].flags.useSecurity": false }, finds: ["ssns[0].flags.useSecurity"] },
    ],
  },
  S017: {
    summary: "The security profile of an SSNS exists.",
    why: "Without it, it is unknown how to secure the connection.",
    good: { table: "secured" },
    bad: [
      { model: { "ssns[0].securityIndex": 1, "ssns[0].flags.useSecurity": true }, finds: ["ssns[0].securityIndex"] },
    ],
  },
  S035: {
    summary: "An SSNS has no security profile.",
    why: "Specification: a profile says how the connection is secured. Practice: no Linux reader acts on it. nvme-cli 2.x connects without security, or with keys in the initramfs; 3.x skips the record.",
    good: {},
    bad: [{ table: "secured", finds: ["ssns[0].securityIndex"] }],
  },
  S023: {
    summary: "The discovery controller of an SSNS exists.",
    why: "The index tells where the record came from.",
    good: {},
    bad: [{ model: { "ssns[0].discoveryIndex": 2 }, finds: ["ssns[0].discoveryIndex"] }],
  },
  S024: {
    summary: "An SSNS has a discovery index exactly if its Discovered flag is set.",
    why: "The flag and the index mean the same.",
    good: {},
    bad: [
      { model: { "ssns[0].discoveryIndex": 0 }, finds: ["ssns[0].discoveryIndex"] },
      { model: { "ssns[0].flags.discovered": false }, finds: ["ssns[0].flags.discovered"] },
    ],
  },
  S025: {
    summary:
      "Separate Discovery Controller is set exactly if the discovery controller has a different address than the subsystem.",
    why: "Firmware built on EDK2 never sets the flag; no known reader uses it.",
    good: {},
    bad: [
      {
        model: { "discovery[0].uri": "nvme+tcp://192.0.2.30:8009/" },
        finds: ["ssns[0].flags.separateDiscoveryController"],
      },
      {
        model: { "ssns[0].flags.separateDiscoveryController": true },
        finds: ["ssns[0].flags.separateDiscoveryController"],
      },
    ],
  },
  S026: {
    summary: "The DHCP root path exists exactly if its flag is set.",
    why: "Specification: the string is valid only with the flag. Practice: firmware built on EDK2 writes the string without the flag, and nvme-cli shows it anyway.",
    good: {
      model: {
        "ssns[0].flags.dhcpRootPathOverride": true,
        "ssns[0].extendedInfo.dhcpRootPath":
          "NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b1",
      },
    },
    bad: [
      { model: { "ssns[0].flags.dhcpRootPathOverride": true }, finds: ["ssns[0].flags.dhcpRootPathOverride"] },
      {
        model: { "ssns[0].extendedInfo.dhcpRootPath": "NVME+TCP://192.0.2.20/nqn.2014-08.org.nvmexpress.discovery" },
        finds: ["ssns[0].extendedInfo.dhcpRootPath"],
      },
    ],
  },
  S027: {
    summary: "The reference to extended information is used exactly if the flag is set.",
    why: "Without the flag the reference is reserved and must not be followed.",
    good: {},
    bad: [
      { model: { "ssns[1].flags.extendedInfoInUse": true }, finds: ["ssns[1].extendedInfo"] },
      { stored: { "ssns[0].extendedInfoRef": { offset: 0x10 } }, finds: ["ssns[0].extendedInfoRef"] },
      { stored: { "ssns[1].extendedInfoRef": { like: "ssns[0].extendedInfo" } }, finds: ["ssns[1].extendedInfoRef"] },
    ],
  },
  S030: {
    summary: "No path to a namespace occurs twice.",
    why: "Readers make one connection for each record and HFI.",
    good: {},
    bad: [
      {
        model: { "ssns[1].traddr": "192.0.2.20", "ssns[1].primaryHfi": 1, "ssns[1].secondaryHfis": [1] },
        finds: ["ssns[1].traddr"],
      },
    ],
  },
};
