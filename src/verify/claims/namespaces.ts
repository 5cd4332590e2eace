import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { ExpectedNamespace, ExpectedPath } from "../expectation.ts";
import type { NamespaceFacts } from "../facts/nvme.ts";
import { isSkipped, neededPaths, recordName } from "./names.ts";
import { controllerOfPath } from "./paths.ts";

/** Whether the namespaces of the table are there, over all their paths. */
export function* checkNamespaces(boot: Boot): Generator<Claim> {
  if (!boot.connects) return;
  const { last } = boot;
  const seen = new Set<string>();
  for (const path of boot.expectation.paths) {
    const key = JSON.stringify([path.table, path.ssns]);
    if (seen.has(key) || path.unavailable || isSkipped(boot, path) || /\.discovery$/.test(path.subsystemNqn)) continue;
    seen.add(key);
    const about = recordName(boot, path, "SSNS", path.ssns);
    const found = last?.namespaces?.find((candidate) => isNamespace(path, candidate));
    // Linux's own target has no EUI-64 to give.
    const unknowable = path.namespace.type === "eui64" && boot.manifest !== undefined && !boot.manifest.foreignTarget;
    yield claim("namespace.identity", {
      about,
      required: !unknowable,
      verdict: last?.namespaces && !(unknowable && !found) ? passOrFail(found !== undefined) : "unknown",
      expected: `${describe(path.namespace)} in ${path.subsystemNqn}`,
      seen: found ? `${found.name}: ${describeSeen(found)}` : listOf(last?.namespaces, path.subsystemNqn),
      source: at(last, "/sys/block/nvme*/{uuid,nguid,eui,nsid}"),
      hint: unknowable
        ? "A Linux target has no EUI-64"
        : last?.namespaces?.length === 0
          ? "See path.live"
          : "The target serves another namespace than the one that the firmware booted from",
    });
    if (found) yield* pathsClaim(boot, path, about);
  }
}

function* pathsClaim(boot: Boot, path: ExpectedPath, about: string): Generator<Claim> {
  const needed = neededPaths(boot).filter(({ subsystemNqn }) => subsystemNqn === path.subsystemNqn);
  if (needed.length < 2) return;
  // Without the kernel's own multipathing each path is a device of its own.
  const devices = boot.last?.namespaces?.filter((candidate) => isNamespace(path, candidate)) ?? [];
  const paths = devices.flatMap((device) => device.paths);
  const wanted = needed.map((other) => ({ other, controller: controllerOfPath(other, boot.last)?.name }));
  const there = new Set(paths.map(({ controller }) => controller));
  const missing = wanted.filter(({ controller }) => controller === undefined || !there.has(controller));
  yield claim("namespace.paths", {
    about,
    verdict: boot.last?.controllers ? passOrFail(missing.length === 0) : "unknown",
    expected: `${needed.length} paths`,
    seen:
      paths.map(({ controller, anaState }) => `${controller}${anaState ? ` ${anaState}` : ""}`).join(", ") || "none",
    source: at(boot.last, "/sys/class/nvme/nvme*/nvme*n*"),
    hint: `Missing: ${missing.map(({ other }) => `${other.traddr} through HFI ${other.hfi.hfi}`).join(", ")}`,
  });
}

/** Whether a block device is the namespace that a record names: by its identifier, and by subsystem and NSID as far as they are told. */
export function isNamespace(path: ExpectedPath, candidate: NamespaceFacts): boolean {
  const { nsid, type, id } = path.namespace;
  if (candidate.subsystemNqn !== undefined && candidate.subsystemNqn !== path.subsystemNqn) return false;
  if (nsid !== 0 && candidate.nsid !== undefined && candidate.nsid !== nsid) return false;
  if (type === undefined || id === undefined)
    return nsid !== 0 && candidate.nsid === nsid && candidate.subsystemNqn !== undefined;
  return (type === "uuid" ? candidate.uuid : type === "nguid" ? candidate.nguid : candidate.eui64) === id.toLowerCase();
}

function describe({ nsid, type, id }: ExpectedNamespace): string {
  return (
    [type && id ? `${type} ${id}` : "", nsid === 0 ? "" : `nsid ${nsid}`].filter(Boolean).join(", ") || "a namespace"
  );
}

function describeSeen({ nsid, uuid, nguid, eui64 }: NamespaceFacts): string {
  const identity = uuid ? `uuid ${uuid}` : nguid ? `nguid ${nguid}` : eui64 ? `eui64 ${eui64}` : "no identifier";
  return `${identity}, nsid ${nsid ?? "not told"}`;
}

function listOf(namespaces: readonly NamespaceFacts[] | undefined, nqn: string): string {
  if (!namespaces) return "nothing about namespaces";
  const all = namespaces.map(
    (each) => `${each.name}: ${describeSeen(each)}${each.subsystemNqn === nqn ? "" : ` in ${each.subsystemNqn}`}`,
  );
  return all.join("; ") || "no namespace";
}
