import {
  bit,
  bits,
  flags8,
  flags16,
  list16Ref,
  listRef,
  reserved,
  stringRef,
  structure,
  u8,
} from "../../structure/index.ts";
import {
  authProtocols,
  cipherSuites,
  dhGroups,
  policyListNames,
  requirementNames,
  StructureId,
  secureChannels,
  secureHashes,
} from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Security Profile Descriptor, 64 bytes. The reference of a list that the flags disable is reserved and not followed.
 *
 * NVMe Boot Specification 1.3, Figures 23 and 24 (flags).
 */
export const securityProfileDescriptor = structure("SecurityProfileDescriptor", {
  title: "Security Profile Descriptor",
  about: "What authentication and encryption a connection asks for. A list that the flags do not enable is absent.",
  spec: figure(23),
  size: 64,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Security }),
    index: u8(1, "Security Profile Descriptor Index", {
      abbreviation: "SPDIDX",
      meaning: "the number by which other descriptors name this profile; the first is 1",
    }),
    flags: flags16(
      2,
      "Security Profile Descriptor Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }),
        inBandAuthentication: bits(2, 1, "In-Band Authentication Required", requirementNames, { abbreviation: "IBAR" }),
        authPolicyList: bits(4, 3, "Authentication Policy List", policyListNames, {
          abbreviation: "APL",
          meaning: "who set authProtocols",
        }),
        secureChannel: bits(6, 5, "Secure Channel Negotiation Required", requirementNames, { abbreviation: "SCNR" }),
        secureChannelPolicyList: bits(8, 7, "Security Policy List", policyListNames, {
          abbreviation: "SPL",
          meaning: "who set secureChannelAlgorithms",
        }),
        cipherSuitesRestricted: bit(9, "Cipher Suites Restricted by Policy", {
          abbreviation: "CSRP",
          meaning: "only those in cipherSuites are allowed",
        }),
        dhGroupsRestricted: bit(10, "Authentication DH Groups Restricted by Policy List", {
          abbreviation: "ADHGRPL",
          meaning: "only those in dhGroups are allowed",
        }),
        hashesRestricted: bit(11, "Secure Hash Functions Policy List", {
          abbreviation: "SHFPL",
          meaning: "only those in secureHashes are allowed",
        }),
      },
      { abbreviation: "SPDFLAGS", figure: 24 },
    ),
    secretType: flags8(
      4,
      "Secret Type",
      {
        redfishHostInterfaceUri: bit(1, "Redfish Host Interface URI", {
          meaning: "secretKeypath is such a URI",
        }),
      },
      { abbreviation: "ST" },
    ),
    reserved5: reserved(5, 1),
    secureChannelAlgorithms: listRef(6, "Secure Channel Algorithm Heap Object Reference", secureChannels, {
      abbreviation: "SCAHOR",
      meaning: "allowed secure channels (NVMe/TCP SECTYPE)",
      when: { field: "flags.secureChannelPolicyList", atLeast: 1 },
    }),
    authProtocols: listRef(12, "Authentication Protocols Heap Object Reference", authProtocols, {
      abbreviation: "APHOR",
      meaning: "allowed authentication protocols",
      when: { field: "flags.authPolicyList", atLeast: 1 },
    }),
    cipherSuites: list16Ref(18, "Cipher Suite Offset Heap Object Reference", cipherSuites, {
      abbreviation: "CSOHOR",
      meaning: "allowed TLS cipher suites by their IANA numbers",
      when: { field: "flags.cipherSuitesRestricted", atLeast: 1 },
    }),
    dhGroups: listRef(24, "DH Groups Heap Object Reference", dhGroups, {
      abbreviation: "DHGHOR",
      meaning: "allowed Diffie-Hellman groups of DH-HMAC-CHAP",
      when: { field: "flags.dhGroupsRestricted", atLeast: 1 },
    }),
    secureHashes: listRef(30, "Secure Hash Functions Offset Heap Object Reference", secureHashes, {
      abbreviation: "SHFOHOR",
      meaning: "allowed hash functions of DH-HMAC-CHAP",
      when: { field: "flags.hashesRestricted", atLeast: 1 },
    }),
    secretKeypath: stringRef(36, "Secret Keypath Offset Heap Object Reference", "uri", {
      abbreviation: "SKOHOR",
      meaning: "URI of the secret, of the form that secretType names",
    }),
    reserved42: reserved(42, 22),
  },
});
