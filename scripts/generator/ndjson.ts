import type { Field, Names, Structure } from "../../src/structure/index.ts";
import { flagsName, guardsOf, isConstant, namesSource, type Place } from "./decoders.ts";
import { type Folded, fold } from "./fold.ts";

/** Source of `writeX(out, start, reader, at)`: the JSON text of a structure's model, straight from its bytes. */
export function writerSource({ structure, suffix }: Place): string {
  const folded = fold(structure);
  const short = structure.minSize < structure.size;
  const texts: string[] = [];
  const properties: string[] = [];
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived || field.kind === "reserved") continue;
    const source = propertySource({ structure, key, field, folded, path: `${suffix}.${key}`, texts });
    const guards = guardsOf(structure, field, folded, short);
    properties.push(guards.length > 0 ? `if (${guards.join(" && ")}) {\n${source}\n}` : source);
  }
  const body = properties.join("\n");
  const used = ["view", "bytes"].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return `${texts.join("\n")}

/** Most bytes that {@link write${structure.name}} stores. */
export const sizeOf${structure.name} = ${sizeOf(structure)};

/** Writes the model of a {@link ${structure.name}}; the caller has checked its place and made room. */
export function write${structure.name}(out: JsonText, start: number, reader: TableReader, at: number${short ? ", length: number" : ""}): number {
  const json = out.view;
  const { ${used.join(", ")} } = reader;
  let end = start;
${/\bvalue\b/.test(body) ? "  let value = 0;\n" : ""}${indented(body)}
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}
`;
}

/** Source of `writeXList(out, start, reader, place)`: an array of models. */
export function listWriterSource(structure: Structure): string {
  const { name } = structure;
  return `/** Writes a list of {@link ${name}} at a place that was checked, and makes room for it. */
export function write${name}List(out: JsonText, start: number, reader: TableReader, { offset, stride, count }: ListPlace): number {
  let end = start;
  out.reserve(end, 8);
  if (count === 0) out.view.setUint8(end++, 0x5b);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    out.reserve(end, 1 + sizeOf${name});
    out.view.setUint8(end, position === 0 ? 0x5b : 0x2c);
    end = write${name}(out, end + 1, reader, at);
  }
  out.view.setUint8(end, 0x5d);
  return end + 1;
}
`;
}

/** Source of the function that follows a reference to a structure. */
export function followWriterSource(structure: Structure): string {
  const short = structure.minSize < structure.size;
  return `function follow${structure.name}(out: JsonText, start: number, reader: TableReader, offset: number, length: number, path: string): number {
  if (!reader.object(offset, length, ${structure.minSize}, path)) return start;
  return write${structure.name}(out, start, reader, offset${short ? ", length" : ""});
}
`;
}

interface Property {
  readonly structure: Structure;
  readonly key: string;
  readonly field: Field;
  readonly folded: Record<string, Folded>;
  readonly path: string;
  /** Constants that the property needs. */
  readonly texts: string[];
}

function propertySource(property: Property): string {
  const { structure, key, field, folded } = property;
  const stored = folded[key] as string;
  const place = field.at === 0 ? "at" : `at + ${field.at}`;
  switch (field.kind) {
    case "uint": {
      const source = field.names
        ? numberTextSource(property, `named(${namesSource(field.names)}, number)`)
        : always(key, `writeNumber(json, end, ${stored})`);
      return field.const === undefined ? source : `if (${stored} !== ${field.const}) {\n${source}\n}`;
    }
    case "flags":
      return numberTextSource(property, `${flagsName(structure, key)}(number)`);
    case "ascii": {
      const source = always(key, `writeAscii(out, end, bytes, ${place}, ${field.size})`);
      return field.const === undefined
        ? source
        : `if (!(${isConstant(structure, key, field.const, place)})) {\n${source}\n}`;
    }
    case "uuid":
      return always(key, `writeUuid(json, end, bytes, ${place})`);
    case "mac":
      return always(key, `writeMac(json, end, bytes, ${place})`);
    case "pci":
      return always(key, `writeSafeText(json, end, formatPci(view.getUint32(${place}, true)))`);
    case "ip":
      return maybe(key, `writeIp(json, end, view, bytes, ${place})`);
    case "nid":
      return maybe(key, `writeNid(json, end, bytes[${place} - 1]!, bytes, ${place})`);
    case "ref":
      return maybe(key, referenceSource(property, field));
  }
  throw new Error(`${structure.name}.${key}: no JSON for a ${field.kind} field`);
}

function referenceSource({ key, folded, path }: Property, { object }: Extract<Field, { kind: "ref" }>): string {
  const { offset, length } = folded[`${key}Ref`] as { offset: string; length: string };
  const reference = `out, end, reader, ${offset}, ${length}, ${JSON.stringify(path)}`;
  switch (object.kind) {
    case "string":
      return `writeString(${reference})`;
    case "ip":
      return `writeIpObject(${reference})`;
    case "bytes":
      return `writeHexObject(${reference})`;
    case "number":
      return `writeNumberObject(${reference})`;
    case "list":
      return `writeList(${reference}, ${object.itemSize}, ${namesSource(object.names ?? {})})`;
    case "structure":
      return `follow${object.structure.name}(${reference})`;
  }
}

/** A property whose text depends on one number: made once for each number, key and all. */
function numberTextSource({ structure, key, folded, texts }: Property, value: string): string {
  const name = `${structure.name[0]!.toLowerCase()}${structure.name.slice(1)}${key[0]!.toUpperCase()}${key.slice(1)}Texts`;
  texts.push(`const ${name} = new NumberTexts((number) => \`,"${key}":\${JSON.stringify(${value})}\`);`);
  return `end = writeConstant(json, end, ${name}.of(${folded[key] as string}));`;
}

/** A property that is always there. */
function always(key: string, value: string): string {
  return `${keySource(key)}\nend = ${value.replace("end,", `end + ${keyLength(key)},`)};`;
}

/** A property that is taken back when no value was written. */
function maybe(key: string, value: string): string {
  const after = `end + ${keyLength(key)}`;
  return `${keySource(key)}\nvalue = ${value.replace("end,", `${after},`)};\nif (value !== ${after}) end = value;`;
}

function keyLength(key: string): number {
  return key.length + 4;
}

/** Stores of `,"key":` in words of four bytes; what the last one has too much is overwritten by the value. */
function keySource(key: string): string {
  const bytes = new TextEncoder().encode(`,"${key}":`);
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const stores = Array.from(
    { length: padded.length / 4 },
    (_, i) => `json.setInt32(end${i === 0 ? "" : ` + ${4 * i}`}, ${view.getInt32(4 * i, true)}, true);`,
  );
  return `// ${key}\n${stores.join(" ")}`;
}

/** Most bytes that the text of a structure takes, with what constants are written beyond their end. */
function sizeOf(structure: Structure): number {
  let size = 2 + 8;
  for (const [key, field] of Object.entries(structure.fields)) {
    if (!field.derived && field.kind !== "reserved") size += keyLength(key) + valueSize(field);
  }
  return size;
}

/** Longest text of each kind, quotes included. */
const textSizes: Readonly<Record<string, number>> = { uuid: 38, mac: 19, ip: 41, pci: 14, nid: 38 };
/** 255 characters, each an escape of six bytes. */
const stringSize = 2 + 6 * 255;
const numberSize = 10;

function valueSize(field: Field): number {
  switch (field.kind) {
    case "uint":
      return field.names ? nameSize(field.names) : numberSize;
    case "flags": {
      const parts = Object.entries(field.bits).map(([key, { names }]) => keyLength(key) + nameSize(names ?? {}));
      return parts.reduce((sum, part) => sum + part, 2 + keyLength("reserved") + numberSize);
    }
    case "ascii":
      return 2 + 6 * field.size;
    case "ref":
      return objectSize(field.object);
    default:
      return textSizes[field.kind]!;
  }
}

function objectSize(object: Extract<Field, { kind: "ref" }>["object"]): number {
  if (object.kind === "structure") return sizeOf(object.structure);
  if (object.kind === "list") return 2 + 15 * (1 + nameSize(object.names ?? {}));
  if (object.kind === "number") return numberSize;
  return object.kind === "ip" ? 41 : stringSize;
}

function nameSize(names: Names): number {
  return Math.max(numberSize, ...Object.values(names).map((name) => 2 + name.length));
}

function indented(source: string): string {
  let depth = 1;
  return source
    .split("\n")
    .map((line) => {
      if (line.startsWith("}")) depth--;
      const text = "  ".repeat(depth) + line;
      if (line.endsWith("{")) depth++;
      return text;
    })
    .join("\n");
}
