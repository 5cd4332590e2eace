import { at, type Boot } from "../boot.ts";
import { type Claim, claim, verdictOf } from "../claim.ts";

/** Whether the evidence can be trusted at all: whole, of one boot, of the boot that was asked for. */
export function* checkEvidence(boot: Boot): Generator<Claim> {
  const { stages, evidence, manifest } = boot;
  const unfinished = stages.filter(({ done }) => !done).map(({ name }) => name);
  const { problems } = evidence;
  yield claim("evidence.whole", {
    verdict: verdictOf(stages.length > 0 && unfinished.length === 0 && problems.length === 0),
    expected: "every part closed, every stage done",
    seen:
      stages.length === 0
        ? "no report"
        : problems.length === 0
          ? `${stages.map(({ name }) => name).join(", ")}: done`
          : problems.join("; "),
    source: "marks of the report",
    hint:
      ended(boot) ?? "The guest or the line stopped before the collector had finished; what is missing proves nothing",
  });

  const ids = new Map<string, string[]>();
  for (const { name, bootId, bootIdAtEnd } of stages)
    for (const id of [bootId, bootIdAtEnd]) if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), name]);
  const strangers = manifest
    ? stages.filter(({ commandLine }) => !commandLine?.includes(`nbft.nonce=${manifest.host}`))
    : [];
  const known = ids.size > 0;
  yield claim("evidence.one-boot", {
    verdict: !known && stages.length > 0 ? "unknown" : verdictOf(ids.size === 1 && strangers.length === 0),
    expected: manifest ? "one boot id, and the run's own mark on the command line" : "one boot id",
    seen:
      strangers.length > 0
        ? `the command line of ${strangers.map(({ name }) => name).join(", ")} is not this run's`
        : [...ids].map(([id, names]) => `${id} (${[...new Set(names)].join(", ")})`).join("; ") || "none",
    source: "about.attrs /proc/sys/kernel/random/boot_id, cmdline",
    hint: "Reports of different boots were put together: the second may have come up in another way",
  });

  yield* checkReached(boot);
}

/** Whether the boot came as far as it was to come. */
export function* checkReached(boot: Boot): Generator<Claim> {
  const { manifest, stages, last } = boot;
  if (manifest?.ownImage && stages.length === 0) {
    yield claim("boot.reached", {
      verdict: "unknown",
      required: false,
      expected: "a system of the user's own",
      seen: "it does not report; what firmware and target saw decides",
      source: "manifest",
    });
    return;
  }
  const goal = manifest ? (boot.mountsRoot ? "root" : "boot") : undefined;
  const reached =
    goal === undefined ? stages.some(({ name }) => name === "system" || name === "root") : last?.name === goal;
  yield claim("boot.reached", {
    verdict: verdictOf(reached),
    expected: goal === "boot" ? "the end of the quick host's script" : "the system behind switch-root",
    seen: last ? `stage ${last.name}` : "nothing",
    source: at(last, "mark of the stage"),
    hint: ended(boot) ?? reasonOfFailure(boot),
  });
}

function ended({ manifest, evidence }: Boot): string | undefined {
  if (!manifest || manifest.ended === "powered off") return undefined;
  if (manifest.ended === "firmware gave up")
    return `The firmware gave up after ${manifest.seconds} s: see firmware.boot`;
  const console = evidence.hostConsole?.trim().split("\n").slice(-1)[0]?.trim().slice(-200);
  return `The machine ended by ${manifest.ended} after ${manifest.seconds} s${console ? `; its console ends in: ${console}` : ""}`;
}

/** Lines that name a cause, from the log of a boot that failed. */
function reasonOfFailure({ last }: Boot): string | undefined {
  const log = `${last?.kernelLog ?? ""}\n${last?.journal ?? ""}`;
  const lines = log.match(
    /^.*(?:not allowed|failed to connect|failed to bind|no controller found|Connect (?:for|command|rejected)|connect failed|Timed out|timed out|does not exist|Could not boot|Cannot open root|SIGSEGV|segfault).*$/gm,
  );
  return lines
    ? `The log says: ${[...new Set(lines.map((line) => line.replace(/^\[[^\]]*\]\s*/, "").trim()))].slice(0, 4).join(" | ")}`
    : undefined;
}
