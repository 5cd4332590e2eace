import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bootOptionsIn, variablesOf } from "../../src/sources/boot-options/boot-options.ts";
import { parseEfibootmgr } from "../../src/sources/boot-options/parse-efibootmgr.ts";
import { showOfBootOptions } from "../../src/sources/boot-options/show-of-boot-options.ts";
import { encodeU16List } from "../../src/uefi/boot/boot-numbers.ts";
import { encodeBootOption } from "../../src/uefi/boot/boot-option.ts";
import { vendorGuids } from "../../src/uefi/guids.ts";
import type { Variable } from "../../src/uefi/variable.ts";
import { installDebianTree } from "./debian-tree.ts";

// Debian 13's libefivar 38 dies of these options.
const programs = await installDebianTree({
  name: "efibootmgr-sid",
  suite: "sid",
  version: "1",
  packages: ["bash", "coreutils", "efibootmgr"],
  prepare: () => undefined,
});

const nic = (mac: string) => `PciRoot(0x0)/Pci(0x3,0x0)/MAC(${mac},0x1)`;
const namespace = "NVMeOF(nqn.2014-08.org.example:root,urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b)";
const paths = [
  `${nic("EAEBD3588958")}/IPv4(10.0.0.2,TCP,Static,10.0.0.1,10.0.0.254,255.255.0.0,0,4420)/${namespace}`,
  `${nic("EAEBD3588959")}/Vlan(7)/IPv6(FD00::2,TCP,Static,FD00::1,0x40,::,0,4420)/${namespace}`,
  "HD(1,GPT,03020100-0504-0706-0809-0A0B0C0D0E0F,0x800,0x12C000)/\\EFI\\BOOT\\BOOTX64.EFI",
];
const global = (name: string, data: Uint8Array): Variable => ({ guid: vendorGuids.global, name, attributes: 7, data });
const variables = [
  global("BootOrder", encodeU16List([1, 0, 2])),
  ...paths.map((path, i) =>
    global(
      `Boot000${i}`,
      encodeBootOption({ description: `option ${i}`, paths: [path], optionalData: new Uint8Array(i).fill(0xa5) }),
    ),
  ),
];

describe.skipIf(typeof programs === "string")("efibootmgr of Debian sid", () => {
  const run = (...words: string[]) => {
    if (typeof programs === "string") throw new Error(programs);
    const folder = join(programs.root, "vars");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const { name, guid, attributes, data } of variables)
      writeFileSync(join(folder, `${name}-${guid}`), Uint8Array.from([attributes, 0, 0, 0, ...data]));
    const { status, stdout } = programs.run(["efibootmgr", ...words].join(" "), { EFIVARFS_PATH: "/vars/" });
    expect(status).toBe(0);
    return parseEfibootmgr(stdout.toString());
  };
  const byName = (list: readonly Variable[]) => new Map(list.map(({ name, data }) => [name, [...data]]));

  it("prints with -v what makes the same variables", () => {
    expect(byName(variablesOf(run("-v")).variables)).toEqual(byName(variables));
    expect(showOfBootOptions(run("-v"))).toEqual(showOfBootOptions(bootOptionsIn(variables)));
  });

  it("prints without -v what makes them but for IPv6", () => {
    const made = byName(variablesOf(run()).variables);
    const { Boot0001: _, ...rest } = Object.fromEntries(byName(variables));
    expect(Object.fromEntries(made)).toEqual(rest);
  });
});
