import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { editVariableStore } from "../../src/uefi/store/edit-store.ts";
import { readVariableStore } from "../../src/uefi/store/read-store.ts";
import { runCli } from "../helpers/cli.ts";

const root = resolve(import.meta.dirname, "../..");
const example = (name: string) => join(root, "examples", name);
const multipath = join(root, "test/vectors/firmware/multipath");
let folder: string;
let store: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nbft-vars-"));
  store = join(folder, "vars.fd");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vars = (...words: string[]) => runCli(["vars", ...words]);
const json = async (...words: string[]) => JSON.parse((await vars(...words)).out);

describe("vars create", () => {
  it.each([
    [[], 540672],
    [["--size", "4M"], 540672],
    [["--size", "2M"], 131072],
  ] as const)("%j makes %d bytes", async (options, length) => {
    expect((await vars("create", store, ...options)).code).toBe(0);
    expect(statSync(store).size).toBe(length);
  });

  it("does not replace a file unless forced", async () => {
    writeFileSync(store, "mine");
    expect(await vars("create", store)).toMatchObject({ code: 2, err: expect.stringContaining("exists") });
    expect(readFileSync(store, "utf8")).toBe("mine");
    expect((await vars("create", store, "-f")).code).toBe(0);
  });

  it("refuses an unknown size", async () => {
    expect((await vars("create", store, "--size", "8M")).code).toBe(2);
  });

  it("leaves nothing behind when the attempts are wrong", async () => {
    expect((await vars("create", store, "--attempts", example("attempt-mistakes.config"))).code).toBe(2);
    expect(existsSync(store)).toBe(false);
  });

  it("writes binary data to a pipe, never to a terminal", async () => {
    expect((await vars("create", "-")).bytes.length).toBe(540672);
    expect((await runCli(["vars", "create", "-"], { tty: true })).code).toBe(2);
  });
});

describe("vars set --attempts", () => {
  beforeEach(() => writeFileSync(store, createVariableStore("4M")));

  it("stores what the firmware stores for a Config, and keeps the old store", async () => {
    const { code, out } = await vars("set", store, "--attempts", join(multipath, "Config"));
    expect({ code, out }).toEqual({
      code: 0,
      out: "Nvmeof_Attemptconfig (nvmeof): added, 11952 bytes\nNvmeofGlobalData (nvmeof): added, 754 bytes\n",
    });
    expect(Buffer.compare(readFileSync(`${store}.bak`), createVariableStore("4M"))).toBe(0);
    expect((await vars("show", store, "-o", "config")).out).toBe(
      (await runCli(["attempt", "format", join(multipath, "Config")])).out,
    );
  });

  it("--no-backup keeps nothing, -o leaves the store alone", async () => {
    await vars("set", store, "--attempts", join(multipath, "Config"), "-w", join(folder, "new.fd"));
    expect(Buffer.compare(readFileSync(store), createVariableStore("4M"))).toBe(0);
    await vars("set", store, "--attempts", join(multipath, "Config"), "--no-backup");
    expect(existsSync(`${store}.bak`)).toBe(false);
    expect(Buffer.compare(readFileSync(store), readFileSync(join(folder, "new.fd")))).toBe(0);
  });

  it("the backup is as private as the store, and the first one is kept", async () => {
    chmodSync(store, 0o600);
    await vars("set", store, "Timeout", "-g", "global", "--value", "5");
    await vars("set", store, "Timeout", "-g", "global", "--value", "6");
    expect(Buffer.compare(readFileSync(`${store}.bak`), createVariableStore("4M"))).toBe(0);
    expect([store, `${store}.bak`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it("-w that names the store, by whatever name, is an edit in its place: locked, with a backup", async () => {
    symlinkSync("vars.fd", join(folder, "link.fd"));
    const names = [store, join(folder, ".", "vars.fd"), join(folder, "link.fd")];
    const edits = names.map((name, i) =>
      vars("set", store, `Var${i}`, "-g", "global", "--hex", "01", "--attributes", "NV+BS", "-w", name, "-f"),
    );
    for (const { code, err } of await Promise.all(edits)) expect([code, err]).toEqual([0, ""]);
    expect((await vars("list", store)).out).toMatch(/Var0.*\nVar1.*\nVar2.*\n3 variables/);
    expect(Buffer.compare(readFileSync(`${store}.bak`), createVariableStore("4M"))).toBe(0);
  });

  it("a backup that would go through a symbolic link is refused, with what to do", async () => {
    const precious = join(folder, "precious");
    writeFileSync(precious, "precious");
    symlinkSync("precious", `${store}.bak`);
    const { code, err } = await vars("set", store, "Timeout", "-g", "global", "--value", "5");
    expect({ code, err }).toEqual({
      code: 2,
      err: `nbft: ${store}: its backup ${store}.bak is there and not a regular file; remove it, or use --no-backup\n`,
    });
    expect(readFileSync(precious, "utf8")).toBe("precious");
    expect(Buffer.compare(readFileSync(store), createVariableStore("4M"))).toBe(0);
  });

  it("a store that needs no change is not written", async () => {
    await vars("set", store, "--attempts", join(multipath, "Config"), "--no-backup");
    const before = statSync(store);
    const { out } = await vars("set", store, "--attempts", join(multipath, "Config"));
    expect(out).toContain("unchanged");
    expect(statSync(store).ino).toBe(before.ino);
    expect(existsSync(`${store}.bak`)).toBe(false);
  });

  it("a symbolic link goes on pointing at the store", async () => {
    const link = join(folder, "link.fd");
    symlinkSync("vars.fd", link);
    expect((await vars("set", link, "--attempts", join(multipath, "Config"))).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readVariableStore(readFileSync(store)).store!.records).toHaveLength(2);
  });

  it("takes a boot description, with the VLAN that it needs", async () => {
    await vars("set", store, "--attempts", example("vlan.yaml"));
    expect(
      (await json("list", store, "-o", "json")).map(
        (row: { name: string; vendor: string }) => `${row.vendor} ${row.name}`,
      ),
    ).toEqual(["nvmeof Nvmeof_Attemptconfig", "nvmeof NvmeofGlobalData", "vlan EAEBD3588958"]);
  });

  it("--no-companions leaves that out", async () => {
    await vars("set", store, "--attempts", example("vlan.yaml"), "--no-companions");
    expect(await json("list", store, "-o", "json")).toHaveLength(2);
  });

  it("takes another store", async () => {
    const other = join(folder, "other.fd");
    await vars("create", other, "--attempts", example("dual-path.yaml"));
    await vars("set", store, "--attempts", other);
    expect((await vars("show", store, "-o", "config")).out).toBe((await vars("show", other, "-o", "config")).out);
  });

  it("stores the host identifier in the order asked for", async () => {
    await vars("set", store, "--attempts", join(multipath, "Config"), "--host-id", "rfc4122");
    const { variables } = await json("show", store, "NvmeofGlobalData", "-o", "json");
    expect(variables[0].data).toContain("f8131baccdef4165866b5998c1e67890");
    expect((await vars("show", store, "-o", "config", "--host-id", "rfc4122")).out).toContain("HostId:f8131bac-cdef");
  });

  it.each([
    ["hang", "NQN:x\n   # four\n$End\n", "the firmware would halt on it; nothing was written"],
    ["rejection", "HostId:x\n$End\n", "the firmware would not store it; nothing was written"],
  ])("refuses a text that leads to a %s, with reasons", async (_, text, words) => {
    const config = join(folder, "Config");
    writeFileSync(config, text);
    const { code, err } = await vars("set", store, "--attempts", config);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).toMatch(/error A\d\d\d/);
    expect(Buffer.compare(readFileSync(store), createVariableStore("4M"))).toBe(0);
  });

  it("needs a name or attempts, not both, and a source of its own", async () => {
    expect((await vars("set", store)).code).toBe(2);
    expect((await vars("set", store, "Timeout", "--attempts", example("vlan.yaml"))).code).toBe(2);
    expect((await vars("set", "-", "--attempts", "-")).code).toBe(2);
    expect((await vars("set", store, "--attempts", join(folder, "nothing"))).code).toBe(2);
  });
});

describe("vars set NAME", () => {
  beforeEach(() => writeFileSync(store, createVariableStore("2M")));
  const value = async (name: string) => (await json("show", store, name, "-o", "json")).variables[0];

  it.each([
    ["Timeout", ["--value", "5"], { attributes: 7, data: "0500" }],
    ["BootOrder", ["--value", "Boot0007,0001"], { attributes: 7, value: ["Boot0007", "Boot0001"] }],
    ["BootNext", ["--value", "Boot0007"], { attributes: 7, value: ["Boot0007"] }],
    ["Lang", ["--value", "eng"], { data: "656e6700" }],
    ["525400123456", ["--guid", "vlan", "--value", "10,20:5"], { attributes: 3, data: "0a0014a0" }],
    [
      "525400123456",
      ["--guid", "ip6config", "--value", "automatic"],
      { attributes: 3, value: { policy: "automatic", checksumOk: true } },
    ],
    ["525400123456", ["--guid", "ip4config2", "--value", "dhcp"], { value: { policy: "dhcp", checksumOk: true } }],
    [
      "Mine",
      ["--guid", "8be4df61-93ca-11d2-aa0d-00e098032b8c", "--hex", "01 02", "--attributes", "NV+BS"],
      { attributes: 3, data: "0102" },
    ],
    ["ConIn", ["--path", "PciRoot(0x0)"], { value: "PciRoot(0x0)" }],
    [
      "Boot0007",
      ["--path", "\\EFI\\a", "--description", "A", "--optional-data", "ff"],
      { value: { description: "A", attributes: 1, paths: ["\\EFI\\a"], optionalData: "ff" } },
    ],
    ["Boot0008", ["--path", "\\EFI\\a", "--inactive"], { value: { description: "Boot0008", attributes: 0 } }],
  ])("%s %j", async (name, options, expected) => {
    expect(await vars("set", store, name, ...options)).toMatchObject({ code: 0, err: "" });
    expect(await value(name)).toMatchObject(expected);
  });

  it("--data takes a file as it is", async () => {
    const file = join(folder, "data");
    writeFileSync(file, Uint8Array.of(0, 255));
    await vars("set", store, "NvmeofGlobalData", "--data", file);
    expect(await value("NvmeofGlobalData")).toMatchObject({ attributes: 3, data: "00ff" });
  });

  it("a policy leaves the other settings of the interface", async () => {
    const words = ["set", store, "525400123456", "--guid", "ip6config"];
    const hex =
      "f777affa1bc103003400afaf08000000010000003000afaf04000000020000002c00afaf04000000030000000100000000000000505400fffe123456";
    await vars(...words, "--hex", hex);
    await vars(...words, "--value", "automatic");
    const { value: config } = await value("525400123456");
    expect(config).toMatchObject({ policy: "automatic", checksumOk: true });
    expect(config.records.map(({ type }: { type: string }) => type)).toEqual([
      "altInterfaceId",
      "dadTransmits",
      "policy",
    ]);
  });

  it.each([
    ["no content", ["Timeout"]],
    ["two contents", ["Timeout", "--value", "1", "--hex", "00"]],
    ["a time-out that is no number", ["Timeout", "--value", "soon"]],
    ["a boot option that is none", ["BootOrder", "--value", "first"]],
    ["two next options", ["BootNext", "--value", "0001,0002"]],
    ["a VLAN that is none", ["525400123456", "--guid", "vlan", "--value", "ten"]],
    ["VLAN 4095", ["525400123456", "--guid", "vlan", "--value", "4095"]],
    ["an unknown policy", ["525400123456", "--guid", "ip6config", "--value", "dhcp"]],
    ["no vendor", ["525400123456", "--hex", "00"]],
    ["an unknown vendor", ["A", "--guid", "nobody", "--hex", "00"]],
    ["half a byte", ["Timeout", "--hex", "0"]],
    ["unknown attributes", ["Timeout", "--value", "1", "--attributes", "XY"]],
    ["words for a variable that has none", ["PK", "--value", "x"]],
    ["a wrong path", ["Boot0001", "--path", "Pci(1)"]],
    ["two paths for a console", ["ConIn", "--path", "PciRoot(0x0)", "--path", "PciRoot(0x1)"]],
  ])("%s is refused and changes nothing", async (_, words) => {
    const { code, err } = await vars("set", store, ...words);
    expect(code).toBe(2);
    expect(err).toMatch(/^nbft: /);
    expect(Buffer.compare(readFileSync(store), createVariableStore("2M"))).toBe(0);
  });

  it("a name with two vendors must be told apart", async () => {
    for (const guid of ["vlan", "ip6config"]) await vars("set", store, "525400123456", "--guid", guid, "--hex", "0000");
    expect(await vars("set", store, "525400123456", "--hex", "00")).toMatchObject({
      code: 2,
      err: expect.stringContaining("vlan, ip6config"),
    });
  });

  it("a signed variable is replaced only by force", async () => {
    const key = { guid: "d719b2cb-3d3a-4596-a3bc-dad00e67656f", name: "db" };
    writeFileSync(
      store,
      editVariableStore(createVariableStore("2M"), [
        { kind: "set", variable: { ...key, attributes: 0x27, data: Uint8Array.of(1) } },
      ]).bytes,
    );
    expect((await vars("set", store, "db", "--hex", "02")).code).toBe(2);
    expect((await vars("delete", store, "db")).code).toBe(2);
    expect((await vars("set", store, "db", "--hex", "02", "--signed")).code).toBe(0);
    expect(await value("db")).toMatchObject({ attributes: 0x27, data: "02" });
  });
});

describe("vars append", () => {
  const path = "HD(1,GPT,2F3B1B3A-1111-4222-8333-444455556666,0x800,0x64000)/\\EFI\\BOOT\\BOOTX64.EFI";

  it("adds a boot option with a free number to the boot order", async () => {
    await vars("create", store);
    const append = (...more: string[]) => vars("append", store, "--path", path, ...more);
    expect((await append("--description", "one")).out).toContain("Boot0000 (global): added");
    expect((await append("--description", "two", "--first", "--inactive")).out).toContain("Boot0001 (global): added");
    expect((await append("--description", "one")).out).toContain("Boot0000 (global): unchanged");
    const { variables } = await json("show", store, "-o", "json", "BootOrder", "Boot0001");
    expect(variables).toHaveLength(2);
    expect(variables).toContainEqual(expect.objectContaining({ name: "BootOrder", value: ["Boot0001", "Boot0000"] }));
    expect(variables).toContainEqual(
      expect.objectContaining({
        name: "Boot0001",
        value: { description: "two", attributes: 0, paths: [path], optionalData: "" },
      }),
    );
  });

  it.each([
    ["--path", []],
    ["--description", ["--path", path]],
  ])("asks for %s", async (option, words) => {
    await vars("create", store);
    expect(await vars("append", store, ...words)).toMatchObject({ code: 2, err: expect.stringContaining(option) });
  });
});

describe("vars delete and compact", () => {
  it.each([
    ["delete", [], ""],
    ["set", ["--hex", "00"], ", and no usual vendor for one; name it with --guid"],
  ])("%s names a variable of no usual vendor that there is not", async (action, words, todo) => {
    writeFileSync(store, createVariableStore("4M"));
    const { err, code } = await vars(action, store, "mine", ...words);
    expect([code, err]).toEqual([2, `nbft: ${store}: no variable mine${todo}\n`]);
  });

  beforeEach(async () => {
    await vars("create", store, "--attempts", example("dual-path.yaml"));
  });

  it("deletes by name", async () => {
    expect((await vars("delete", store, "NvmeofGlobalData", "Nvmeof_Attemptconfig")).code).toBe(0);
    expect(await json("list", store, "-o", "json")).toEqual([]);
  });

  it("names each variable that there is not, and deletes the others", async () => {
    expect(await vars("delete", store, "BootOrder", "NvmeofGlobalData", "mine", "-q")).toMatchObject({
      code: 2,
      out: "",
      err: `nbft: ${store}: no variable BootOrder\nnbft: ${store}: no variable mine\n`,
    });
    expect(await vars("delete", store, "Nvmeof_Attemptconfig", "-g", "global")).toMatchObject({
      code: 2,
      err: `nbft: ${store}: no variable Nvmeof_Attemptconfig\n`,
    });
    expect(await json("list", store, "-o", "json")).toMatchObject([{ name: "Nvmeof_Attemptconfig" }]);
  });

  it("compacting says what it gave back", async () => {
    await vars("delete", store, "NvmeofGlobalData");
    expect((await vars("compact", store)).out).toBe("compacted: 848 bytes given back\n");
    expect((await vars("list", store, "--all")).out).not.toContain("deleted");
  });

  it("an edit of standard input goes to standard output, and its report to standard error", async () => {
    const { bytes, err, code } = await runCli(["vars", "compact", "-"], { stdin: readFileSync(store) });
    expect({ code, err }).toEqual({ code: 0, err: "compacted: 0 bytes given back\n" });
    expect(bytes.length).toBe(540672);
  });
});

describe("vars list and show", () => {
  it("--all shows dead records with their state", async () => {
    writeFileSync(store, createVariableStore("2M"));
    await vars("set", store, "Timeout", "--value", "1");
    await vars("set", store, "Timeout", "--value", "2");
    expect((await vars("list", store)).out.match(/Timeout/g)).toHaveLength(1);
    expect((await vars("list", store, "--all")).out).toMatch(/Timeout.*replaced\nTimeout.*live\n/);
    expect(
      (await json("list", store, "--all", "-o", "json")).map(({ visible }: { visible: boolean }) => visible),
    ).toEqual([false, true]);
  });

  it("shows variables without a known form as bytes", async () => {
    writeFileSync(store, createVariableStore("2M"));
    await vars("set", store, "Mine", "--guid", "global", "--hex", "00414243");
    expect((await vars("show", store, "Mine")).out).toBe(
      `Mine (global)  NV+BS+RT  4 bytes\n  0000  ${"00 41 42 43".padEnd(47)}  .ABC\n`,
    );
  });

  it("escapes what would reach the terminal", async () => {
    writeFileSync(store, createVariableStore("2M"));
    await vars("set", store, "Boot0001", "--path", "\\a", "--description", "\u001b[31mred");
    expect((await vars("show", store)).out).toContain('"\\x1b[31mred"');
    expect((await vars("show", store)).out).not.toContain("\u001b");
  });

  it("exits 2 for a missing variable, a store without attempts as a Config, and a file that is no store", async () => {
    writeFileSync(store, createVariableStore("2M"));
    expect((await vars("show", store, "Timeout")).code).toBe(2);
    expect((await vars("show", store, "-o", "config")).code).toBe(2);
    expect((await vars("list", join(root, "package.json"))).code).toBe(2);
    expect((await vars("list", join(root, "LICENSE"))).code).toBe(2);
    expect((await vars("list", join(folder, "nothing"))).code).toBe(2);
  });

  it("an image that was never written has no variables", async () => {
    writeFileSync(store, new Uint8Array(0x20000));
    expect(await vars("list", store)).toMatchObject({
      code: 0,
      out: "0 variables\n",
      err: expect.stringContaining("never formatted"),
    });
  });
});

describe("vars check", () => {
  beforeEach(async () => {
    await vars("create", store, "--attempts", example("dual-path.yaml"));
  });

  it("exits 0 for warnings, 1 with --fail-on", async () => {
    expect((await vars("check", store)).code).toBe(0);
    expect((await vars("check", store, "--fail-on", "warning")).code).toBe(1);
    expect((await vars("check", store, "--fail-on", "warning", "--off", "A104")).code).toBe(0);
    expect((await vars("check", store, "--only", "nonsense")).code).toBe(2);
  });

  it("bytes that are not a store are a finding, in valid JSON", async () => {
    const { code, out } = await vars("check", join(root, "LICENSE"), "-o", "json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ rule: "V001", severity: "error" }]);
  });

  it("a pending write is found, and edits refused", async () => {
    const bytes = readFileSync(store);
    bytes[0x41020] = 0xfc;
    bytes.fill(0, 0x41021, 0x41048);
    writeFileSync(store, bytes);
    expect(await vars("check", store)).toMatchObject({ code: 1, out: expect.stringContaining("V010 write-pending") });
    expect(await vars("compact", store)).toMatchObject({ code: 2, err: expect.stringContaining("pending") });
    expect(Buffer.compare(readFileSync(store), bytes)).toBe(0);
  });

  it("--code checks the pair", async () => {
    const code = join(folder, "code.fd");
    writeFileSync(code, new Uint8Array(0x1e0000));
    expect(await vars("check", store, "--code", code)).toMatchObject({ code: 1, out: expect.stringContaining("V016") });
    expect((await vars("check", store, "--code", folder)).err).toBe(
      `nbft: ${folder}: a folder: name the code image in it\n`,
    );
  });
});

describe("vars export and import", () => {
  beforeEach(async () => {
    await vars("create", store, "--attempts", example("dual-path.yaml"));
  });

  it.each(["qemu-json", "dmpstore"])("%s goes out and comes back", async (to) => {
    const file = join(folder, "exported");
    expect((await vars("export", store, "-o", to, "-w", file)).code).toBe(0);
    const copy = join(folder, "copy.fd");
    await vars("create", copy);
    expect((await vars("import", copy, file)).code).toBe(0);
    expect(Buffer.compare(readFileSync(copy), readFileSync(store))).toBe(0);
    expect((await vars("show", file, "-o", "config")).out).toBe((await vars("show", store, "-o", "config")).out);
  });

  it("QEMU's store is edited in its own form", async () => {
    const file = join(folder, "vars.json");
    await vars("export", store, "-w", file);
    expect((await vars("set", file, "Timeout", "--value", "3")).code).toBe(0);
    const { version, variables } = JSON.parse(readFileSync(file, "utf8"));
    expect(version).toBe(2);
    expect(variables.at(-1)).toEqual({
      guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c",
      name: "Timeout",
      attr: 7,
      data: "0300",
    });
  });

  it("of a variable that is there twice the first counts, as for the firmware, and that is said", async () => {
    const file = join(folder, "twice.json");
    const entry = { guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c", name: "BootNext", attr: 7 };
    writeFileSync(
      file,
      JSON.stringify({
        version: 2,
        variables: [
          { ...entry, data: "0100" },
          { ...entry, data: "0200" },
        ],
      }),
    );
    const { err } = await vars("import", store, file);
    expect(err).toBe(`nbft: ${file}: BootNext is there more than once: the first counts\n`);
    expect((await vars("show", store, "BootNext")).out).toContain("Boot0001");
  });

  it.each([
    ["a bare list", (entry: object) => [entry], "its form, a list as python-uefivars has it"],
    ["a key of its own", (entry: object) => ({ version: 2, comment: "mine", variables: [entry] }), 'its key "comment"'],
  ])("JSON with %s is not edited in its place, where it would lose it", async (_, document, lost) => {
    const file = join(folder, "own.json");
    const text = JSON.stringify(
      document({ guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c", name: "A", attr: 7, data: "00" }),
    );
    writeFileSync(file, text);
    const { err, code } = await vars("set", file, "Timeout", "--value", "3");
    expect([code, err]).toEqual([
      2,
      `nbft: ${file}: an edit writes QEMU's JSON, and loses ${lost}: write that to another file with -w FILE\n`,
    ]);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect((await vars("set", file, "Timeout", "--value", "3", "-w", join(folder, "other.json"))).code).toBe(0);
  });

  it("of another version is refused: an edit would lose what it knows more", async () => {
    const file = join(folder, "later.json");
    writeFileSync(file, '{"version": 3, "variables": []}');
    for (const words of [
      ["list", file],
      ["set", file, "Timeout", "--value", "3"],
    ])
      expect((await vars(...words)).err).toBe(`nbft: ${file}: "version" is 3: versions 1 and 2 are known\n`);
  });

  it("a secret in a variable of any name is shown with --show-secrets only", async () => {
    const text = "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:";
    for (const encoding of ["latin1", "utf16le"] as const) {
      const data = join(folder, "key");
      writeFileSync(data, Buffer.from(text, encoding));
      await vars("set", store, "Key", "-g", "global", "--data", data);
      expect((await vars("show", store, "Key")).out).toContain("(a secret, hidden: --show-secrets shows it)");
      expect((await vars("show", store, "Key", "--show-secrets")).out).toContain("44 ");
    }
  });

  it("only the variables named", async () => {
    const { out } = await vars("export", store, "NvmeofGlobalData");
    expect(JSON.parse(out).variables).toHaveLength(1);
    expect((await vars("export", store, "PK")).code).toBe(2);
    expect((await vars("import", store, store, "PK")).code).toBe(2);
    expect((await vars("import", store, store, "NvmeofGlobalData")).out).toContain("unchanged");
  });
});

describe("a file that is not what it should be", () => {
  const garbage = () => {
    const path = join(folder, "garbage");
    writeFileSync(path, "garbage garbage 123\n");
    return path;
  };

  it.each([["list"], ["show"], ["compact"]])("is named by %s", async (command) => {
    const path = garbage();
    expect(await vars(command, path)).toMatchObject({
      code: 2,
      out: "",
      err: `nbft: ${path}: 20 bytes are not a variable store\n`,
    });
  });

  it.each([
    ["list"],
    ["list", "-o", "json"],
    ["show"],
    ["check"],
    ["compact"],
    ["compact", "-w", "-"],
    ["export", "-w", "-"],
    ["delete", "Timeout"],
    ["set", "Timeout", "--value", "1"],
  ])("a table is named as one by %s, with the command that reads it", async (command, ...more) => {
    const path = "test/vectors/nbft/made/L02-min-v11-spec";
    const { code, err } = await vars(command, path, ...more);
    expect([code, err]).toEqual([2, `nbft: ${path}: an NBFT, not a variable store: nbft dump ${path} shows it\n`]);
  });

  it.each([
    ["examples/table.yaml", "an NBFT", "nbft dump examples/table.yaml shows it"],
    [
      "examples/static.yaml",
      "a boot description",
      "nbft vars set STORE --attempts examples/static.yaml stores its attempts",
    ],
    [
      "examples/attempt-dual-path.config",
      "a Config",
      "nbft vars set STORE --attempts examples/attempt-dual-path.config stores its attempts",
    ],
  ])("%s is named as what it is, with the command that reads it", async (path, what, todo) => {
    expect(await vars("list", path)).toMatchObject({
      code: 2,
      err: `nbft: ${path}: ${what}, not a variable store: ${todo}\n`,
    });
  });

  it.each([
    [
      "printed.txt",
      "Variable NV+BS '1509CAE7-7044-4392-A247-3F870A197142:NvmeofGlobalData' DataSize = 0x2F2\n",
      "what dmpstore prints, not a variable store: dmpstore -all -s FILE writes one that can be read",
    ],
    [
      "vm.xml",
      "<domain><os><nvram>/var/lib/vm.fd</nvram></os></domain>\n",
      "a libvirt domain, not a variable store: its <nvram> names the store",
    ],
    [
      "efivars.tar",
      `${"x".repeat(257)}ustar${"\0".repeat(250)}`,
      "a tar archive, not a variable store: unpack it, and name the store or the folder of efivarfs",
    ],
    ["Timeout-8be4df61-93ca-11d2-aa0d-00e098032b8c", "\x07\0\0\0\x05\0", "one variable of efivarfs: name the folder"],
    ["vars.zip", "PK\x03\x04\x14\0\0\0", "a ZIP archive: unpack it first"],
    [
      "instance.json",
      '{"UefiData": {"Value": "QU1aTlVFRkn6"}}',
      "UefiData of AWS, not a variable store: uefivars -i aws -o edk2 (python-uefivars) makes one of its base64",
    ],
    [
      "efivar-p.txt",
      'GUID: 8be4df61-93ca-11d2-aa0d-00e098032b8c\nName: "Timeout"\nAttributes:\n\tNon-Volatile\nValue:\n',
      "what efivar -p prints, not a variable store: name /sys/firmware/efi/efivars, or a copy of it",
    ],
    [
      "efivar-l.txt",
      "8be4df61-93ca-11d2-aa0d-00e098032b8c-Timeout\n",
      "what efivar -l prints, without data: name /sys/firmware/efi/efivars, or a copy of it",
    ],
  ])("%s says what to name instead", async (name, text, what) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    expect(await vars("list", path)).toMatchObject({ code: 2, err: `nbft: ${path}: ${what}\n` });
  });

  it.each([
    [
      "base64",
      "AAAA".repeat(19),
      "base64, not a variable store: base64 -d PATH | nbft vars COMMAND - reads what is in it",
    ],
    [
      "a hex dump",
      "00000000: 0000 0000 0000 0000 0000 0000 0000 0000  ................",
      "a hex dump, not a variable store: make the bytes of it again (xxd -r PATH STORE undoes xxd)",
    ],
  ])("as %s says how to undo that", async (_, line, what) => {
    const path = join(folder, "store.txt");
    writeFileSync(path, `${line}\n`.repeat(8));
    expect(await vars("list", path)).toMatchObject({
      code: 2,
      err: `nbft: ${path}: ${what.replace("PATH", path)}\n`,
    });
  });

  it("is read where its JSON is in UTF-16, as PowerShell leaves it, and not edited in its place", async () => {
    const path = join(folder, "utf16.json");
    const entry = '{"name": "Timeout", "guid": "8be4df61-93ca-11d2-aa0d-00e098032b8c", "attr": 7, "data": "0500"}';
    const before = Buffer.from(`\ufeff{"version": 2, "variables": [${entry}]}`, "utf16le");
    writeFileSync(path, before);
    expect((await vars("list", path)).out).toContain("Timeout");
    expect(await vars("delete", path, "Timeout")).toMatchObject({
      code: 2,
      err: `nbft: ${path}: text in UTF-16, which cannot be changed in its place: save it as UTF-8, or write another file with -w FILE\n`,
    });
    expect(readFileSync(path)).toEqual(before);
    expect((await vars("delete", path, "Timeout", "-w", join(folder, "other.json"))).code).toBe(0);
  });

  it("loses the first of two variables of one name and vendor, as the firmware finds them", async () => {
    const path = join(folder, "same.json");
    const entry = (data: string) =>
      `{"name": "Timeout", "guid": "8be4df61-93ca-11d2-aa0d-00e098032b8c", "attr": 7, "data": "${data}"}`;
    writeFileSync(path, `{"version": 2, "variables": [${entry("0500")}, ${entry("0600")}]}`);
    expect(await vars("delete", path, "Timeout")).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(readFileSync(path, "utf8")).variables).toMatchObject([{ data: "0600" }]);
  });

  it("is named by import, whichever of the two it is", async () => {
    const path = garbage();
    const err = `nbft: ${path}: 20 bytes are not a variable store\n`;
    writeFileSync(store, createVariableStore("4M"));
    const other = join(folder, "other.fd");
    expect((await vars("create", other, "--attempts", join(multipath, "Config"))).code).toBe(0);
    expect(await vars("import", store, path)).toMatchObject({ code: 2, err });
    expect(await vars("import", path, other)).toMatchObject({ code: 2, err });
  });

  it("is not edited where a key is there twice in its JSON: one would be lost", async () => {
    const path = join(folder, "twice.json");
    const entry =
      '{"name": "A", "guid": "8be4df61-93ca-11d2-aa0d-00e098032b8c", "attr": 7,\n"data": "00", "data": "01"}';
    writeFileSync(path, `{"version": 2, "variables": [${entry}]}`);
    const err = `nbft: ${path}:2:15: the key "data" is there twice\n`;
    expect(await vars("list", path)).toMatchObject({ code: 2, err });
    expect(await vars("set", path, "A", "-g", "global", "--hex", "02")).toMatchObject({ code: 2, err });
  });

  it("is named where it is not JSON", async () => {
    const path = join(folder, "bad.json");
    writeFileSync(path, "{");
    expect((await vars("show", path)).err).toBe(
      `nbft: ${path}:1:2: not JSON: expected a key in "quotes" or }, the text ends\n`,
    );
  });
});

describe("attempts with names of every length", () => {
  it.each([7, 8, 9, 10, 11])("of %i characters: check and show --left-over take them", async (length) => {
    const config = join(folder, "in.config");
    const text = readFileSync(example("attempt-dual-path.config"), "utf8");
    writeFileSync(config, text.replace("AttemptName:Attempt2", `AttemptName:${"Attempt2000".slice(0, length)}`));
    expect((await vars("create", store, "--attempts", config)).code).toBe(0);
    expect(await vars("check", store)).toMatchObject({ code: 0, err: "" });
    expect(await vars("show", "--left-over", store)).toMatchObject({ code: 0, err: "" });
  });
});
