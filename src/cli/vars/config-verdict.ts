import { escapeText } from "../../text/escape.ts";
import type { ConfigCheck } from "../../uefi/setattempt/check-config.ts";

/** What the firmware does with a Config, in words. */
export function configVerdict({ firmware }: Pick<ConfigCheck, "firmware">): string {
  const { result, attemptCount, stoppedAt, console } = firmware;
  const attempts = `${attemptCount} ${attemptCount === 1 ? "attempt" : "attempts"}`;
  const at = stoppedAt ? ` at line ${stoppedAt.number}` : "";
  switch (result) {
    case "stored":
      return `the firmware stores ${attempts}`;
    case "rejected":
      return `the firmware stores nothing: ${escapeText((console.at(-1) ?? "").trim())}`;
    case "hang":
      return `the firmware hangs${at}`;
  }
}
