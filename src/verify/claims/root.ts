import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import { type BlockFacts, deviceOf, disksOf, type MountFacts } from "../facts/block.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { recordName } from "./names.ts";
import { checkOtherMounts, isLaidOverTable, isOverNetwork, ownerOf } from "./root-others.ts";

/** Whether the root file system lies on the table's namespace, and could lie nowhere else. */
export function* checkRoot(boot: Boot): Generator<Claim> {
  if (!boot.mountsRoot) return;
  const stage = [boot.last, boot.initramfs].find((candidate) => rootMount(candidate) !== undefined);
  const mount = rootMount(stage);
  const disks = mount && disksOf(mount, stage?.blockDevices ?? []);
  yield deviceClaim(boot, stage, mount, disks);
  if (mount) yield uniqueClaim(boot, stage!, mount, disks);
  if (mount) yield checkOtherMounts(boot, stage!);
}

/** The file system at the root: of the system itself, or where the initramfs mounts it. */
function rootMount(stage: StageFacts | undefined): MountFacts | undefined {
  const point = stage?.name === "root" || stage?.name === "system" ? "/" : "/sysroot";
  return stage?.mounts?.findLast((mount) => mount.point === point);
}

function deviceClaim(
  boot: Boot,
  stage: StageFacts | undefined,
  mount: MountFacts | undefined,
  disks: readonly BlockFacts[] | undefined,
): Claim {
  const owners = (disks ?? []).map((disk) => ownerOf(boot, stage!, disk));
  const good = owners.length > 0 && owners.every(({ path }) => path !== undefined);
  const told = owners.map(({ disk, namespace, path }) =>
    path
      ? `${disk.name} = ${recordName(boot, path, "SSNS", path.ssns)}`
      : `${disk.name} is ${namespace ? `${namespace.uuid ? `uuid ${namespace.uuid}` : namespace.wwid} of ${namespace.subsystemNqn}, not in the table` : "no NVMe namespace"}`,
  );
  // These have devices, and name them in another way or not at all.
  const hasDevices = mount && /^(?:zfs|bcachefs)$/.test(mount.type);
  const laidOver = mount !== undefined && isLaidOverTable(boot, stage!, mount);
  const elsewhere = mount && (isOverNetwork(mount) || (!hasDevices && !/^\/dev\//.test(mount.source) && !laidOver));
  return claim("root.device", {
    verdict: mount && disks && stage?.namespaces ? passOrFail(good) : elsewhere ? "fail" : "unknown",
    expected: "a namespace of the table",
    seen: mount ? [`${mount.source} ${mount.type}`, ...told].join("; ") : "no root file system was mounted",
    source: at(stage, "/proc/self/mountinfo, /sys/class/block"),
    hint: laidOver
      ? "The layers that the report shows are on the table's namespace; it does not show where the others are, such as the image of composefs"
      : mount
        ? "The machine came up from something else: a local disk, another subsystem, or a memory file system"
        : "See boot.reached and path.live",
  });
}

function uniqueClaim(
  boot: Boot,
  mounted: StageFacts,
  mount: MountFacts,
  disks: readonly BlockFacts[] | undefined,
): Claim {
  // udev's findings are there before switch-root at the latest.
  const stage = [mounted, boot.initramfs].find((candidate) =>
    candidate?.blockDevices?.some(({ fsUuid, fsLabel }) => fsUuid ?? fsLabel),
  );
  const devices = stage?.blockDevices ?? [];
  const own = deviceOf(mount, devices);
  const label = /\broot=(?:block:)?(?:LABEL=|\/dev\/disk\/by-label\/)/.test(mounted.commandLine ?? "");
  const partition = /\broot=(?:block:)?(?:PARTUUID=|\/dev\/disk\/by-partuuid\/)/.test(mounted.commandLine ?? "");
  const same = devices.filter(
    (other) =>
      other !== own &&
      !other.hidden &&
      own !== undefined &&
      ((own.fsUuid !== undefined && other.fsUuid === own.fsUuid) ||
        (label && own.fsLabel !== undefined && other.fsLabel === own.fsLabel) ||
        (partition && own.partUuid !== undefined && other.partUuid === own.partUuid)),
  );
  const apart = same.filter((other) => {
    const below = disksOf(
      { dev: other.dev ?? "", point: "", type: "", source: `/dev/${other.name}`, options: [] },
      devices,
    );
    if (below && isOtherMember(own, other) && below.every((disk) => ownerOf(boot, stage!, disk).path)) return false;
    return !below || !disks || below.some(({ name }) => !disks.some((disk) => disk.name === name));
  });
  return claim("root.unique", {
    verdict: own ? passOrFail(apart.length === 0) : "unknown",
    required: own !== undefined,
    expected: "one device with this file system",
    seen: own
      ? [
          `UUID ${own.fsUuid ?? "none"}, label ${own.fsLabel ?? "none"}`,
          ...apart.map(({ name }) => `also on ${name}`),
        ].join("; ")
      : "udev's findings are not in the evidence",
    source: at(stage, "/run/udev/data"),
    hint: "Which of them is mounted is chance: the next boot may take the other",
  });
}

/** Whether two devices are parts of one btrfs, which have its UUID both, and not copies of each other. */
function isOtherMember(own: BlockFacts | undefined, { fsType, fsUuidSub }: BlockFacts): boolean {
  return fsType === "btrfs" && own?.fsType === "btrfs" && fsUuidSub !== undefined && fsUuidSub !== own.fsUuidSub;
}
