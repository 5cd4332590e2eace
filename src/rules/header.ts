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
    breaks: [rejected],
  }),
  readerRule("H002", "header", {
    breaks: [rejected, { who: "Linux", what: "does not take such a table from an initrd" }],
    fix: "writes the checksum that makes the sum 0",
  }),
  readerRule("H003", "header", {
    breaks: [rejected],
  }),
  readerRule("H004", "header", {
    fix: "writes the number of bytes available",
  }),
  readerRule("H005", "header", {
    breaks: [rejected],
    fix: "writes the number of bytes available, unless the table was truncated",
  }),
  readerRule("H006", "header", {
    breaks: [{ who: "libnvme", what: "sums the whole file and rejects the table when the extra bytes change the sum" }],
    fix: "cuts off what follows the table",
  }),
  readerRule("H007", "header", {
    breaks: [rejected],
  }),
  rule("header", {
    code: "H008",
    name: "minor-newer",
    severity: "warning",
    hint: "Write minor revision 1; Linux does not read a newer one",
    spec: section("A.4.1.2.1"),
    fix: "writes minor revision 1",
    check({ minorRevision }, context) {
      if (minorRevision > 1) context.report("minorRevision", `minor revision is ${minorRevision}, expected 0 or 1`);
    },
  }),
  rule("header", {
    code: "H009",
    name: "minor-old",
    severity: "info",
    hint: "Nothing is wrong; fields of revision 1.1 have no meaning in this table",
    spec: figure(9),
    breaks: [
      {
        who: "nvme-cli 3.0-rc1",
        what: "prints connection_timeout 0 for every such table, though the field is not there",
      },
    ],
    check({ minorRevision }, context) {
      if (minorRevision === 0) context.report("minorRevision", "minor revision is 0: a table of revision 1.0");
    },
  }),
  rule("header", {
    code: "H021",
    name: "minor-1",
    severity: "warning",
    hint: "Boot with nvme-cli 3.0 or newer, or let the firmware write minor revision 0",
    spec: figure(9),
    check({ minorRevision }, context) {
      if (minorRevision !== 1) return;
      context.report("minorRevision", "minor revision is 1: programs with libnvme 1.x (nvme-cli 2.x) reject the table");
    },
  }),
  rule("table", {
    code: "H010",
    name: "minor-0-with-1.1",
    severity: "info",
    hint: "Write minor revision 1, or transport info version 1 and extended information of 18 bytes",
    spec: figure(9),
    fix: "writes minor revision 1, or the 1.0 forms if no field of 1.1 has a value",
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
    hint: "Nothing breaks",
    spec: figure(9),
    fix: "replaces the blanks with NULs",
    check({ oemId }, context) {
      if (oemId.endsWith(" ")) context.report("oemId", `OEM ID is ${quote(oemId)}, expected NULs after the name`);
    },
  }),
  rule("header", {
    code: "H012",
    name: "oem-ascii",
    severity: "info",
    hint: "Use characters from 20h to 7Eh",
    spec: section("1.5.2"),
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
    hint: "Write zeros",
    spec: figure(9),
    fix: "writes zeros",
  }),
  readerRule("H014", "header", {
    fix: "sets the heap to everything after the lists",
  }),
  rule("header", {
    code: "H017",
    name: "heap-half",
    severity: "info",
    hint: "Write 0 to both, or both offset and length of the heap",
    spec: figure(9),
    fix: "sets the heap to everything after the lists",
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
    hint: "Refer to the driver's image path, as UEFI drivers do: Fv(GUID)/FvFile(GUID)",
    spec: section("3.2.1.4"),
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
    hint: "Correct offset and length of the reference",
    spec: section("3.2.1.4"),
  }),
  rule("header", {
    code: "H020",
    name: "drv-garbage",
    severity: "info",
    hint: "End the length with the string",
    spec: section("3.2.1.4"),
    fix: "ends the string after the driver's image path, if it begins with one",
  }),
];
