import type { ObjectShape, Shape, TextShape } from "./shape.ts";

/** Part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema (draft 2020-12) of a shape; every mapping becomes a definition of its own. */
export function schemaOf(shape: ObjectShape<unknown>, id: string): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const root = objectSchema(shape, definitions);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: id,
    title: shape.title,
    ...root,
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function schema(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  const { title, otherwise, examples } = shape;
  const description = otherwise === undefined ? title : `${title}. Default: ${otherwise}`;
  return { description, ...bare(shape, definitions), ...(examples ? { examples } : {}) };
}

function bare(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  switch (shape.kind) {
    case "text":
      return textSchema(shape);
    case "integer": {
      const { min, max, names, default: otherwise } = shape;
      const number = { type: "integer", minimum: min, maximum: max };
      return {
        ...(names === undefined ? number : { anyOf: [{ enum: names }, number] }),
        ...(otherwise === undefined ? {} : { default: otherwise }),
      };
    }
    case "boolean":
      return shape.only ? { const: true } : { type: "boolean" };
    case "word":
      return { oneOf: Object.entries(shape.words).map(([word, meaning]) => ({ const: word, description: meaning })) };
    case "list":
      return { type: "array", minItems: shape.min, maxItems: shape.max, items: schema(shape.items, definitions) };
    case "map": {
      const { pattern } = shape.keys;
      return {
        type: "object",
        ...(pattern === undefined ? {} : { propertyNames: { pattern } }),
        additionalProperties: schema(shape.values, definitions),
      };
    }
    case "object":
      return reference(shape, definitions);
    case "either": {
      const forms = [shape.scalar, shape.list, shape.mapping].flatMap((form) => (form ? [form] : []));
      return { anyOf: forms.map((form) => schema(form, definitions)) };
    }
  }
}

function textSchema({ pattern, maxLength, digits }: TextShape): JsonSchema {
  const string = {
    type: "string",
    ...(pattern === undefined ? {} : { pattern }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
  return digits === "meant" ? { anyOf: [string, { type: "integer", minimum: 0 }] } : string;
}

function reference(shape: ObjectShape<unknown>, definitions: Map<string, JsonSchema>): JsonSchema {
  if (!definitions.has(shape.name)) {
    definitions.set(shape.name, {});
    definitions.set(shape.name, { description: shape.title, ...objectSchema(shape, definitions) });
  }
  return { $ref: `#/$defs/${shape.name}` };
}

function objectSchema(shape: ObjectShape<unknown>, definitions: Map<string, JsonSchema>): JsonSchema {
  const fields = Object.entries(shape.fields);
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(fields.map(([key, field]) => [key, schema(field, definitions)])),
  };
}
