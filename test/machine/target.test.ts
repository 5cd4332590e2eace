import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { BootDocument } from "../../src/boot/document.ts";
import { completeBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { configfsScript, removalScript } from "../../src/machine/target/configfs.ts";
import { formatNvmetcli, nvmetcliConfig } from "../../src/machine/target/nvmetcli.ts";
import { type TargetSpec, targetOfBoot } from "../../src/machine/target/target-spec.ts";

const host = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
type Target = NonNullable<BootDocument["targets"]>[number];
const boot = (target: Partial<Target>) =>
  completeBootDescription({
    host: { nqn: host },
    interfaces: [
      { mac: "ea:eb:d3:58:89:58", address: "192.168.101.30/24" },
      { mac: "ea:eb:d3:59:89:59", address: "192.168.110.30/24" },
    ],
    targets: [{ nqn, portals: ["192.168.101.20:4420"], namespaces: [{ nsid: 1, image: "root.img" }], ...target }],
  });
const target = (changes: Partial<Target> = {}, options = {}) => targetOfBoot(boot(changes), options);
const rules = (changes: Partial<Target>, options = {}) => target(changes, options).diagnostics.map(({ rule }) => rule);

describe("the target of a boot description", () => {
  it("has its subsystem, namespace identity, access list and portals", () => {
    const { spec, diagnostics } = target({
      portals: ["192.168.101.20:4420", "192.168.110.20:4421"],
      namespaces: [
        {
          nsid: 3,
          uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
          nguid: "ace42e00-1510-2fce-2ee4-ac0000000001",
          image: "root.img",
          blockSize: 4096,
        },
      ],
      serial: "LABSN0001",
      model: "nbft-lab",
    });
    expect(diagnostics).toEqual([]);
    expect(spec).toEqual({
      discoveryNqn: undefined,
      hosts: [],
      subsystems: [
        {
          nqn,
          serial: "LABSN0001",
          model: "nbft-lab",
          hosts: [host],
          digests: { header: false, data: false },
          namespaces: [
            {
              nsid: 3,
              path: "root.img",
              uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
              nguid: "ace42e0015102fce2ee4ac0000000001",
              blockSize: 4096,
              image: true,
            },
          ],
        },
      ],
      ports: [
        { id: 1, traddr: "192.168.101.20", trsvcid: 4420, subsystems: [nqn] },
        { id: 2, traddr: "192.168.110.20", trsvcid: 4421, subsystems: [nqn] },
      ],
    });
  });

  it("serves the devices that are named, by NSID or by subsystem", () => {
    const path = (devices: Record<string, string>) => target({}, { devices }).spec.subsystems[0]!.namespaces[0];
    expect(path({ 1: "/dev/vdb" })).toMatchObject({ path: "/dev/vdb", image: false });
    expect(path({ 1: "/dev/vdb", [`${nqn}/1`]: "/dev/vdc" })).toMatchObject({ path: "/dev/vdc" });
  });

  it("offers two subsystems at one port", () => {
    const description = completeBootDescription({
      host: { nqn: host },
      interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "192.168.101.30/24" }],
      targets: ["nqn.2024-01.org.example:a", "nqn.2024-01.org.example:b"].map((name) => ({
        nqn: name,
        portals: ["192.168.101.20:4420"],
        namespaces: [{ image: "i" }],
      })),
    });
    expect(targetOfBoot(description).spec.ports).toMatchObject([
      { subsystems: ["nqn.2024-01.org.example:a", "nqn.2024-01.org.example:b"] },
    ]);
  });

  it.each<[string, Partial<Target>, object, string[]]>([
    ["digests that nvmet cannot demand", { digests: { header: true, data: true } }, {}, ["N005"]],
    ["an EUI-64", { namespaces: [{ eui64: "ac-de-48-23-45-67-ab-cd", image: "i" }] }, {}, ["N002"]],
    ["a discovery controller at the same portals", { discovery: true }, {}, []],
    ["a discovery controller elsewhere", { discovery: { trsvcid: 8009 } }, {}, ["N003"]],
  ])("says what nvmet cannot do: %s", (_, changes, options, expected) => {
    expect(rules(changes, options)).toEqual(expected);
  });

  it("needs the interface of a link-local address", () => {
    const description = completeBootDescription({
      host: { nqn: host },
      interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "auto" }],
      targets: [{ nqn, portals: ["[fe80::1]:4420"], namespaces: [{ image: "i" }] }],
    });
    expect(targetOfBoot(description).diagnostics.map(({ rule }) => rule)).toEqual(["N004"]);
    const { spec, diagnostics } = targetOfBoot(description, { zone: "eth0" });
    expect(diagnostics).toEqual([]);
    expect(spec.ports[0]!.traddr).toBe("fe80::1%eth0");
    expect(configfsScript(spec)).toContain('put ipv6 "$port/addr_adrfam"');
  });

  it("has a discovery NQN of its own where the description has one", () => {
    const { spec } = target({ discovery: { nqn: "nqn.2024-01.org.example:discovery" } });
    expect(configfsScript(spec)).toContain('put nqn.2024-01.org.example:discovery "$root/discovery_nqn"');
  });

  it("refuses a namespace without a device", () => {
    expect(() => target({ namespaces: [{ nsid: 7 }] })).toThrow(
      `namespace 7 of ${nqn} has no image, and no device is named for it`,
    );
  });

  it.each(["nqn.2024-01.org.example:a/../../b", "nqn.2024-01.org.example:a\nb", ".."])(
    "refuses %j: it would be a folder elsewhere",
    (bad) => {
      const description = boot({});
      const changed = { ...description, targets: [{ ...description.targets[0]!, nqn: bad }] };
      expect(() => targetOfBoot(changed)).toThrow(/cannot be the name/);
      const byHost = { ...description, targets: [{ ...description.targets[0]!, allowHosts: [bad] }] };
      expect(() => targetOfBoot(byHost)).toThrow(/cannot be the name/);
    },
  );
});

/**
 * What `nvmetcli restore` takes, from its source (nvmet/nvme.py): keys, their types, and values that are written to configfs as text.
 */
const nvmetcliSchema = {
  hosts: [{ "dhchap?": { "ctrl_key?": "string", dhgroup: "string", hash: "string", key: "string" }, nqn: "string" }],
  ports: [
    {
      addr: {
        adrfam: "string",
        traddr: "string",
        treq: "string",
        trsvcid: "string",
        trtype: "string",
        "tsas?": "string",
      },
      ana_groups: [{ ana: { state: "string" }, grpid: "number" }],
      param: {},
      portid: "number",
      referrals: [],
      subsystems: ["string"],
    },
  ],
  subsystems: [
    {
      allowed_hosts: ["string"],
      attr: { allow_any_host: "string", "model?": "string", "serial?": "string" },
      namespaces: [
        {
          ana_grpid: "number",
          device: { "nguid?": "string", path: "string", "uuid?": "string" },
          enable: "number",
          nsid: "number",
        },
      ],
      nqn: "string",
    },
  ],
};

/** Paths at which a value does not follow a schema of the form above. */
function violations(value: unknown, schema: unknown, path = "$"): string[] {
  if (typeof schema === "string") return typeof value === schema ? [] : [`${path} is ${typeof value}`];
  if (Array.isArray(schema)) {
    if (!Array.isArray(value)) return [`${path} is not a list`];
    return value.flatMap((item, i) =>
      schema.length === 0 ? [`${path}[${i}] is not known`] : violations(item, schema[0], `${path}[${i}]`),
    );
  }
  const rows = Object.entries(schema as object);
  const given = value as Record<string, unknown>;
  const known = rows.map(([key]) => key.replace("?", ""));
  return [
    ...Object.keys(given)
      .filter((key) => !known.includes(key))
      .map((key) => `${path}.${key} is not known`),
    ...rows.flatMap(([key, inner]) => {
      const name = key.replace("?", "");
      if (given[name] === undefined) return key.endsWith("?") ? [] : [`${path}.${name} is missing`];
      return violations(given[name], inner, `${path}.${name}`);
    }),
  ];
}

describe("nvmetcli's form", () => {
  it.each(Object.entries(bootPresets))("of preset %s follows its schema", (_, { document }) => {
    const description = completeBootDescription(document as BootDocument);
    const { spec } = targetOfBoot(description, { devices: { 1: "/dev/vda", 2: "/dev/vdb" } });
    expect(violations(JSON.parse(formatNvmetcli(spec)), nvmetcliSchema)).toEqual([]);
  });

  it("has everything that configfs gets", () => {
    const { spec } = target({
      allowHosts: "any",
      serial: "S1",
      namespaces: [{ nsid: 2, nguid: "ace42e0015102fce2ee4ac0000000001", image: "/dev/vda" }],
    });
    expect(nvmetcliConfig(spec)).toMatchObject({
      hosts: [],
      subsystems: [
        {
          allowed_hosts: [],
          attr: { allow_any_host: "1", serial: "S1" },
          namespaces: [
            { nsid: 2, enable: 1, device: { path: "/dev/vda", nguid: "ace42e00-1510-2fce-2ee4-ac0000000001" } },
          ],
        },
      ],
      ports: [{ portid: 1, addr: { adrfam: "ipv4", trtype: "tcp", trsvcid: "4420" }, subsystems: [nqn] }],
    });
  });

  it("the check above can fail", () => {
    expect(violations({ hosts: [{ nqn: 1 }], ports: {}, extra: 1 }, nvmetcliSchema)).toEqual([
      "$.extra is not known",
      "$.hosts[0].nqn is number",
      "$.ports is not a list",
      "$.subsystems is missing",
    ]);
  });
});

describe("the configfs script", () => {
  const folder = mkdtempSync(join(tmpdir(), "nbft-target-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a script against a folder in place of configfs, which makes the subfolders that the kernel makes by itself. */
  function apply(name: string, spec: TargetSpec): string {
    const root = join(folder, name, "nvmet");
    for (const part of ["hosts", "subsystems", "ports"]) mkdirSync(join(root, part), { recursive: true });
    // The kernel's own groups appear with their parent: a mkdir that makes them stands in for it.
    const script = configfsScript(spec)
      .replace(
        "root=/sys/kernel/config/nvmet",
        `root=${root}\nmkdir() { command mkdir -p "$1" "$1/allowed_hosts" "$1/namespaces" "$1/subsystems"; }`,
      )
      .replace(/^(modprobe|mountpoint).*$/gm, ":")
      .replace(/^attach\(\).*$/m, 'attach() { echo "/dev/loop$1"; }');
    const file = join(folder, `${name}.sh`);
    writeFileSync(file, script);
    execFileSync("sh", [file], { stdio: "pipe" });
    return root;
  }
  const read = (...parts: string[]) => readFileSync(join(...parts), "utf8");

  it("makes what the kernel needs", () => {
    const root = apply(
      "whole",
      target({
        portals: ["192.168.101.20:4420", "192.168.110.20:4420"],
        namespaces: [
          {
            nsid: 1,
            uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
            nguid: "ace42e0015102fce2ee4ac0000000001",
            image: "my root.img",
          },
        ],
        serial: "LABSN0001",
        model: "nbft lab",
        digests: { header: true },
      }).spec,
    );
    const subsystem = join(root, "subsystems", nqn);
    expect(readdirSync(join(root, "hosts"))).toEqual([host]);
    expect(readlinkSync(join(subsystem, "allowed_hosts", host))).toBe(join(root, "hosts", host));
    expect([
      read(subsystem, "attr_allow_any_host"),
      read(subsystem, "attr_serial"),
      read(subsystem, "attr_model"),
    ]).toEqual(["0", "LABSN0001", "nbft lab"]);
    const namespace = join(subsystem, "namespaces/1");
    expect([
      read(namespace, "device_path"),
      read(namespace, "device_uuid"),
      read(namespace, "device_nguid"),
      read(namespace, "enable"),
    ]).toEqual(["/dev/loop512", "bee9c2b7-1761-44b5-a4e6-0f690498a94b", "ace42e00-1510-2fce-2ee4-ac0000000001", "1"]);
    const port = join(root, "ports/2");
    expect([
      read(port, "addr_trtype"),
      read(port, "addr_adrfam"),
      read(port, "addr_traddr"),
      read(port, "addr_trsvcid"),
    ]).toEqual(["tcp", "ipv4", "192.168.110.20", "4420"]);
    expect(readlinkSync(join(port, "subsystems", nqn))).toBe(subsystem);
  });

  it("enables a namespace after its identifiers, and offers it after its access list", () => {
    const lines = configfsScript(
      target({ namespaces: [{ uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b", image: "i" }] }).spec,
    ).split("\n");
    const at = (part: string) => lines.findIndex((line) => line.includes(part));
    expect(at("device_uuid")).toBeLessThan(at('"$namespace/enable"'));
    expect(at("attr_allow_any_host")).toBeLessThan(at("allowed_hosts"));
    expect(at("allowed_hosts")).toBeLessThan(at('"$port"/subsystems'));
  });

  it("loads crc32c only where a digest is wanted", () => {
    expect(configfsScript(target({ digests: { data: true } }).spec)).toContain("modprobe -q crc32c");
    expect(configfsScript(target().spec)).not.toContain("crc32c");
  });

  it("lets no text out of its quotes", () => {
    const evil = "/dev/x'; touch /tmp/pwned; '";
    const { spec } = target({ model: "$(reboot)`id`" }, { devices: { 1: evil } });
    const root = apply("evil", {
      ...spec,
      subsystems: spec.subsystems.map((each) => ({
        ...each,
        namespaces: each.namespaces.map((n) => ({ ...n, image: false })),
      })),
    });
    expect(read(root, "subsystems", nqn, "namespaces/1/device_path")).toBe(evil);
    expect(read(root, "subsystems", nqn, "attr_model")).toBe("$(reboot)`id`");
  });

  it("is taken away by the removal script in the order that the kernel wants", () => {
    const lines = removalScript(target().spec).split("\n");
    const at = (part: string) => lines.findIndex((line) => line.includes(part));
    expect(at("ports/1/subsystems")).toBeLessThan(at('rmdir "$root"/ports/1'));
    expect(at("/enable")).toBeLessThan(at('rmdir "$subsystem"/namespaces'));
    expect(at("allowed_hosts")).toBeLessThan(lines.indexOf('rmdir "$subsystem"'));
    expect(lines.at(-2)).toBe(`rmdir "$root"/hosts/${host}`);
  });
});

describe("a target that demands authentication or TLS", () => {
  const secured = (security: Target["security"], changes: Partial<Target> = {}) => target({ security, ...changes });

  it("has its keys by host, hash and group from the lists or nvmet's widest", () => {
    const { spec, diagnostics } = secured({
      hostSecret: "host.key",
      controllerSecret: "keys/controller.key",
      hashes: ["sha512", "sha256"],
      dhGroups: ["ffdhe3072"],
    });
    expect(diagnostics).toEqual([]);
    expect(spec.hosts).toEqual([
      { nqn: host, secret: "host.key", controllerSecret: "keys/controller.key", hash: "sha512", dhGroup: "ffdhe3072" },
    ]);
    expect(secured({ hostSecret: "host.key" }).spec.hosts[0]).toMatchObject({ hash: "sha256", dhGroup: "ffdhe2048" });
  });

  it.each([
    ["N006", { hostSecret: "host.key" }, { allowHosts: "any" as const }],
    ["N007", { authentication: "required" as const }, {}],
    ["N009", { tlsKey: "tls.key" }, {}],
  ])("%s where nvmet cannot do it alone", (rule, security, changes) => {
    const { spec, diagnostics } = secured(security, changes);
    expect(diagnostics.map((each) => each.rule)).toEqual([rule]);
    expect(spec.hosts).toEqual([]);
  });

  it("N008 where two targets name different secrets for one host", () => {
    const one = { nqn, portals: ["192.168.101.20:4420"], namespaces: [{ nsid: 1, image: "root.img" }] };
    const two = { ...one, nqn: `${nqn}2`, name: "second", security: { hostSecret: "other.key" } };
    const description = completeBootDescription({
      host: { nqn: host },
      interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "192.168.101.30/24" }],
      targets: [{ ...one, security: { hostSecret: "host.key" } }, two],
    });
    const { spec, diagnostics } = targetOfBoot(description);
    expect(diagnostics.map(({ rule, path }) => [rule, path])).toEqual([["N008", "targets[1].security"]]);
    expect(spec.hosts.map(({ secret }) => secret)).toEqual(["host.key"]);
  });

  it("is set up by a script that names files of secrets and holds none", () => {
    const script = configfsScript(secured({ hostSecret: "it's.key", controllerSecret: "c.key" }).spec);
    expect(script).toContain(`key 'it'\\''s.key' "$host/dhchap_key"`);
    expect(script).toContain('key c.key "$host/dhchap_ctrl_key"');
    expect(script).toContain('put "hmac(sha256)" "$host/dhchap_hash"');
    expect(script).toContain('put ffdhe2048 "$host/dhchap_dhgroup"');
    expect(script.indexOf("dhchap_key")).toBeLessThan(script.indexOf("allowed_hosts"));
  });

  it("asks for TLS at its ports before they are opened", () => {
    for (const [tls, treq] of [
      ["required", "required"],
      ["supported", "'not required'"],
    ] as const) {
      const { spec } = secured({ tls });
      const script = configfsScript(spec);
      expect(script).toContain('put tls1.3 "$port/addr_tsas"');
      expect(script).toContain(`put ${treq} "$port/addr_treq"`);
      expect(script.indexOf("addr_treq")).toBeLessThan(script.indexOf('"$port"/subsystems/'));
      expect(nvmetcliConfig(spec).ports[0]!.addr).toMatchObject({ tsas: "tls1.3", treq: treq.replaceAll("'", "") });
    }
  });

  it("is written for nvmetcli with keys only where they are given", () => {
    const { spec } = secured({ hostSecret: "host.key", controllerSecret: "c.key" });
    expect(nvmetcliConfig(spec).hosts).toEqual([{ nqn: host }]);
    expect(nvmetcliConfig(spec, (file) => `secret in ${file}`).hosts).toEqual([
      {
        dhchap: { ctrl_key: "secret in c.key", dhgroup: "ffdhe2048", hash: "hmac(sha256)", key: "secret in host.key" },
        nqn: host,
      },
    ]);
  });
});
