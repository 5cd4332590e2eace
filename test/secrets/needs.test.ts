import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { findRelease } from "../../src/consumers/behaviours/index.ts";
import { parseStack, programsOf, type Stack } from "../../src/consumers/stacks.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { type SecurityReader, securityNeeds } from "../../src/secrets/needs.ts";
import { runCli } from "../helpers/cli.ts";

const encoded = (name: string) =>
  encodeNbft(tableOfBoot(parseBootDescription(readFileSync(`examples/${name}.yaml`, "utf8")), { revision: "1.0" }));
const nvmeCli = (release: string): SecurityReader => ({ id: release, releases: [findRelease("nvme-cli", release)!] });
const stack = (name: string): SecurityReader => ({ id: name, releases: programsOf(parseStack(name) as Stack) });
const needs = (name: string, ...readers: SecurityReader[]) =>
  securityNeeds({ path: name, bytes: encoded(name) }, readers);

describe("what security profiles need", () => {
  it("is nothing without one", () => {
    expect(needs("static", nvmeCli("2.13"))).toBeUndefined();
    expect(securityNeeds({ path: "x", bytes: new Uint8Array(40) }, [nvmeCli("2.13")])).toBeUndefined();
  });

  it("is a file with the names as nvme-cli 2.x looks for them", () => {
    const found = needs("chap", nvmeCli("2.16"))!;
    expect(found.records).toEqual([
      { path: "ssns[0]", kind: "ssns", index: 1, profile: 1, asks: "requires DH-HMAC-CHAP" },
    ]);
    expect(found.file).toMatchObject({ path: "/etc/nvme/config.json", mode: "0600" });
    expect(JSON.parse(found.file!.outline)).toEqual([
      {
        hostnqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
        hostid: "f8131bac-cdef-4165-866b-5998c1e67890",
        dhchap_key: "DHHC-1:…",
      },
    ]);
  });

  it("has the Host ID of the table's bytes, not the UUID of the host NQN", () => {
    const bytes = encoded("chap");
    const id = [0xf8, 0x13, 0x1b, 0xac, 0xcd, 0xef, 0x41, 0x65];
    const at = Buffer.from(bytes).indexOf(Uint8Array.from(id));
    bytes.set([0xac, 0x1b, 0x13, 0xf8, 0xef, 0xcd, 0x65, 0x41], at);
    bytes[9] = (bytes[9]! - bytes.reduce((sum, byte) => sum + byte, 0)) & 0xff;
    const found = securityNeeds({ path: "x", bytes }, [nvmeCli("2.13")])!;
    expect(JSON.parse(found.file!.outline)[0].hostid).toBe("ac1b13f8-efcd-6541-866b-5998c1e67890");
  });

  it("is at the port for TLS, with a program and modules", () => {
    const found = needs("tls", nvmeCli("2.13"))!;
    expect(found.records[0]!.asks).toBe("requires TLS 1.3 with a pre-shared key");
    expect(JSON.parse(found.file!.outline)[0].subsystems[0].ports[0]).toEqual({
      transport: "tcp",
      traddr: "192.168.101.20",
      trsvcid: "4420",
      tls: true,
      tls_key: "NVMeTLSkey-1:…",
    });
    expect(found.remarks.join()).toMatch(/tlshd.*tls, gcm and ghash_generic/);
  });

  it("is not a file for what skips such records, or cannot read a table", () => {
    const found = needs("chap", nvmeCli("3.1"))!;
    expect([found.file, found.remarks]).toEqual([undefined, []]);
    expect(found.readers[0]!.does).toMatch(/skips these records and exits with 0/);
    expect(needs("chap", nvmeCli("2.3"))!.readers).toEqual([]);
  });

  it("says of each dracut how the file comes into its image", () => {
    const found = needs("chap", stack("debian-13"), stack("debian-sid"))!;
    const of = (id: string) => found.readers.filter(({ consumers }) => consumers.includes(id)).map(({ does }) => does);
    expect(of("debian-13")[0]).toMatch(/^dracut 106 copies .* into every image$/);
    expect(of("debian-sid")[0]).toMatch(/^dracut 112 copies .* host-only image; another needs --install/);
  });

  it("names a profile that is not in the table", () => {
    const boot = parseBootDescription(readFileSync("examples/chap.yaml", "utf8"));
    const bytes = encodeNbft({ ...tableOfBoot(boot, { revision: "1.0" }), security: [] });
    const found = securityNeeds({ path: "x", bytes }, [nvmeCli("2.13")]);
    expect(found).toMatchObject({ records: [{ profile: 1, asks: "is not in the table" }], file: undefined });
  });
});

describe("nbft plan and explain", () => {
  it("show it below, and have it in their JSON", async () => {
    const { out } = await runCli(["plan", "examples/chap.yaml", "--consumer", "nvme-cli@2.13"]);
    expect(out).toContain("Security of examples/chap.yaml\n  SSNS 1: profile 1 requires DH-HMAC-CHAP\n");
    const plan = JSON.parse(
      (await runCli(["plan", "examples/chap.yaml", "-o", "json", "--consumer", "nvme-cli@2.13"])).out,
    );
    expect(plan.tables[0].security.file.path).toBe("/etc/nvme/config.json");
    const explained = JSON.parse((await runCli(["explain", "examples/chap.yaml", "-o", "json"])).out);
    expect(explained.tables[0].security.readers.length).toBeGreaterThan(3);
    const none = JSON.parse((await runCli(["explain", "examples/static.yaml", "-o", "json"])).out);
    expect(none.tables[0].security).toBeUndefined();
  });
});
