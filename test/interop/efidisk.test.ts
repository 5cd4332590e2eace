import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeEfiDisk, startupScript } from "../../src/machine/disk/efi-disk.ts";
import { encodeFat, type FatFile } from "../../src/machine/disk/fat.ts";
import { type MachineSpec, qemuCommand } from "../../src/machine/qemu/machine.ts";
import { writeFileAtomic } from "../../src/node/write-file.ts";
import { describeWith, runToEnd, scratchFolder } from "./machine.ts";

const folder = scratchFolder("efidisk");
const text = (content: string) => new TextEncoder().encode(content);
const run = (program: string, ...args: string[]) =>
  spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", PATH: `${process.env["PATH"]}:/sbin:/usr/sbin` },
  });
const files: FatFile[] = [
  { path: "startup.nsh", data: text(startupScript({ program: "tool.nsh" })) },
  { path: "Config", data: text("HostNqn:x\n") },
  // A script stands in for the program: the shell runs both by name.
  { path: "tool.nsh", data: text("echo RAN %1 %2 of %0\r\n") },
  { path: "EFI/BOOT/BOOTX64.TXT", data: new Uint8Array(300_000).map((_, i) => i * 13) },
  { path: "EFI/A long name with ünïcode.txt", data: text("x") },
  { path: "EFI/empty", data: new Uint8Array(0) },
  ...Array.from({ length: 100 }, (_, i) => ({
    path: `many/file with a long name number ${i}.txt`,
    data: new Uint8Array(i),
  })),
];
const disk = (blockSize: 512 | 4096) => {
  const path = join(folder, `disk-${blockSize}.img`);
  writeFileAtomic(path, encodeEfiDisk({ files, blockSize }));
  return path;
};

describeWith(["fsck.fat"], "fsck.fat", () => {
  it.each([
    [512, 12, 4],
    [512, 16, 40],
    [512, 32, 64],
    [4096, 12, 8],
    [4096, 16, 64],
    [4096, 32, 300],
  ] as const)("finds nothing wrong with sectors of %i, FAT%i, %i MiB", (sectorSize, type, size) => {
    const path = join(folder, "volume.img");
    writeFileAtomic(path, encodeFat(files, { sectorSize, type, size: size << 20 }));
    const { status, stdout } = run("fsck.fat", "-n", "-v", path);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`${sectorSize} bytes per logical sector`);
    expect(stdout).toContain(`${type} bit entries`);
    expect(stdout).toMatch(/: \d+ files, \d+\/\d+ clusters/);
  });

  it("can tell a broken volume", () => {
    const path = join(folder, "broken.img");
    writeFileAtomic(path, encodeFat(files, { type: 16, size: 40 << 20 }));
    const bytes = readFileSync(path);
    bytes.fill(0xff, 512 + 8, 512 + 64);
    writeFileSync(path, bytes);
    expect(run("fsck.fat", "-n", path).status).not.toBe(0);
  });
});

describeWith(["mcopy", "mdir"], "mtools", () => {
  it.each([512, 4096] as const)("reads every file of a disk with blocks of %i back", (blockSize) => {
    const image = `${disk(blockSize)}@@1M`;
    for (const { path, data } of files) {
      const copy = join(folder, "copy");
      const { status, stderr } = run("mcopy", "-n", "-o", "-i", image, `::/${path}`, copy);
      expect(status, stderr).toBe(0);
      expect(Buffer.compare(readFileSync(copy), data), path).toBe(0);
    }
    expect(
      run("mdir", "-/", "-b", "-i", image, "::/")
        .stdout.trim()
        .split("\n")
        .filter((line) => !line.endsWith("/")),
    ).toHaveLength(files.length);
  });
});

describeWith(["sfdisk", "fdisk"], "sfdisk and fdisk", () => {
  it("read the partition table of a disk with blocks of 512", () => {
    const path = disk(512);
    const { partitiontable } = JSON.parse(run("sfdisk", "-J", path).stdout) as {
      partitiontable: {
        label: string;
        sectorsize: number;
        partitions: { start: number; type: string; name: string }[];
      };
    };
    expect(partitiontable).toMatchObject({ label: "gpt", sectorsize: 512 });
    expect(partitiontable.partitions).toMatchObject([
      { start: 2048, type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", name: "EFI System Partition" },
    ]);
    const verified = run("sfdisk", "--verify", path);
    expect(verified.stdout + verified.stderr).toContain("No errors detected");
  });

  it("read that of a disk with blocks of 4096", () => {
    const { stdout, stderr } = run("fdisk", "-b", "4096", "-l", disk(4096));
    expect(stdout).toContain("Disklabel type: gpt");
    expect(stdout).toMatch(/disk-4096\.img1 +256 +\d+ +\d+ +\S+ EFI System/);
    expect(stderr).not.toMatch(/corrupt|backup/i);
  });
});

const code = "/usr/share/OVMF/OVMF_CODE_4M.fd";
const vars = "/usr/share/OVMF/OVMF_VARS_4M.fd";
if (!existsSync(code)) console.log("efidisk: could not run OVMF: no /usr/share/OVMF (Debian: apt install ovmf)");
describeWith(["qemu-system-x86_64"], "OVMF's shell", () => {
  it.skipIf(!existsSync(code)).each([512, 4096] as const)(
    "runs startup.nsh of a disk with blocks of %i, and the machine resets",
    (blockSize) => {
      copyFileSync(vars, join(folder, "vars.fd"));
      const spec: MachineSpec = {
        name: "efidisk",
        architecture: "x86_64",
        machine: "q35",
        accelerators: ["tcg"],
        cpu: "max",
        cpus: 1,
        memory: 256,
        firmware: { kind: "flash", code, vars: join(folder, "vars.fd") },
        nics: [],
        bridges: [],
        tables: [],
        fwCfg: [],
        disks: [{ path: disk(blockSize), format: "raw", blockSize }],
        console: `file:${join(folder, "console")}`,
        more: ["-no-reboot"],
      };
      const { program, options } = qemuCommand(spec);
      const ended = runToEnd(program, options.flat(), 120);
      const console = readFileSync(join(folder, "console"), "latin1");
      if (!console.includes("UEFI Interactive Shell")) {
        globalThis.console.log("efidisk: could not run: this OVMF has no shell of its own");
        return;
      }
      expect(ended, console.slice(-2000)).toMatchObject({ code: 0, signal: null });
      expect(console).toContain("RAN setattempt Config");
    },
  );
});
