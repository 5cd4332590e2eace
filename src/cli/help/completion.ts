import type { CommandText, OptionText } from "./describe-cli.ts";

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

/** What is offered as the value of an option. */
function valuesOf({ choices, suggestions }: OptionText): readonly string[] {
  return choices.length > 0 ? choices : suggestions;
}

function choiceCases(options: readonly OptionText[]): { pattern: string; words: string; isList: boolean }[] {
  return options
    .filter((option) => valuesOf(option).length > 0)
    .map((option) => ({
      pattern: [option.short, option.long].filter((flag) => flag !== undefined).join("|"),
      words: valuesOf(option).join(" "),
      isList: option.isList,
    }));
}

/** Commands and subcommands, each by the words that call it: `dump`, `vars`, `vars set`. */
function placesOf(commands: readonly CommandText[]): (CommandText & { readonly words: string })[] {
  return commands.flatMap((command) => [
    { ...command, words: command.name },
    ...command.subcommands.map((inner) => ({ ...inner, words: `${command.name} ${inner.name}` })),
  ]);
}

function bash(commands: readonly CommandText[]): string {
  const cases = placesOf(commands).map(({ words: place, options, subcommands, choices, suggestions, takesFiles }) => {
    const rows = choiceCases(options).map(
      ({ pattern, words, isList }) => `        ${pattern}) words=${quoted(words)}${isList ? " list=1" : ""} ;;`,
    );
    const free = options.filter((option) => option.takesValue && valuesOf(option).length === 0);
    const values = free.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined));
    if (values.length > 0) rows.push(`        ${values.join("|")}) files=1 ;;`);
    const words = [...subcommands.map((inner) => inner.name), ...choices, ...suggestions, ...flagsOf(options)].join(
      " ",
    );
    rows.push(`        *) words=${quoted(words)}${takesFiles ? "; files=1" : ""} ;;`);
    return `    ${quoted(place)})
      case $previous in
${rows.join("\n")}
      esac
      ;;`;
  });
  const nested = commands.filter(({ subcommands }) => subcommands.length > 0).map(({ name }) => name);
  const names = commands.map(({ name }) => name);
  return `# bash completion for nbft: source this file, or put it into ~/.local/share/bash-completion/completions/nbft
_nbft() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} place=\${COMP_WORDS[1]} words= files= list= before=
  # --option=value comes as three words
  if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $place in ${nested.join("|")}) if [ "$COMP_CWORD" -gt 2 ]; then place="$place \${COMP_WORDS[2]}"; fi ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then place=; fi
  case $place in
${cases.join("\n")}
    help) words=${quoted(names.join(" "))} ;;
    '') words=${quoted([...names, "help", "--help", "--version"].join(" "))} ;;
    *) files=1 ;;
  esac
  # of a list, the last word
  case $list$current in 1*,*) before=\${current%,*},; current=\${current##*,} ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "$current"))
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
  const optionsOf = (options: readonly OptionText[]) =>
    options.flatMap((option) => {
      const { short, long, description, takesValue, isList } = option;
      const words = valuesOf(option).join(" ");
      const action = words === "" ? "_files" : isList ? `_values -s , value ${words}` : `(${words})`;
      const value = takesValue ? `:value:${action}` : "";
      return [short, long]
        .filter((flag) => flag !== undefined)
        .map((flag) =>
          quoted(`${flag}${takesValue && flag.startsWith("--") ? "=" : ""}[${plain(description)}]${value}`),
        );
    });
  const described = (list: readonly CommandText[]) =>
    list.map(({ name, summary }) => quoted(`${name}:${plain(summary)}`)).join(" ");
  const caseOf = ({ name, options, subcommands, choices, suggestions, takesFiles }: CommandText): string => {
    if (subcommands.length > 0)
      return `      ${name})
        if (( CURRENT == 2 )); then
          local -a verbs=(${described(subcommands)})
          _describe subcommand verbs
        else
          shift words; (( CURRENT-- ))
          case $words[1] in
${subcommands.map((inner) => `      ${caseOf(inner)}`).join("\n")}
          esac
        fi
        ;;`;
    const parts = [
      ...optionsOf(options),
      ...(choices.length > 0 ? [quoted(`1:argument:(${choices.join(" ")})`)] : []),
      ...(suggestions.length > 0 ? [quoted(`*:argument:(${suggestions.join(" ")})`)] : []),
      ...(takesFiles ? [quoted("*:file:_files")] : []),
    ];
    return `      ${name}) _arguments ${parts.join(" ")} ;;`;
  };
  return `#compdef nbft
# zsh completion for nbft: put this file as _nbft into a folder of $fpath
_nbft() {
  local context state line
  _arguments -C '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(${described(commands)})
      _describe command commands
      ;;
    argument)
      case $words[1] in
${commands.map(caseOf).join("\n")}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _nbft ]; then _nbft "$@"; else compdef _nbft nbft; fi
`;
}

function fish(commands: readonly CommandText[]): string {
  const seen = (name: string) => `__fish_seen_subcommand_from ${name}`;
  const lines = commands.flatMap((command) => {
    const { name, summary, subcommands } = command;
    const first = `complete -c nbft -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`;
    if (subcommands.length === 0) return [first, ...fishPlace(seen(name), command)];
    const names = subcommands.map((inner) => inner.name).join(" ");
    const open = quoted(`${seen(name)}; and not ${seen(names)}`);
    return [
      first,
      ...subcommands.map((inner) => `complete -c nbft -n ${open} -f -a ${inner.name} -d ${quoted(inner.summary)}`),
      ...subcommands.flatMap((inner) => fishPlace(`${seen(name)}; and ${seen(inner.name)}`, inner)),
    ];
  });
  return `# fish completion for nbft: put this file into ~/.config/fish/completions/nbft.fish\n${lines.join("\n")}\n`;
}

function fishPlace(condition: string, { options, choices, suggestions, takesFiles }: CommandText): string[] {
  const when = `complete -c nbft -n ${quoted(condition)}`;
  const words = [...choices, ...suggestions].join(" ");
  const argument = [takesFiles ? "" : "-f", words === "" ? "" : `-a ${quoted(words)}`].filter((part) => part !== "");
  return [
    ...(argument.length > 0 ? [`${when} ${argument.join(" ")}`] : []),
    ...options.map((option) => `${when} ${fishOption(option)}`),
  ];
}

function fishOption(option: OptionText): string {
  const { short, long, description, takesValue, isList } = option;
  const words = valuesOf(option).join(" ");
  return [
    short === undefined ? "" : `-s ${short.slice(1)}`,
    long === undefined ? "" : `-l ${long.slice(2)}`,
    takesValue ? "-r" : "",
    words === "" ? "" : `-f -a ${quoted(isList ? `(__fish_append , ${words})` : words)}`,
    `-d ${quoted(description)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
