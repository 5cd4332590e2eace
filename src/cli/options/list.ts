import { InvalidArgumentError, Option } from "commander";

/** An option that takes a list in one word, separated by commas, so that it swallows no SOURCE; it may also be repeated. */
export function listOption(flags: string, what: string, choices?: readonly string[]): Option {
  const option = new Option(flags, `${what} (separated by commas)`);
  if (choices) option.choices(choices);
  return option.argParser((text: string, before: readonly string[] = []) => {
    const words = text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "");
    if (words.length === 0) throw new InvalidArgumentError("the list is empty.");
    const unknown = choices && words.find((word) => !choices.includes(word));
    if (unknown !== undefined)
      throw new InvalidArgumentError(`There is no ${unknown}. Allowed are ${choices!.join(", ")}.`);
    return [...before, ...words];
  });
}

/** An option that may be repeated, one thing each time: its arguments are files or texts, which may contain commas. */
export function repeatedOption<T = string>(
  flags: string,
  what: string,
  parse: (text: string) => T = (text) => text as T,
): Option {
  return new Option(flags, `${what} (may be repeated)`).argParser((text: string, before: readonly T[] = []) => [
    ...before,
    parse(text),
  ]);
}
