import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bootOptionsIn, variablesOf } from "../../src/sources/boot-options/boot-options.ts";
import { isEfibootmgr, parseEfibootmgr } from "../../src/sources/boot-options/parse-efibootmgr.ts";
import { showOfBootOptions } from "../../src/sources/boot-options/show-of-boot-options.ts";
import { sourceTextOf } from "../../src/sources/text-forms.ts";
import { parseQemuJson } from "../../src/uefi/files/qemu-json.ts";
import type { Variable } from "../../src/uefi/variable.ts";

const textOf = (name: string) => readFileSync(new URL(`../vectors/forms/${name}`, import.meta.url), "utf8");
/** The variables that efibootmgr was run on. */
const real = parseQemuJson(textOf("boot-options.json"));
const content = (variables: readonly Variable[]) =>
  Object.fromEntries(variables.map(({ name, data }) => [name, Buffer.from(data).toString("hex")]));
const parsed = (name: string) => parseEfibootmgr(textOf(name));
/** UiApp is hidden, which efibootmgr does not show. */
const { Boot0000: hidden, ...shown } = content(real);
const uiApp = hidden!.replace(/^09/, "01");

describe("variables of what real efibootmgr prints", () => {
  it("are the real ones, byte for byte, where it prints bytes (18 -v)", () => {
    const { variables, notes } = variablesOf(parsed("efibootmgr-18-v.txt"));
    expect(content(variables)).toEqual({ ...shown, Boot0000: uiApp });
    expect(notes).toEqual([]);
    expect(variables.find(({ name }) => name === "BootCurrent")?.attributes).toBe(6);
  });

  it("are the real ones but for what its text loses (18)", () => {
    const { Boot0003: _, ...rest } = shown;
    const { variables, notes } = variablesOf(parsed("efibootmgr-18.txt"));
    expect(content(variables)).toEqual({ ...rest, Boot0000: uiApp });
    expect(notes).toEqual([expect.stringMatching(/^Boot0003 is left out: the text does not show all of IPv6\(/)]);
  });

  it("have no gateway, netmask and no words for a loader where its text has none (17 -v)", () => {
    const { variables, notes } = variablesOf(parsed("efibootmgr-17-v.txt"));
    const made = content(variables);
    for (const name of ["Boot0002", "BootOrder", "Timeout", "BootNext"]) expect(made[name]).toBe(shown[name]);
    expect(made["Boot0000"]).toBe(uiApp);
    // The IPv4 node of 19 bytes, which has neither.
    expect(made["Boot0001"]).toContain("030c1300c0a8651ec0a865140000441106000103225a0003bee9c2b7");
    expect(notes).toEqual([
      "Boot0001: its optional data are left out: the text does not show all of them",
      expect.stringContaining("Boot0003 is left out"),
      "Boot0004: its optional data are left out: the text does not show all of them",
    ]);
  });

  it("are none where it prints no paths (17)", () => {
    const { variables, notes } = variablesOf(parsed("efibootmgr-17.txt"));
    expect(Object.keys(content(variables))).toEqual(["BootNext", "BootCurrent", "Timeout", "BootOrder"]);
    expect(notes).toHaveLength(6);
  });

  it("are the best of two outputs in one text", () => {
    for (const names of [
      ["efibootmgr-18-v.txt", "efibootmgr-17.txt"],
      ["efibootmgr-17.txt", "efibootmgr-18-v.txt"],
    ])
      expect(content(variablesOf(parseEfibootmgr(names.map(textOf).join("\n"))).variables)).toEqual({
        ...shown,
        Boot0000: uiApp,
      });
  });
});

describe("the way that text takes", () => {
  const text = textOf("efibootmgr-18-v.txt");
  it.each([
    ["a mail", text.replace(/^/gm, "> ")],
    ["a mail that wraps lines", text.replace(/(.{60,76}) (?=[0-9a-f]{2}|\/)/g, "$1\n")],
    ["Markdown", `# Boot options\n\n\`\`\`\n$ sudo efibootmgr -v\n${text}\`\`\`\n`],
    ["a terminal that shows tabs as blanks", text.replaceAll("\t", "    ")],
    ["Windows", text.replaceAll("\n", "\r\n")],
  ])("through %s", (_, changed) => {
    expect(isEfibootmgr(changed)).toBe(true);
    expect(variablesOf(parseEfibootmgr(changed)).variables).toEqual(variablesOf(parseEfibootmgr(text)).variables);
  });
});

describe("what NVMe-oF device paths say", () => {
  const show = showOfBootOptions(parsed("efibootmgr-18-v.txt"))!;

  it("is interfaces and subsystems, in the boot order", () => {
    expect(show).toEqual(showOfBootOptions(bootOptionsIn(real)));
    expect(show.hfis).toEqual([
      expect.objectContaining({
        mac: "ea:eb:d3:58:89:58",
        pci: "0:0:3.0",
        ipAddress: "192.168.101.30",
        prefix: 24,
        gateway: "192.168.101.1",
        ipOrigin: 1,
      }),
      // Behind a bridge, whose bus number no path has; DHCP; no gateway.
      expect.objectContaining({ mac: "ea:eb:d3:59:89:59", pci: undefined, ipOrigin: 3, gateway: undefined }),
      expect.objectContaining({ mac: "ea:eb:d3:58:89:58", vlan: 10, ipAddress: "fd00::30", prefix: 64, ipOrigin: 4 }),
    ]);
    expect(show.subsystems?.map(({ traddr, trsvcid, hfis }) => [traddr, trsvcid, hfis])).toEqual([
      ["192.168.101.20", "4420", [1]],
      ["192.168.110.20", "4420", [2]],
      ["fd00::20", "4420", [3]],
    ]);
    for (const { nqn, nidType, nid } of show.subsystems!)
      expect([nqn, nidType, nid]).toEqual([
        "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
        "uuid",
        "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
      ]);
    expect(show.notes).toEqual(["Boot0003 is not active: the firmware does not try it by itself"]);
  });

  it("leaves out what the text does not show, and says so", () => {
    const older = showOfBootOptions(parsed("efibootmgr-17-v.txt"))!;
    expect(older.hfis?.map(({ ipAddress, prefix }) => [ipAddress, prefix])).toEqual([
      ["192.168.101.30", undefined],
      ["192.168.110.30", undefined],
    ]);
    expect(older.notes).toEqual([
      "Boot0001: its path has no netmask",
      "Boot0005: its path has no netmask",
      "Boot0003 is left out: the addresses in its path are not shown in full",
    ]);
  });

  it("is not guessed where release 17 writes two addresses without anything between them", () => {
    const shows = (addresses: string) =>
      showOfBootOptions(
        parseEfibootmgr(textOf("efibootmgr-17-v.txt").replace("192.168.101.30192.168.101.20", addresses)),
      )?.subsystems?.map(({ traddr }) => traddr);
    expect(shows("10.0.0.110.0.0.2")).toContain("10.0.0.2");
    expect(shows("10.0.0.1:123410.0.0.2")).toContain("10.0.0.2");
    // 10.0.0.1 and 192.168.1.5, 10.0.0.11 and 92.168.1.5, or 10.0.0.119 and 2.168.1.5?
    expect(shows("10.0.0.1192.168.1.5")).toEqual(["192.168.110.20"]);
  });

  it("is nothing where no option boots from NVMe-oF", () => {
    expect(sourceTextOf(textOf("efibootmgr-17.txt"))).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(
        /^output of efibootmgr without an NVMe-oF device path \(efibootmgr -v shows them\): copy/,
      ),
    });
    expect(sourceTextOf(textOf("efibootmgr-18-v.txt"))).toEqual({ kind: "show", shows: [show] });
  });
});
