import { formatBootDescription } from "../../boot/format.ts";
import { bootOfFirmware } from "../../boot/from-firmware.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson, jsonPieces } from "../../text/json.ts";
import { attemptEdits } from "../../uefi/config/attempt-edits.ts";
import { encodeDmpstore } from "../../uefi/files/dmpstore.ts";
import { type ConfigCheck, checkConfig } from "../../uefi/setattempt/check-config.ts";
import { formatConfig } from "../../uefi/setattempt/format-config.ts";
import { configRules, configTextRules } from "../../uefi/setattempt/rules/index.ts";
import type { CliCommand, RowAction } from "../command.ts";
import { whereFindings } from "../help/notes.ts";
import { type Io, note, raise } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import { forceRow, formatRow, type OptionRow, resultRow } from "../options/rows.ts";
import { hostIdRow } from "../options/vars-rows.ts";
import { refuseExisting, writeOutput } from "../output.ts";
import { type AttemptsSource, printNotes, readAttemptsSource } from "../vars/attempts-source.ts";
import { configVerdict } from "../vars/config-verdict.ts";
import { requireConfig } from "../vars/file-kind.ts";
import { readInput } from "../vars/store-file.ts";
import { type JudgeArguments, judgeBy, judgeRows } from "./vars/judge.ts";
import { readBoot } from "./vars/read-boot.ts";

const check: RowAction<JudgeArguments> = {
  words: [["<config>", "text for NvmeOfCli setattempt, or -"]],
  rows: judgeRows,
  run([path], options, io) {
    const { read, choose, render } = judgeBy(options, [...configTextRules, ...configRules], io);
    const check = read(path!, () => {
      const bytes = readInput(io, path!);
      requireConfig(path!, bytes);
      return checkConfig(bytes);
    });
    if (!check) return;
    const findings = choose(check.findings);
    if (check.firmware.result !== "stored") raise(io, 1);
    if (options.outputFormat === "json") {
      for (const piece of jsonPieces({ firmware: firmwareJson(check), findings })) io.out(piece);
      return;
    }
    if (options.outputFormat === "text") io.out(`${escapeText(path!)}: ${configVerdict(check)}\n`);
    // A test report must not pass what fails the command.
    const verdict = options.outputFormat === "junit" ? verdictFinding(check) : [];
    io.out(render(path!, [...verdict, ...findings]));
  },
};

const sourceWord = ["<source>", "a Config, a boot description, a store, or -"] as const;

const format: RowAction<Omit<ConvertOptions, "outputFormat">> = {
  words: [sourceWord],
  rows: [resultRow("write the Config here"), forceRow, hostIdRow],
  run: ([path], options, io) => convertAttempts(io, path!, { ...options, outputFormat: "config" }),
};

const { default: _, ...convertedRow } = formatRow(
  ["config", "boot", "json", "dmpstore"],
  "Config, boot description, JSON, or variables for the UEFI shell's dmpstore -l",
);

const convertRows = [
  { ...convertedRow, required: true },
  resultRow("write the result here"),
  forceRow,
  hostIdRow,
] as const satisfies readonly OptionRow[];

type ConvertOptions = OptionsOf<typeof convertRows>;

const convert: RowAction<ConvertOptions> = {
  words: [sourceWord],
  rows: convertRows,
  run: ([path], options, io) => convertAttempts(io, path!, options),
};

/** `nbft attempt`: the text that the firmware's setattempt reads, and what else says the same. */
export default {
  subcommands: [
    ["check", "check a Config: what the firmware does with it, and mistakes", check],
    ["format", "write attempts as a Config in its canonical form", format],
    ["convert", "convert between Configs, boot descriptions and stores", convert],
  ],
  manual: {
    examples: [["nbft attempt check Config", "checks a text for the firmware's setattempt"]],
    one: `${whereFindings}, or the firmware would not store the file`,
  },
} satisfies CliCommand;

/** The firmware's verdict as a finding, where it does not store the Config. */
function verdictFinding(check: ConfigCheck): Diagnostic[] {
  if (check.firmware.result === "stored") return [];
  const message = configVerdict(check);
  return [{ rule: "firmware", name: "stores", severity: "error", path: "", offset: 0, length: 0, message }];
}

function firmwareJson({ firmware, config }: ConfigCheck) {
  const { result, console, stoppedAt, attemptCount, unknowns } = firmware;
  return {
    result,
    console,
    ...(stoppedAt && { stoppedAtLine: stoppedAt.number }),
    attempts: attemptCount,
    ...(unknowns.length > 0 && { unknowns }),
    ...(firmware.variables && { stored: config }),
  };
}

function convertAttempts(io: Io, path: string, options: ConvertOptions): void {
  // The JSON is in the file.
  if (options.write !== "-") io.json = false;
  refuseExisting(options.write, options.force);
  const source = readAttemptsSource(io, path, options.hostId, readBoot);
  printNotes(io, path, source);
  writeOutput(io, options.write, converted(io, path, source, options.outputFormat), { fresh: !options.force });
}

function converted(
  io: Io,
  path: string,
  source: AttemptsSource,
  format: ConvertOptions["outputFormat"],
): string | Uint8Array {
  switch (format) {
    case "config":
      return formatConfig(source.config);
    case "json":
      return formatJson(source.config);
    case "boot": {
      const { description, notes } = bootOfFirmware(source.config);
      for (const text of notes) note(io, `${escapeText(path)}: ${escapeText(text)}`);
      return formatBootDescription(description);
    }
    case "dmpstore": {
      const edits = attemptEdits(source.variables, []);
      return encodeDmpstore(edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : [])));
    }
  }
}
