import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textTables } from "../../src/acpi/text-tables.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { formatDsl } from "../../src/output/dsl.ts";
import { formatIasl } from "../../src/output/iasl.ts";
import { acpiText } from "../helpers/acpi-vectors.ts";
import { mutated, patched } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";

const readable = allTables.filter(({ bytes }) => bytes.length >= 128);
const names = readable.map(({ path, bytes }) => [path, bytes] as const);

/** Field lines of a disassembly: offset, length, name and value. */
function fieldsOf(text: string): { offset: number; length: number; name: string; value: string }[] {
  return [...text.matchAll(/^\[([0-9A-F]{3,})h (\d{4,}) +([0-9A-F]+)(h?)\] +(.+?) : (.*(?: \\\n.*)*)$/gm)].map(
    ([, hex, decimal, length, h, name, value]) => {
      const offset = Number.parseInt(hex!, 16);
      expect(Number(decimal)).toBe(offset);
      return { offset, length: Number.parseInt(length!, h === "h" ? 16 : 10), name: name!, value: value! };
    },
  );
}

describe("the look of iasl", () => {
  it.each([
    ["old", "20200925"],
    ["new", "20250404"],
  ] as const)("%s: header fields and raw data are those of iasl %s, line by line", (style, release) => {
    const ours = formatIasl("nbft.dat", readNbft(table("multipath/")), { style }).split("\n");
    const theirs = acpiText(`iasl/multipath-${release}.dsl`).split("\n");
    const header = theirs.filter((line) => line.startsWith("["));
    expect(header).toHaveLength(9);
    expect(ours.filter((line) => line.startsWith("[")).slice(0, 9)).toEqual([
      `${header[0]}[NVMe Boot Firmware Table]`,
      ...header.slice(1),
    ]);
    const raw = (lines: string[]) => lines.slice(lines.findIndex((line) => line.startsWith("Raw Table Data")));
    expect(raw(ours)).toEqual(raw(theirs));
    const format = theirs.find((line) => line.includes("Format:"));
    expect(ours).toContain(format);
  });

  it.each(names)("shows every byte of %s once, in order", (_, bytes) => {
    for (const style of ["old", "new"] as const) {
      let at = 0;
      for (const { offset, length } of fieldsOf(formatIasl("t", readNbft(bytes), { style }))) {
        expect(offset).toBe(at);
        at += length;
      }
      expect(at).toBe(bytes.length);
    }
  });

  it.each(names)("gives %s back by its raw data", (_, bytes) => {
    expect(textTables(formatIasl("t", readNbft(bytes)), "iasl").tables[0]!.bytes).toEqual(bytes);
  });

  it("decodes flags, names and addresses", () => {
    const text = formatIasl("t", readNbft(table("multipath/")));
    const fields = fieldsOf(text);
    const value = (name: string) => fields.find((field) => field.name === name)?.value;
    expect(value("Structure ID")).toBe("01 [Control Descriptor]");
    expect(value("HFI Transport Type")).toBe("03 [tcp]");
    expect(value("IP Address")).toBe("00 00 00 00 00 00 00 00 00 00 FF FF C0 A8 65 1E [192.168.101.30]");
    expect(value("Subsystem NQN")).toBe('"nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db"');
    expect(value("Heap Offset")).toBe("000001E0");
    expect(text).toContain("                         HostID Configured : 1\n");
  });

  it("says what a wrong checksum should be, as iasl does", () => {
    const broken = patched(table("multipath/"), { 9: [0x07] });
    expect(formatIasl("t", readNbft(broken))).toContain("Checksum : 07     /* Incorrect checksum, should be 06 */\n");
  });

  it("continues long buffers under one another", () => {
    const text = formatIasl("t", readNbft(table("L02")));
    expect(text).toMatch(
      /^\[102h 0258 03Eh\] +Reserved : (00 ){15}00 \\\n {47}(00 ){15}00 \\\n {47}(00 ){15}00 \\\n {47}(00 ){13}00$/m,
    );
  });

  it("lets no text break its lines or comments", () => {
    const evil = patched(table("L02"), { 327: [...new TextEncoder().encode('\n*/"\x1b[31m\\')] });
    const text = formatIasl("a */ b\n\u202e", readNbft(evil));
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    expect(text).toContain(" * Disassembly of a *\\/ b\\n\\u202e\n");
    expect(text.indexOf("*/")).toBe(text.indexOf("\n */\n") + 2);
  });
});

/** What iasl's compiler makes of the subset of its language that we write, apart from the writer. */
function compile(source: string): Uint8Array {
  const lines = source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(" \\\n", " ")
    .split("\n")
    .map((line) => line.replace(/"([^"]*)"|\/\/.*$/g, (all) => (all.startsWith("//") ? "" : all)).trim())
    .filter((line) => line !== "");
  const sizes: Record<string, number> = {
    Signature: 4,
    "Table Length": 4,
    Revision: 1,
    Checksum: 1,
    "Oem ID": 6,
    "Oem Table ID": 8,
    "Oem Revision": 4,
    "Asl Compiler ID": 4,
    "Asl Compiler Revision": 4,
    UINT8: 1,
    UINT16: 2,
    UINT32: 4,
  };
  const labels = new Map<string, number>();
  const parts: { size: number; value: string }[] = [];
  let at = 0;
  for (const line of lines) {
    const [, name = "", value = ""] = /^(.+?) : (.*)$/.exec(line) ?? [];
    if (name === "Label") {
      expect(value).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
      expect(labels.has(value)).toBe(false);
      labels.set(value, at);
      continue;
    }
    const size = name === "String" ? value.length - 1 : name === "Buffer" ? value.split(/ +/).length : sizes[name];
    expect(size, line).toBeDefined();
    parts.push({ size: size!, value: name === "Buffer" ? `<${value}` : value });
    at += size!;
  }
  const number = (text: string): number => {
    const difference = /^\(\$(\w+) - \$(\w+)\)$/.exec(text);
    if (difference) return labels.get(difference[1]!)! - labels.get(difference[2]!)!;
    return text.startsWith("$") ? labels.get(text.slice(1))! : Number.parseInt(text, 16);
  };
  const bytes = new Uint8Array(at);
  let offset = 0;
  for (const { size, value } of parts) {
    if (value.startsWith("<"))
      bytes.set(
        value
          .slice(1)
          .split(/ +/)
          .map((pair) => Number.parseInt(pair, 16)),
        offset,
      );
    else if (value.startsWith('"')) bytes.set(new TextEncoder().encode(value.slice(1, -1)), offset);
    else for (let i = 0; i < size; i++) bytes[offset + i] = Math.floor(number(value) / 256 ** i) & 0xff;
    offset += size;
  }
  return bytes;
}

describe("source for iasl", () => {
  it.each(names)("of %s makes the same bytes", (_, bytes) => {
    const reading = readNbft(bytes);
    expect(compile(formatDsl("t", reading))).toEqual(reading.frame.bytes);
  });

  it("of any mutated table makes the same bytes (property)", () => {
    const bases = ["L02", "L13", "multipath/", "S11", "S21"].map(table);
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        fc.pre(bytes.length >= 128 && String.fromCharCode(...bytes.subarray(0, 4)) === "NBFT");
        const reading = readNbft(bytes);
        const source = formatDsl("t", reading);
        // Header text that no source can hold is said to differ.
        fc.pre(!source.includes("cannot be written here"));
        expect(compile(source)).toEqual(reading.frame.bytes);
      }),
      { numRuns: 150 },
    );
  });

  it("of a table that is cut where its heap begins says where that was", () => {
    const whole = table("L02");
    const { heapStart } = readNbft(whole).frame;
    const reading = readNbft(whole.slice(0, heapStart));
    expect(compile(formatDsl("t", reading))).toEqual(reading.frame.bytes);
  });

  it("refers to the heap by labels, which follow an edit", () => {
    const source = formatDsl("t", readNbft(table("L02")));
    expect(source).toContain("UINT32 : $HostHostNqn ");
    expect(source).toContain("UINT16 : ($HostHostNqnEnd - $HostHostNqn) ");
    const edited = source.replace(/String : "nqn\.2014[^"]*"/, 'String : "nqn.2026-01.org.example:host"');
    const { table: changed } = readNbft(compile(edited));
    expect(changed.host!.hostNqn).toBe("nqn.2026-01.org.example:host");
    expect(changed.ssns[0]!.subsystemNqn).toBe("nqn.2026-01.lab:s1");
    expect(changed.hfi[0]!.transportInfo!.mac).toBe("02:00:00:00:00:01");
  });

  it("says what cannot be written", () => {
    const odd = patched(table("L02"), { 10: [0xff, 0x22] });
    expect(formatDsl("t", readNbft(odd))).toContain("// bytes 10 to 15 cannot be written here: FF 22 42 20 20 20\n");
    expect(formatDsl("t", readNbft(table("S03")))).toContain(
      "// the table says 4294967295 bytes and has 749; iasl writes its own number\n",
    );
    const longer = Uint8Array.from([...table("L02"), 1, 2, 3]);
    expect(formatDsl("t", readNbft(longer))).toContain("// 3 bytes after the table are left out\n");
  });

  it("is ASCII, without control characters, whatever the table holds", () => {
    const evil = patched(table("L02"), { 327: [0x1b, 0x22, 0x0a, 0xff] });
    expect(formatDsl("ä*/\n", readNbft(evil))).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
