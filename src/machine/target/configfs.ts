import { shellQuote } from "../qemu/command-text.ts";
import {
  addressFamily,
  hyphenated,
  type TargetHost,
  type TargetNamespace,
  type TargetSpec,
  type TargetSubsystem,
} from "./target-spec.ts";

const root = "/sys/kernel/config/nvmet";

/**
 * A POSIX shell script that sets up the target through configfs, for a root shell: any Linux with nvmet, an initramfs with busybox included.
 *
 * Identifiers are written before the namespace is enabled, the access list before a port offers the subsystem; an image is attached to a
 * loop device with the block size that its contents were made for. A failing step ends the script.
 */
export function configfsScript(spec: TargetSpec): string {
  const lines = [
    "#!/bin/sh",
    "set -e",
    `root=${root}`,
    "modprobe -q nvmet_tcp 2>/dev/null || true",
    ...(spec.subsystems.some(({ digests }) => digests.header || digests.data)
      ? ["# PDU digests are CRC-32C sums", "modprobe -q crc32c 2>/dev/null || true"]
      : []),
    'mountpoint -q /sys/kernel/config 2>/dev/null || mount -t configfs none /sys/kernel/config 2>/dev/null || [ -d "$root" ]',
    '[ -d "$root" ] || { echo "nvmet is not loaded" >&2; exit 1; }',
    // A plain write: some attributes take no trailing line end.
    'put() { printf %s "$1" > "$2"; }',
  ];
  if (spec.subsystems.some(({ namespaces }) => namespaces.some(({ image }) => image)))
    lines.push(
      'attach() { losetup --find --show --sector-size "$1" "$2" 2>/dev/null || { l=$(losetup -f) && losetup "$l" "$2" && echo "$l"; }; }',
    );
  // A secret goes from its file to its attribute: it is in no script, no command line and no list of processes.
  if (spec.hosts.length > 0)
    lines.push('key() { [ -s "$1" ] || { echo "$1: no secret" >&2; exit 1; }; tr -d "\\n" < "$1" > "$2"; }');
  if (spec.discoveryNqn !== undefined) lines.push(`put ${shellQuote(spec.discoveryNqn)} "$root/discovery_nqn"`);
  for (const nqn of hostsOf(spec)) lines.push(`mkdir "$root"/hosts/${shellQuote(nqn)}`);
  for (const host of spec.hosts) lines.push(...secretLines(host));
  for (const subsystem of spec.subsystems) lines.push("", ...subsystemLines(subsystem));
  for (const { id, traddr, trsvcid, subsystems, tls } of spec.ports) {
    lines.push(
      "",
      `port="$root"/ports/${id}`,
      'mkdir "$port"',
      `put tcp "$port/addr_trtype"`,
      `put ${addressFamily(traddr)} "$port/addr_adrfam"`,
      `put ${shellQuote(traddr)} "$port/addr_traddr"`,
      `put ${trsvcid} "$port/addr_trsvcid"`,
      ...(tls === undefined
        ? []
        : ['put tls1.3 "$port/addr_tsas"', `put ${shellQuote(transportRequirement[tls])} "$port/addr_treq"`]),
      ...subsystems.map((nqn) => `ln -s "$root"/subsystems/${shellQuote(nqn)} "$port"/subsystems/${shellQuote(nqn)}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Words of `addr_treq`. */
export const transportRequirement = { required: "required", supported: "not required" } as const;

function secretLines({ nqn, secret, controllerSecret, hash, dhGroup }: TargetHost): string[] {
  return [
    `host="$root"/hosts/${shellQuote(nqn)}`,
    `key ${shellQuote(secret)} "$host/dhchap_key"`,
    ...(controllerSecret === undefined ? [] : [`key ${shellQuote(controllerSecret)} "$host/dhchap_ctrl_key"`]),
    `put "hmac(${hash})" "$host/dhchap_hash"`,
    `put ${dhGroup} "$host/dhchap_dhgroup"`,
  ];
}

function subsystemLines({ nqn, serial, model, hosts, namespaces }: TargetSubsystem): string[] {
  return [
    `subsystem="$root"/subsystems/${shellQuote(nqn)}`,
    'mkdir "$subsystem"',
    `put ${hosts === "any" ? 1 : 0} "$subsystem/attr_allow_any_host"`,
    ...(serial === undefined ? [] : [`put ${shellQuote(serial)} "$subsystem/attr_serial"`]),
    ...(model === undefined ? [] : [`put ${shellQuote(model)} "$subsystem/attr_model"`]),
    ...(hosts === "any"
      ? []
      : hosts.map((host) => `ln -s "$root"/hosts/${shellQuote(host)} "$subsystem"/allowed_hosts/${shellQuote(host)}`)),
    ...namespaces.flatMap(namespaceLines),
  ];
}

function namespaceLines({ nsid, path, uuid, nguid, image, blockSize }: TargetNamespace): string[] {
  return [
    `namespace="$subsystem"/namespaces/${nsid}`,
    'mkdir "$namespace"',
    image
      ? `put "$(attach ${blockSize} ${shellQuote(path)})" "$namespace/device_path"`
      : `put ${shellQuote(path)} "$namespace/device_path"`,
    ...(uuid === undefined ? [] : [`put ${uuid} "$namespace/device_uuid"`]),
    ...(nguid === undefined ? [] : [`put ${hyphenated(nguid)} "$namespace/device_nguid"`]),
    'put 1 "$namespace/enable"',
  ];
}

function hostsOf(spec: TargetSpec): string[] {
  return [...new Set(spec.subsystems.flatMap(({ hosts }) => (hosts === "any" ? [] : hosts)))];
}

/** The script that takes the target away again: links first, then what they led to. What is not there is passed over. */
export function removalScript(spec: TargetSpec): string {
  const lines = ["#!/bin/sh", `root=${root}`];
  for (const { id, subsystems } of spec.ports) {
    for (const nqn of subsystems) lines.push(`rm -f "$root"/ports/${id}/subsystems/${shellQuote(nqn)}`);
    lines.push(`rmdir "$root"/ports/${id}`);
  }
  for (const { nqn, hosts, namespaces } of spec.subsystems) {
    lines.push(`subsystem="$root"/subsystems/${shellQuote(nqn)}`);
    for (const { nsid, image } of namespaces) {
      if (image) lines.push(`loop=$(cat "$subsystem"/namespaces/${nsid}/device_path)`);
      lines.push(`echo 0 > "$subsystem"/namespaces/${nsid}/enable`, `rmdir "$subsystem"/namespaces/${nsid}`);
      if (image) lines.push('losetup -d "$loop"');
    }
    if (hosts !== "any") for (const host of hosts) lines.push(`rm -f "$subsystem"/allowed_hosts/${shellQuote(host)}`);
    lines.push('rmdir "$subsystem"');
  }
  for (const nqn of hostsOf(spec)) lines.push(`rmdir "$root"/hosts/${shellQuote(nqn)}`);
  return `${lines.join("\n")}\n`;
}
