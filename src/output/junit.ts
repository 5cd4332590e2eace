import { escapeXml } from "../text/xml.ts";
import type { Claim } from "../verify/claim.ts";
import type { Reason, Verification } from "../verify/verify.ts";
import { unreadSuite } from "./findings/junit.ts";
import type { UnreadSource } from "./findings/text.ts";

/**
 * Boots as a JUnit report: one suite a boot, one case a claim; what cannot be told or is not required counts as skipped.
 *
 * @param unread sources of evidence that could not be read, a suite with an error each.
 */
export function formatJunit(
  boots: readonly { readonly path: string; readonly verification: Verification }[],
  unread: readonly UnreadSource[] = [],
): string {
  const suites = [...unread.map(unreadSuite), ...boots.map(({ path, verification }) => suiteOf(path, verification))];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(path: string, { claims, evidence, reason }: Verification): string {
  // What failed in a run that proves nothing is not a failure of what was tested.
  const failed = reason ? 0 : claims.filter(({ verdict, required }) => verdict === "fail" && required).length;
  const why = reason === undefined ? [] : [reasonCase(reason)];
  const told = claims.filter(({ verdict, required }) => verdict !== "pass" && required).length;
  const errors = told - failed + why.length;
  const skipped = claims.filter(({ verdict, required }) => verdict !== "pass" && !required).length;
  const time = evidence.manifest?.seconds ?? 0;
  const counts = `tests="${claims.length + why.length}" failures="${failed}" errors="${errors}" skipped="${skipped}" time="${time}"`;
  return `  <testsuite name="${escapeXml(path)}" ${counts}>\n${[...why, ...claims.map((claim) => caseOf(claim, reason === undefined))].join("")}  </testsuite>\n`;
}

/** Why nothing is said about the boot. */
function reasonCase({ kind, text }: Reason): string {
  return `    <testcase classname="run" name="${escapeXml(kind)}">\n      <error message="${escapeXml(text)}"/>\n    </testcase>\n`;
}

function caseOf(claim: Claim, counts: boolean): string {
  const { id, about, verdict, required, expected, seen, source, hint } = claim;
  const name = escapeXml(about === "" ? id : `${id} ${about}`);
  const head = `    <testcase classname="${escapeXml(id.split(".")[0]!)}" name="${name}"`;
  if (verdict === "pass") return `${head}/>\n`;
  const kind = !required ? "skipped" : verdict === "fail" && counts ? "failure" : "error";
  const text = [
    `claim: ${claim.title}`,
    `expected: ${expected}`,
    `seen in: ${source}`,
    ...(hint ? [`hint: ${hint}`] : []),
  ];
  return `${head}>\n      <${kind} message="${escapeXml(seen)}">${escapeXml(text.join("\n"))}</${kind}>\n    </testcase>\n`;
}
