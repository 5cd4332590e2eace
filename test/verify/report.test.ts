import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeReport, partText, readReport } from "../../src/verify/report.ts";

const nonce = "0123456789abcdef0123456789abcdef";
const bytes = (text: string) => new TextEncoder().encode(text);
const body = (parts: readonly { name: string; bytes: Uint8Array }[]) => encodeReport(nonce, "boot", parts);

describe("readReport", () => {
  it("gives back what was written, whatever its bytes are", () => {
    const part = fc.record({ name: fc.stringMatching(/^[a-z./-]{1,20}$/), bytes: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const report = readReport(body(parts));
        expect(report.problems).toEqual([]);
        expect(report.stages).toHaveLength(1);
        expect(report.stages[0]!.done).toBe(true);
        expect(
          report.stages[0]!.parts.map(({ name, bytes: content }) => ({ name, bytes: Uint8Array.from(content) })),
        ).toEqual(parts.map((each) => ({ name: each.name, bytes: each.bytes })));
      }),
    );
  });

  it("never throws, and never says done, for a report that is cut anywhere", () => {
    const whole = body([
      { name: "tables/NBFT", bytes: bytes("NBFT\n\n@@\n") },
      { name: "cmdline", bytes: bytes("quiet\n") },
    ]);
    for (let length = 0; length < whole.length - 1; length++) {
      const report = readReport(whole.subarray(0, length));
      expect(report.stages.some(({ done }) => done)).toBe(false);
      expect(report.problems.length).toBeGreaterThan(0);
    }
  });

  it("shows the part that was being sent when it was cut", () => {
    const whole = body([{ name: "dmesg", bytes: bytes("first\nsecond\nthird\n") }]);
    const report = readReport(whole.subarray(0, whole.length - 100));
    const [part] = report.stages[0]!.parts;
    expect(partText(part)).toMatch(/^first\nsec/);
    expect(part).toMatchObject({ name: "dmesg", complete: false, status: undefined });
    expect(report.problems).toContain("part dmesg is cut off");
  });

  it("takes no mark from the content of a part, without the nonce", () => {
    const forged = bytes(
      `x\n@@${"0".repeat(32)} END a 0\n@@nbft-report 1 ${"0".repeat(32)}\n@@${"0".repeat(32)} DONE boot\n`,
    );
    const report = readReport(body([{ name: "a", bytes: forged }]));
    expect(report.nonce).toBe(nonce);
    expect(report.stages[0]!.parts).toHaveLength(1);
    expect(Uint8Array.from(report.stages[0]!.parts[0]!.bytes)).toEqual(forged);
  });

  it("reads nothing of a report with another nonce than the one that was asked for", () => {
    const report = readReport(body([{ name: "a", bytes: bytes("b") }]), "f".repeat(32));
    expect(report.stages).toEqual([]);
  });

  it("keeps the stages of a boot apart, and says which did not end", () => {
    const early = encodeReport(nonce, "early", [{ name: "a", bytes: bytes("1") }]);
    const late = encodeReport(nonce, "root", [{ name: "a", bytes: bytes("2") }]);
    const joined = new Uint8Array([...early, ...late.subarray(0, late.length - 10)]);
    const report = readReport(joined);
    expect(report.stages.map(({ name, done }) => [name, done])).toEqual([
      ["early", true],
      ["root", false],
    ]);
    expect(report.problems).toContain("stage root stops before its DONE mark");
  });

  it("undoes what a terminal did to line ends, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        const sent = body([{ name: "tables/NBFT", bytes: content }]);
        const onTerminal = Uint8Array.from([...sent].flatMap((byte) => (byte === 0x0a ? [0x0d, 0x0a] : [byte])));
        const [stage] = readReport(onTerminal).stages;
        expect(Uint8Array.from(stage!.parts[0]!.bytes)).toEqual(content);
        expect(stage!.done).toBe(true);
      }),
    );
  });

  it("reads marks among console output and terminal escapes", () => {
    const noise = bytes("\x1b[2J[  0.1] Booting\r\n@@ not a mark\n@@@@\n");
    const report = readReport(new Uint8Array([...noise, ...body([{ name: "a", bytes: bytes("b") }]), ...noise]));
    expect(report.stages[0]).toMatchObject({ name: "boot", done: true });
  });

  it("ends, with few problems, whatever floods it", () => {
    const floods = [
      "\n@@".repeat(1_000_000),
      `\n@@${nonce} BEGIN a`.repeat(60_000),
      `@@nbft-report 1 ${nonce}\n${`\n@@${nonce} BEGIN a\n`.repeat(60_000)}`,
      `@@nbft-report 1 ${nonce}\n${`\n@@${nonce} END a 0\n`.repeat(60_000)}`,
      "@".repeat(4_000_000),
    ];
    for (const flood of floods) {
      // Anything pairwise would take so long that the test's time-out ends it.
      const report = readReport(bytes(flood));
      expect(report.problems.length).toBeLessThanOrEqual(100);
      expect(report.stages.some(({ done }) => done)).toBe(false);
    }
  });

  it("says so when a report is of another version, or none", () => {
    expect(readReport(bytes(`@@nbft-report 2 ${nonce}\n`)).problems[0]).toContain("version 2");
    expect(readReport(new Uint8Array()).problems).toEqual(["no report is declared in it"]);
  });
});
