import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it, test } from "vitest";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { NbftError } from "../../src/errors.ts";
import { describeInitramfs } from "../../src/initramfs/description.ts";
import { findFile, openInitramfs } from "../../src/initramfs/image.ts";
import { problemsOfInitramfs } from "../../src/initramfs/problems.ts";
import { stackOfInitramfs } from "../../src/initramfs/stack.ts";
import { openInitramfsPath } from "../../src/node/initramfs.ts";
import { archiveOf, changed, debian13, type MadeFiles } from "./made-image.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-initramfs-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const archive = archiveOf(debian13);
const early = encodeCpio([{ name: "kernel/x86/microcode/GenuineIntel.bin", data: new Uint8Array(3000) }]);
const appended = encodeCpio([{ name: "etc/nvme/config.json", data: new TextEncoder().encode("[]") }]);
const plainly = () => {
  throw new Error("nothing is compressed here");
};

function file(name: string, ...parts: readonly Uint8Array[]): string {
  const path = join(scratch, name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const compressors: readonly (readonly [string, string, ...string[]])[] = [
  ["zstd", "zstd", "-qc"],
  ["xz", "xz", "-c", "--check=crc32"],
  ["LZMA", "xz", "-c", "--format=lzma"],
  ["LZ4", "lz4", "-lc"],
  ["LZ4", "lz4", "-c"],
  ["bzip2", "bzip2", "-c"],
];

function compressed(program: string, words: readonly string[]): Buffer | undefined {
  const { stdout, status } = spawnSync(program, words, { input: archive });
  return status === 0 ? stdout : undefined;
}

describe("an initramfs", () => {
  it("is archives one after the other, of which the last entry of a name counts", () => {
    const second = archiveOf({ "etc/nvme/hostid": "22222222-2222-4333-8444-555555555555\n" });
    const image = openInitramfs(Buffer.concat([early, archive, second]), plainly);
    expect(image.parts).toEqual([{ offset: 0, compression: "none", entries: 1 + Object.keys(debian13).length + 1 }]);
    expect(describeInitramfs(image).hostId).toEqual({
      value: "22222222-2222-4333-8444-555555555555",
      file: "etc/nvme/hostid",
    });
  });

  it("may have leading parts, a gzip archive and one after it", () => {
    const path = file("gzip", early, gzipSync(archive), appended);
    const image = openInitramfsPath(path);
    expect(image.parts.map(({ compression }) => compression)).toEqual(["none", "gzip", "none"]);
    expect(describeInitramfs(image).configuration).toEqual(["etc/nvme/config.json", "etc/nvme/discovery.conf"]);
  });

  it.each(compressors)("may be compressed with %s (%s %s)", (name, program, ...words) => {
    const packed = compressed(program, words);
    if (!packed) return console.log(`${program} is not here: ${name} could not be tried`);
    const behind = name === "LZMA" || name === "bzip2" ? [] : [appended];
    const image = openInitramfsPath(file("packed", early, packed, ...behind));
    expect(image.parts.map(({ compression }) => compression)).toEqual(["none", name, ...behind.map(() => "none")]);
    expect(describeInitramfs(image).nvmeCli?.value).toBe("2.13");
    expect(image.entries.has("etc/nvme/config.json")).toBe(behind.length > 0);
  });

  it("names the program that is missing", () => {
    const packed = compressed("xz", ["-c"]);
    if (!packed) return console.log("xz is not here: a missing program could not be tried");
    const path = process.env["PATH"];
    process.env["PATH"] = scratch;
    try {
      expect(() => openInitramfsPath(file("no-xz", packed))).toThrow(
        "it is compressed with xz, and the program xz is missing: install it",
      );
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("may be a folder with one unpacked", () => {
    const root = join(scratch, "folder");
    for (const [name, text] of Object.entries(debian13)) {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      if (text.startsWith("->") && name !== "lib" && name !== "sbin") symlinkSync(text.slice(2), path);
      else if (!text.startsWith("->")) writeFileSync(path, text);
    }
    expect(describeInitramfs(openInitramfsPath(root))).toEqual(describeInitramfs(openInitramfs(archive, plainly)));
  });

  it.each([
    ["neither an archive", new TextEncoder().encode("nothing of the kind")],
    ["is broken", gzipSync(archive).subarray(0, 200)],
    ["is not an archive", gzipSync("text")],
  ])("that is none is refused: %s", (message, bytes) => {
    expect(() => openInitramfsPath(file("bad", bytes))).toThrow(message);
  });

  it("of any bytes throws nothing but errors of this library", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(archive.length), (noise, at) => {
        const bytes = Uint8Array.from(archive);
        bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), at);
        try {
          describeInitramfs(openInitramfs(bytes, () => ({ bytes: noise })));
        } catch (error) {
          if (!(error instanceof NbftError)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("paths are followed through links, and not for ever", () => {
  const image = openInitramfs(archiveOf({ ...debian13, a: "->b", b: "->a", "usr/up": "->../usr/bin" }), plainly);
  expect(findFile(image, "/sbin/nvme")?.name).toBe("usr/sbin/nvme");
  expect(findFile(image, "usr/up/jq")?.name).toBe("usr/bin/jq");
  expect(findFile(image, "a/x")).toBeUndefined();
});

describe("what an initramfs has", () => {
  const described = (files: MadeFiles, drivers: readonly string[] = []) =>
    describeInitramfs(openInitramfs(archiveOf(files), plainly), drivers);
  const problems = (files: MadeFiles, drivers: readonly string[] = [], tagged = false) => {
    const description = described(files, drivers);
    return problemsOfInitramfs(description, stackOfInitramfs("image", description), tagged)
      .filter(({ fatal }) => fatal)
      .map(({ message, file: shown }) => (shown === undefined ? message : `${message} (${shown})`));
  };

  it("is shown with the file that shows it", () => {
    expect(described(debian13, ["virtio_net", "e1000e"])).toMatchObject({
      dracut: { value: "106-6", file: "etc/initrd-release" },
      nvmeCli: { value: "2.13", file: "usr/sbin/nvme" },
      libnvme: [{ value: "libnvme.so.1", file: "usr/lib/x86_64-linux-gnu/libnvme.so.1" }],
      networkManager: { value: "1.52.1", file: "usr/sbin/NetworkManager" },
      networkManagerReadsNbft: { value: false },
      hostOnly: { value: true },
      kernel: { value: "6.12.0" },
      modules: [
        { name: "nvme_tcp", state: "module" },
        { name: "8021q", state: "built in" },
        { name: "virtio_net", state: "module" },
        { name: "e1000e", state: "missing" },
      ],
    });
  });

  it("is for one machine by its list of drivers, not by that of files, which names /etc/nvme/hostnqn in any", () => {
    const files = {
      "usr/lib/dracut/hostonly-kernel-modules.txt": undefined,
      "usr/lib/dracut/hostonly-files": "/etc/nvme/hostnqn\n/etc/nvme/hostid\n",
    };
    expect(described(changed(files)).hostOnly).toBeUndefined();
    const parameters = { ...files, "usr/lib/dracut/build-parameter.txt": " --force -N\n" };
    expect(described(changed(parameters)).hostOnly).toMatchObject({ value: false });
  });

  it("makes a stack of exactly its releases", () => {
    const stack = stackOfInitramfs("image", described(debian13));
    expect(stack).toMatchObject({
      dracut: { alike: "106 to 108" },
      nvmeCli: { release: "2.13" },
      networkManager: { release: "1.52.1" },
      leavesNetwork: false,
    });
    const without = described(changed({ "etc/initrd-release": "ID=debian\n" }));
    expect(stackOfInitramfs("image", without)).toContain("not made by dracut");
  });

  it("lacks nothing where it is right", () => {
    expect(problems(debian13, ["virtio_net"], true)).toEqual([]);
  });

  const parameters = "etc/cmdline.d/20-nvmf-args.conf";
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ["jq", { "usr/bin/jq": undefined }, "jq is missing"],
    ["nvme-cli", { "usr/sbin/nvme": undefined }, "nvme-cli is missing"],
    [
      "nvme-tcp",
      { "usr/lib/modules/6.12.0/kernel/drivers/nvme/host/nvme-tcp.ko.xz": undefined },
      "the kernel module nvme_tcp is missing",
    ],
    [
      "the nvmf module",
      { "usr/lib/dracut/hooks/cmdline/92-parse-nvmf-boot-connections.sh": undefined },
      "dracut's module nvmf is missing",
    ],
    [
      "an nvme-cli that reads NBFTs",
      { "usr/sbin/nvme": "\x002.3\0%s %s version %s (git %s)\0" },
      "nvme-cli 2.3 cannot read an NBFT (usr/sbin/nvme)",
    ],
    [
      "a NetworkManager that reads NBFTs",
      { [parameters]: " rd.nvmf.hostnqn=nqn.x rd.nvmf.nm=1 \n", "usr/sbin/NetworkManager": "\x001.58.1\0" },
      `rd.nvmf.nm=1 leaves the network to NetworkManager, and its NetworkManager cannot read an NBFT: there is no network (${parameters})`,
    ],
    ["NBFTs turned off", { [parameters]: "rd.nvmf.nonbft\n" }, "rd.nvmf.nonbft turns NBFTs off"],
  ])("lacks %s", (_, changes, message) => {
    expect(problems(changed(changes)).join("\n")).toContain(message);
  });

  it("misses VLANs where the table has one, and the driver of a card", () => {
    const files = changed({ "usr/lib/modules/6.12.0/modules.builtin": undefined });
    expect(problems(files, [], true).join()).toContain("8021q is missing");
    expect(problems(files, [], false)).toEqual([]);
    expect(problems(files, ["mlx5_core"]).join()).toContain("the kernel module mlx5_core of a network card is missing");
  });
});
