import { expect } from "vitest";
import { formatVerification } from "../../src/output/verification.ts";
import type { Verification } from "../../src/verify/verify.ts";
import type { Scenario } from "../lab/scenarios.ts";

/** Asserts that a boot was checked as its scenario says, and shows all claims where it was not. */
export function judged(
  {
    name,
    judgement,
    fails = [],
    holds = [],
    sees = {},
    hints = {},
  }: Pick<Scenario, "name" | "judgement" | "fails" | "holds" | "sees" | "hints">,
  verification: Verification,
): void {
  const text = formatVerification(name, verification, { verbose: true });
  expect(verification.judgement, text).toBe(judgement);
  const failed = new Set(verification.claims.filter(({ verdict }) => verdict === "fail").map(({ id }) => id));
  for (const id of fails) expect([...failed], text).toContain(id);
  for (const id of holds) {
    const own = verification.claims.filter((claim) => claim.id === id);
    expect(own.length, `${id}\n${text}`).toBeGreaterThan(0);
    for (const { verdict } of own) expect(verdict, `${id}\n${text}`).toBe("pass");
  }
  const first = (id: string) => verification.claims.find((claim) => claim.id === id);
  for (const [id, seen] of Object.entries(sees)) expect(first(id)?.seen, text).toBe(seen);
  for (const [id, hint] of Object.entries(hints)) expect(first(id)?.hint, text).toMatch(hint);
  if (judgement === "proved")
    expect(verification.claims.filter(({ verdict, required }) => required && verdict !== "pass")).toEqual([]);
}
