import { firstOfRules } from "../../output/findings/first-of-rules.ts";
import { escapeText } from "../../text/escape.ts";
import type { ConfigCheck } from "../../uefi/setattempt/check-config.ts";

type ConfigFinding = ConfigCheck["findings"][number];

/** The findings about a Config for a command that does something else with it: the first of each rule, and how many more there are. */
export function firstFindings(findings: readonly ConfigFinding[]): {
  shown: readonly ConfigFinding[];
  more: readonly string[];
} {
  const { shown, more } = firstOfRules(findings);
  return {
    shown,
    more: Array.from(more, ([rule, count]) => `${count} more of ${rule}: nbft attempt check -o json lists more`),
  };
}

/** What the firmware does with a Config, in words. */
export function configVerdict({ firmware }: Pick<ConfigCheck, "firmware">): string {
  const { result, attemptCount, stoppedAt, console } = firmware;
  const attempts = `${attemptCount} ${attemptCount === 1 ? "attempt" : "attempts"}`;
  const at = stoppedAt ? ` at line ${stoppedAt.number}` : "";
  switch (result) {
    case "stored":
      return `the firmware stores ${attempts}`;
    case "rejected":
      return `the firmware stores nothing: ${cut(escapeText((console.at(-1) ?? "").trim()))}`;
    case "hang":
      return `the firmware hangs${at}`;
  }
}

/** The firmware prints a sentence for each unknown key, without a line end. */
function cut(line: string): string {
  const most = 1024;
  return line.length > most ? `${line.slice(0, most)}… (${line.length - most} more characters)` : line;
}
