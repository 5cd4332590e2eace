import { statSync } from "node:fs";
import type { Command } from "commander";
import { guestSize } from "../../../node/image-format.ts";
import type { RuleInfo } from "../../../rule-info.ts";
import { escapeText } from "../../../text/escape.ts";
import type { HostIdEncoding } from "../../../uefi/config/firmware-config.ts";
import { configRules } from "../../../uefi/setattempt/rules/index.ts";
import { checkVariables } from "../../../uefi/store/check-store.ts";
import { storeRules } from "../../../uefi/store/rules.ts";
import { type Io, UsageError } from "../../io.ts";
import { optionOf } from "../../options/add.ts";
import { readStore } from "../../vars/store-file.ts";
import { addJudgeOptions, chooseFindings, type JudgeArguments, renderFindings } from "./judge.ts";
import { hostIdRow, storeArgument } from "./options.ts";

interface CheckOptions extends JudgeArguments {
  readonly code?: string;
  readonly hostId: HostIdEncoding;
}

const rules = () => [...Object.values<RuleInfo>(storeRules), ...configRules];

/** `nbft vars check STORE`: what is wrong with a store and the NVMe-oF variables in it. */
export function defineCheck(command: Command, io: Io): void {
  addJudgeOptions(command, rules, io)
    .argument(...storeArgument)
    .option("--code <file>", "check that this code image (OVMF_CODE.fd) goes with the store")
    .addOption(optionOf(hostIdRow))
    .action((path: string, options: CheckOptions) => {
      const codeSize = options.code === undefined ? undefined : codeSizeOf(options.code);
      const all = checkVariables(readStore(io, path), { hostIdEncoding: options.hostId, codeSize });
      io.out(renderFindings(io, path, chooseFindings(io, all, options), options, rules()));
    });
}

function codeSizeOf(path: string): number {
  const stat = statSync(path);
  if (stat.isDirectory()) throw new UsageError(`${escapeText(path)}: a folder: name the code image in it`);
  return guestSize(path, stat.size);
}
