import { equalBytes } from "../../bytes/compare.ts";
import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";

/** Whether the evidence can be trusted at all: whole, of one boot, of the boot that was asked for. */
export function* checkEvidence(boot: Boot): Generator<Claim> {
  const { stages, evidence, manifest } = boot;
  const unfinished = stages.filter(({ done }) => !done).map(({ name }) => name);
  const { problems } = evidence;
  const whole = stages.length > 0 && unfinished.length === 0 && problems.length === 0;
  yield claim("evidence.whole", {
    // What is missing proves nothing, and refutes nothing.
    verdict: whole ? "pass" : "unknown",
    expected: "every part closed, every stage done",
    seen:
      stages.length === 0
        ? "no report"
        : problems.length === 0
          ? `${stages.map(({ name }) => name).join(", ")}: done`
          : problems.join("; "),
    source: "marks of the report",
    hint:
      ended(boot) ??
      evidence.hint ??
      "The guest or the line stopped before the collector had finished, or the file was cut; what is missing proves nothing",
  });

  const ids = new Map<string, string[]>();
  for (const { name, bootId, bootIdAtEnd } of stages)
    for (const id of [bootId, bootIdAtEnd]) if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), name]);
  const own = evidence.ownReports;
  const strangers =
    manifest && !own
      ? stages.filter(({ commandLine }) => commandLine?.includes(`nbft.nonce=${manifest.host}`) === false)
      : [];
  const unmarked = manifest && !own ? stages.some(({ commandLine }) => commandLine === undefined) : false;
  const known = ids.size > 0 && !unmarked;
  const late = own ? stages.filter(({ uptimeAtEnd: at = 0 }) => at > (manifest?.seconds ?? 0)) : [];
  const changed = changedTables(stages);
  const good = ids.size === 1 && strangers.length === 0 && late.length === 0;
  const mark = own ? "times within the run" : "the run's own mark on the command line";
  yield claim("evidence.one-boot", {
    verdict:
      (good && changed.length > 0) || (!known && strangers.length === 0 && stages.length > 0)
        ? "unknown"
        : passOrFail(good),
    expected: manifest ? `one boot id, and ${mark}` : "one boot id",
    seen:
      strangers.length > 0
        ? `the command line of ${strangers.map(({ name }) => name).join(", ")} is not this run's`
        : ([...ids].map(([id, names]) => `${id} (${[...new Set(names)].join(", ")})`).join("; ") || "none") +
          (own ? "; by a collector in the image, without the run's mark" : "") +
          (late.length > 0 ? `; ${late.map(({ name }) => name).join(", ")} later than the run lasted` : "") +
          (unmarked ? "; without the command line of each stage" : "") +
          (changed.length > 0 ? `; ${changed.join(", ")} not the same in all of them` : ""),
    source: "about.attrs /proc/sys/kernel/random/boot_id, cmdline",
    hint: "Reports of different boots were put together: the second may have come up in another way",
  });

  yield* checkReached(boot);
}

/** Tables that one stage has with other bytes than another: the kernel's do not change while it runs. */
function changedTables(stages: Boot["stages"]): string[] {
  const first = new Map<string, Uint8Array>();
  const changed = new Set<string>();
  for (const { name, bytes } of stages.flatMap(({ tables }) => tables)) {
    if (!equalBytes(first.get(name) ?? bytes, bytes)) changed.add(name);
    first.set(name, bytes);
  }
  return [...changed];
}

/** Whether the boot came as far as it was to come. */
export function* checkReached(boot: Boot): Generator<Claim> {
  const { manifest, stages, last } = boot;
  if (manifest?.ownImage && stages.length === 0) {
    const shown = boot.console?.reached.join(" | ") || boot.console?.lastLine;
    yield claim("boot.reached", {
      verdict: "unknown",
      expected: "a report of the image's own",
      seen: shown === undefined ? "no report, nothing on the console" : `no report; its console shows: ${shown}`,
      source: "host: report, console",
      hint: "Only a report shows what the image made of the table: append the archive of nbft collect -o overlay to its initramfs",
    });
    return;
  }
  const goal = manifest ? (boot.mountsRoot ? "root" : "boot") : undefined;
  const systems = ["system", "root"];
  const reached =
    goal === undefined || (manifest?.ownImage && goal === "root")
      ? stages.some(({ name }) => systems.includes(name))
      : last?.name === goal;
  yield claim("boot.reached", {
    verdict: passOrFail(reached),
    expected: goal === "boot" ? "the end of the quick host's script" : "the system behind switch-root",
    seen: last ? `stage ${last.name}` : "nothing",
    source: at(last, "mark of the stage"),
    hint: ended(boot) ?? reasonOfFailure(boot),
  });
}

function ended({ manifest, console: shown }: Boot): string | undefined {
  const console = shown?.lastLine;
  if (!manifest || manifest.ended === "powered off") return undefined;
  if (manifest.ended === "firmware gave up")
    return `The firmware gave up after ${manifest.seconds} s: see firmware.boot`;
  return `The machine ended by ${manifest.ended} after ${manifest.seconds} s${console ? `; its console ends in: ${console}` : ""}`;
}

/** Lines that name a cause, from the log of a boot that failed. */
function reasonOfFailure({ last }: Boot): string | undefined {
  const log = `${last?.kernelLog ?? ""}\n${last?.journal ?? ""}`;
  const lines = log.match(
    /^.*(?:not allowed|failed to connect|failed to bind|no controller found|ailed to write to \/dev\/nvme-fabrics|found same host|Connect (?:for|command|Invalid)|Timed out|timed out|does not exist|Could not boot|Cannot open root|SIGSEGV|segfault).*$/gm,
  );
  return lines
    ? `The log says: ${[...new Set(lines.map((line) => line.replace(/^\[[^\]]*\]\s*/, "").trim()))].slice(0, 4).join(" | ")}`
    : undefined;
}
