import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isRegularFile, readCpioData } from "../../src/acpi/cpio.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { LabError } from "../../src/lab/errors.ts";
import type { RunOptions } from "../../src/lab/run-options.ts";
import { hostKeys, securityOfRun, targetKeys, withoutKeys, withTlsKeys } from "../../src/lab/security.ts";
import type { Remark } from "../../src/lab/topology/remark.ts";
import { deriveTopology } from "../../src/lab/topology/topology.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { formatSecret, makeSecret, parseSecret } from "../../src/secrets/secret.ts";
import { cpioEntries } from "../helpers/cpio.ts";

const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const boot = (name: string) => parseBootDescription(readFileSync(`examples/${name}.yaml`, "utf8"));
const tableOf = (name: string) => tableOfBoot(boot(name), { revision: "1.0" });

function security(name: string, options: Partial<RunOptions> = {}, remarks: Remark[] = []) {
  return securityOfRun([tableOf(name)], { depth: "connect", described: boot(name).targets, ...options }, remarks);
}

const files = (archive: Uint8Array = new Uint8Array()) =>
  new Map(
    cpioEntries(archive)
      .filter(isRegularFile)
      .map((entry) => {
        const text = new TextDecoder().decode(readCpioData(bytesReader(archive), entry, 10_000));
        return [entry.name, { text, mode: entry.mode & 0o777 }];
      }),
  );
const config = (made: ReturnType<typeof security>) =>
  files(hostKeys(made!, [encodeNbft(tableOf("chap"))])).get("etc/nvme/config.json");

describe("the keys of a run", () => {
  it("are made where the table asks for authentication, and for the controller where the description names its secret", () => {
    expect(security("static")).toBeUndefined();
    expect(security("chap")!.target).toEqual({ host: { kind: "dhchap", hash: "none", bytes: expect.any(Uint8Array) } });
    const mutual = security("chap-mutual")!.target;
    expect(mutual.controller!.bytes).not.toEqual(mutual.host!.bytes);
    expect(security("chap")!.target.host!.bytes).not.toEqual(security("chap")!.target.host!.bytes);
  });

  it("are those that are given, whatever the table says", () => {
    const secrets = { host: makeSecret("dhchap") };
    expect(security("static", { secrets })).toMatchObject({ target: secrets, host: secrets });
    expect(security("chap", { secrets })!.target).toEqual(secrets);
  });

  it("are not there where nobody can ask for them", () => {
    expect(security("chap", { depth: "read" })).toBeUndefined();
    expect(security("chap", { target: { address: "10.0.0.1", port: 4420 } })).toBeUndefined();
    expect(
      security("chap", { target: { address: "10.0.0.1", port: 4420 }, secrets: { host: makeSecret("dhchap") } }),
    ).toBeDefined();
  });

  it("are not made for an initramfs that has its own, which goes unchanged", () => {
    expect(() => security("chap", { depth: "dracut", initrd: "own.img" })).toThrow(/--secrets FOLDER/);
    const own = security("chap", { depth: "dracut", initrd: "own.img", secrets: { host: makeSecret("dhchap") } })!;
    expect(hostKeys(own, [encodeNbft(tableOf("chap"))])).toBeUndefined();
    expect(files(targetKeys(own)).size).toBe(1);
  });

  it.each([
    ["no host.key", "chap", { secrets: { tls: makeSecret("tls") } }, /no host\.key/],
    ["no controller.key", "chap-mutual", { secrets: { host: makeSecret("dhchap") } }, /no controller\.key/],
    ["a fault that has nothing to break", "static", { faults: ["wrong-key"] }, /--fault wrong-key: nothing/],
    ["a key that the controller does not have", "chap", { faults: ["wrong-controller-key"] }, /has no key here/],
  ] as const)("are refused with %s", (_, name, options, message) => {
    expect(() => security(name, options)).toThrow(message);
    expect(() => security(name, options)).toThrow(LabError);
  });

  it("are in files of the target that root alone reads, and in the host's config.json", () => {
    const made = security("chap-mutual")!;
    const target = files(targetKeys(made));
    expect([...target.keys()]).toEqual(["etc/nbft/host.key", "etc/nbft/controller.key"]);
    for (const { mode, text } of target.values()) {
      expect(mode).toBe(0o600);
      parseSecret(text.trim());
    }
    const { text, mode } = config(made)!;
    expect(mode).toBe(0o600);
    const [host] = JSON.parse(text);
    expect(host).toMatchObject({ hostnqn: hostNqn, hostid: "f8131bac-cdef-4165-866b-5998c1e67890" });
    expect(host.subsystems[0].ports).toEqual([
      {
        transport: "tcp",
        traddr: "192.168.101.20",
        trsvcid: "4420",
        dhchap_key: target.get("etc/nbft/host.key")!.text.trim(),
        dhchap_ctrl_key: target.get("etc/nbft/controller.key")!.text.trim(),
      },
    ]);
  });

  it("are missing, others, or another host's, as a fault says", () => {
    expect(config(security("chap", { faults: ["no-key"] }))).toBeUndefined();
    const wrong = security("chap", { faults: ["wrong-key"] })!;
    expect(config(wrong)!.text).not.toContain(formatSecret(wrong.target.host!));
    const controller = security("chap-mutual", { faults: ["wrong-controller-key"] })!;
    expect(config(controller)!.text).toContain(formatSecret(controller.target.host!));
    expect(config(controller)!.text).not.toContain(formatSecret(controller.target.controller!));
    expect(JSON.parse(config(security("chap", { faults: ["other-host-key"] }))!.text)[0].hostnqn).toMatch(/cafe$/);
  });

  it("are in no evidence, even where a machine writes one", () => {
    const made = security("chap-mutual", { faults: ["wrong-key"] })!;
    const keys = [made.target.host, made.target.controller, made.host!.host].map((key) => formatSecret(key!));
    const log = `a ${keys[0]}${keys[1]} b ${keys[2]}`;
    const clean = new TextDecoder().decode(withoutKeys(new TextEncoder().encode(log), made));
    expect(clean).toBe(log.replace(/DHHC-1:00:[^:]*:/g, (key) => "*".repeat(key.length)));
  });
});

describe("the target of a secured run", () => {
  const topology = (name: string, options: Parameters<typeof deriveTopology>[1]) =>
    deriveTopology([tableOf(name)], { described: boot(name).targets, ...options });
  const authentication = { hash: "sha384", dhGroup: "ffdhe3072" } as const;

  it("has the host's key before a port listens, and no line names it", () => {
    const { targetConfig } = topology("chap", { authentication });
    const key = targetConfig.indexOf(`key ${hostNqn} sha384 ffdhe3072`);
    expect(key).toBeGreaterThanOrEqual(0);
    expect(key).toBeLessThan(targetConfig.findIndex((line) => line.startsWith("port ")));
    expect(targetConfig.join("\n")).not.toContain("DHHC-1");
  });

  it("asks for what the first profile allows", () => {
    const table = tableOf("chap");
    const flags = { ...table.security[0]!.flags, hashesRestricted: true, dhGroupsRestricted: true };
    const narrow = { ...table.security[0]!, flags, secureHashes: ["sha512"], dhGroups: ["ffdhe4096"] } as const;
    const made = securityOfRun([{ ...table, security: [narrow] }], { depth: "connect" }, []);
    expect(made!.choice).toEqual({ hash: "sha512", dhGroup: "ffdhe4096" });
  });

  it("demands nothing with the fault no-demand", () => {
    const { targetConfig, remarks } = topology("chap", { authentication, faults: ["no-demand"] });
    expect(targetConfig.filter((line) => line.startsWith("key "))).toEqual([]);
    expect(remarks).toEqual([]);
  });

  it("says that it cannot demand anything of hosts that are not named", () => {
    const { remarks } = topology("chap", { authentication, faults: ["open-target"] });
    expect(remarks.map(({ text }) => text).join()).toMatch(/nvmet demands authentication only from named hosts/);
  });

  it("speaks TLS at every port where a table asks for it, and is told so before anything is served there", () => {
    const { targetConfig, remarks } = topology("tls", { tls: "required" });
    expect(targetConfig).toContain("tls 1 required");
    expect(targetConfig.indexOf("tls 1 required")).toBeLessThan(
      targetConfig.findIndex((line) => line.startsWith("serve ")),
    );
    expect(targetConfig.filter((line) => line.startsWith("key "))).toEqual([]);
    expect(remarks).toEqual([]);
    expect(topology("tls", { tls: "supported" }).targetConfig).toContain("tls 1 optional");
    expect(topology("tls", { tls: "required", faults: ["no-demand"] }).targetConfig.join()).not.toContain("tls");
  });
});

describe("a run with TLS", () => {
  const tables = [encodeNbft(tableOf("tls"))];
  const made = (options: Partial<RunOptions> = {}) => withTlsKeys(security("tls", options), tables);

  it("has a key of the length that the profile's cipher needs", () => {
    expect(security("tls")).toMatchObject({ choice: undefined, tls: "required", tlshd: true });
    expect(security("tls")!.target.tls!.bytes).toHaveLength(32);
    const table = tableOf("tls");
    const flags = { ...table.security[0]!.flags, cipherSuitesRestricted: true };
    const long = { ...table.security[0]!, flags, cipherSuites: ["TLS_AES_256_GCM_SHA384"] } as const;
    const { target } = securityOfRun([{ ...table, security: [long] }], { depth: "connect" }, [])!;
    expect(target.tls).toMatchObject({ hash: "sha384", bytes: { length: 48 } });
  });

  it("gives the target's keyring what either derivation makes of it, and both sides tlshd", async () => {
    const run = (await made())!;
    const target = files(targetKeys(run));
    expect([...target.keys()]).toEqual(["etc/nvme/tls-keys", "etc/tlshd.conf"]);
    const lines = target.get("etc/nvme/tls-keys")!.text.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(new RegExp(`^NVMe1R01 ${hostNqn} nqn\\S+ \\S{44} NVMeTLSkey-1:01:\\S+:$`));
      parseSecret(line.split(" ").at(-1)!);
    }
    const keys = files(hostKeys(run, tables));
    const [host] = JSON.parse(keys.get("etc/nvme/config.json")!.text);
    expect(host.subsystems[0].ports[0]).toMatchObject({ tls: true, tls_key: formatSecret(run.target.tls!) });
    expect(keys.get("etc/tlshd.conf")!.text).toBe(target.get("etc/tlshd.conf")!.text);
  });

  it("has no tlshd, or another key, as a fault says", async () => {
    const without = files(hostKeys((await made({ faults: ["no-tlshd"] }))!, tables));
    expect([...without.keys()]).toEqual(["etc/nvme/config.json"]);
    const wrong = (await made({ faults: ["wrong-key"] }))!;
    expect(wrong.host!.tls!.bytes).not.toEqual(wrong.target.tls!.bytes);
    expect(() => security("chap", { faults: ["no-cipher"] })).toThrow(/--fault no-cipher: nothing in this run asks/);
    expect(() => security("tls", { secrets: { host: makeSecret("dhchap") } })).toThrow(/no tls\.key/);
  });

  it("leaves neither the secret nor what was derived from it in evidence", async () => {
    const run = (await made())!;
    const log = [formatSecret(run.target.tls!), ...run.tlsKeys].join("\n");
    const clean = new TextDecoder().decode(withoutKeys(new TextEncoder().encode(log), run));
    expect(clean).not.toContain("NVMeTLSkey-1");
    expect(clean).toContain("NVMe1R01");
  });
});
