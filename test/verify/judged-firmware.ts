import { expect } from "vitest";
import { formatVerification } from "../../src/output/verification.ts";
import type { Verification } from "../../src/verify/verify.ts";
import type { FirmwareScenario } from "../lab/firmware-scenarios.ts";
import { judged } from "./judged.ts";

/** Asserts that a boot by the firmware was checked as its scenario says, and that the user is told the reason. */
export function judgedFirmware(scenario: FirmwareScenario, verification: Verification): void {
  judged(scenario, verification);
  const text = formatVerification(scenario.name, verification, { verbose: true });
  const boot = verification.claims.find(({ id }) => id === "firmware.boot");
  if (scenario.told) expect(boot?.hint, text).toMatch(scenario.told);
  else expect(boot?.hint, text).toBeUndefined();
}
