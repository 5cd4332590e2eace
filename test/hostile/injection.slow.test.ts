import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findProgram } from "../../src/lab/programs.ts";
import { attemptEdits } from "../../src/uefi/config/attempt-edits.ts";
import { parseQemuJson } from "../../src/uefi/files/qemu-json.ts";
import { createVariableStore, editVariableStore, encodeFirmwareConfig } from "../../src/uefi/index.ts";
import { runCli } from "../helpers/cli.ts";
import { needsPrograms } from "../helpers/needs.ts";
import { hostileHostName, hostileNames, hostileTable, hostileTexts } from "./hostile-tables.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-hostile-"));
const texts = Object.entries(hostileTexts);
/** One file for each kind of table and text. */
const files = new Map<string, string>();
const fileOf = (kind: string, name: string) => files.get(`${kind}/${name}`)!;
const stubs = join(scratch, "bin");
const here = process.cwd();

beforeAll(() => {
  for (const [i, [name, text]] of texts.entries()) {
    for (const [kind, make] of Object.entries({
      everywhere: hostileTable,
      names: hostileNames,
      host: hostileHostName,
    })) {
      const path = join(scratch, `${kind}-${i}`);
      writeFileSync(path, make(text));
      files.set(`${kind}/${name}`, path);
    }
  }
  mkdirSync(stubs);
  // Shows its words, each after a mark and ended by a NUL.
  for (const name of ["nvme", "qemu-system-x86_64"]) {
    writeFileSync(join(stubs, name), `#!/bin/sh\nprintf 'WORD %s\\0' ${name} "$@"\n`);
    chmodSync(join(stubs, name), 0o755);
  }
  for (const name of ["modprobe", "mount", "mountpoint", "losetup", "touch", "PWNED"]) {
    writeFileSync(
      join(stubs, name),
      `#!/bin/sh\n[ ${name} != touch ] && [ ${name} != PWNED ] || : > "${scratch}/PWNED"\n`,
    );
    chmodSync(join(stubs, name), 0o755);
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Shells to try: the one that scripts get, and others that are there. */
const shells = [["sh"], ["bash"], ["busybox", "sh"], ["dash"]].filter(([name]) => findProgram(name!) !== undefined);

/** Runs a script in an empty folder with stubs for everything that it may call; nothing of the text may have been run. */
function runScript(
  shell: readonly string[],
  script: string,
): { words: string[]; status: number | null; stderr: string } {
  counted.scripts++;
  const folder = mkdtempSync(join(scratch, "run-"));
  writeFileSync(join(folder, "script"), script);
  const { stdout, stderr, status } = spawnSync(shell[0]!, [...shell.slice(1), "script"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: `${stubs}:${process.env["PATH"]}`, HOME: folder },
    timeout: 20_000,
  });
  expect(existsSync(join(scratch, "PWNED"))).toBe(false);
  expect(readdirSync(folder)).toEqual(["script"]);
  rmSync(folder, { recursive: true });
  const words = stdout
    .toString("latin1")
    .split("\0")
    .filter((word) => word !== "");
  return { words: words.map((word) => word.replace(/^WORD /, "")), status, stderr: stderr.toString() };
}

const bytesText = (text: string) => Buffer.from(text).toString("latin1");
const xmllint = findProgram("xmllint");

/** What an XML or HTML document holds by an XPath, as the real parser sees it. */
function xpath(path: string, document: string, ...options: string[]): string {
  const file = join(scratch, "document");
  writeFileSync(file, document);
  const { stdout, stderr, status } = spawnSync(xmllint!, [...options, "--xpath", path, file], { encoding: "utf8" });
  if (!options.includes("--html")) expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout.trim();
}

/** Control characters, and those that turn text round: nothing of the kind may reach a terminal, a log, a page or a script. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const commands: readonly (readonly string[])[] = [
  ...["text", "hex", "acpidump", "iasl", "dsl", "json", "ndjson"].map((format) => ["dump", "-o", format]),
  ...["text", "json", "ndjson", "sarif", "github"].map((format) => ["validate", "-o", format]),
  ["explain"],
  ["explain", "-v"],
  ["explain", "-o", "json"],
  ...["text", "json", "commands"].map((format) => ["plan", "-o", format]),
  ...["dracut", "networkmanager", "networkd"].map((format) => ["network", "-o", format]),
  ["network", "-o", "dracut", "--consumer", "dracut@106"],
  ["network", "-o", "networkmanager", "--consumer", "networkmanager@1.52"],
  ["diff", "test/vectors/nbft/made/L02-min-v11-spec"],
  ["diff", "-o", "json", "test/vectors/nbft/made/L02-min-v11-spec"],
  ["repair"],
  ["tables"],
  ["tables", "-o", "json"],
  ...["html", "svg", "mermaid"].map((format) => ["report", "-o", format]),
  ["init"],
  ["target", "--device", "1=/dev/x"],
  ["target", "--remove", "--device", "1=/dev/x"],
  ["target", "-o", "nvmetcli", "--device", "1=/dev/x"],
  ...["shell", "json", "libvirt"].map((format) => ["qemu", "-o", format]),
  ["attempt", "check"],
  ["attempt", "convert", "-o", "config"],
  ["predict"],
  ["vars", "list"],
  ["verify"],
  ["verify", "-o", "junit"],
];

const counted = { outputs: 0, scripts: 0 };
afterAll(() =>
  console.log(`hostile texts: ${texts.length}; outputs looked at: ${counted.outputs}; scripts run: ${counted.scripts}`),
);

describe.each(texts)("%s", (name, text) => {
  it("gets through no command as control characters, and stops none", async () => {
    for (const kind of ["everywhere", "names", "host"]) {
      for (const words of commands) {
        const { out, err, code } = await runCli([...words, fileOf(kind, name)]);
        expect([words, out.match(controls)?.[0], err.match(controls)?.[0]]).toEqual([words, undefined, undefined]);
        expect([0, 1, 2]).toContain(code);
        counted.outputs++;
      }
    }
  });

  it("is still itself in JSON", async () => {
    const { out } = await runCli(["dump", "-o", "json", fileOf("everywhere", name)]);
    const { host, ssns, discovery, security } = JSON.parse(out);
    expect([host.hostNqn, ssns[0].subsystemNqn, discovery[0].uri, security[0].secretKeypath]).toEqual(
      Array(4).fill(text),
    );
    const lines = await runCli(["dump", "-o", "ndjson", fileOf("everywhere", name)]);
    expect(JSON.parse(lines.out).host.hostNqn).toBe(text);
  });

  it("is one word of an nvme command, exactly", async () => {
    const { out } = await runCli(["plan", "-o", "commands", fileOf("names", name)]);
    const wanted = `--nqn=${bytesText(`nqn.2026-01.org.example:${text}`)}`;
    for (const shell of shells) {
      const { words, status, stderr } = runScript(shell, out);
      expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: "" });
      expect(words).toContain(wanted);
    }
  });

  it("adds no line, section or word to a network configuration", async () => {
    const lines = (await runCli(["network", "-o", "dracut", fileOf("host", name)])).out.trimEnd().split("\n");
    expect(lines.pop()).toBe("rd.neednet=1");
    for (const line of lines) expect(line).toMatch(/^(ip|ifname|vlan)=[^\s"'`$;&|<>\\]+$/);
    expect(lines).toHaveLength(2);
    for (const words of [["networkmanager"], ["networkmanager", "--consumer", "networkmanager@1.52"], ["networkd"]]) {
      const { out } = await runCli(["network", "-o", ...words, fileOf("host", name)]);
      const sections = out.split("\n").filter((line) => line.startsWith("["));
      expect(sections.filter((line) => line.includes("PWNED"))).toEqual([]);
      const keys = out.split("\n").filter((line) => !/^(# [\w. -]+|\[[\w.-]+\]|[\w.-]+=.*|)$/.test(line));
      expect(keys).toEqual([]);
      expect(out).not.toMatch(/^PWNED/m);
    }
  });

  it("is one annotation a finding on GitHub", async () => {
    const { out } = await runCli(["validate", "-o", "github", fileOf("everywhere", name)]);
    for (const line of out.trimEnd().split("\n"))
      expect(line).toMatch(/^::(error|warning|notice) file=\S+,title=[^:]+::/);
  });

  it("is text in a flowchart", async () => {
    const { out } = await runCli(["report", "-o", "mermaid", fileOf("everywhere", name)]);
    const boxOrEdge = /^ {2,4}n\d+(\["[^"]*"\]| (-->|==>|-\.->|-\.-x)(\|"[^"]*"\|)? n\d+)$/;
    const group = /^ {2}(subgraph w\d+ \["[^"]*"\]|end)$/;
    for (const line of out.trimEnd().split("\n").slice(1))
      expect(boxOrEdge.test(line) || group.test(line), line).toBe(true);
  });

  it.skipIf(!needsPrograms(["xmllint"], "pages and domains read by another program"))(
    "is text in a page, a picture and a domain",
    async () => {
      const page = await runCli(["report", fileOf("everywhere", name)]);
      const elements = "count(//*[translate(local-name(),'PWNED','pwned')='pwned'])";
      expect(xpath(elements, page.out, "--html")).toBe("0");
      expect(xpath("count(//@*[starts-with(local-name(),'on')])", page.out, "--html")).toBe("0");
      expect(xpath("count(//script[contains(.,'PWNED()')])", page.out, "--html")).toBe("0");
      const picture = await runCli(["report", "-o", "svg", fileOf("everywhere", name)]);
      expect(xpath(elements, picture.out)).toBe("0");
      expect(xpath("count(//@*[starts-with(local-name(),'on')])", picture.out)).toBe("0");
      for (const kind of ["everywhere", "names"]) {
        const domain = await runCli(["qemu", "-o", "libvirt", fileOf(kind, name)]);
        if (domain.code === 0) expect(xpath(elements, domain.out)).toBe("0");
      }
    },
  );

  it("runs nothing in the script of a machine", async () => {
    for (const kind of ["everywhere", "names", "host"]) {
      const { out, code } = await runCli(["qemu", fileOf(kind, name)]);
      if (code !== 0) continue;
      for (const shell of shells) {
        const { words, status } = runScript(shell, out);
        expect({ shell, status }).toEqual({ shell, status: 0 });
        expect(words[0]).toBe("qemu-system-x86_64");
        expect(words.filter((word) => word.includes("PWNED"))).toEqual([]);
      }
    }
  });

  it("is one folder of a target, or is refused", async () => {
    const nqn = `nqn.2026-01.org.example:${text}`;
    const { out, code, err } = await runCli(["target", "--device", "1=/dev/x", fileOf("names", name)]);
    if (code !== 0) {
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^nbft: /m);
      return;
    }
    const config = JSON.parse(
      (await runCli(["target", "-o", "nvmetcli", "--device", "1=/dev/x", fileOf("names", name)])).out,
    );
    expect(config.subsystems[0].nqn).toBe(nqn);
    for (const shell of shells) {
      const root = mkdtempSync(join(scratch, "nvmet-"));
      // What the kernel makes by itself when a folder is made there.
      const script = out
        .replace("root=/sys/kernel/config/nvmet", `root=${root}`)
        .replaceAll(/^mkdir (.*)$/gm, "mkdir -p $1 && mkdir -p $1/namespaces $1/allowed_hosts $1/subsystems");
      mkdirSync(join(root, "hosts"));
      mkdirSync(join(root, "subsystems"));
      mkdirSync(join(root, "ports"));
      const { status, stderr } = runScript(shell, script);
      expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: "" });
      expect(readdirSync(join(root, "subsystems"))).toEqual([nqn]);
    }
  });

  it("is one value of a boot description, or is refused", async () => {
    const { out, code } = await runCli(["init", fileOf("names", name)]);
    if (code !== 0) {
      expect(out).toBe("");
      return;
    }
    const { host, targets } = parse(out);
    expect([host.nqn, targets[0].nqn]).toEqual(Array(2).fill(`nqn.2026-01.org.example:${text}`));
  });

  it("is one variable's text, and no line of a Config", async () => {
    const attempt = {
      macString: "52:54:00:12:34:56",
      targetPort: 4420,
      enabled: 1,
      ipMode: 0,
      targetIp: "192.0.2.20",
      nqn: text,
      attemptName: "A",
    };
    const config = { hostNqn: text, hostId: "f8131bac-cdef-4165-866b-5998c1e67890", attempts: [attempt] };
    const edits = attemptEdits(encodeFirmwareConfig(config), []);
    const path = join(scratch, "vars.fd");
    writeFileSync(path, editVariableStore(createVariableStore("4M"), edits).bytes);
    for (const words of [
      ["list"],
      ["list", "-o", "json"],
      ["show"],
      ["show", "-o", "json"],
      ["show", "-o", "config"],
      ["check"],
      ["check", "-o", "github"],
    ]) {
      const { out, err } = await runCli(["vars", ...words, path]);
      expect([words, out.match(controls)?.[0], err.match(controls)?.[0]]).toEqual([words, undefined, undefined]);
    }
    const shown = await runCli(["vars", "show", "-o", "config", path]);
    if (shown.code === 0) expect(shown.out.split("\n").filter((line) => line === `NQN:${text}`)).toHaveLength(1);
    else expect(shown.out).toBe("");
    const json = await runCli(["vars", "show", "-o", "json", path]);
    expect(JSON.parse(json.out).config.attempts[0].nqn).toBe(text);
    const exported = join(scratch, "vars.json");
    await runCli(["vars", "export", path, "-w", exported]);
    if (existsSync(exported)) expect(parseQemuJson(readFileSync(exported, "utf8")).length).toBeGreaterThan(1);
  });
});

it("leaves nothing behind in the folder of the tests", () => {
  expect(existsSync(join(here, "PWNED"))).toBe(false);
});
