import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCpio } from "../acpi/cpio.ts";
import { kernelOf } from "./host-machine.ts";
import type { DiskPatch } from "./image/image-menu.ts";
import { appendArchives } from "./initrd-file.ts";
import { configOverlay } from "./initrds.ts";
import { diskArguments, machineArguments, targetNics, type Wiring } from "./machines.ts";
import type { Run } from "./planned-run.ts";
import { makeEmptyDisk } from "./root-image.ts";
import { targetKeys } from "./security.ts";
import { leanTcgProfile } from "./tcg-profile.ts";
import { diskName } from "./topology/target-config.ts";

/** What is written over a disk of the target, which for this run is a copy, and the bytes in which its place is counted. */
const patchFile = "etc/nbft/disk.patch";
const patchUnit = 4096;

/** QEMU's arguments for the target, or for the relay to one that runs elsewhere. Its files are put into the run's folder. */
export function targetMachine(
  run: Run,
  nonce: string,
  wiring: Wiring,
  image?: string | undefined,
  patch?: DiskPatch | undefined,
): string[] {
  const { options, build, folder, topology, security, system } = run;
  const user = options.target ? ["user 52:54:00:6e:62:fe 10.199.199.15/24 10.199.199.2"] : [];
  const root = topology.disks.findIndex(({ content }) => content === "root");
  const patched = patch ? [`patch ${diskName(root)} ${patch.offset / patchUnit} ${patchFile}`] : [];
  const config = [...user, ...patched, ...topology.targetConfig, ""].join("\n");
  const overlays = [configOverlay("etc/nbft/target.conf", config)];
  if (build.tlsInitrd !== undefined) overlays.push(readFileSync(build.tlsInitrd));
  if (security) overlays.push(targetKeys(security));
  if (patch) overlays.push(encodeCpio([{ name: patchFile, data: patch.bytes }]));
  appendArchives(folder, "target.initrd", build.targetInitrd, overlays);
  const disks = topology.disks.flatMap(({ content, image: own, blockSize }, i) => {
    if (content === "root" && system) return diskArguments(system.disk, i, system.blockSize);
    const root = image ?? own ?? build.systemImage ?? build.rootImage;
    if (content === "root") return diskArguments(root, i, run.firmwareBoot?.request.blockSize ?? blockSize);
    if (own !== undefined) return diskArguments(own, i, blockSize);
    makeEmptyDisk(join(folder, `empty${i}.img`), 8 * 1024 * 1024);
    return diskArguments(`empty${i}.img`, i, blockSize);
  });
  const outside = [
    ...["-netdev", "user,id=outside,net=10.199.199.0/24,host=10.199.199.2"],
    ...["-device", "virtio-net-pci,netdev=outside,mac=52:54:00:6e:62:fe,romfile="],
  ];
  return machineArguments({
    name: "target",
    machine: "pc",
    acceleration: run.speed.acceleration,
    memory: 192,
    cpus: 1,
    listens: true,
    kernel: kernelOf(run, true),
    initrd: "target.initrd",
    commandLine: `console=ttyS0 panic=-1 quiet ${leanTcgProfile(run.speed)}nbft.nonce=${nonce}`,
    more: [...disks, ...targetNics(topology.links, wiring), ...(options.target ? outside : [])],
  });
}
