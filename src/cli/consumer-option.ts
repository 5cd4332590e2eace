import { findRelease, type KnownRelease, programs } from "../consumers/behaviours/index.ts";
import type { ConsumerModel } from "../consumers/model.ts";
import { consumerNames, findConsumers, findReleases } from "../consumers/models.ts";
import type { KnownMachine } from "../consumers/nvme-cli/connect-all.ts";
import { parseStack, type Stack, stackModel } from "../consumers/stacks.ts";
import { escapeText } from "../text/escape.ts";
import { UsageError } from "./io.ts";
import type { OptionsOf } from "./options/options-of.ts";
import type { consumerRow, stackRow } from "./options/table-rows.ts";

/** Options that say whose behaviour is predicted. */
type ConsumerArguments = OptionsOf<readonly [ReturnType<typeof consumerRow>, typeof stackRow]>;

/**
 * The models that some words name.
 *
 * @throws {UsageError} for a word that names none.
 */
function consumersNamed(words: readonly string[], machine: KnownMachine = {}): readonly ConsumerModel[] {
  const models = words.flatMap((word) => {
    const found = findConsumers(word, machine);
    return found.length > 0 ? found : refuse(word);
  });
  return [...new Map(models.map((model) => [model.id, model])).values()];
}

function refuse(word: string): never {
  throw new UsageError(
    `--consumer: ${escapeText(word)} is not known; there are ${consumerNames.join(", ")}, alone or with @RELEASE`,
  );
}

/**
 * The stack that a text names.
 *
 * @throws {UsageError} where it names none
 */
export function stackNamed(text: string): Stack {
  const stack = parseStack(text.toLowerCase());
  if (typeof stack === "string") throw new UsageError(`--stack: ${escapeText(stack)}`);
  return stack;
}

/** The models that the options ask for; undefined where they ask for none. */
export function modelsAsked(
  { consumer, stack }: ConsumerArguments,
  machine: KnownMachine = {},
): readonly ConsumerModel[] | undefined {
  if (stack !== undefined && consumer) throw new UsageError("give either --stack or --consumer");
  if (stack !== undefined) return [stackModel(stackNamed(stack), machine)];
  return consumer && consumersNamed(consumer, machine);
}

/**
 * The one release of nvme-cli that the options ask for, for what is imitated byte for byte: that of the stack, or the newest one named.
 *
 * @throws {UsageError} for another program
 */
export function nvmeCliAsked({ consumer, stack }: ConsumerArguments, command: string): KnownRelease | undefined {
  if (stack !== undefined && consumer) throw new UsageError("give either --stack or --consumer");
  if (stack !== undefined) return stackNamed(stack).nvmeCli;
  if (!consumer) return undefined;
  const releases = consumer.flatMap((word) => {
    const found = findReleases(word);
    // A bare name means its newest release.
    if (found.length > 1) return [findRelease(found[0]!.program, programs[found[0]!.program].newest.release)!];
    return found.length === 1 ? found : refuse(word);
  });
  const other = releases.find(({ program }) => program !== "nvme-cli");
  if (other) {
    throw new UsageError(`--consumer: ${command} is about nvme-cli; nbft explain shows what ${other.program} does`);
  }
  return releases.at(-1);
}
