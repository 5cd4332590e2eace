import { randomUUID } from "node:crypto";
import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import type { InitramfsProblem } from "../../initramfs/key-problems.ts";

/** What a tree's etc/fstab means for a disk that has an EFI system partition and a root file system. */
export interface TreeFileSystems {
  /** UUID of the root file system: that of etc/fstab, else a new one. */
  readonly rootUuid: string;
  /** Serial number of the EFI system partition's file system, where etc/fstab names one. */
  readonly espSerial: number | undefined;
  /** Whether etc/fstab says how root is mounted; otherwise the kernel's command line has to. */
  readonly mountsRoot: boolean;
  /** Other disks that etc/fstab waits for. */
  readonly problems: readonly InitramfsProblem[];
}

const fstab = "etc/fstab";

/** Reads etc/fstab (fstab(5)), so that the disk has the identifiers that the system looks for. */
export function fileSystemsOf(tree: InitramfsImage): TreeFileSystems {
  const text = new TextDecoder().decode(findFile(tree, fstab)?.data());
  const rows = text.split("\n").flatMap((line) => {
    const [device, folder, type, options = "defaults"] = line
      .replace(/^\s*#.*/, "")
      .trim()
      .split(/\s+/);
    return device && folder && type ? [{ device, folder, type, options: options.split(",") }] : [];
  });
  const uuidOf = (folder: string) => {
    const device = rows.find((row) => row.folder === folder)?.device;
    return /^UUID="?([0-9A-Fa-f-]+)"?$|^\/dev\/disk\/by-uuid\/([0-9A-Fa-f-]+)$/
      .exec(device ?? "")
      ?.slice(1)
      .find(Boolean);
  };
  const serial = /^([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})$/.exec(uuidOf("/boot/efi") ?? uuidOf("/efi") ?? "");
  return {
    rootUuid: uuidOf("/")?.toLowerCase() ?? randomUUID(),
    espSerial: serial ? Number.parseInt(`${serial[1]}${serial[2]}`, 16) : undefined,
    mountsRoot: rows.some(({ folder }) => folder === "/"),
    problems: rows.flatMap((row) => problemOf(row, serial !== null)),
  };
}

interface Row {
  readonly device: string;
  readonly folder: string;
  readonly type: string;
  readonly options: readonly string[];
}

function problemOf({ device, folder, type, options }: Row, knowsEsp: boolean): InitramfsProblem[] {
  const onDisk = /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=|^\/dev\//.test(device);
  if (!onDisk || folder === "/" || options.includes("noauto") || options.includes("nofail")) return [];
  if (knowsEsp && (folder === "/boot/efi" || folder === "/efi")) return [];
  if (type === "swap")
    return [{ fatal: false, message: `swap on ${device} is not on the disk: the boot waits for it`, file: fstab }];
  return [
    {
      fatal: true,
      message: `${folder} is mounted from ${device}, which is not on the disk: the boot ends in emergency mode`,
      file: fstab,
    },
  ];
}
