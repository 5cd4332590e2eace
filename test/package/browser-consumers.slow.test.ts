import { readFileSync } from "node:fs";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("nbft/consumers explains a table where there is nothing but what browsers have", async () => {
  const { outputFiles } = await build({
    entryPoints: ["src/consumers/index.ts"],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "entry",
    write: false,
    logLevel: "silent",
  });
  const table = Uint8Array.from(readFileSync("test/vectors/firmware/vlan/NBFT.bin"));
  const context = vm.createContext(
    { TextDecoder, TextEncoder, table },
    { codeGeneration: { strings: false, wasm: false } },
  );
  vm.runInContext(`${outputFiles[0]!.text}; this.entry = entry`, context);
  const lines = vm.runInContext(
    `const tables = [{ path: "NBFT", bytes: new Uint8Array(table) }];
    entry.explainTables(tables).tables[0].rows.length + entry.networkConfiguration(tables, "dracut").lines.join()`,
    context,
  ) as string;
  expect(lines).toBe(
    "4ip=192.168.101.30:::24:host-vm:nbft0.7:none,vlan=nbft0.7:nbft0,ifname=nbft0:ea:eb:d3:58:89:58,rd.neednet=1",
  );
});
