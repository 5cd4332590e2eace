import { readFileSync } from "node:fs";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { decodeNbft } from "../../src/index.ts";

/** The root export bundled as a browser would get it; a `node:` import anywhere in it fails the build. */
async function browserBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "nbft",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

it("runs where there is nothing but what browsers have, without generating code", async () => {
  const bytes = readFileSync("test/vectors/nbft/made/L13-security-3");
  const context = vm.createContext(
    { TextDecoder, TextEncoder, bytes: Uint8Array.from(bytes) },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const source = await browserBundle();
  vm.runInContext(`${source}; this.nbft = nbft`, context);
  const json = vm.runInContext("JSON.stringify(nbft.decodeNbft(new Uint8Array(bytes)))", context) as string;
  expect(json).toBe(JSON.stringify(decodeNbft(bytes)));
});
