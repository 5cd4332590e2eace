import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { concatBytes } from "../bytes/concat.ts";
import { probeAcceleration, type Speed } from "./acceleration.ts";
import { ProgramError } from "./children.ts";
import { builderInitrd, configOverlay } from "./initrds.ts";
import { diskArguments, machineArguments } from "./machines.ts";
import { readModuleTree } from "./modules.ts";
import type { Work } from "./parts.ts";
import { needProgram } from "./programs.ts";
import { findQemu } from "./qemu-program.ts";
import { formatTree, makeEmptyDisk } from "./root-image.ts";
import { startMachine } from "./session.ts";
import type { KernelPart, ProgramPart } from "./system-parts.ts";
import { leanTcgProfile } from "./tcg-profile.ts";

/** Room for the tree, its modules and what dracut gathers, and for the result. */
const treeSize = "1G";
const resultSize = 256 * 1024 * 1024;

/**
 * Runs a script with a tree of packages as root folder inside a virtual machine: the way that needs neither root's rights nor user namespaces.
 * The script leaves its result in `/tmp/nbft-initrd.img`. Emulated it takes minutes.
 *
 * @throws {ProgramError} with the end of the machine's console.
 */
export async function runInMachine(
  tree: string,
  script: string,
  output: string,
  parts: { readonly kernel: KernelPart; readonly busybox: ProgramPart },
  cache: string,
  work: Work,
): Promise<void> {
  const { children, progress } = work;
  const qemu = findQemu();
  const { kernel, busybox } = parts;
  const speed: Speed = await probeAcceleration(qemu, parts, cache, work);
  const folder = mkdtempSync(join(cache, "builder-"));
  children.watchFolder(folder);
  try {
    const modules = join(tree, "usr/lib/modules", basename(kernel.modules));
    if (!existsSync(modules)) cpSync(kernel.modules, modules, { recursive: true });
    progress({ step: "make dracut.img", detail: "as an image for a virtual machine" });
    await formatTree(
      needProgram("mke2fs", "makes an image of the tree"),
      join(folder, "tree.img"),
      tree,
      treeSize,
      children,
    );
    makeEmptyDisk(join(folder, "result.img"), resultSize);
    const initrd = builderInitrd(busybox.path, readModuleTree(kernel.modules));
    writeFileSync(join(folder, "initrd"), concatBytes([initrd, configOverlay("etc/nbft/builder.conf", script)]));
    const args = machineArguments({
      name: "builder",
      machine: "pc",
      acceleration: speed.acceleration,
      memory: 768,
      cpus: 2,
      kernel: kernel.image,
      initrd: "initrd",
      commandLine: `console=ttyS0 panic=-1 quiet ${leanTcgProfile(speed)}`,
      more: [
        ...diskArguments("tree.img", 0),
        ...[
          "-drive",
          "if=none,id=disk1,file=result.img,format=raw,cache=unsafe",
          "-device",
          "virtio-blk-pci,drive=disk1",
        ],
      ],
    });
    const machine = startMachine("builder", qemu, args, folder, children);
    const timer = setInterval(
      () =>
        progress({
          step: "make dracut.img",
          detail: `dracut in a virtual machine, ${Math.round(machine.elapsed())} s`,
        }),
      500,
    );
    await machine.end(60 + 150 * speed.seconds).finally(() => clearInterval(timer));
    const console = new TextDecoder().decode(machine.read("console"));
    const size = Number(/nbft-builder: done (\d+)/.exec(console)?.[1] ?? 0);
    if (size === 0)
      throw new ProgramError(
        `dracut failed in its virtual machine: ${console.trim().split("\n").slice(-5).join("\n  ")}`,
        "dracut",
      );
    const result = join(folder, "result.img");
    truncateSync(result, size);
    writeFileSync(output, readFileSync(result));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
