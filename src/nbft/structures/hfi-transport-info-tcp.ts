import {
  bit,
  flags8,
  ip,
  mac,
  pci,
  reserved,
  stringRef,
  structure,
  structureRef,
  u8,
  u16,
} from "../../structure/index.ts";
import { ipOrigins, StructureId, transportTypes } from "../names.ts";
import { hfiExtendedInfo } from "./hfi-extended-info.ts";
import { figure } from "./spec.ts";

/**
 * HFI Transport Info Descriptor, NVMe/TCP, 128 bytes in the heap: the interface and its network configuration.
 *
 * Bytes 110 to 127 mean something only when the Transport Info Version is 2 or more; before they are reserved, and shipping
 * firmware leaves garbage in them.
 *
 * NVMe Boot Specification 1.3, Figures 13 and 14.
 */
export const hfiTransportInfoTcp = structure("HfiTransportInfoTcp", {
  title: "HFI Transport Info Descriptor - NVMe/TCP",
  about: "An interface and its network configuration.",
  spec: figure(14),
  size: 128,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.HfiTransportInfo }),
    version: u8(1, "Version", { abbreviation: "VER", const: 1 }),
    trtype: u8(2, "HFI Transport Type", { abbreviation: "HFITT", names: transportTypes, const: 3 }),
    transportInfoVersion: u8(3, "Transport Info Version", {
      abbreviation: "TIV",
      meaning: "1 in the layout of revision 1.0, 2 since 1.1; extendedInfo and pcieSegment need 2",
      default: 2,
    }),
    hfiIndex: u16(4, "HFI Descriptor Index", {
      abbreviation: "HFIDIDX",
      meaning: "index of the interface that it belongs to",
    }),
    flags: flags8(
      6,
      "HFI Transport Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers skip the interface where it is clear", default: 1 }),
        defaultRoute: bit(1, "Global Route vs. Link Local Override Flag", {
          abbreviation: "GRLLOF",
          meaning: "the firmware used this interface as its default route",
        }),
        dhcpOverride: bit(2, "DHCP Override", {
          abbreviation: "DHCPO",
          meaning: "the configuration came from DHCP",
        }),
        ipAutoconfigured: bit(3, "IP Address Autoconfigured", {
          abbreviation: "IAA",
          meaning: "address, prefix and gateway came from IPv6 autoconfiguration",
          since: "1.1",
        }),
      },
      { abbreviation: "HFITFLAGS" },
    ),
    pciSbdf: pci(7, "PCI Express Routing ID for the HFI Transport Function", {
      abbreviation: "PCIERIDHFITF",
      meaning: "segment, bus, device and function, for example 0000:00:04.0",
    }),
    mac: mac(11, "MAC Address", { abbreviation: "MACADDR", meaning: "for example 52:54:00:12:34:56" }),
    vlan: u16(17, "VLAN ID", { abbreviation: "VLANID", meaning: "0 for none" }),
    ipOrigin: u8(19, "IP Address Origin", {
      abbreviation: "IPORIG",
      meaning: "where the address came from",
      names: ipOrigins,
    }),
    ipAddress: ip(20, "IP Address", { abbreviation: "IPADDR" }),
    subnetMaskPrefix: u8(36, "Subnet Mask Prefix", { abbreviation: "IPMASK", unit: "bits" }),
    gateway: ip(37, "IP Gateway", { abbreviation: "IPGW" }),
    reserved53: reserved(53, 1),
    routeMetric: u16(54, "Route Metric", {
      abbreviation: "RM",
      meaning: "500 where routing works and no metric is set, 0 without routing",
    }),
    primaryDns: ip(56, "Primary DNS", { abbreviation: "PDNS" }),
    secondaryDns: ip(72, "Secondary DNS", { abbreviation: "SDNS" }),
    dhcpServer: ip(88, "DHCP Server Address", {
      abbreviation: "DHCP",
      meaning: "reserved unless flags.dhcpOverride is set",
    }),
    hostName: stringRef(104, "Host Name Heap Object Reference", "host name", {
      abbreviation: "HNHOR",
      meaning: "with or without its domain; DHCP option 12",
    }),
    extendedInfo: structureRef(110, "HFI Transport Info Extended Information Heap Object Reference", hfiExtendedInfo, {
      abbreviation: "HTIEIDOR",
      since: "1.1",
      when: { field: "transportInfoVersion", atLeast: 2 },
    }),
    pcieSegment: u8(116, "PCI Express Segment Number", {
      abbreviation: "PCIESN",
      meaning: "in Flit mode, else 0",
      since: "1.1",
      optional: true,
      when: { field: "transportInfoVersion", atLeast: 2 },
    }),
    reserved117: reserved(117, 11),
  },
});
