/** What a plain `nbft vars` command line asks for, understood without commander. */
export interface VarsRequest {
  /** The bundle that runs it: variables as bytes, or as what they say. */
  readonly bundle: "vars-edit" | "vars-show";
  readonly action: "list" | "show" | "set" | "delete" | "compact";
  readonly path: string;
  readonly names: readonly string[];
  /** As commander would give them to the action, defaults included. */
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** An option: the property it sets, and what follows it: nothing, any word, or one of some. */
type Option = readonly [property: string, value: true | false | "word" | readonly string[]];

type Options = Readonly<Record<string, Option>>;

const guid: Options = { "-g": ["guid", "word"], "--guid": ["guid", "word"] };
const hostId: Options = { "--host-id": ["hostId", ["efi-guid", "rfc4122"]] };
const format = (...formats: readonly string[]): Options => ({
  "-o": ["outputFormat", formats],
  "--output-format": ["outputFormat", formats],
});
const edit: Options = {
  "-o": ["output", "word"],
  "--output": ["output", "word"],
  "--no-backup": ["backup", false],
  "-f": ["force", true],
  "--force": ["force", true],
};

/** Options, defaults, and how many names may follow the store. */
interface Action {
  readonly options: Options;
  readonly defaults: Readonly<Record<string, string | boolean>>;
  readonly names: readonly [least: number, most: number];
}

const actions: Readonly<Record<VarsRequest["action"], Action>> = {
  list: {
    options: { ...format("text", "json"), "-a": ["all", true], "--all": ["all", true] },
    defaults: { outputFormat: "text" },
    names: [0, 0],
  },
  show: {
    options: {
      ...format("text", "json", "config"),
      ...guid,
      ...hostId,
      "--left-over": ["leftOver", true],
      "--show-secrets": ["showSecrets", true],
    },
    defaults: { outputFormat: "text", hostId: "efi-guid" },
    names: [0, 64],
  },
  set: {
    options: {
      ...edit,
      ...guid,
      ...hostId,
      "--attempts": ["attempts", "word"],
      "--no-companions": ["companions", false],
      "--attributes": ["attributes", "word"],
      "--value": ["value", "word"],
      "--hex": ["hex", "word"],
      "--data": ["data", "word"],
    },
    defaults: { backup: true, companions: true, hostId: "efi-guid" },
    names: [0, 1],
  },
  delete: { options: { ...edit, ...guid }, defaults: { backup: true }, names: [1, 64] },
  compact: { options: edit, defaults: { backup: true }, names: [0, 0] },
};

/**
 * The request of a plain `vars list|show|set|delete|compact STORE …`; undefined for everything else, right or wrong, which
 * commander judges. Standard input is left to it too: a request that comes to nothing is run again from the start.
 */
export function varsRequest(argv: readonly string[]): VarsRequest | undefined {
  const [command, name] = argv;
  if (command !== "vars" || name === undefined || !Object.hasOwn(actions, name)) return undefined;
  const action = actions[name as VarsRequest["action"]];
  const words: string[] = [];
  const options: Record<string, string | boolean> = { ...action.defaults };
  for (let i = 2; i < argv.length; i++) {
    const word = argv[i]!;
    const option = Object.hasOwn(action.options, word) ? action.options[word] : undefined;
    if (!option) {
      if (word === "" || word.startsWith("-")) return undefined;
      words.push(word);
      continue;
    }
    const [property, takes] = option;
    if (typeof takes === "boolean") {
      options[property] = takes;
      continue;
    }
    const value = argv[++i];
    if (value === undefined || value === "" || value.startsWith("-")) return undefined;
    if (takes !== "word" && !takes.includes(value)) return undefined;
    options[property] = value;
  }
  const [path, ...names] = words;
  const [least, most] = action.names;
  if (path === undefined || names.length < least || names.length > most) return undefined;
  const attempts = options["attempts"] !== undefined;
  if (name === "set" && attempts === names.length > 0) return undefined;
  const bundle = name === "show" || attempts ? "vars-show" : "vars-edit";
  return { bundle, action: name as VarsRequest["action"], path, names, options };
}
