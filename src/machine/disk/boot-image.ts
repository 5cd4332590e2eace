import { viewOf } from "../../bytes/view.ts";
import { espOf, type FoundFile, type ImageReader, readFatFiles, readGpt } from "./read-disk.ts";

/** Most bytes of one command that Linux's NVMe/TCP target takes (nvmet_tcp_map_data, Linux 6.12: a longer one is answered with an error). */
const largestTargetRead = 4 << 20;
/**
 * EDK2's FAT driver reads a run of a file by one command, but for the parts of 64 KiB at both ends, of which the file has not the whole: those come
 * through its cache. Measured: a boot loader of 4 MiB and 65,535 bytes is read, one of 4 MiB and 128 KiB is refused.
 */
const cachePage = 1 << 16;

/** Whether the target refuses to have a file of so many bytes, in one piece, read: it depends on where the file lies when `maybe`. */
function refusalOf(size: number): "certain" | "maybe" | undefined {
  const most = Math.floor(size / cachePage) * cachePage;
  if (most - cachePage > largestTargetRead) return "certain";
  return most > largestTargetRead ? "maybe" : undefined;
}

/** Why a disk image will not boot over NVMe/TCP from firmware, or may not. */
export interface BootImageFinding {
  /** `error`: it cannot boot. `warning`: it will not, unless something that cannot be seen here is otherwise. */
  readonly severity: "error" | "warning";
  /** One sentence without full stop. */
  readonly message: string;
}

const loaderPath = "EFI/BOOT/BOOTX64.EFI";
const looked = 8 << 20;

/**
 * Looks whether firmware can boot a disk image that a Linux target serves over NVMe/TCP with blocks of so many bytes: a GUID partition table of
 * that block size, an EFI system partition, a boot loader in the place where firmware without boot options looks, and no loader that is read
 * by a larger command than the target takes. systemd-boot and unified kernel images have the firmware read the whole kernel; GRUB reads in pieces.
 */
export function checkBootImage(image: ImageReader, blockSize: 512 | 4096): BootImageFinding[] {
  const error = (message: string): BootImageFinding[] => [{ severity: "error", message }];
  const partitions = readGpt(image, blockSize);
  if (!partitions) {
    const other = blockSize === 512 ? 4096 : 512;
    return error(
      readGpt(image, other)
        ? `the disk is partitioned for blocks of ${other} bytes, and is served with ${blockSize}`
        : "there is no GUID partition table",
    );
  }
  const esp = espOf(partitions);
  if (!esp) return error("there is no EFI system partition");
  const files = readFatFiles(image, esp.offset);
  if (!files) return error("the EFI system partition has no FAT file system");
  const loader = files.find(({ path }) => path === loaderPath);
  if (!loader)
    return error(`there is no \\${loaderPath.replaceAll("/", "\\")}, which firmware without boot options starts`);
  return [...loaderFindings(loader), ...kernelFindings(files, loader)];
}

function* loaderFindings(loader: FoundFile): Generator<BootImageFinding> {
  const name = loader.path.replaceAll("/", "\\");
  const refusal = refusalOf(loader.size);
  if (refusal !== undefined) {
    const what = isUnifiedKernel(loader) ? "a unified kernel image" : "a program";
    yield {
      severity: refusal === "certain" ? "error" : "warning",
      message: `\\${name} is ${what} of ${loader.size} bytes: firmware reads it in one command, and Linux's target takes at most ${largestTargetRead}. Use GRUB`,
    };
  }
}

function* kernelFindings(files: readonly FoundFile[], loader: FoundFile): Generator<BootImageFinding> {
  if (!isSystemdBoot(loader)) return;
  const large = files.filter(
    ({ path, size }) =>
      path !== loader.path && refusalOf(size) === "certain" && !/\.(?:img|cpio|gz|xz|zst)$/i.test(path),
  );
  const which = large
    .map(({ path, size }) => `\\${path.replaceAll("/", "\\")} (${size} bytes)`)
    .slice(0, 3)
    .join(", ");
  yield {
    severity: large.length > 0 ? "error" : "warning",
    message: `the boot loader is systemd-boot, which has firmware read a kernel or unified kernel image in one command: Linux's target takes at most ${largestTargetRead} bytes${which === "" ? "" : `, which ${which} exceeds`}. Use GRUB`,
  };
}

/** systemd-boot carries its name where boot managers look for it. */
function isSystemdBoot(file: FoundFile): boolean {
  return new TextDecoder("latin1").decode(file.read(looked)).includes("#### LoaderInfo: systemd-boot");
}

/** A PE file with a section `.linux`. */
function isUnifiedKernel(file: FoundFile): boolean {
  const bytes = file.read(65_536);
  const view = viewOf(bytes);
  if (bytes.length < 0x40 || view.getUint16(0, true) !== 0x5a4d) return false;
  const pe = view.getUint32(0x3c, true);
  if (pe + 24 > bytes.length || view.getUint32(pe, true) !== 0x4550) return false;
  const sections = pe + 24 + view.getUint16(pe + 20, true);
  const names = Array.from({ length: Math.min(96, view.getUint16(pe + 6, true)) }, (_, i) =>
    new TextDecoder("latin1").decode(bytes.subarray(sections + 40 * i, sections + 40 * i + 8)).replace(/\0+$/, ""),
  );
  return names.includes(".linux");
}
