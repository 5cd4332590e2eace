import type { HfiDescriptor, HfiTransportInfoTcp, SsnsDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import type { NbftRevision } from "./revisions.ts";

/** Something that a table lost or lacks in another revision. */
export interface RevisionNote {
  /** Path in the model. */
  readonly path: string;
  /** What was lost or is missing, without full stop. */
  readonly message: string;
}

/**
 * A table in another revision. To 1.0: minor revision 0, Transport Info Version 1, SSNS extended information of 18 bytes, and none of
 * what only 1.1 has a place for. To 1.1: minor revision 1, Transport Info Version 2, extended information of 23 bytes.
 *
 * NVMe Boot Specification 1.3, Figures 9, 14, 15 and 21, "since" as in the structures' descriptions.
 */
export function withRevision(
  table: NbftTable,
  revision: NbftRevision,
): { readonly table: NbftTable; readonly notes: readonly RevisionNote[] } {
  const notes: RevisionNote[] = [];
  const note = (path: string, message: string) => notes.push({ path, message });
  const newer = revision === "1.1";
  const converted = {
    ...table,
    header: { ...table.header, minorRevision: newer ? 1 : 0 },
    hfi: table.hfi.map((hfi, i) => (newer ? newerHfi(hfi, `hfi[${i}]`, note) : olderHfi(hfi, `hfi[${i}]`, note))),
    ssns: table.ssns.map((ssns, i) => (newer ? newerSsns(ssns) : olderSsns(ssns, `ssns[${i}]`, note))),
  };
  return { table: converted, notes };
}

type Note = (path: string, message: string) => void;

function olderHfi(hfi: HfiDescriptor, path: string, note: Note): HfiDescriptor {
  const info = hfi.transportInfo;
  if (!info) return hfi;
  const at = `${path}.transportInfo`;
  if (info.extendedInfo) note(`${at}.extendedInfo`, "dropped: revision 1.0 has no DHCP identity");
  if (info.pcieSegment) note(`${at}.pcieSegment`, "dropped: revision 1.0 has no PCI Express segment of its own");
  if (info.flags.ipAutoconfigured) note(`${at}.flags.ipAutoconfigured`, "dropped: revision 1.0 has no such flag");
  const { extendedInfo: _, pcieSegment: __, ...rest } = info;
  const older: HfiTransportInfoTcp = {
    ...rest,
    transportInfoVersion: 1,
    flags: { ...info.flags, ipAutoconfigured: false },
  };
  return { ...hfi, transportInfo: older };
}

function newerHfi(hfi: HfiDescriptor, path: string, note: Note): HfiDescriptor {
  const info = hfi.transportInfo;
  if (!info || info.transportInfoVersion >= 2) return hfi;
  if (info.flags.dhcpOverride) {
    note(`${path}.transportInfo.extendedInfo`, "missing: revision 1.1 wants the IAID and DUID of what DHCP configured");
  }
  return { ...hfi, transportInfo: { ...info, transportInfoVersion: 2, pcieSegment: info.pcieSegment ?? 0 } };
}

function olderSsns(ssns: SsnsDescriptor, path: string, note: Note): SsnsDescriptor {
  if (!ssns.extendedInfo) return ssns;
  const { naed, cipeec, connectionTimeout, nceec, ...rest } = ssns.extendedInfo;
  const says = (key: string, value: unknown, silent: readonly unknown[]) => {
    if (value !== undefined && !silent.includes(value)) {
      note(`${path}.extendedInfo.${key}`, `${JSON.stringify(value)} dropped: revision 1.0 has no such field`);
    }
  };
  says("naed", naed, ["none", 0]);
  says("cipeec", cipeec, ["none", 0]);
  says("connectionTimeout", connectionTimeout, [0xffff]);
  says("nceec", nceec, ["none", 0]);
  return { ...ssns, extendedInfo: rest };
}

function newerSsns(ssns: SsnsDescriptor): SsnsDescriptor {
  const info = ssns.extendedInfo;
  if (!info) return ssns;
  const { naed = "none", cipeec = "none", connectionTimeout = 0xffff, nceec = "none" } = info;
  return { ...ssns, extendedInfo: { ...info, naed, cipeec, connectionTimeout, nceec } };
}
