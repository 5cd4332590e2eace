import { Parser } from "binary-parser";
import { type Field, recordKey, type Structure } from "../../src/structure/index.ts";

/** binary-parser definition of a structure, with the record's names. Reserved bytes are kept as bytes. */
export function parserOf(structure: Structure): Parser {
  const parser = new Parser().endianness("little");
  for (const [key, field] of Object.entries(structure.fields)) addField(parser, recordKey(key, field), field);
  return parser;
}

function addField(parser: Parser, name: string, field: Field): void {
  if (field.kind === "ref") {
    parser.nest(name, { type: new Parser().endianness("little").uint32("offset").uint16("length") });
  } else if (field.kind === "uint" || field.kind === "flags") {
    if (field.size === 1) parser.uint8(name);
    else if (field.size === 2) parser.uint16(name);
    else parser.uint32(name);
  } else parser.buffer(name, { length: field.size });
}

/** An expression, or the properties of a nested object. */
export type Folded = string | { readonly [key: string]: Folded };

/**
 * The expressions that binary-parser's generated code computes, each with its constant offset from `at`.
 *
 * binary-parser writes `vars.x = dataView.getUint16(offset, true); offset += 2;` between bookkeeping that costs five to ten
 * times as much as the reads. Running totals of `offset` are folded into constants and the bookkeeping is left out.
 * Any line of another form stops the build: a new binary-parser must be looked at.
 */
export function fold(structure: Structure): Record<string, Folded> {
  const root: Record<string, Folded> = {};
  let offset = 0;
  for (const line of parserOf(structure).getCode().split("\n")) {
    const advance = /^offset \+= (\d+);$/.exec(line);
    if (advance) {
      offset += Number(advance[1]);
      continue;
    }
    if (isBookkeeping(line)) continue;
    const assignment = /^vars\.([\w.]+) = (.*);$/.exec(line);
    if (!assignment) throw new Error(`${structure.name}: cannot fold ${JSON.stringify(line)}`);
    const path = assignment[1]!.split(".");
    const last = path.pop()!;
    const owner = path.reduce<Record<string, Folded>>((object, key) => object[key] as Record<string, Folded>, root);
    owner[last] = assignment[2] === "{}" ? {} : expression(assignment[2]!, offset);
  }
  if (offset !== structure.size) throw new Error(`${structure.name}: folded ${offset} bytes of ${structure.size}`);
  return root;
}

function isBookkeeping(line: string): boolean {
  return /^(var (dataView|offset|vars) = .*|vars\.\$(parent|root) = .*|delete vars\.\$(parent|root);|return vars;|)$/.test(
    line,
  );
}

function expression(code: string, offset: number): string {
  const folded = code
    .replaceAll("dataView.", "view.")
    .replaceAll("buffer.subarray(", "bytes.subarray(")
    .replace(/getUint8\(offset, false\)/, "getUint8(offset)")
    .replace(/\boffset \+ (\d+)/, (_, size) => place(offset + Number(size)))
    .replace(/\boffset\b/, place(offset));
  if (/\boffset\b/.test(folded)) throw new Error(`cannot fold ${code}`);
  return folded;
}

function place(offset: number): string {
  return offset === 0 ? "at" : `at + ${offset}`;
}
