import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { describeInitramfs } from "../../src/initramfs/description.ts";
import { openInitramfs } from "../../src/initramfs/image.ts";
import { type DemandingPath, problemsOfKeys } from "../../src/initramfs/key-problems.ts";
import { stackOfInitramfs } from "../../src/initramfs/stack.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { pathsWithProfile, secretsArchive } from "../../src/secrets/archive.ts";
import { formatSecret, makeSecret } from "../../src/secrets/secret.ts";
import { archiveOf, changed } from "./made-image.ts";

const plainly = () => {
  throw new Error("nothing is compressed here");
};
const pathsOf = (preset: string): DemandingPath[] => {
  const boot = parseBootDescription(readFileSync(`examples/${preset}.yaml`, "utf8"));
  const bytes = encodeNbft(tableOfBoot(boot, { revision: "1.0" }));
  return pathsWithProfile([{ path: "NBFT", bytes }]).map(({ path, requires }) => ({ path, ...requires }));
};
const chap = pathsOf("chap");
const tls = pathsOf("tls");
const [{ path }] = chap as [DemandingPath];
const secret = makeSecret("dhchap");
const key = formatSecret(secret);

function image(files: Record<string, string | undefined>, ...more: Uint8Array[]) {
  const opened = openInitramfs(Buffer.concat([archiveOf(changed(files)), ...more]), plainly);
  const description = describeInitramfs(opened);
  return { description, stack: stackOfInitramfs("image", description) };
}

const withKeys = secretsArchive([path], () => ({ host: secret }));
const problems = (made: ReturnType<typeof image>, paths: readonly DemandingPath[]) =>
  problemsOfKeys(made.description, made.stack, paths).map(({ fatal, message }) => [fatal, message]);
const config = (value: unknown) =>
  image(
    {},
    encodeCpio([
      { name: "etc/nvme", data: new Uint8Array(), mode: 0o040755 },
      {
        name: "etc/nvme/config.json",
        data: new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)),
        mode: 0o100600,
      },
    ]),
  );

describe("the keys of an initramfs", () => {
  it("are those that nbft initrd --secrets appends: nothing is missing", () => {
    const made = image({}, withKeys);
    expect(problems(made, chap)).toEqual([]);
    expect(made.description.keys).toMatchObject({
      mode: "0600",
      hosts: [{ hostNqn: path.hostNqn, authentication: "there" }],
    });
  });

  it("are described without any part of a key", () => {
    const made = image(
      {},
      secretsArchive([path], () => ({ host: secret, controller: makeSecret("dhchap"), tls: makeSecret("tls") })),
    );
    const text = JSON.stringify(made);
    expect(text).not.toMatch(/DHHC|NVMeTLSkey/);
    expect(text).not.toContain(key.split(":")[2]);
    expect(made.description.keys!.hosts[0]!.ports).toMatchObject([
      { authentication: "there", controller: "there", tls: true, tlsKey: "there" },
    ]);
  });

  it("are not needed by a table without a profile", () => {
    expect(problems(image({}), [])).toEqual([]);
  });

  it.each([
    ["no file", image({}), true, /config\.json is missing: there is no key, and a profile requires one/],
    ["text that is not JSON", config("{"), true, /not JSON/],
    ["no list", config({}), true, /not a list of hosts/],
    [
      "another host",
      config([{ hostnqn: "nqn.x", hostid: path.hostId, dhchap_key: key }]),
      true,
      /has no host nqn\.2014/,
    ],
    ["no Host ID", config([{ hostnqn: path.hostNqn, dhchap_key: key }]), true, /no hostid: nvme-cli 2\.13 crashes/],
    [
      "a Host ID in capitals",
      config([{ hostnqn: path.hostNqn, hostid: path.hostId.toUpperCase(), dhchap_key: key }]),
      true,
      /hostid is F8131BAC.*looks for the table's f8131bac/,
    ],
    ["a host without a key", config([{ hostnqn: path.hostNqn, hostid: path.hostId }]), true, /no dhchap_key for/],
    [
      "a key with a character too few",
      config([{ hostnqn: path.hostNqn, hostid: path.hostId, dhchap_key: key.slice(0, 20) }]),
      true,
      /not a secret: DHHC-1 secret/,
    ],
    [
      "a TLS key for DH-HMAC-CHAP",
      config([{ hostnqn: path.hostNqn, hostid: path.hostId, dhchap_key: formatSecret(makeSecret("tls")) }]),
      true,
      /of another kind/,
    ],
    [
      "a file that all may read",
      image({
        "etc/nvme": "",
        "etc/nvme/config.json": JSON.stringify([{ hostnqn: path.hostNqn, hostid: path.hostId, dhchap_key: key }]),
      }),
      false,
      /others than root can read/,
    ],
  ] as const)("are found wanting: %s", (_, made, fatal, message) => {
    const found = problems(made, chap);
    expect(found).toHaveLength(1);
    expect(found[0]![0]).toBe(fatal);
    expect(found[0]![1]).toMatch(message);
    expect(JSON.stringify(found)).not.toContain(key.split(":")[2]);
  });

  it("are lost where no archive has the folder", () => {
    const made = image(
      {},
      encodeCpio([{ name: "etc/nvme/config.json", data: new TextEncoder().encode("[]"), mode: 0o100600 }]),
    );
    expect(problems(made, chap)).toEqual([[true, expect.stringMatching(/no archive has the folder etc\/nvme/)]]);
  });

  it("count at the port as well", () => {
    const { subsystemNqn: nqn, traddr, trsvcid, hostNqn: hostnqn, hostId: hostid } = path;
    const ports = [{ transport: "tcp", traddr, trsvcid, dhchap_key: key }];
    expect(problems(config([{ hostnqn, hostid, subsystems: [{ nqn, ports }] }]), chap)).toEqual([]);
    const other = [{ hostnqn, hostid, subsystems: [{ nqn, ports: [{ ...ports[0], traddr: "192.168.101.21" }] }] }];
    expect(problems(config(other), chap)).toEqual([
      [true, expect.stringMatching(/no dhchap_key for .* at 192\.168\.101\.20 4420/)],
    ]);
  });

  it("do not help where nvme-cli skips the record", () => {
    const made = image({ "usr/sbin/nvme": "\x7fELF\x003.1\0%s %s version %s (git %s)\0" }, withKeys);
    expect(problems(made, chap)).toEqual([[true, expect.stringMatching(/nvme-cli 3\.1 skips records/)]]);
  });

  it("of TLS come with a program and modules", () => {
    const archive = secretsArchive([path], () => ({ tls: makeSecret("tls") }));
    expect(problems(image({}, archive), tls).map(([, message]) => message)).toEqual([
      expect.stringMatching(/^tlshd is missing/),
      ...["tls", "gcm", "ghash_generic"].map((name) => expect.stringContaining(`module ${name} is missing`)),
    ]);
    const modules = "usr/lib/modules/6.12.0/kernel/";
    const whole = image(
      {
        "usr/sbin/tlshd": "",
        [`${modules}net/tls/tls.ko.xz`]: "",
        [`${modules}crypto/gcm.ko.xz`]: "",
        [`${modules}crypto/ghash-generic.ko.xz`]: "",
      },
      archive,
    );
    expect(problems(whole, tls)).toEqual([]);
    expect(problems(image({}, withKeys), tls)[0]).toEqual([true, expect.stringMatching(/no "tls": true/)]);
  });
});
