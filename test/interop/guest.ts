import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CpioFile, encodeCpio } from "../../src/acpi/cpio.ts";

/** Architectures that a guest was booted on here. */
export type GuestArchitecture = "amd64" | "arm64";

/**
 * The kernel of a Debian release: from the folder named by NBFT_KERNELS (`SUITE-ARCH/boot/vmlinuz-*`), or fetched there with apt, without root. A sentence
 * about why there is none where that fails.
 */
export function debianKernel(suite: string, architecture: GuestArchitecture): { path: string } | { missing: string } {
  const cache = process.env["NBFT_KERNELS"] ?? join(tmpdir(), "nbft-kernels");
  const folder = join(cache, `${suite}-${architecture}`);
  const found = () => {
    const boot = join(folder, "boot");
    const name = existsSync(boot) ? readdirSync(boot).find((file) => file.startsWith("vmlinuz-")) : undefined;
    return name === undefined ? undefined : { path: join(boot, name) };
  };
  return (
    found() ??
    fetchKernel(folder, suite, architecture) ??
    found() ?? { missing: `no kernel was unpacked into ${folder}` }
  );
}

function fetchKernel(folder: string, suite: string, architecture: GuestArchitecture): { missing: string } | undefined {
  const sources = ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources"].filter((file) =>
    existsSync(file),
  );
  const text = sources.map((file) => readFileSync(file, "utf8")).join("\n");
  const mirror = /(?:^deb\s+(?:\[[^\]]*\]\s*)?|^URIs:\s*)(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(text)?.[1];
  if (mirror === undefined) return { missing: "this machine's apt sources name no Debian mirror" };
  const state = join(folder, "apt");
  for (const part of ["lists/partial", "archives/partial"]) mkdirSync(join(state, part), { recursive: true });
  writeFileSync(join(state, "status"), "");
  writeFileSync(
    join(state, "sources.list"),
    `deb [arch=${architecture} signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`,
  );
  const settings = [
    `APT::Architecture=${architecture}`,
    `APT::Architectures=${architecture}`,
    `Dir::State=${state}`,
    `Dir::State::Lists=${state}/lists`,
    `Dir::State::status=${state}/status`,
    `Dir::Cache=${state}`,
    `Dir::Etc::SourceList=${state}/sources.list`,
    "Dir::Etc::SourceParts=/dev/null",
    "Dir::Etc::PreferencesParts=/dev/null",
    "APT::Sandbox::User=",
    "Acquire::Languages=none",
  ].flatMap((setting) => ["-o", setting]);
  const run = (program: string, args: string[]) => {
    const result = spawnSync(program, args, { cwd: join(state, "archives"), encoding: "utf8", timeout: 300_000 });
    return result.status === 0 ? result.stdout : undefined;
  };
  if (run("apt-get", [...settings, "-qq", "update"]) === undefined) return { missing: "apt-get update failed" };
  const depends = run("apt-cache", [...settings, "depends", `linux-image-cloud-${architecture}`]) ?? "";
  const name = /Depends: (linux-image-[0-9]\S*)/.exec(depends)?.[1];
  if (name === undefined) return { missing: `${suite} has no linux-image-cloud-${architecture}` };
  if (run("apt-get", [...settings, "-qq", "download", name]) === undefined)
    return { missing: `${name} could not be fetched` };
  const file = readdirSync(join(state, "archives")).find((entry) => entry.endsWith(".deb"))!;
  return run("dpkg-deb", ["-x", file, folder]) === undefined ? { missing: `${file} could not be unpacked` } : undefined;
}

/** A static busybox for the guest, or undefined. */
export function staticBusybox(): string | undefined {
  return ["/bin/busybox", "/usr/bin/busybox", "/usr/lib/busybox/busybox-static"].find((path) => existsSync(path));
}

/** What a guest tells before it powers off: files by name, and the kernel's messages. */
export interface GuestReport {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly dmesg: string;
  /** Everything on the console. */
  readonly console: string;
}

const marker = "@@nbft";

/** The smallest root: busybox, and an init that runs `script` with the function `send NAME COMMAND…`, then powers off. */
export function guestInitrd(busybox: Uint8Array, script: string, extra: readonly CpioFile[] = []): Uint8Array {
  const init = `#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /run /tmp
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
send() { name=$1; shift; echo "${marker} BEGIN $name"; "$@" | base64; echo "${marker} END"; }
${script}
send dmesg dmesg
echo "${marker} DONE"
poweroff -f
`;
  const folder = 0o040755;
  return encodeCpio([
    { name: "bin", mode: folder, data: new Uint8Array(0) },
    { name: "dev", mode: folder, data: new Uint8Array(0) },
    { name: "bin/busybox", mode: 0o100755, data: busybox },
    { name: "init", mode: 0o100755, data: new TextEncoder().encode(init) },
    ...extra,
  ]);
}

/** Sends every NBFT that sysfs shows. */
export const sendTables = `for f in /sys/firmware/acpi/tables/NBFT*; do [ -f $f ] && send tables/\${f##*/} cat $f; done`;

/** Runs a guest to its end and reads its report. Rejects when it is not done within the time. */
export async function runGuest(program: string, args: readonly string[], seconds = 120): Promise<GuestReport> {
  const child = spawn(program, [...args, "-serial", "stdio", "-monitor", "none", "-display", "none", "-no-reboot"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  if (!text.includes(`${marker} DONE`)) throw new Error(`the guest did not finish:\n${text.slice(-3000)}`);
  const files = new Map<string, Uint8Array>();
  for (const [, name, body] of text.matchAll(/@@nbft BEGIN (\S+)\r?\n([\s\S]*?)@@nbft END/g))
    files.set(name!, new Uint8Array(Buffer.from(body!.replace(/[^A-Za-z0-9+/=]/g, ""), "base64")));
  const dmesg = new TextDecoder().decode(files.get("dmesg") ?? new Uint8Array(0));
  return { files, dmesg, console: text };
}
