import type { Structure } from "../../structure/index.ts";
import * as structures from "./index.ts";

/** The table's structures in the order of the specification's structure ids. */
export const structureOrder: readonly Structure[] = [
  structures.nbftHeader,
  structures.controlDescriptor,
  structures.hostDescriptor,
  structures.hfiDescriptor,
  structures.hfiTransportInfoTcp,
  structures.hfiExtendedInfo,
  structures.ssnsDescriptor,
  structures.ssnsExtendedInfo,
  structures.securityProfileDescriptor,
  structures.discoveryDescriptor,
];
