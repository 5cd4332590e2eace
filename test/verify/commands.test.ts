import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { findEarlyFiles } from "../../src/acpi/cpio.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { collectSh } from "../../src/lab/generated/guest-scripts.ts";
import { findProgram } from "../../src/lab/programs.ts";
import { claimTitles } from "../../src/verify/claim.ts";
import { readEvidence } from "../../src/verify/evidence.ts";
import { readReport } from "../../src/verify/report.ts";
import { runCli } from "../helpers/cli.ts";
import { edited } from "./edited.ts";

const evidence = join(import.meta.dirname, "../vectors/evidence");
const recorded = (name: string) => join(evidence, `${name}.nbft`);
const scratch = mkdtempSync(join(tmpdir(), "nbft-verify-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A tar archive of one file. */
function archive(content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(512);
  head.write("server.nbft");
  head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("ustar", 257);
  return Buffer.concat([head, content, Buffer.alloc(1024)]);
}

describe("nbft verify", () => {
  it.each([
    ["connect-dual-path", 0, "proved: "],
    ["connect-refused-host", 1, "refuted: "],
  ])("exits for %s with %i", async (name, expected, text) => {
    const { out, err, code } = await runCli(["verify", recorded(name)]);
    expect([code, err]).toEqual([expected, ""]);
    expect(out.trim().split("\n").at(-1)).toContain(text);
  });

  it("exits with 2 for evidence that tells nothing, and for a file that is not there", async () => {
    const empty = join(scratch, "empty");
    writeFileSync(empty, "no report\n");
    expect((await runCli(["verify", empty])).code).toBe(2);
    const missing = await runCli(["verify", join(scratch, "missing")]);
    expect([missing.code, missing.out]).toEqual([2, ""]);
  });

  it("judges the others of which one cannot be read", async () => {
    const { out, err, code } = await runCli([
      "verify",
      "-o",
      "json",
      scratch,
      join(scratch, "missing"),
      recorded("read-static"),
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/: a folder; .*\n.*missing: no such file or directory\n$/);
    expect((JSON.parse(out) as { judgement: string }[]).map(({ judgement }) => judgement)).toEqual(["proved"]);
  });

  it("tells the worst of several boots by its exit code, failed before unknown", async () => {
    const { code, out } = await runCli([
      "verify",
      "-o",
      "json",
      recorded("connect-dual-path"),
      recorded("connect-refused-host"),
    ]);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { judgement: string }[]).map(({ judgement }) => judgement)).toEqual([
      "proved",
      "refuted",
    ]);
  });

  it("reads evidence that somebody compressed", async () => {
    const packed = join(scratch, "packed");
    writeFileSync(packed, gzipSync(readFileSync(recorded("read-static"))));
    expect((await runCli(["verify", packed])).code).toBe(0);
    writeFileSync(packed, gzipSync(readFileSync(recorded("read-static"))).subarray(0, 500));
    const { code, err } = await runCli(["verify", packed]);
    expect([code, err]).toEqual([2, `nbft: ${packed}: compressed (gzip), and damaged\n`]);
  });

  it.each<[string, () => Uint8Array | string, RegExp]>([
    [
      "an archive",
      () => archive(readFileSync(recorded("read-static"))),
      /it is a tar archive: name the evidence files in it/,
    ],
    [
      "UTF-16",
      () => Buffer.from(`\ufeff${readFileSync(recorded("read-static"), "latin1")}`, "utf16le"),
      /it is UTF-16/,
    ],
    ["the collector", () => collectSh, /it is the script that nbft collect prints: run it on the machine/],
    [
      "the beginning of a report",
      () => readFileSync(recorded("read-static")).subarray(0, 200),
      /a part of one, whose end is missing/,
    ],
    [
      "the end of a report",
      () => readFileSync(recorded("read-static")).subarray(-5000),
      /a part of one, whose beginning is missing/,
    ],
    [
      "another verdict",
      () => '[{"source": "x", "judgement": "proved", "claims": []}]',
      /it is a result of nbft verify/,
    ],
    ["a zip archive", () => "PK\x03\x04\x14", /it is a zip archive/],
    ["a table", () => readFileSync("test/vectors/firmware/multipath/NBFT.bin"), /it is a table: give it with --expect/],
    ["a kernel log", () => "[    0.0] ACPI: NBFT 0x0\n", /run nbft lab run --evidence FILE/],
  ])("names %s that is given for evidence", async (_, content, words) => {
    const path = join(scratch, "other");
    writeFileSync(path, content());
    const { out, code } = await runCli(["verify", path]);
    expect([code, out.split("\n").length]).toEqual([2, 2]);
    expect(out).toMatch(`${path}: no report of nbft collect in it: `);
    expect(out).toMatch(words);
    const [json] = JSON.parse((await runCli(["verify", "-o", "json", path])).out) as [{ judgement: string }];
    expect(json.judgement).toBe("not proved");
  });

  it("reads standard input", async () => {
    expect((await runCli(["verify", "-"], { stdin: readFileSync(recorded("read-static")) })).code).toBe(0);
  });

  it("refutes a boot by another table than it was to have", async () => {
    const other = "test/vectors/firmware/multipath/NBFT.bin";
    const { out, code } = await runCli(["verify", "-o", "json", recorded("connect-static"), "--expect", other]);
    const [{ claims }] = JSON.parse(out) as [{ claims: { id: string; verdict: string }[] }];
    expect(code).toBe(1);
    expect(claims.find(({ id }) => id === "table.bytes")!.verdict).toBe("fail");
  });

  it("compares with a description what the boot depends on, whatever firmware made of the bytes", async () => {
    const same = await runCli(["verify", recorded("connect-dual-path"), "--expect", "examples/dual-path.yaml"]);
    expect(same.out).toContain("pass table.content: the same");
    const other = await runCli(["verify", recorded("connect-dual-path"), "--expect", "examples/vlan.yaml"]);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining("FAIL table.content")]);
  });

  it("lets nothing of the evidence act on a terminal", async () => {
    const file = join(scratch, "hostile");
    const hostile = edited(readFileSync(recorded("connect-dual-path")), ({ host }) => {
      for (const stage of host)
        for (const part of stage.parts)
          if (part.name === "controllers.attrs")
            part.text = part.text
              .replaceAll("nqn.2014", "\x1b]0;owned\x07nqn.2014")
              .replace(/$/, "/sys/class/nvme/\x1b[2Jx/transport\ttcp\n");
    });
    writeFileSync(file, hostile);
    for (const format of ["text", "junit"]) {
      const { out } = await runCli(["verify", "-v", "-o", format, file], { tty: true });
      expect(out).not.toMatch(/[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]|\x1b(?!\[\d+m)/);
      expect(out).toContain("owned");
    }
  });

  it("writes JUnit that an XML parser reads, with every claim in it", async () => {
    const { out } = await runCli(["verify", "-o", "junit", recorded("connect-refused-host"), recorded("read-static")]);
    expect(out.match(/<testcase /g)!.length).toBeGreaterThan(20);
    const xmllint = findProgram("xmllint");
    if (xmllint) expect(() => execFileSync(xmllint, ["--noout", "-"], { input: out })).not.toThrow();
    const failures = Number(/failures="(\d+)"/.exec(out)![1]);
    expect(out.split("<failure ").length - 1).toBe(failures);
  });

  it("has a row for every claim in its documentation", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/commands/verify.md"), "utf8");
    for (const [id, title] of Object.entries(claimTitles)) expect(page).toContain(`| \`${id}\` | ${title} |`);
  });
});

describe("nbft collect", () => {
  it("prints the collector, which any sh takes", async () => {
    const { out, code } = await runCli(["collect"]);
    expect([out, code]).toEqual([collectSh, 0]);
    for (const shell of ["sh", "bash", "dash", "busybox"]
      .map((name) => findProgram(name))
      .filter((name) => name !== undefined)) {
      const args = shell.endsWith("busybox") ? ["sh", "-n"] : ["-n"];
      expect(spawnSync(shell, [...args, "-c", out]).status, shell).toBe(0);
    }
  });

  it("reports about the machine that it runs on", () => {
    const { stdout, status } = spawnSync("sh", ["-s"], {
      input: collectSh,
      env: { PATH: "/usr/bin:/bin" },
      timeout: 60_000,
      maxBuffer: 1 << 26,
    });
    expect(status).toBe(0);
    const report = readReport(stdout);
    expect(report.problems).toEqual([]);
    expect(report.stages.map(({ name, done }) => [name, done])).toEqual([["system", true]]);
    expect(report.stages[0]!.parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["about.attrs", "cmdline", "network.attrs", "mountinfo"]),
    );
    expect(readEvidence(stdout).manifest).toBeUndefined();
  });

  const secrets = [
    "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:",
    "NVMeTLSkey-1:01:VRLbtnN9AQb2WXW3c9+wEf/DRLz0QuLdbYvEhwtdWwNf9LrZ:",
    '"dhchap_key":"secret words"',
    "--dhchap-secret=words",
    "psk=words",
    "wifi-sec.psk: words",
  ];
  it.each([
    ["of a program's output", "filter", "/usr/bin:/bin"],
    ["of a program's output, without sed", "filter", "/nowhere"],
    ["of a file", "hide", "/nowhere"],
  ])("leaves out lines that name a key, %s", (_, use, path) => {
    const parts = [/^have\(\).*$/m, /^hide\(\)[\s\S]*?^}$/m, /^if have sed[\s\S]*?^fi$/m];
    const helpers = [...parts.map((part) => part.exec(collectSh)![0]), use, ""].join("\n");
    const input = ["first", ...secrets, "password hashing is on", "last without end"].join("\n");
    const { stdout } = spawnSync(findProgram("sh")!, ["-c", helpers], { input, env: { PATH: path }, encoding: "utf8" });
    const lines = stdout.trim().split("\n");
    expect(lines[0]).toBe("first");
    expect(lines.slice(1, 1 + secrets.length)).toEqual(secrets.map(() => "[left out: names a secret]"));
    expect(lines.at(-1)).toBe("last without end");
  });

  it("reads no attribute or file that holds a key", () => {
    expect(collectSh).not.toMatch(/dhchap_(?:ctrl_)?secret|tls_key\b(?!.*filter)|\/etc\/nvme\/\*/);
  });

  it("makes an overlay that has files only: a folder would take the place of a link", async () => {
    const { bytes } = await runCli(["collect", "-o", "overlay"]);
    expect(bytes.length % 512).toBe(0);
    const { files } = findEarlyFiles(bytesReader(bytes), "lib/");
    expect(files.length).toBe(8);
    for (const { entry } of files) expect(entry.mode & 0o170000).toBe(0o100000);
    expect((await runCli(["collect", "-o", "overlay"], { tty: true })).code).toBe(2);
  });
});

describe("nbft lab", () => {
  it("refuses what it cannot run before anything is built", async () => {
    const cache = { NBFT_CACHE: join(scratch, "cache") };
    const long = join(scratch, "long");
    const table = Buffer.alloc(70_000);
    readFileSync("test/vectors/firmware/multipath/NBFT.bin").copy(table);
    table.writeUInt32LE(70_000, 4);
    writeFileSync(long, table);
    const { err, code } = await runCli(["lab", "run", long], { env: cache });
    expect([code, err]).toEqual([2, "nbft: QEMU's -acpitable takes tables of at most 65535 bytes: use --via initrd\n"]);
    const target = await runCli(["lab", "run", long, "--target", "nowhere"], { env: cache });
    expect([target.code, target.err]).toEqual([2, expect.stringContaining("expected ADDRESS:PORT")]);
  });

  it("refuses keys that do not fit before anything is built", async () => {
    const run = (name: string, ...args: string[]) =>
      runCli(["lab", "run", `examples/${name}.yaml`, ...args], { env: {} });
    const folder = join(scratch, "no-secrets");
    mkdirSync(folder);
    expect(await run("chap", "--secrets", folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining("no host.key, controller.key or tls.key"),
    });
    expect(await run("static", "--fault", "wrong-key")).toMatchObject({
      code: 2,
      err: "nbft: --fault wrong-key: nothing in this run asks for authentication or TLS\n",
    });
    expect(await run("chap", "--initrd", "package.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--secrets FOLDER"),
    });
  });

  it("boots a user's initramfs by dracut only", async () => {
    const { err, code } = await runCli(["lab", "run", "examples/static.yaml", "--initrd", "x", "--depth", "connect"], {
      env: {},
    });
    expect([code, err]).toEqual([2, "nbft: --initrd boots by dracut: --depth dracut or os\n"]);
  });

  it.each([
    [
      "a folder without the firmware",
      ["examples/static.yaml", "--firmware-dir", "/nowhere"],
      /OVMF_CODE\.fd is missing: .*rh-linux-poc/,
    ],
    [
      "a table in place of a description",
      ["test/vectors/firmware/multipath/NBFT.bin", "--firmware-dir", "x"],
      /needs a boot description/,
    ],
    [
      "a depth without the target",
      ["examples/static.yaml", "--firmware-dir", "x", "--depth", "read"],
      /boots from the target/,
    ],
    [
      "attempts without the firmware",
      ["examples/static.yaml", "--attempts", "x"],
      /--attempts belongs to --firmware-dir/,
    ],
    [
      "less than the whole of a system",
      ["examples/static.yaml", "--system", "x.img", "--depth", "dracut"],
      /x\.img: a whole system; --depth os boots it/,
    ],
    [
      "a kernel beside a system that has its own",
      ["examples/static.yaml", "--firmware-dir", "x", "--system", "x.img", "--kernel", "vmlinuz"],
      /--system with --firmware-dir boots its own kernel/,
    ],
    ["a block size without the firmware", ["examples/static.yaml", "--block-size", "4096"], /--block-size belongs to/],
    ["facts without the firmware", ["examples/static.yaml", "--facts", "x"], /--facts belongs to --firmware-dir/],
    [
      "a Config that the firmware would not store",
      ["examples/static.yaml", "--firmware-dir", "x", "--attempts", "examples/attempt-mistakes.config"],
      /the firmware would/,
    ],
  ])("refuses %s", async (_, words, message) => {
    const { err, code } = await runCli(["lab", "run", ...words], { env: { NBFT_CACHE: join(scratch, "cache") } });
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it("says which parts a machine lacks when it is to use its own", async () => {
    const { err, code } = await runCli(["lab", "build", "--parts", "host", "--kernel", join(scratch, "vmlinuz-9.9")], {
      env: { NBFT_CACHE: join(scratch, "cache") },
    });
    expect([code, err]).toEqual([2, expect.stringMatching(/^nbft: kernel: .*vmlinuz-9\.9 cannot be read\n$/)]);
  });
});
