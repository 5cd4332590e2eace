import type { Structure } from "../../structure/index.ts";
import { discoveryDescriptor } from "./discovery.ts";
import { hfiDescriptor } from "./hfi.ts";
import { securityProfileDescriptor } from "./security.ts";
import { ssnsDescriptor } from "./ssns.ts";

/** The four lists, in the order of the Control Descriptor, with the structure of their entries. */
export const listStructures = {
  hfi: hfiDescriptor,
  ssns: ssnsDescriptor,
  security: securityProfileDescriptor,
  discovery: discoveryDescriptor,
} as const satisfies Record<string, Structure>;

export type ListName = keyof typeof listStructures;

export const listNames = Object.keys(listStructures) as readonly ListName[];
