import { statSync } from "node:fs";
import { guestSize } from "../../../node/image-format.ts";
import type { RuleInfo } from "../../../rule-info.ts";
import { escapeText } from "../../../text/escape.ts";
import { configRules } from "../../../uefi/setattempt/rules/index.ts";
import { checkVariables } from "../../../uefi/store/check-store.ts";
import { storeRules } from "../../../uefi/store/rules.ts";
import type { RowAction } from "../../command.ts";
import { UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { hostIdRow, storeArgument } from "../../options/vars-rows.ts";
import { readStore } from "../../vars/store-file.ts";
import { judgeBy, judgeRows } from "./judge.ts";

const rows = [
  ...judgeRows,
  { flags: "--code <file>", description: "check that this code image (OVMF_CODE.fd) fits the store" },
  hostIdRow,
] as const satisfies readonly OptionRow[];

type CheckOptions = OptionsOf<typeof rows>;

/** `nbft vars check STORE`: what is wrong with a store and the NVMe-oF variables in it. */
export const checkAction: RowAction<CheckOptions> = {
  words: [storeArgument],
  rows,
  run([path], options, io) {
    const { read, choose, render } = judgeBy(options, [...Object.values<RuleInfo>(storeRules), ...configRules], io);
    const all = read(path!, () => {
      const codeSize = options.code === undefined ? undefined : codeSizeOf(options.code);
      return checkVariables(readStore(io, path!), { hostIdEncoding: options.hostId, codeSize });
    });
    if (all) io.out(render(path!, choose(all)));
  },
};

function codeSizeOf(path: string): number {
  const stat = statSync(path);
  if (stat.isDirectory()) throw new UsageError(`${escapeText(path)}: a folder: name the code image in it`);
  return guestSize(path, stat.size);
}
