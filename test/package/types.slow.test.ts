import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../interop/machine.ts";

/**
 * What a program that uses the package may count on, compiled by every TypeScript that people run: each line without a mark compiles, each
 * with one does not. Under plain `strict` as well as with exactOptionalPropertyTypes.
 */
const consumer = `
import { type Bytes, type Diagnostic, decodeNbft, type HfiDescriptor, type NbftTable, readNbft } from "nbft";
import { readFile } from "nbft/acpi";
import { type BootDescription, tableOfBoot } from "nbft/boot";
import { explainTables } from "nbft/consumers";
import { corpus } from "nbft/corpus";
import { diffTables } from "nbft/diff";
import { documentOf, encodeDocument, type NbftDocument, parseDocument, prepareDocument } from "nbft/document";
import { encodeNbft, type NbftDraft, withDefaults } from "nbft/encode";
import { firmwareProfiles } from "nbft/predict";
import { planMachine } from "nbft/qemu";
import { createVariableStore, encodeBootOption, readVariables } from "nbft/uefi";
import { repairNbft, validate } from "nbft/validate";
import { verifyBoot } from "nbft/verify";

declare const input: Uint8Array;
const { table, diagnostics, frame } = readNbft(input);
const worst: readonly Diagnostic[] = diagnostics.filter(({ severity }) => severity === "error");
const strict: NbftTable = decodeNbft(input);

// What a table may lack is undefined.
const [hfi] = table.hfi;
const [ssns] = table.ssns;
if (!hfi || !ssns) throw new Error("nothing there");
// @ts-expect-error transportInfo may be absent
hfi.transportInfo.mac;
// @ts-expect-error a subsystem may have no NQN
const nqn: string = ssns.subsystemNqn;
// @ts-expect-error a host may be absent
table.host.hostNqn;
// @ts-expect-error a name is not a number
const origin: string = hfi.transportInfo?.ipOrigin;
const mac: string | undefined = hfi.transportInfo?.mac;
const trtype: "tcp" | number = ssns.trtype;
const length: number = frame.header.length;
// @ts-expect-error what reading noticed is not for others to change
frame.problems;

// A descriptor as a program writes it, absent fields left out or undefined.
const written: HfiDescriptor = { index: 1, flags: { valid: true }, trtype: "tcp" };
const explicit: HfiDescriptor = { ...written, structureId: undefined, transportInfo: undefined };
const whole: NbftTable = { ...strict, hfi: [written, explicit], host: undefined };

// Drafts and documents.
const draft: NbftDraft = { ssns: [{ traddr: "192.0.2.1", trsvcid: 4420, secondaryHfis: [2] }], host: undefined };
// @ts-expect-error no such field
withDefaults({ ssns: [{ tradr: 1 }] });
// @ts-expect-error no such part
withDefaults({ snns: [] });
// @ts-expect-error no such part
encodeDocument({ snns: [] });
// @ts-expect-error a table has lists
encodeNbft({});
// @ts-expect-error no bytes
readNbft("NBFT");
withDefaults(strict);
const document: NbftDocument = documentOf(readNbft(input));
const parsed: NbftDocument = parseDocument("host: {}");

// Bytes that were made can be handed to the platform.
const made: Bytes = encodeNbft(withDefaults(draft));
const all: Bytes[] = [
  made,
  encodeDocument(document),
  createVariableStore("4M"),
  repairNbft(input).bytes,
  ...Array.from(corpus("types"), ({ bytes }) => bytes),
];
new Blob(all);
void crypto.subtle.digest("SHA-256", made);

export const used = [
  worst, nqn, origin, mac, trtype, length, whole, parsed, readFile, tableOfBoot, explainTables, diffTables, prepareDocument,
  firmwareProfiles, planMachine, encodeBootOption, readVariables, validate, verifyBoot,
] as const;
export type Used = BootDescription;
`;

const root = resolve(import.meta.dirname, "../..");
const folder = scratchFolder("types");
const installed = join(folder, "node_modules/nbft");

function tsc(compiler: string, args: readonly string[]) {
  const program = resolve(root, "node_modules", compiler, "bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

// The package's types as they are published, without the time that all of the package takes to build.
mkdirSync(installed, { recursive: true });
cpSync(join(root, "package.json"), join(installed, "package.json"));
const build = tsc("typescript", [
  "-p",
  join(root, "tsconfig.build.json"),
  "--emitDeclarationOnly",
  "--outDir",
  join(installed, "dist"),
]);
symlinkSync(join(root, "node_modules/yaml"), join(folder, "node_modules/yaml"));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
writeFileSync(join(folder, "consumer.ts"), consumer);

const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
};
const compilers = Object.keys(devDependencies).filter((name) => /^typescript(-|$)/.test(name));

describe("the package's types", () => {
  it("can be made", () => {
    expect(build).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(compilers).toEqual(["typescript", "typescript-5.4", "typescript-5.9", "typescript-7"]);
  });

  describe.each(compilers)("%s", (compiler) => {
    it.each([
      ["nodenext", true],
      ["nodenext", false],
      ["bundler", true],
      ["bundler", false],
    ] as const)(
      "%s, exactOptionalPropertyTypes %s: what should compile does, and nothing else",
      (resolution, exact) => {
        const module = resolution === "bundler" ? "esnext" : "nodenext";
        const compilerOptions = {
          strict: true,
          exactOptionalPropertyTypes: exact,
          skipLibCheck: false,
          noEmit: true,
          target: "es2022",
          lib: ["es2022", "dom", "dom.iterable"],
          types: [],
          module,
          moduleResolution: resolution,
        };
        const configuration = join(folder, `${compiler}-${resolution}-${exact}.json`);
        writeFileSync(configuration, JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
        expect(tsc(compiler, ["-p", configuration])).toEqual({ status: 0, stdout: "", stderr: "" });
      },
    );
  });
});
