import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { readTar } from "../../src/acpi/tar.ts";
import { diskArguments } from "../../src/lab/machines.ts";
import { runCli } from "../helpers/cli.ts";
import { needsPrograms } from "../helpers/needs.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-packed-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const real = "test/vectors/firmware/multipath/NBFT.bin";
const bytes = readFileSync(real);
const installed = (program: string) => spawnSync(program, ["--help"]).error === undefined;
const put = (name: string, data: Uint8Array | string) => {
  const path = join(scratch, name);
  writeFileSync(path, data);
  return path;
};
const binary = (result: { readonly bytes: Uint8Array }) => Buffer.from(result.bytes);

describe("a compressed source", () => {
  it("of gzip is read by itself, from a file and from standard input", async () => {
    const path = put("table.gz", gzipSync(bytes));
    expect(binary(await runCli(["dump", "-o", "binary", path]))).toEqual(bytes);
    const text = put("dump.txt.gz", gzipSync(readFileSync("test/vectors/forms/hexdump-C.txt")));
    expect(binary(await runCli(["dump", "-o", "binary", text]))).toEqual(bytes);
  });

  it.for(["xz", "zstd", "bzip2"])("of %s is read where the program is there", async (program, { skip }) => {
    skip(!installed(program), `${program} is not installed`);
    const path = put(`table.${program}`, execFileSync(program, ["-c"], { input: bytes }));
    expect(binary(await runCli(["dump", "-o", "binary", path]))).toEqual(bytes);
  });

  it("may be a description, or a store", async () => {
    for (const file of ["test/vectors/forms/show-2.16-multipath.json", "test/vectors/firmware/multipath/Config"]) {
      const plain = await runCli(["plan", file]);
      const path = put("described.gz", gzipSync(readFileSync(file)));
      expect((await runCli(["plan", path])).out.replaceAll(path, file)).toBe(plain.out);
    }
    const store = put("store.fd", "");
    await runCli(["vars", "create", store, "-f"]);
    const packed = put("store.fd.gz", gzipSync(readFileSync(store)));
    expect(await runCli(["vars", "list", packed])).toEqual(await runCli(["vars", "list", store]));
    const edited = await runCli(["vars", "delete", packed, "Boot0000"]);
    expect(edited).toMatchObject({ code: 2, err: expect.stringContaining("cannot be changed in its place") });
  });

  it("that is damaged is refused", async () => {
    const { code, err } = await runCli(["dump", put("cut.gz", gzipSync(bytes).subarray(0, 40))]);
    expect(code).toBe(2);
    expect(err).toContain("compressed (gzip), and damaged");
  });

  it("that is an initrd is refused: Linux takes no tables from it", async () => {
    const initrd = encodeCpio([{ name: "kernel/firmware/acpi/nbft.aml", data: bytes }]);
    const { code, err } = await runCli(["dump", put("initrd.gz", gzipSync(initrd))]);
    expect(code).toBe(2);
    expect(err).toContain("a compressed initrd (gzip)");
  });
});

describe("a tar archive", () => {
  const folder = join(scratch, "sosreport-host-2026/sys/firmware/acpi/tables");
  mkdirSync(folder, { recursive: true });
  cpSync(real, join(folder, "NBFT"));
  writeFileSync(join(folder, "SSDT"), "x");

  it.skipIf(!needsPrograms(["tar"], "archives of sosreport")).each([[[]], [["-z"]], [["--format=posix"]]])(
    "of a sosreport gives its tables (%j)",
    async (options) => {
      const path = join(scratch, `report${options.join("")}.tar`);
      execFileSync("tar", ["-C", scratch, ...options, "-cf", path, "sosreport-host-2026"]);
      const result = await runCli(["dump", "-o", "binary", path]);
      // The oldest form has no mark by which it could be known.
      if (options.includes("--format=v7")) expect(result.code).not.toBe(0);
      else expect(binary(result)).toEqual(bytes);
    },
  );

  it("that is cut or nonsense ends where it ends", () => {
    for (const size of [0, 100, 512, 700]) expect(readTar(new Uint8Array(size).fill(0x41), () => true)).toEqual({});
  });
});

describe("variables in other containers", () => {
  it("are read from an efivarfs folder, with what is not there", async () => {
    const folder = join(scratch, "efivars");
    mkdirSync(folder);
    writeFileSync(join(folder, "BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c"), Uint8Array.of(7, 0, 0, 0, 1, 0));
    writeFileSync(join(folder, "README"), "x");
    const { code, out, err } = await runCli(["vars", "list", folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/BootOrder/);
    expect(err).toContain("read as efivarfs: variables that only the firmware sees (NvmeofGlobalData");
    expect((await runCli(["vars", "delete", folder, "BootOrder"])).err).toContain("write a raw store with -w FILE");
  });

  it("that have no content in efivarfs are named where a boot depends on them", async () => {
    const folder = join(scratch, "empty-efivars");
    const global = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
    mkdirSync(folder);
    const file = (name: string, ...content: number[]) => writeFileSync(join(folder, name), Uint8Array.from(content));
    file(`Boot0002-${global}`);
    file(`Timeout-${global}`, 7, 0, 0, 0);
    file("dump-type0-1-1-1700000000-cfc8fc79-be2e-4ddc-97f0-9f98bfe298a0");
    file(`BootOrder-${global}`, 7, 0);
    const what = `nbft: ${folder}: no content in Boot0002, BootOrder, Timeout: passed over, as Linux shows what the firmware does not have; if this is a copy, copy them again\n`;
    expect(await runCli(["vars", "list", folder])).toMatchObject({
      code: 2,
      err: `${what}nbft: ${folder}: efivarfs, and no file in it has content; copy it again\n`,
    });
    file(`BootOrder-${global}`, 7, 0, 0, 0, 2, 0);
    const { out, err, code } = await runCli(["vars", "list", folder]);
    expect([code, err.split("\n")[0]]).toEqual([0, what.replace(", BootOrder,", ",").trimEnd()]);
    expect(out).toMatch(/BootOrder .*\n1 variable\n$/);
    expect((await runCli(["plan", folder])).err).toMatch(`${folder}: no content in Boot0002: passed over`);
    expect((await runCli(["vars", "list", folder, "-q"])).err).toBe("");
    file(`Boot0003-${global}`, 7, 0, 0, 0, 1, 0, 0, 0, 9);
    expect((await runCli(["plan", folder])).err).toContain(`nbft: ${folder}: left out, as damaged: Boot0003\n`);
  });

  it("are read where time and digest are null, and where data are base64", async () => {
    const guid = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
    const entry = { guid, name: "BootOrder", attr: 7 };
    const virtfw = put(
      "null.json",
      JSON.stringify({ version: 2, variables: [{ ...entry, data: "00000100", time: null, digest: null }] }),
    );
    const aws = put("aws.json", JSON.stringify([{ ...entry, data: "AAABAA==" }]));
    for (const path of [virtfw, aws]) {
      const { code, out } = await runCli(["vars", "show", path]);
      expect(code).toBe(0);
      expect(out).toContain("Boot0000 Boot0001");
    }
  });

  it("passes over the folders of the older interface", async () => {
    const folder = join(scratch, "vars-of-sysfs");
    mkdirSync(join(folder, "BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c"), { recursive: true });
    const { err, code } = await runCli(["vars", "list", folder]);
    expect([code, err]).toEqual([2, `nbft: ${folder}: a folder, and not one of efivarfs: name a file\n`]);
  });

  it("are refused as base64 that is neither", async () => {
    const path = put(
      "odd.json",
      JSON.stringify([{ guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c", name: "x", attr: 7, data: "a?" }]),
    );
    expect((await runCli(["vars", "list", path])).err).toContain('"data" is not hexadecimal');
  });
});

describe("firmware as qcow2", () => {
  /** A header of an image of which a guest sees 3,653,632 bytes, as OVMF_CODE_4M.fd has. */
  const header = new Uint8Array(1024);
  header.set([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3]);
  new DataView(header.buffer).setBigUint64(24, 3_653_632n);
  const code = put("CODE.qcow2", header);
  const vars = put("VARS.qcow2", header);

  it.each<[string, string]>([
    ["vmdk", "KDMV"],
    ["vhdx", "vhdxfile"],
    ["vdi", "<<< Oracle VM VirtualBox Disk Image >>>"],
  ])("names an image of format %s", async (format, head) => {
    const path = put(`VARS.${format}`, Buffer.from(head.padEnd(64, "\0"), "latin1"));
    const { err, code } = await runCli(["vars", "list", path]);
    expect([code, err]).toEqual([
      2,
      `nbft: ${path}: a ${format} image: qemu-img convert -O raw ${path} STORE makes a file that can be read\n`,
    ]);
  });

  it("gets format=qcow2 in QEMU's arguments", async () => {
    const { out } = await runCli(["qemu", "--code", code, "--vars", vars, real]);
    expect(out).toContain(`format=qcow2,readonly=on,file=${code}`);
    expect(out).toContain(`format=qcow2,file=${vars}`);
    const copied = await runCli(["qemu", "--code", code, "--template", vars, "--vars", join(scratch, "own"), real]);
    expect(copied.out).toContain(`format=qcow2,file=${join(scratch, "own")}`);
  });

  it("gets format and templateFormat in libvirt's XML", async () => {
    const { out } = await runCli([
      "qemu",
      "-o",
      "libvirt",
      "--code",
      code,
      "--template",
      vars,
      "--vars",
      join(scratch, "own"),
      real,
    ]);
    expect(out).toMatch(/<loader [^>]*format='qcow2'/);
    expect(out).toMatch(/<nvram [^>]*templateFormat='qcow2'[^>]* format='qcow2'/);
  });

  it("is what it is, whatever its descriptor says", async () => {
    const home = join(scratch, "xdg");
    const nvram = { filename: vars, format: "raw" };
    const mapping = {
      device: "flash",
      mode: "split",
      executable: { filename: code, format: "raw" },
      "nvram-template": nvram,
    };
    const targets = [{ architecture: "x86_64", machines: ["pc-q35-*"] }];
    mkdirSync(join(home, "qemu/firmware"), { recursive: true });
    writeFileSync(
      join(home, "qemu/firmware/10-q.json"),
      JSON.stringify({ description: "", "interface-types": ["uefi"], mapping, targets, features: [], tags: [] }),
    );
    const before = process.env["XDG_CONFIG_HOME"];
    process.env["XDG_CONFIG_HOME"] = home;
    try {
      const { out } = await runCli(["qemu", "--firmware", "uefi", "--vars", join(scratch, "own"), real]);
      expect(out).toContain(`format=qcow2,readonly=on,file=${code}`);
      expect(out).toContain(`format=qcow2,file=${join(scratch, "own")}`);
    } finally {
      if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
      else process.env["XDG_CONFIG_HOME"] = before;
    }
  });

  it("says which libvirt it needs", async () => {
    const own = join(scratch, "own");
    const libvirt = (...words: string[]) => runCli(["qemu", "-o", "libvirt", ...words, real]);
    const template = ["--code", code, "--template", vars, "--vars", own];
    expect((await libvirt(...template)).out).toMatch(/^<!-- needs libvirt 11\.2 or later -->\n<domain /);
    const older = await libvirt(...template, "--libvirt-version", "10.10");
    expect(older.out).toMatch(/^<!-- needs libvirt 10\.10 or later -->\n/);
    expect((await libvirt("--code", code, "--libvirt-version", "9.0")).out).toMatch(/^<!-- needs libvirt 9\.2 /);
    expect((await libvirt("--libvirt-version", "9.0")).out).toMatch(/^<domain /);
    expect(older.err).toContain("needs libvirt 10.10 or later");
    expect((await libvirt(...template, "--libvirt-version", "9.0")).err).toContain(
      "needs libvirt 10.10 or later: 9.0 does not take these flash files in qcow2, qemu-img convert -O raw makes files for it",
    );
  });

  it("is checked by the size that a guest sees", async () => {
    const store = header.slice();
    new DataView(store.buffer).setBigUint64(24, 540_672n);
    const pair = put("STORE.qcow2", store);
    const check = (own: string, its: string) => runCli(["qemu", "--check", "--code", own, "--vars", its, real]);
    expect(await check(code, pair)).toMatchObject({ code: 0, err: "" });
    expect((await check(pair, code)).err).toContain("STORE.qcow2 is a variable store: CODE and VARS are exchanged");
    expect((await check(code, vars)).err).toMatch(/they are not a pair/);
  });

  it("is served by nvmet as its header: that is said", async () => {
    const { err } = await runCli(["target", "examples/dual-path.yaml", "--device", `1=${code}`]);
    expect(err).toContain(
      `${code}: a qcow2 image, whose header nvmet would serve: convert it (qemu-img convert -O raw)`,
    );
  });

  it("is a disk with its format for QEMU, libvirt and the lab", async () => {
    const disk = ["--disk", code, "--disk", real];
    const { out } = await runCli(["qemu", ...disk, real]);
    expect(out).toContain(`format=qcow2,file=${code}`);
    expect(out).toContain(`format=raw,file=${real}`);
    const xml = (await runCli(["qemu", "-o", "libvirt", ...disk, real])).out;
    expect(xml.match(/<driver name='qemu' type='\w+'/g)).toEqual([
      "<driver name='qemu' type='qcow2'",
      "<driver name='qemu' type='raw'",
    ]);
    expect(diskArguments(code, 0)).toContainEqual(expect.stringContaining("format=qcow2,"));
    expect(diskArguments(real, 0)).toContainEqual(expect.stringContaining("format=raw,"));
  });

  it("is read through qemu-img, or says how", async () => {
    const { code: exit, err } = await runCli(["vars", "list", vars]);
    expect(exit).toBe(2);
    expect(err).toContain(`qemu-img convert -O raw ${vars} STORE`);
  });
});

describe("-r", () => {
  const folder = join(scratch, "reports");
  const below = ["a.txt", "deep/er/dump of it.md", "z/table"];

  beforeAll(() => {
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    mkdirSync(join(folder, "z"));
    writeFileSync(join(folder, below[0]!), readFileSync("test/vectors/forms/hexdump-C.txt"));
    writeFileSync(join(folder, below[1]!), readFileSync("test/vectors/forms/issue.md"));
    writeFileSync(join(folder, below[2]!), bytes);
    writeFileSync(join(folder, "deep/README"), "nothing here\n");
    writeFileSync(
      join(folder, "deep/noise"),
      Uint8Array.from({ length: 300 }, (_, i) => (7 * i) & 0xff),
    );
    writeFileSync(join(folder, "empty"), "");
    // Links are not followed: this one has no end.
    symlinkSync("..", join(folder, "deep/er/up"));
  });

  it("reads every file below a folder that holds a table, and passes over the others", async () => {
    const { code, out } = await runCli(["plan", "-r", "-o", "json", folder]);
    expect(code).toBe(0);
    for (const name of below) expect(out).toContain(join(folder, name));
    const dump = await runCli(["dump", "-r", "-o", "binary", folder]);
    expect(binary(dump)).toEqual(Buffer.concat([bytes, bytes, bytes]));
    expect(dump.code).toBe(0);
    const tables = await runCli(["tables", "-r", folder]);
    expect([tables.code, tables.out.match(/^NBFT /gm)?.length]).toEqual([0, 3]);
  });

  it("fails where no file holds one", async () => {
    mkdirSync(join(scratch, "none"));
    writeFileSync(join(scratch, "none/README"), "nothing here\n");
    expect(await runCli(["validate", "-r", join(scratch, "none")])).toMatchObject({ code: 2, out: "" });
  });
});
