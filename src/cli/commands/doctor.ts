import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { findProgram, type LabProgram, programPackages } from "../../lab/programs.ts";
import { LIVE_TABLES, tableNames } from "../../node/sources.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { labCacheFile } from "../help/notes.ts";
import { colorRow, formatRow } from "../options/rows.ts";

/** One thing that was looked at. */
interface Check {
  readonly name: string;
  readonly state: "ok" | "missing" | "limited";
  readonly seen: string;
  /** What it is needed for, and how to get it. */
  readonly hint?: string;
}

/** `nbft doctor`: what this machine can do. Checks nothing: it exits 0. */
export default {
  words: [],
  rows: [formatRow(["text", "json"]), colorRow],
  run(_, { outputFormat }, io) {
    const checks = [node(), kernel(), liveTables(), ...programs(), kvm(), userNamespaces(), ...firmware()];
    if (outputFormat === "json") {
      io.out(formatJson(checks));
      return;
    }
    const paint = paintFor(io);
    const paints = { ok: paint.good, missing: paint.bad, limited: paint.doubtful };
    const width = Math.max(...checks.map(({ name }) => name.length));
    for (const { name, state, seen, hint } of checks) {
      io.out(`${paints[state](state.padEnd(7))}  ${name.padEnd(width)}  ${escapeText(seen)}\n`);
      if (hint !== undefined && state !== "ok") io.out(`${" ".repeat(9 + width + 2)}${paint.dim(hint)}\n`);
    }
  },
  manual: { examples: [["nbft doctor", "says what is missing here, and how to get it"]], files: [labCacheFile] },
} satisfies RowCommand<{ readonly outputFormat: string }>;

function node(): Check {
  return { name: "node", state: "ok", seen: process.version };
}

function kernel(): Check {
  return {
    name: "kernel",
    state: process.platform === "linux" ? "ok" : "limited",
    seen: `${process.platform} ${release()}`,
  };
}

function liveTables(): Check {
  const name = "live table";
  try {
    const found = tableNames(readdirSync(LIVE_TABLES));
    if (found.length === 0) {
      return {
        name,
        state: "limited",
        seen: `none in ${LIVE_TABLES}`,
        hint: "this machine did not boot over NVMe/TCP, or its firmware writes no NBFT",
      };
    }
    accessSync(`${LIVE_TABLES}/${found[0]}`, constants.R_OK);
    return { name, state: "ok", seen: found.join(", ") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const hint =
      code === "EACCES"
        ? "firmware tables are readable by root only"
        : "no ACPI tables: not Linux, a container, or no ACPI";
    return { name, state: "limited", seen: `${LIVE_TABLES}: ${code}`, hint };
  }
}

/** What each program is for. */
const uses: Partial<Readonly<Record<LabProgram, string>>> = {
  "qemu-system-x86_64": "nbft lab, nbft qemu --check",
  "apt-get": "nbft lab build fetches Debian packages with it",
  "dpkg-deb": "nbft lab build",
  tar: "nbft lab build",
  xz: "nbft lab build unpacks kernel modules",
  zstd: "nbft lab with zstd-compressed images",
  mke2fs: "nbft lab makes root file systems with it",
  unshare: "nbft lab --depth dracut without root",
  nvme: "reads tables on this machine: compare with nbft dump -o nvme-cli-json",
};

function programs(): Check[] {
  return Object.entries(uses).map(([program, use]) => {
    const path = findProgram(program);
    if (path !== undefined) return { name: program, state: "ok", seen: versionOf(path) ?? path };
    const { apt, dnf, zypper } = programPackages[program as LabProgram];
    return {
      name: program,
      state: "missing",
      seen: "not found",
      hint: `${use}; apt install --no-install-recommends ${apt} · dnf install ${dnf} · zypper install ${zypper}`,
    };
  });
}

/** First line of `PROGRAM --version`; some have none. */
function versionOf(path: string): string | undefined {
  try {
    const text = execFileSync(path, ["--version"], {
      timeout: 5000,
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return text.split("\n")[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

function kvm(): Check {
  const name = "kvm";
  try {
    accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
    const flags = /\b(vmx|svm)\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
    if (flags) return { name, state: "ok", seen: "/dev/kvm can be opened" };
    return {
      name,
      state: "limited",
      seen: "/dev/kvm is there, but the processor shows no virtualization",
      hint: "nbft lab probes it with a real boot and falls back to emulation",
    };
  } catch {
    return {
      name,
      state: "limited",
      seen: "/dev/kvm cannot be opened",
      hint: "nbft lab works without it, about ten times slower",
    };
  }
}

function userNamespaces(): Check {
  const name = "namespaces";
  if (process.getuid?.() === 0) return { name, state: "ok", seen: "root: a plain chroot is enough" };
  const unshare = findProgram("unshare");
  try {
    if (unshare) execFileSync(unshare, ["--user", "--map-root-user", "true"], { timeout: 5000, stdio: "ignore" });
    return { name, state: unshare ? "ok" : "missing", seen: unshare ? "user namespaces work" : "no unshare" };
  } catch {
    return {
      name,
      state: "limited",
      seen: "user namespaces are refused",
      hint: "nbft lab --depth dracut then needs root; read and connect do not",
    };
  }
}

function firmware(): Check[] {
  const files = {
    "ovmf 4M": [
      "/usr/share/OVMF/OVMF_CODE_4M.fd",
      "/usr/share/edk2/ovmf/OVMF_CODE_4M.qcow2",
      "/usr/share/qemu/ovmf-x86_64-4m-code.bin",
    ],
    "ovmf aarch64": [
      "/usr/share/AAVMF/AAVMF_CODE.fd",
      "/usr/share/edk2/aarch64/QEMU_EFI-pflash.raw",
      "/usr/share/qemu/aavmf-aarch64-code.bin",
    ],
  };
  return Object.entries(files).map(([name, paths]) => {
    const found = paths.find((path) => existsSync(path));
    if (found) return { name, state: "ok", seen: found };
    return {
      name,
      state: "missing",
      seen: "not found",
      hint: "nbft lab run --firmware uefi, nbft qemu; apt install --no-install-recommends ovmf qemu-efi-aarch64 · dnf install edk2-ovmf edk2-aarch64",
    };
  });
}
