import type { ManualNotes } from "../command.ts";
import type { CommandText, OptionText } from "./describe-cli.ts";

/** The manual page of one command, for example nbft-dump(1). */
export function commandPage(command: CommandText, { examples, one, files = [] }: ManualNotes, version: string): string {
  const title = `NBFT-${command.name.toUpperCase()}`;
  const usages = command.subcommands.length > 0 ? command.subcommands : [command];
  const prefix = command.subcommands.length > 0 ? `nbft ${command.name}` : "nbft";
  return `.TH ${roff(title)} 1 "" "nbft ${version}" "User Commands"
.SH NAME
nbft\\-${roff(command.name)} \\- ${roff(command.summary)}
.SH SYNOPSIS
${usages.map(({ name, usage }) => `.B ${roff(`${prefix} ${name}`)}\n${roff(usage)}`).join("\n.br\n")}
.SH DESCRIPTION
${roff(sentence(command.summary))}
.SH OPTIONS
${[...command.options.map(optionRoff), ...command.subcommands.map((inner) => commandRoff(inner, `nbft ${command.name}`))].join("\n")}
.SH EXAMPLES
${examples.map(([line, does]) => `.TP\n.B ${roff(line)}\n${roff(does)}`).join("\n")}
${files.length === 0 ? "" : `.SH FILES\n${files.map(([path, what]) => `.TP\n.I ${roff(path)}\n${roff(what)}`).join("\n")}\n`}.SH EXIT STATUS
.TP
0
success
${one === undefined ? "" : `.TP\n1\n${roff(one)}\n`}.TP
2
wrong usage, or something that cannot be read or written
.SH SEE ALSO
.BR nbft (1)
`;
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** A heading of the help, and the commands below it. */
interface HelpGroup {
  readonly group: string;
  readonly names: readonly string[];
}

/** The manual page nbft(1) in roff: every command with its options. */
export function manualPage(commands: readonly CommandText[], version: string, groups: readonly HelpGroup[]): string {
  return `.TH NBFT 1 "" "nbft ${version}" "User Commands"
.SH NAME
nbft \\- read, check and write NVMe Boot Firmware Tables
.SH SYNOPSIS
.B nbft
.I command
.RI [ argument " ...]"
.SH DESCRIPTION
The NVMe Boot Firmware Table (NBFT) is the ACPI table from which the initramfs of a machine that boots over NVMe/TCP learns its network and
its targets.
.B nbft
reads such tables losslessly, writes them from a description, checks and compares them, predicts what each Linux consumer does with one,
writes the firmware variables behind them, and proves in a boot that a table was used.
.PP
A
.I source
is a table file, a directory with NBFT*, a dump that holds tables, or \\- for standard input; without one the tables of this machine are
read from /sys/firmware/acpi/tables.
.SH COMMANDS
${groups.map(({ group, names }) => `.TP\n.B ${roff(group)}\n${names.map(roff).join(", ")}`).join("\n")}
${commands.map((command) => commandRoff(command, "nbft")).join("\n")}
.SH EXIT STATUS
.TP
0
clean
.TP
1
findings, or a difference (only commands that check)
.TP
2
wrong usage, or a source that cannot be read
.SH ENVIRONMENT
.TP
NO_COLOR
no colors in text
.TP
NBFT_CACHE
folder for what nbft lab downloads and builds (default: $XDG_CACHE_HOME/nbft or ~/.cache/nbft)
.SH FILES
.TP
.I /sys/firmware/acpi/tables/NBFT*
the tables of this machine
.TP
.I ~/.cache/nbft
what nbft lab downloads and builds
.SH EXAMPLES
.TP
.B nbft validate
checks the tables of this machine
.TP
.B nbft report \\-w boot.html
draws them
.TP
.B nbft plan
lists the connections that nvme\\-cli tries
.SH SEE ALSO
${groups
  .flatMap(({ names }) => names)
  .map((name) => `.BR nbft\\-${roff(name)} (1),`)
  .join("\n")}
.BR nvme (1),
.BR dracut (8),
.BR acpidump (8)
`;
}

function commandRoff({ name, usage, summary, options, subcommands }: CommandText, prefix: string): string {
  const head = `.SS ${prefix} ${roff(name)} ${roff(usage)}\n${roff(summary)}`;
  return [
    head,
    ...options.map(optionRoff),
    ...subcommands.map((inner) => commandRoff(inner, `${prefix} ${name}`)),
  ].join("\n");
}

function optionRoff({ flags, description, choices }: OptionText): string {
  const values = choices.length > 0 ? ` (${choices.join(", ")})` : "";
  return `.TP\n.B ${roff(flags)}\n${roff(description + values)}`;
}

/** Text that roff takes as text: no escapes, no requests, hyphens that can be copied. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}
