import { type Command, Option } from "commander";
import { escapeText } from "../../../text/escape.ts";
import { encodeDmpstore } from "../../../uefi/files/dmpstore.ts";
import { formatQemuJson } from "../../../uefi/files/qemu-json.ts";
import { readVariables } from "../../../uefi/files/variable-file.ts";
import { type Io, UsageError } from "../../io.ts";
import { writeOutput } from "../../output.ts";
import { readInput, vendorOf } from "./store-file.ts";

interface ExportOptions {
  readonly to: "qemu-json" | "dmpstore";
  readonly output: string;
  readonly guid?: string;
}

/** `nbft vars export STORE [NAME…]`: the variables in another form. */
export function defineExport(command: Command, io: Io): void {
  command
    .argument("<store>", "OVMF_VARS.fd, QEMU's JSON store, a dmpstore file, or -")
    .argument("[name...]", "variables to export (default: all)")
    .addOption(
      new Option("--to <form>", "QEMU's uefi-vars JSON, or the file that the UEFI shell's dmpstore -l loads")
        .choices(["qemu-json", "dmpstore"])
        .default("qemu-json"),
    )
    .option("-o, --output <file>", "write here", "-")
    .option("-g, --guid <guid>", "only variables of this vendor")
    .action((path: string, names: string[], options: ExportOptions) => {
      const guid = options.guid === undefined ? undefined : vendorOf(options.guid);
      const variables = readVariables(readInput(io, path)).filter(
        (variable) =>
          (guid === undefined || variable.guid === guid) && (names.length === 0 || names.includes(variable.name)),
      );
      const missing = names.find((name) => !variables.some((variable) => variable.name === name));
      if (missing !== undefined) throw new UsageError(`${escapeText(path)} has no variable ${escapeText(missing)}`);
      const data = options.to === "dmpstore" ? encodeDmpstore(variables) : formatQemuJson(variables);
      writeOutput(io, options.output, data);
    });
}
