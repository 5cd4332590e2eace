import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { type CpioFile, encodeCpio } from "../acpi/cpio.ts";
import { readElfNeeds } from "./elf.ts";
import { LabError } from "./errors.ts";
import {
  builderInitSh,
  collectSh,
  hookSh,
  hostInitSh,
  reportService,
  reportSh,
  targetInitSh,
  udhcpcSh,
} from "./generated/guest-scripts.ts";
import { loadModules, type ModuleTree } from "./modules.ts";

const folderMode = 0o040755;
const linkMode = 0o120777;
const programMode = 0o100755;
const bytesOf = (text: string) => new TextEncoder().encode(text);

const virtio = ["virtio_pci", "virtio_console", "virtio_net", "virtio_blk"];
/** Modules that the target needs; what a kernel has built in is left out. */
export const targetModules = [...virtio, "configfs", "nvmet", "nvmet_tcp", "8021q"];
/** Modules that the quick host needs. */
export const hostModules = [...virtio, "nvme_tcp", "8021q"];
/** Modules that TLS needs on both sides. Kernels from 7 on have ghash built in under another name. */
export const tlsModules = (tree: ModuleTree) =>
  ["tls", "gcm", "ghash_generic"].filter((name) => name !== "ghash_generic" || tree.files.has(name));
/** Modules of an initramfs that dracut is to make for a lab guest. */
export const dracutDrivers = ["virtio_net", "virtio_blk", "nvme_tcp"];

/** Collects files for an archive, folders before what is in them. */
class Archive {
  private readonly entries = new Map<string, CpioFile>();

  folder(path: string): void {
    const parts = path.split("/");
    for (let i = 1; i <= parts.length; i++) {
      const name = parts.slice(0, i).join("/");
      if (!this.entries.has(name)) this.entries.set(name, { name, data: new Uint8Array(), mode: folderMode });
    }
  }

  file(path: string, data: Uint8Array, mode = 0o100644): void {
    const name = path.replace(/^\/+/, "");
    if (name.includes("/")) this.folder(name.slice(0, name.lastIndexOf("/")));
    this.entries.set(name, { name, data, mode });
  }

  link(path: string, to: string): void {
    this.file(path, bytesOf(to), linkMode);
  }

  has(path: string): boolean {
    return this.entries.has(path.replace(/^\/+/, ""));
  }

  encode(): Uint8Array {
    return encodeCpio([...this.entries.values()]);
  }
}

function base(busybox: string, tree: ModuleTree, modules: readonly string[]): Archive {
  const archive = new Archive();
  for (const folder of ["bin", "dev", "etc/nbft", "lib/modules", "mnt", "proc", "run", "sys", "tmp"])
    archive.folder(folder);
  archive.file("bin/busybox", readFileSync(busybox), programMode);
  archive.link("bin/sh", "busybox");
  addModules(archive, tree, modules, "order");
  return archive;
}

/** Modules with what they need, and a list of them in the order of loading. */
function addModules(archive: Archive, tree: ModuleTree, modules: readonly string[], list: string): void {
  const loaded = loadModules(tree, modules);
  for (const { name, bytes } of loaded) archive.file(`lib/modules/${name}.ko`, bytes);
  archive.file(`lib/modules/${list}`, bytesOf(loaded.map(({ name }) => `${name}.ko\n`).join("")));
}

/** Initramfs of the target: busybox, nvmet and the script that sets it up. `etc/nbft/target.conf` comes with each run. */
export function targetInitrd(busybox: string, tree: ModuleTree): Uint8Array {
  const archive = base(busybox, tree, targetModules);
  archive.file("init", bytesOf(targetInitSh), programMode);
  return archive.encode();
}

/** Initramfs of the machine that runs dracut; its script comes as `etc/nbft/builder.conf`. */
export function builderInitrd(busybox: string, tree: ModuleTree): Uint8Array {
  const archive = base(busybox, tree, [...virtio, "ext4"]);
  archive.file("init", bytesOf(builderInitSh), programMode);
  return archive.encode();
}

/** Where a program is taken from: a system's root folder and the path in it. */
export interface SystemProgram {
  readonly root: string;
  readonly path: string;
}

/** Initramfs of the quick host: busybox, the real nvme-cli with its libraries, the collector. `etc/nbft/host.conf` comes with each run. */
export function hostInitrd(busybox: string, tree: ModuleTree, nvme: SystemProgram): Uint8Array {
  const archive = base(busybox, tree, hostModules);
  archive.file("init", bytesOf(hostInitSh), programMode);
  archive.file("etc/nbft/udhcpc.sh", bytesOf(udhcpcSh), programMode);
  archive.file("lib/nbft-collect.sh", bytesOf(collectSh));
  archive.file("lib/nbft-report.sh", bytesOf(reportSh));
  addProgram(archive, nvme, "usr/sbin/nvme");
  return archive.encode();
}

/** What TLS adds to the initramfs of the target and of the quick host: tlshd, nvme-cli that puts keys into the keyring, modules. */
export function tlsInitrd(tree: ModuleTree, nvme: SystemProgram, tlshd: SystemProgram): Uint8Array {
  const archive = new Archive();
  addModules(archive, tree, tlsModules(tree), "tls-order");
  addProgram(archive, nvme, "usr/sbin/nvme");
  addProgram(archive, tlshd, "usr/sbin/tlshd");
  return archive.encode();
}

const libraryFolders = [
  "usr/lib/x86_64-linux-gnu",
  "lib/x86_64-linux-gnu",
  "usr/lib64",
  "lib64",
  "usr/lib",
  "lib",
  "usr/lib64/systemd",
  "usr/lib/x86_64-linux-gnu/systemd",
];

/** A program with its loader and the libraries that it needs, and that those need; libraries go to the loader's default folder. */
function addProgram(archive: Archive, { root, path }: SystemProgram, target: string): void {
  const bytes = readFileSync(resolveIn(root, path));
  archive.file(target, bytes, programMode);
  const { interpreter, libraries } = readElfNeeds(bytes);
  if (interpreter !== undefined && !archive.has(interpreter))
    archive.file(interpreter, readFileSync(resolveIn(root, interpreter)), programMode);
  for (const library of libraries) {
    const name = `usr/lib/x86_64-linux-gnu/${library}`;
    if (archive.has(name)) continue;
    const found = libraryFolders.map((folder) => join(folder, library)).find((file) => existsSync(join(root, file)));
    if (found === undefined) throw new LabError(`${path} needs ${library}, which is not in ${root}`);
    addProgram(archive, { root, path: found }, name);
  }
}

/** A file in a system's root folder; links that lead out of the folder are followed inside it. */
function resolveIn(root: string, path: string): string {
  const file = join(root, path);
  const real = realpathSync(file);
  const base = realpathSync(root);
  return base === "/" || !relative(base, real).startsWith("..") ? real : join(base, real);
}

/** The collector as it is printed for a real machine. */
export const collectorScript = collectSh;

/** Where dracut looks for hooks: before release 110 the first, with Debian 13 a link to the second, which is the one since. */
const hookFolders = ["lib/dracut/hooks", "var/lib/dracut/hooks"];

/** Hooks of dracut, and what a report from there is called. */
const hooks: readonly (readonly [file: string, stage: string])[] = [
  // 92 is the module that reads the tables: what it wrote can only be had right after it.
  ["cmdline/93-nbft-report.sh", "early"],
  ["pre-pivot/00-nbft-report.sh", "initramfs"],
  ["emergency/00-nbft-report.sh", "failure"],
  ["shutdown-emergency/00-nbft-report.sh", "failure"],
];

/**
 * An archive that makes a dracut initramfs report, to be appended to it. It holds files only: an entry for a folder would take the place of a
 * symbolic link such as `lib/dracut/hooks`. Linux leaves out a file whose folder is not there.
 */
export function hookOverlay(): Uint8Array {
  const files: CpioFile[] = [
    { name: "lib/nbft-collect.sh", data: bytesOf(collectSh) },
    { name: "lib/nbft-report.sh", data: bytesOf(reportSh) },
    { name: "lib/nbft-hook.sh", data: bytesOf(hookSh) },
    { name: "lib/nbft-report.service", data: bytesOf(reportService) },
  ];
  for (const folder of hookFolders)
    for (const [file, stage] of hooks)
      files.push({ name: `${folder}/${file}`, data: bytesOf(`sh /lib/nbft-hook.sh ${stage}\n`), mode: programMode });
  return encodeCpio(files);
}

/** An archive with one file, to be appended to a guest's initramfs. */
export function configOverlay(name: string, text: string): Uint8Array {
  return encodeCpio([{ name, data: bytesOf(text) }]);
}
