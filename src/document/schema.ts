import { listNames, listStructures } from "../nbft/read/frame.ts";
import type { Field, FlagsField, HeapObject, Names, Structure } from "../structure/index.ts";
import { singleStructures } from "./check.ts";
import { DOCUMENT_SCHEMA_ID } from "./document.ts";

type Schema = Readonly<Record<string, unknown>>;

const patterns: Readonly<Record<string, string>> = {
  uuid: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  mac: "^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$",
  pci: "^([0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[01]?[0-9a-fA-F]\\.[0-7]$",
};

/** JSON Schema (2020-12) of a document, from the structures' descriptions. */
export function documentSchema(): Schema {
  const definitions: Record<string, Schema> = { sameAs };
  const top: Record<string, Schema> = {
    $schema: { type: "string" },
    source: { type: "string", description: "Where the table came from; ignored when encoding" },
  };
  for (const [name, structure] of Object.entries(singleStructures)) top[name] = reference(structure, definitions);
  for (const name of listNames) {
    top[name] = { type: "array", maxItems: 255, items: reference(listStructures[name], definitions) };
  }
  top["layout"] = layoutSchema;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: DOCUMENT_SCHEMA_ID,
    title: "NVMe Boot Firmware Table",
    type: "object",
    additionalProperties: false,
    properties: top,
    $defs: definitions,
  };
}

const sameAs: Schema = {
  type: "object",
  description: "Stands for a long value that the document holds elsewhere: the path of that value",
  additionalProperties: false,
  required: ["sameAs"],
  properties: { sameAs: { type: "string" } },
};

function reference(structure: Structure, definitions: Record<string, Schema>): Schema {
  definitions[structure.name] ??= structureSchema(structure, definitions);
  return { $ref: `#/$defs/${structure.name}` };
}

function structureSchema(structure: Structure, definitions: Record<string, Schema>): Schema {
  const properties: Record<string, Schema> = {};
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived || field.kind === "reserved") continue;
    properties[key] = { ...describe(field), ...fieldSchema(field, definitions) };
  }
  const { doc, rev, figure } = structure.spec;
  return {
    type: "object",
    description: `${structure.title} (${doc} ${rev}, Figure ${figure})`,
    additionalProperties: false,
    properties,
  };
}

function describe(field: Field): Schema {
  const since = field.since === undefined ? "" : `, since ${field.since}`;
  const abbreviation = field.abbreviation === undefined ? "" : ` (${field.abbreviation}${since})`;
  return { description: field.title.replace(/ Heap Object Reference$/, "") + abbreviation };
}

function fieldSchema(field: Field, definitions: Record<string, Schema>): Schema {
  switch (field.kind) {
    case "uint":
      return {
        ...numberSchema(field.size, field.names),
        ...(field.default === undefined ? {} : { default: field.default }),
      };
    case "flags":
      return flagsSchema(field);
    case "ref":
      return objectSchema(field.object, definitions);
    case "reserved":
      return {};
    default: {
      const pattern = patterns[field.kind];
      const size = field.kind === "ascii" ? { maxLength: field.size } : {};
      return { type: "string", ...(pattern === undefined ? {} : { pattern }), ...size };
    }
  }
}

function numberSchema(size: number, names: Names | undefined): Schema {
  const number = { type: "integer", minimum: 0, maximum: 2 ** (8 * size) - 1 };
  const known = Object.values(names ?? {});
  return known.length === 0 ? number : { anyOf: [{ enum: known }, number] };
}

function flagsSchema(field: FlagsField): Schema {
  const properties: Record<string, Schema> = {};
  for (const [key, part] of Object.entries(field.bits)) {
    const title = `${part.title}${part.abbreviation === undefined ? "" : ` (${part.abbreviation})`}`;
    const value = part.names
      ? { anyOf: [{ enum: Object.values(part.names) }, { type: "integer", minimum: 0 }] }
      : { type: "boolean" };
    properties[key] = { description: title, ...value };
  }
  properties["reserved"] = { description: "Other bits that are set", type: "integer", minimum: 1 };
  return { type: "object", additionalProperties: false, properties };
}

function objectSchema(object: HeapObject, definitions: Record<string, Schema>): Schema {
  switch (object.kind) {
    case "string":
      return {
        anyOf: [
          { type: "string", ...(object.what === "nqn" ? { examples: ["nqn.2014-08.org.nvmexpress:uuid:…"] } : {}) },
          ...(object.what === "service id" ? [{ type: "integer", minimum: 0, maximum: 65535 }] : []),
          { $ref: "#/$defs/sameAs" },
        ],
      };
    case "ip":
      return { type: "string" };
    case "bytes":
      return { type: "string", pattern: "^([0-9a-fA-F]{2}[ :-]?)*$" };
    case "number":
      return numberSchema(object.size, undefined);
    case "list":
      return {
        anyOf: [
          {
            type: "array",
            maxItems: Math.floor(0xffff / object.itemSize),
            items: numberSchema(object.itemSize, object.names),
          },
          { $ref: "#/$defs/sameAs" },
        ],
      };
    case "structure":
      return reference(object.structure, definitions);
  }
}

const whole = { type: "integer", minimum: 0, maximum: 0xffffffff };
const digits = { type: "string", pattern: "^([0-9a-fA-F]{2}[ :-]?)*$" };
const yes = { const: true };
const place = { offset: whole, length: whole, version: whole };
const required = Object.keys(place);
const list = {
  type: "object",
  additionalProperties: false,
  properties: { ...place, entries: whole, count: whole },
  required,
};

const layoutSchema: Schema = {
  type: "object",
  description: "Where the bytes differ from the canonical layout; written by nbft dump, left out by hand",
  additionalProperties: false,
  properties: {
    style: { enum: ["spec", "edk2"] },
    strings: { enum: ["counted", "uncounted"] },
    size: whole,
    header: {
      type: "object",
      additionalProperties: false,
      properties: { length: whole, checksum: whole, heapOffset: whole, heapLength: whole },
      required: ["heapOffset", "heapLength"],
    },
    host: { type: "object", additionalProperties: false, properties: { ...place, unread: yes }, required },
    hfi: list,
    ssns: list,
    security: list,
    discovery: list,
    objects: {
      type: "object",
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        properties: { offset: whole, length: whole, kept: yes, unread: yes },
        required: ["offset", "length"],
      },
    },
    bytes: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        properties: { offset: whole, bytes: digits },
        required: ["offset", "bytes"],
      },
    },
  },
};
