import { formatMac } from "../../text/mac.ts";
import type { Does } from "../behaviours/index.ts";
import type { ByteWriter } from "../byte-writer.ts";
import type { LibnvmeDiscovery, LibnvmeHfi, LibnvmeSubsystem, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { nvmeCliPciAddress, type Sections } from "./show-sections.ts";

const encoder = new TextEncoder();

/** Prints a table as `nvme nbft show` does, without the line that names it. */
export function printTable(writer: ByteWriter, table: LibnvmeTable, show: Sections, does: Does<"nvme-cli">): void {
  const { hfis, security, discovery, subsystems } = table;
  if (hfis.length + security.length + discovery.length + subsystems.length === 0) writer.text("(empty)\n");
  else {
    if (show.subsystem) printSection(writer, "NBFT Subsystems", subsystems, subsystemColumns);
    if (show.hfi) printSection(writer, "NBFT HFIs", hfis, hfiColumns(does.showsPciSegment));
    if (show.discovery) printSection(writer, "NBFT Discovery Controllers", discovery, discoveryColumns);
  }
}

/** A column of `nvme nbft show`. */
interface Column<T> {
  readonly title: string;
  readonly width: number;
  /** Wide enough for every cell; else longer text is cut and longer numbers stick out. */
  readonly grows?: true;
  readonly cell: (item: T) => string | number | Uint8Array;
}

const subsystemColumns: readonly Column<LibnvmeSubsystem>[] = [
  { title: "Idx", width: 3, cell: ({ index }) => index },
  { title: "NQN", width: 20, grows: true, cell: ({ nqn }) => nqn },
  { title: "Trsp", width: 4, cell: () => "tcp" },
  { title: "Address", width: 8, grows: true, cell: ({ traddr }) => traddr },
  { title: "SvcId", width: 5, cell: ({ trsvcid }) => trsvcid },
  { title: "HFIs", width: 4, grows: true, cell: hfiList },
];

const hfiColumns = (withSegment: boolean): readonly Column<LibnvmeHfi>[] => [
  { title: "Idx", width: 3, cell: ({ index }) => index },
  { title: "Trsp", width: 4, cell: () => "tcp" },
  { title: "PCI Addr", width: 10, cell: ({ pciSbdf }) => nvmeCliPciAddress(pciSbdf, withSegment) },
  { title: "MAC Addr", width: 17, cell: ({ mac }) => formatMac(mac) },
  { title: "DHCP", width: 4, cell: ({ flags }) => ((flags & 4) === 0 ? "no" : "yes") },
  { title: "IP Addr", width: 8, grows: true, cell: ({ ipAddress }) => ipAddress },
  { title: "Mask", width: 4, cell: ({ subnetMaskPrefix }) => subnetMaskPrefix },
  { title: "Gateway", width: 8, grows: true, cell: ({ gateway }) => gateway },
  { title: "DNS", width: 8, grows: true, cell: ({ primaryDns }) => primaryDns },
];

const discoveryColumns: readonly Column<LibnvmeDiscovery>[] = [
  { title: "Idx", width: 3, cell: ({ index }) => index },
  { title: "URI", width: 12, grows: true, cell: ({ uri }) => uri },
  { title: "NQN", width: 20, grows: true, cell: ({ nqn }) => nqn ?? "" },
];

/** HFI indexes with commas; a list over 19 characters ends in dots from the first index that does not fit. */
function hfiList({ hfis }: LibnvmeSubsystem): string {
  let text = "";
  for (const [i, hfi] of hfis.entries()) {
    const next = `${text}${i > 0 ? "," : ""}${hfi?.index ?? 0}`;
    if (next.length > 19) return text.padEnd(19, ".");
    text = next;
  }
  return text;
}

function printSection<T>(writer: ByteWriter, title: string, items: readonly T[], columns: readonly Column<T>[]): void {
  if (items.length === 0) return;
  const rows = items.map((item) => columns.map(({ cell }) => toCell(cell(item))));
  const widths = columns.map(({ width, grows }, i) =>
    grows ? rows.reduce((widest, row) => Math.max(widest, row[i]!.bytes.length), width) : width,
  );
  writer.text(`\n${title}:\n\n`);
  writer.text(`${columns.map((column, i) => column.title.padEnd(widths[i]!)).join("|")}\n`);
  // The rule is cut from a string of 99 dashes.
  writer.text(`${widths.map((width) => "-".repeat(Math.min(width, 99))).join("+")}\n`);
  for (const row of rows) {
    for (const [i, { bytes, whole }] of row.entries()) {
      const shown = whole ? bytes : bytes.subarray(0, widths[i]);
      if (i > 0) writer.text("|");
      writer.bytes(shown).text(" ".repeat(Math.max(0, widths[i]! - shown.length)));
    }
    writer.text("\n");
  }
}

function toCell(value: string | number | Uint8Array): { bytes: Uint8Array; whole: boolean } {
  if (value instanceof Uint8Array) return { bytes: value, whole: false };
  return { bytes: encoder.encode(String(value)), whole: typeof value === "number" };
}
