import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { libvirtDomain } from "../../src/machine/qemu/libvirt.ts";
import { needsOfTables } from "../../src/machine/qemu/needs.ts";
import { type PlanOptions, planMachine } from "../../src/machine/qemu/plan.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { firmwareTables } from "../helpers/vectors.ts";
import { installDebianTree } from "./debian-tree.ts";
import { describeWith, scratchFolder } from "./machine.ts";

const folder = scratchFolder("libvirt");
const tree = await installDebianTree({
  name: "libvirt-schemas",
  version: "1",
  packages: ["libvirt-common"],
  prepare: () => {},
});
if (typeof tree === "string") console.log(`libvirt's schemas of Debian trixie: could not run: ${tree}`);
/** libvirt's schemas: those of Debian trixie, or a folder that NBFT_LIBVIRT_SCHEMAS names. */
const schemas =
  process.env["NBFT_LIBVIRT_SCHEMAS"] ??
  (typeof tree === "string" ? undefined : join(tree.root, "usr/share/libvirt/schemas"));
const schema = schemas && join(schemas, "domain.rng");

const check = (xml: string, ...more: string[]) => {
  const path = join(folder, "domain.xml");
  writeFileSync(path, xml);
  const { status, stderr } = spawnSync("xmllint", ["--noout", ...more, path], { encoding: "utf8" });
  return status === 0 ? "" : stderr;
};
const options = (more: Partial<PlanOptions>): PlanOptions => ({
  name: "nbft <&'\"> vm",
  architecture: "x86_64",
  machine: "q35",
  accelerators: ["kvm"],
  cpus: 2,
  memory: 1024,
  firmware: { kind: "default" },
  tables: [{ path: "/t/it's <NBFT>" }],
  ...more,
});
const flash = { kind: "flash", code: "/fw/CODE.fd", vars: "/vm/VARS.fd", template: "/fw/VARS.fd" } as const;
const variants: [string, Partial<PlanOptions>][] = [
  ["user network", {}],
  ["bridge", { networks: [{ kind: "bridge", name: "br{n}" }] }],
  ["tap, flash", { networks: [{ kind: "tap", name: "tap{n}" }], firmware: flash }],
  [
    "libvirt network, SMBIOS, items, disk",
    {
      networks: [{ kind: "libvirt", name: "nbft" }],
      smbios: { uuid: "f8131bac-cdef-4165-866b-5998c1e67890", oemStrings: ["io.systemd.credential:a=<b>"] },
      fwCfg: [
        { name: "opt/org.x/y", string: "v" },
        { name: "opt/org.x/f", file: "/f" },
        { name: "opt/ovmf/PcdSetNxForStack", string: "y" },
      ],
      disks: [{ path: "/vm/d.img", format: "raw", blockSize: 4096, readonly: true }],
    },
  ],
  ["kernel and initrd", { kernel: "/k", initrd: "/i", commandLine: 'console=ttyS0 a="b"' }],
  ["stream sockets", { networks: [{ kind: "stream", path: "/tmp/s{n}" }] }],
  ["acpi=off and items", { route: "table-loader", items: [{ name: "etc/table-loader", file: "/f" }] }],
  ["pc", { machine: "pc" }],
  [
    "aarch64",
    {
      architecture: "aarch64",
      machine: "virt",
      firmware: flash,
      route: "table-loader",
      items: [{ name: "etc/table-loader", file: "/f" }],
    },
  ],
];

describeWith(["xmllint"], "libvirt's XML", () => {
  it.each(variants)("%s: is well-formed, and valid by libvirt's schema where that is here", (_, more) => {
    for (const { path, bytes } of firmwareTables) {
      const { spec } = planMachine(needsOfTables([readNbft(bytes).table]), options(more));
      for (const version of [undefined, "9.0.0"]) {
        const xml = libvirtDomain(spec, { version });
        expect(check(xml), path).toBe("");
        if (schema !== undefined) expect(check(xml, "--relaxng", schema), `${path}\n${xml}`).toBe("");
      }
    }
  });

  it.skipIf(schema === undefined)("the schema can tell a wrong one", () => {
    const { spec } = planMachine({ nics: [], destinations: [] }, options({}));
    expect(check(libvirtDomain(spec).replace("type='raw'", "type='cooked'"), "--relaxng", schema!)).not.toBe("");
  });
});
