import { describe, expect, it } from "vitest";
import { isBefore, parseMachine, type RouteQuestion, routesFor } from "../../src/machine/qemu/route.ts";

const best = (question: RouteQuestion) => routesFor(question).find(({ usable }) => usable);

const x86 = (more: Partial<RouteQuestion>): RouteQuestion => ({
  architecture: "x86_64",
  machine: "q35",
  firmware: "seabios",
  ...more,
});
const reason = (question: RouteQuestion, name: string) => routesFor(question).find((route) => route.name === name)!;

describe("the best way", () => {
  it.each<[string, RouteQuestion, string | undefined]>([
    ["q35", x86({}), "acpitable"],
    ["pc by version", x86({ machine: "pc-i440fx-7.2" }), "acpitable"],
    ["q35 by version with OVMF", x86({ machine: "pc-q35-10.0", firmware: "ovmf" }), "acpitable"],
    ["microvm", x86({ machine: "microvm" }), "initrd"],
    ["microvm, initrd fixed", x86({ machine: "microvm", initrd: false }), undefined],
    ["isapc", x86({ machine: "isapc", initrd: false }), undefined],
    [
      "q35 without ACPI, OVMF, initrd fixed",
      x86({ machine: "q35,acpi=off", firmware: "ovmf", initrd: false }),
      "table-loader",
    ],
    [
      "q35 without ACPI, SeaBIOS 1.16",
      x86({ machine: "q35,acpi=off", seabios: "1.16.3", initrd: false }),
      "acpitable-or-loader",
    ],
    ["a table of 70000 bytes", x86({ sizes: [70_000] }), "initrd"],
    ["a table of 70000 bytes on Linux 6.1", x86({ sizes: [70_000], kernel: "6.1.176" }), "table-loader"],
    ["a broken table", x86({ broken: true }), "table-loader"],
    ["a broken table on OVMF", x86({ broken: true, firmware: "ovmf" }), undefined],
    ["aarch64", { architecture: "aarch64", machine: "virt" }, "initrd"],
    ["aarch64, Linux 6.1", { architecture: "aarch64", machine: "virt", kernel: "6.1" }, "table-loader"],
    ["aarch64, initrd fixed", { architecture: "aarch64", machine: "virt-9.0", initrd: false }, "table-loader"],
    ["riscv64", { architecture: "riscv64", machine: "virt" }, undefined],
    ["loongarch64", { architecture: "loongarch64", machine: "virt" }, "initrd"],
  ])("%s", (_, question, expected) => {
    const route = best(question);
    if (expected === "acpitable-or-loader") expect(["acpitable", "table-loader"]).toContain(route?.name);
    else expect(route?.name).toBe(expected);
  });
});

describe("reasons", () => {
  it.each<[RouteQuestion, string, RegExp]>([
    [{ architecture: "aarch64", machine: "virt" }, "acpitable", /Option not supported for this target/],
    [x86({ machine: "microvm" }), "acpitable", /drops the table silently/],
    [x86({ machine: "q35,acpi=off", seabios: "1.17.0" }), "acpitable", /only SeaBIOS up to 1\.16/],
    [x86({ sizes: [65_536] }), "acpitable", /65535 is the most/],
    [x86({ broken: true }), "acpitable", /rewrites Length and Checksum/],
    [x86({ kernel: "6.2" }), "initrd", /6\.3 is the first/],
    [x86({ machine: "q35,acpi=off" }), "initrd", /without ACPI/],
    [x86({ broken: true }), "initrd", /refuses a table/],
    [x86({ machine: "microvm" }), "table-loader", /not on microvm/],
  ])("%j", (question, name, message) => {
    expect(reason(question, name)).toMatchObject({ usable: false, reason: expect.stringMatching(message) });
  });

  it("puts usable ways first and gives all three", () => {
    const routes = routesFor(x86({ kernel: "6.1" }));
    expect(routes.map(({ usable }) => usable)).toEqual([true, true, false]);
    expect(routes.map(({ name }) => name).sort()).toEqual(["acpitable", "initrd", "table-loader"]);
  });

  it("says how Linux numbers several tables, and what lockdown may do", () => {
    expect(best(x86({ sizes: [1, 2] }))!.notes.join()).toMatch(/NBFT1, NBFT2/);
    expect(reason(x86({ lockdown: true }), "initrd").notes.join()).toMatch(/locked-down/);
  });
});

it.each([
  ["q35,acpi=off", { type: "q35", acpi: false }],
  ["pc-q35-7.2,kernel_irqchip=off", { type: "q35", acpi: true }],
  ["pc", { type: "pc", acpi: true }],
  ["virt-10.0,gic-version=3,acpi=off", { type: "virt", acpi: false }],
  ["microvm", { type: "microvm", acpi: true }],
])("machine %s", (text, machine) => {
  expect(parseMachine(text)).toEqual(machine);
});

it.each([
  ["6.1", "6.3", true],
  ["6.12.95", "6.3", false],
  ["6.3", "6.3", false],
  ["6.3-rc1+deb", "6.3.0", false],
  [undefined, "6.3", false],
])("%s is before %s: %s", (version, other, before) => {
  expect(isBefore(version, other)).toBe(before);
});
