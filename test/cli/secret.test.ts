import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCpio, readCpioData } from "../../src/acpi/cpio.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { formatSecret, makeSecret, parseSecret } from "../../src/secrets/secret.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-secret-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const file = (name: string) => join(scratch, name);
const host = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const subsystem = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const counting = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR";

it("is not taken for the file that holds it: a script would show it", async () => {
  const boot = readFileSync("examples/chap.yaml", "utf8").replace(
    "host.key",
    '"DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:"',
  );
  const { out, err, code } = await runCli(["target", "-", "--device", "1=/dev/sda"], { stdin: boot });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(
    'hostSecret: "DHHC-1:…" is wrong: expected a path of the file that holds the secret, not the secret',
  );
});

it.each([
  [["secret", "check"], "DHHC-1:…: name the file that holds the secret, not the secret"],
  [
    ["secret", "derive", "-w", "-", "--hostnqn", host, "--subsysnqn", subsystem],
    "DHHC-1:…: name the file that holds the secret, not the secret",
  ],
  [["dump"], "DHHC-1:…: no such file or directory"],
])("%j hides one in the place of a file, and says what is wrong", async (words, message) => {
  for (const secret of [`DHHC-1:00:${counting}:`, "DHHC-1:00:AAEC", "DHHC-1:x"])
    expect(await runCli([...words, secret])).toMatchObject({ out: "", err: `nbft: ${message}\n`, code: 2 });
});

describe("nbft secret make", () => {
  it("writes a secret that only its owner reads, and prints none", async () => {
    const { out, err, code } = await runCli(["secret", "make", "--length", "48", "-w", file("a.key")]);
    expect([out, err, code]).toEqual([`${file("a.key")}: a new dhchap secret of 48 bytes\n`, "", 0]);
    expect(statSync(file("a.key")).mode & 0o777).toBe(0o600);
    const text = readFileSync(file("a.key"), "utf8");
    expect(parseSecret(text.trim())).toMatchObject({ kind: "dhchap", hash: "none" });
  });

  it("prints one where that is asked for", async () => {
    const { out, code } = await runCli(["secret", "make", "--kind", "tls", "-w", "-"]);
    expect(code).toBe(0);
    expect(parseSecret(out.trim())).toMatchObject({ kind: "tls", hash: "sha256" });
  });

  it.each([
    [["make"], /a secret is written to a file \(-w host\.key\)/],
    [["make", "-w", "x.key", "--kind", "tls", "--length", "64"], /a secret of kind tls has 32 or 48 bytes/],
    [["make", "-w", "x.key", "--length", "40"], /32, 48 or 64/],
    [["derive", "x.key", "--hostnqn", host, "--subsysnqn", subsystem], /a key is written to a file/],
  ])("%j is refused", async (words, message) => {
    const { err, code } = await runCli(["secret", ...words]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("says so where it is written into a file that others read", async () => {
    writeFileSync(file("open.key"), "old", { mode: 0o644 });
    chmodSync(file("open.key"), 0o644);
    const { err, code } = await runCli(["secret", "make", "-w", file("open.key"), "-f"]);
    expect([code, err]).toEqual([
      0,
      `nbft: ${file("open.key")}: warning: others than its owner may read or write it, as before; chmod 600 ${file("open.key")}\n`,
    ]);
  });

  it("is written through a symbolic link that leads to no file yet, and readable by its owner alone", async () => {
    symlinkSync("linked.key", file("link.key"));
    expect(await runCli(["secret", "make", "-w", file("link.key")])).toMatchObject({ code: 0, err: "" });
    expect([lstatSync(file("link.key")).isSymbolicLink(), statSync(file("linked.key")).mode & 0o777]).toEqual([
      true,
      0o600,
    ]);
    symlinkSync("nowhere/at.key", file("astray.key"));
    expect((await runCli(["secret", "make", "-w", file("astray.key")])).err).toBe(
      `nbft: ${file("astray.key")}: no such file or directory\n`,
    );
  });

  it("keeps a secret that is there, without -f", async () => {
    writeFileSync(file("kept.key"), "mine\n");
    const { err, code } = await runCli(["secret", "make", "-w", file("kept.key")]);
    expect([code, readFileSync(file("kept.key"), "utf8")]).toEqual([2, "mine\n"]);
    expect(err).toContain(": exists already; -f overwrites it");
  });
});

describe("nbft secret check", () => {
  it("says form and length of sound secrets, and what is wrong with others, with file and line", async () => {
    writeFileSync(file("several"), `# a comment\nDHHC-1:01:${counting}:\n\nDHHC-1:00:B${counting.slice(1)}:\n`);
    const { out, code } = await runCli(["secret", "check", file("several")]);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      `${file("several")}:2: DH-HMAC-CHAP secret, 32 bytes, transformed by sha256, CRC-32 ok`,
      `${file("several")}:4: error: DHHC-1 secret: its CRC-32 is wrong, so a character is missing or mistyped; copy it again`,
      "",
    ]);
  });

  it("names the identity of a TLS key, as each generation of nvme-cli derives it", async () => {
    writeFileSync(file("tls"), `NVMeTLSkey-1:01:${counting}:\n`);
    const identity = async (...more: string[]) =>
      JSON.parse(
        (
          await runCli([
            "secret",
            "check",
            file("tls"),
            "--hostnqn",
            host,
            "--subsysnqn",
            subsystem,
            "-o",
            "json",
            ...more,
          ])
        ).out,
      )[0].identity;
    expect(await identity()).toBe(`NVMe1R01 ${host} ${subsystem} 825kjQ2JCruEqRrOOJLPBgbfwdI1A5m/Y5CqMpci6jc=`);
    expect(await identity("--derivation", "compat")).toBe(
      `NVMe1R01 ${host} ${subsystem} fHWuwmaB1Zvo3iNNEDUaW6f73Qk40Bww35P5WmIr8Lo=`,
    );
  });

  it("reads the lines that derive writes", async () => {
    writeFileSync(file("tls"), `NVMeTLSkey-1:01:${counting}:\n`);
    const made = await runCli([
      "secret",
      "derive",
      file("tls"),
      "--hostnqn",
      host,
      "--subsysnqn",
      subsystem,
      "-w",
      file("tls-keys"),
    ]);
    expect(made.code).toBe(0);
    expect(statSync(file("tls-keys")).mode & 0o777).toBe(0o600);
    const line = readFileSync(file("tls-keys"), "utf8");
    expect(line).toBe(
      `NVMe1R01 ${host} ${subsystem} 825kjQ2JCruEqRrOOJLPBgbfwdI1A5m/Y5CqMpci6jc= NVMeTLSkey-1:01:M0F9VNscmFfdw/RLhFsBivgcdLjwe+hRVwNx9Y+f1rrbT0n3:\n`,
    );
    const { out, code } = await runCli(["secret", "check", file("tls-keys")]);
    expect(code).toBe(0);
    expect(out).toContain("identity NVMe1R01");
  });

  it("is not content with an empty file", async () => {
    writeFileSync(file("empty"), "\n");
    const { err, code } = await runCli(["secret", "check", file("empty")]);
    expect([code, err]).toEqual([2, `nbft: ${file("empty")}: no secret\n`]);
  });
});

describe("keys in an initramfs and a target", () => {
  const keys = file("secrets");
  const write = (name: string, kind: "dhchap" | "tls") => {
    mkdirSync(keys, { recursive: true });
    const text = formatSecret(makeSecret(kind));
    writeFileSync(join(keys, name), `${text}\n`);
    return text;
  };

  it("initrd --secrets makes an archive with folders and a config.json that root alone reads", async () => {
    const [own, controller] = [write("host.key", "dhchap"), write("controller.key", "dhchap")];
    await runCli(["init", "--preset", "chap-mutual", "-w", file("boot.yaml")]);
    await runCli(["encode", file("boot.yaml"), "-w", file("NBFT")]);
    const { err, code } = await runCli(["initrd", file("NBFT"), "--secrets", keys, "-w", file("keys.img")]);
    expect([code, statSync(file("keys.img")).mode & 0o777]).toEqual([0, 0o600]);
    expect(err).toContain("with the keys of 1 path");
    const reader = bytesReader(readFileSync(file("keys.img")));
    const { entries } = readCpio(reader);
    expect(entries.map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
      ["etc", "40755"],
      ["etc/nvme", "40755"],
      ["etc/nvme/config.json", "100600"],
    ]);
    const config = JSON.parse(new TextDecoder().decode(readCpioData(reader, entries[2]!, 65536)));
    expect(config).toEqual([
      {
        hostnqn: host,
        hostid: "f8131bac-cdef-4165-866b-5998c1e67890",
        subsystems: [
          {
            nqn: subsystem,
            ports: [
              {
                transport: "tcp",
                traddr: "192.168.101.20",
                trsvcid: "4420",
                dhchap_key: own,
                dhchap_ctrl_key: controller,
              },
            ],
          },
        ],
      },
    ]);
  });

  it("names the host as nvme-cli prints a table's Host ID, whose bytes are an EFI_GUID in a firmware's table", async () => {
    const own = write("host.key", "dhchap");
    rmSync(join(keys, "controller.key"), { force: true });
    await runCli(["initrd", "test/vectors/firmware/single-static/NBFT.bin", "--secrets", keys, "-w", file("fw.img")]);
    const reader = bytesReader(readFileSync(file("fw.img")));
    const config = JSON.parse(new TextDecoder().decode(readCpioData(reader, readCpio(reader).entries[2]!, 65536)));
    expect(config).toEqual([{ hostnqn: host, hostid: "ac1b13f8-efcd-6541-866b-5998c1e67890", dhchap_key: own }]);
  });

  it.each([
    ["no secret at all", [], /no host\.key, controller\.key or tls\.key/],
    ["a controller's alone", [["controller.key", "dhchap"]], /controller\.key without host\.key/],
    ["one of another kind", [["host.key", "tls"]], /host\.key: a secret of another kind, expected DHHC-1/],
  ] as const)("a folder with %s is refused", async (_, files, message) => {
    rmSync(keys, { recursive: true, force: true });
    mkdirSync(keys);
    for (const [name, kind] of files) write(name, kind);
    const { err, code } = await runCli([
      "initrd",
      "test/vectors/firmware/single-static/NBFT.bin",
      "--secrets",
      keys,
      "-w",
      file("none.img"),
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("no key of 1,000 random ones appears in what commands print", async () => {
    const secrets = Array.from({ length: 1000 }, (_, i) => formatSecret(makeSecret("dhchap", [32, 48, 64][i % 3])));
    writeFileSync(file("many"), `${secrets.join("\n")}\n`);
    rmSync(keys, { recursive: true, force: true });
    const own = [write("host.key", "dhchap"), write("controller.key", "dhchap")];
    for (const name of ["host.key", "controller.key"]) writeFileSync(file(name), readFileSync(join(keys, name)));
    await runCli(["init", "--preset", "chap-mutual", "-w", file("own.yaml"), "-f"]);
    await runCli(["encode", file("own.yaml"), "-w", file("own")]);
    let printed = "";
    for (const words of [
      ["secret", "check", file("many")],
      ["secret", "check", file("many"), "-o", "json"],
      ["initrd", file("own"), "--secrets", keys, "-w", file("own.img")],
      ["target", file("own.yaml"), "--device", "1=/dev/vdb"],
      ["target", file("own.yaml"), "--device", "1=/dev/vdb", "-o", "nvmetcli"],
      ["dump", file("own"), "-o", "json"],
      ["dump", file("own"), "-o", "hex"],
      ["explain", file("own")],
      ["plan", file("own"), "-o", "fabrics"],
      ["report", file("own"), "-w", "-"],
      ["validate", file("many")],
      ["validate", file("own.yaml")],
      ["secret", "make", "-w", file("many")],
    ]) {
      const { out, err } = await runCli(words);
      printed += out + err;
    }
    expect(printed.length).toBeGreaterThan(50_000);
    for (const text of [...secrets, ...own]) expect(printed.includes(text.slice(10, 30))).toBe(false);
    const asked = await runCli([
      "target",
      file("own.yaml"),
      "--device",
      "1=/dev/vdb",
      "-o",
      "nvmetcli",
      "--show-secrets",
    ]);
    expect(asked.out).toContain(own[0]);
  });

  it("a secret that cannot be read is named, without its content", async () => {
    writeFileSync(file("bad.key"), "DHHC-1:00:THISISNOTASECRETATALL:\n");
    chmodSync(file("bad.key"), 0o600);
    const { err, code } = await runCli([
      "secret",
      "derive",
      file("bad.key"),
      "--hostnqn",
      host,
      "--subsysnqn",
      subsystem,
      "-w",
      "-",
    ]);
    expect(code).toBe(2);
    expect(err).toContain(`${file("bad.key")}:1: DHHC-1 secret`);
    expect(err).not.toContain("THISIS");
  });
});
