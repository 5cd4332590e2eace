import { describe, expect, it } from "vitest";
import { everyPath, ipv4 } from "../../fuzz/every-path.ts";
import { bootOfTable } from "../../src/boot/from-table.ts";
import { stackModels } from "../../src/consumers/models.ts";
import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { nvmeCliModel } from "../../src/consumers/nvme-cli/connect-models.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { formatCommands } from "../../src/output/connect-plan.ts";
import { summarizePaths, TablePaths } from "../../src/reach/paths.ts";
import { remediesOf } from "../../src/repair/remedies.ts";
import { repairNbft } from "../../src/repair/repair.ts";
import { validate } from "../../src/rules/validate.ts";
import { pathsWithProfile } from "../../src/secrets/archive.ts";
import { nvmeConfigOutline } from "../../src/secrets/nvme-config.ts";

const open = [{ path: "NBFT", bytes: everyPath(ipv4, true) }];
const closed = everyPath(ipv4, false);

describe("a table with 65,025 paths", () => {
  it("is looked at path by path", () => {
    const summary = (bytes: Uint8Array) => summarizePaths(new TablePaths(readNbft(bytes).table));
    expect(summary(open[0]!.bytes)).toMatchObject({ count: 65025, open: 65025 });
    expect(summary(closed)).toMatchObject({ count: 65025, open: 0 });
    const unreached = validate(closed).filter(({ rule }) => rule === "S036");
    expect(unreached).toHaveLength(255);
    expect(unreached[0]!.message).toMatch(/^no route through HFI 1: .*; nor through 239 more of its HFIs$/);
  });

  it("has the attempts of its first records predicted, and says which are not", () => {
    const plan = planConnectAll(open, {}, "2.16");
    const { steps, notes, paths } = plan.tables[0]!;
    expect(paths).toMatchObject({ text: "65025 of 65025 paths can work; 2 of these are not tried", untried: 2 });
    expect(steps.filter(({ action }) => action === "connect")).toHaveLength(2 * 254);
    const left = steps.filter(({ action }) => action === "unpredicted").map(({ index }) => index);
    expect(left).toEqual(Array.from({ length: 253 }, (_, i) => i + 3));
    const why =
      "too many paths: the attempts of 253 SSNS are not predicted, and not counted in how long the boot waits";
    expect(notes.map(({ message }) => message)).toContain(why);
    expect(formatCommands(plan)).toContain(
      "# ssns[2]: unpredicted: 255 paths: not predicted, the table has too many\n",
    );
    const { verdicts, notes: said } = nvmeCliModel(plan.release).predict(open);
    expect(verdicts.get("0 ssns[2]")).toMatchObject({ does: "not predicted", key: undefined });
    expect(said.map(({ message }) => message)).toContain(why);
  });

  it("is not turned into a boot description", () => {
    const message = "attempts: more than 255 come from the table, which are too many";
    expect(() => bootOfTable(readNbft(closed).table)).toThrow(message);
  });

  it("needs secrets for every path", () => {
    expect(pathsWithProfile([{ path: "NBFT", bytes: everyPath(ipv4, true, 60) }])).toHaveLength(60 * 59);
    const secured = pathsWithProfile([{ path: "NBFT", bytes: everyPath(ipv4, true, 255, true) }]);
    expect(secured).toHaveLength(255 * 254);
    expect(new Set(secured).size).toBe(255);
    expect(secured[0]).toMatchObject({ profile: true, requires: { authentication: true, tls: false } });
    const config = JSON.parse(
      nvmeConfigOutline(
        secured.map(({ path }) => path),
        ["tls"],
      ),
    );
    expect(config).toHaveLength(1);
    expect(config[0].subsystems[0].ports).toHaveLength(255);
  });

  it("gets as many words on the command line as can be of use", () => {
    const { words, notes } = remediesOf(open, stackModels()).commandLines[0]!;
    expect(words.filter((word) => word.startsWith("rd.nvmf.discover="))).toHaveLength(64);
    expect(JSON.stringify(notes)).toContain("more paths are left out: Linux takes a command line of 2048 bytes");
  });

  it("is not repaired: what readers make of it cannot be compared", () => {
    const { applied, unrepaired } = repairNbft(closed, { all: true });
    expect(applied).toEqual([]);
    const reason = "the table has too many paths: which of them readers lose by a repair is not predicted";
    const rules = new Set(unrepaired.filter((each) => each.reason === reason && !each.choice).map(({ rule }) => rule));
    expect([...rules]).toEqual(["O007", "S033", "S020", "P012"]);
  });
});
