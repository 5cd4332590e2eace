import type {
  ControlDescriptor,
  DiscoveryDescriptor,
  HfiDescriptor,
  HostDescriptor,
  NbftHeader,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "./structures/index.ts";

/**
 * The model of a table: what it says, in values that people read and edit. References are replaced by the objects they lead
 * to; offsets, lengths, counts and the checksum are left out, for they follow from the rest. Absent values are `undefined`.
 */
export interface NbftTable {
  readonly header: NbftHeader;
  readonly control: ControlDescriptor;
  /** Absent when the table is not configured or its Host Descriptor cannot be read. */
  readonly host?: HostDescriptor | undefined;
  readonly hfi: readonly HfiDescriptor[];
  readonly ssns: readonly SsnsDescriptor[];
  readonly security: readonly SecurityProfileDescriptor[];
  readonly discovery: readonly DiscoveryDescriptor[];
}
