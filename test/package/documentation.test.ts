import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

/** Source of each entry, by its name. */
const entries = Object.entries(exports).flatMap(([name, target]) => {
  const built = (target as { default?: string }).default;
  return built?.endsWith(".js") ? [[name, built.replace("./dist/", "src/").replace(/\.js$/, ".ts")] as const] : [];
});

/** Interfaces of the table's and the variables' models, of drafts and of documents: every field is documented. */
const models = [
  "src/nbft/generated/model.ts",
  "src/uefi/generated/model.ts",
  "src/acpi/generated/model.ts",
  "src/nbft/table.ts",
  "src/document/document.ts",
  "src/document/document-error.ts",
  "src/errors.ts",
  "src/diagnostic.ts",
];

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile) as { config: object };
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
const program = ts.createProgram([...entries.map(([, source]) => source), ...models], options);
const checker = program.getTypeChecker();

/** What an editor shows at the cursor. */
function documentation(symbol: ts.Symbol): string {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return ts.displayPartsToString(target.getDocumentationComment(checker)).trim();
}

function exportsOf(path: string): ts.Symbol[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(path)!);
  return module ? checker.getExportsOfModule(module) : [];
}

describe("documentation at the cursor", () => {
  it.each(entries)("every export of %s has some", (_, source) => {
    const all = exportsOf(source);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((symbol) => documentation(symbol) === "").map(({ name }) => name)).toEqual([]);
  });

  it.each(models)("every field in %s has some", (path) => {
    const fields = exportsOf(path)
      .filter(({ flags }) => flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))
      .flatMap((symbol) =>
        checker
          .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
          // What errors have from JavaScript's own, and their names, is documented there.
          .filter((field) => field.name !== "name" || !symbol.name.endsWith("Error"))
          .filter((field) => field.declarations?.some((each) => each.getSourceFile().fileName.includes("/src/")))
          .map((field) => [`${symbol.name}.${field.name}`, documentation(field)] as const),
      );
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter(([, text]) => text === "").map(([name]) => name)).toEqual([]);
  });

  it.each(entries)("%s has a page that says what it is for", (name, source) => {
    const text = readFileSync(source, "utf8");
    expect(text).toMatch(/^\/\*\*\n \* [^\n]{20}/);
    expect(text.slice(0, text.indexOf("*/"))).toContain(` * @module nbft${name.slice(1)}\n`);
  });
});
