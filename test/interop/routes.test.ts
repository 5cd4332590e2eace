import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { fwCfgItems } from "../../src/acpi/fw-cfg-capture.ts";
import { initrdTablePath, readInitrd, refusal } from "../../src/acpi/initrd.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { concatBytes } from "../../src/bytes/concat.ts";
import { injectionArguments, injectTables, itemFileName } from "../../src/machine/qemu/inject.ts";
import { type MachineFirmware, type MachineSpec, qemuCommand } from "../../src/machine/qemu/machine.ts";
import { needsOfTables } from "../../src/machine/qemu/needs.ts";
import { captureShape, type PlanOptions, planMachine } from "../../src/machine/qemu/plan.ts";
import { routesFor } from "../../src/machine/qemu/route.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { captureFwCfg } from "../../src/node/capture-fw-cfg.ts";
import { readContainer } from "../../src/node/containers.ts";
import { table } from "../helpers/vectors.ts";
import { debianKernel, guestInitrd, runGuest, sendTables, staticBusybox } from "./guest.ts";
import { describeWith, scratchFolder, startMachine, wait } from "./machine.ts";

const folder = scratchFolder("routes");
const put = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const multipath = table("multipath/");
const vlan = table("vlan/");
const tables = [multipath, vlan];
const files = tables.map((bytes, i) => ({ path: put(`table${i + 1}.bin`, bytes), size: bytes.length }));
const needs = needsOfTables(tables.map((bytes) => readNbft(bytes).table));
const x86 = "qemu-system-x86_64";
const trixie = debianKernel("trixie", "amd64");
const bookworm = debianKernel("bookworm", "amd64");
for (const found of [trixie, bookworm]) if ("missing" in found) console.log(`routes: could not run: ${found.missing}`);
const busyboxFile = staticBusybox();
if (busyboxFile === undefined)
  console.log("routes: could not run: no static busybox (Debian: apt install busybox-static)");
const initrd =
  busyboxFile === undefined
    ? new Uint8Array(0)
    : guestInitrd(new Uint8Array(readFileSync(busyboxFile)), `${sendTables}\nsend pci ls /sys/bus/pci/devices`);
const ready = busyboxFile !== undefined && !("missing" in trixie);

const ovmfCode = "/usr/share/OVMF/OVMF_CODE_4M.fd";
const seabios: MachineFirmware = { kind: "default" };
const ovmf = (): MachineFirmware => {
  const vars = join(folder, "vars.fd");
  copyFileSync("/usr/share/OVMF/OVMF_VARS_4M.fd", vars);
  return { kind: "flash", code: ovmfCode, vars };
};
const firmwares: [string, () => MachineFirmware][] = [
  ["SeaBIOS", () => seabios],
  ...(existsSync(ovmfCode) ? [["OVMF", ovmf] as [string, () => MachineFirmware]] : []),
];
if (!existsSync(ovmfCode)) console.log("routes: could not run on OVMF: no /usr/share/OVMF (Debian: apt install ovmf)");

function options(more: Partial<PlanOptions>): PlanOptions {
  return {
    name: "nbft-routes",
    architecture: "x86_64",
    machine: "q35",
    accelerators: ["tcg"],
    cpus: 1,
    memory: 256,
    firmware: seabios,
    tables: files,
    kernel: "path" in trixie ? trixie.path : "none",
    initrd: put("initrd.img", initrd),
    commandLine: "console=ttyS0 panic=-1",
    ...more,
  };
}

async function boot(spec: MachineSpec) {
  const { program, options: words } = qemuCommand(spec);
  return runGuest(program, words.filter(([name]) => name !== "-display" && name !== "-serial").flat());
}

/** The tables that sysfs shows, in the order of their names. */
const shown = ({ files: sent }: Awaited<ReturnType<typeof boot>>) =>
  [...sent].filter(([name]) => name.startsWith("tables/")).map(([name, bytes]) => [name.slice(7), bytes] as const);

async function injected(firmware: MachineFirmware, list: readonly Uint8Array[]) {
  const bare = planMachine(needs, options({ firmware, tables: [] }));
  const { program, options: words } = qemuCommand(captureShape(bare.spec));
  const { items } = await captureFwCfg({
    command: [program, ...words.filter(([name]) => name !== "-display").flat()],
    architecture: "x86_64",
    firmwareTime: firmware.kind === "default" ? 4000 : 10_000,
  });
  const injection = injectTables(fwCfgItems(Object.fromEntries(items)), list);
  for (const [name, bytes] of injection.items) put(itemFileName(name), bytes);
  return planMachine(
    needs,
    options({
      firmware,
      route: "table-loader",
      items: injectionArguments(injection, (name) => join(folder, itemFileName(name))),
    }),
  );
}

describeWith([x86], "tables in a guest, byte for byte", () => {
  describe.skipIf(!ready).each(firmwares)("on %s", (name, firmware) => {
    it("by -acpitable", async () => {
      const { spec, route } = planMachine(needs, options({ firmware: firmware() }));
      expect(route.name).toBe("acpitable");
      const report = await boot(spec);
      expect(shown(report)).toEqual([
        ["NBFT1", multipath],
        ["NBFT2", vlan],
      ]);
      // The cards are where the tables say.
      const pci = new TextDecoder().decode(report.files.get("pci"));
      expect(pci).toContain("0000:00:03.0");
      expect(pci).toContain("0000:00:04.0");
    });

    it("by the initrd", async () => {
      const early = encodeCpio(tables.map((data, i) => ({ name: `${initrdTablePath}nbft${i + 1}.aml`, data })));
      const { spec } = planMachine(
        needs,
        options({
          firmware: firmware(),
          route: "initrd",
          initrdWithTables: put("early.img", concatBytes([early, initrd])),
        }),
      );
      const report = await boot(spec);
      expect(shown(report)).toEqual([
        ["NBFT1", multipath],
        ["NBFT2", vlan],
      ]);
      expect(report.dmesg).toContain("NBFT ACPI table found in initrd [kernel/firmware/acpi/nbft1.aml][0x46d]");
    });

    it("by fw_cfg items and acpi=off", async () => {
      const { spec } = await injected(firmware(), tables);
      expect(spec.machine).toBe("q35,acpi=off");
      expect(shown(await boot(spec))).toEqual([
        ["NBFT1", multipath],
        ["NBFT2", vlan],
      ]);
    });

    it("a wrong checksum by fw_cfg items: SeaBIOS hands it over, OVMF does not", async () => {
      const broken = multipath.map((byte, i) => (i === 9 ? byte ^ 0x55 : byte));
      const { spec } = await injected(firmware(), [broken, vlan]);
      expect(shown(await boot(spec))).toEqual(
        name === "SeaBIOS"
          ? [
              ["NBFT1", broken],
              ["NBFT2", vlan],
            ]
          : [["NBFT", vlan]],
      );
    });
  });

  it.skipIf(!ready)("buses behind bridges have the numbers that the table names", async () => {
    const nics = needs.nics.map((nic, i) => ({ ...nic, pci: `0000:0${i + 1}:00.0` }));
    for (const machine of ["q35", "pc"] as const) {
      const placed = machine === "q35" ? nics : nics.map((nic, i) => ({ ...nic, pci: `0000:0${i + 1}:02.0` }));
      const { spec, diagnostics } = planMachine({ ...needs, nics: placed }, options({ machine }));
      expect(diagnostics.filter(({ rule }) => rule === "Q042")).toEqual([]);
      const pci = new TextDecoder().decode((await boot(spec)).files.get("pci"));
      for (const { pci: place } of placed) expect(pci, machine).toContain(place);
    }
  });

  it.skipIf(!ready)("a lone table is called NBFT", async () => {
    const { spec } = planMachine(needs, options({ tables: files.slice(0, 1) }));
    expect(shown(await boot(spec))).toEqual([["NBFT", multipath]]);
  });

  it.skipIf(!ready)("the kernel refuses in an initrd what we say it refuses, and finds the rest", async () => {
    const cases: Record<string, Uint8Array> = {
      sum: multipath.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
      length: Uint8Array.from([...multipath, 0]),
      short: multipath.slice(0, 20),
      "a-rather-long-name.aml": vlan,
    };
    const early = encodeCpio([
      ...Object.entries(cases).map(([name, data]) => ({ name: initrdTablePath + name, data })),
      { name: `./${initrdTablePath}dotted`.slice(2), data: multipath },
    ]);
    const { spec } = planMachine(
      needs,
      options({ route: "initrd", initrdWithTables: put("odd.img", concatBytes([early, initrd])) }),
    );
    const { dmesg, ...report } = await boot(spec);
    for (const [name, data] of Object.entries(cases)) {
      const why = refusal(data);
      if (why !== undefined)
        expect(dmesg).toContain(`ACPI OVERRIDE: ${why.replace(/ \(.*\)$/, "")} [${initrdTablePath}${name}]`);
    }
    const predicted = readInitrd(bytesReader(early));
    const refused = new Set(predicted.diagnostics.filter(({ rule }) => rule === "K013").map(({ path }) => path));
    const taken = predicted.tables.filter(({ origin }) => !refused.has(origin)).map(({ bytes }) => bytes);
    expect(shown({ dmesg, ...report }).map(([, bytes]) => bytes)).toEqual(taken);
    expect(dmesg).toContain(`found in initrd [${initrdTablePath}a-rather-long-nam`);
  });

  it.skipIf(!ready)("a table of the machine is replaced by the initrd's only with a greater OEM revision", async () => {
    const newer = multipath.slice();
    newer[24] = 1;
    newer[9] = newer[9]! - 1;
    for (const [image, expected] of [
      [newer, newer],
      [multipath, multipath],
    ] as const) {
      const machineTable = image === newer ? multipath : newer;
      const early = encodeCpio([{ name: `${initrdTablePath}nbft.aml`, data: image }]);
      const { spec } = planMachine(
        needs,
        options({
          tables: [{ path: put("machine.bin", machineTable) }],
          initrd: put("both.img", concatBytes([early, initrd])),
        }),
      );
      const found = shown(await boot(spec));
      expect(found).toEqual([["NBFT", image === newer ? expected : newer]]);
    }
  });

  it.skipIf(busyboxFile === undefined || "missing" in bookworm)(
    "Linux 6.1 does not take one from an initrd, as the route says",
    async () => {
      const kernel = "path" in bookworm ? bookworm.path : "";
      expect(
        routesFor({ architecture: "x86_64", machine: "q35", kernel: /vmlinuz-(\d+\.\d+)/.exec(kernel)![1]! }).find(
          ({ name }) => name === "initrd",
        )!.usable,
      ).toBe(false);
      const early = encodeCpio([{ name: `${initrdTablePath}nbft.aml`, data: multipath }]);
      const { spec } = planMachine(
        needs,
        options({ kernel, route: "initrd", initrdWithTables: put("old.img", concatBytes([early, initrd])) }),
      );
      const report = await boot(spec);
      expect(shown(report)).toEqual([]);
      expect(report.dmesg).toContain("ACPI OVERRIDE: Unknown signature [kernel/firmware/acpi/nbft.aml]");
    },
  );
});

const armCode = "/usr/share/AAVMF/AAVMF_CODE.fd";
describeWith(["qemu-system-aarch64"], "a table in Arm's virt", () => {
  it.skipIf(!existsSync(armCode))("by fw_cfg items and acpi=off: the firmware publishes it byte for byte", async () => {
    const vars = join(folder, "arm-vars.fd");
    copyFileSync("/usr/share/AAVMF/AAVMF_VARS.fd", vars);
    const arm = (more: Partial<PlanOptions>) =>
      options({
        architecture: "aarch64",
        machine: "virt",
        firmware: { kind: "flash", code: armCode, vars },
        cpu: "cortex-a57",
        kernel: undefined,
        initrd: undefined,
        commandLine: undefined,
        ...more,
      });
    const bare = planMachine(needs, arm({ tables: [] }));
    const shape = qemuCommand(captureShape(bare.spec));
    const { items } = await captureFwCfg({
      command: [shape.program, ...shape.options.filter(([name]) => name !== "-display").flat()],
      architecture: "aarch64",
    });
    const injection = injectTables(fwCfgItems(Object.fromEntries(items)), tables);
    expect(injection.diagnostics).toEqual([]);
    for (const [name, bytes] of injection.items) put(`arm-${itemFileName(name)}`, bytes);
    const { spec } = planMachine(
      needs,
      arm({
        route: "table-loader",
        items: injectionArguments(injection, (name) => join(folder, `arm-${itemFileName(name)}`)),
      }),
    );
    const { program, options: words } = qemuCommand({ ...spec, console: "null" });
    const machine = await startMachine(program, words.filter(([name]) => name !== "-display").flat());
    const image = join(folder, "arm.elf");
    try {
      for (let i = 0; i < 24; i++) {
        await wait(5000);
        await machine.execute("stop");
        await machine.execute("dump-guest-memory", { paging: false, protocol: `file:${image}` });
        const { tables: found } = readContainer(image);
        const published = found.filter(({ signature, origin }) => signature === "NBFT" && origin.startsWith("XSDT"));
        if (published.length > 0) {
          expect(published.map(({ bytes }) => bytes)).toEqual(tables);
          return;
        }
        await machine.execute("cont");
      }
      expect.fail("the firmware published no NBFT within two minutes");
    } finally {
      await machine.end();
    }
  });
});
