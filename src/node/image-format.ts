import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { latin1Text } from "../bytes/latin1.ts";
import { viewOf } from "../bytes/view.ts";
import { DecodeError } from "../errors.ts";

/** The format of a flash or disk image by its first bytes; undefined where it cannot be read, or is not there yet. */
export function imageFormat(path: string): "raw" | "qcow2" | undefined {
  const head = headOf(path);
  return head && (isQcow2(head) ? "qcow2" : "raw");
}

/** Whether bytes start a qcow2 image: `QFI` and FBh. */
function isQcow2(head: Uint8Array): boolean {
  return head[0] === 0x51 && head[1] === 0x46 && head[2] === 0x49 && head[3] === 0xfb;
}

/** Name of another format of disk images, which QEMU knows and this program does not read. */
export function foreignImageFormat(path: string): string | undefined {
  const head = headOf(path);
  if (!head) return undefined;
  const text = latin1Text(head);
  if (text.startsWith("KDMV") || text.startsWith("# Disk DescriptorFile")) return "vmdk";
  if (text.startsWith("vhdxfile")) return "vhdx";
  if (text.startsWith("conectix")) return "vpc";
  if (text.startsWith("<<< ")) return "vdi";
  return text.startsWith("QED\0") ? "qed" : undefined;
}

/** Bytes that a guest sees of an image: a qcow2 header holds them at 24, big-endian; of a raw file they are its own. */
export function guestSize(path: string, fileSize: number): number {
  const head = headOf(path);
  if (!head || !isQcow2(head) || head.length < 32) return fileSize;
  return Number(viewOf(head).getBigUint64(24));
}

/**
 * What a guest sees of a qcow2 image, read by qemu-img.
 *
 * @throws {DecodeError} with the way out where qemu-img is not there, or refuses it.
 */
export function readQcow2(path: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "nbft-qcow2-"));
  try {
    const raw = join(folder, "raw");
    execFileSync("qemu-img", ["convert", "-f", "qcow2", "-O", "raw", path, raw], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return readFileSync(raw);
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: Uint8Array };
    const why = code === "ENOENT" ? "qemu-img is not installed" : new TextDecoder().decode(stderr).trim();
    throw new DecodeError(
      `${path}: a qcow2 image, and ${why || "qemu-img cannot read it"}: qemu-img convert -O raw ${path} STORE makes a file that can be read`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function headOf(path: string): Uint8Array | undefined {
  try {
    // What is read of a pipe is gone.
    if (statSync(path).isFIFO()) return undefined;
    const fd = openSync(path, "r");
    try {
      const head = new Uint8Array(32);
      return head.subarray(0, readSync(fd, head, 0, head.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
