import { describe, expect, it } from "vitest";
import { bootShape } from "../../src/boot/document.ts";
import { bootSchema } from "../../src/boot/schema.ts";
import { checkValue } from "../../src/document/shape/check.ts";
import { object, required, type Shape } from "../../src/document/shape/shape.ts";

describe("JSON Schema of the boot description", () => {
  it("is what is committed (vitest -u writes it)", async () => {
    const text = `${JSON.stringify(bootSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../schema/boot.schema.json");
  });

  it("every example value of every field is accepted by the field itself", () => {
    let tried = 0;
    for (const [path, shape] of fieldsOf(bootShape, "")) {
      for (const example of shape.examples ?? []) {
        const wrapper = object("example", "Example", { value: required(shape) });
        const { problems } = checkValue({ value: example }, wrapper);
        expect(problems, `${path}: ${JSON.stringify(example)}`).toEqual([]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(40);
  });

  it("every text, number, list and alternative of the document has an example", () => {
    const silent = [...fieldsOf(bootShape, "")].filter(
      ([path, { kind, examples }]) =>
        !/(\[\]|\|)$/.test(path) && /text|integer|list|either/.test(kind) && examples === undefined,
    );
    // The lists at the top are what a whole file is an example of.
    expect(silent.map(([path]) => path)).toEqual(["interfaces", "targets", "attempts"]);
  });
});

function* fieldsOf(shape: Shape, path: string): Generator<[string, Shape]> {
  yield [path, shape];
  if (shape.kind === "list") yield* fieldsOf(shape.items, `${path}[]`);
  if (shape.kind === "either") {
    for (const form of [shape.scalar, shape.list, shape.mapping]) if (form) yield* fieldsOf(form, `${path}|`);
  }
  if (shape.kind !== "object") return;
  for (const [key, field] of Object.entries(shape.fields)) yield* fieldsOf(field, path ? `${path}.${key}` : key);
}
