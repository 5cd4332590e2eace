import { hostDescriptor } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import type { NbftTable } from "../nbft/table.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { rejected } from "./breakages.ts";
import type { HostIdOrder, RuleContext } from "./context.ts";
import { reservedBits, reservedRule } from "./generic.ts";
import { isUuid, placeOfUuid, uuidOrder } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

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

/** Whose a host NQN is when it is not the host's alone, in words. */
function ownerOfNqn(hostNqn: string, { ssns }: NbftTable): string | undefined {
  if (hostNqn === DISCOVERY_NQN) return "that of discovery controllers";
  if (/:uuid:(0{8}(-0{4}){3}-0{12}|f{8}(-f{4}){3}-f{12})$/i.test(hostNqn)) {
    return `${hostNqn}: firmware without a System UUID says so on every machine`;
  }
  const i = ssns.findIndex(({ subsystemNqn }) => subsystemNqn === hostNqn);
  return i < 0 ? undefined : `that of the subsystem of ssns[${i}]`;
}

/** Rules about the Host Descriptor. */
export const hostRules: readonly AnyRule[] = [
  readerRule("O001", "host", {
    breaks: [rejected],
    stops: true,
    fix: "writes 02h, if there is a Host Descriptor at that place",
  }),
  readerRule("O002", "host", {
    breaks: [rejected],
    stops: true,
    fix: "sets the flag, if the host NQN can be read",
  }),
  rule("host", {
    code: "O003",
    name: "host-flags",
    severity: "info",
    hint: "Write zeros",
    spec: figure(10),
    fix: "clears the bits",
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
    hint: "Write the host NQN; the default is derived from the SMBIOS system UUID",
    spec: figure(10),
    breaks: [rejected],
    check(_, context) {
      if (context.empty(hostDescriptor.fields.hostNqn.at)) context.report("hostNqn", "no host NQN, expected one");
    },
  }),
  rule("host", {
    code: "O005",
    name: "nqn-bad",
    severity: "error",
    fatal: true,
    hint: "Correct offset and length of the reference; count the NUL in the length",
    spec: figure(10),
    breaks: [rejected],
    fix: "moves a host NQN without a NUL to the end of the heap",
  }),
  rule("host", {
    code: "O006",
    name: "nqn-syntax",
    severity: "warning",
    hint: "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
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
    hint: "Write the UUID in lower case, in the firmware and in the target's access list",
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    check({ hostNqn }, context) {
      if (hostNqn === undefined || hostIdOrder(hostNqn, context) === undefined) return;
      const uuid = hostNqn.slice(hostNqn.lastIndexOf(":") + 1);
      if (uuid === uuid.toLowerCase()) return;
      context.report("hostNqn", `UUID of the host NQN is ${uuid}, expected ${uuid.toLowerCase()}`);
    },
  }),
  rule("host", {
    code: "O015",
    name: "nqn-not-own",
    severity: "warning",
    hint: "Give the host its own NQN, such as nqn.2014-08.org.nvmexpress:uuid: with the System UUID",
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    check({ hostNqn }, context) {
      const whose = hostNqn === undefined ? undefined : ownerOfNqn(hostNqn, context.table);
      if (whose !== undefined) context.report("hostNqn", `host NQN is ${whose}`);
    },
  }),
  rule("host", {
    code: "O007",
    name: "hostid-zero",
    severity: "warning",
    hint: "Write the Host ID that the firmware used",
    spec: figure(10),
    breaks: [hostIgnored],
    fix: "writes the UUID of the host NQN, if it has one",
    check(_, context) {
      if (isAll(context, 0)) context.report("hostId", "Host ID is all zero, expected the one that the firmware used");
    },
  }),
  rule("host", {
    code: "O008",
    name: "hostid-ff",
    severity: "info",
    hint: "Write the Host ID that the firmware used, or zero",
    spec: figure(10),
    fix: "writes the UUID of the host NQN, if it has one",
    check(_, context) {
      if (isAll(context, 0xffffffff))
        context.report("hostId", "Host ID is all ones, expected the one that the firmware used");
    },
  }),
  rule("host", {
    code: "O009",
    name: "hostid-guid",
    severity: "info",
    hint: "Store the UUID in the order in which it is printed",
    spec: figure(10),
    breaks: [
      {
        who: "Linux",
        what: "connects under a Host ID other than the UUID in its host NQN; targets that know the firmware's may refuse it",
      },
    ],
    fix: "writes the bytes in the order of the host NQN's UUID",
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
    hint: "Nothing is wrong if the administrator set them",
    spec: figure(10),
    check({ hostId, hostNqn }, context) {
      if (hostIdOrder(hostNqn, context) !== "other") return;
      context.report("hostId", `Host ID is ${hostId}, the host NQN's UUID is ${hostNqn!.slice(-36)}`);
    },
  }),
  reservedRule("host", hostDescriptor, [], {
    code: "O011",
    name: "host-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(10),
    fix: "writes zeros",
  }),
  rule("table", {
    code: "O012",
    name: "multi-no-primary",
    severity: "info",
    hint: "Select the Primary Admin Host in one table; check tables of different machines with --separate",
    spec: figure(10),
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
    code: "O016",
    name: "multi-identity",
    severity: "warning",
    hint: "Use one host NQN with one Host ID in all tables of a machine",
    spec: figure(10),
    breaks: [
      {
        who: "nvme-cli",
        what: "2.x connects each table's paths as that table names the host; the kernel refuses one Host NQN with two Host IDs, and one Host ID with two Host NQNs",
      },
    ],
    across(context) {
      const seen: { name: string; hostNqn: string; hostId: string }[] = [];
      for (const each of context.tables) {
        const { flags, hostNqn, hostId } = each.reading.table.host ?? {};
        // O007, O008 and O013 report Host IDs that readers take for none.
        if (!flags?.valid || hostNqn === undefined || hostId === undefined || /^(00|f{8}-f)/.test(hostId)) continue;
        const first = seen.find((other) => (other.hostNqn === hostNqn) !== (other.hostId === hostId));
        if (first !== undefined) {
          const [same, other] = first.hostNqn === hostNqn ? ["host NQN", "Host ID"] : ["Host ID", "host NQN"];
          context.report(each, "host.hostId", `the ${same} is that of ${first.name}, and the ${other} is not`);
        }
        seen.push({ name: each.name, hostNqn, hostId });
      }
    },
  }),
  rule("host", {
    code: "O013",
    name: "hostid-first-zero",
    severity: "warning",
    hint: "Use another Host ID",
    spec: figure(10),
    breaks: [hostIgnored],
    check({ hostId }, context) {
      if (context.bytes[context.at + idField.at] === 0 && !isAll(context, 0)) {
        context.report("hostId", `Host ID is ${hostId}: its first byte is 0, expected any other value`);
      }
    },
  }),
];
