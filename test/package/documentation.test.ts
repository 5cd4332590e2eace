import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { DecodeError } from "../../src/errors.ts";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

/** Source of each entry, by its name. */
const entries = Object.entries(exports).flatMap(([name, target]) => {
  const built = (target as { default?: string }).default;
  return built?.endsWith(".js") ? [[name, built.replace("./dist/", "src/").replace(/\.js$/, ".ts")] as const] : [];
});

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile) as { config: object };
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
const program = ts.createProgram(
  entries.map(([, source]) => source),
  options,
);
const checker = program.getTypeChecker();

const target = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

/** What an editor shows at the cursor. */
const documentation = (symbol: ts.Symbol) =>
  ts.displayPartsToString(target(symbol).getDocumentationComment(checker)).trim();

function exportsOf(path: string): ts.Symbol[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(path)!);
  return module ? checker.getExportsOfModule(module) : [];
}

/** Names and documentation of the fields that an interface, class or type has from src, by their declaration. */
function fieldsOf(symbol: ts.Symbol): [ts.Declaration, { name: string; text: string }][] {
  const { Interface, Class, TypeAlias } = ts.SymbolFlags;
  const type = target(symbol);
  if (!(type.flags & (Interface | Class | TypeAlias))) return [];
  return (
    checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(type))
      // What errors have from JavaScript's own, and their names, is documented there.
      .filter(({ name }) => name !== "name" || !symbol.name.endsWith("Error"))
      .flatMap((field) => {
        const at = field.declarations?.find((each) => each.getSourceFile().fileName.includes("/src/"));
        return at ? [[at, { name: `${symbol.name}.${field.name}`, text: documentation(field) }]] : [];
      })
  );
}

function kindOf(symbol: ts.Symbol): string {
  const { flags } = target(symbol);
  if (flags & ts.SymbolFlags.Class) return "class";
  if (flags & ts.SymbolFlags.Function) return "function";
  return flags & ts.SymbolFlags.Variable ? "const" : "type";
}

describe("names that the package exports", () => {
  it("are these: a change shows here", async () => {
    const lists = entries.map(([name, source]) => {
      const lines = exportsOf(source).map((symbol) => `  ${kindOf(symbol)} ${symbol.name}\n`);
      return `nbft${name.slice(1)}\n${lines.sort().join("")}`;
    });
    await expect(lists.join("\n")).toMatchFileSnapshot("__snapshots__/exports.txt");
  });

  it("are those of every error class, and these extend NbftError", () => {
    const exported = new Set(entries.flatMap(([, source]) => exportsOf(source)).map(target));
    const classes = program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.includes("/src/"))
      .flatMap(({ statements }) => statements.filter(ts.isClassDeclaration))
      .map((each) => checker.getSymbolAtLocation(each.name!)!)
      .filter(({ name }) => name.endsWith("Error"));
    expect(classes.length).toBeGreaterThan(10);
    expect(classes.filter((each) => !exported.has(each)).map(({ name }) => name)).toEqual([]);
    const isOurs = (type: ts.Type): boolean =>
      type.symbol.name === "NbftError" || checker.getBaseTypes(type as ts.InterfaceType).some(isOurs);
    const strange = classes.filter((each) => !isOurs(checker.getDeclaredTypeOfSymbol(each)));
    expect(strange.map(({ name }) => name)).toEqual([]);
  });

  it.each(entries)("are not types where %s has a value of the name", (_, source) => {
    const hidden = exportsOf(source).filter(
      (symbol) =>
        symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration) &&
        target(symbol).flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Function | ts.SymbolFlags.Variable),
    );
    expect(hidden.map(({ name }) => name)).toEqual([]);
  });
});

describe("documentation at the cursor", () => {
  it.each(entries)("every export of %s has some", (_, source) => {
    const all = exportsOf(source);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((symbol) => documentation(symbol) === "").map(({ name }) => name)).toEqual([]);
  });

  it("every field of every exported type has some", () => {
    // Several entries may export a type, and several types have a field from one declaration.
    const fields = new Map(entries.flatMap(([, source]) => exportsOf(source).flatMap(fieldsOf)));
    expect(fields.size).toBeGreaterThan(1000);
    expect([...fields.values()].filter(({ text }) => text === "").map(({ name }) => name)).toEqual([]);
  });

  it.each(entries)("%s has a page that says what it is for", (name, source) => {
    const text = readFileSync(source, "utf8");
    expect(text).toMatch(/^\/\*\*\n \* [^\n]{20}/);
    expect(text.slice(0, text.indexOf("*/"))).toContain(` * @module nbft${name.slice(1)}\n`);
  });
});

describe("what is given in place of bytes", () => {
  const functions = entries.flatMap(([entry, source]) =>
    exportsOf(source)
      .filter((symbol) => kindOf(symbol) === "function")
      .filter((symbol) => {
        const [signature] = checker.getSignaturesOfType(checker.getTypeOfSymbol(target(symbol)), ts.SignatureKind.Call);
        const [first] = signature?.parameters ?? [];
        return (
          first &&
          /^(?:\w+ \| )?Uint8Array(?:<\w+>)?(?: \| \w+)?$/.test(checker.typeToString(checker.getTypeOfSymbol(first)))
        );
      })
      .map(({ name }) => [entry, name, source] as const),
  );

  it("is tried on every function that takes bytes first", () => expect(functions.length).toBeGreaterThan(25));

  it.each(functions)("%s: %s refuses it, and says what to give", async (_, name, source) => {
    const { [name]: tried } = (await import(/* @vite-ignore */ `../../${source}`)) as Record<
      string,
      (...given: unknown[]) => unknown
    >;
    const { buffer } = new Uint8Array(64);
    for (const [given, message] of [
      [undefined, "expected a Uint8Array, got nothing"],
      [buffer, "expected a Uint8Array, got ArrayBuffer: give new Uint8Array(buffer)"],
      ["NBFT", "expected a Uint8Array, got String: give the bytes of a file, not its name or text"],
      [[78, 66, 70, 84], "expected a Uint8Array, got Array"],
    ] as const) {
      const run = () => {
        const made = tried!(given);
        // A generator begins when something is taken from it.
        return (made as Iterator<unknown> | undefined)?.next?.();
      };
      expect(run).toThrow(new DecodeError(message));
    }
  });
});
