import type { Field, FlagsField, HeapObject, Structure, TextField } from "../../structure/index.ts";
import { textForms, textToBytes } from "../../structure/text-value.ts";
import { titleOf } from "../../structure/titles.ts";
import { parseHex } from "../../text/hex.ts";
import { parseIp } from "../../text/ip.ts";
import { boolean, either, integer, list, type ObjectShape, object, required, type Shape, text } from "./shape.ts";

/** Patterns for editors, by kind of text. */
const patterns: Readonly<Record<string, string>> = {
  uuid: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  mac: "^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$",
  pci: "^([0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[01]?[0-9a-fA-F]\\.[0-7]$",
};

/** Hexadecimal digits, a byte at a time. */
export const hexPattern = "^([0-9a-fA-F]{2}[ :-]?)*$";

const shapes = new WeakMap<Structure, ObjectShape<unknown>>();

/** The shape of a structure's model as a person writes it: every field may be missing. */
export function shapeOfStructure(structure: Structure): ObjectShape<unknown> {
  let shape = shapes.get(structure);
  if (!shape) {
    const fields = Object.entries(structure.fields).flatMap(([key, field]) =>
      field.derived || field.kind === "reserved" ? [] : [[key, shapeOfField(structure, key, field)] as const],
    );
    const { doc, rev, figure } = structure.spec;
    const title = `${structure.title} (${doc} ${rev}, Figure ${figure})`;
    shape = object(structure.name, title, Object.fromEntries(fields));
    shapes.set(structure, shape);
  }
  return shape;
}

function shapeOfField(structure: Structure, key: string, field: Field): Shape {
  const since = field.since === undefined ? "" : ` (since revision ${field.since})`;
  const title = titleOf(field) + since;
  switch (field.kind) {
    case "uint":
      return integer(title, 0, 2 ** (8 * field.size) - 1, {
        ...(field.names && { names: Object.values(field.names) }),
        ...(field.default !== undefined && { default: field.default }),
      });
    case "flags":
      return flagsShape(`${structure.name}${key[0]!.toUpperCase()}${key.slice(1)}`, title, field);
    case "ref":
      return objectShape(title, field.object);
    case "reserved":
      throw new TypeError("reserved bytes have no shape");
    default:
      return text(title, textForm(field));
  }
}

function textForm(field: TextField) {
  const { kind, size } = field;
  const pattern = patterns[kind];
  return {
    expected: kind === "ascii" ? `ASCII text of at most ${size} characters` : textForms[kind],
    parse: (given: string) => (typeof textToBytes(field, given) === "string" ? undefined : given),
    ...(kind === "ascii" && { maxLength: size }),
    ...(pattern !== undefined && { pattern }),
    // Digits alone may be an identifier; in a name they are more likely a mistake.
    ...(kind === "ascii" && { digits: "refused" as const }),
  };
}

function flagsShape(name: string, title: string, field: FlagsField): Shape {
  const bits = Object.entries(field.bits).map(([key, bit]) => {
    const { width, names } = bit;
    const shape =
      names || width > 1
        ? integer(titleOf(bit), 0, 2 ** width - 1, names ? { names: Object.values(names) } : {})
        : boolean(titleOf(bit));
    return [key, shape] as const;
  });
  const reserved = integer("Other bits that are set", 1, 2 ** (8 * field.size) - 1);
  return object(name, title, { ...Object.fromEntries(bits), reserved });
}

/** Stands for a long value that the document holds elsewhere. */
const sameAs = object("sameAs", "Stands for a long value that the document holds elsewhere", {
  sameAs: required(
    text("Path of that value", { expected: "a path such as ssns[0].subsystemNqn", parse: (path) => path }),
  ),
});

function objectShape(title: string, object: HeapObject): Shape {
  switch (object.kind) {
    case "string":
      return either(title, {
        scalar: text(title, {
          expected: "text",
          parse: (given) => (given.includes("\0") ? undefined : given),
          // A service id is text in the table, and a number to whoever writes YAML.
          digits: object.what === "service id" ? "meant" : "refused",
        }),
        mapping: sameAs,
      });
    case "ip":
      return text(title, { expected: textForms.ip, parse: (given) => (parseIp(given) ? given : undefined) });
    case "bytes":
      return text(title, {
        expected: textForms.hex,
        parse: (given) => (parseHex(given) ? given : undefined),
        pattern: hexPattern,
      });
    case "number":
      return integer(title, 0, 0xffffffff);
    case "list": {
      const names = Object.values(object.names ?? {});
      const items = integer("Entry", 0, 2 ** (8 * object.itemSize) - 1, names.length > 0 ? { names } : {});
      return either(title, {
        list: list(title, items, { max: Math.floor(0xffff / object.itemSize) }),
        mapping: sameAs,
      });
    }
    case "structure":
      return { ...shapeOfStructure(object.structure), title };
  }
}
