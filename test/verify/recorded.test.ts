import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyBoot } from "../../src/verify/verify.ts";
import { scenarios } from "../lab/scenarios.ts";
import { judged } from "./judged.ts";

const folder = join(import.meta.dirname, "../vectors/evidence");

describe("boots that took place, from what they left behind", () => {
  it("are all there", () => {
    expect(scenarios.filter(({ name }) => !existsSync(join(folder, `${name}.nbft`))).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it("hold no key", () => {
    const keys = readdirSync(folder).filter((name) =>
      /DHHC-1:|NVMeTLSkey-1:/.test(readFileSync(join(folder, name), "latin1")),
    );
    expect(keys).toEqual([]);
  });

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (name, scenario) => {
    judged(scenario, verifyBoot(readFileSync(join(folder, `${name}.nbft`))));
  });
});
