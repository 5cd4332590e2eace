import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourceOf, tableOfText } from "../../site/source.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { runCli } from "../helpers/cli.ts";

const forms = readdirSync("test/vectors/forms").map((name) => `test/vectors/forms/${name}`);
const described = readdirSync("examples")
  .filter((name) => /\.(yaml|config)$/.test(name) && !name.includes("mistakes"))
  .map((name) => `examples/${name}`);

/** The tables that the page makes of a file, in hexadecimal; what is wrong with it otherwise. */
function ofPage(name: string, bytes: Uint8Array): readonly string[] | string {
  try {
    const source = sourceOf(name, bytes);
    return source.kind === "tables" ? source.tables.map((table) => Buffer.from(table.bytes).toString("hex")) : "store";
  } catch (error) {
    return (error as Error).message;
  }
}

const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, "utf16le"));
const coloured = (text: string) => text.replace(/^(\s*)([A-Za-z]\w*):/gm, "$1\u001b[32m$2\u001b[0m:");
const yaml = readFileSync("examples/static.yaml", "utf8");

describe("the playground", () => {
  it.each([...forms, ...described])("makes the tables of %s that nbft dump makes", async (file) => {
    const { code, bytes } = await runCli(["dump", "-o", "binary", file]);
    const made = ofPage(file, readFileSync(file));
    if (code === 0) expect([made].flat().join("")).toBe(Buffer.from(bytes).toString("hex"));
    // What nvme-cli shows is enough for the page: it says what the table does not have.
    else if (/show-|efibootmgr|boot-options/.test(file) && Array.isArray(made)) expect(made).not.toEqual([]);
    else expect(made).toEqual(expect.any(String));
  });

  it("undoes UTF-16 and colors, as the commands do", () => {
    const expected = ofPage("a.yaml", new TextEncoder().encode(yaml));
    expect(expected).toHaveLength(1);
    expect(ofPage("a.yaml", utf16(yaml))).toEqual(expected);
    expect(ofPage("a.yaml", new TextEncoder().encode(coloured(yaml)))).toEqual(expected);
    const show = readFileSync("test/vectors/forms/show-2.13-multipath.txt", "utf8");
    expect(ofPage("show.txt", utf16(show))).toEqual(ofPage("show.txt", new TextEncoder().encode(show)));
  });

  it("makes the table of an edited text, whatever its first key is", () => {
    expect(readNbft(tableOfText("a.yaml", yaml)!.bytes).table.hfi).toHaveLength(1);
    expect(() => tableOfText("a.yaml", yaml.replace("interfaces:", "interface:"))).toThrow("interfaces");
    const config = readFileSync("examples/attempt-dual-path.config", "utf8");
    expect(readNbft(tableOfText("Config", config)!.bytes).table.hfi).toHaveLength(2);
  });

  it("says what is wrong with a Config, line by line", () => {
    const source = sourceOf("Config", readFileSync("examples/attempt-dual-path.config"));
    expect(source).toMatchObject({ kind: "tables", text: expect.stringContaining("$Start") });
    const broken = new TextEncoder().encode(
      readFileSync("examples/attempt-dual-path.config", "utf8").replace("$End\n$Start", "Shoe:7\n$End\n$Start"),
    );
    const { tables } = sourceOf("Config", broken) as Extract<ReturnType<typeof sourceOf>, { kind: "tables" }>;
    expect(tables[0]!.notes.join("\n")).toMatch(/line 16, column \d+: \w+ A\d{3} .*Shoe/);
  });
});
