import type { Boot } from "../boot.ts";
import type { ExpectedPath } from "../expectation.ts";
import { skipsSecured } from "./release.ts";

/** How a record is called: with the table's name where there are several. */
export function recordName(boot: Boot, record: { readonly table: number }, kind: string, index: number): string {
  return boot.tables.length > 1 ? `${boot.tables[record.table]?.name} ${kind} ${index}` : `${kind} ${index}`;
}

/** How a path is called. */
export function pathName(boot: Boot, path: ExpectedPath): string {
  return `${recordName(boot, path, "SSNS", path.ssns)} through HFI ${path.hfi.hfi}`;
}

/** A record with a security profile, where what connects passes over such ones or is not known. */
export function isSkipped(boot: Boot, path: ExpectedPath): boolean {
  return path.secured && skipsSecured(boot) !== false;
}

/** Paths that a boot cannot do without: reachable by the table's own addresses, not known to be dead, and of a kind that nvme-cli connects. */
export function neededPaths(boot: Boot): ExpectedPath[] {
  const seen = new Set<string>();
  return boot.expectation.paths.filter((path) => {
    if (path.unavailable || isSkipped(boot, path) || path.unreachable || /\.discovery$/.test(path.subsystemNqn))
      return false;
    // Two records of one subsystem, one for each namespace, are one connection.
    const key = JSON.stringify([path.subsystemNqn, path.traddr, path.trsvcid, path.hfi.mac, path.hfi.vlan]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
