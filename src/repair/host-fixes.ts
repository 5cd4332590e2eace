import type { Diagnostic } from "../diagnostic.ts";
import { StructureId } from "../nbft/names.ts";
import { FIXED_BYTES } from "../nbft/read/frame.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { parseUuid, swapGuid } from "../text/uuid.ts";
import { clearing, type Fix, patching, writing, zeroing } from "./fix.ts";

/** Writes the Host ID that belongs to a host NQN with a UUID. */
function hostIdOfNqn(bytes: Uint8Array, { offset }: Diagnostic, { table }: NbftReading): void {
  const text = /^nqn\.2014-08\.org\.nvmexpress:uuid:(.*)$/.exec(table.host?.hostNqn ?? "")?.[1];
  const uuid = text === undefined ? undefined : parseUuid(text);
  if (uuid) bytes.set(uuid, offset);
}

/** Bits of Primary Admin Host Descriptor in the flags. */
const PRIMARY_ADMIN_HOST = 0x18;

export const hostFixes: readonly Fix[] = [
  writing(
    "O001",
    (_, { table, frame }) =>
      frame.hostOffset === FIXED_BYTES && table.host?.hostNqn !== undefined ? StructureId.Host : undefined,
    { reveals: true },
  ),
  patching(
    "O002",
    (bytes, { offset }, { table }) => {
      if (table.host?.hostNqn !== undefined && table.host.structureId === undefined) bytes[offset]! |= 1;
    },
    { reveals: true },
  ),
  patching("O003", (bytes, { path, offset }) => {
    if (path.endsWith(".primaryAdminHost")) bytes[offset]! &= ~PRIMARY_ADMIN_HOST;
  }),
  clearing("O003"),
  patching("O007", hostIdOfNqn),
  patching("O008", hostIdOfNqn),
  patching("O009", (bytes, { offset }) => bytes.set(swapGuid(bytes.subarray(offset, offset + 16)), offset)),
  zeroing("O011"),
];
