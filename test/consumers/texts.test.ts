import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { latin1Bytes, latin1Text } from "../../src/bytes/latin1.ts";
import { readableText } from "../../src/consumers/byte-text.ts";
import { ByteWriter } from "../../src/consumers/byte-writer.ts";
import { formatAddress, libnvmeAddress, ntop6 } from "../../src/consumers/libnvme/inet.ts";
import { formatKeyFile, uuidOf } from "../../src/consumers/networkmanager/keyfile.ts";
import { parseDiscoverdUri, parseFabricsUri } from "../../src/consumers/nvme-cli/fabrics-uri.ts";
import { type JsonC, printJsonC } from "../../src/consumers/nvme-cli/json-c.ts";
import { shellWord } from "../../src/consumers/shell-word.ts";
import { parsePythonUrl } from "../../src/consumers/stas/python-url.ts";
import { findProgram } from "../../src/lab/programs.ts";
import { parseIp } from "../../src/text/ip.ts";
import { latin1 } from "./made-tables.ts";

test("byte text keeps every byte, those between 80h and 9Fh as well", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(latin1Bytes(latin1Text(bytes))).toEqual(bytes);
  expect(readableText("h\xc3\xb6st\xff")).toBe("höst\ufffd");
  expect(latin1Text(new Uint8Array(100_000)).length).toBe(100_000);
});

describe("addresses as glibc prints them", () => {
  it.each([
    ["::", "::"],
    ["::1", "::1"],
    ["2001:db8::1:2", "2001:db8::1:2"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::102:304", "::1.2.3.4"],
    ["::ffff:102:304", "::ffff:1.2.3.4"],
    ["fe80::", "fe80::"],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ])("%s", (text, printed) => {
    expect(ntop6(parseIp(text)!)).toBe(printed);
  });

  it("prints mapped ones in dotted decimal", () => {
    expect(formatAddress(parseIp("192.0.2.1")!)).toBe("192.0.2.1");
    expect(formatAddress(parseIp("::ffff:0.0.0.0")!)).toBe("0.0.0.0");
  });

  it("reads back what it prints", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(libnvmeAddress(ntop6(bytes))).toBe(ntop6(bytes));
      }),
    );
  });
});

describe("what libnvme takes for a numeric address", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["192.0.2.01", undefined],
    ["192.0.2", undefined],
    ["192.0.2.256", undefined],
    ["192.0.2.1%eth0", "192.0.2.1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["1:2:3:4:5:6:7:8:9.9.9.9", undefined],
    ["1::2::3", undefined],
    [":1::2", undefined],
    ["12345::1", undefined],
    ["", undefined],
    ["none", undefined],
    ["target.example", undefined],
  ])("%s", (text, canonical) => {
    expect(libnvmeAddress(text)).toBe(canonical);
  });
});

describe("URIs as libnvme's scanner cuts them", () => {
  it.each([
    ["nvme+tcp://192.0.2.1:8009/", { scheme: "nvme", protocol: "tcp", host: "192.0.2.1", port: 8009 }],
    ["nvme+tcp://[2001:db8::1]:8009/", { scheme: "nvme", protocol: "tcp", host: "2001:db8::1", port: 8009 }],
    ["nvme+tcp://[2001:db8::1]/", { scheme: "nvme", protocol: "tcp", host: "2001:db8::1", port: 0 }],
    ["nvme+tcp://[2001:db8::1", { scheme: "nvme", protocol: "tcp", host: "2001:db8::1", port: 0 }],
    ["nvme+tcp://2001:db8::1/", { scheme: "nvme", protocol: "tcp", host: "2001", port: 0 }],
    ["nvme+tcp://user@192.0.2.1", { scheme: "nvme", protocol: "tcp", host: "192.0.2.1", port: 0 }],
    ["nvme+tcp://192.0.2.1:-5", { scheme: "nvme", protocol: "tcp", host: "192.0.2.1", port: -5 }],
    ["nvme+tcp://192.0.2.1: 80x", { scheme: "nvme", protocol: "tcp", host: "192.0.2.1", port: 80 }],
    ["nvme+tcp://192.0.2.1:99999999999", { scheme: "nvme", protocol: "tcp", host: "192.0.2.1", port: 1215752191 }],
    ["nvme+ tcp://h", { scheme: "nvme", protocol: "tcp", host: "h", port: 0 }],
    ["nvme://h", { scheme: "nvme", protocol: undefined, host: "h", port: 0 }],
    ["NVME+TCP://h", { scheme: "NVME", protocol: "TCP", host: "h", port: 0 }],
    ["nvme+tcp://a%41b", { scheme: "nvme", protocol: "tcp", host: "aAb", port: 0 }],
    ["nvme+tcp://[]:80", { scheme: "nvme", protocol: "tcp", host: "[]", port: 80 }],
    ["nvme+tcp:/h", undefined],
    ["nvme+tcp://", undefined],
    ["nvme+tcp://:80", undefined],
    ["", undefined],
  ])("%s", (uri, parts) => {
    expect(parseFabricsUri(uri)).toEqual(parts);
  });

  it("nvme-discoverd stops at the first colon", () => {
    expect(parseDiscoverdUri("nvme+tcp://192.0.2.1:8009/")).toEqual({
      transport: "tcp",
      host: "192.0.2.1",
      port: "8009",
    });
    expect(parseDiscoverdUri("nvme+tcp://[2001:db8::1]:8009/")?.host).toBe("[2001");
    expect(parseDiscoverdUri("nvme+tcp://h")).toEqual({ transport: "tcp", host: "h", port: undefined });
    expect(parseDiscoverdUri("nvme://h")).toBeUndefined();
  });
});

describe("URIs as Python parses them", () => {
  it.each([
    ["nvme+tcp://192.0.2.1:8009/", { scheme: "nvme+tcp", hostname: "192.0.2.1", port: 8009 }],
    ["NVME+TCP://Host", { scheme: "nvme+tcp", hostname: "host", port: undefined }],
    ["nvme+tcp://[2001:DB8::1]:1/", { scheme: "nvme+tcp", hostname: "2001:db8::1", port: 1 }],
    ["nvme+tcp://u@h:/", { scheme: "nvme+tcp", hostname: "h", port: undefined }],
    ["nvme+tcp:/h", { scheme: "nvme+tcp", hostname: undefined, port: undefined }],
    ["1nvme://h", { scheme: "", hostname: undefined, port: undefined }],
    ["nvme+tcp://h:x", "the port is not a number up to 65535"],
    ["nvme+tcp://h:65536", "the port is not a number up to 65535"],
    ["nvme+tcp://[::1", "a bracket without its twin"],
    ["nvme+tcp://[192.0.2.1]", "no IPv6 address in brackets"],
  ])("%s", (uri, parts) => {
    expect(parsePythonUrl(uri)).toEqual(parts);
  });
});

describe("shell words", () => {
  it.each([
    ["plain-word_1=2:3/4", "plain-word_1=2:3/4"],
    ["two words", "'two words'"],
    ["$(reboot)", "'$(reboot)'"],
    ["it's", "'it'\\''s'"],
    ["a\nb", "\"$(printf 'a\\012b')\""],
    ["\x1b[31m", "\"$(printf '\\033[31m')\""],
    ["--x=%\x01'", "\"$(printf '\\055-x=%%\\001\\047')\""],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
    ["a\n\n", "\"$(printf 'a')${IFS#??}${IFS#??}\""],
    ["", "''"],
  ])("%j", (text, word) => {
    expect(shellWord(text)).toBe(word);
  });

  const shells = [["bash"], ["sh"], ["dash"], ["busybox", "sh"]].filter(([name]) => findProgram(name!) !== undefined);

  it.each(shells.map((shell) => [shell.join(" "), shell] as const))("mean the same bytes to %s", (_, shell) => {
    const byte = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(...Buffer.from("'\"\\$`%-\n\t ;#\x1b")));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
        const text = latin1Text(Uint8Array.from(bytes));
        const word = shellWord(text);
        expect(word).not.toMatch(/[\x00-\x1f\x7f]/);
        const { stdout, stderr } = spawnSync(shell[0]!, [...shell.slice(1), "-c", `printf %s ${word}`], {
          env: { LC_ALL: "C.UTF-8", PATH: "/usr/bin:/bin" },
          stdio: ["ignore", "pipe", "pipe"],
        });
        expect([stdout.toString("latin1"), stderr.toString()]).toEqual([text, ""]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("key files", () => {
  it("keep a value on its line whatever it holds", () => {
    const text = formatKeyFile([["s", { a: " x\n[evil]\nb=1\\", none: undefined, n: 3 }]]);
    expect(text).toBe("[s]\na=\\sx\\n[evil]\\nb=1\\\\\nn=3\n");
  });

  it("have UUIDs that depend on the name alone", () => {
    expect(uuidOf("NBFT connection HFI 1")).toBe(uuidOf("NBFT connection HFI 1"));
    expect(uuidOf("a")).not.toBe(uuidOf("b"));
    expect(uuidOf("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

test("json-c prints empty arrays on two lines, newer ones on one", () => {
  const printed = (value: JsonC, compactEmpty?: boolean) => {
    const writer = new ByteWriter();
    printJsonC(writer, value, compactEmpty);
    return writer.finish();
  };
  expect(latin1(printed({ a: [] }))).toBe('{\n  "a":[\n  ]\n}');
  expect(latin1(printed({ a: [] }, true))).toBe('{\n  "a":[]\n}');
  expect(latin1(printed([1, "x/y", { b: undefined, c: "é" }]))).toBe(
    latin1(new TextEncoder().encode('[\n  1,\n  "x/y",\n  {\n    "c":"é"\n  }\n]')),
  );
});
