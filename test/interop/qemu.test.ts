import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fwCfgItems, readFwCfgTables } from "../../src/acpi/fw-cfg-capture.ts";
import { decodeFwCfgDirectory } from "../../src/acpi/fw-cfg-directory.ts";
import { findRsdps } from "../../src/acpi/memory-tables.ts";
import { elfCoreMemory, rawMemory } from "../../src/acpi/physical-memory.ts";
import { decodeTableLoader } from "../../src/acpi/table-loader.ts";
import { replayTableLoader } from "../../src/acpi/table-loader-replay.ts";
import { type AcpitableOption, applyAcpitable, formatAcpitable } from "../../src/machine/qemu/acpitable.ts";
import { checkMachine } from "../../src/machine/qemu/check-machine.ts";
import { checkFwCfg, type FwCfgArgument, formatFwCfg, q35Items } from "../../src/machine/qemu/fw-cfg-argument.ts";
import { qemuCommand } from "../../src/machine/qemu/machine.ts";
import { needsOfTables } from "../../src/machine/qemu/needs.ts";
import { type PlanOptions, planMachine } from "../../src/machine/qemu/plan.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { captureFwCfg } from "../../src/node/capture-fw-cfg.ts";
import { readContainer } from "../../src/node/containers.ts";
import { openFile } from "../../src/node/file-reader.ts";
import { inspectFile } from "../../src/node/inspect.ts";
import { table } from "../helpers/vectors.ts";
import { describeWith, runToEnd, scratchFolder, startMachine, wait } from "./machine.ts";

const folder = scratchFolder("qemu");
const put = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const x86 = "qemu-system-x86_64";
const small = table("L02");
const multipath = table("multipath/");
const paused = ["-M", "q35", "-m", "64", "-accel", "tcg", "-nodefaults"];
const one = put("one.bin", small);
const two = put("two, with comma.bin", multipath);

/** The tables that a machine has in its fw_cfg, by qtest, before the first instruction. */
async function fwCfgTables(args: readonly string[]) {
  const { items } = await captureFwCfg({ command: [x86, ...paused, ...args], architecture: "x86_64" });
  return readFwCfgTables(fwCfgItems(Object.fromEntries(items))).tables;
}
const userTables = async (options: readonly AcpitableOption[]) =>
  (await fwCfgTables(options.flatMap((option) => ["-acpitable", formatAcpitable(option)])))
    .filter(({ signature }) => !["FACS", "DSDT", "FACP", "APIC", "HPET", "WAET", "RSDT", "MCFG"].includes(signature))
    .map(({ bytes }) => bytes);

describeWith([x86], "QEMU, paused", () => {
  it.each<[string, AcpitableOption, Uint8Array[]]>([
    ["a file", { file: [one] }, [small]],
    ["a path with a comma", { file: [two] }, [multipath]],
    [
      "a wrong checksum",
      {
        file: [
          put(
            "badsum.bin",
            small.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
          ),
        ],
      },
      [small.map((byte, i) => (i === 9 ? byte ^ 1 : byte))],
    ],
    [
      "bytes after the table",
      { file: [put("longer.bin", Uint8Array.from([...small, 1, 2, 3]))] },
      [Uint8Array.from([...small, 1, 2, 3])],
    ],
    ["a cut file", { file: [put("cut.bin", small.slice(0, 300))] }, [small.slice(0, 300)]],
    [
      "header options",
      {
        file: [one],
        sig: "NBFX",
        oemId: "A,B",
        oemTableId: "TOOLONGID",
        oemRev: 2210,
        aslCompilerId: "XY",
        aslCompilerRev: 7,
        rev: 3,
      },
      [small],
    ],
    [
      "a body with its header as options",
      {
        data: [put("body.bin", small.slice(36))],
        sig: "NBFT",
        rev: 1,
        oemId: "LAB   ",
        oemTableId: "LABTABLE",
        oemRev: 1,
        aslCompilerId: "LAB0",
        aslCompilerRev: 1,
      },
      [small.slice(36)],
    ],
    ["a body without a header", { data: [join(folder, "body.bin")] }, [small.slice(36)]],
    [
      "one table of two files",
      { file: [put("a.bin", small.slice(0, 99)), put("b.bin", small.slice(99))] },
      [small.slice(0, 99), small.slice(99)],
    ],
    [
      "the largest table",
      {
        file: [
          put(
            "largest.bin",
            new Uint8Array(65_535).fill(1).map((byte, i) => small[i] ?? byte),
          ),
        ],
      },
      [new Uint8Array(65_535).fill(1).map((byte, i) => small[i] ?? byte)],
    ],
  ])("shows what we say it makes of %s", async (_, option, contents) => {
    expect(await userTables([option])).toEqual([applyAcpitable(option, contents).bytes]);
  });

  it("keeps the order of several tables", async () => {
    expect(await userTables([{ file: [two] }, { file: [one] }])).toEqual([multipath, small]);
  });

  it("has the 15 items that we count with, named in our order", async () => {
    const { directory } = await captureFwCfg({ command: [x86, ...paused], architecture: "x86_64" });
    expect(decodeFwCfgDirectory(directory).entries.map(({ name }) => name)).toEqual(q35Items);
  });

  it("on microvm drops the table silently", async () => {
    const { items } = await captureFwCfg({
      command: [x86, "-M", "microvm", "-m", "64", "-accel", "tcg", "-nodefaults", "-acpitable", `file=${one}`],
      architecture: "x86_64",
    });
    expect(readFwCfgTables(fwCfgItems(Object.fromEntries(items))).tables.map(({ name }) => name)).not.toContain("NBFT");
  });
});

/** What QEMU says, without its name and the argument that it repeats. */
const said = (stderr: string) =>
  stderr
    .trim()
    .split("\n")
    .map((line) => line.replace(/^qemu-system-\w+: /, ""));

describeWith([x86], "QEMU's refusals are what the check says", () => {
  it.each([
    ["35 bytes", small.slice(0, 35)],
    ["65536 bytes", new Uint8Array(65_536)],
  ])("a file of %s", (name, bytes) => {
    const path = put(`${name}.bin`, bytes);
    const { code, stderr } = runToEnd(x86, [...paused, "-S", "-acpitable", `file=${path}`]);
    expect(code).toBe(1);
    expect(stderr).toContain(applyAcpitable({ file: [path] }, [bytes]).diagnostics[0]!.message);
  });

  it("a wrong length is a warning, in its own words", async () => {
    const machine = await startMachine(x86, [
      ...paused,
      "-S",
      "-acpitable",
      `file=${put("len.bin", Uint8Array.from([...small, 0]))}`,
    ]);
    try {
      const [finding] = applyAcpitable({ file: ["x"] }, [Uint8Array.from([...small, 0])]).diagnostics;
      expect(machine.stderr()).toContain(`warning: ${finding!.message}`);
    } finally {
      await machine.end();
    }
  });

  it.each<[string, FwCfgArgument[], number | null]>([
    ["a name too long", [{ name: `opt/${"x".repeat(52)}`, string: "a" }], 1],
    [
      "a name twice",
      [
        { name: "opt/a", string: "a" },
        { name: "opt/a", string: "b" },
      ],
      1,
    ],
    ["QEMU's own item", [{ name: "etc/table-loader", file: one }], 1],
    ["too many", Array.from({ length: 18 }, (_, i) => ({ name: `opt/${i}`, string: "a" })), null],
  ])("-fw_cfg: %s", (_, items, expected) => {
    const { code, signal, stderr } = runToEnd(x86, [
      ...paused,
      "-S",
      ...items.flatMap((item) => ["-fw_cfg", formatFwCfg(item)]),
    ]);
    const errors = checkFwCfg(items).filter(({ severity }) => severity === "error");
    expect(errors).toHaveLength(1);
    if (expected === null) {
      // Too many items are an assertion, not a message.
      expect(signal ?? code).toMatch(/SIGABRT|134/);
      expect(stderr).toContain("fw_cfg_file_slots");
    } else {
      expect(code).toBe(expected);
      expect(stderr).toContain(errors[0]!.message);
    }
  });

  it("17 items fit", async () => {
    const items = Array.from({ length: 17 }, (_, i): FwCfgArgument => ({ name: `opt/${i}`, string: "a" }));
    expect(checkFwCfg(items)).toEqual([]);
    const machine = await startMachine(x86, [
      ...paused,
      "-S",
      ...items.flatMap((item) => ["-fw_cfg", formatFwCfg(item)]),
    ]);
    await machine.end();
  });

  const options = (more: Partial<PlanOptions>): PlanOptions => ({
    name: "vm",
    architecture: "x86_64",
    machine: "q35",
    accelerators: ["tcg"],
    cpus: 1,
    memory: 64,
    firmware: { kind: "default" },
    tables: [{ path: one }],
    ...more,
  });
  const needs = needsOfTables([readNbft(multipath).table]);
  const flash = (code: string, vars: string) => ({ firmware: { kind: "flash" as const, code, vars } });

  it.each<[string, Partial<PlanOptions>]>([
    ["a table that is not there", { tables: [{ path: join(folder, "nope") }] }],
    ["code that is not there", flash(join(folder, "nope.fd"), one)],
    ["a flash above 8 MiB", flash(put("8m.fd", new Uint8Array(8 << 20)), put("4k.fd", new Uint8Array(4096)))],
    ["a disk that is not there", { disks: [{ path: join(folder, "nope.img"), format: "raw" }] }],
    ["an item whose file is not there", { fwCfg: [{ name: "opt/x", file: join(folder, "nope") }] }],
  ])("the whole command: %s", (_, more) => {
    const { spec } = planMachine(needs, options(more));
    const { program, options: words } = qemuCommand({ ...spec, console: "null" });
    const { code, stderr } = runToEnd(program, [...words.flat(), "-S"]);
    const errors = checkMachine(spec, inspectFile).filter(({ severity }) => severity === "error");
    expect(code).toBe(1);
    // The wording of a missing -acpitable file changed with QEMU 11.
    const expected = errors.map(({ message }) => message.replace(/ \(\d+\)$/, ""));
    const newer = expected.map((message) => message.replace(/^can't open file (.*): /, "Could not open '$1': "));
    const predicted = said(stderr).some((line) => [...expected, ...newer].some((message) => line.includes(message)));
    expect(predicted, `${stderr}\nexpected one of: ${expected.join("; ")}`).toBe(true);
  });

  it("a sound command starts, with each NIC at its place", async () => {
    const { spec } = planMachine(needs, options({}));
    expect(checkMachine(spec, inspectFile)).toEqual([]);
    const { program, options: words } = qemuCommand({ ...spec, console: "null" });
    const machine = await startMachine(program, [...words.filter(([name]) => name !== "-display").flat(), "-S"]);
    try {
      const [bus] = (await machine.execute("query-pci")) as {
        devices: { slot: number; function: number; id: { vendor: number } }[];
      }[];
      expect(bus!.devices.filter(({ id }) => id.vendor === 0x1af4).map(({ slot, function: fn }) => [slot, fn])).toEqual(
        [
          [3, 0],
          [4, 0],
        ],
      );
      const network = String(await machine.execute("human-monitor-command", { "command-line": "info network" }));
      expect(network).toMatch(/macaddr=ea:eb:d3:58:89:58[\s\S]*macaddr=ea:eb:d3:59:89:59/);
      expect(network).toContain("net=192.168.101.0");
    } finally {
      await machine.end();
    }
  });
});

describeWith(["qemu-system-aarch64"], "QEMU for Arm", () => {
  it("refuses -acpitable in the words of the check", () => {
    const { code, stderr } = runToEnd("qemu-system-aarch64", [
      "-M",
      "virt",
      "-accel",
      "tcg",
      "-acpitable",
      `file=${one}`,
      "-S",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("Option not supported for this target");
  });

  it("takes flash of 64 MiB only, in the words of the check", () => {
    const code = put("small.fd", new Uint8Array(1 << 20));
    const vars = put("arm-vars.fd", new Uint8Array(64 << 20));
    const { spec } = planMachine(
      { nics: [], destinations: [] },
      {
        name: "vm",
        architecture: "aarch64",
        machine: "virt",
        accelerators: ["tcg"],
        cpus: 1,
        memory: 128,
        firmware: { kind: "flash", code, vars },
        tables: [],
      },
    );
    const { program, options } = qemuCommand({ ...spec, console: "null" });
    const { stderr } = runToEnd(program, [...options.flat(), "-S"]);
    const finding = checkMachine(spec, inspectFile).find(({ rule }) => rule === "Q032")!;
    expect(stderr).toContain(finding.message.replace(/^.*?: /, ""));
  });
});

const ovmf = { code: "/usr/share/OVMF/OVMF_CODE_4M.fd", vars: "/usr/share/OVMF/OVMF_VARS_4M.fd" };

describeWith([x86], "memory of a machine", () => {
  const dump = async (name: string, args: readonly string[], ready: (raw: string) => boolean) => {
    const machine = await startMachine(x86, [
      "-M",
      "q35",
      "-m",
      "256",
      "-accel",
      "tcg",
      "-nodefaults",
      ...args,
      "-acpitable",
      formatAcpitable({ file: [one] }),
      "-acpitable",
      formatAcpitable({ file: [two] }),
    ]);
    const raw = join(folder, `${name}.raw`);
    const elf = join(folder, `${name}.elf`);
    try {
      for (let i = 0; i < 60; i++) {
        await wait(1000);
        await machine.execute("stop");
        await machine.execute("pmemsave", { val: 0, size: 256 << 20, filename: raw });
        if (ready(raw)) break;
        await machine.execute("cont");
      }
      await machine.execute("dump-guest-memory", { paging: false, protocol: `file:${elf}` });
    } finally {
      await machine.end();
    }
    return { raw, elf };
  };
  const hasTables = (raw: string) => readContainer(raw, { from: "memory" }).tables.some(({ name }) => name === "NBFT2");

  describe("that SeaBIOS has set up", () => {
    let files: { raw: string; elf: string };
    beforeAll(async () => {
      files = await dump("seabios", [], hasTables);
    });

    it.each(["raw", "elf"] as const)("gives the tables: %s", (kind) => {
      const { tables, kind: found, diagnostics } = readContainer(files[kind]);
      expect(found).toBe(kind === "raw" ? "memory" : "elf-core");
      expect(tables.filter(({ signature }) => signature === "NBFT").map(({ bytes }) => bytes)).toEqual([
        small,
        multipath,
      ]);
      expect(tables.map(({ name }) => name)).toEqual([
        "RSDT",
        "FACP",
        "DSDT",
        "FACS",
        "APIC",
        "HPET",
        "MCFG",
        "WAET",
        "NBFT1",
        "NBFT2",
      ]);
      expect(diagnostics).toEqual([]);
    });

    it("holds what a replay of its fw_cfg script makes", async () => {
      const { items } = await captureFwCfg({
        command: [
          x86,
          "-M",
          "q35",
          "-m",
          "256",
          "-accel",
          "tcg",
          "-nodefaults",
          "-acpitable",
          formatAcpitable({ file: [one] }),
          "-acpitable",
          formatAcpitable({ file: [two] }),
        ],
        architecture: "x86_64",
        firmwareTime: 5000,
      });
      const { tables } = readContainer(files.raw);
      const base = tables.find(({ name }) => name === "FACS")!.address!;
      const reader = openFile(files.raw);
      const [rsdp] = findRsdps(rawMemory(reader));
      const { commands } = decodeTableLoader(items.get("etc/table-loader")!);
      const replay = replayTableLoader(commands, (name) => items.get(name), {
        "etc/acpi/tables": base,
        "etc/acpi/rsdp": rsdp!.address,
      });
      const blob = replay.files.get("etc/acpi/tables")!;
      // The FACS has a lock that the firmware may use; everything after it is final.
      const end = tables.find(({ name }) => name === "RSDT")!;
      const length = end.address! + end.bytes.length - base;
      expect(Buffer.compare(reader.read(base + 64, length - 64), blob.subarray(64, length))).toBe(0);
      reader.close();
    });
  });

  describe.skipIf(!inspectFile(ovmf.code))("that OVMF has set up", () => {
    let files: { raw: string; elf: string };
    beforeAll(async () => {
      const vars = put("vars.fd", inspectFile(ovmf.vars)!.bytes()!);
      files = await dump(
        "ovmf",
        ["-drive", `if=pflash,format=raw,readonly=on,file=${ovmf.code}`, "-drive", `if=pflash,format=raw,file=${vars}`],
        hasTables,
      );
    });

    it.each(["raw", "elf"] as const)("gives the tables by its XSDT, whose pointer is not aligned: %s", (kind) => {
      const { tables, diagnostics } = readContainer(files[kind]);
      expect(tables.filter(({ signature }) => signature === "NBFT").map(({ bytes }) => bytes)).toEqual([
        small,
        multipath,
      ]);
      expect(tables[0]).toMatchObject({ name: "XSDT" });
      expect(diagnostics).toEqual([]);
      const reader = openFile(files[kind]);
      const pointers = findRsdps(kind === "raw" ? rawMemory(reader) : elfCoreMemory(reader));
      reader.close();
      expect(pointers.map(({ address, revision }) => [address & 0xf, revision])).toEqual([
        [0, 0],
        [4, 2],
      ]);
    });
  });
});
