import { hostDescriptor } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { rejected } from "./breakages.ts";
import type { HostIdOrder, RuleContext } from "./context.ts";
import { longNqn } from "./example-texts.ts";
import { reservedBits, reservedRule } from "./generic.ts";
import { isUuid, placeOfUuid, uuidOrder } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const zero = "00000000-0000-0000-0000-000000000000";
const ones = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const hostIgnored = {
  who: "nvme-cli",
  what: "treats a Host ID whose first byte is 0 as absent and connects with another; the kernel refuses one Host NQN with two Host IDs",
};

const reservedFlags = reservedBits(hostDescriptor, "flags", "O003");

const { hostId: idField, hostNqn: nqnField } = hostDescriptor.fields;

/** Whether all bytes of the Host ID are one value. */
function isAll({ view, at }: RuleContext, word: number): boolean {
  const id = at + idField.at;
  return (
    view.getUint32(id) === word &&
    view.getUint32(id + 4) === word &&
    view.getUint32(id + 8) === word &&
    view.getUint32(id + 12) === word
  );
}

/** How the Host ID relates to the UUID of the host NQN; nothing where one of them is none. Three rules ask. */
function hostIdOrder(hostNqn: string | undefined, context: RuleContext): HostIdOrder {
  if (context.hostIdOrder === null) context.hostIdOrder = compareHostId(hostNqn, context);
  return context.hostIdOrder;
}

function compareHostId(hostNqn: string | undefined, context: RuleContext): HostIdOrder {
  if (hostNqn === undefined || isAll(context, 0) || isAll(context, 0xffffffff)) return undefined;
  const { bytes, view } = context;
  const uuid = placeOfUuid(bytes, view, context.targetOf(nqnField.at), hostNqn.length);
  if (uuid < 0) return undefined;
  const order = uuidOrder(bytes, context.at + idField.at, uuid);
  // What gives the Host ID's bytes is a UUID.
  return order === "other" && !isUuid(bytes, uuid) ? undefined : order;
}

/** Rules about the Host Descriptor. */
export const hostRules: readonly AnyRule[] = [
  readerRule("O001", "host", {
    summary: "The Host Descriptor has structure id 2.",
    why: "There is exactly one Host Descriptor, and no reader uses a table without it.",
    breaks: [rejected],
    stops: true,
    fix: "writes 02h, if a Host Descriptor stands in its place",
    good: {},
    bad: [{ model: { "host.structureId": 3 }, finds: ["host.structureId"] }],
  }),
  readerRule("O002", "host", {
    summary: "The Host Descriptor is valid.",
    why: "A host that connects needs the identity that it gives.",
    breaks: [rejected],
    stops: true,
    fix: "sets the flag, if the host NQN can be read",
    good: {},
    bad: [{ model: { "host.flags.valid": false }, finds: ["host.flags.valid"] }],
  }),
  rule("host", {
    code: "O003",
    name: "host-flags",
    severity: "info",
    summary:
      "Reserved bits of the host flags are zero, and so is not a reserved value used for the Primary Admin Host.",
    why: "Bits 7 to 5 and the value 3 have no meaning; nvme-cli prints the latter as reserved.",
    hint: "Write zeros",
    spec: figure(10),
    fix: "clears the bits",
    good: {},
    bad: [
      { model: { "host.flags.reserved": 0x80 }, finds: ["host.flags"] },
      { model: { "host.flags.primaryAdminHost": "reserved" }, finds: ["host.flags.primaryAdminHost"] },
    ],
    check(host, context) {
      reservedFlags(context);
      if (host.flags.primaryAdminHost === "reserved") {
        context.report("flags.primaryAdminHost", "Primary Admin Host is 3, which is reserved; expected 0 to 2");
      }
    },
  }),
  rule("host", {
    code: "O004",
    name: "nqn-empty",
    severity: "error",
    summary: "There is a host NQN.",
    why: "A host always has a name when it connects. Firmware with nothing configured has published tables without one.",
    hint: "Give the host NQN; the default is made of the SMBIOS system UUID",
    spec: figure(10),
    breaks: [rejected],
    good: {},
    bad: [{ model: { "host.hostNqn": undefined }, finds: ["host.hostNqn"] }],
    check(_, context) {
      if (context.empty(hostDescriptor.fields.hostNqn.at)) context.report("hostNqn", "no host NQN, expected one");
    },
  }),
  rule("host", {
    code: "O005",
    name: "nqn-bad",
    severity: "error",
    fatal: true,
    summary: "The host NQN is a text inside the heap that a NUL ends.",
    why: "Without the host NQN no reader uses the table.",
    hint: "Correct offset and length of the reference; let the length count the NUL",
    spec: figure(10),
    breaks: [rejected],
    fix: "moves a host NQN without a NUL to the end of the heap",
    good: {},
    bad: [{ stored: { "host.hostNqnRef": { offset: 0x10 } }, finds: ["host.hostNqnRef"] }],
  }),
  rule("host", {
    code: "O006",
    name: "nqn-syntax",
    severity: "warning",
    summary: "The host NQN follows the grammar of NQNs and has at most 223 bytes.",
    why: "Controllers compare host NQNs byte by byte and may refuse others.",
    hint: "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    good: { model: { "host.hostNqn": "nqn.2024-01.com.example:host-1" } },
    bad: [
      { model: { "host.hostNqn": "host-1" }, finds: ["host.hostNqn"] },
      { model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:1234" }, finds: ["host.hostNqn"] },
      { heap: longNqn, stored: { "host.hostNqnRef": { added: 0, length: longNqn.length } }, finds: ["host.hostNqn"] },
    ],
    check({ hostNqn }, context) {
      // A UUID that was found in it shows that the NQN is sound.
      if (hostNqn === undefined || hostIdOrder(hostNqn, context) !== undefined) return;
      const trouble = context.nqnTrouble(hostNqn, nqnField.at);
      if (trouble) context.report("hostNqn", `host NQN ${trouble.message}`);
    },
  }),
  rule("host", {
    code: "O014",
    name: "nqn-case",
    severity: "info",
    summary: "The UUID of a host NQN is in lower case.",
    why: "Controllers compare host NQNs byte by byte, and readers do not agree on the case: what is copied from one of them may not be what connects.",
    hint: "Write the UUID in lower case, in the firmware and in what the target allows",
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    good: {},
    bad: [
      {
        model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:F8131BAC-CDEF-4165-866B-5998C1E67890" },
        finds: ["host.hostNqn"],
      },
    ],
    check({ hostNqn }, context) {
      if (hostNqn === undefined || hostIdOrder(hostNqn, context) === undefined) return;
      const uuid = hostNqn.slice(hostNqn.lastIndexOf(":") + 1);
      if (uuid === uuid.toLowerCase()) return;
      context.report("hostNqn", `UUID of the host NQN is ${uuid}, expected ${uuid.toLowerCase()}`);
    },
  }),
  rule("host", {
    code: "O007",
    name: "hostid-zero",
    severity: "warning",
    summary: "The Host ID is not zero.",
    why: "Zero says that there was no source for one; the host then connects with an identity of its own.",
    hint: "Give the Host ID that the firmware used",
    spec: figure(10),
    breaks: [hostIgnored],
    fix: "writes the UUID of the host NQN, if it has one",
    good: {},
    bad: [{ model: { "host.hostId": zero }, finds: ["host.hostId"] }],
    check(_, context) {
      if (isAll(context, 0)) context.report("hostId", "Host ID is all zero, expected the one that the firmware used");
    },
  }),
  rule("host", {
    code: "O008",
    name: "hostid-ff",
    severity: "info",
    summary: "The Host ID is not all ones.",
    why: "Early firmware wrote FFh where it had no Host ID.",
    hint: "Give the Host ID that the firmware used, or zero",
    spec: figure(10),
    fix: "writes the UUID of the host NQN, if it has one",
    good: {},
    bad: [{ model: { "host.hostId": ones }, finds: ["host.hostId"] }],
    check(_, context) {
      if (isAll(context, 0xffffffff))
        context.report("hostId", "Host ID is all ones, expected the one that the firmware used");
    },
  }),
  rule("host", {
    code: "O009",
    name: "hostid-guid",
    severity: "info",
    summary: "The Host ID has the byte order of the host NQN's UUID.",
    why: "Specification: the Host ID is the value used in Connect. Practice: most firmware built on EDK2 stores it as an EFI_GUID, with its first three fields reversed; readers take the bytes as they are, so that Linux and the firmware connect under different Host IDs.",
    hint: "Store the UUID in the order in which it is printed",
    spec: figure(10),
    breaks: [
      {
        who: "Linux",
        what: "connects under a Host ID other than the UUID in its host NQN; targets that know the firmware's may refuse it",
      },
    ],
    fix: "writes the bytes in the order of the host NQN's UUID",
    good: {},
    bad: [{ model: { "host.hostId": "ac1b13f8-efcd-6541-866b-5998c1e67890" }, finds: ["host.hostId"] }],
    check({ hostId, hostNqn }, context) {
      if (hostIdOrder(hostNqn, context) !== "swapped") return;
      const uuid = hostNqn!.slice(-36);
      context.report("hostId", `Host ID is ${hostId}: the host NQN's UUID in EFI_GUID order, expected ${uuid}`);
    },
  }),
  rule("host", {
    code: "O010",
    name: "hostid-differs",
    severity: "info",
    summary: "The Host ID is the UUID of the host NQN.",
    why: "Both may be chosen freely; the kernel only wants each host NQN to go with one Host ID.",
    hint: "Nothing is wrong when the administrator set them so",
    spec: figure(10),
    good: { model: { "host.hostNqn": "nqn.2024-01.com.example:host-1" } },
    bad: [{ model: { "host.hostId": "12345678-9abc-4def-8123-456789abcdef" }, finds: ["host.hostId"] }],
    check({ hostId, hostNqn }, context) {
      if (hostIdOrder(hostNqn, context) !== "other") return;
      context.report("hostId", `Host ID is ${hostId}, the host NQN's UUID is ${hostNqn!.slice(-36)}`);
    },
  }),
  reservedRule("host", hostDescriptor, [], {
    code: "O011",
    name: "host-reserved",
    severity: "info",
    summary: "Reserved bytes of the Host Descriptor are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(10),
    fix: "writes zeros",
    good: {},
    bad: [{ stored: { "host.reserved24": 1 }, finds: ["host.reserved24"] }],
  }),
  rule("table", {
    code: "O012",
    name: "multi-no-primary",
    severity: "info",
    summary: "Of several tables exactly one is selected as the Primary Admin Host.",
    why: "The flag tells which table's host identity goes for administration (A.3.1.3.2). It needs all tables of a machine to be judged.",
    hint: "Select the Primary Admin Host in one table; judge tables of different machines with --separate",
    spec: figure(10),
    good: {
      model: { "host.flags.primaryAdminHost": "selected" },
      others: [{ model: { "host.flags.primaryAdminHost": "unselected" } }],
    },
    bad: [
      { others: [{}], finds: ["host.flags.primaryAdminHost"] },
      {
        model: { "host.flags.primaryAdminHost": "selected" },
        others: [{ model: { "host.flags.primaryAdminHost": "selected" } }],
        finds: ["host.flags.primaryAdminHost"],
      },
    ],
    across(context) {
      const hosts = context.tables.filter(({ reading }) => reading.table.host?.flags.valid);
      if (hosts.length < 2) return;
      const selected = hosts.filter(({ reading }) => reading.table.host!.flags.primaryAdminHost === "selected");
      const path = "host.flags.primaryAdminHost";
      if (selected.length === 0) {
        context.report(
          hosts[0]!,
          path,
          `none of ${hosts.length} tables is selected as the Primary Admin Host, expected one`,
        );
      }
      for (const table of selected.slice(1)) {
        const { name } = selected[0]!;
        context.report(table, path, `selected as the Primary Admin Host, as ${name} is already; expected one`);
      }
    },
  }),
  rule("host", {
    code: "O013",
    name: "hostid-first-zero",
    severity: "warning",
    summary: "The first byte of the Host ID is not zero.",
    why: "Specification: any value but zero is a Host ID. Practice: libnvme tests the first byte alone to see whether there is one.",
    hint: "Use another Host ID",
    spec: figure(10),
    breaks: [hostIgnored],
    good: {},
    bad: [
      {
        model: {
          "host.hostId": "00131bac-cdef-4165-866b-5998c1e67890",
          "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:00131bac-cdef-4165-866b-5998c1e67890",
        },
        finds: ["host.hostId"],
      },
    ],
    check({ hostId }, context) {
      if (context.bytes[context.at + idField.at] === 0 && !isAll(context, 0)) {
        context.report("hostId", `Host ID is ${hostId}: its first byte is 0, expected any other value`);
      }
    },
  }),
];
