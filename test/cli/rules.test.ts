import { describe, expect, it } from "vitest";
import type { RuleInfo } from "../../src/rule-info.ts";
import { ruleOf, rules } from "../../src/rules/catalogue.ts";
import { ruleExamples } from "../../src/rules/generated/examples.ts";
import { runCli } from "../helpers/cli.ts";

describe("nbft rules", () => {
  it("lists every rule, one a line", async () => {
    const { out, code } = await runCli(["rules"]);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(rules.map(({ code }) => code));
    expect(lines[1]).toMatch(/^H002 +checksum +error +The bytes/);
    expect(code).toBe(0);
  });

  it("explains a rule, with an example and what is found in it", async () => {
    const { out } = await runCli(["rules", "S032"]);
    expect(out).toContain(
      "S032 ss-shfi-zero (warning)\nReported if this is not the case: A secondary HFI list contains no 0.\n",
    );
    expect(out).toContain("why     Specification:");
    expect(out).toContain("breaks  nvme-cli 2.8 to 2.x: counts a zero");
    expect(out).toContain("  ssns[0].secondaryHfis is [0]\n  warning ssns[0].secondaryHfis @0x");
  });

  it("lists the rules that have all words, and numbers whole", async () => {
    const codes = async (...words: string[]) =>
      (JSON.parse((await runCli(["rules", ...words, "-o", "json"])).out) as { code: string }[]).map(({ code }) => code);
    expect(await codes("figure", "14", "gateway")).toEqual(["T018", "T025", "T028"]);
    expect(await codes("Figure 14 GATEWAY")).toEqual(["T018", "T025", "T028"]);
    expect((await runCli(["rules", "figure", "1"])).err).toBe(
      "nbft: there is no rule figure 1 (nbft rules lists them)\n",
    );
    // Words are looked for as they are.
    expect(await runCli(["rules", "("])).toMatchObject({ code: 0, err: "" });
    for (const word of ["c++", "[qq", "(qq"])
      expect(await runCli(["rules", word])).toMatchObject({
        code: 2,
        err: `nbft: there is no rule ${word} (nbft rules lists them)\n`,
      });
    expect((await runCli(["rules", "route", "metric"])).out).toMatch(/^T025 +ti-metric/);
    expect((await runCli(["rules", "nqn-case"])).out).toContain("O014 nqn-case (info)\nReported if");
  });

  it("names the repair, and says when a rule is fatal", async () => {
    const { out } = await runCli(["rules", "H002"]);
    expect(out).toContain("H002 checksum (error; no reader that follows the specification uses the table)");
    expect(out).toContain("fix     nbft repair --only H002: writes the checksum that makes the sum 0\n");
  });

  it("explains every rule without gaps", async () => {
    for (const { code } of rules) {
      const { out, code: exit } = await runCli(["rules", code]);
      expect(out).not.toMatch(/undefined|\[object|NaN/);
      expect(out.split("\n").filter((line) => line.length > 200 && !line.startsWith("  "))).toEqual([]);
      expect(exit).toBe(0);
    }
  });

  it("explains rules about stores, Configs, machines, targets and containers", async () => {
    const { out } = await runCli(["rules", "V001", "A104", "Q001", "N006", "K013"]);
    expect(out).toContain("V001 not-a-store (error)\nReported if this is not the case: The file begins with");
    expect(out).toContain("example\n  the file is a text\n  error @0x28: not a variable store");
    expect(out).toContain("  warning hostId line 2: HostId equals the UUID of the host NQN");
    expect(out).toContain("page    docs/rules/Q001.md");
    expect(out).toContain("hint    Name the hosts that may connect: allowHosts");
    expect(out).toContain("the kernel refuses kernel/firmware/acpi/nbft.aml");
  });

  it("takes codes without their letter, families and names, and several", async () => {
    const list = async (...words: string[]) => {
      const { out } = await runCli(["rules", "-o", "json", ...words]);
      return (JSON.parse(out) as RuleInfo[]).map(({ code }) => code);
    };
    expect(await list("x002")).toEqual(["X002a", "X002b", "X002c"]);
    expect(await list("G")).toEqual(["G001", "G002", "G003", "G004", "G005", "G006"]);
    expect(await list("checksum", "T015")).toEqual(["H002", "T015"]);
  });

  it("gives JSON that is the rules themselves", async () => {
    const all = JSON.parse((await runCli(["rules", "-o", "json"])).out) as RuleInfo[];
    expect(all.map(({ code }) => code)).toEqual(rules.map(({ code }) => code));
    const [one] = JSON.parse((await runCli(["rules", "D010", "-o", "json"])).out) as RuleInfo[];
    expect(one).toEqual({ ...ruleOf("D010"), page: "docs/rules/D010.md", examples: ruleExamples["D010"] });
  });

  it("exits 2 on what is no rule", async () => {
    const { out, err, code } = await runCli(["rules", "Z001"]);
    expect([out, code]).toEqual(["", 2]);
    expect(err).toBe("nbft: there is no rule Z001 (nbft rules lists them)\n");
  });
});
