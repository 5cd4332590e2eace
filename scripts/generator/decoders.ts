import { type Condition, type Field, maskOf, type Structure } from "../../src/structure/index.ts";
import { numberAt, placeSource, storedSource, variableOf } from "./readers.ts";

/** Where a structure hangs in the model below its list element, for example `.transportInfo`. */
export interface Place {
  readonly structure: Structure;
  readonly suffix: string;
}

/** A structure and those that its references lead to, innermost first. */
export function placesOf(structure: Structure, suffix = ""): Place[] {
  const inner = Object.entries(structure.fields).flatMap(([key, field]) =>
    field.kind === "ref" && field.object.kind === "structure"
      ? placesOf(field.object.structure, `${suffix}.${key}`)
      : [],
  );
  return [...inner, { structure, suffix }];
}

/** Source of `decodeX(reader, at)`: the model of a structure in one object literal. */
export function decoderSource({ structure, suffix }: Place): string {
  const short = structure.minSize < structure.size;
  const lines: string[] = [];
  const flags: string[] = [];
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived || field.kind === "reserved") continue;
    if (field.kind === "flags") flags.push(flagsSource(structure, key, field));
    const value = valueSource(structure, key, field, suffix);
    const guards = guardsOf(structure, field, short);
    lines.push(`    ${key}: ${guards.length > 0 ? `${guards.join(" && ")} ? ${value} : undefined` : value},`);
  }
  return `${flags.join("\n")}
/** Model of a {@link ${structure.name}} at \`at\`; the caller has checked that ${structure.minSize} bytes are there. */
export function decode${structure.name}(reader: TableReader, at: number${short ? ", length: number" : ""}): ${structure.name} {
  const { ${usedIn(lines.join()).join(", ")} } = reader;
  return {
${lines.join("\n")}
  };
}
`.trimStart();
}

function usedIn(source: string): string[] {
  return ["view", "bytes"].filter((name) => new RegExp(`\\b${name}\\b`).test(source));
}

/** Conditions under which a field is there at all. */
function guardsOf(structure: Structure, field: Field, short: boolean): readonly string[] {
  const guards: string[] = [];
  if (short && field.at >= structure.minSize) guards.push(`length >= ${field.at + field.size}`);
  if ("when" in field && field.when) guards.push(conditionSource(structure, field.when));
  return guards;
}

/** Source of a test on a field or on some bits of one, read again from the bytes. */
function conditionSource(structure: Structure, when: Condition): string {
  const [key, bit] = when.field.split(".") as [string, string?];
  const field = structure.fields[key];
  if (!field) throw new Error(`${structure.name}: no such field as ${when.field}`);
  const stored = storedSource(field);
  if (!bit) return `${stored} >= ${when.atLeast}`;
  const part = field.kind === "flags" ? field.bits[bit] : undefined;
  if (!part) throw new Error(`${structure.name}: no such field as ${when.field}`);
  if (when.atLeast !== 1) throw new Error(`${structure.name}: a condition on bits can only ask for any of them`);
  return `(${stored} & ${maskOf(part.low, part.width) >>> 0}) !== 0`;
}

function valueSource(structure: Structure, key: string, field: Field, suffix: string): string {
  const stored = storedSource(field);
  const place = placeSource(field.at);
  switch (field.kind) {
    case "uint": {
      if (field.const !== undefined) {
        const value = field.names ? `named(${namesSource(field.names, key)}, ${stored})` : stored;
        return `${stored} === ${field.const} ? undefined : ${value}`;
      }
      return field.names ? `named(${namesSource(field.names, key)}, ${stored})` : stored;
    }
    case "flags":
      return `${flagsName(structure, key)}(${stored})`;
    case "ref": {
      const path = JSON.stringify(`${suffix}.${key}`);
      const where = `${numberAt(field.at, 4)}, ${numberAt(field.at + 4, 2)}, ${path}`;
      const { object } = field;
      switch (object.kind) {
        case "string":
          return `reader.string(${where})`;
        case "ip":
          return `reader.ip(${where})`;
        case "bytes":
          return `reader.hex(${where})`;
        case "number":
          return `reader.number(${where})`;
        case "list":
          return `reader.list(${where}, ${object.itemSize}, ${namesSource(object.names ?? {}, key)})`;
        case "structure":
          return `follow${object.structure.name}(reader, ${where})`;
      }
      break;
    }
    case "ascii": {
      const text = `formatAscii(bytes, ${place}, ${field.size})`;
      return field.const === undefined
        ? text
        : `${isConstant(structure, key, field.const, place)} ? undefined : ${text}`;
    }
    case "ip":
      return `formatIpOrNone(view, bytes, ${place})`;
    case "uuid":
      return `formatUuid(bytes, ${place})`;
    case "mac":
      return `formatMac(bytes, ${place})`;
    case "pci":
      return `formatPci(view.getUint32(${place}, true))`;
    case "nid":
      return `formatNid(bytes[${place} - 1]!, bytes, ${place})`;
  }
  throw new Error(`${structure.name}.${key}: no source for a ${field.kind} field`);
}

/** Source of a test whether four bytes are those of a text: as numbers, for making a text costs more than all of the test. */
function isConstant(structure: Structure, key: string, text: string, place: string): string {
  if (text.length !== 4) throw new Error(`${structure.name}.${key}: a constant text has four characters`);
  const number = [...text].reduceRight((sum, character) => sum * 256 + character.charCodeAt(0), 0);
  return `view.getUint32(${place}, true) === ${number}`;
}

const nameTables = new Map<string, string>();

/** Name of the constant that holds a names table: that of the first field that has it. Equal tables share one. */
function namesSource(names: Readonly<Record<number, string>>, key: string): string {
  const text = JSON.stringify(names);
  let name = nameTables.get(text);
  if (!name) {
    name = `${key}Names`;
    if ([...nameTables.values()].includes(name)) throw new Error(`${name}: two tables of one name`);
    nameTables.set(text, name);
  }
  return name;
}

/** Source of the names tables that the decoders made so far use. */
export function nameTablesSource(): string {
  return [...nameTables].map(([text, name]) => `const ${name} = ${text} as const;`).join("\n");
}

function flagsName(structure: Structure, key: string): string {
  return `${variableOf(structure)}${key[0]!.toUpperCase()}${key.slice(1)}`;
}

function flagsSource(structure: Structure, key: string, field: Extract<Field, { kind: "flags" }>): string {
  let known = 0;
  const parts = Object.entries(field.bits).map(([name, { low, width, names }]) => {
    const mask = maskOf(low, width);
    known |= mask;
    if (!names && width === 1) return `${name}: (bits & ${mask >>> 0}) !== 0`;
    const number = `(bits >>> ${low}) & ${maskOf(0, width) >>> 0}`;
    return `${name}: ${names ? `named(${namesSource(names, name)}, ${number})` : number}`;
  });
  const rest = (field.size === 4 ? ~known : ~known & (2 ** (8 * field.size) - 1)) >>> 0;
  return `function ${flagsName(structure, key)}(bits: number): ${structure.name}["${key}"] {
  return { ${parts.join(", ")}, reserved: (bits & ${rest}) === 0 ? undefined : (bits & ${rest}) >>> 0 };
}`;
}

/** Source of `decodeXList(reader, place)`: the entries of a list. */
export function listSource(structure: Structure): string {
  return `/** Models of a list of {@link ${structure.name}} at a place that was checked. */
export function decode${structure.name}List(reader: TableReader, { offset, stride, count }: ListPlace): ${structure.name}[] {
  const entries = new Array<${structure.name}>(count);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    reader.position = position;
    entries[position] = decode${structure.name}(reader, at);
  }
  reader.position = -1;
  return entries;
}
`;
}

/** Source of the function that follows a reference to a structure. */
export function followSource(structure: Structure): string {
  const short = structure.minSize < structure.size;
  return `function follow${structure.name}(reader: TableReader, offset: number, length: number, path: string): ${structure.name} | undefined {
  if (!reader.object(offset, length, ${structure.minSize}, path)) return undefined;
  return decode${structure.name}(reader, offset${short ? ", length" : ""});
}
`;
}
