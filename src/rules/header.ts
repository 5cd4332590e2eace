import { nbftHeader } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { rejected } from "./breakages.ts";
import { reservedRule } from "./generic.ts";
import { isPlain, quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const { oemId: oemIdField, oemTableId: oemTableIdField } = nbftHeader.fields;

/** Rules about the bytes as a table, and about the header. */
export const headerRules: readonly AnyRule[] = [
  readerRule("H001", "header", {
    summary: "There are at least 128 bytes: the header and the Control Descriptor.",
    why: "Everything else is found through these two structures.",
    breaks: [rejected],
    good: { table: "bare" },
    bad: [{ cut: 127, finds: ["header"] }],
  }),
  readerRule("H002", "header", {
    summary: "The bytes of the table add up to 0 modulo 256.",
    why: "The specification sums the bytes that Length covers. libnvme sums the whole file, so that bytes after the table change its verdict.",
    breaks: [rejected, { who: "Linux", what: "does not take such a table from an initrd" }],
    fix: "writes the checksum that makes the sum 0",
    good: {},
    bad: [{ checksum: 0, finds: ["header.checksum"] }],
  }),
  readerRule("H003", "header", {
    summary: "The signature is NBFT.",
    why: "The signature is the only thing that tells an NBFT from other bytes.",
    breaks: [rejected],
    good: {},
    bad: [{ stored: { "header.signature": "IBFT" }, finds: ["header.signature"] }],
  }),
  readerRule("H004", "header", {
    summary: "Length is at least 128.",
    why: "A table holds at least the header and the Control Descriptor.",
    fix: "writes the number of bytes that are there",
    good: {},
    bad: [{ stored: { "header.length": 127 }, finds: ["header.length"] }],
  }),
  readerRule("H005", "header", {
    summary: "Length is not more than the bytes that are there.",
    why: "Either the capture is cut or Length is wrong; nothing may be allocated or read by it.",
    breaks: [rejected],
    fix: "writes the number of bytes that are there, unless the table was cut",
    good: {},
    bad: [{ stored: { "header.length": 0xffffffff }, finds: ["header.length"] }],
  }),
  readerRule("H006", "header", {
    summary: "Nothing follows the table.",
    why: "Linux shows exactly Length bytes in sysfs; other captures may be padded. The table itself ends at Length.",
    breaks: [{ who: "libnvme", what: "sums the whole file and rejects the table when the extra bytes change the sum" }],
    fix: "cuts off what follows the table",
    good: {},
    bad: [{ trailing: [0, 0, 0, 0], finds: ["header.length"] }],
  }),
  readerRule("H007", "header", {
    summary: "The major revision is 1.",
    why: "A reader does not accept a table of a higher major revision (A.4.1.2.1): its layout may be another one, so nothing else is judged.",
    breaks: [rejected],
    good: {},
    bad: [{ model: { "header.majorRevision": 2 }, finds: ["header.majorRevision"] }],
  }),
  rule("header", {
    code: "H008",
    name: "minor-newer",
    severity: "warning",
    summary: "The minor revision is one that readers know: 0 or 1.",
    why: "Specification: a reader accepts every minor revision of a major revision that it knows. Practice: libnvme rejects 2 and above, so Linux does not boot from such a table.",
    hint: "Write minor revision 1 unless the table needs a newer one; Linux does not read it then",
    spec: section("A.4.1.2.1"),
    fix: "writes minor revision 1",
    good: {},
    bad: [{ model: { "header.minorRevision": 2 }, finds: ["header.minorRevision"] }],
    check({ minorRevision }, context) {
      if (minorRevision > 1) context.report("minorRevision", `minor revision is ${minorRevision}, expected 0 or 1`);
    },
  }),
  rule("header", {
    code: "H009",
    name: "minor-old",
    severity: "info",
    summary: "The minor revision is 1: the table is of revision 1.1 or newer.",
    why: "A table of revision 1.0 has no HFI extended information, no connection timeout and no error details; their bytes were reserved.",
    hint: "Nothing is wrong; fields of revision 1.1 have no meaning in this table",
    spec: figure(9),
    breaks: [
      {
        who: "nvme-cli 3.0-rc1",
        what: "prints connection_timeout 0 for every such table, though the field is not there",
      },
    ],
    good: {},
    bad: [{ model: { "header.minorRevision": 0 }, finds: ["header.minorRevision"] }],
    check({ minorRevision }, context) {
      if (minorRevision === 0) context.report("minorRevision", "minor revision is 0: a table of revision 1.0");
    },
  }),
  rule("header", {
    code: "H021",
    name: "minor-1",
    severity: "warning",
    summary: "The minor revision is 0: the table is one that every reader in use takes.",
    why: "Specification: 1 is the minor revision since NVMe Boot 1.1. Practice: libnvme 1.x, which nvme-cli 2.x, dracut, NetworkManager, wicked and nvme-stas 2.4 read with, takes revision 1.0 alone and rejects the whole table.",
    hint: "Boot with nvme-cli 3.0 or newer, or let the firmware write minor revision 0",
    spec: figure(9),
    good: { model: { "header.minorRevision": 0 } },
    bad: [{ finds: ["header.minorRevision"] }],
    check({ minorRevision }, context) {
      if (minorRevision !== 1) return;
      context.report("minorRevision", "minor revision is 1: programs with libnvme 1.x (nvme-cli 2.x) reject the table");
    },
  }),
  rule("table", {
    code: "H010",
    name: "minor-0-with-1.1",
    severity: "info",
    summary: "A table of minor revision 0 has nothing that came with revision 1.1.",
    why: "A reader of revision 1.0 takes transport info version 2 and extended information of 23 bytes for reserved bytes.",
    hint: "Write minor revision 1, or transport info version 1 and extended information of 18 bytes",
    spec: figure(9),
    fix: "writes minor revision 1, or the 1.0 forms where nothing of 1.1 says anything",
    good: {},
    bad: [
      {
        model: { "header.minorRevision": 0 },
        finds: ["hfi[0].transportInfo.transportInfoVersion"],
      },
      {
        model: {
          "header.minorRevision": 0,
          "hfi[0].transportInfo": undefined,
          "hfi[1].transportInfo": undefined,
        },
        finds: ["ssns[0].extendedInfo"],
      },
    ],
    check({ header, hfi, ssns }, context) {
      if (header.minorRevision !== 0) return;
      for (let i = 0; i < hfi.length; i++) {
        const version = hfi[i]!.transportInfo?.transportInfoVersion ?? 0;
        if (version < 2) continue;
        const path = `hfi[${i}].transportInfo.transportInfoVersion`;
        return context.reportAt(
          path,
          `transport info version is ${version} in a table of minor revision 0, expected 1`,
        );
      }
      for (let i = 0; i < ssns.length; i++) {
        if (ssns[i]!.extendedInfo?.nceec === undefined) continue;
        const message = "extended information has 23 bytes or more in a table of minor revision 0, expected 18";
        return context.reportAt(`ssns[${i}].extendedInfo`, message);
      }
    },
  }),
  rule("header", {
    code: "H011",
    name: "oem-pad",
    severity: "info",
    summary: "The OEM ID ends in NULs.",
    why: "Specification: trailing bytes are NUL. Practice: every firmware seen pads with blanks, as ACPI tables do.",
    hint: "Nothing breaks",
    spec: figure(9),
    fix: "writes NULs in place of the blanks",
    good: {},
    bad: [{ model: { "header.oemId": "DELL  " }, finds: ["header.oemId"] }],
    check({ oemId }, context) {
      if (oemId.endsWith(" ")) context.report("oemId", `OEM ID is ${quote(oemId)}, expected NULs after the name`);
    },
  }),
  rule("header", {
    code: "H012",
    name: "oem-ascii",
    severity: "info",
    summary: "OEM ID and OEM Table ID are printable ASCII.",
    why: "Tools print both as they are.",
    hint: "Use characters from 20h to 7Eh",
    spec: section("1.5.2"),
    good: {},
    bad: [{ model: { "header.oemId": "\u0001\u00ff" }, finds: ["header.oemId"] }],
    check({ oemId, oemTableId }, context) {
      if (!isPlain(context.bytes, oemIdField.at, oemIdField.at + oemIdField.size))
        context.report("oemId", `OEM ID ${quote(oemId)} has characters outside 20h to 7Eh`);
      if (!isPlain(context.bytes, oemTableIdField.at, oemTableIdField.at + oemTableIdField.size)) {
        context.report("oemTableId", `OEM Table ID ${quote(oemTableId)} has characters outside 20h to 7Eh`);
      }
    },
  }),
  reservedRule("header", nbftHeader, [], {
    code: "H013",
    name: "hdr-reserved",
    severity: "info",
    summary: "Reserved bytes of the header are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(9),
    fix: "writes zeros",
    good: {},
    bad: [{ stored: { "header.reserved51": 1 }, finds: ["header.reserved51"] }],
  }),
  readerRule("H014", "header", {
    summary: "The heap lies inside the table.",
    why: "Offset plus length, without wrapping at 2^32, is not more than Length. Readers that added in 32 bits have been exploitable.",
    fix: "makes everything after the lists the heap",
    good: {},
    bad: [{ stored: { "header.heapOffset": 0xfffffff0, "header.heapLength": 0x20 }, finds: ["header.heapOffset"] }],
  }),
  rule("header", {
    code: "H017",
    name: "heap-half",
    severity: "info",
    summary: "Heap Offset and Heap Length are both zero or both not.",
    why: "A table without heap has neither.",
    hint: "Write 0 to both, or give the heap's place",
    spec: figure(9),
    fix: "makes everything after the lists the heap",
    good: { table: "plain" },
    bad: [{ stored: { "header.heapLength": 0 }, finds: ["header.heapLength"] }],
    check(_, context) {
      const { heapOffset, heapLength } = context.frame.header;
      if ((heapOffset === 0) === (heapLength === 0)) return;
      if (heapLength === 0) context.report("heapLength", `heap length is 0 but heap offset is ${heapOffset}`);
      else context.report("heapOffset", `heap offset is 0 but heap length is ${heapLength}`);
    },
  }),
  rule("header", {
    code: "H018",
    name: "drv-missing",
    severity: "info",
    summary: "The table names the driver that wrote it.",
    why: "Section 3.2.1.4 asks for a driver signature; it tells apart the tables of several drivers. No reader known uses it.",
    hint: "Refer to the driver's image path, as UEFI drivers do: Fv(GUID)/FvFile(GUID)",
    spec: section("3.2.1.4"),
    good: {},
    bad: [{ model: { "header.driverSignature": undefined }, finds: ["header.driverSignature"] }],
    check(_, context) {
      if (context.empty(nbftHeader.fields.driverSignature.at)) {
        context.report("driverSignature", "no driver signature, expected one that identifies the driver");
      }
    },
  }),
  rule("header", {
    code: "H019",
    name: "drv-bad-ref",
    severity: "info",
    summary: "The driver signature lies inside the heap.",
    why: "It is a heap object like any other; no reader known uses it.",
    hint: "Correct offset and length of the reference",
    spec: section("3.2.1.4"),
    good: {},
    bad: [{ stored: { "header.driverSignatureRef": { offset: 4 } }, finds: ["header.driverSignatureRef"] }],
  }),
  rule("header", {
    code: "H020",
    name: "drv-garbage",
    severity: "info",
    summary: "The driver signature is UTF-8 text.",
    why: "Shipping firmware has left bytes of its memory pool after the path, inside the length.",
    hint: "Let the length end with the text",
    spec: section("3.2.1.4"),
    fix: "ends the text with the driver's image path, if it begins with one",
    good: {},
    bad: [
      { stored: { "header.driverSignature": [0xaf, 0xaf] }, finds: ["header.driverSignature"] },
      { stored: { "header.driverSignature": [0x1b] }, finds: ["header.driverSignature"] },
    ],
  }),
];
