import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checksumFor } from "../src/acpi/checksum.ts";
import { readFile } from "../src/acpi/container.ts";
import { readTree } from "../src/acpi/container-tree.ts";
import { encodeCpio } from "../src/acpi/cpio.ts";
import { memoryTree } from "../src/acpi/file-tree.ts";
import { bytesReader } from "../src/acpi/reader.ts";
import { decodeTableLoader } from "../src/acpi/table-loader.ts";
import { textTables } from "../src/acpi/text-tables.ts";
import { parseBootDescription } from "../src/boot/parse.ts";
import { readAsLibnvme } from "../src/consumers/libnvme/libnvme.ts";
import { bareDocumentOf, documentOf } from "../src/document/document.ts";
import { ndjsonLine } from "../src/document/ndjson.ts";
import { encodeDocument, parseDocument } from "../src/document/read-document.ts";
import { NbftError } from "../src/errors.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { spansOf } from "../src/nbft/read/spans.ts";
import { formatHexDump } from "../src/output/hex-dump.ts";
import { reportHtml } from "../src/output/report/html.ts";
import { formatTable } from "../src/output/table-tree.ts";
import { validate } from "../src/rules/validate.ts";
import { describeVariable } from "../src/uefi/describe-variable.ts";
import { readVariables } from "../src/uefi/files/variable-file.ts";
import { checkConfig } from "../src/uefi/setattempt/check-config.ts";
import { checkVariables } from "../src/uefi/store/check-store.ts";
import { createVariableStore } from "../src/uefi/store/create-store.ts";
import { editVariableStore } from "../src/uefi/store/edit-store.ts";
import { verifyBoot } from "../src/verify/verify.ts";
import { sourceTargets } from "./source-targets.ts";
import type { Target } from "./target.ts";
import { repairTarget, validTargets } from "./valid-targets.ts";

const vectors = join(import.meta.dirname ?? "", "../test/vectors");

function filesBelow(folder: string, accept: (name: string) => boolean = () => true, most = 512 * 1024): Uint8Array[] {
  const root = join(vectors, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .sort()
    .filter((name) => accept(name) && statSync(join(root, name)).isFile() && statSync(join(root, name)).size <= most)
    .map((name) => Uint8Array.from(readFileSync(join(root, name))));
}

const text = (content: string) => new TextEncoder().encode(content);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const tables = [
  ...filesBelow("nbft", (name) => !name.includes("expected") && !name.endsWith(".md")),
  ...filesBelow("firmware", (name) => name.endsWith("NBFT.bin")),
];
const configs = filesBelow("firmware", (name) => name.endsWith("Config"));
const small = tables.filter(({ length }) => length < 2048);

function withChecksum(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 128) return bytes;
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  bytes[9] = checksumFor(bytes, Math.min(Math.max(stated, 128), bytes.length));
  return bytes;
}

function expect(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Reading alone, as fast as it goes. */
const nbft: Target = {
  name: "nbft",
  seeds: tables,
  repair: withChecksum,
  run: (bytes) => {
    readNbft(bytes);
  },
};

/** Everything that is made of a table: every byte owned, the document gives the table back, output bounded and escaped. */
const nbftEverything: Target = {
  name: "nbft-everything",
  seeds: small,
  repair: withChecksum,
  run: (bytes) => {
    const reading = readNbft(bytes);
    let at = 0;
    for (const { offset, length } of spansOf(reading.frame)) {
      expect(offset === at && length > 0, `span at ${offset}, expected one at ${at}`);
      at += length;
    }
    expect(at === bytes.length, `spans end at ${at} of ${bytes.length}`);
    const back = encodeDocument(JSON.parse(JSON.stringify(documentOf(reading))));
    expect(
      back.length === bytes.length && back.every((byte, i) => byte === bytes[i]),
      "the document does not give the table back",
    );
    const line = ndjsonLine("x", reading.table);
    expect(/^[^\u0000-\u001f\u007f-\u009f]+\n$/.test(line), "NDJSON is not one line of text");
    const shown = formatTable("x", reading) + formatHexDump("x", reading);
    expect(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(shown), "a control character is shown");
    expect(
      JSON.stringify(bareDocumentOf(reading.table)).length < 40 * bytes.length + 4096,
      "the document is too large",
    );
    for (const { offset, length } of validate(bytes))
      expect(offset >= 0 && length >= 0 && offset <= bytes.length + length, "a finding lies outside");
    expect(!reportHtml({ tables: [{ name: "x", reading }] }).includes("<script>alert"), "markup comes through");
  },
  words: [text("<script>alert(1)</script>"), text("\u001b[2J"), text("nqn.2014-08.org.nvmexpress.discovery\0")],
};

const libnvme: Target = {
  name: "libnvme-model",
  seeds: tables,
  repair: withChecksum,
  run: (bytes) => {
    readAsLibnvme(bytes);
    for (const release of ["2.7", "2.16", "3.1"]) readAsLibnvme(bytes, release);
  },
};

const validation: Target = {
  name: "validate",
  seeds: small,
  repair: withChecksum,
  run: (bytes) => {
    expect(validate(bytes).length < 60_000, "too many findings");
  },
};

const dumps = filesBelow("acpi", (name) => /acpidump.*\.txt$/.test(name));
const dump: Target = {
  name: "acpidump-text",
  seeds:
    dumps.length > 0
      ? dumps
      : [text("NBFT @ 0x0000000000000000\n    0000: 4E 42 46 54 24 00 00 00 01 00 00 00 00 00 00 00  NBFT$...\n")],
  words: [text("NBFT @ 0x"), text("    0000: 4E 42 "), text("\r\n"), text("FFFFFFF0: ")],
  run: (bytes) => {
    textTables(textOf(bytes), "acpidump");
  },
};

const forms = filesBelow("forms", (name) => !/^show|README/.test(name));
const pastedText: Target = {
  name: "pasted-text",
  seeds: forms.length > 0 ? forms : [text("00000000: 4e42 4654 2400 0000  NBFT$...\n00000008: 0100 0000 0000 0000\n")],
  words: ["> ", "*\n", "4e42 4654", "424e 5446", "0x5446424e", "TkJGV", "[    1.234567] ", "00000010  ", " | "].map(
    text,
  ),
  run: (bytes) => {
    const pasted = textOf(bytes);
    for (const { tables } of [textTables(pasted)])
      for (const { bytes: table } of tables)
        expect(table.length <= 2 * pasted.length + (1 << 17), "a text becomes a larger table");
  },
};

const containers: Target = {
  name: "container",
  seeds: [...small, ...dumps, encodeCpio([{ name: "kernel/firmware/acpi/nbft.aml", data: small[0]! }]), memoryImage()],
  words: [text("RSD PTR "), text("070701"), Uint8Array.of(0x7f, 0x45, 0x4c, 0x46)],
  run: (bytes) => {
    readFile(bytesReader(bytes));
    for (const from of ["memory", "initrd", "hex", "iasl", "tables"] as const) {
      try {
        readFile(bytesReader(bytes), { from });
      } catch (error) {
        if (!isOwn(error)) throw error;
      }
    }
  },
};

/** 8 KiB of memory with a root pointer, a table of tables and a table. */
function memoryImage(): Uint8Array {
  const image = new Uint8Array(8192);
  const view = new DataView(image.buffer);
  image.set(text("RSD PTR "), 16);
  image[31] = 0;
  view.setUint32(32, 1024, true);
  image.set(text("RSDT"), 1024);
  view.setUint32(1028, 40, true);
  view.setUint32(1024 + 36, 2048, true);
  image.set(small[0]!, 2048);
  image[24] = (0x100 - image.subarray(16, 36).reduce((sum, byte) => (sum + byte) & 0xff, 0)) & 0xff;
  image[1024 + 9] = checksumFor(image.subarray(1024, 1064), 40);
  return image;
}

const capture: Target = {
  name: "fw-cfg-capture",
  seeds: loaders(),
  run: (bytes) => {
    const half = bytes.length >> 1;
    readTree(
      memoryTree({
        "etc/table-loader": bytes.subarray(0, half),
        "etc/acpi/tables": bytes.subarray(half),
        "etc/acpi/rsdp": bytes.subarray(0, 36),
      }),
      "fw-cfg",
    );
  },
};

function loaders(): Uint8Array[] {
  const script = new Uint8Array(4096 * 2);
  script[0] = 1;
  script.set(text("etc/acpi/tables"), 4);
  script[128] = 3;
  script.set(text("etc/acpi/tables"), 132);
  script.set(small[0]!, 4096);
  const captured = filesBelow("acpi", (name) => /table-loader|acpi%2Ftables/.test(name));
  return [script, ...captured];
}

const loader: Target = {
  name: "table-loader",
  seeds: loaders(),
  run: (bytes) => {
    decodeTableLoader(bytes);
  },
};

const store: Target = {
  name: "variable-store",
  seeds: [...smallStores(), ...filesBelow("firmware", (name) => /Nvmeof/.test(name))],
  words: [Uint8Array.of(0xaa, 0x55, 0x3f, 0), text("_FVH")],
  run: (bytes) => {
    checkVariables(bytes);
    for (const variable of readVariables(bytes)) describeVariable(variable);
  },
};

/** The first 96 KiB of pristine stores with a variable: what is after is filler. */
function smallStores(): Uint8Array[] {
  const variable = {
    guid: "1509cae7-7044-4392-a247-3f870a197142",
    name: "NvmeofGlobalData",
    attributes: 3,
    data: new Uint8Array(754),
  };
  const store = editVariableStore(createVariableStore("2M"), [{ kind: "set", variable }]).bytes;
  return [store, store.slice(0, 96 * 1024)];
}

const setattempt: Target = {
  name: "setattempt-text",
  seeds: configs,
  words: ["$Start\n", "$End\n", "MacString:", "#", "NID:urn:uuid:", "\r\n", "HostId:", ":TRUE\n"].map(text),
  run: (bytes) => {
    checkConfig(bytes);
  },
};

const documents: Target = {
  name: "documents",
  seeds: [
    ...small
      .slice(0, 12)
      .map((bytes) => (bytes.length >= 128 ? text(JSON.stringify(documentOf(readNbft(bytes)))) : text("{}"))),
    text(
      "host: {hostNqn: nqn.2026-01.lab:h}\nhfi:\n- transportInfo: {mac: '02:00:00:00:00:01', ipAddress: 192.0.2.1}\nssns:\n- {traddr: 192.0.2.2, subsystemNqn: nqn.2026-01.lab:s, nid: 01010101-0101-0101-0101-010101010101}\n",
    ),
  ],
  words: [
    '"sameAs":"ssns[0].subsystemNqn"',
    "&a [*a]",
    "*a",
    '"__proto__":',
    "4294967295",
    '"layout":{"style":"edk2"}',
    "!!binary ",
    "\n  - ",
  ].map(text),
  run: (bytes) => {
    encodeDocument(parseDocument(textOf(bytes)));
  },
};

const descriptions: Target = {
  name: "boot-description",
  seeds: readdirSync(join(vectors, "../../examples"))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => Uint8Array.from(readFileSync(join(vectors, "../../examples", name)))),
  words: ["- name: ", "&a ", "*a", "<<: *a", "\n  ", "{}", "[]", "nqn."].map(text),
  run: (bytes) => {
    parseBootDescription(textOf(bytes));
  },
};

const evidence: Target = {
  name: "evidence",
  seeds: filesBelow("evidence", (name) => name.endsWith(".nbft"), 256 * 1024).map((bytes) => bytes.slice(0, 48 * 1024)),
  words: [text("\n@@"), text(" BEGIN "), text(" END "), text(" DONE")],
  run: (bytes) => {
    verifyBoot(bytes);
  },
};

/** Every parser of the library that takes bytes or text from outside. */
export const targets: readonly Target[] = [
  nbft,
  nbftEverything,
  libnvme,
  validation,
  dump,
  pastedText,
  containers,
  capture,
  loader,
  store,
  setattempt,
  documents,
  descriptions,
  evidence,
  repairTarget(small, withChecksum),
  ...sourceTargets([...filesBelow("forms", (name) => name !== "README.md"), ...configs]),
  ...validTargets,
].filter(({ seeds }) => seeds.length > 0);

/** Whether an error is the library's own. */
export function isOwn(error: unknown): boolean {
  return error instanceof NbftError;
}
