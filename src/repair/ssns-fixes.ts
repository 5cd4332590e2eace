import { StructureId } from "../nbft/names.ts";
import type { SsnsDescriptor } from "../nbft/structures/index.ts";
import { clearing, type Editable, editing, type Fix, measuring, onlyHfi, positionIn, writing, zeroing } from "./fix.ts";
import { renumbering } from "./renumbering.ts";

const ADDRESS_BYTES = 16;
/** Bytes of SSNS extended information in revision 1.0, and since 1.1. */
const SHORT = 18;
const LONG = 23;

/** A fix that edits the subsystems that findings are about. */
function ssnsFix(
  rule: string,
  edit: (ssns: Editable<SsnsDescriptor>, hfis: ReadonlySet<number>, path: string) => void,
): Fix {
  return editing(rule, ({ table }, findings) => {
    const hfis = new Set(table.hfi.filter(({ flags }) => flags.valid).map(({ index }) => index));
    for (const { path } of findings) edit(table.ssns[positionIn(path)]!, hfis, path);
  });
}

/** A secondary HFI list with every other HFI once; the primary alone where there is none, for libnvme wants a list. */
function cleanList(ssns: Editable<SsnsDescriptor>): void {
  const others = [...new Set(ssns.secondaryHfis)].filter((index) => index !== 0 && index !== ssns.primaryHfi);
  ssns.secondaryHfis = others.length > 0 ? others : [ssns.primaryHfi];
}

export const ssnsFixes: readonly Fix[] = [
  writing("S001", StructureId.Ssns),
  renumbering("S004", "ssns"),
  clearing("S005"),
  measuring("S007", () => ADDRESS_BYTES),
  editing("S018", ({ table }, findings) => {
    const only = onlyHfi(table);
    for (const { path } of findings) if (only !== undefined) table.ssns[positionIn(path)]!.primaryHfi = only;
  }),
  ssnsFix("S019", (ssns) => {
    ssns.secondaryHfis ??= [ssns.primaryHfi];
  }),
  ssnsFix("S020", cleanList),
  ssnsFix("S021", (ssns, hfis) => {
    const known = (ssns.secondaryHfis ?? []).filter((index) => index === 0 || hfis.has(index as number));
    ssns.secondaryHfis = known.length > 0 ? known : [ssns.primaryHfi];
  }),
  ssnsFix("S022", cleanList),
  ssnsFix("S024", (ssns, _, path) => {
    if (path.endsWith(".discovered")) ssns.flags.discovered = true;
  }),
  ssnsFix("S025", ({ flags }) => {
    flags.separateDiscoveryController = !flags.separateDiscoveryController;
  }),
  ssnsFix("S026", (ssns) => {
    ssns.flags.dhcpRootPathOverride = ssns.extendedInfo?.dhcpRootPath !== undefined;
  }),
  ssnsFix("S027", (ssns) => {
    if (ssns.extendedInfo === undefined) ssns.flags.extendedInfoInUse = false;
  }),
  zeroing("S027", ({ path }) => path.endsWith("Ref")),
  clearing("S028"),
  zeroing("S031"),
  ssnsFix("S032", cleanList),
  ssnsFix("S033", cleanList),
  ssnsFix("S034", (ssns) => {
    const [only, ...more] = ssns.secondaryHfis ?? [];
    if (only !== undefined && more.length === 0) ssns.primaryHfi = only;
  }),
  measuring("E001", ({ table }) => (table.header.minorRevision > 0 ? LONG : SHORT), StructureId.SsnsExtendedInfo),
  editing("E002", ({ table, layout }, findings) => {
    const objects = { ...layout.objects };
    for (const { path } of findings) {
      const info = table.ssns[positionIn(path)]!.extendedInfo!;
      info.naed ??= "none";
      info.cipeec ??= "none";
      info.connectionTimeout ??= 0xffff;
      info.nceec ??= "none";
      delete objects[path];
    }
    layout.objects = objects;
  }),
  writing("E003a", StructureId.SsnsExtendedInfo),
  writing("E003b", 1, { reveals: true }),
  writing("E003d", ({ path }, { table }) => table.ssns[positionIn(path)]!.index, { reveals: true }),
  clearing("E011"),
];
