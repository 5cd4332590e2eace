import type {
  ControlDescriptor,
  DiscoveryDescriptor,
  HfiDescriptor,
  HfiExtendedInfo,
  HfiTransportInfoTcp,
  HostDescriptor,
  NbftHeader,
  SecurityProfileDescriptor,
  SsnsDescriptor,
  SsnsExtendedInfo,
} from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";

/** What a rule looks at: one structure at a time, or the table as a whole. */
export interface Subjects {
  readonly header: NbftHeader;
  readonly control: ControlDescriptor;
  readonly host: HostDescriptor;
  readonly hfi: HfiDescriptor;
  readonly transportInfo: HfiTransportInfoTcp;
  readonly hfiExtendedInfo: HfiExtendedInfo;
  readonly ssns: SsnsDescriptor;
  readonly ssnsExtendedInfo: SsnsExtendedInfo;
  readonly security: SecurityProfileDescriptor;
  readonly discovery: DiscoveryDescriptor;
  readonly table: NbftTable;
}

export type Subject = keyof Subjects;

/** What rules may look at, in the order of a table. */
export const subjects = [
  "header",
  "control",
  "host",
  "hfi",
  "transportInfo",
  "hfiExtendedInfo",
  "ssns",
  "ssnsExtendedInfo",
  "security",
  "discovery",
  "table",
] as const satisfies readonly Subject[];
