import { escapeText } from "../../text/escape.ts";
import { formatHex } from "../../text/hex.ts";
import { formatJson } from "../../text/json.ts";
import { formatAttributes } from "../../uefi/attributes.ts";
import { detectVariableFile, readVariables } from "../../uefi/files/variable-file.ts";
import { vendorName } from "../../uefi/guids.ts";
import { readVariableStore, storeSpace, type VariableStore, visibleVariables } from "../../uefi/store/read-store.ts";
import { stateName } from "../../uefi/store/record.ts";
import type { Variable } from "../../uefi/variable.ts";
import { paintFor } from "../color.ts";
import { aboutFile, type Io, note } from "../io.ts";
import type { ListOptions } from "../options/vars-rows.ts";
import { readStore } from "./store-file.ts";
import { formatColumns } from "./table.ts";

/** One variable of a list. */
function rowOf(variable: Variable & { readonly state?: number; readonly offset?: number; readonly visible?: boolean }) {
  const { name, guid, attributes, data, state, offset, visible } = variable;
  return {
    name,
    guid,
    vendor: vendorName(guid),
    attributes,
    attributesText: formatAttributes(attributes),
    size: data.length,
    ...(state !== undefined && { state: stateName(state), offset, visible }),
  };
}

/** Lists the variables that the firmware sees, or every record. */
export function listVariables(io: Io, path: string, options: ListOptions): void {
  const bytes = readStore(io, path);
  const store = detectVariableFile(bytes) === "flash" ? readVariableStore(bytes, { quick: true }) : undefined;
  const live: readonly Variable[] = store?.store
    ? visibleVariables(store.store)
    : aboutFile(path, () => readVariables(bytes));
  for (const { severity, message } of store?.diagnostics ?? []) {
    if (severity !== "info" || store?.unformatted) note(io, `${escapeText(path)}: ${escapeText(message)}`);
  }
  const listed = options.all ? (store?.store?.records ?? live) : live;
  if (options.outputFormat === "json") {
    const all = listed.map((variable) => ({ ...rowOf(variable), data: formatHex(variable.data) }));
    io.out(formatJson(all));
    return;
  }
  const rows = listed.map(rowOf);
  const titles = ["NAME", "VENDOR", "ATTRIBUTES", "SIZE", ...(options.all && store?.store ? ["STATE"] : [])];
  const cells = rows.map((row) => [
    row.name,
    row.vendor ?? row.guid,
    row.attributesText,
    String(row.size),
    ...(titles.length > 4 ? [row.visible || row.state !== "live" ? row.state! : "live, hidden by another"] : []),
  ]);
  if (rows.length > 0) io.out(formatColumns(titles, cells, [3], paintFor(io).dim));
  io.out(`${summary(live.length, store?.store)}\n`);
}

function summary(count: number, store: VariableStore | undefined): string {
  const variables = `${count} ${count === 1 ? "variable" : "variables"}`;
  if (!store) return variables;
  const { free, dead, total } = storeSpace(store);
  return `${variables}; ${free} of ${total} bytes free, ${dead} more after compacting`;
}
