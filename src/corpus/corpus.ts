import type { Bytes } from "../bytes/bytes.ts";
import { readAsLibnvme } from "../consumers/libnvme/libnvme.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { exampleBytes } from "../rules/example.ts";
import { describeExample } from "../rules/explain.ts";
import { explainedRules } from "../rules/texts/index.ts";
import { validate } from "../rules/validate.ts";
import type { CorpusGroup } from "./groups.ts";
import { hostileCases } from "./hostile-cases.ts";
import { mutations } from "./mutations.ts";
import { createPrng } from "./prng.ts";
import { randomTable } from "./random-table.ts";
import { soundCases } from "./sound-cases.ts";

/** A table of a corpus. */
export interface CorpusTable {
  /** What kind of table it is. */
  readonly group: CorpusGroup;
  /** Kebab-case, unlike any other in the corpus. */
  readonly name: string;
  /** What is special about it. */
  readonly title: string;
  /** The whole table. */
  readonly bytes: Bytes;
}

/** Choices of {@link corpus}. */
export interface CorpusOptions {
  /** Random tables without fault; 16 when not given. */
  readonly random?: number | undefined;
  /** Mutants of tables without fault; 64 when not given. */
  readonly mutants?: number | undefined;
}

/**
 * Tables for whoever writes a reader: one without fault for each thing that a table can say; one for each way to break each rule; tables
 * that are made to hurt; random ones; and mutants. The same seed gives the same bytes on every machine; a table does not depend on how many
 * others are asked for.
 */
export function* corpus(
  seed: string | number,
  { random = 16, mutants = 64 }: CorpusOptions = {},
): Generator<CorpusTable> {
  const prng = createPrng(seed);
  const bases: Uint8Array[] = [];
  for (const { name, title, make } of soundCases) {
    const bytes = make(prng.fork(name));
    bases.push(bytes);
    yield grouped(name, title, bytes);
  }
  for (let i = 1; i <= random; i++) {
    const name = `random-${padded(i)}`;
    const own = prng.fork(name);
    const table = randomTable(own);
    const layout = own.oneIn(2) ? "spec" : "edk2";
    yield grouped(name, `a random table, layout ${layout}`, encodeNbft(table, { layout }));
  }
  yield* brokenRules();
  for (const { name, title, make } of hostileCases) yield grouped(name, title, make(prng.fork(name)));
  const small = bases.filter(({ length }) => length < 4096);
  for (let i = 1; i <= mutants; i++) {
    const name = `mutant-${padded(i)}`;
    const own = prng.fork(name);
    const { bytes, changes } = mutations(own.pick(small), own, { others: small }).next().value;
    const title = changes.map(({ kind, path, text }) => [kind, path, text].filter(Boolean).join(" ")).join("; ");
    yield { group: "mutants", name, title, bytes };
  }
}

const padded = (number: number) => String(number).padStart(4, "0");

/** A table for each example of a broken rule, but for rules about several tables. */
function* brokenRules(): Generator<CorpusTable> {
  for (const { code, name, summary, bad } of explainedRules) {
    const examples = bad.filter(({ others }) => others === undefined);
    for (const [i, example] of examples.entries()) {
      const number = examples.length > 1 ? `-${i + 1}` : "";
      const title = `breaks "${summary}": ${describeExample(example).join("; ")}`;
      yield grouped(`${code}-${name}${number}`, title, exampleBytes(example));
    }
  }
}

function grouped(name: string, title: string, bytes: Uint8Array): CorpusTable {
  return { group: groupOf(bytes), name, title, bytes: new Uint8Array(bytes) };
}

function groupOf(bytes: Uint8Array): CorpusGroup {
  // That readers in use reject revision 1.1 is not a defect of the table.
  const worst = validate(bytes, { off: ["H021"] })[0]?.severity;
  if (worst === "error") return "malformed";
  const { table, dropped } = readAsLibnvme(bytes);
  return worst === "warning" || !table || dropped.length > 0 ? "unusual" : "sound";
}
