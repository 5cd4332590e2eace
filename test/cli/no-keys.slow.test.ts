import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { encodeBase64 } from "../../src/bytes/base64.ts";
import { commands } from "../../src/cli/commands.ts";
import { collectSh } from "../../src/lab/generated/guest-scripts.ts";
import { formatSecret, makeSecret, type Secret } from "../../src/secrets/secret.ts";
import { formatHex } from "../../src/text/hex.ts";
import { type CliResult, runCli } from "../helpers/cli.ts";

/** The words of every program that the commands start. */
const started = vi.hoisted(() => [] as string[]);
vi.mock("node:child_process", async (original) => {
  const real = await original<typeof import("node:child_process")>();
  const keep =
    <F extends (...given: never[]) => unknown>(run: F) =>
    (...given: Parameters<F>) => {
      started.push(JSON.stringify(given, (name, value) => (name === "env" || name === "input" ? undefined : value)));
      return run(...given);
    };
  return {
    ...real,
    spawn: keep(real.spawn as never),
    spawnSync: keep(real.spawnSync as never),
    execFile: keep(real.execFile as never),
    execFileSync: keep(real.execFileSync as never),
  };
});

const scratch = mkdtempSync(join(tmpdir(), "nbft-keys-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Every key that the tests made, as pieces of its texts: so much of one is not there by chance. */
const pieces = new Map<string, number>();
const window = 12;
let made = 0;

function key(kind: Secret["kind"]): string {
  const secret = makeSecret(kind, kind === "tls" ? [32, 48][made % 2] : [32, 48, 64][made % 3]);
  made++;
  for (const text of [encodeBase64(secret.bytes), formatHex(secret.bytes)])
    for (let at = 0; at + window <= text.length; at += 1) pieces.set(text.slice(at, at + window), made);
  return formatSecret(secret);
}

/** Pieces of keys in a text or in bytes. */
function leaksIn(data: string | Uint8Array): string[] {
  const text = typeof data === "string" ? data : Buffer.from(data).toString("latin1");
  const found = new Set<string>();
  for (const [run] of text.matchAll(/[A-Za-z0-9+/=]{12,}/g))
    for (let at = 0; at + window <= run.length; at++) {
      const piece = run.slice(at, at + window);
      if (pieces.has(piece) || pieces.has(piece.toLowerCase())) found.add(piece);
    }
  return [...found];
}

/** What a command line let out: printed, or given to a program. */
function leaks(result: CliResult): string[] {
  return [...leaksIn(result.bytes), ...leaksIn(result.err), ...started.splice(0).flatMap(leaksIn)];
}

const write = (name: string, text: string | Uint8Array) => {
  const path = join(scratch, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};

const table = "test/vectors/firmware/multipath/NBFT.bin";
const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const subsystem = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const config = (host: string, controller: string, tls: string) =>
  `${JSON.stringify([{ hostnqn: hostNqn, hostid: hostNqn.slice(-36), dhchap_key: host, subsystems: [{ nqn: subsystem, ports: [{ transport: "tcp", traddr: "192.168.101.20", trsvcid: "4420", dhchap_key: host, dhchap_ctrl_key: controller, tls: true, tls_key: tls }] }] }], null, 1)}\n`;
const boot = (security: string) => readFileSync("examples/chap.yaml", "utf8").replace(/hostSecret: .*/, security);
const image = (text: string) =>
  encodeCpio([
    ...["etc", "etc/nvme"].map((name) => ({ name, data: new Uint8Array(0), mode: 0o40755 })),
    { name: "etc/nvme/config.json", data: new TextEncoder().encode(text), mode: 0o100644 },
  ]);

/** Files and words in which a user may have a key, by mistake or because it belongs there. */
const carriers: Readonly<Record<string, (name: string) => readonly string[]>> = {
  "a key file": (name) => [write(`${name}.key`, `${key("dhchap")}\n${key("tls")}\n`)],
  "config.json": (name) => [write(`${name}.json`, config(key("dhchap"), key("dhchap"), key("tls")))],
  "an initramfs": (name) => [write(`${name}.img`, image(config(key("dhchap"), key("dhchap"), key("tls"))))],
  "an initramfs beside a table": (name) => [
    table,
    "--initrd",
    write(`${name}.img`, image(config(key("dhchap"), "DHHC-1:00:broken", key("tls").slice(0, -2)))),
  ],
  "a key in place of its file": (name) => [write(`${name}.yaml`, boot(`hostSecret: "${key("dhchap")}"`))],
  "a key under another name": (name) => [write(`${name}.yaml`, boot(`dhchap_key: "${key("dhchap")}"`))],
  "a key as another field": (name) => [write(`${name}.yaml`, boot(`authentication: "${key("dhchap")}"`))],
  "evidence whose logs name keys": (name) => [
    write(
      `${name}.nbft`,
      Buffer.from(
        readFileSync("test/vectors/evidence/connect-chap-no-key.nbft", "latin1")
          .replaceAll("qid 0: no key", `qid 0: no key, Invalid DH-CHAP secret ${key("dhchap")}`)
          .replaceAll("failed to connect queue: 0 ret=-126", `failed to connect queue: 0 ret=-126 ${key("tls")}`),
        "latin1",
      ),
    ),
  ],
  "a key as a source": () => [key("dhchap")],
  "a key as a format": () => [table, "-o", key("tls")],
  "a key as an option": () => [table, `--secrets=${key("dhchap")}`, `--${key("tls")}`],
};

describe("no key is in any output", () => {
  it.each(Object.keys(carriers))("of any command with %s", async (carrier) => {
    const found: string[] = [];
    for (const { name } of commands.filter((entry) => entry.name !== "playground")) {
      const words = carriers[carrier]!(`${name}-${carrier.replaceAll(" ", "-")}`);
      const before = name === "lab" ? ["lab", "run", "--parts", "host"] : [name];
      const result = await runCli([...before, ...words], { env: { NBFT_CACHE: join(scratch, "cache") } });
      const piece = leaks(result);
      if (piece.length > 0) found.push(`${name}: ${piece[0]} in ${(result.err + result.out).slice(0, 300)}`);
    }
    expect(found).toEqual([]);
  });

  it("of the commands that use keys, with 250 sets of them", async () => {
    const bootFile = write("boot.yaml", readFileSync("examples/chap-mutual.yaml", "utf8"));
    const tlsBoot = write("tls.yaml", readFileSync("examples/tls.yaml", "utf8"));
    const secrets = join(scratch, "secrets");
    mkdirSync(secrets);
    for (let i = 0; i < 250; i++) {
      const [host, controller, tls] = [key("dhchap"), key("dhchap"), key("tls")];
      const wrong = key("dhchap");
      for (const folder of [scratch, secrets]) {
        writeFileSync(join(folder, "host.key"), `${host}\n`);
        writeFileSync(join(folder, "controller.key"), `${controller}\n`);
        writeFileSync(join(folder, "tls.key"), `${tls}\n`);
      }
      const at = 20 + (i % 12);
      const mistyped = write("wrong.key", wrong.slice(0, at) + (wrong[at] === "x" ? "y" : "x") + wrong.slice(at + 1));
      const keys = write("keys.img", "");
      const identity = ["--hostnqn", hostNqn, "--subsysnqn", subsystem];
      for (const [words, code] of [
        [["secret", "check", join(scratch, "host.key"), join(scratch, "tls.key"), mistyped], 1],
        [["secret", "check", ...identity, join(scratch, "tls.key")], 0],
        [["secret", "derive", join(scratch, "tls.key"), ...identity, "-w", keys], 0],
        [["secret", "derive", mistyped, ...identity, "-w", keys], 2],
        [["target", bootFile, "--device", "1=/dev/vda"], 0],
        [["target", bootFile, "--device", "1=/dev/vda", "-o", "nvmetcli"], 0],
        [["target", bootFile, "--device", "1=/dev/vda", "--remove"], 0],
        [["target", tlsBoot, "-o", "tlshd"], 0],
        [["initrd", bootFile, "--secrets", secrets, "-w", keys], 0],
        [["explain", bootFile, "--initrd", keys], 0],
        [["plan", tlsBoot], 0],
      ] as const) {
        const result = await runCli(words);
        expect(leaks(result), words.join(" ")).toEqual([]);
        expect(result.code, `${words.join(" ")}\n${result.err}`).toBe(code);
      }
    }
    // Files other than those that were asked for.
    const own = ["host.key", "controller.key", "tls.key", "wrong.key", "keys.img"];
    for (const name of readdirSync(scratch).filter((each) => statSync(join(scratch, each)).isFile()))
      if (!own.includes(name) && /^(?:boot|tls)\.yaml$/.test(name))
        expect(leaksIn(readFileSync(join(scratch, name)))).toEqual([]);
    expect(made).toBeGreaterThanOrEqual(1000);
  });

  it("where they are made and written to files, whose owner alone reads them", async () => {
    for (const kind of ["dhchap", "tls"]) {
      const file = join(scratch, `${kind}.made`);
      const result = await runCli(["secret", "make", "--kind", kind, "-w", file]);
      const text = readFileSync(file, "utf8").trim();
      expect(result.code).toBe(0);
      expect(result.out + result.err).not.toContain(text.split(":")[2]!.slice(0, window));
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it("of what the collector sends, whatever file or log names them", () => {
    const lines = Array.from({ length: 100 }, () => [
      `"dhchap_key": "${key("dhchap")}",`,
      `dhchap-secret = ${key("dhchap")}`,
      `NVMe1R01 ${hostNqn} ${subsystem} x ${key("tls")}`,
      `[ 1.0] nvme connect: dhchap_secret=${key("dhchap")},tls_key=${key("tls")}`,
    ]).flat();
    const helpers = [/^hide\(\)[\s\S]*?^}$/m, /^if have sed[\s\S]*?^fi$/m].map((part) => part.exec(collectSh)![0]);
    for (const [have, use] of [
      ["true", "filter"],
      ["false", "filter"],
      ["false", "hide"],
    ]) {
      const script = [`have() { ${have}; }`, ...helpers, use, ""].join("\n");
      const out = execFileSync("sh", ["-c", script], { input: `${lines.join("\n")}\n`, encoding: "utf8" });
      started.length = 0;
      expect(out.trim().split("\n")).toHaveLength(lines.length);
      expect(leaksIn(out)).toEqual([]);
    }
  });
});
