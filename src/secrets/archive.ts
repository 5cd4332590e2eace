import { encodeCpio } from "../acpi/cpio.ts";
import { type ReadTable, readTables } from "../consumers/libnvme/read-tables.ts";
import { LIBNVME_1 } from "../consumers/libnvme/releases.ts";
import { runConnectAll } from "../consumers/nvme-cli/connect-all.ts";
import { connectingOf } from "../consumers/nvme-cli/connect-run.ts";
import { readShared } from "../nbft/read/shared-reading.ts";
import { nvmeConfig, type PathSecrets, type SecuredPath } from "./nvme-config.ts";
import { tlshdConfig, tlshdUnit } from "./tlshd.ts";

/** The paths of tables that secrets are for. */
export interface SecuredPaths {
  /** In the order in which nvme-cli connects. */
  readonly paths: readonly SecuredPath[];
  /** Whether security profiles chose the paths; else no table has one, and all paths are taken. */
  readonly byProfile: boolean;
}

/**
 * Paths to subsystems that nvme-cli 2.x makes from tables: those with a security profile, or all where no table has one.
 *
 * @param tables with the names of their files
 */
export function securedPaths(tables: readonly { readonly path: string; readonly bytes: Uint8Array }[]): SecuredPaths {
  const all = pathsWithProfile(tables);
  const chosen = all.filter(({ profile }) => profile);
  const byProfile = chosen.length > 0;
  return { paths: (byProfile ? chosen : all).map(({ path }) => path), byProfile };
}

/** What a record's profile requires. */
interface Requirement {
  readonly authentication: boolean;
  readonly tls: boolean;
}

/**
 * All paths to subsystems that nvme-cli 2.x makes from tables, and which of them have a security profile. Those of one SSNS are one object: keys
 * are looked up by what all of them say.
 */
export function pathsWithProfile(
  tables: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): { readonly profile: boolean; readonly requires: Requirement; readonly path: SecuredPath }[] {
  const read = readTables(tables, LIBNVME_1);
  // What is said of one HFI of an SSNS holds for all: a table may have 65,025 paths.
  return runConnectAll(read.map(withFirstHfis), {}, connectingOf(LIBNVME_1), {}, Number.POSITIVE_INFINITY).flatMap(
    ({ steps }, i) => {
      const { ssns, security } = readShared(tables[i]!.bytes).table;
      const hfis = new Map(
        read[i]!.reading.table?.subsystems.map((each) => [each.position, each.hfis.filter((hfi) => hfi).length]),
      );
      return steps.flatMap(({ kind, action, path, connection }) => {
        if (kind !== "io" || action !== "connect" || connection?.hostNqn === undefined) return [];
        const { hostNqn, hostId, nqn, traddr, trsvcid } = connection;
        const position = Number(/^ssns\[(\d+)\]/.exec(path)?.[1]);
        const record = ssns[position];
        const profile = record?.flags.useSecurity === true || (record?.securityIndex ?? 0) !== 0;
        const flags = security.find(({ index }) => index === record?.securityIndex)?.flags;
        const requires = {
          authentication: flags?.inBandAuthentication === "required",
          tls: flags?.secureChannel === "required",
        };
        const secured = { hostNqn, hostId: hostId ?? "", subsystemNqn: nqn, traddr, trsvcid };
        return Array<{ profile: boolean; requires: Requirement; path: SecuredPath }>(hfis.get(position) ?? 0).fill({
          profile,
          requires,
          path: secured,
        });
      });
    },
  );
}

/** A table that was read, of each SSNS the first HFI alone: the primary one, which is never missing. */
function withFirstHfis(read: ReadTable): ReadTable {
  const { table } = read.reading;
  if (!table) return read;
  const subsystems = table.subsystems.map((each) => ({ ...each, hfis: each.hfis.slice(0, 1) }));
  return { ...read, reading: { ...read.reading, table: { ...table, subsystems } } };
}

/**
 * An archive to append to an initramfs: `etc/nvme/config.json` with the keys, readable by root alone, and the folders that lead to it. A generic
 * image of dracut 112 has no `etc/nvme`, and Linux drops a file whose folder is missing without a message. With a TLS key there is also what starts
 * tlshd: its configuration, and a unit that dracut's systemd starts before it connects; the program itself has to be in the image.
 *
 * @param tlshd false leaves out what starts tlshd
 */
export function secretsArchive(
  paths: readonly SecuredPath[],
  secretsOf: (path: SecuredPath) => PathSecrets,
  { tlshd = true }: { readonly tlshd?: boolean } = {},
): Uint8Array {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const folder = { data: new Uint8Array(0), mode: 0o040755 };
  const tls = tlshd && paths.some((path) => secretsOf(path).tls);
  return encodeCpio([
    { ...folder, name: "etc" },
    { ...folder, name: "etc/nvme" },
    { name: "etc/nvme/config.json", data: bytesOf(nvmeConfig(paths, secretsOf)), mode: 0o100600 },
    ...(tls
      ? [
          { name: "etc/tlshd.conf", data: bytesOf(tlshdConfig) },
          { ...folder, name: "etc/systemd" },
          { ...folder, name: "etc/systemd/system" },
          { name: `etc/systemd/system/${unit}`, data: bytesOf(tlshdUnit) },
          { ...folder, name: wants },
          { name: `${wants}/${unit}`, data: bytesOf(`../${unit}`), mode: 0o120777 },
        ]
      : []),
  ]);
}

const unit = "tlshd-initrd.service";
const wants = "etc/systemd/system/dracut-initqueue.service.wants";
