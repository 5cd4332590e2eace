import type { Command } from "commander";
import type { ConsumerModel } from "../consumers/model.ts";
import { consumerId, consumerModels, findConsumers } from "../consumers/models.ts";
import { escapeText } from "../text/escape.ts";
import { UsageError } from "./io.ts";

/** Adds `--consumer NAME[@VERSION]`, which may be given several times. */
export function addConsumerOption(command: Command, what: string): Command {
  const add = (word: string, before: readonly string[] = []) => [...before, word];
  return command.option("--consumer <name[@version]>", what, add);
}

/**
 * The models that some words name, in the order in which all are listed.
 *
 * @throws {UsageError} for a word that names none.
 */
export function consumersNamed(words: readonly string[]): readonly ConsumerModel[] {
  const wanted = new Set(
    words.flatMap((word) => {
      const found = findConsumers(word);
      if (found.length > 0) return found;
      const known = consumerModels.map(consumerId).join(", ");
      throw new UsageError(`--consumer: ${escapeText(word)} is not known; there are ${known}`);
    }),
  );
  return consumerModels.filter((model) => wanted.has(model));
}
