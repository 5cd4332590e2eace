import { describeInitramfs, type InitramfsDescription } from "../../initramfs/description.ts";
import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import type { InitramfsProblem } from "../../initramfs/key-problems.ts";
import { problemsOfInitramfs } from "../../initramfs/problems.ts";
import { stackOfInitramfs } from "../../initramfs/stack.ts";
import { openInitramfsBytes } from "../../node/initramfs.ts";
import type { TreeKernel } from "./kernel.ts";

/** What a tree's initramfs has, and what tree and initramfs lack for a boot by NBFT. */
export interface InspectedTree {
  readonly initramfs: InitramfsDescription;
  /** Why it cannot be predicted what the initramfs will do. */
  readonly unpredicted: string | undefined;
  readonly problems: readonly InitramfsProblem[];
}

/** Looks at a tree's initramfs as `nbft explain --initrd` does, and at what takes over from it. Nothing is run. */
export function inspectTree(tree: InitramfsImage, kernel: TreeKernel, drivers: readonly string[] = []): InspectedTree {
  const initramfs = describeInitramfs(openInitramfsBytes(findFile(tree, kernel.initrd)!.data()), drivers);
  const stack = stackOfInitramfs(kernel.initrd, initramfs);
  return {
    initramfs,
    unpredicted: typeof stack === "string" ? stack : undefined,
    problems: [...problemsOfInitramfs(initramfs, stack, false), ...problemsOfSystem(tree, kernel, initramfs)],
  };
}

function* problemsOfSystem(
  tree: InitramfsImage,
  kernel: TreeKernel,
  initramfs: InitramfsDescription,
): Generator<InitramfsProblem> {
  const init = ["usr/lib/systemd/systemd", "sbin/init", "usr/sbin/init"].some((path) => findFile(tree, path));
  if (!init) yield { fatal: true, message: "there is no /sbin/init: nothing takes over from the initramfs" };
  if (initramfs.kernel && initramfs.kernel.value !== kernel.release)
    yield {
      fatal: true,
      message: `its modules are those of kernel ${initramfs.kernel.value}, not ${kernel.release}`,
      file: kernel.initrd,
    };
  if (!initramfs.networkManager && !initramfs.networkLegacy)
    yield {
      fatal: false,
      message:
        "NetworkManager and network-legacy are missing in the initramfs: systemd-networkd ignores an NBFT's addresses",
    };
  if (!["usr/sbin/nvme", "sbin/nvme", "usr/bin/nvme"].some((path) => findFile(tree, path)))
    yield {
      fatal: false,
      message: "nvme-cli is missing in the system: nothing connects a path again that was down at boot",
    };
}
