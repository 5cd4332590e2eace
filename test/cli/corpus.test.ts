import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-corpus-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The four first mutants: one of the smallest sets that there are. */
const few = ["--groups", "mutants", "--mutants", "4", "--seed", "7"];
const tried = (command: string, ...more: string[]) => runCli(["corpus", "--run", command, ...few, ...more]);
const trialsOf = (out: string) =>
  JSON.parse(out).trials as { table: { name: string }; did: string; problems: string[] }[];

/** Whether a process runs: one that ended may wait for somebody to ask how. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("nbft corpus --run", () => {
  it("gives the table on standard input, or as a file that is alone in its folder", async () => {
    const log = join(scratch, "log");
    await tried(`cat > ${log}.in; true`);
    await tried(`cp {} ${log}.file && ls {dir} > ${log}.dir`);
    const written = join(scratch, "written");
    await runCli(["corpus", "-w", written, ...few]);
    const last = readFileSync(join(written, "mutants/NBFT-mutant-0004"));
    expect(readFileSync(`${log}.in`).equals(last)).toBe(true);
    expect(readFileSync(`${log}.file`).equals(last)).toBe(true);
    expect(readFileSync(`${log}.dir`, "utf8")).toBe("NBFT\n");
  });

  it("counts what the program took, and exits with 1 where it is not as expected", async () => {
    const { out, code } = await tried("true");
    const lines = out.trim().split("\n");
    expect(lines.at(-1)).toMatch(
      /^true: 4 tables \(4 accepted\); nothing that it read was compared; \d not as expected$/,
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/^fail {2}mutants\/NBFT-mutant-000\d: accepts it, expected to reject it: \w+ /);
    expect(code).toBe(1);
  });

  it("names the input of crashes and of what takes too long, and leaves no process", async () => {
    const crash = await tried("kill -SEGV $$", "-o", "json");
    expect(trialsOf(crash.out).map(({ did }) => did)).toEqual(["crash", "crash", "crash", "crash"]);
    const pid = join(scratch, "pid");
    const slow = await runCli([
      ...["corpus", "--run", `sleep 600 & echo $! > ${pid}; wait`, "--timeout", "1", "-o", "json"],
      ...["--groups", "mutants", "--mutants", "1"],
    ]);
    expect(trialsOf(slow.out)).toMatchObject([{ did: "time out", problems: ["took too long"] }]);
    await vi.waitFor(() => expect(isAlive(Number(readFileSync(pid, "utf8")))).toBe(false), { timeout: 30_000 });
  });

  it("expects what a release of nvme-cli does", async () => {
    const { out } = await tried("false", "--consumer", "nvme-cli@2.16", "-o", "json");
    for (const { expected } of JSON.parse(out).trials) expect(expected.why).toContain("nvme-cli 2.16");
  });

  it("writes JUnit that names every table", async () => {
    const { out } = await tried("true", "-o", "junit");
    expect(out).toMatch(/<testsuite name="mutants" tests="4" failures="\d" errors="0" skipped="0">/);
    expect(out.match(/<testcase classname="mutants" name="mutant-000\d"/g)).toHaveLength(4);
    expect(out).toContain("<failure message=");
  });

  it.each([
    [["corpus"], /nothing to do: -w FOLDER writes the tables, --run COMMAND tries them on a program/],
    [["corpus", "--run", "no-such-reader {}", ...few], /--run: .*no-such-reader.*not found/],
    [["corpus", "--run", "true", "--consumer", "dracut", ...few], /--consumer: corpus is about nvme-cli/],
  ])("refuses %j", async (args, message) => {
    const { code, err } = await runCli(args);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it("leaves nothing in the temporary folder", async () => {
    const own = join(scratch, "tmp");
    mkdirSync(own);
    vi.stubEnv("TMPDIR", own);
    await tried("ls {}");
    vi.unstubAllEnvs();
    expect(readdirSync(own)).toEqual([]);
  });

  it("says in the suite that is written which tables nobody may use", async () => {
    const folder = join(scratch, "suite");
    await runCli(["corpus", "-w", folder, "--groups", "malformed", "--no-documents"]);
    const { format, tables } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
    expect(format).toBe(1);
    const fatal = (name: string) => tables.find((each: { file: string }) => each.file.endsWith(name)).fatal;
    expect([fatal("H002-checksum"), fatal("C004-ctl-len-1")]).toEqual([true, false]);
  });
});
