import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { runCli } from "../helpers/cli.ts";
import { cpioEntries } from "../helpers/cpio.ts";
import { table } from "../helpers/vectors.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-machines-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const firmware = "test/vectors/firmware";
const multipath = `${firmware}/multipath/NBFT.bin`;
const put = (name: string, data: Uint8Array | string) => {
  const path = join(scratch, name);
  writeFileSync(path, data);
  return path;
};
const boot = put(
  "boot.yaml",
  `host:
  nqn: nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890
  name: host-vm
interfaces:
  - mac: ea:eb:d3:58:89:58
    address: 192.168.101.30/24
  - mac: ea:eb:d3:59:89:59
    address: 192.168.110.30/24
targets:
  - nqn: nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
    portals: ["192.168.101.20:4420", "192.168.110.20:4420"]
    namespaces:
      - nsid: 1
        uuid: bee9c2b7-1761-44b5-a4e6-0f690498a94b
`,
);
const capture = "test/vectors/acpi/fwcfg/q35-two-nbft";

describe("nbft tables", () => {
  it("lists every table with header, checksum and place", async () => {
    const { out, err, code } = await runCli(["tables", capture]);
    expect(out.split("\n")[0]).toBe(`${capture}: fw-cfg, 10 tables`);
    expect(out).toMatch(/^Name +Length +Rev +OEM ID +OEM Table ID +OEM Rev +Creator +Creator Rev +Checksum +Where$/m);
    expect(out).toMatch(/^NBFT1 +565 +1 +LAB +LABTABLE +00000001 +LAB0 +00000001 +ok +etc\/acpi\/tables\+\d+$/m);
    expect(out).toMatch(/^FACS +64 +- +etc\/acpi\/tables$/m);
    expect([err, code]).toEqual(["", 0]);
  });

  it("as JSON has one object a table, for several sources", async () => {
    const { out, code } = await runCli([
      "tables",
      "-o",
      "json",
      "test/vectors/acpi/acpidump/two-memory.txt",
      multipath,
    ]);
    const rows = JSON.parse(out) as Record<string, unknown>[];
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual({
      source: "test/vectors/acpi/acpidump/two-memory.txt",
      kind: "acpidump",
      name: "RSD ",
      signature: "RSD ",
      size: 20,
      origin: "line 1",
      address: 0xf59e0,
    });
    expect(rows.at(-1)).toMatchObject({
      source: multipath,
      kind: "table",
      name: "NBFT",
      length: 1133,
      checksumOk: true,
      oemId: "BOCHS ",
    });
    expect(code).toBe(0);
  });

  it("says what is wrong, escaped, and exits 2 when there is no table", async () => {
    const evil = put(
      "evil.txt",
      formatAcpidump([{ bytes: table("L02").map((byte, i) => (i === 10 ? 0x1b : byte)) }]).replace(
        "    0010:",
        "    0050:",
      ),
    );
    const { out, err } = await runCli(["tables", evil]);
    expect(out).toContain("\\x1bAB");
    expect(err).toContain("the line is for offset 0x50, expected 0x10");
    expect(await runCli(["tables", put("nothing", "hello\n"), join(scratch, "nope")])).toMatchObject({ code: 2 });
    expect((await runCli(["tables", "-o", "json", join(scratch, "nope")])).out).toBe("[]\n");
  });
});

describe("nbft dump in ACPI's forms", () => {
  it("-o acpidump is read back, with all tables of all sources", async () => {
    const { out } = await runCli(["dump", "-o", "acpidump", multipath, "test/vectors/nbft/made/L02-min-v11-spec"]);
    const again = await runCli(["dump", "-o", "binary", "-"], { stdin: out });
    expect(Buffer.compare(again.bytes, Buffer.concat([table("multipath/"), table("L02")]))).toBe(0);
    expect((await runCli(["dump", "-o", "acpidump", "--acpidump-style", "pmtools", multipath])).out).toContain(
      "  0000: 4e 42 46 54",
    );
  });

  it("-o acpidump keeps the places that the source knew", async () => {
    const from = "test/vectors/acpi/acpidump/two-memory.txt";
    const { out } = await runCli(["dump", "-o", "acpidump", from]);
    const places = (text: string) => text.split("\n").filter((line) => line.startsWith("NBFT @ "));
    expect(places(out)).toEqual(places(readFileSync(from, "utf8")));
    expect(places(out)).toHaveLength(2);
  });

  it("-o binary of several tables is read with --from tables", async () => {
    const { bytes } = await runCli(["dump", "-o", "binary", capture]);
    const again = await runCli(["dump", "-o", "ndjson", "--from", "tables", "-"], { stdin: bytes });
    expect(
      again.out
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { source: string }).source),
    ).toEqual(["-:NBFT1", "-:NBFT2"]);
  });

  it("-o iasl is read back; the old look is there, too", async () => {
    const { out } = await runCli(["dump", "-o", "iasl", multipath]);
    expect(
      Buffer.compare((await runCli(["dump", "-o", "binary", "-"], { stdin: out })).bytes, table("multipath/")),
    ).toBe(0);
    expect((await runCli(["dump", "-o", "iasl", "--iasl-style", "old", multipath])).out).toContain(
      '[000h 0000   4]                    Signature : "NBFT"',
    );
  });

  it("-o dsl has labels", async () => {
    expect((await runCli(["dump", "-o", "dsl", multipath])).out).toContain("UINT32 : $HostHostNqn");
  });
});

describe("nbft qemu", () => {
  it("prints a script for a boot description that makes its table first", async () => {
    const { out, err, code } = await runCli(["qemu", boot]);
    expect(out).toMatch(/^#!\/bin\/sh\n# .*acpitable route/);
    expect(out).toContain(`nbft encode ${boot} -w boot.nbft\nexec qemu-system-x86_64 \\\n`);
    expect(out).toContain("  -acpitable file=boot.nbft \\\n");
    expect(out).toContain("mac=ea:eb:d3:59:89:59,bus=pcie.0,addr=0x4,romfile=\n");
    expect([err, code]).toEqual(["", 0]);
  });

  it("prints the same as JSON, with the route and the others' reasons", async () => {
    const { out } = await runCli(["qemu", "-o", "json", multipath]);
    const value = JSON.parse(out) as {
      program: string;
      arguments: string[];
      route: { name: string };
      otherRoutes: { name: string }[];
      findings: unknown[];
    };
    expect(value.program).toBe("qemu-system-x86_64");
    expect(value.arguments).toEqual(expect.arrayContaining(["-acpitable", `file=${multipath}`]));
    expect(value.route.name).toBe("acpitable");
    expect(value.otherRoutes.map(({ name }) => name)).toEqual(["table-loader", "initrd"]);
    expect(value.findings).toEqual([]);
  });

  it("prints a libvirt domain with absolute paths", async () => {
    const { out } = await runCli(["qemu", "-o", "libvirt", multipath, "--net", "libvirt:nbft{n}", "--uuid", "host"]);
    expect(out).toContain(`<table type='raw'>${process.cwd()}/${multipath}</table>`);
    expect(out).toContain("<source network='nbft1'/>");
    expect(out).toContain("<uuid>f8131bac-cdef-4165-866b-5998c1e67890</uuid>");
    const older = await runCli(["qemu", "-o", "libvirt", multipath, "--libvirt-version", "9.0.0"]);
    expect(older.out).toContain("<qemu:arg value='-acpitable'/>");
  });

  it("writes the file that a libvirt domain of a description names", async () => {
    const file = join(scratch, "named.nbft");
    const { out, code } = await runCli(["qemu", "-o", "libvirt", boot, "--table", file]);
    expect(code).toBe(0);
    expect(out).toContain(`<table type='raw'>${file}</table>`);
    expect((await runCli(["validate", "-o", "json", file])).code).toBe(0);
    expect(readFileSync(file).subarray(0, 4).toString()).toBe("NBFT");
  });

  it("says what has to run before a libvirt domain starts", async () => {
    const { err } = await runCli(["qemu", "-o", "libvirt", multipath, "--route", "initrd", "--kernel", "k"]);
    expect(err).toMatch(/run this first: nbft initrd .*-w nbft-initrd\.img/);
  });

  it("reads a description from standard input, and a table as well", async () => {
    const described = await runCli(["qemu", "-o", "json", "-"], { stdin: readFileSync(boot, "utf8") });
    expect(JSON.parse(described.out)).toMatchObject({ route: { name: "acpitable" } });
    const fromTable = await runCli(["qemu", "-o", "json", "-", "--table", join(scratch, "stdin.nbft")], {
      stdin: table("multipath/"),
    });
    expect(JSON.parse(fromTable.out)).toMatchObject({ route: { name: "acpitable" } });
    expect(Buffer.compare(readFileSync(join(scratch, "stdin.nbft")), table("multipath/"))).toBe(0);
  });

  it("needs a file for a table out of a container", async () => {
    expect(await runCli(["qemu", capture])).toMatchObject({
      code: 2,
      err: expect.stringContaining("name a file for it with --table FILE"),
    });
    const { out, code } = await runCli(["qemu", capture, "--table", join(scratch, "t")]);
    expect(code).toBe(0);
    expect(out).toContain(`-acpitable file=${join(scratch, "t1")} \\\n  -acpitable file=${join(scratch, "t2")}`);
    expect(Buffer.compare(readFileSync(join(scratch, "t2")), table("multipath/"))).toBe(0);
  });

  it("makes the initrd on the initrd route", async () => {
    const { out } = await runCli([
      "qemu",
      multipath,
      "--route",
      "initrd",
      "--kernel",
      "vmlinuz",
      "--initrd",
      "a/initrd.img",
      "--append",
      "console=ttyS0",
    ]);
    expect(out).toContain(`nbft initrd ${multipath} --base a/initrd.img -w nbft-initrd.img\n`);
    expect(out).toContain("  -initrd nbft-initrd.img \\\n  -append console=ttyS0\n");
  });

  it("writes the items of the table-loader route, from a capture", async () => {
    const items = join(scratch, "items");
    const { out, code } = await runCli([
      "qemu",
      multipath,
      "--route",
      "table-loader",
      "--capture",
      capture,
      "--items",
      items,
    ]);
    expect(code).toBe(0);
    expect(out).toContain("-machine q35,acpi=off \\\n");
    expect(out).toContain(`-fw_cfg name=etc/acpi/tables,file=${items}/etc%2Facpi%2Ftables`);
    expect((await runCli(["tables", items])).out).toMatch(/^NBFT3 +1133 /m);
    expect(await runCli(["qemu", multipath, "--route", "table-loader"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--items DIR"),
    });
    expect(await runCli(["qemu", boot, "--route", "table-loader", "--items", items])).toMatchObject({
      code: 2,
      err: expect.stringContaining("nbft encode"),
    });
  });

  it("leaves the table to a firmware that has variables", async () => {
    const { out } = await runCli(["qemu", boot, "--code", "CODE.fd", "--vars", "vars.fd", "--template", "VARS.fd"]);
    expect(out).toContain(`cp -n VARS.fd vars.fd\nnbft vars set vars.fd --attempts ${boot}`);
    expect(out).toContain("file=vars.fd");
    expect(out).not.toContain("-acpitable");
  });

  it("has all that is asked for", async () => {
    const { out } = await runCli([
      "qemu",
      multipath,
      "--memory",
      "512",
      "--cpus",
      "4",
      "--cpu",
      "host",
      "--accel",
      "kvm",
      "--name",
      "my vm",
      "--disk",
      "d.img,block-size=4096",
      "--switch",
      "ipv4-pxe=off",
      "--fw-cfg",
      "opt/x/y=z",
      "--fw-cfg",
      "opt/x/f=@file",
      "--oem-string",
      "io.systemd.credential:a=b",
      "--target",
      "10.0.0.1:4420",
    ]);
    for (const line of [
      "-m 512",
      "-smp 4",
      "-cpu host",
      "-name 'my vm'",
      "logical_block_size=4096",
      "name=opt/org.tianocore/IPv4PXESupport,string=n",
      "name=opt/x/y,string=z",
      "name=opt/x/f,file=file",
      "type=11,value=io.systemd.credential:a=b",
      "guestfwd=tcp:192.168.101.20:4420-cmd:nc 10.0.0.1 4420",
    ])
      expect(out).toContain(line);
    expect(out).not.toContain("-accel tcg");
  });

  it("--check prints what it finds, exits 1, and then no script", async () => {
    const wrong = [
      "qemu",
      multipath,
      "--check",
      "--code",
      put("CODE.fd", new Uint8Array(4096)),
      "--vars",
      put("VARS.fd", new Uint8Array(8192)),
    ];
    const { out, err, code } = await runCli(wrong);
    expect([out, code]).toEqual(["", 1]);
    expect(err).toContain("error: firmware.vars: ");
    const json = await runCli([...wrong, "-o", "json"]);
    expect((JSON.parse(json.out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).toContain(
      "Q031",
    );
    expect(json.code).toBe(1);
    expect(await runCli(["qemu", multipath, "--check"])).toMatchObject({ code: 0, err: "" });
  });

  it("--check does not miss a file that the script makes first", async () => {
    const { out, err, code } = await runCli(["qemu", boot, "--check"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("nbft encode");
    const missing = await runCli(["qemu", boot, "--check", "--disk", join(scratch, "no-such.img")]);
    expect(missing).toMatchObject({ code: 1, out: "" });
    expect(missing.err).toContain("no-such.img");
  });

  it("lists the routes of a machine with reasons", async () => {
    const { out, code } = await runCli(["qemu", "--routes", "--arch", "aarch64", "--kernel-version", "6.1"]);
    expect(out).toMatch(/^yes table-loader: /);
    expect(out).toMatch(/^no {2}initrd: Linux 6\.1 does not know/m);
    expect(code).toBe(0);
    expect(JSON.parse((await runCli(["qemu", "--routes", "-o", "json"])).out)).toHaveLength(3);
  });

  it.each([
    [["qemu", multipath, "--net", "wire"], /expected user, bridge:NAME/],
    [["qemu", multipath, "--memory", "0"], /whole number/],
    [["qemu", multipath, "--target", "10.0.0.1"], /ADDRESS:PORT/],
    [["qemu", multipath, "--target", "a;b:4420"], /ADDRESS:PORT/],
    [["qemu", multipath, "--target", "010.0.0.1:4420"], /leading zeros, .* write 10\.0\.0\.1:4420/],
    [["lab", "run", multipath, "--target", "010.0.0.1:4420"], /leading zeros, .* write 10\.0\.0\.1:4420/],
    [["qemu", multipath, "--switch", "x=1"], /no firmware switch/],
    [["qemu", multipath, "--fw-cfg", "x"], /NAME=STRING/],
    [["qemu", multipath, "--route", "initrd"], /initrd cannot be changed/],
    [["qemu", join(scratch, "nope.yaml")], /ENOENT|no such file/],
    [["qemu", put("broken.yaml", "host: {")], /broken\.yaml:1/],
    [["qemu", put("no.bin", new Uint8Array(40))], /not an NBFT|too short/],
  ])("exits 2 for %j", async (argv, message) => {
    const { code, err } = await runCli(argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("no text of a table gets out of its quotes", async () => {
    const evil = put("it's $(id).nbft", table("multipath/"));
    const { out } = await runCli(["qemu", evil]);
    expect(out).toContain(`-acpitable 'file=${scratch}/it'\\''s $(id).nbft'`);
    const comments = out.split("\n").filter((line) => line.startsWith("#"));
    expect(comments[1]).toContain("it's $(id).nbft");
  });
});

describe("nbft initrd", () => {
  it("puts a table before an initrd, and says what it needs", async () => {
    const base = put("base.img", Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3));
    const out = join(scratch, "joined.img");
    const { code, err } = await runCli(["initrd", multipath, "--base", base, "-w", out]);
    expect(code).toBe(0);
    expect(err).toContain("needs Linux 6.3 or later with CONFIG_ACPI_TABLE_UPGRADE");
    const bytes = readFileSync(out);
    expect(cpioEntries(bytes).map(({ name }) => name)).toEqual(["kernel/firmware/acpi/nbft.aml"]);
    expect(Buffer.compare(bytes.subarray(-7), readFileSync(base))).toBe(0);
    expect((bytes.length - 7) % 512).toBe(0);
    const again = await runCli(["dump", "-o", "binary", out]);
    expect(Buffer.compare(again.bytes, table("multipath/"))).toBe(0);
  });

  it("raises the OEM Revision of a table that is to replace the machine's own", async () => {
    const out = join(scratch, "raised.img");
    expect(await runCli(["initrd", "--raise-revision", multipath, "-w", out])).toMatchObject({ code: 0 });
    expect((await runCli(["diff", multipath, out])).out).toBe("~ header.oemRevision 0 → 1\n");
    const greatest = put("greatest", Buffer.from(readFileSync(multipath)).fill(0xff, 24, 28));
    const refused = await runCli(["initrd", "--raise-revision", greatest, "-w", out]);
    expect([refused.err, refused.code]).toEqual([
      `nbft: ${greatest}: the OEM Revision is FFFFFFFFh: there is no greater one\n`,
      2,
    ]);
  });

  it("writes to a pipe, numbers several tables, never writes to a terminal", async () => {
    const { bytes } = await runCli(["initrd", multipath, "test/vectors/nbft/made/L02-min-v11-spec", "-w", "-"]);
    expect(cpioEntries(bytes).map(({ name }) => name)).toEqual([
      "kernel/firmware/acpi/nbft1.aml",
      "kernel/firmware/acpi/nbft2.aml",
    ]);
    expect(await runCli(["initrd", multipath, "-w", "-"], { tty: true })).toMatchObject({ code: 2 });
  });

  it("says when the base has tables of its own, or is not an initrd", async () => {
    const own = join(scratch, "own.img");
    await runCli(["initrd", multipath, "-w", own]);
    expect((await runCli(["initrd", multipath, "--base", own, "-w", join(scratch, "x.img")])).err).toContain(
      "already contains a table, NBFT in kernel/firmware/acpi/nbft.aml",
    );
    expect(
      (await runCli(["initrd", multipath, "--base", put("text", "hello"), "-w", join(scratch, "x.img")])).err,
    ).toContain("is it an initrd?");
  });

  it.each([
    ["a wrong checksum", table("multipath/").map((byte, i) => (i === 9 ? byte ^ 1 : byte)), [], "Bad table checksum"],
    ["a wrong length", Uint8Array.from([...table("multipath/"), 0]), [], "File length does not match table length"],
    [
      "a kernel that is too old",
      table("multipath/"),
      ["--kernel-version", "6.1.176"],
      'does not know the signature NBFT in an initrd ("Unknown signature")',
    ],
  ])("refuses %s with the kernel's words, and writes nothing", async (name, bytes, more, message) => {
    const out = join(scratch, "refused.img");
    const source = put(`${name}.bin`, bytes);
    const { code, err } = await runCli(["initrd", source, "-w", out, ...more]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(existsSync(out)).toBe(false);
    expect((await runCli(["initrd", source, "-w", out, "--allow-refused", ...more])).code).toBe(0);
    expect(existsSync(out)).toBe(true);
    rmSync(out);
  });

  it("refuses the 65th table", async () => {
    const sources = Array.from({ length: 65 }, () => multipath);
    expect(await runCli(["initrd", ...sources, "-w", join(scratch, "x.img")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Linux takes 64 tables"),
    });
  });

  it("needs an output and a table", async () => {
    expect((await runCli(["initrd", multipath])).code).toBe(2);
    expect((await runCli(["initrd", join(scratch, "nope"), "-w", join(scratch, "y.img")])).code).toBe(2);
    expect(existsSync(join(scratch, "y.img"))).toBe(false);
  });
});

describe("nbft efidisk", () => {
  it("has the Config of a boot description, the script and the user's files", async () => {
    const out = join(scratch, "disk.img");
    const tool = put("tool.efi", "MZ");
    const { code, err } = await runCli(["efidisk", boot, "-w", out, "--file", `NvmeOfCli.efi=${tool}`, "--file", tool]);
    expect(code).toBe(0);
    expect(err).toContain("startup.nsh, Config, NvmeOfCli.efi, tool.efi");
    const bytes = readFileSync(out);
    expect(bytes.length % (1 << 20)).toBe(0);
    expect(bytes.includes("NvmeOfCli.efi setattempt Config\r\nreset\r\n")).toBe(true);
    expect(bytes.includes("MacString:EA:EB:D3:58:89:58")).toBe(true);
  });

  it("takes a Config of the user's own, other ends, blocks and sizes", async () => {
    const out = join(scratch, "disk4k.img");
    const config = put("Config", (await runCli(["attempt", "format", boot])).out);
    const { code, err } = await runCli([
      "efidisk",
      "--config",
      config,
      "-w",
      out,
      "--end",
      "exit",
      "--block-size",
      "4096",
      "--size",
      "20",
      "--label",
      "poc",
    ]);
    expect(code).toBe(0);
    expect(err).toContain("NvmeOfCli.efi is not on the disk");
    const bytes = readFileSync(out);
    expect(bytes.length).toBe(22 << 20);
    expect(bytes.subarray(4096, 4104).toString()).toBe("EFI PART");
    expect(bytes.includes("exit\r\n")).toBe(true);
  });

  it("refuses a Config that the firmware does not store, with what is wrong and where", async () => {
    const out = join(scratch, "refused.img");
    const config = put("Refused", "HostNqn:nqn.2014-08.org.example:host\n$Start\nAttemptName:Attempt1\n");
    const refused = await runCli(["efidisk", "--config", config, "-w", out]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/Refused:\d+:\d+: (error|warning) A\d{3}: /);
    expect(refused.err).toContain("correct it (nbft attempt check shows where), or give --allow-refused");
    expect(existsSync(out)).toBe(false);
    expect((await runCli(["efidisk", "--config", config, "-w", out, "--allow-refused"])).code).toBe(0);
    expect(existsSync(out)).toBe(true);
  });

  it("has a script of the user's own, or none", async () => {
    const out = join(scratch, "disk2.img");
    await runCli(["efidisk", boot, "-w", out, "--startup", put("my.nsh", "echo mine")]);
    expect(readFileSync(out).includes("echo mine")).toBe(true);
    await runCli(["efidisk", boot, "-w", out, "--no-startup"]);
    expect(readFileSync(out).includes("setattempt")).toBe(false);
  });

  it.each([
    [["efidisk", "-w", "x.img"], /nothing to put on the disk/],
    [["efidisk", boot, "--config", boot, "-w", "x.img"], /both say/],
    [["efidisk", "--nbft-path", boot, "--config", boot, "-w", "x.img"], /both say/],
    [["efidisk", boot, "--nbft-path", boot, "-w", "x.img"], /one table is needed/],
    [["efidisk", "test/vectors/acpi/acpidump/two-sysfs.txt", "-w", "x.img"], /two-sysfs.txt: 2 tables; name the file/],
    [["efidisk", "--from", "iasl", boot, "-w", "x.img"], /read as iasl: no NBFT/],
    [["efidisk", boot, "-w", join(scratch, "x.img"), "--file", join(scratch, "nope")], /ENOENT|no such file/],
    [["efidisk", boot, "-w", join(scratch, "x.img"), "--fat", "32", "--size", "4"], /cannot be FAT32/],
    [["efidisk", boot, "-w", join(scratch, "x.img"), "--file", `../up=${boot}`], /is not a name/],
    [["efidisk", boot, "-w", join(scratch, "x.img"), "--tool", "a b.efi"], /cannot be a word/],
  ])("exits 2 for %j and leaves nothing", async (argv, message) => {
    const { code, err } = await runCli(argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(existsSync(join(scratch, "x.img.tmp")) || existsSync("x.img")).toBe(false);
  });
});

describe("nbft target", () => {
  it("prints the configfs script, nvmetcli's JSON, and the way back", async () => {
    const { out, err, code } = await runCli(["target", boot, "--device", "1=/dev/vda"]);
    expect(out).toMatch(/^#!\/bin\/sh\nset -e\n/);
    expect(out).toContain('put /dev/vda "$namespace/device_path"');
    expect([err, code]).toEqual(["", 0]);
    const json = JSON.parse((await runCli(["target", boot, "--device", "1=/dev/vda", "-o", "nvmetcli"])).out) as {
      subsystems: { allowed_hosts: string[] }[];
    };
    expect(json.subsystems[0]!.allowed_hosts).toEqual([
      "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
    ]);
    expect((await runCli(["target", boot, "--device", "1=/dev/vda", "--remove"])).out).toContain(
      'rmdir "$root"/ports/1',
    );
  });

  it("prints the configuration of tlshd, which no device changes", async () => {
    const { out, err, code } = await runCli(["target", "examples/tls.yaml", "-o", "tlshd"]);
    expect(out).toContain("keyrings=.nvme");
    expect([err, code]).toEqual(["", 0]);
  });

  it("is made from a table, too", async () => {
    const { out, code } = await runCli(["target", `${firmware}/single-static/NBFT.bin`, "--device", "1=/dev/vda"]);
    expect(code).toBe(0);
    expect(out).toContain('put bee9c2b7-1761-44b5-a4e6-0f690498a94b "$namespace/device_uuid"');
    expect(out).toContain("uuid:f8131bac-cdef-4165-866b-5998c1e67890");
  });

  it("takes an image relative to the description, and says what a plain file means", async () => {
    const yaml = put(
      "image.yaml",
      readFileSync(boot, "utf8").replace(/uuid: bee9c2b7.*$/m, "$&\n        image: root.img"),
    );
    const { out } = await runCli(["target", yaml]);
    expect(out).toContain(`put "$(attach 512 ${scratch}/root.img)" "$namespace/device_path"`);
    expect((await runCli(["target", yaml, "-o", "nvmetcli"])).err).toContain(
      "behind a plain file nvmet has blocks of 4096 bytes",
    );
  });

  it.each([
    [["target", boot], /has no image, and no device is named/],
    [["target", boot, "--device", "x"], /expected NSID=DEVICE/],
    [["target", boot, "--device", "1=/dev/vda", "-o", "nvmetcli", "--remove"], /--remove is for -o configfs/],
    [["target", capture, "--device", "1=/dev/vda"], /one table, or one boot description/],
  ])("exits 2 for %j", async (argv, message) => {
    const { code, err } = await runCli(argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
