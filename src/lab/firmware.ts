import { copyFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UnfitSystemError } from "./parts.ts";

/** The firmware of the host's machine. */
export interface FirmwareChoice {
  readonly name: string;
  /** Machine that it needs; any where undefined. */
  readonly machine: "q35" | undefined;
  /** Puts its files into a run's folder and gives QEMU's arguments for them. */
  prepare(folder: string): string[];
}

/** Where distributions put OVMF: code and the variables that go with it. */
const known: readonly (readonly [code: string, vars: string])[] = [
  ["/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"],
  ["/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"],
  ["/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"],
  ["/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"],
  ["/usr/share/qemu/ovmf-x86_64-4m-code.bin", "/usr/share/qemu/ovmf-x86_64-4m-vars.bin"],
  ["/usr/share/qemu/ovmf-x86_64-code.bin", "/usr/share/qemu/ovmf-x86_64-vars.bin"],
];

/**
 * `seabios` (QEMU's own), `ovmf` (this system's), or files: `CODE` alone, `CODE:VARS`, or a folder that has both.
 *
 * @throws {UnfitSystemError} when the files are not there.
 */
export function chooseFirmware(wanted: string): FirmwareChoice {
  if (wanted === "seabios") return { name: "seabios", machine: undefined, prepare: () => [] };
  if (wanted === "ovmf") {
    const found = known.find(([code, vars]) => existsSync(code) && existsSync(vars));
    if (!found)
      throw new UnfitSystemError(
        "this system has no OVMF: apt install --no-install-recommends ovmf · dnf install edk2-ovmf · zypper install qemu-ovmf-x86_64, or name files with --firmware CODE:VARS",
      );
    return flash("ovmf", ...found);
  }
  const [code, vars] = existsSync(wanted) && statSync(wanted).isDirectory() ? filesOf(wanted) : splitPair(wanted);
  for (const file of [code, vars])
    if (file !== undefined && !existsSync(file)) throw new UnfitSystemError(`no firmware file ${file}`);
  return flash("files", code, vars);
}

function splitPair(wanted: string): [string, string | undefined] {
  const colon = wanted.lastIndexOf(":");
  return colon > 0 ? [wanted.slice(0, colon), wanted.slice(colon + 1)] : [wanted, undefined];
}

function filesOf(folder: string): [string, string | undefined] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".fd") || name.endsWith(".bin"));
  const code = names.find((name) => /code/i.test(name));
  const vars = names.find((name) => /vars/i.test(name));
  if (code === undefined) throw new UnfitSystemError(`${folder} has no *CODE*.fd`);
  return [join(folder, code), vars && join(folder, vars)];
}

function flash(name: string, code: string, vars?: string): FirmwareChoice {
  return {
    name,
    machine: "q35",
    prepare: (folder) => {
      copyFileSync(code, join(folder, "code.fd"));
      const args = ["-drive", "if=pflash,format=raw,unit=0,readonly=on,file=code.fd"];
      if (vars !== undefined) {
        copyFileSync(vars, join(folder, "vars.fd"));
        args.push("-drive", "if=pflash,format=raw,unit=1,file=vars.fd");
      }
      return args;
    },
  };
}
