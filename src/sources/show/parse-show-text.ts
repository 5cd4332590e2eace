import { cleanLines } from "../../acpi/text/clean-lines.ts";
import type { NvmeShow, ShowDiscovery, ShowHfi, ShowSubsystem } from "./show.ts";

/** A section of `nvme nbft show`, told by its first column titles. */
const sections = {
  subsystems: ["Idx", "NQN", "Trsp", "Address", "SvcId", "HFIs"],
  hfis: ["Idx", "Trsp", "PCI Addr", "MAC Addr", "DHCP", "IP Addr", "Mask", "Gateway", "DNS"],
  discovery: ["Idx", "URI", "NQN"],
} as const;

type Section = keyof typeof sections;
type Row = Readonly<Record<string, string>>;

interface Building {
  readonly form: "text";
  filename?: string;
  subsystems?: ShowSubsystem[];
  hfis?: ShowHfi[];
  discovery?: ShowDiscovery[];
  notes?: readonly string[];
}

const CHANGED = "a section is not read: its lines were changed (wrapped, perhaps) or cut off";

/**
 * The tables of what `nvme nbft show` prints as text, wherever a text quotes it. Cells end where the title line's bars are, since an NQN may
 * hold a bar too.
 */
export function parseShowText(text: string): NvmeShow[] {
  const shows: Building[] = [];
  let section: Section | undefined;
  let bars: number[] = [];
  let filename: string | undefined;
  for (const line of cleanLines(text)) {
    const titles = sectionOf(line);
    if (titles) {
      section = titles;
      bars = [...line.matchAll(/\|/g)].map(({ index }) => index);
      const open = shows.at(-1);
      // A section that is there already belongs to the next table.
      if (!open || filename !== undefined || open[section] !== undefined)
        shows.push({ form: "text", ...(filename !== undefined && { filename }) });
      shows.at(-1)![section] = [];
      filename = undefined;
    } else if (section && /^\s*-+(?:\+-+)+\s*$/.test(line)) continue;
    else if (section && /^\s*\d{1,5}\s*\|/.test(line)) add(shows.at(-1)!, section, cells(line, bars, section));
    else if (line.trim() !== "") {
      section = undefined;
      const open = shows.at(-1);
      if (open && /^\s*Idx\s*\|/.test(line)) open.notes = [CHANGED];
      const title = /^\s*(\S.{0,250}):\s*$/.exec(line)?.[1];
      if (!title?.startsWith("NBFT ")) filename = title;
    }
  }
  for (const show of shows)
    for (const name of ["subsystems", "hfis", "discovery"] as const) {
      if (show[name]?.length !== 0) continue;
      // A section that is empty is not printed.
      delete show[name];
      show.notes = [CHANGED];
    }
  return shows.filter(({ subsystems, hfis, discovery }) => subsystems ?? hfis ?? discovery);
}

/** Whether a text quotes `nvme nbft show`. */
export function isShowText(text: string): boolean {
  return (
    /^.{0,80}Idx\s*\|\s*(?:NQN\s*\|\s*Trsp|Trsp\s*\|\s*PCI Addr|URI\s*\|)/m.test(text) && parseShowText(text).length > 0
  );
}

function sectionOf(line: string): Section | undefined {
  if (!line.includes("|")) return undefined;
  const titles = line.split("|").map((title) => title.trim());
  return (Object.keys(sections) as Section[]).find((name) => sections[name].every((title, i) => titles[i] === title));
}

function cells(line: string, bars: readonly number[], section: Section): Row {
  const titles = sections[section];
  const split = line.split("|");
  // Numbers wider than their column move what follows; then every bar counts.
  const fits = bars.every((at) => line[at] === "|");
  const values = fits ? titles.map((_, i) => line.slice((bars[i - 1] ?? -1) + 1, bars[i])) : split;
  return Object.fromEntries(titles.map((title, i) => [title, (values[i] ?? "").trim()]));
}

function add(show: Building, section: Section, row: Row): void {
  const cell = (title: string) => row[title] || undefined;
  const number = (title: string) => (/^\d{1,9}$/.test(row[title] ?? "") ? Number(row[title]) : undefined);
  const index = number("Idx");
  switch (section) {
    case "subsystems": {
      const list = row["HFIs"] ?? "";
      show.subsystems!.push({
        index,
        nqn: cell("NQN"),
        transport: cell("Trsp"),
        traddr: cell("Address"),
        trsvcid: cell("SvcId"),
        hfis: list
          .replace(/\.+$/, "")
          .split(",")
          .filter((hfi) => /^\d{1,5}$/.test(hfi))
          .map(Number),
        ...(list.endsWith(".") && { hfisCut: true }),
      });
      break;
    }
    case "hfis":
      show.hfis!.push({
        index,
        transport: cell("Trsp"),
        pci: cell("PCI Addr"),
        mac: cell("MAC Addr"),
        dhcpOverride: row["DHCP"] === "yes",
        ipAddress: cell("IP Addr"),
        prefix: number("Mask"),
        gateway: cell("Gateway"),
        primaryDns: cell("DNS"),
      });
      break;
    case "discovery":
      show.discovery!.push({ index, uri: cell("URI"), nqn: cell("NQN") });
  }
}
