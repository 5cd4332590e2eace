import { describe, expect, it } from "vitest";
import { bootShape } from "../../src/boot/document.ts";
import { expectation } from "../../src/document/shape/check.ts";
import type { ObjectShape, Shape } from "../../src/document/shape/shape.ts";
import { factsShape } from "../../src/predict/facts.ts";

/** Tables of a shape's fields, a section for each mapping, for the reference pages. */
function reference(shape: ObjectShape<unknown>, level: number): string {
  const sections: string[] = [];
  const seen = new Set<string>();
  const visit = (object: ObjectShape<unknown>) => {
    if (seen.has(object.name)) return;
    seen.add(object.name);
    const rows = Object.entries(object.fields).map(([key, field]) => {
      const example = field.examples?.[0];
      return `| \`${key}\` | ${[
        `${field.title}${field.kind === "object" ? ` ([${field.name}](#${field.name.toLowerCase()}))` : ""}`,
        accepts(field),
        field.required ? "**required**" : (field.otherwise ?? "none"),
        example === undefined ? "" : `\`${JSON.stringify(example)}\``,
      ]
        .map((cell) => cell.replaceAll("|", "\\|"))
        .join(" | ")} |`;
    });
    sections.push(
      `${"#".repeat(level)} ${object.name}\n\n${object.title}.\n\n| key | meaning | value | without it | example |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`,
    );
    for (const inner of Object.values(object.fields).flatMap(objectsIn)) visit(inner);
  };
  visit(shape);
  return sections.join("\n");
}

function objectsIn(shape: Shape): ObjectShape<unknown>[] {
  switch (shape.kind) {
    case "object":
      return [shape];
    case "list":
      return objectsIn(shape.items);
    case "map":
      return objectsIn(shape.values);
    case "either":
      return [shape.scalar, shape.list, shape.mapping].flatMap((form) => (form ? objectsIn(form) : []));
    default:
      return [];
  }
}

function accepts(shape: Shape): string {
  switch (shape.kind) {
    case "word":
      return Object.entries(shape.words)
        .map(([word, meaning]) => `\`${word}\`: ${meaning}`)
        .join("; ");
    case "list":
      return `list: ${accepts(shape.items)}`;
    case "map":
      return `by ${shape.keys.title}: ${accepts(shape.values)}`;
    case "either":
      return [shape.scalar, shape.list, shape.mapping].flatMap((form) => (form ? [accepts(form)] : [])).join(", or ");
    case "object":
      return `[${shape.name}](#${shape.name.toLowerCase()})`;
    default:
      return expectation(shape);
  }
}

const note = (what: string) => `<!-- Made from ${what} by its test; vitest -u writes it. -->\n`;

describe("reference pages are made from the fields themselves (vitest -u writes them)", () => {
  it("docs/boot-description-fields.md", async () => {
    const text = `# Fields of a boot description\n\n${note("src/boot/document.ts")}\nHow they work together is in [Boot descriptions](boot-description.md).\n\n${reference(bootShape as ObjectShape<unknown>, 2)}`;
    await expect(text).toMatchFileSnapshot("../../docs/boot-description-fields.md");
  });

  it("docs/facts.md", async () => {
    const text = `# Facts of a boot\n\n${note("src/predict/facts.ts")}\nWhat \`nbft predict --facts FILE\` takes, in JSON or YAML: everything that decides about the firmware's table and stands in no configuration.\n\n${reference(factsShape as ObjectShape<unknown>, 2)}`;
    await expect(text).toMatchFileSnapshot("../../docs/facts.md");
  });
});
