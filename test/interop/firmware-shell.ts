import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { hasProgram } from "./machine.ts";

/** Folder with OVMF_CODE.fd, OVMF_VARS.fd and NvmeOfCli.efi of the public Timberland release. */
export const firmwareFolder = process.env["NBFT_FIRMWARE_DIR"];

/** Why the firmware cannot be run here, or undefined. */
export function firmwareMissing(): string | undefined {
  if (firmwareFolder === undefined) return "NBFT_FIRMWARE_DIR does not name a folder with the firmware's files";
  for (const name of ["OVMF_CODE.fd", "OVMF_VARS.fd", "NvmeOfCli.efi"]) {
    if (!existsSync(join(firmwareFolder, name))) return `${firmwareFolder} has no ${name}`;
  }
  for (const name of ["qemu-system-x86_64", "mkfs.vfat", "mcopy"])
    if (!hasProgram(name)) return `${name} is not installed`;
  return undefined;
}

/** What a boot into the UEFI shell left. */
export interface ShellBoot {
  /** Text on the serial console, without control sequences. */
  readonly console: string;
  /** The variable store after the boot. */
  readonly store: Uint8Array;
  /** Whether the machine switched itself off in time. */
  readonly ended: boolean;
  /** A file that the script wrote, or undefined. */
  file(name: string): Uint8Array | undefined;
}

/** Boots a firmware, the real Timberland one unless another is named, into its shell, which runs a script on a FAT disk with some files. */
export async function bootShell(options: {
  readonly store: Uint8Array;
  readonly script: readonly string[];
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly network?: readonly string[];
  readonly seconds?: number;
  readonly code?: string;
}): Promise<ShellBoot> {
  const folder = mkdtempSync(join(tmpdir(), "nbft-firmware-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const image = join(folder, "disk.img");
  const put = (name: string, data: Uint8Array | string) => {
    writeFileSync(join(folder, name), data);
    execFileSync("mcopy", ["-o", "-i", image, join(folder, name), `::${name}`]);
  };
  writeFileSync(image, new Uint8Array(16 << 20));
  execFileSync("mkfs.vfat", ["-F", "16", image]);
  for (const [name, data] of Object.entries(options.files ?? {})) put(name, data);
  put("startup.nsh", ["@echo -off", "fs0:", ...options.script, "reset -s", ""].join("\r\n"));
  writeFileSync(join(folder, "vars.fd"), options.store);
  copyFileSync(options.code ?? join(firmwareFolder!, "OVMF_CODE.fd"), join(folder, "code.fd"));
  const ended = await runMachine(folder, options.network ?? ["-net", "none"], options.seconds ?? 120);
  return {
    console: readFileSync(join(folder, "serial"), "latin1").replace(/\u001b\[[=0-9;]*[A-Za-z]/g, ""),
    store: new Uint8Array(readFileSync(join(folder, "vars.fd"))),
    ended,
    file(name) {
      try {
        execFileSync("mcopy", ["-n", "-i", image, `::${name}`, join(folder, `out-${name}`)], { stdio: "ignore" });
      } catch {
        return undefined;
      }
      return new Uint8Array(readFileSync(join(folder, `out-${name}`)));
    },
  };
}

async function runMachine(folder: string, network: readonly string[], seconds: number): Promise<boolean> {
  const drive = (options: string, file: string) => ["-drive", `${options},format=raw,file=${join(folder, file)}`];
  const child = spawn(
    "qemu-system-x86_64",
    [
      ...["-machine", "q35,accel=tcg", "-m", "512", "-display", "none", "-monitor", "none", "-no-reboot"],
      ...drive("if=pflash,readonly=on", "code.fd"),
      ...drive("if=pflash", "vars.fd"),
      ...drive("if=virtio", "disk.img"),
      ...["-serial", `file:${join(folder, "serial")}`],
      ...network,
    ],
    { stdio: "ignore" },
  );
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  const timer = setTimeout(stop, seconds * 1000);
  const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
  clearTimeout(timer);
  process.off("exit", stop);
  return signal === null;
}
