import type { RowAction } from "./command.ts";
import { commands } from "./commands.ts";
import { completeJson, type Io, takeCommon } from "./io.ts";
import { quietRow, readPlainly } from "./options/rows.ts";
import { reportTrouble } from "./trouble.ts";

/**
 * Runs a plain command line of a command that is data, without commander. False, with nothing done, for everything else, right or wrong: `run.ts`
 * does the same with whatever there is.
 */
export async function runPlainly([name, ...rest]: readonly string[], io: Io): Promise<boolean> {
  const loaded = await commands.find((entry) => entry.name === name)?.load();
  if (!loaded) return false;
  if (!("subcommands" in loaded)) return "rows" in loaded && runAction(loaded, rest, io);
  const [subcommand, ...argv] = rest;
  const action = loaded.subcommands.find(([name]) => name === subcommand)?.[2];
  return typeof action === "object" && runAction(action, argv, io);
}

async function runAction(command: RowAction, argv: readonly string[], io: Io): Promise<boolean> {
  const given = readPlainly([...command.rows, quietRow], argv);
  if (!given || !fits(given.words.length, command.words) || command.needsCommander?.(given.options)) return false;
  takeCommon(io, given.options);
  try {
    await command.run(given.words, given.options, io);
  } catch (error) {
    if (!reportTrouble(error, io)) throw error;
  }
  completeJson(io);
  return true;
}

/** Whether a command takes so many words. */
function fits(count: number, words: readonly (readonly [name: string, description: string])[]): boolean {
  const needed = words.filter(([name]) => name.startsWith("<")).length;
  return count >= needed && (count <= words.length || words.some(([name]) => name.includes("...")));
}
