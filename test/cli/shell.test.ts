import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runCli } from "../helpers/cli.ts";
import { needsPrograms } from "../helpers/needs.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-shell-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("nbft completion bash", () => {
  const complete = async (...words: string[]) => {
    const file = join(scratch, "nbft.bash");
    writeFileSync(file, (await runCli(["completion", "bash"])).out);
    const line = words.map((word) => `'${word}'`).join(" ");
    const script = `. ${file}; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _nbft; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", cwd: scratch }).trim().split("\n");
  };

  it("knows the commands", async () => {
    expect(await complete("nbft", "")).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
    expect(await complete("nbft", "du")).toEqual(["dump"]);
  });

  it("knows the choices of an option", async () => {
    expect(await complete("nbft", "dump", "-o", "nvme")).toEqual(["nvme-cli-json", "nvme-cli-text"]);
  });

  it("knows a subcommand's own options, a choice behind =, and the choices of an argument", async () => {
    expect(await complete("nbft", "vars", "s")).toEqual(["show", "set"]);
    expect(await complete("nbft", "vars", "set", "--at")).toEqual(["--attempts", "--attributes"]);
    expect(await complete("nbft", "vars", "list", "--attempts")).toEqual([""]);
    expect(await complete("nbft", "lab", "run", "--depth", "")).toEqual(["read", "connect", "dracut", "os"]);
    expect(await complete("nbft", "dump", "--output-format", "=", "nvme")).toEqual(["nvme-cli-json", "nvme-cli-text"]);
    expect(await complete("nbft", "completion", "z")).toEqual(["zsh"]);
  });

  it("knows rule codes, consumers and stacks, after = and in lists", async () => {
    expect(await complete("nbft", "validate", "--only", "H00")).toContain("H002");
    expect(await complete("nbft", "validate", "--only", "H002,C00")).toEqual(
      expect.arrayContaining(["H002,C001", "H002,C009"]),
    );
    expect(await complete("nbft", "validate", "--only", "V")).toEqual([""]);
    expect(await complete("nbft", "vars", "check", "--off", "=", "V00")).toContain("V001");
    expect(await complete("nbft", "attempt", "check", "--only", "A10")).toContain("A104");
    expect(await complete("nbft", "rules", "Q00")).toContain("Q001");
    expect(await complete("nbft", "plan", "--consumer", "nvme")).toContain("nvme-cli");
    expect(await complete("nbft", "explain", "--stack", "=", "debian-1")).toEqual(["debian-12", "debian-13"]);
  });

  it("offers options and files", async () => {
    writeFileSync(join(scratch, "NBFT"), "");
    expect(await complete("nbft", "dump", "--nb")).toEqual(["--nbft-path"]);
    expect(await complete("nbft", "dump", "NB")).toEqual(["NBFT"]);
  });
});

describe.each(["zsh", "fish"])("nbft completion %s", (shell) => {
  it.skipIf(!needsPrograms([shell], "completion"))("is a script that the shell can parse", async () => {
    const file = join(scratch, `nbft.${shell}`);
    writeFileSync(file, (await runCli(["completion", shell])).out);
    expect(spawnSync(shell, ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("names every command", async () => {
    const { out } = await runCli(["completion", shell]);
    for (const { name } of commands) expect(out).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe.skipIf(!needsPrograms(["fish"], "completion asked of fish itself"))(
  "nbft completion fish, by fish itself",
  () => {
    it.each([
      ["nbft vars check --only V00", expect.arrayContaining(["V001"])],
      ["nbft validate --only=H00", expect.arrayContaining(["--only=H002"])],
      ["nbft validate --only H002,C00", expect.arrayContaining(["H002,C001"])],
      ["nbft explain --stack debian-1", ["debian-12", "debian-13"]],
      ["nbft rules Q00", expect.arrayContaining(["Q001"])],
      ["nbft vars s", ["set", "show"]],
      ["nbft vars set --att", ["--attempts", "--attributes"]],
      ["nbft dump -o n", ["ndjson", "nvme-cli-json", "nvme-cli-text"]],
      ["nbft completion ", ["bash", "fish", "zsh"]],
    ])("%s", async (line, words) => {
      const file = join(scratch, "nbft.fish");
      writeFileSync(file, (await runCli(["completion", "fish"])).out);
      const script = `source ${file}; complete -C '${line}'`;
      const out = execFileSync("fish", ["--no-config", "-c", script], { encoding: "utf8", cwd: scratch });
      expect(
        out
          .trim()
          .split("\n")
          .map((row) => row.split("\t")[0]),
      ).toEqual(words);
    });
  },
);

describe("nbft manual", () => {
  it("has every command, and nothing that roff takes for a request of ours", async () => {
    const { out } = await runCli(["manual"]);
    for (const { name } of commands) expect(out).toContain(`.SS nbft ${name} `);
    for (const line of out.split("\n"))
      if (line.startsWith(".")) expect(line).toMatch(/^\.(TH|SH|SS|TP|B|BR|I|RI|PP)( |$)/);
  });

  it.skipIf(!needsPrograms(["man"], "the manual page"))("is shown by man without a warning", async () => {
    const file = join(scratch, "nbft.1");
    writeFileSync(file, (await runCli(["manual"])).out);
    const { status, stdout, stderr } = spawnSync("man", ["--warnings", "-l", file], {
      encoding: "utf8",
      env: { ...process.env, MANPAGER: "cat", LC_ALL: "C.UTF-8" },
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("EXIT STATUS");
  });
});

describe("nbft manual COMMAND", () => {
  const names = commands.map(({ name }) => name);

  it.each(names)("%s: examples whose options it has, and what it exits with", async (name) => {
    const { out, code } = await runCli(["manual", name]);
    expect(code).toBe(0);
    for (const heading of ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS"])
      expect(out).toContain(`\n.SH ${heading}\n`);
    for (const line of out.split("\n"))
      if (line.startsWith(".")) expect(line).toMatch(/^\.(TH|SH|SS|TP|B|BR|I|RI|PP|br)( |$)/);
    const { examples, one } = (await commands.find((each) => each.name === name)!.load()).manual;
    expect(out.includes(".TP\n1\n")).toBe(one !== undefined);
    // Of a pipeline, what nbft is given.
    const called = examples.flatMap(([line]) =>
      [...line.matchAll(/nbft ([^|;>]+)/g)].map(([, words]) => words!.split(" ")),
    );
    expect(called.map(([first]) => first)).toContain(name);
    for (const [first, second = "", ...rest] of called) {
      const verb = commands.some((each) => each.name === first) && /^[a-z]+$/.test(second) ? [second] : [];
      const { out: help } = await runCli([first!, ...verb, "--help"]);
      for (const flag of [second, ...rest].filter((word) => word.startsWith("-")))
        expect(help).toMatch(new RegExp(`${flag}[ ,\n]`));
    }
  });

  it("has a page for every command, and nothing for others", async () => {
    expect((await runCli(["manual", "nothing"])).code).toBe(2);
  });

  it("says 1 where the page of the documentation does", async () => {
    const told = commands.filter(({ name }) =>
      /^Exit code.*\b1\b/m.test(readFileSync(`docs/commands/${name}.md`, "utf8")),
    );
    for (const { name, load } of told) expect([name, (await load()).manual.one]).toEqual([name, expect.any(String)]);
    expect(told.length).toBeGreaterThan(6);
  });

  it.skipIf(!needsPrograms(["man"], "the manual pages of commands"))("is shown by man without a warning", async () => {
    for (const name of ["dump", "vars", "corpus"]) {
      const file = join(scratch, `nbft-${name}.1`);
      writeFileSync(file, (await runCli(["manual", name])).out);
      const { status, stdout, stderr } = spawnSync("man", ["--warnings", "-l", file], {
        encoding: "utf8",
        env: { ...process.env, MANPAGER: "cat", LC_ALL: "C.UTF-8" },
      });
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("EXAMPLES");
    }
  });
});

describe("nbft doctor", () => {
  it("says something of everything it looks at, and exits 0", async () => {
    const { out, code } = await runCli(["doctor", "-o", "json"]);
    const checks = JSON.parse(out) as { name: string; state: string; seen: string; hint?: string }[];
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["node", "kernel", "live table", "qemu-system-x86_64", "kvm", "namespaces"]),
    );
    expect(checks[0]).toEqual({ name: "node", state: "ok", seen: process.version });
    for (const { state, hint } of checks)
      if (state === "missing") expect(hint).toMatch(/apt install --no-install-recommends/);
    expect(code).toBe(0);
  });
});
