import type { Attributes } from "./attributes.ts";

/** A block device, and what udev found on it. */
export interface BlockFacts {
  readonly name: string;
  /** `major:minor`. */
  readonly dev: string | undefined;
  /** Device of the disk that this is a partition of. */
  readonly parentDev: string | undefined;
  /** Names of the devices that this one is made from. */
  readonly slaves: readonly string[];
  /** Name in /dev/mapper. */
  readonly mapperName: string | undefined;
  readonly hidden: boolean;
  readonly fsUuid: string | undefined;
  readonly fsLabel: string | undefined;
  /** UUID of the partition that it is. */
  readonly partUuid: string | undefined;
  /** `ext4`, `zfs_member`, … */
  readonly fsType: string | undefined;
  /** Which of the devices of its file system this one is, where there can be several. */
  readonly fsUuidSub: string | undefined;
}

const block = "/sys/class/block";

/** Devices in a report's `block.attrs`. */
export function readBlockDevices(attributes: Attributes): BlockFacts[] {
  return attributes.entries(block).map((name) => {
    const dev = attributes.value(`${block}/${name}/dev`);
    const udev = attributes.lines(`/run/udev/data/b${dev}`) ?? [];
    const property = (key: string) =>
      udev
        .find((line) => line.startsWith(`E:${key}=`))
        ?.slice(key.length + 3)
        .trim();
    return {
      name,
      dev,
      parentDev: attributes.value(`${block}/${name}/../dev`),
      slaves: attributes.lines(`${block}/${name}/slaves`) ?? [],
      mapperName: attributes.value(`${block}/${name}/dm/name`),
      hidden: attributes.value(`${block}/${name}/hidden`) === "1",
      fsUuid: property("ID_FS_UUID"),
      fsLabel: property("ID_FS_LABEL"),
      partUuid: property("ID_PART_ENTRY_UUID"),
      fsType: property("ID_FS_TYPE"),
      fsUuidSub: property("ID_FS_UUID_SUB"),
    };
  });
}

/** A mounted file system. */
export interface MountFacts {
  readonly dev: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  /** The file system's own. */
  readonly options: readonly string[];
}

/** Lines of /proc/self/mountinfo (Linux, Documentation/filesystems/proc.rst section 3.5). */
export function readMounts(text: string | undefined): MountFacts[] | undefined {
  return text?.split("\n").flatMap((line) => {
    const [left, right] = line.split(" - ");
    const [, , dev, , point] = (left ?? "").split(" ");
    const [type, source, options = ""] = (right ?? "").split(" ");
    if (dev === undefined || point === undefined || type === undefined || source === undefined) return [];
    return [{ dev, point: unescapeOctal(point), type, source: unescapeOctal(source), options: options.split(",") }];
  });
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** The whole disks that a mounted file system lies on; undefined where the report does not tell, for example for an overlay. */
export function disksOf(mount: MountFacts, devices: readonly BlockFacts[]): BlockFacts[] | undefined {
  const byName = new Map(devices.map((device) => [device.name, device]));
  const byDev = new Map(devices.map((device) => [device.dev, device]));
  const disks: BlockFacts[] = [];
  const seen = new Set<BlockFacts>();
  const queue = mount.type === "zfs" ? membersOf(mount, devices) : [deviceOf(mount, devices)];
  if (queue.length === 0) return undefined;
  while (queue.length > 0) {
    const device = queue.pop();
    if (!device) return undefined;
    if (seen.has(device)) continue;
    seen.add(device);
    if (device.slaves.length > 0) for (const name of device.slaves) queue.push(byName.get(name));
    else if (device.parentDev !== undefined) queue.push(byDev.get(device.parentDev));
    else disks.push(device);
  }
  return disks;
}

/** What a pool of ZFS is made from: a file system names it first, as `rpool/ROOT/debian`. */
function membersOf({ source }: MountFacts, devices: readonly BlockFacts[]): BlockFacts[] {
  const pool = source.split("/")[0];
  return devices.filter(({ fsType, fsLabel }) => fsType === "zfs_member" && fsLabel === pool);
}

/** The device that a file system is on. Such as btrfs have a device number of their own; their source names the device. */
export function deviceOf({ dev, source }: MountFacts, devices: readonly BlockFacts[]): BlockFacts | undefined {
  const name = /^\/dev\/(?:mapper\/)?([^/]+)$/.exec(source)?.[1];
  return (
    devices.find((device) => device.dev === dev) ??
    (name === undefined ? undefined : devices.find((device) => device.name === name || device.mapperName === name))
  );
}
