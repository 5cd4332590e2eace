import { attemptEdits } from "../../../uefi/config/attempt-edits.ts";
import { editVariableFile } from "../../../uefi/files/variable-file.ts";
import { createVariableStore } from "../../../uefi/store/create-store.ts";
import { type StoreSize, storeGeometries } from "../../../uefi/store/geometries.ts";
import type { RowAction } from "../../command.ts";
import type { Io } from "../../io.ts";
import { keysOf } from "../../options/keys-of.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { forceRow } from "../../options/rows.ts";
import { companionsRow, hostIdRow } from "../../options/vars-rows.ts";
import { refuseExisting, writeOutput } from "../../output.ts";
import { printNotes, readAttemptsSource } from "../../vars/attempts-source.ts";
import { readBoot } from "./read-boot.ts";

const fileSize = (name: StoreSize) => storeGeometries[name].fileSize;

const rows = [
  {
    flags: "--size <size>",
    description: `size of the build: 4M (${fileSize("4M")} bytes), 2M (${fileSize("2M")} bytes), aavmf (${fileSize("aavmf") >> 20} MiB, aarch64)`,
    choices: keysOf(storeGeometries),
    default: "4M",
  },
  { flags: "--plain", description: "use the store format without room for signatures" },
  {
    flags: "--attempts <file>",
    description: "write the attempts of a Config, a boot description or another store",
  },
  companionsRow,
  hostIdRow,
  forceRow,
] as const satisfies readonly OptionRow[];

type CreateOptions = OptionsOf<typeof rows>;

/** `nbft vars create STORE`: an empty store, as a build ships it. */
export const createAction: RowAction<CreateOptions> = {
  words: [["<store>", "file to create, or -"]],
  rows,
  run([path], options, io) {
    refuseExisting(path!, options.force);
    const empty = createVariableStore(options.size, options.plain ? "plain" : "authenticated");
    const { attempts } = options;
    const store = attempts === undefined ? empty : withAttempts(io, empty, attempts, options);
    writeOutput(io, path!, store, { fresh: !options.force });
  },
};

function withAttempts(io: Io, empty: Uint8Array, file: string, options: CreateOptions): Uint8Array {
  const source = readAttemptsSource(io, file, options.hostId, readBoot);
  printNotes(io, file, source);
  const withoutCompanions = !options.companions;
  return editVariableFile(empty, ({ present, maxVariable }) =>
    attemptEdits(source.variables, present, { withoutCompanions, maxVariable }),
  ).bytes;
}
