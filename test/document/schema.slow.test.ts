import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { schemas } from "../../scripts/generator/schemas.ts";
import { corpus } from "../../src/corpus/corpus.ts";
import { documentOf } from "../../src/document/document.ts";
import { DocumentError } from "../../src/document/document-error.ts";
import { prepareDocument } from "../../src/document/read-document.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { runCli } from "../helpers/cli.ts";
import { mutated } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";

const folder = resolve(import.meta.dirname, "../../schema");
const written = (name: string) => readFileSync(join(folder, name), "utf8");

/** The committed schema, compiled by a validator that knows nothing of this project. */
function validatorOf(name: string): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true, strictTypes: false }).compile(JSON.parse(written(name)));
}

const document = validatorOf("nbft.schema.json");
const boot = validatorOf("boot.schema.json");

/** What the validator says against a value; nothing for a sound one. */
function complaints(validator: ValidateFunction, value: unknown): string[] {
  validator(value);
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** As it comes from a file: without what is undefined. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const documentOfBytes = (bytes: Uint8Array) => asJson(documentOf(readNbft(bytes)));

describe("the schemas of the package (npm run generate writes them)", () => {
  it.each(Object.entries(schemas()))("%s says what the descriptions say", (name, text) => {
    expect(written(name)).toBe(text);
  });

  it.each(["nbft.schema.json", "boot.schema.json", "facts.schema.json"])("%s can be had from the package", (name) => {
    const path = createRequire(import.meta.url).resolve(`nbft/schema/${name}`);
    expect(path).toBe(join(folder, name));
    const { $id } = JSON.parse(readFileSync(path, "utf8")) as { $id: string };
    expect($id).toBe(`https://unpkg.com/nbft/schema/${name}`);
  });
});

describe("the schema of documents", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "accepts the document of %s",
    (_, bytes) => {
      expect(complaints(document, documentOfBytes(bytes))).toEqual([]);
    },
  );

  it("accepts the document of every table of a corpus", () => {
    for (const { name, bytes } of corpus("schema", { random: 32, mutants: 200 })) {
      if (isTable(bytes)) expect(complaints(document, documentOfBytes(bytes)), name).toEqual([]);
    }
  });

  it("accepts the document of any table that can be read", () => {
    fc.assert(
      fc.property(mutated(allTables.filter(({ bytes }) => bytes.length < 4096).map(({ bytes }) => bytes)), (bytes) => {
        if (isTable(bytes)) expect(complaints(document, documentOfBytes(bytes))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("accepts what dump prints", async () => {
    const { out } = await runCli(["dump", "test/vectors/nbft/made/L13-security-3", "-o", "json"]);
    expect(complaints(document, JSON.parse(out))).toEqual([]);
  });

  const whole = documentOfBytes(table("L13")) as Record<string, unknown>;
  const [hfi] = whole["hfi"] as Record<string, unknown>[];
  const [ssns] = whole["ssns"] as Record<string, unknown>[];
  const info = hfi!["transportInfo"] as Record<string, unknown>;

  it.each([
    ["a list instead of an object", [whole]],
    ["an unknown part", { ...whole, hosts: {} }],
    ["an unknown key", { ...whole, hfi: [{ ...hfi, transportinfo: {} }] }],
    ["a number where text belongs", { ...whole, host: { hostNqn: 7 } }],
    ["an index over 255", { ...whole, hfi: [{ ...hfi, index: 256 }] }],
    ["a negative index", { ...whole, hfi: [{ ...hfi, index: -1 }] }],
    ["half a MAC address", { ...whole, hfi: [{ ...hfi, transportInfo: { ...info, mac: "ea:eb:d3" } }] }],
    ["a UUID without its end", { ...whole, host: { hostId: "f8131bac-cdef-4165-866b" } }],
    ["a PCI function that cannot be", { ...whole, hfi: [{ ...hfi, transportInfo: { ...info, pciSbdf: "00:04.9" } }] }],
    ["a word that is none of the field's", { ...whole, ssns: [{ ...ssns, nidType: "guid" }] }],
    ["a flag that is no yes or no", { ...whole, host: { flags: { valid: "yes" } } }],
    ["more entries than can be counted", { ...whole, hfi: Array.from({ length: 256 }, () => hfi) }],
    ["a layout without the heap", { ...whole, layout: { header: { heapOffset: 320 } } }],
    ["a style that nobody has", { ...whole, layout: { style: "packed" } }],
  ])("refuses %s, and so does the encoder", (_, wrong) => {
    expect(complaints(document, wrong)).not.toEqual([]);
    expect(() => prepareDocument(wrong)).toThrow(DocumentError);
  });
});

describe("the schema of boot descriptions", () => {
  const examples = ["static", "dual-path", "discovery", "discovery-nid", "dhcp", "ipv6", "vlan"];
  const example = (name: string) =>
    parse(readFileSync(resolve(folder, `../examples/${name}.yaml`), "utf8")) as Record<string, unknown>;

  it.each(examples)("accepts examples/%s.yaml", (name) => {
    expect(complaints(boot, example(name))).toEqual([]);
  });

  it("accepts what init makes of a table", async () => {
    const { out } = await runCli(["init", "test/vectors/firmware/multipath/NBFT.bin"]);
    expect(complaints(boot, parse(out))).toEqual([]);
  });

  it.each([
    ["an unknown key", { ...example("static"), interface: [] }],
    ["an address that is none", { ...example("static"), interfaces: [{ mac: "ea:eb:d3:58:89:58", address: 7 }] }],
    ["a VLAN over 4094", { ...example("vlan"), interfaces: [{ mac: "ea:eb:d3:58:89:58", vlan: 5000 }] }],
  ])("refuses %s, and so does encode", async (_, wrong) => {
    expect(complaints(boot, wrong)).not.toEqual([]);
    expect((await runCli(["encode", "-"], { stdin: JSON.stringify(wrong) })).code).toBe(2);
  });
});

function isTable(bytes: Uint8Array): boolean {
  try {
    readNbft(bytes);
    return true;
  } catch {
    return false;
  }
}
