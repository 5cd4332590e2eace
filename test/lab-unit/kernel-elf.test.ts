import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createChildren } from "../../src/lab/children.ts";
import { hasPvhEntry, payloadOf, writeKernelElf } from "../../src/lab/kernel-elf.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-kernel-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** An ELF file with one segment of notes: `owner`, `type`. */
function elf(owner: string, type: number): Uint8Array {
  const bytes = new Uint8Array(200);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 4, true);
  view.setBigUint64(64 + 8, 128n, true);
  view.setBigUint64(64 + 32, 24n, true);
  view.setUint32(128, owner.length + 1, true);
  view.setUint32(132, 8, true);
  view.setUint32(136, type, true);
  bytes.set(new TextEncoder().encode(owner), 140);
  return bytes;
}

/** A bzImage with that payload after a setup of one sector. */
function bzImage(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1024 + 16 + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0x1f1] = 1;
  view.setUint32(0x202, 0x53726448, true);
  view.setUint16(0x206, 0x020f, true);
  view.setUint32(0x248, 16, true);
  view.setUint32(0x24c, payload.length, true);
  bytes.set(payload, 1024 + 16);
  return bytes;
}

async function taken(image: Uint8Array): Promise<Uint8Array> {
  const [from, to] = [join(scratch, "image"), join(scratch, "vmlinux")];
  writeFileSync(from, image);
  const children = createChildren();
  await writeKernelElf(from, to, children).finally(() => children.close());
  return readFileSync(to);
}

describe("the kernel in a bzImage", () => {
  it("is taken out where it has a PVH entry", async () => {
    const kernel = elf("Xen", 18);
    expect(Uint8Array.from(await taken(bzImage(gzipSync(kernel))))).toEqual(kernel);
  });

  it("is left in where it has none, or where nothing can be made of it", async () => {
    expect((await taken(bzImage(gzipSync(elf("Xen", 17))))).length).toBe(0);
    expect((await taken(bzImage(gzipSync(elf("GNU", 18))))).length).toBe(0);
    expect((await taken(bzImage(new Uint8Array(64).fill(7)))).length).toBe(0);
    expect((await taken(bzImage(Uint8Array.of(0x1f, 0x8b, 0, 0, 0, 0, 0, 0)))).length).toBe(0);
    expect((await taken(bzImage(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4, 5, 6)))).length).toBe(0);
    expect((await taken(new Uint8Array(600))).length).toBe(0);
  });

  it("is looked for within the file only", () => {
    const image = bzImage(new Uint8Array(64));
    for (let length = 0; length < image.length; length += 7) payloadOf(image.subarray(0, length));
    const kernel = elf("Xen", 18);
    for (let length = 0; length < kernel.length; length++) hasPvhEntry(kernel.subarray(0, length));
    expect(hasPvhEntry(kernel)).toBe(true);
  });
});
