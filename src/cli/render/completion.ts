import type { CommandText, OptionText } from "../describe-cli.ts";

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** A completion script: commands, their options, the choices of options, and files. */
export function completionScript(shell: Shell, commands: readonly CommandText[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function flagsOf(options: readonly OptionText[]): string[] {
  return options
    .flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined))
    .concat("-h", "--help");
}

/** Everything that may stand in single quotes in a shell script. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function choiceCases(options: readonly OptionText[]): { pattern: string; words: string }[] {
  return options
    .filter(({ choices }) => choices.length > 0)
    .map(({ short, long, choices }) => ({
      pattern: [short, long].filter((flag) => flag !== undefined).join("|"),
      words: choices.join(" "),
    }));
}

function bash(commands: readonly CommandText[]): string {
  const cases = commands.map(({ name, options, subcommands }) => {
    const all = [...options, ...subcommands.flatMap((inner) => inner.options)];
    const choices = choiceCases(all).map(({ pattern, words }) => `        ${pattern}) words=${quoted(words)} ;;`);
    const words = [...subcommands.map((inner) => inner.name), ...new Set(flagsOf(all))].join(" ");
    return `    ${name})
      case $previous in
${choices.join("\n")}${choices.length > 0 ? "\n" : ""}        *) words=${quoted(words)}; files=1 ;;
      esac
      ;;`;
  });
  return `# bash completion for nbft: source this file, or put it into ~/.local/share/bash-completion/completions/nbft
_nbft() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words= files=
  if [ "$COMP_CWORD" -eq 1 ]; then command=; fi
  case $command in
${cases.join("\n")}
    *) words=${quoted([...commands.map(({ name }) => name), "help", "--help", "--version"].join(" "))} ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ] && [ "\${current#-}" = "$current" ]; then
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _nbft nbft
`;
}

function zsh(commands: readonly CommandText[]): string {
  const plain = (text: string) => text.replace(/[[\]:\\]/g, "\\$&");
  const argumentOf = ({ short, long, description, choices, takesValue }: OptionText) => {
    const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(" ")})` : "_files"}` : "";
    return [short, long]
      .filter((flag) => flag !== undefined)
      .map((flag) => quoted(`${flag}[${plain(description)}]${value}`));
  };
  const cases = commands.map(({ name, options, subcommands }) => {
    const all = [...options, ...subcommands.flatMap((inner) => inner.options)];
    const unique = new Map(all.map((option) => [option.long ?? option.short, option]));
    const verbs =
      subcommands.length > 0 ? [quoted(`1:subcommand:(${subcommands.map((inner) => inner.name).join(" ")})`)] : [];
    const parts = [...[...unique.values()].flatMap(argumentOf), ...verbs, quoted("*:file:_files")];
    return `      ${name}) _arguments ${parts.join(" ")} ;;`;
  });
  return `#compdef nbft
# zsh completion for nbft: put this file as _nbft into a folder of $fpath
_nbft() {
  local context state line
  _arguments -C '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands
      commands=(
${commands.map(({ name, summary }) => `        ${quoted(`${name}:${plain(summary)}`)}`).join("\n")}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _nbft ]; then _nbft "$@"; else compdef _nbft nbft; fi
`;
}

function fish(commands: readonly CommandText[]): string {
  const lines = commands.flatMap(({ name, summary, options, subcommands }) => {
    const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    const all = new Map(
      [...options, ...subcommands.flatMap((inner) => inner.options)].map((option) => [
        option.long ?? option.short,
        option,
      ]),
    );
    return [
      `complete -c nbft -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...subcommands.map((inner) => `complete -c nbft ${when} -a ${inner.name} -d ${quoted(inner.summary)}`),
      ...[...all.values()].map((option) => `complete -c nbft ${when} ${fishOption(option)}`),
    ];
  });
  return `# fish completion for nbft: put this file into ~/.config/fish/completions/nbft.fish\n${lines.join("\n")}\n`;
}

function fishOption({ short, long, description, choices, takesValue }: OptionText): string {
  return [
    short === undefined ? "" : `-s ${short.slice(1)}`,
    long === undefined ? "" : `-l ${long.slice(2)}`,
    takesValue ? "-r" : "",
    choices.length > 0 ? `-f -a ${quoted(choices.join(" "))}` : "",
    `-d ${quoted(description)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
