import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { firmwareOfBoot } from "../../boot/firmware.ts";
import { parseBootDescription } from "../../boot/parse.ts";
import { readNbft } from "../../nbft/read/read.ts";
import { formatTable } from "../../output/table-tree.ts";
import { type BootFacts, mergeFacts, parseBootFacts } from "../../predict/facts.ts";
import { factsOfBoot } from "../../predict/facts-of-boot.ts";
import { type FactsOfStore, factsOfStore } from "../../predict/facts-of-store.ts";
import { type Prediction, predictNbft } from "../../predict/predict.ts";
import { defaultFirmwareProfile, type FirmwareProfileName, firmwareProfiles } from "../../predict/profile.ts";
import { escapeText } from "../../text/escape.ts";
import { formatHex } from "../../text/hex.ts";
import { formatJson } from "../../text/json.ts";
import { encodeFirmwareConfig } from "../../uefi/config/variables.ts";
import { readVariables } from "../../uefi/files/variable-file.ts";
import { runSetattempt } from "../../uefi/setattempt/emulate.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { writeOutput } from "../output.ts";
import { paintFor } from "../paint.ts";
import { attemptsKind } from "../vars/attempts-source.ts";
import { readInput } from "../vars/store-file.ts";

interface PredictArguments {
  readonly facts?: string;
  readonly firmware: FirmwareProfileName;
  readonly output?: string;
  readonly json?: true;
}

/** `nbft predict SOURCE`: the table that a firmware will publish. Exits 1 when it will publish none. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("<source>", "a boot description, a Config for setattempt, a variable store, or -")
      .option("--facts <file>", "what the source cannot say: PCI places, order, failures, ids, lease (JSON or YAML)")
      .addOption(
        new Option("--firmware <version>", "which firmware")
          .choices(Object.keys(firmwareProfiles))
          .default(defaultFirmwareProfile),
      )
      .option("-o, --output <file>", "write the table here, - for standard output; without it the table is shown")
      .option("--json", "print table, bytes and assumptions as JSON")
      .addHelpText("after", `\nFirmware versions:\n${versions()}`)
      .action((path: string, options: PredictArguments) => {
        const source = readSource(io, path);
        const facts = mergeFacts(source.facts, options.facts === undefined ? {} : readFacts(io, options.facts));
        const note = (text: string) => io.err(`nbft: ${escapeText(path)}: ${escapeText(text)}\n`);
        for (const text of source.notes) note(text);
        const prediction: Prediction = source.variables
          ? predictNbft(source.variables, { facts, profile: firmwareProfiles[options.firmware] })
          : { reason: source.refusal, assumptions: [] };
        if (!options.json) for (const text of prediction.assumptions) note(`assumed: ${text}`);
        if (!prediction.bytes) raise(io, 1);
        if (options.json) io.out(formatJson(jsonOf(prediction, options.firmware)));
        else if (!prediction.bytes) note(`this firmware publishes no table: ${prediction.reason}`);
        else if (options.output === undefined) {
          const title = `${path} by ${options.firmware}`;
          io.out(formatTable(title, readNbft(prediction.bytes), { paint: paintFor(io, "auto"), sections: {} }));
        }
        if (prediction.bytes && options.output !== undefined) writeOutput(io, options.output, prediction.bytes);
      });
  },
} satisfies CliCommand;

function versions(): string {
  return Object.values(firmwareProfiles)
    .map(({ name, summary }) => `  ${name}: ${summary}\n`)
    .join("");
}

function jsonOf({ table, bytes, reason, assumptions }: Prediction, firmware: FirmwareProfileName) {
  return { firmware, ...(reason !== undefined && { reason }), assumptions, table, bytes: bytes && formatHex(bytes) };
}

function readFacts(io: Io, path: string): BootFacts {
  const text = path === "-" ? new TextDecoder().decode(io.stdin()) : readFileSync(path, "utf8");
  const { facts, notes } = parseBootFacts(text, { file: path });
  for (const note of notes) io.err(`nbft: ${escapeText(note)}\n`);
  return facts;
}

/** What a source says, and what it implies of the boot. */
function readSource(io: Io, path: string): FactsOfStore {
  const bytes = readInput(io, path);
  switch (attemptsKind(bytes)) {
    case "boot": {
      const boot = parseBootDescription(new TextDecoder().decode(bytes), { file: path });
      const { config, notes } = firmwareOfBoot(boot);
      const implied = factsOfBoot(boot);
      return { variables: encodeFirmwareConfig(config), facts: implied.facts, notes: [...notes, ...implied.notes] };
    }
    case "variables":
      return factsOfStore(readVariables(bytes));
    case "config": {
      const { result, variables } = runSetattempt(bytes);
      if (result === "stored" && variables) return { variables, facts: {}, notes: [] };
      const what = result === "hang" ? "would halt on" : "would not store";
      throw new UsageError(`the firmware ${what} ${escapeText(path)}; nbft attempt check says why`);
    }
  }
}
