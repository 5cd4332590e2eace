import type { RowAction, Word } from "./command.ts";
import { commands } from "./commands.ts";
import { completeJson, type Io, takeCommon } from "./io.ts";
import { quietRow, readPlainly } from "./options/rows.ts";
import { reportTrouble } from "./trouble.ts";

/** Runs a plain command line without commander. False, with nothing done, for everything else, right or wrong: `run.ts` does the same with whatever there is. */
export async function runPlainly([name, ...rest]: readonly string[], io: Io): Promise<boolean> {
  const loaded = await commands.find((entry) => entry.name === name)?.load();
  if (!loaded) return false;
  if (!("subcommands" in loaded)) return runAction(loaded, rest, io);
  const [subcommand, ...argv] = rest;
  const action = loaded.subcommands.find(([name]) => name === subcommand)?.[2];
  return action !== undefined && runAction(action, argv, io);
}

async function runAction(command: RowAction, argv: readonly string[], io: Io): Promise<boolean> {
  const given = readPlainly([...command.rows, quietRow], argv);
  if (!given || !accept(command.words, given.words)) return false;
  takeCommon(io, given.options);
  try {
    await command.run(given.words, given.options, io);
  } catch (error) {
    if (!reportTrouble(error, io)) throw error;
  }
  completeJson(io);
  return true;
}

/** Whether a command that takes some words takes the given ones. */
function accept(words: readonly Word[], given: readonly string[]): boolean {
  const needed = words.filter(([name]) => name.startsWith("<")).length;
  if (given.length < needed || (given.length > words.length && !words.some(([name]) => name.includes("..."))))
    return false;
  return words.every(([, , choices], i) => !choices || given[i] === undefined || choices.includes(given[i]));
}
