import { cstring, hexBytes, structure, u8 } from "../../structure/index.ts";
import type { NvmeofDiscoveryData } from "../generated/model.ts";
import { nvDataSpec } from "./spec.ts";

/**
 * One record of variable `NvmeOfDiscoveryData`, 2305 bytes: a subsystem that a discovery controller named. The driver
 * writes it for information and never reads it; an old one stays in the store.
 *
 * `nids` holds 32 entries of 64 bytes of which 16 are used; `discoveredNamespaces` takes it apart.
 */
export const nvmeofDiscoveryData = structure("NvmeofDiscoveryData", {
  title: "NVMe-oF discovery record",
  spec: nvDataSpec,
  size: 2305,
  fields: {
    subsystemNqn: cstring(0, 224, "SubsystemNqn"),
    nids: hexBytes(224, 2048, "Nid[32][64], 16 bytes used of each"),
    nsids: hexBytes(2272, 32, "Nsid[32]"),
    namespaceCount: u8(2304, "NamespaceCount"),
  },
});

/** A namespace in a discovery record. */
export interface DiscoveredNamespace {
  /** Namespace ID, of which the record has 8 bits. */
  readonly nsid: number;
  /** 32 hexadecimal digits in stored order: UUID, NGUID, or EUI-64 and zeros. */
  readonly nid: string;
}

/** The namespaces of a discovery record; a count beyond the 32 that it has room for is cut. */
export function discoveredNamespaces(record: NvmeofDiscoveryData): DiscoveredNamespace[] {
  return Array.from({ length: Math.min(record.namespaceCount, 32) }, (_, i) => ({
    nsid: Number.parseInt(record.nsids.slice(2 * i, 2 * i + 2), 16),
    nid: record.nids.slice(128 * i, 128 * i + 32),
  }));
}
