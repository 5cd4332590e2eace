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
 * to; offsets, lengths, counts and the checksum are left out, because they follow from the rest. Absent values are `undefined`.
 */
export interface NbftTable {
  /** The header. */
  readonly header: NbftHeader;
  /** The Control Descriptor. */
  readonly control: ControlDescriptor;
  /** Absent when the table is not configured or its Host Descriptor cannot be read. */
  readonly host?: HostDescriptor | undefined;
  /** Network interfaces of the host, in the order of the table; others refer to them by `index`. */
  readonly hfi: readonly HfiDescriptor[];
  /** Namespaces to boot from, in the order of the table. */
  readonly ssns: readonly SsnsDescriptor[];
  /** Security profiles, in the order of the table; others refer to them by `index`. */
  readonly security: readonly SecurityProfileDescriptor[];
  /** Discovery controllers, in the order of the table; others refer to them by `index`. */
  readonly discovery: readonly DiscoveryDescriptor[];
}
