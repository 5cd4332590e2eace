import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Children } from "./children.ts";
import { needProgram } from "./programs.ts";
import { bytesOfTree, formatTree } from "./root-image.ts";

/** Units that a preset would have enabled. */
const enabled = ["NetworkManager.service", "systemd-udevd.service"];

/** What the packages' scripts and presets would have done so that a tree boots as a system by itself. */
function finishSystem(tree: string): void {
  const wants = join(tree, "etc/systemd/system/multi-user.target.wants");
  mkdirSync(wants, { recursive: true });
  for (const unit of enabled)
    if (existsSync(join(tree, "usr/lib/systemd/system", unit)) && !existsSync(join(wants, unit)))
      symlinkSync(`/usr/lib/systemd/system/${unit}`, join(wants, unit));
  const target = join(tree, "etc/systemd/system/default.target");
  if (!existsSync(target)) symlinkSync("/usr/lib/systemd/system/multi-user.target", target);
  writeFileSync(join(tree, "etc/machine-id"), "");
  writeFileSync(join(tree, "etc/hostname"), "nbft-lab\n");
  for (const folder of ["run", "sysroot", "root", "var/log", "var/lib"])
    mkdirSync(join(tree, folder), { recursive: true });
}

/** The tree of packages as a root file system: systemd, NetworkManager, nvme-cli. */
export async function makeSystemImage(path: string, tree: string, children: Children): Promise<void> {
  finishSystem(tree);
  const megabytes = Math.ceil((bytesOfTree(tree) * 1.3) / 2 ** 20) + 64;
  await formatTree(needProgram("mke2fs", "makes the root file system"), path, tree, `${megabytes}M`, children);
}
