import type { SpawnSyncReturns } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { installDebianTree, type RealPrograms } from "./debian-tree.ts";

/** A release of Debian, and the stack that it ships. */
export interface DebianSuite {
  readonly suite: "trixie" | "forky" | "sid" | "experimental";
  /** Name of the stack in src/consumers/stacks.ts. */
  readonly stack: string;
}

/** Debian's consumers of NBFTs, and what their scripts call. */
const packages = (suite: string) => [
  "bash",
  "coreutils",
  "dracut-core",
  "dracut-network",
  "gawk",
  "grep",
  "jq",
  "network-manager",
  suite === "experimental" ? "nvme-cli/experimental" : "nvme-cli",
  "sed",
];

/** What the kernel says that its fabrics device understands; libnvme leaves out what is not in here. */
const fabricsOptions =
  "instance=-1,cntlid=-1,transport=%s,traddr=%s,trsvcid=%s,nqn=%s,queue_size=%d,nr_io_queues=%d,reconnect_delay=%d,ctrl_loss_tmo=%d,keep_alive_tmo=%d,hostnqn=%s,host_traddr=%s,host_iface=%s,hostid=%s,duplicate_connect,disable_sqflow,hdr_digest,data_digest,nr_write_queues=%d,nr_poll_queues=%d,tos=%d,fast_io_fail_tmo=%d,discovery,dhchap_secret=%s,dhchap_ctrl_secret=%s\n";

/**
 * The programs of a release of Debian, fetched from its archive into the cache unless they are there.
 *
 * @returns a sentence where that is not possible.
 */
export async function installRealPrograms(suite: DebianSuite["suite"]): Promise<RealPrograms | string> {
  const name = suite === "trixie" ? "consumers" : `consumers-${suite}`;
  const programs = await installDebianTree({ name, suite, version: "3", packages: packages(suite), prepare });
  if (typeof programs === "string") return programs;
  const { status, stderr } = programs.run("nvme version");
  return status === 0 ? programs : `nvme does not run: ${stderr.toString().split("\n")[0]}`;
}

/** Releases of the programs as they name themselves; the NetworkManager's without a reader of NBFTs says so. */
export function releasesOf({ root, run }: RealPrograms): Record<"nvme-cli" | "dracut" | "networkmanager", string> {
  const text = (script: string) => run(script).stdout.toString();
  const generator = readFileSync(join(root, "usr/libexec/nm-initrd-generator")).toString("latin1");
  const manager = /^\S+/.exec(text("NetworkManager --version"))?.[0] ?? "";
  return {
    "nvme-cli": /^nvme version (\S+)/m.exec(text("nvme version"))?.[1] ?? "",
    // 106 keeps its release beside the program, 112 in it.
    dracut: /^DRACUT_VERSION="?(\d+)/m.exec(text("cat /usr/bin/dracut /usr/lib/dracut/dracut-version.sh"))?.[1] ?? "",
    networkmanager:
      generator.includes("libnvme.so.1") || !/^1\.5[4-9]/.test(manager) ? manager : `${manager}-without-nbft`,
  };
}

/** Folder of a dracut module, whatever its number is. */
function moduleFolder(root: string, name: string): string {
  const modules = join(root, "usr/lib/dracut/modules.d");
  const found = readdirSync(modules).find((entry) => entry.replace(/^\d+/, "") === name);
  if (found === undefined) throw new Error(`dracut has no module ${name}`);
  return join(modules, found);
}

/** What a running system would have: dracut's library where an initrd has it, empty device classes, the fabrics device as a file. */
function prepare(root: string): void {
  copyFileSync(join(moduleFolder(root, "base"), "dracut-lib.sh"), join(root, "usr/lib/dracut-lib.sh"));
  copyFileSync(join(moduleFolder(root, "base"), "dracut-dev-lib.sh"), join(root, "usr/lib/dracut-dev-lib.sh"));
  copyFileSync(join(moduleFolder(root, "net-lib"), "net-lib.sh"), join(root, "usr/lib/net-lib.sh"));
  symlinkSync(join("/", moduleFolder(root, "nvmf").slice(root.length)), join(root, "nvmf"));
  for (const name of ["dracut-getarg", "dracut-getargs"]) {
    symlinkSync("/usr/lib/dracut/dracut-util", join(root, "usr/bin", name));
  }
  if (!existsSync(join(root, "usr/bin/sh"))) symlinkSync("bash", join(root, "usr/bin/sh"));
  writeFileSync(join(root, "usr/sbin/initqueue"), "#!/bin/sh\nexit 0\n");
  chmodSync(join(root, "usr/sbin/initqueue"), 0o755);
  const folders = ["dev", "proc", "tmp", "run", "cases", "etc/cmdline.d", "etc/nvme", "sys/firmware/acpi/tables"];
  for (const name of ["nvme", "nvme-subsystem", "nvme-fabrics", "net"]) folders.push(`sys/class/${name}`);
  folders.push("var/lib/dracut/hooks/initqueue/finished", "usr/lib/dracut/hooks/initqueue/finished");
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["dev/null", "proc/cmdline"]) writeFileSync(join(root, file), "");
  writeFileSync(join(root, "dev/nvme-fabrics"), fabricsOptions);
}

export type { RealPrograms } from "./debian-tree.ts";

/** What one program did with one table. */
export interface RealShow {
  readonly stdout: string;
  readonly stderr: string;
  readonly crashed: boolean;
}

/** One character a byte. */
const latin1 = (bytes: Buffer) => bytes.toString("latin1");

/** Whether a program died of SIGSEGV, itself or below a shell. */
const died = ({ status, signal }: SpawnSyncReturns<Buffer>) => signal === "SIGSEGV" || status === 139;

/** Runs `nvme nbft show` on some tables that lie in one folder under these names. */
export function realShow({ root, run }: RealPrograms, bytes: Uint8Array, format: "json" | "normal"): RealShow {
  lay(root, bytes);
  const seen = run(`cd /cases && nvme nbft show --nbft-path=. -o ${format}`);
  return { stdout: latin1(seen.stdout), stderr: latin1(seen.stderr), crashed: died(seen) };
}

/** What `nvme connect-all --nbft` asked the kernel for, line by line, and whether it died. */
export interface RealConnects {
  readonly strings: readonly string[];
  readonly crashed: boolean;
}

/** What /etc/nvme names the host, where anything does. */
export interface EtcNvme {
  readonly hostNqn: string;
  readonly hostId: string;
}

/** Writes /etc/nvme/hostnqn and hostid, or takes them away. */
export function nameHost({ root }: RealPrograms, etc: EtcNvme | undefined): void {
  for (const [name, text] of [
    ["hostnqn", etc?.hostNqn],
    ["hostid", etc?.hostId],
  ] as const) {
    if (text === undefined) rmSync(join(root, "etc/nvme", name), { force: true });
    else writeFileSync(join(root, "etc/nvme", name), `${text}\n`);
  }
}

/** Runs `nvme connect-all --nbft`. Its debug log has the strings; the fabrics device answers with nothing that it understands. */
export function realConnects(
  { root, run }: RealPrograms,
  bytes: Uint8Array,
  identity: readonly string[],
): RealConnects {
  lay(root, bytes);
  writeFileSync(join(root, "dev/nvme-fabrics"), fabricsOptions);
  const seen = run(`nvme connect-all --nbft --nbft-path=/cases ${identity.join(" ")} -vvv`);
  // A string with a line end goes on in the next line of the log; only what stands before it can be told from the rest.
  const start = "connect ctrl, '";
  const strings = latin1(Buffer.concat([seen.stdout, seen.stderr]))
    .split("\n")
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length).replace(/'$/, ""));
  return { strings, crashed: died(seen) };
}

/** What `nvme connect-all` asks the kernel for by a configuration of its own, without any table. */
export function realConfigured({ root, run }: RealPrograms, configuration: string): readonly string[] {
  const path = join(root, "etc/nvme/nvme-fabrics.conf");
  const tables = join(root, "sys/firmware/acpi/tables");
  rmSync(tables, { recursive: true });
  mkdirSync(tables);
  writeFileSync(join(root, "dev/nvme-fabrics"), fabricsOptions);
  writeFileSync(path, configuration);
  const { stdout, stderr } = run("nvme connect-all -vvv");
  rmSync(path);
  return [...latin1(Buffer.concat([stdout, stderr])).matchAll(/^connect ctrl, '(nqn=[^\n]*)'$/gm)].map(
    ([, text]) => text!,
  );
}

/** Files that dracut's nvmf module writes for a table, by name; empty ones left out. */
export function realDracut({ root, run }: RealPrograms, bytes: Uint8Array): Map<string, string> {
  const tables = join(root, "sys/firmware/acpi/tables");
  rmSync(tables, { recursive: true });
  mkdirSync(tables);
  writeFileSync(join(tables, "NBFT"), bytes);
  writeFileSync(join(root, "dev/null"), "");
  const { stdout } = run(`
    rm -rf /tmp /etc/cmdline.d && mkdir -p /tmp /etc/cmdline.d
    . /usr/lib/dracut-lib.sh
    hook() { . /nvmf/parse-nvmf-boot-connections.sh; }
    hook >/tmp/hook.log 2>&1
    cd /etc/cmdline.d && for file in *.conf; do [ -s "$file" ] && printf '\\1%s\\2' "$file" && cat "$file"; done`);
  return filesIn(latin1(stdout));
}

/** Key files that nm-initrd-generator makes of a command line, by name, without their random UUIDs and the comment on top. */
export function realKeyFiles({ run }: RealPrograms, words: readonly string[]): Map<string, string> {
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const { stdout } = run(`
    rm -rf /run/nm && mkdir -p /run/nm/c /run/nm/r /run/nm/i /run/nm/sys
    /usr/libexec/nm-initrd-generator -c /run/nm/c -r /run/nm/r -i /run/nm/i -d /run/nm/sys -- ${quoted} >/run/nm/log 2>&1
    cd /run/nm/c && for file in *; do [ -f "$file" ] && printf '\\1%s\\2' "$file" && cat "$file"; done`);
  const files = filesIn(latin1(stdout));
  for (const [name, text] of files) files.set(name, withoutUuid(text.replace(/^# .*\n/, "")));
  return files;
}

/** A key file without its own UUID. */
export function withoutUuid(text: string): string {
  return text.replace(/^uuid=.*$/m, "uuid=");
}

function filesIn(text: string): Map<string, string> {
  const parts = text
    .split("\x01")
    .slice(1)
    .map((part) => part.split("\x02") as [string, string]);
  return new Map(parts);
}

function lay(root: string, bytes: Uint8Array): void {
  writeFileSync(join(root, "cases/NBFT"), bytes);
}
