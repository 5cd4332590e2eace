import { bit, flags32, stringRef, structure, u8, u16 } from "../../structure/index.ts";
import { connectErrors, namespaceAccessErrors, networkErrors, StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Subsystem and Namespace Extended Information Descriptor, in the heap: 18 bytes in 1.0, 23 since 1.1.
 *
 * NVMe Boot Specification 1.3, Figure 21.
 */
export const ssnsExtendedInfo = structure("SsnsExtendedInfo", {
  title: "Subsystem and Namespace Extended Information Descriptor",
  about: "How the firmware connected to a namespace, and why it could not.",
  spec: figure(21),
  size: 23,
  minSize: 18,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.SsnsExtendedInfo }),
    version: u8(1, "Version", { abbreviation: "VER", const: 1 }),
    ssnsIndex: u16(2, "SSNS Descriptor Index", {
      abbreviation: "SSNSDIDX",
      meaning: "index of the SSNS Descriptor that it belongs to",
    }),
    flags: flags32(
      4,
      "SSNS Extended Info Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }),
        adminAsqsz: bit(1, "Administrative ASQSZ", {
          abbreviation: "AASQZ",
          meaning: "an administrator set asqsz",
        }),
      },
      { abbreviation: "FLAGS" },
    ),
    cntlid: u16(8, "Controller ID", {
      abbreviation: "CTRLID",
      meaning: "0 where no administrator set it, 65535 for one that the subsystem chooses",
    }),
    asqsz: u16(10, "Admin Submission Queue Size", {
      abbreviation: "ASQSZ",
      unit: "entries",
      meaning: "0 where it is not known",
    }),
    dhcpRootPath: stringRef(12, "DHCP Root Path String Heap Object Reference", "uri", {
      abbreviation: "DHCPRPSHOR",
      meaning: "where the SSNS Descriptor's flags.dhcpRootPathOverride is set",
    }),
    naed: u8(18, "Namespace Access Error Details", {
      abbreviation: "NAED",
      meaning: "why the namespace is unavailable",
      since: "1.1",
      optional: true,
      names: namespaceAccessErrors,
    }),
    cipeec: u8(19, "Connect Invalid Parameters Extended Error Code", {
      abbreviation: "CIPEEC",
      meaning: "where naed says connect invalid parameters",
      since: "1.1",
      optional: true,
      names: connectErrors,
    }),
    connectionTimeout: u16(20, "Connection Timeout", {
      abbreviation: "CTO",
      unit: "seconds",
      meaning: "65535 where it is not specified",
      since: "1.1",
      optional: true,
      default: 0xffff,
    }),
    nceec: u8(22, "Network Connection Extended Error Code", {
      abbreviation: "NCEEC",
      meaning: "where naed says network error",
      since: "1.1",
      optional: true,
      names: networkErrors,
    }),
  },
});
