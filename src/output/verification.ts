import { escapeText } from "../text/escape.ts";
import type { Claim } from "../verify/claim.ts";
import type { Evidence, LabManifest } from "../verify/evidence.ts";
import { consoleOf } from "../verify/facts/console.ts";
import { readStage } from "../verify/facts/stage-facts.ts";
import { noReport } from "../verify/not-evidence.ts";
import type { Verification } from "../verify/verify.ts";
import { type Paint, plain } from "./paint.ts";

/** Choices of {@link formatVerification}. */
export interface VerificationTextOptions {
  /** Colours; none unless given. */
  readonly paint?: Paint;
  /** What was expected and where it was seen for claims that hold, too. */
  readonly verbose?: boolean;
}

/** How a claim came out, in one word of four letters: `pass`, `FAIL`, `warn` for what is not required, `????` for what the evidence does not tell. */
function claimWord({ verdict, required }: Claim): string {
  if (verdict === "pass") return "pass";
  if (verdict === "unknown") return required ? "????" : "  ? ";
  return required ? "FAIL" : "warn";
}

/** A boot's claims as text: what holds in one line, what does not with everything that is known about it, and the sum at the end. */
export function formatVerification(
  path: string,
  verification: Verification,
  options: VerificationTextOptions = {},
): string {
  const { paint = plain, verbose = false } = options;
  if (verification.reason?.kind === "no report") {
    const { text } = verification.reason;
    const remedy =
      text === noReport
        ? ": run nbft lab run --evidence FILE, or on the machine the script that nbft collect prints"
        : "";
    return `${escapeText(path)}: ${text}${remedy}\n`;
  }
  const lines = [paint.bold(`${escapeText(path)}: ${describeRun(verification)}`)];
  for (const claim of verification.claims) lines.push(...formatClaim(claim, paint, verbose));
  return `${lines.join("\n")}\n${paint.bold(summaryOf(verification))}\n`;
}

function formatClaim(claim: Claim, paint: Paint, verbose: boolean): string[] {
  const { id, about, verdict, required, expected, seen, source, hint } = claim;
  const colour = verdict === "pass" ? paint.good : verdict === "fail" && required ? paint.bad : paint.doubtful;
  const name = `${id}${about === "" ? "" : ` ${escapeText(about)}`}`;
  const head = `${colour(claimWord(claim))} ${name}: ${escapeText(seen)}`;
  const detail = (label: string, text: string) => `       ${paint.dim(`${label}:`)} ${escapeText(text)}`;
  if (verdict === "pass" || (verdict === "unknown" && !required))
    return verbose
      ? [head, detail("expected", expected), detail("seen in", source)]
      : [`${head} ${paint.dim(`[${escapeText(source)}]`)}`];
  const more = hint === undefined ? [] : [detail("hint", hint)];
  return [head, detail("claim", claim.title), detail("expected", expected), detail("seen in", source), ...more];
}

function describeRun({ evidence }: Verification): string {
  const { manifest, host } = evidence;
  const stages = host.stages.map(({ name }) => name).join(", ");
  if (!manifest) return `report of a machine (${escapeText(stages) || "no stage"})`;
  const { depth, via, firmware, acceleration, qemu, seconds } = manifest;
  const versions = versionsOf(evidence, manifest);
  const inside = depth === "dracut" || depth === "os" ? ["linux", "nvme-cli", "dracut-core"] : ["linux", "nvme-cli"];
  const programs = inside.flatMap((name) => (versions[name] ? [`${name} ${versions[name]}`] : []));
  return escapeText(
    [`${depth} boot`, `table by ${via}`, firmware, ...programs, `QEMU ${qemu} ${acceleration}`, `${seconds} s`].join(
      ", ",
    ),
  );
}

/** Versions of what ran: of the user's own image as it tells them itself. */
function versionsOf({ host, hostConsole }: Evidence, manifest: LabManifest): LabManifest["versions"] {
  if (!manifest.ownImage && !manifest.ownInitrd) return manifest.versions;
  const stages = host.stages.map(readStage);
  const linux = stages.find((stage) => stage.linux)?.linux ?? consoleOf(hostConsole ?? "").linux;
  const nvme = stages.find((stage) => stage.nvmeCli)?.nvmeCli;
  return { ...(linux && { linux }), ...(nvme && { "nvme-cli": nvme }) };
}

/** The last line: how many claims held and what follows from that. */
function summaryOf({ judgement, reason, claims }: Verification): string {
  const because = reason === undefined ? "" : `: ${reason.kind} (${escapeText(reason.text)})`;
  const count = (word: string) => claims.filter((claim) => claimWord(claim).trim() === word).length;
  const parts = [`${count("pass")} of ${claims.length} claims hold`];
  if (count("FAIL") > 0) parts.push(`${count("FAIL")} failed`);
  if (count("????") > 0) parts.push(`${count("????")} cannot be told`);
  if (count("warn") > 0) parts.push(`${count("warn")} worth a look`);
  return `${judgement}${because}: ${parts.join(", ")}`;
}
