import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { DecodeError } from "../../src/errors.ts";
import { findMirror, mirrorIn, preferences, suitesOf } from "../../src/lab/debian.ts";
import { readElfNeeds } from "../../src/lab/elf.ts";
import { loadModules, missingModules, readModinfo, readModuleTree } from "../../src/lab/modules.ts";
import { findProgram, MissingProgramError, programPackages } from "../../src/lab/programs.ts";
import { injectableTable, sysfsNames } from "../../src/lab/tables.ts";
import { le32, summed } from "../helpers/tables.ts";
import { table } from "../helpers/vectors.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-parts-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("readElfNeeds", () => {
  /** An ELF file with an interpreter and two needed libraries, mapped at 1000h. */
  function elf(): Uint8Array {
    const bytes = new Uint8Array(600);
    const view = new DataView(bytes.buffer);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    view.setBigUint64(32, 64n, true); // program headers
    view.setUint16(54, 56, true);
    view.setUint16(56, 3, true);
    const segment = (at: number, type: number, offset: number, address: number, size: number) => {
      view.setUint32(at, type, true);
      view.setBigUint64(at + 8, BigInt(offset), true);
      view.setBigUint64(at + 16, BigInt(address), true);
      view.setBigUint64(at + 32, BigInt(size), true);
    };
    segment(64, 1, 0, 0x1000, 600);
    segment(120, 3, 300, 0x1000 + 300, 16);
    segment(176, 2, 400, 0x1000 + 400, 64);
    bytes.set(new TextEncoder().encode("/lib64/ld.so\0"), 300);
    bytes.set(new TextEncoder().encode("\0libone.so.1\0libtwo.so\0"), 340);
    const dynamic = [
      [1n, 1n],
      [5n, BigInt(0x1000 + 340)],
      [1n, 13n],
      [0n, 0n],
    ];
    for (const [i, [tag, value]] of dynamic.entries()) {
      view.setBigInt64(400 + 16 * i, tag!, true);
      view.setBigUint64(408 + 16 * i, value!, true);
    }
    return bytes;
  }

  it("tells interpreter and libraries in their order", () => {
    expect(readElfNeeds(elf())).toEqual({ interpreter: "/lib64/ld.so", libraries: ["libone.so.1", "libtwo.so"] });
  });

  it("finds nothing in other files and in static programs", () => {
    expect(readElfNeeds(new TextEncoder().encode("#!/bin/sh\n"))).toEqual({ interpreter: undefined, libraries: [] });
    const bare = elf();
    new DataView(bare.buffer).setUint16(56, 1, true);
    expect(readElfNeeds(bare)).toEqual({ interpreter: undefined, libraries: [] });
  });

  it("throws DecodeError, and nothing else, for any cut or changed byte", () => {
    const good = elf();
    for (let i = 0; i < good.length; i++) {
      const changed = good.slice();
      changed[i] = changed[i]! ^ 0xff;
      for (const bytes of [good.subarray(0, i), changed]) {
        try {
          readElfNeeds(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }
    }
  });
});

describe("modules", () => {
  const folder = join(scratch, "modules/6.1.0-test");
  const module = (info: string) => new TextEncoder().encode(`\x7fELF\0${info.replaceAll("|", "\0")}\0`);
  const put = (path: string, bytes: Uint8Array) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  put("kernel/net/a-module.ko", module("license=GPL|depends=b_module,c-module|name=a_module"));
  put("kernel/net/b-module.ko.gz", gzipSync(module("depends=c_module")));
  put("kernel/c_module.ko", module("depends=|softdep=pre: d-module not-there post: e_module"));
  put("kernel/d_module.ko", module("depends=a_module"));
  writeFileSync(join(folder, "modules.builtin"), "kernel/lib/built-in.ko\n");
  const tree = readModuleTree(folder);

  it("come in the order in which insmod takes them, once each, circles and all", () => {
    expect(loadModules(tree, ["a-module", "built_in", "c_module"]).map(({ name }) => name)).toEqual([
      "d_module",
      "c_module",
      "b_module",
      "a_module",
    ]);
  });

  it("are unpacked", () => {
    expect(new TextDecoder().decode(loadModules(tree, ["b_module"]).at(-1)!.bytes)).toContain("depends=c_module");
  });

  it("are missed by name", () => {
    expect(missingModules(tree, ["a_module", "built-in", "nvmet"])).toEqual(["nvmet"]);
    expect(() => loadModules(tree, ["nvmet"])).toThrow("has no module nvmet");
  });

  it("name what they depend on, and what has to be there before", () => {
    expect(readModinfo(module("softdep=post: x pre: y z|depends=p,q"))).toEqual({
      depends: ["p", "q"],
      before: ["y", "z"],
    });
    expect(readModinfo(new Uint8Array([0, 1, 2]))).toEqual({ depends: [], before: [] });
  });
});

describe("the mirror", () => {
  it.each([
    [
      "one-line style",
      "# deb http://no.example/debian x main\ndeb [signed-by=/k.gpg] http://one.example/debian trixie main\n",
      "http://one.example/debian",
    ],
    ["deb822 style", "Types: deb\nURIs: https://two.example/debian/\nSuites: trixie\n", "https://two.example/debian/"],
    [
      "others' archives",
      "deb https://three.example/apt x main\nURIs: http://four.example/debian-security\n",
      undefined,
    ],
  ])("is found in %s", (_, text, expected) => {
    expect(mirrorIn([text])).toBe(expected);
  });

  it("is the one that the user names, without a slash at its end", () => {
    expect(findMirror("http://five.example/debian/")).toEqual({ url: "http://five.example/debian", suite: "trixie" });
  });

  it.each(["no address", "http://a b/", "ftp://x/debian", "http://x/ [trusted=yes]"])("is not %s", (url) => {
    expect(() => findMirror(url)).toThrow("not the address of a mirror");
  });
});

describe("programs", () => {
  it("are found in PATH and among the administrators' programs", () => {
    expect(findProgram("sh")).toMatch(/\/sh$/);
    expect(findProgram("sh", "")).toBeUndefined();
    expect(findProgram("no-such-program")).toBeUndefined();
  });

  it.each(Object.keys(programPackages) as (keyof typeof programPackages)[])(
    "%s, when missing, is named with its packages",
    (name) => {
      const { message } = new MissingProgramError(name, "why");
      expect(message).toMatch(
        /^\S+ is missing \(why\): apt install --no-install-recommends \S+.* · dnf install \S+.* · zypper install \S+/,
      );
    },
  );
});

describe("injectableTable", () => {
  const good = table("L02");

  it("leaves a sound table alone", () => {
    expect(injectableTable(good)).toEqual({ bytes: good, changes: [] });
  });

  it("makes of any other what QEMU and Linux would make of it, and says so", () => {
    const trailing = new Uint8Array([...good, 1, 2, 3]);
    expect(injectableTable(trailing)).toEqual({ bytes: good, changes: ["3 bytes after the table are left out"] });
    const wrongSum = good.slice();
    wrongSum[9]! ^= 0x5a;
    expect(injectableTable(wrongSum)).toEqual({ bytes: good, changes: ["the checksum is wrong: set right"] });
    const long = good.slice();
    long.set(le32(good.length + 100), 4);
    expect(injectableTable(summed(long)).bytes).toEqual(good);
    expect(injectableTable(summed(long)).changes[0]).toBe(
      `the length says ${good.length + 100}, the table has ${good.length} bytes: set right`,
    );
  });

  it("is numbered by Linux where there are several", () => {
    expect(sysfsNames([good]).map(({ name }) => name)).toEqual(["NBFT"]);
    expect(sysfsNames([good, good]).map(({ name }) => name)).toEqual(["NBFT1", "NBFT2"]);
  });
});

it("carries the guest scripts as they are", () => {
  const script = join(import.meta.dirname, "../../scripts/guest-scripts.mjs");
  expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
});

describe("the releases that packages come from", () => {
  it("are one, or one and others for some packages", () => {
    const network = "network-manager";
    expect(suitesOf("trixie")).toEqual({ base: "trixie", others: {}, network });
    expect(suitesOf("trixie+nvme-cli=sid+dracut=forky+linux=sid")).toEqual({
      base: "trixie",
      others: { "nvme-cli": "sid", dracut: "forky", linux: "sid" },
      network,
    });
    expect(suitesOf("experimental")).toEqual({ base: "sid", others: { "nvme-cli": "experimental" }, network });
    expect(suitesOf("trixie+network-legacy+linux=sid")).toEqual({
      base: "trixie",
      others: { linux: "sid" },
      network: "network-legacy",
    });
  });

  it.each([
    ["trixie+nvme=sid", "nvme=sid is not nvme-cli=, dracut=, linux= and a release, nor network-legacy"],
    ["trixie+linux=", "linux= is not"],
    ["trixie+linux", "linux is not"],
    ["trixie sid", "trixie sid is not the name of a release"],
    ["", " is not the name of a release"],
    ["../x", "../x is not the name of a release"],
  ])("cannot be %s", (text, why) => {
    expect(() => suitesOf(text)).toThrow(why);
  });

  it("are what apt is told: the others give nothing but what is named and the C library that it may need", () => {
    expect(preferences(suitesOf("trixie"))).toBe("");
    expect(preferences(suitesOf("sid+linux=sid"))).toBe("");
    expect(preferences(suitesOf("trixie+nvme-cli=sid"))).toMatchInlineSnapshot(`
      "Package: nvme-cli libnvme*
      Pin: release sid
      Pin-Priority: 990

      Package: libc6 libc-bin libc-gconv-modules-extra
      Pin: release sid
      Pin-Priority: 500

      Package: *
      Pin: release sid
      Pin-Priority: 100
      "
    `);
  });
});
