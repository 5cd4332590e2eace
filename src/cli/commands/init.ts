import type { BootDescription } from "../../boot/description.ts";
import { formatBootDescription } from "../../boot/format.ts";
import { bootOfOptions } from "../../boot/from-options.ts";
import { bootOfTable } from "../../boot/from-table.ts";
import { completeBootDescription } from "../../boot/parse.ts";
import { type BootPresetName, bootPresets, presetTitle } from "../../boot/presets.ts";
import { bootSchema } from "../../boot/schema.ts";
import { BOOT_SCHEMA_ID } from "../../boot/schema-id.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { uuidNqn } from "../../text/nvme.ts";
import type { RowCommand } from "../command.ts";
import { type Io, note, UsageError } from "../io.ts";
import { keysOf } from "../options/keys-of.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { forceRow, resultRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { refuseExisting, writeOutput } from "../output.ts";
import { oneTable } from "../sources/one-table.ts";

/** What was asked for, and a sentence about it for the top of the file. */
interface Made {
  readonly description: BootDescription;
  readonly title: string;
}

const rows = [
  ...originRows,
  { flags: "--preset <name>", description: "one of the presets below", choices: keysOf(bootPresets) },
  {
    flags: "--hfi <MAC,IP/PREFIX[,GW]>",
    description: "an interface; or dhcp, dhcp6 or auto for the address",
    repeated: true,
  },
  {
    flags: "--subsystem <tcp://ADDR:PORT/NQN>",
    description: "a subsystem to boot from, or another portal of one",
    repeated: true,
  },
  {
    flags: "--discovery <tcp://ADDR[:PORT][/NQN]>",
    description: "a discovery controller for the subsystems",
    repeated: true,
  },
  {
    flags: "--namespace <[NSID][,UUID]>",
    description: "a namespace of the subsystems; or its NGUID or EUI-64",
    repeated: true,
  },
  { flags: "--hostnqn <nqn>", description: "host NQN (default: a new one)" },
  { flags: "--hostid <uuid>", description: "host ID (default: that of the host NQN)" },
  { flags: "--hostname <name>", description: "host name" },
  { flags: "--no-comments", description: "leave out the comments" },
  {
    flags: "--schema <place>",
    description: "where editors find the JSON Schema of the file",
    default: BOOT_SCHEMA_ID,
  },
  { flags: "--no-schema", description: "leave out the line for editors" },
  { flags: "--json-schema", description: "print the JSON Schema of boot descriptions, and nothing else" },
  resultRow("write the description here"),
  forceRow,
] as const satisfies readonly OptionRow[];

type InitArguments = OptionsOf<typeof rows>;

/** `nbft init`: writes a boot description from options, from a table, or ready-made. */
export default {
  words: [["[table]", "table to make it from: a file, a dump that holds one table, or -"]],
  rows,
  after: () => `\nPresets:\n${presetList()}`,
  run([table], options, io) {
    refuseExisting(options.write, options.force);
    const text = options.jsonSchema ? schemaText() : initText(io, table, options);
    writeOutput(io, options.write, text, { fresh: !options.force });
  },
  manual: {
    examples: [
      ["nbft init --preset dual-path -w boot.yaml", "writes a boot description from a preset"],
      ["nbft init NBFT -w boot.yaml", "writes one from a table"],
    ],
  },
} satisfies RowCommand<InitArguments>;

function presetList(): string {
  return Object.entries(bootPresets)
    .map(([name, { summary }]) => `  ${name}: ${summary}\n`)
    .join("");
}

function schemaText(): string {
  return formatJson(bootSchema());
}

function initText(io: Io, table: string | undefined, options: InitArguments): string {
  const ways = [table, options.nbftPath, options.preset, options.hfi].filter((each) => each !== undefined);
  if (ways.length !== 1)
    throw new UsageError("say what to start from: a table, --preset NAME, or --hfi … --subsystem …");
  const source = table ?? options.nbftPath;
  const { description, title } =
    source !== undefined
      ? fromTable(io, source, options)
      : options.preset
        ? ofPreset(options.preset)
        : ofOptions(options);
  return formatBootDescription(description, {
    ...(options.schema !== false && { schema: options.schema }),
    ...(options.comments && { title, comments: true }),
  });
}

function ofPreset(name: BootPresetName): Made {
  return { description: completeBootDescription(bootPresets[name].document), title: presetTitle(name) };
}

function ofOptions(options: InitArguments): Made {
  const made = options.hostnqn === undefined && options.hostid === undefined;
  const host = made ? { hostnqn: uuidNqn(crypto.randomUUID()) } : {};
  const document = bootOfOptions({ ...options, hfi: options.hfi ?? [], ...host });
  return {
    description: completeBootDescription(document),
    title: made ? "Boot over NVMe/TCP. The host NQN was made for this file." : "Boot over NVMe/TCP.",
  };
}

const shownIn = {
  json: "what nvme nbft show prints in",
  text: "what nvme nbft show prints in",
  "boot options": "the boot options in",
} as const;

function fromTable(io: Io, path: string, { from }: InitArguments): Made {
  const { reading, show } = oneTable(path, { from, shows: true }, io);
  const { description, notes } = bootOfTable(reading.table, escapeText(path));
  for (const text of notes) note(io, `${escapeText(path)}: ${escapeText(text)}`);
  return {
    description,
    title: `Boot over NVMe/TCP, made from ${show ? shownIn[show.form] : "the table"} ${escapeText(path)}.`,
  };
}
