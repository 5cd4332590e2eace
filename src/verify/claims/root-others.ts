import { at, type Boot } from "../boot.ts";
import { type Claim, claim } from "../claim.ts";
import { type BlockFacts, disksOf, type MountFacts } from "../facts/block.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { isNamespace } from "./namespaces.ts";

const systemFolders = /^\/(?:usr|boot|efi|var|etc)(?:\/|$)/;
const overNetwork =
  /^(?:nfs4?|cifs|smb3|9p|virtiofs|ceph|glusterfs|lustre|afs|beegfs|gpfs|orangefs|fuse\.(?:sshfs|glusterfs|s3fs|ceph-fuse|rclone))$/;
const inMemory =
  /^(?:tmpfs|ramfs|rootfs|devtmpfs|proc|sysfs|devpts|mqueue|hugetlbfs|cgroup2?|securityfs|debugfs|tracefs|configfs|efivarfs|bpf|pstore|autofs|binfmt_misc|fusectl|rpc_pipefs|nfsd|nsfs|selinuxfs|fuse\.(?:lxcfs|portal|gvfsd-fuse|snapfuse|squashfuse))$/;

/** A part of the system, and what of it is not the table's or cannot be told. */
interface Part {
  readonly what: string;
  readonly strange?: string | undefined;
  readonly dark?: string | undefined;
}

/** Whether another machine serves a file system. */
export function isOverNetwork({ type }: MountFacts): boolean {
  return overNetwork.test(type);
}

/** A system that takes parts of itself from a disk of its own, or from a server, does not come from the table's namespace alone. */
export function checkOtherMounts(boot: Boot, stage: StageFacts): Claim {
  const inside = stage.name === "root" || stage.name === "system" ? "" : "/sysroot";
  const mounts = (stage.mounts ?? [])
    .filter(({ point }) => point.startsWith(inside) && systemFolders.test(point.slice(inside.length)))
    .map((mount) => ({ mount, what: mount.point.slice(inside.length) }));
  const swaps = (stage.swaps ?? [])
    .filter(({ device, type }) => !(type === "partition" && /\/zram\d+$/.test(device)))
    .map(({ device, type }) => ({ mount: swapMount(device, type, stage), what: "swap" }));
  const parts = [...mounts, ...swaps].flatMap(({ mount, what }) => partOf(boot, stage, mount, what) ?? []);
  const bad = parts.filter(({ strange }) => strange !== undefined);
  const dark = parts.filter(({ dark }) => dark !== undefined);
  return claim("root.others", {
    verdict: bad.length > 0 ? "fail" : dark.length > 0 ? "unknown" : "pass",
    expected: "none on another device",
    seen:
      bad.map(({ what, strange }) => `${what} on ${strange}`).join("; ") ||
      dark.map(({ what, dark }) => `${what} on ${dark}`).join("; ") ||
      (parts.length === 0 ? "no such mounts" : `${parts.length}, all on the table's namespaces`) +
        (stage.swaps === undefined ? "; the report does not tell of swap" : ""),
    source: at(stage, "/proc/self/mountinfo, /proc/swaps"),
    hint: "The system does not come only from the table's namespace",
  });
}

/** What a swap space lies on: a device, or the file system of its file. */
function swapMount(device: string, type: string, stage: StageFacts): MountFacts {
  const file = type === "file" ? mountOf(device, stage) : undefined;
  // The kernel shows the path without /dev where that was another mount when swapping began.
  const source = `/dev/${device.split("/").at(-1)}`;
  return file ?? { dev: "", point: "", type: "swap", source, options: [] };
}

/** Undefined of what lies in memory. */
function partOf(boot: Boot, stage: StageFacts, mount: MountFacts, what: string): Part | undefined {
  if (isOverNetwork(mount)) return { what, strange: `${mount.source} (${mount.type})` };
  if (mount.type === "overlay") return overlay(boot, stage, mount, what);
  if (inMemory.test(mount.type)) return undefined;
  const disks = disksOf(mount, stage.blockDevices ?? []);
  if (!disks || !stage.namespaces) return { what, dark: `${mount.source} (${mount.type})` };
  const strange = disks.filter((disk) => ownerOf(boot, stage, disk).path === undefined);
  return { what, strange: strange.length > 0 ? strange.map(({ name }) => name).join(", ") : undefined };
}

/** An overlay is what its layers are. What fills a lower layer in memory is not known; an upper one is filled by the system itself. */
function overlay(boot: Boot, stage: StageFacts, mount: MountFacts, what: string): Part | undefined {
  // Those of containers.
  if (/^\/var\/./.test(what)) return undefined;
  const layers = layersOf(mount);
  let dark = layers.length === 0 ? "an overlay of unknown layers" : undefined;
  for (const { folder, upper } of layers) {
    const below = mountOf(folder.replace(/^\/sysroot(?=\/|$)/, ""), stage, mount);
    const part = below && partOf(boot, stage, below, what);
    if (part?.strange !== undefined) return { what, strange: `${part.strange} (by an overlay of ${folder})` };
    if (part?.dark !== undefined || (!part && !upper)) dark ??= `an overlay of ${folder}`;
  }
  return { what, dark };
}

function layersOf({ options }: MountFacts): { readonly folder: string; readonly upper: boolean }[] {
  return options.flatMap((option) => {
    const [, kind, folders] = /^(lowerdir\+?|datadir\+?|upperdir)=(.*)$/.exec(option) ?? [];
    return (folders?.split(":") ?? []).map((folder) => ({ folder, upper: kind === "upperdir" }));
  });
}

/** Whether what a root file system is put together from lies on the table's namespaces as far as that is known: composefs, for example. */
export function isLaidOverTable(boot: Boot, stage: StageFacts, mount: MountFacts): boolean {
  const disks = layersOf(mount).flatMap(({ folder }) => {
    const below = mountOf(folder, stage, mount);
    return (below && disksOf(below, stage.blockDevices ?? [])) ?? [];
  });
  return disks.length > 0 && disks.every((disk) => ownerOf(boot, stage, disk).path !== undefined);
}

/** The mount that a folder or file lies on, other than an overlay over it. */
function mountOf(folder: string, stage: StageFacts, overlay?: MountFacts): MountFacts | undefined {
  const inside = ({ point }: MountFacts) => folder === point || folder.startsWith(point.replace(/\/?$/, "/"));
  const longest = (a: MountFacts | undefined, b: MountFacts) => (a && a.point.length > b.point.length ? a : b);
  return stage.mounts
    ?.filter((mount) => mount !== overlay && inside(mount))
    .reduce<MountFacts | undefined>(longest, undefined);
}

/** The namespace that a disk is, and the record that names it. */
export function ownerOf(boot: Boot, stage: StageFacts, disk: BlockFacts) {
  const namespace = stage.namespaces?.find(({ name }) => name === disk.name);
  const path = namespace && boot.expectation.paths.find((candidate) => isNamespace(candidate, namespace));
  return { disk, namespace, path };
}
