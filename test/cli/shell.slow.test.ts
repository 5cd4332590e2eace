import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { needsPrograms } from "../helpers/needs.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-zsh-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A shell with a terminal, in which a person types a line and the tab key; what its completion offers is written down. */
function offers(line: string): string {
  const file = join(scratch, "offers");
  const start = [
    "PROMPT=",
    `fpath=(${join(scratch, "functions")} $fpath)`,
    "autoload -Uz compinit",
    "compinit -u -D",
    `compadd() { print -r -- "$@" ${"$"}{(P)@[-1]} >> ${file}; builtin compadd "$@" }`,
  ];
  const script = `
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell '${start.join("; ")}; print -r ready > ${join(scratch, "ready")}'
    repeat 100; do [[ -e ${join(scratch, "ready")} ]] && break; sleep 0.1; done
    zpty -w -n shell '${line}'$'\\t'
    repeat 50; do [[ -s ${file} ]] && break; sleep 0.1; done
    sleep 1
    zpty -d shell`;
  for (const name of ["offers", "ready"]) rmSync(join(scratch, name), { force: true });
  execFileSync("zsh", ["-f", "-c", script], { cwd: scratch });
  return readFileSync(file, "utf8");
}

describe.skipIf(!needsPrograms(["zsh"], "completion asked of zsh itself"))("nbft completion zsh, by zsh itself", () => {
  it.each([
    ["nbft validate --only H00", "H002"],
    ["nbft validate --only=H00", "H002"],
    ["nbft validate --only H002,C00", "C001"],
    ["nbft explain --stack debian-1", "debian-13"],
    ["nbft rules Q00", "Q001"],
    ["nbft dump -o nvme", "nvme-cli-json"],
    ["nbft vars check --off V00", "V001"],
  ])("%s", async (line, word) => {
    mkdirSync(join(scratch, "functions"), { recursive: true });
    writeFileSync(join(scratch, "functions/_nbft"), (await runCli(["completion", "zsh"])).out);
    expect(offers(line)).toContain(word);
  });
});
