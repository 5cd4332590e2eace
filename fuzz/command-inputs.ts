import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { makeTable } from "../bench/tables.ts";
import { checksumFor } from "../src/acpi/checksum.ts";
import { encodeCpio } from "../src/acpi/cpio.ts";
import { hostileCases } from "../src/corpus/hostile-cases.ts";
import { createPrng } from "../src/corpus/prng.ts";
import { documentOf } from "../src/document/document.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { encodeDmpstore } from "../src/uefi/files/dmpstore.ts";
import { formatQemuJson } from "../src/uefi/files/qemu-json.ts";
import { createVariableStore } from "../src/uefi/store/create-store.ts";
import { editVariableStore } from "../src/uefi/store/edit-store.ts";
import type { Variable } from "../src/uefi/variable.ts";
import { everyPath, ipv4, ipv6 } from "./every-path.ts";

/** Commands that read one kind of file, a sound file of that kind, and the worst ones that we know: up to 128 KB. */
export interface InputKind {
  readonly kind: string;
  /** Words of the commands; `FILE` is the input, `SOUND` a sound one, `OUT` a file or folder to write. */
  readonly commands: readonly string[];
  readonly sound: Uint8Array;
  readonly inputs: Readonly<Record<string, Uint8Array>>;
  /** Commands and inputs that came nearest to the goal when all were measured: no sample leaves them out. */
  readonly dearest?: readonly (readonly [command: string, input: string])[];
}

const SIZE = 128 << 10;
const vectors = join(import.meta.dirname ?? "", "../test/vectors");
const examples = join(vectors, "../../examples");
const vector = (name: string) => Uint8Array.from(readFileSync(join(vectors, name)));
const text = (content: string) => new TextEncoder().encode(content);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A piece again and again, between a head and a tail, to the full size. */
function fill(piece: string | ((i: number) => string), head = "", tail = ""): Uint8Array {
  const parts = [head];
  for (let length = head.length + tail.length, i = 0; ; i++) {
    const next = typeof piece === "string" ? piece : piece(i);
    length += Buffer.byteLength(next);
    if (length > SIZE) break;
    parts.push(next);
  }
  return text(parts.join("") + tail);
}

/** The table that a command gets beside the input. */
export const soundTable = vector("firmware/multipath/NBFT.bin");

function withSum(bytes: Uint8Array): Uint8Array {
  bytes[9] = checksumFor(bytes, bytes.length);
  return bytes;
}

/** The largest table with every reference changed. */
function references(change: (offset: number, length: number, i: number) => readonly [number, number]): Uint8Array {
  const bytes = Uint8Array.from(makeTable({ hfi: 255, ssns: 255, discovery: 255, minorRevision: 1 }));
  const view = new DataView(bytes.buffer);
  const { frame } = readNbft(bytes);
  let i = 0;
  const places: Readonly<Record<"hfi" | "ssns" | "discovery", readonly number[]>> = {
    hfi: [16],
    ssns: [10, 16, 48, 54],
    discovery: [6, 12],
  };
  for (const [list, offsets] of Object.entries(places)) {
    const { offset, stride, count } = frame.lists[list as keyof typeof places];
    for (let entry = 0; entry < count; entry++) {
      for (const at of offsets.map((each) => offset + entry * stride + each)) {
        const [to, length] = change(view.getUint32(at, true), view.getUint16(at + 4, true), i++);
        view.setUint32(at, to, true);
        view.setUint16(at + 4, length, true);
      }
    }
  }
  return withSum(bytes);
}

const largest = makeTable({ hfi: 255, ssns: 255, discovery: 255 });
const heapOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(36, true);

function flipped(step: number): Uint8Array {
  const bytes = Uint8Array.from(largest);
  for (let at = 160; at < bytes.length; at += step) bytes[at]! ^= 0x81;
  return withSum(bytes);
}

const tables: Record<string, Uint8Array> = {
  "255 of each": largest,
  "every reference to one place": references(() => [heapOf(largest), 200]),
  "every reference to one place, 64 KB long": references(() => [heapOf(largest), 65535]),
  "every reference to a place of its own, 40 KB long": references((_, _length, i) => [heapOf(largest) + i, 40000]),
  "every length one more": references((offset, length) => [offset, length + 1]),
  "every length 0": references((offset) => [offset, 0]),
  "every reference outside": references((offset, length) => [offset + 0x7fff0000, length]),
  "every reference one byte on": references((offset, length) => [offset + 1, length]),
  "every SSNS through every HFI": everyPath(ipv4, true),
  "every SSNS through every HFI, no gateway": everyPath(ipv4, false),
  "every SSNS through every HFI, IPv6, no gateway": everyPath(ipv6, false),
  "every SSNS through every HFI, with a security profile": everyPath(ipv4, true, 255, true),
  "every 7th byte another": flipped(7),
  "every 32nd byte another": flipped(32),
  ...Object.fromEntries(hostileCases.map(({ name, make }) => [name, Uint8Array.from(make(createPrng(1)))])),
};

/** Pieces that YAML's reader, or ours, could take long for. */
const yamlTexts: Record<string, Uint8Array> = {
  "aliases of aliases": text(
    Array.from(
      { length: 20 },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? "x"
            : Array(9)
                .fill(`*a${i - 1}`)
                .join(",")
        }]`,
    ).join("\n"),
  ),
  "anchors, each used": fill((i) => `- &a${i} x\n- *a${i}\n`),
  "one anchor, used often": fill("- *a\n", "- &a {b: c}\n"),
  "one long list, used often": fill("- *a\n", `- &a [${Array(3000).fill("b").join(",")}]\n`),
  "anchors of one name": fill("- &a b\n"),
  "flow lists in flow lists": fill("["),
  "flow maps in flow maps": fill("{a: "),
  "block lists in block lists": fill("- "),
  "maps in maps": fill((i) => `${" ".repeat(i)}a:\n`),
  "a long flow list": fill("a, ", "[", "]"),
  "a long flow list of empty lists": fill("[],", "[", "]"),
  "a long flow map": fill((i) => `k${i}: v, `, "{", "}"),
  "many keys": fill((i) => `key${i}: 1\n`),
  "many keys of the document": fill((i) => `key${i}: 1\n`, "host:\n  hostNqn: nqn.2026-01.org.example:a\n"),
  "a key again and again": fill("host: 1\n"),
  "explicit keys": fill("? a\n: b\n"),
  errors: fill("a: b: c\n"),
  "open quotes": fill('"a\n'),
  tabs: fill("\ta: b\n"),
  "a long word": fill("x"),
  "a long quoted word": fill("\\u0041", '"', '"'),
  comments: fill("# a\n", "host: {}\n"),
  documents: fill("---\n"),
  directives: fill("%YAML 1.2\n"),
  tags: fill("- !a b\n"),
  "long tags": fill("- !!aaaaaaaaaaaaaaaa b\n"),
  "merge keys": fill("- <<: *a\n", "- &a {b: c}\n"),
  "block texts": fill("- |\n  a\n"),
  "folded texts": fill("- >\n  a\n\n  b\n"),
  "blank lines": fill("\n", "host: {}\n"),
  "lines of colons": fill(": "),
  "question marks": fill("? "),
};

const jsonTexts: Record<string, Uint8Array> = {
  "lists in lists": fill("["),
  "objects in objects": fill('{"a":'),
  numbers: fill("1,", "[", "1]"),
  keys: fill((i) => `"k${i}":1,`, "{", '"z":1}'),
  "a key again and again": fill('"host":{},', "{", '"host":{}}'),
  "a long text": fill("\\u0041", '{"host":"', '"}'),
  "an error at the end": fill('{"a":1},', "[", "]"),
  backslashes: fill("\\\\", '{"host":"', '"}'),
};

const documentText = JSON.stringify(documentOf(readNbft(soundTable)));
const items = (list: string, item: (i: number) => string) => fill((i) => `- ${item(i)}\n`, `${list}:\n`);
const documentTexts: Record<string, Uint8Array> = {
  subsystems: items("ssns", (i) => `{traddr: 10.0.0.1, subsystemNqn: "nqn.2026-01.lab:${i}", nsid: 1}`),
  "unknown keys in entries": items("ssns", (i) => `{tradr: 10.0.0.1, x${i}: 2}`),
  "wrong values": items("hfi", () => "{index: x}"),
  "empty entries": items("hfi", () => "{}"),
  "unknown keys in JSON": fill('{"tradr":1},', '{"ssns":[', "{}]}"),
  "wrong values in JSON": fill('{"traddr":1},', '{"ssns":[', "{}]}"),
  "sameAs in a chain": fill((i) => `{"subsystemNqn":{"sameAs":"ssns[${i + 1}].subsystemNqn"}},`, '{"ssns":[', "{}]}"),
};

const bootText = textOf(Uint8Array.from(readFileSync(join(examples, "dual-path.yaml"))));
const bootTexts: Record<string, Uint8Array> = {
  interfaces: items(
    "interfaces",
    (i) =>
      `{name: nic${i}, mac: "02:00:00:00:${((i >> 8) & 255).toString(16).padStart(2, "0")}:${(i & 255).toString(16).padStart(2, "0")}", address: 10.0.${(i >> 8) & 255}.${i & 255}/8}`,
  ),
  "unknown keys": fill((i) => `keys${i}: 1\n`, `${bootText}\n`),
  "unknown keys in interfaces": items("interfaces", () => "{adress: 1, nme: 2}"),
  attempts: fill((i) => `- {name: A${i}, from: nic0, to: target0}\n`, `${bootText}\nattempts:\n`),
};

const nbftRows = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
    const part = bytes.subarray(16 * row, 16 * row + 16);
    return `    ${(16 * row).toString(16).padStart(4, "0")}: ${Buffer.from(part).toString("hex").replace(/../g, "$& ")}\n`;
  }).join("");
const acpidump = `NBFT @ 0x0000000000000000\n${nbftRows(soundTable)}\n`;
const pasted: Record<string, Uint8Array> = {
  "tables of acpidump": fill(acpidump),
  "heads of acpidump": fill("NBFT @ 0x0000000000000000\n"),
  "rows of acpidump": fill("    0000: 4E 42 46 54\n", "NBFT @ 0x0000000000000000\n"),
  "a byte a row": fill((i) => `${i.toString(16).padStart(8, "0")}: 4e\n`),
  "hexadecimal digits": fill("4e424654"),
  "hexadecimal words": fill("4e424654 "),
  "hexadecimal numbers": fill("0x4e, "),
  base64: fill("TkJGV"),
  "base64 lines": fill("TkJGVAAAAAAAAAAA\n"),
  "tables in base64": fill(`${Buffer.from(soundTable).toString("base64")}\n\n`),
  "lines of iasl": fill('[000h 0000   4] Signature : "NBFT"\n'),
  "quoted lines": fill("> > > 00000000: 4e42 4654\n"),
  stars: fill("*\n", "00000000: 4e42 4654 2400 0000 0000 0000 0000 0000\n"),
  signatures: fill("NBFT"),
};

const showText = textOf(vector("forms/show-3.1-multipath.txt"));
const showJson = textOf(vector("forms/show-3.1-multipath.json"));
const shows: Record<string, Uint8Array> = {
  "texts again and again": fill(showText),
  "lines again and again": fill(`${showText.split("\n")[4]}\n`, showText),
  "rows of dashes": fill("-- ", showText),
  blanks: fill(" ", showText),
  "JSON again and again": fill(showJson.trim(), "", ""),
  "a list of JSON": fill(`${showJson.trim().replace(/^\[|\]$/g, "")},`, "[", "{}]"),
  brackets: fill("[", '[{"filename":"x","subsystem":'),
};

const efi = textOf(vector("forms/efibootmgr-18-v.txt"));
const variable = (i: number): Variable => ({
  guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c",
  name: `V${i}`,
  attributes: 7,
  data: Uint8Array.of(i),
});
const many = (count: number) => Array.from({ length: count }, (_, i) => variable(i));
const soundStore = editVariableStore(createVariableStore("2M"), [{ kind: "set", variable: variable(1) }]).bytes;
const fullStore = editVariableStore(
  createVariableStore("2M"),
  many(700).map((each) => ({ kind: "set", variable: each })),
).bytes;
function records(value: (at: number) => number): Uint8Array {
  return soundStore.map((byte, at) => (at < 200 || at > 0xe000 ? byte : value(at)));
}
const header = soundStore.slice(0x64, 0x64 + 60);
const stores: Record<string, Uint8Array> = {
  "a full store": fullStore,
  "headers of records": records((at) => header[(at - 200) % 60]!),
  "starts of records": records((at) => [0xaa, 0x55, 0x3f, 0][at % 4]!),
  volumes: Uint8Array.from({ length: SIZE }, (_, at) => soundStore[at % 128]!),
  "headers of volumes": fill("_FVH"),
  "JSON of many variables": text(formatQemuJson(many(1000)).slice(0, SIZE)),
  "JSON with many keys": fill((i) => `"k${i}":1,`, '{"version":2,"variables":[{', '"z":1}]}'),
  "dmpstore of many variables": encodeDmpstore(many(1400)).slice(0, SIZE),
  "efibootmgr, again and again": fill(efi),
  "efibootmgr with long paths": fill("/Pci(0x0,0x0)", `${efi.split("\n")[0]}\nBoot0001* A\tPciRoot(0x0)`),
  "efibootmgr with many options": fill(
    (i) => `Boot${(i % 65536).toString(16).toUpperCase().padStart(4, "0")}* A\tPciRoot(0x0)/Pci(0x1,0x0)\n`,
    "BootCurrent: 0001\nBootOrder: 0001\n",
  ),
  numbers: Uint8Array.from({ length: SIZE }, (_, i) => i >> (8 * (i & 1))),
};

const config = textOf(vector("firmware/multipath/Config"));
const configs: Record<string, Uint8Array> = {
  "starts of attempts": fill("$Start\n"),
  "ends of attempts": fill("$End\n"),
  attempts: fill("$Start\n$End\n"),
  "whole attempts": fill(config.slice(config.indexOf("$Start")), config.slice(0, config.indexOf("$Start"))),
  "lines without a key": fill(":x\n", config),
  "lines without a colon": fill("x\n", config),
  "empty lines": fill("\n", config),
  "unknown keys": fill((i) => `Key${i}:x\n`, config),
  "one key": fill("NQN:x\n", config),
  "host ids": fill("HostId:\n"),
  addresses: fill("LocalIp:fe80::1\n", `${config}$Start\n`),
  remarks: fill("#\n"),
  "a long line": fill("x", `${config}$Start\nNQN:`),
  zeros: new Uint8Array(SIZE),
};

const evidence = vector("evidence/connect-dual-path.nbft");
const evidenceText = Buffer.from(evidence).toString("latin1");
const evidences: Record<string, Uint8Array> = {
  "starts of files": fill("\n@@x BEGIN y\n"),
  files: fill("\n@@x BEGIN y\nz\n@@x END y 0\n"),
  "reports again and again": Uint8Array.from(Buffer.from(evidenceText.repeat(20).slice(0, SIZE), "latin1")),
  "a kernel log": fill("[    3.100000] nvme nvme0: failed to connect socket: -110\n"),
};

const cpio = (count: number) =>
  encodeCpio(Array.from({ length: count }, (_, i) => ({ name: `f${i}`, data: new Uint8Array() })));
const initramfs: Record<string, Uint8Array> = {
  "many empty files": cpio(1000).slice(0, SIZE),
  "heads of archives": fill("070701"),
  "heads of gzip": Uint8Array.from({ length: SIZE }, (_, i) => [0x1f, 0x8b, 8, 0][i % 4]!),
  "gzip of zeros": gzipSync(new Uint8Array(120 << 20)),
  "gzip of an archive of many files": gzipSync(cpio(50_000)).slice(0, SIZE),
  "gzip in gzip": gzipSync(gzipSync(new Uint8Array(120 << 20))),
};
const packed: Record<string, Uint8Array> = {
  ...initramfs,
  "memory full of root pointers": fill("RSD PTR \0\0\0\0\0\0\0\0"),
  "gzip of signatures": gzipSync(Buffer.alloc(100 << 20, "NBFT")),
};

const tableCommands = [
  ...["text", "json", "yaml", "ndjson", "hex", "nvme-cli-json", "nvme-cli-text", "iasl", "dsl", "acpidump"].map(
    (format) => `dump -o ${format} FILE`,
  ),
  ...["text", "json", "sarif", "github", "junit"].map((format) => `validate -o ${format} FILE`),
  "validate --info FILE",
  "tables FILE",
  "diff FILE SOUND",
  "diff SOUND FILE",
  ...["html", "svg", "mermaid"].map((format) => `report -o ${format} -w OUT FILE`),
  "explain FILE",
  "explain -v FILE",
  "explain -o json FILE",
  "explain -a FILE",
  "plan FILE",
  "plan -o nvme-fabrics FILE",
  "network FILE",
  "repair --dry-run FILE",
  "repair --dry-run --all FILE",
  "repair --dry-run --only H,O,P,T,S FILE",
  // Each mutant is checked as a table is.
  "mutate --count 1 -w OUT FILE",
  "init FILE",
  "initrd --allow-refused -w OUT FILE",
  "target FILE",
  "qemu FILE",
  "efidisk -w OUT FILE",
];

/** Every parser of the command line with its worst inputs. */
export const inputKinds: readonly InputKind[] = [
  {
    kind: "table",
    commands: tableCommands,
    sound: soundTable,
    inputs: tables,
    dearest: [
      ["report -o html -w OUT FILE", "every reference to a place of its own, 40 KB long"],
      ["report -o html -w OUT FILE", "every SSNS through every HFI, IPv6, no gateway"],
      ["dump -o yaml FILE", "every reference to a place of its own, 40 KB long"],
      ["dump -o yaml FILE", "every 7th byte another"],
      ["explain -a FILE", "255 of each"],
      ["explain -a FILE", "every SSNS through every HFI, IPv6, no gateway"],
      ["explain -a FILE", "hostile-255-ssns-heap-lists"],
    ],
  },
  {
    kind: "document",
    commands: ["encode -w OUT FILE", "validate FILE", "dump FILE"],
    sound: text(documentText),
    inputs: { ...yamlTexts, ...jsonTexts, ...documentTexts },
  },
  {
    kind: "boot description",
    commands: ["encode -w OUT FILE", "attempt convert -o config FILE", "predict FILE", "plan FILE"],
    sound: text(bootText),
    inputs: { ...yamlTexts, ...bootTexts },
    dearest: [["plan FILE", "unknown keys in interfaces"]],
  },
  {
    kind: "pasted text",
    commands: ["dump FILE", "tables FILE", "validate FILE"],
    sound: text(acpidump),
    inputs: pasted,
  },
  {
    kind: "nvme nbft show",
    commands: ["dump FILE", "validate FILE", "plan FILE"],
    sound: text(showText),
    inputs: shows,
  },
  {
    kind: "variable store",
    commands: [
      "vars list FILE",
      "vars show FILE",
      "vars check FILE",
      "vars compact FILE -w OUT -f",
      "vars set FILE Timeout -g global --hex 0500 -w OUT -f",
      "vars export FILE -o qemu-json -w OUT -f",
      "vars import FILE FILE -w OUT -f",
      "attempt format FILE",
      "predict FILE",
    ],
    sound: soundStore,
    inputs: stores,
    dearest: [["vars import FILE FILE -w OUT -f", "efibootmgr with many options"]],
  },
  {
    kind: "Config",
    commands: [
      "attempt check FILE",
      "attempt check -o json FILE",
      "attempt check -o sarif FILE",
      "attempt format FILE",
      "attempt convert -o boot FILE",
      "predict FILE",
      "efidisk --config FILE -w OUT",
      "plan FILE",
    ],
    sound: text(config),
    inputs: configs,
    dearest: [
      ["attempt check -o sarif FILE", "lines without a colon"],
      ["efidisk --config FILE -w OUT", "one key"],
    ],
  },
  { kind: "evidence", commands: ["verify FILE", "verify -o json FILE"], sound: evidence, inputs: evidences },
  { kind: "initramfs", commands: ["explain --initrd FILE SOUND"], sound: cpio(3), inputs: initramfs },
  { kind: "container", commands: ["dump FILE", "tables FILE"], sound: soundTable, inputs: packed },
  {
    kind: "secret",
    commands: ["secret check FILE"],
    sound: text("DHHC-1:00:x:\n"),
    inputs: { lines: fill("DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:\n"), words: fill("x\n") },
  },
];
