import { readFileSync } from "node:fs";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { filesBelow } from "../helpers/acpi-vectors.ts";

/** A library entry bundled as a browser would get it; a `node:` import anywhere in it fails the build. */
async function load(entry: string, globals: Record<string, unknown>): Promise<vm.Context> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "entry",
    write: false,
    logLevel: "silent",
  });
  const context = vm.createContext(
    { TextDecoder, TextEncoder, btoa, ...globals },
    { codeGeneration: { strings: false, wasm: false } },
  );
  vm.runInContext(`${outputFiles[0]!.text}; this.entry = entry`, context);
  return context;
}

it("nbft/acpi finds tables where there is nothing but what browsers have", async () => {
  const context = await load("src/acpi/index.ts", {
    dump: Uint8Array.from(readFileSync("test/vectors/acpi/acpidump/two-memory.txt")),
    items: filesBelow("fwcfg/virt"),
  });
  const names = vm.runInContext(
    "entry.readFile(entry.bytesReader(new Uint8Array(dump))).tables.map((table) => table.name).join()",
    context,
  ) as string;
  expect(names).toContain("NBFT1,");
  const captured = vm.runInContext(
    "entry.readTree(entry.memoryTree(Object.fromEntries(Object.entries(items).map(([name, bytes]) => [name, new Uint8Array(bytes)])))).tables.length",
    context,
  );
  expect(captured).toBe(10);
});

it("nbft/qemu plans a machine and writes a disk there, too", async () => {
  const context = await load("src/machine/qemu/index.ts", {});
  const text = vm.runInContext(
    `const plan = entry.planMachine({ nics: [], destinations: [] }, { name: "vm", architecture: "x86_64", machine: "q35", accelerators: ["tcg"], cpus: 1,
      memory: 64, firmware: { kind: "default" }, tables: [{ path: "NBFT" }] });
    const disk = entry.encodeEfiDisk({ files: [{ path: "startup.nsh", data: new TextEncoder().encode(entry.startupScript()) }] });
    entry.formatShell(entry.qemuCommand(plan.spec)) + disk.size`,
    context,
  ) as string;
  expect(text).toContain("-acpitable file=NBFT");
  expect(text).toMatch(/\d{7,}$/);
});
