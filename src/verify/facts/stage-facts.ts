import type { EvidenceTable } from "../evidence.ts";
import { findPart } from "../evidence.ts";
import { partText, type ReportStage } from "../report.ts";
import { type InterfaceAddress, type IpRoute, readAddresses, readRoutes } from "./addresses.ts";
import { readAttributes } from "./attributes.ts";
import { type BlockFacts, type MountFacts, readBlockDevices, readMounts } from "./block.ts";
import { type InterfaceFacts, readInterfaces } from "./interfaces.ts";
import { type ControllerFacts, type NamespaceFacts, readControllers, readNamespaces } from "./nvme.ts";
import { type ProgramFacts, readMakers } from "./programs.ts";
import { tlsSessionsIn } from "./tls-sessions.ts";

/** What one stage of a boot tells. Undefined means that the report has nothing about it, not that there was nothing. */
export interface StageFacts {
  readonly name: string;
  readonly done: boolean;
  readonly bootId: string | undefined;
  readonly bootIdAtEnd: string | undefined;
  /** Seconds since the kernel's start, by the guest's own clock, when the collector began and when it was done. */
  readonly uptime: number | undefined;
  readonly uptimeAtEnd: number | undefined;
  /** Release of the kernel. */
  readonly linux: string | undefined;
  readonly commandLine: string | undefined;
  readonly tables: readonly EvidenceTable[];
  /** `nvme nbft show`: what it printed and how it ended. */
  readonly nbftShow: { readonly text: string; readonly status: number | undefined } | undefined;
  /** Release of nvme-cli. */
  readonly nvmeCli: string | undefined;
  /** Release of the dracut that made the initramfs, as /etc/initrd-release has it: `106-6`. */
  readonly dracut: string | undefined;
  /** Version of libnvme, else of nvme-cli. */
  readonly libnvme: string | undefined;
  readonly addresses: readonly InterfaceAddress[] | undefined;
  readonly routes: readonly IpRoute[] | undefined;
  readonly interfaces: readonly InterfaceFacts[] | undefined;
  readonly controllers: readonly ControllerFacts[] | undefined;
  readonly namespaces: readonly NamespaceFacts[] | undefined;
  readonly blockDevices: readonly BlockFacts[] | undefined;
  readonly mounts: readonly MountFacts[] | undefined;
  /** Files that add to the kernel's command line: `etc/cmdline`, `etc/cmdline.d/…`. */
  readonly commandLineFiles: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly nvmeHostNqn: string | undefined;
  readonly nvmeHostId: string | undefined;
  /** Files of nvme-cli, nvme-discoverd and nvme-stas that can name what to connect to, with their lines that are not comments. */
  readonly connectFiles: readonly { readonly name: string; readonly lines: readonly string[] }[];
  /** nvme-cli's registry: who made a controller, by the controller's name. */
  readonly owners: ReadonlyMap<string, string>;
  /** The programs that made controllers, by the controller's name, where the kernel kept a record of programs. */
  readonly makers: ReadonlyMap<string, ProgramFacts> | undefined;
  /** Devices and files that are swapped to; undefined where the report does not tell. */
  readonly swaps: readonly { readonly device: string; readonly type: string }[] | undefined;
  /** What systemd says of the system. */
  readonly systemd: SystemdFacts | undefined;
  /** Ciphers of the TLS sessions that tlshd made: `TLS1.3 AES-128-GCM`. */
  readonly tlsSessions: readonly string[];
  readonly kernelLog: string | undefined;
  readonly journal: string | undefined;
}

/** What systemd says of the system that it has started. */
export interface SystemdFacts {
  /** `running`, `degraded`, `starting`, … */
  readonly state: string;
  /** The unit that default.target stands for, and its state: `active`, … */
  readonly target: string | undefined;
  readonly targetState: string | undefined;
  /** Units that failed. */
  readonly failed: readonly string[];
}

/** Reads a stage's parts. Nothing in a report makes it throw. */
export function readStage(stage: ReportStage): StageFacts {
  const text = (name: string) => partText(findPart(stage, name));
  const attrs = (name: string) => readAttributes(findPart(stage, `${name}.attrs`));
  const has = (name: string) => findPart(stage, `${name}.attrs`) !== undefined;
  const about = attrs("about");
  const end = attrs("end");
  const addresses = readAddresses(text("ip-addr.json"), text("ip-addr"));
  const show = findPart(stage, "nbft-show.json");
  const nvme = attrs("nvme");
  const bootId = "/proc/sys/kernel/random/boot_id";
  return {
    name: stage.name,
    done: stage.done,
    bootId: about.value(bootId),
    bootIdAtEnd: end.value(bootId),
    uptime: secondsOf(about.value("/proc/uptime")),
    uptimeAtEnd: secondsOf(end.value("/proc/uptime")),
    linux: about.value("/proc/sys/kernel/osrelease"),
    commandLine: text("cmdline")?.trim(),
    tables: stage.parts
      // Empty is what cat makes of a file that it may not read.
      .filter(({ name, bytes }) => /^tables\/NBFT\d*$/.test(name) && bytes.length > 0)
      .map(({ name, bytes }) => ({ name: name.slice("tables/".length), bytes })),
    nbftShow: show && { text: partText(show)!, status: show.status },
    dracut: dracutOf(about.lines("/etc/initrd-release") ?? []),
    nvmeCli: /^nvme version (\S+)/m.exec(text("nvme-version") ?? "")?.[1],
    libnvme: /^(?:libnvme|nvme) version (\S+)/m.exec(text("nvme-version")?.split("\n").reverse().join("\n") ?? "")?.[1],
    addresses,
    routes: readRoutes([text("ip-route.json"), text("ip-route6.json")], text("ip-route")),
    interfaces: has("network") ? readInterfaces(attrs("network"), addresses ?? []) : undefined,
    controllers: has("controllers") ? readControllers(attrs("controllers")) : undefined,
    namespaces: has("namespaces") ? readNamespaces(attrs("namespaces"), attrs("subsystems")) : undefined,
    blockDevices: has("block") ? readBlockDevices(attrs("block")) : undefined,
    mounts: readMounts(text("mountinfo")),
    commandLineFiles: stage.parts
      .filter(({ name }) => name === "etc/cmdline" || name.startsWith("etc/cmdline.d/"))
      .map((part) => ({ name: part.name, lines: linesOf(partText(part)!) })),
    nvmeHostNqn: nvme.value("/etc/nvme/hostnqn"),
    nvmeHostId: nvme.value("/etc/nvme/hostid")?.toLowerCase(),
    connectFiles: stage.parts
      .filter(({ name }) =>
        /^etc\/(?:nvme\/(?:discovery\.conf|config\.json|nvme-.*\.conf|.*\.conf\.d\/.*)|stas\/.*)$/.test(name),
      )
      .map((part) => ({ name: part.name, lines: linesOf(partText(part)!).filter((line) => !/^[#;]/.test(line)) })),
    owners: new Map(
      attrs("registry")
        .entries(registry)
        .map((name) => [name, attrs("registry").value(`${registry}/${name}/owner`) ?? ""]),
    ),
    makers: readMakers(text("programs")),
    swaps: has("swaps") ? swapsOf(attrs("swaps").lines("/proc/swaps") ?? []) : undefined,
    systemd: systemdOf(text("systemd"), text("systemd-target"), text("systemd-failed")),
    tlsSessions: tlsSessionsIn(`${text("more/tlshd.part") ?? ""}\n${text("journal") ?? ""}`),
    kernelLog: text("dmesg"),
    journal: text("journal"),
  };
}

const registry = "/run/nvme/registry";

/** Lines of /proc/swaps after its heading: file name, type, sizes, priority. */
function swapsOf(lines: readonly string[]): { device: string; type: string }[] {
  return lines.slice(1).flatMap((line) => {
    const [device, type] = line.trim().split(/\s+/);
    return device && type ? [{ device, type }] : [];
  });
}

/** What `systemctl` printed: is-system-running, show, list-units with a unit first on each line. */
function systemdOf(state: string | undefined, target = "", failed = ""): SystemdFacts | undefined {
  if (state === undefined || state.trim() === "") return undefined;
  const property = (name: string) => new RegExp(`^${name}=(.+)$`, "m").exec(target)?.[1];
  return {
    state: state.trim(),
    target: property("Id"),
    targetState: property("ActiveState"),
    failed: linesOf(failed).map((line) => line.replace(/^\W+ /, "").split(/\s+/)[0]!),
  };
}

/** First number of /proc/uptime. */
function secondsOf(text: string | undefined): number | undefined {
  const seconds = Number.parseFloat(text ?? "");
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** An initramfs of a system with os-release has its lines and DRACUT_VERSION, another has dracut's own. */
function dracutOf(release: readonly string[]): string | undefined {
  const pattern = release.includes("ID=dracut") ? /^VERSION_ID="?([^"]+)"?$/ : /^DRACUT_VERSION="?([^"]+)"?$/;
  return release.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
