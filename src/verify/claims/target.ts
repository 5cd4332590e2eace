import type { Boot } from "../boot.ts";
import { canonicalAddress } from "../canonical-address.ts";
import { type Claim, claim, passOrFail, type Verdict } from "../claim.ts";
import type { TargetFacts } from "../facts/target-facts.ts";
import { neededPaths, pathName, recordName } from "./names.ts";

/** What the other side says: a guest may be wrong about itself. */
export function* checkTarget(boot: Boot): Generator<Claim> {
  if (!boot.connects) return;
  const { target, expectation, manifest } = boot;
  const needed = neededPaths(boot);
  const expected = "the target's own word";
  if (!target) {
    const seen = manifest?.foreignTarget ? "it runs elsewhere" : "no report of the target";
    const required = manifest !== undefined && !manifest.foreignTarget && needed.length > 0;
    const hint = "Look into the target's own log for the host NQN";
    yield claim("target.host", { verdict: "unknown", required, expected, seen, source: "target", hint });
    return;
  }
  const hosts = expectation.hosts.map(({ nqn }) => nqn).filter((nqn) => nqn !== undefined);
  for (const subsystem of new Set(needed.map(({ subsystemNqn }) => subsystemNqn))) {
    const paths = needed.filter(({ subsystemNqn }) => subsystemNqn === subsystem);
    const own = target.controllers.filter((made) => made.subsystemNqn === subsystem);
    const known = own.filter(({ hostNqn }) => hosts.length === 0 || hosts.includes(hostNqn));
    const right = known.filter(({ authentication }) => authentication !== "asked");
    const asked = known.length > right.length;
    yield claim("target.host", {
      about: subsystem,
      verdict:
        !target.logged || (asked && right.length < paths.length)
          ? "unknown"
          : seenOr(target, right.length >= paths.length),
      expected: `${paths.length} controllers for ${hosts.join(", ") || "any host"}`,
      seen:
        own.length === 0
          ? "none"
          : [...count(own.map(({ hostNqn }) => hostNqn))].map(([nqn, times]) => `${times} for ${nqn}`).join("; "),
      source: "target: kernel log",
      hint:
        target.refusals[0] ??
        (asked ? unauthenticated : target.cutOff ? cutOff : "The target was never asked, or by another host"),
    });
  }
  for (const path of needed) {
    const from = path.hfi.address === undefined ? undefined : canonicalAddress(path.hfi.address);
    const there = target.sessions.filter(
      ({ local, port }) => local === canonicalAddress(path.traddr) && port === path.trsvcid,
    );
    yield claim("target.paths", {
      about: pathName(boot, path),
      verdict: target.listed
        ? seenOr(
            target,
            there.some(({ peer }) => from === undefined || peer === from),
          )
        : "unknown",
      expected: `${from ?? "the host"} connected to ${path.traddr} ${path.trsvcid}`,
      seen:
        there.length === 0
          ? "nobody connected there"
          : `connections from ${[...new Set(there.map(({ peer }) => peer))].join(", ")}`,
      source: "target: TCP connections",
      hint: target.cutOff ? cutOff : "This path was not used, or from another interface",
    });
  }
  yield* namespaceClaims(boot);
  const strangers = target.controllers
    .filter(({ hostNqn }) => hosts.length > 0 && !hosts.includes(hostNqn))
    .map(({ hostNqn }) => hostNqn);
  yield claim("target.strangers", {
    verdict: target.logged ? passOrFail(strangers.length === 0) : "unknown",
    expected: hosts.join(", ") || "any host",
    seen: [...new Set(target.controllers.map(({ hostNqn }) => hostNqn))].join(", ") || "no host",
    source: "target: kernel log",
    hint: "A host with another identity connected: the table's was not used, or not only",
  });
}

const unauthenticated =
  "It asked the host to authenticate itself; that line is written before, and for hosts that it refuses, too";
const cutOff = "The target was stopped while it wrote its report: what it saw last is missing";

/** What a target did not see by the end of its report, it may have seen after. */
function seenOr({ cutOff }: TargetFacts, seen: boolean): Verdict {
  return !seen && cutOff ? "unknown" : passOrFail(seen);
}

function* namespaceClaims(boot: Boot): Generator<Claim> {
  const seen = new Set<string>();
  for (const path of neededPaths(boot)) {
    const { type, id, nsid } = path.namespace;
    const key = JSON.stringify([path.table, path.ssns]);
    if (seen.has(key) || id === undefined || type === "eui64") continue;
    seen.add(key);
    const served = boot.target!.subsystems.get(path.subsystemNqn) ?? [];
    const found = served.some(
      (each) => (type === "uuid" ? each.uuid : each.nguid) === id.toLowerCase() && (nsid === 0 || each.nsid === nsid),
    );
    yield claim("target.namespace", {
      about: recordName(boot, path, "SSNS", path.ssns),
      verdict: passOrFail(found),
      expected: `${type} ${id}${nsid === 0 ? "" : `, nsid ${nsid}`}`,
      seen: served.map((each) => `nsid ${each.nsid}: uuid ${each.uuid}, nguid ${each.nguid}`).join("; ") || "nothing",
      source: "target: configuration read back",
    });
  }
}

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
