import { statSync } from "node:fs";
import { type Command, Option } from "commander";
import { hex } from "../../../text/hex.ts";
import type { HostIdEncoding } from "../../../uefi/config/firmware-config.ts";
import { configRules } from "../../../uefi/setattempt/rules/index.ts";
import { checkVariables } from "../../../uefi/store/check-store.ts";
import { storeRules } from "../../../uefi/store/rules.ts";
import type { Io } from "../../io.ts";
import { paintFor } from "../../paint.ts";
import { addFindingOptions, chooseFindings, type FindingArguments, formatFindings } from "./findings.ts";
import { hostIdOption } from "./show.ts";
import { readInput } from "./store-file.ts";

interface CheckOptions extends FindingArguments {
  readonly outputFormat: "text" | "json";
  readonly code?: string;
  readonly hostId: HostIdEncoding;
}

/** `nbft vars check STORE`: what is wrong with a store and the NVMe-oF variables in it. */
export function defineCheck(command: Command, io: Io): void {
  const codes = [...Object.keys(storeRules), ...configRules.map(({ code }) => code)];
  addFindingOptions(command, codes)
    .argument("<store>", "OVMF_VARS.fd, QEMU's JSON store, a dmpstore file, or -")
    .addOption(new Option("-o, --output-format <format>", "how to report").choices(["text", "json"]).default("text"))
    .option("--code <file>", "check that this code image (OVMF_CODE.fd) goes with the store")
    .addOption(hostIdOption())
    .action((path: string, options: CheckOptions) => {
      const codeSize = options.code === undefined ? undefined : statSync(options.code).size;
      const all = checkVariables(readInput(io, path), { hostIdEncoding: options.hostId, codeSize });
      const findings = chooseFindings(io, all, options);
      if (options.outputFormat === "json") {
        io.out(`${JSON.stringify(findings, null, 2)}\n`);
        return;
      }
      const placed = findings.map((finding) => ({
        ...finding,
        place: `${path}:${hex(finding.offset)}${finding.path === "" ? "" : ` ${finding.path}`}`,
      }));
      io.out(formatFindings(placed, paintFor(io, options.color)));
    });
}
