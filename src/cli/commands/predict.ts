import { firmwareOfBoot } from "../../boot/firmware.ts";
import { parseBootDescription } from "../../boot/parse.ts";
import { documentText } from "../../document/document-text.ts";
import { readNbft } from "../../nbft/read/read.ts";
import { readNamed } from "../../node/file-error.ts";
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
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { aboutFile, type Io, note, raise, UsageError } from "../io.ts";
import { keysOf } from "../options/keys-of.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow, writeRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";
import { readInputOrTest } from "../vars/attempts-source.ts";
import { attemptsKind } from "../vars/file-kind.ts";

const rows = [
  {
    flags: "--facts <file>",
    description: "facts that the source does not have: PCI addresses, order, failures, ids, lease (JSON or YAML)",
  },
  {
    flags: "--profile <version>",
    description: "version of the firmware",
    choices: keysOf(firmwareProfiles),
    default: defaultFirmwareProfile,
  },
  formatRow(["text", "json"], "the table as a tree, or the table, its bytes and the assumptions as JSON"),
  writeRow("write the table here, and print it only with -o json"),
  colorRow,
] as const satisfies readonly OptionRow[];

type PredictArguments = OptionsOf<typeof rows>;

/** `nbft predict SOURCE`: the table that a firmware will publish. Exits 1 when it will publish none. */
export default {
  words: [["<source>", "a boot description, a Config for setattempt, a variable store, or -"]],
  rows,
  after: () => `\nFirmware versions:\n${versions()}`,
  run([path], options, io) {
    const source = readSource(io, path!);
    const facts = mergeFacts(source.facts, options.facts === undefined ? {} : readFacts(io, options.facts));
    const json = options.outputFormat === "json";
    if (json && options.write === "-") throw new UsageError("standard output takes -o json or -w -, not both");
    const about = (text: string) => `${escapeText(path!)}: ${escapeText(text)}`;
    for (const text of source.notes) note(io, about(text));
    const prediction: Prediction = source.variables
      ? predictNbft(source.variables, { facts, profile: firmwareProfiles[options.profile] })
      : { reason: source.refusal, assumptions: [] };
    if (!json) for (const text of prediction.assumptions) note(io, about(`assumed: ${text}`));
    if (!prediction.bytes) raise(io, 1);
    if (json) io.out(formatJson(jsonOf(prediction, options.profile)));
    else if (!prediction.bytes) io.err(`nbft: ${about(`this firmware publishes no table: ${prediction.reason}`)}\n`);
    else if (options.write === undefined) {
      const title = `${path} by ${options.profile}`;
      io.out(formatTable(title, readNbft(prediction.bytes), { paint: paintFor(io), sections: {} }));
    }
    if (prediction.bytes && options.write !== undefined) writeOutput(io, options.write, prediction.bytes);
  },
  manual: {
    examples: [["nbft predict OVMF_VARS.fd -w NBFT", "writes the table that the firmware will publish"]],
    one: "the firmware publishes no table",
  },
} satisfies RowCommand<PredictArguments>;

function versions(): string {
  return Object.values(firmwareProfiles)
    .map(({ name, summary }) => `  ${name}: ${summary}\n`)
    .join("");
}

function jsonOf({ table, bytes, reason, assumptions }: Prediction, firmware: FirmwareProfileName) {
  return { firmware, ...(reason !== undefined && { reason }), assumptions, table, bytes: bytes && formatHex(bytes) };
}

function readFacts(io: Io, path: string): BootFacts {
  const bytes = path === "-" ? io.stdin() : readNamed(path);
  const { facts, notes } = parseBootFacts(documentText(bytes, path), { file: path });
  for (const text of notes) note(io, `${escapeText(path)}: ${escapeText(text)}`);
  return facts;
}

/** What a source says, and what it implies of the boot. */
function readSource(io: Io, path: string): FactsOfStore {
  const { bytes, planned } = readInputOrTest(io, path);
  if (planned) return { variables: encodeFirmwareConfig(planned), facts: {}, notes: [] };
  switch (attemptsKind(bytes)) {
    case "boot": {
      const boot = parseBootDescription(documentText(bytes, path), { file: path });
      const { config, notes } = firmwareOfBoot(boot);
      const implied = factsOfBoot(boot);
      return { variables: encodeFirmwareConfig(config), facts: implied.facts, notes: [...notes, ...implied.notes] };
    }
    case "variables":
      return aboutFile(path, () => factsOfStore(readVariables(bytes)));
    case "config": {
      const { result, variables } = runSetattempt(bytes);
      if (result === "stored" && variables) return { variables, facts: {}, notes: [] };
      const what = result === "hang" ? "halt on" : "not store";
      throw new UsageError(
        `${escapeText(path)}: the firmware would ${what} it; nbft attempt check ${escapeText(path)} shows why`,
      );
    }
  }
}
