import type { HfiDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { isValid } from "./indexed-list.ts";
import { type AnyRule, rule } from "./rule.ts";

/** What makes two HFIs the same interface; nothing where an HFI has no MAC address to compare. */
function identityOf(hfi: HfiDescriptor): string | undefined {
  const { transportInfo } = hfi;
  if (!isValid(hfi) || !transportInfo?.flags.valid || transportInfo.structureId !== undefined) return undefined;
  const { mac, vlan } = transportInfo;
  return vlan === 0 ? mac : `${mac} VLAN ${vlan}`;
}

/** Which HFI indexes are used; kept, for making it takes longer than the rest of the rule. */
const usedHfis = new Uint8Array(256);

/** Rules about the table as a whole: what refers to what. */
export const graphRules: readonly AnyRule[] = [
  rule("table", {
    code: "G001",
    name: "hfi-unused",
    severity: "info",
    summary: "An HFI is used by some SSNS or Discovery Descriptor.",
    why: "Readers configure the interface all the same.",
    hint: "Nothing is wrong when the interface is meant to be configured",
    spec: section("3.2.1.2"),
    good: {},
    bad: [{ model: { "ssns[1].primaryHfi": 1, "ssns[1].secondaryHfis": [1] }, finds: ["hfi[1].index"] }],
    check({ hfi, ssns, discovery }, context) {
      if (!context.ssns.complete || !context.discovery.complete) return;
      const used = usedHfis.fill(0);
      for (let i = 0; i < ssns.length; i++) {
        if (!isValid(ssns[i]!)) continue;
        const { primaryHfi, secondaryHfis } = ssns[i]!;
        used[primaryHfi] = 1;
        if (secondaryHfis) for (let k = 0; k < secondaryHfis.length; k++) used[secondaryHfis[k]!] = 1;
      }
      for (let i = 0; i < discovery.length; i++) if (isValid(discovery[i]!)) used[discovery[i]!.hfiIndex] = 1;
      for (let i = 0; i < hfi.length; i++) {
        const { index } = hfi[i]!;
        if (used[index] || !isValid(hfi[i]!)) continue;
        context.reportAt(`hfi[${i}].index`, `no SSNS or discovery descriptor names HFI ${index}`);
      }
    },
  }),
  rule("table", {
    code: "G002",
    name: "same-hfi",
    severity: "warning",
    summary: "No two HFIs have the same MAC address and VLAN, in one table or several.",
    why: "Readers configure one interface for each HFI; two of them are the same interface twice.",
    hint: "Use one HFI, and let the records share it",
    spec: figure(14),
    good: {
      others: [
        {
          model: {
            "host.flags.primaryAdminHost": "selected",
            "hfi[0].transportInfo.mac": "52:54:00:12:34:60",
            "hfi[1].transportInfo.mac": "52:54:00:12:34:61",
          },
        },
      ],
    },
    bad: [
      {
        model: {
          "hfi[1].transportInfo.mac": "52:54:00:12:34:56",
          "hfi[1].transportInfo.vlan": 0,
          "hfi[1].transportInfo.ipAddress": "192.0.2.10",
        },
        finds: ["hfi[1].transportInfo.mac"],
      },
      {
        model: { "hfi[1].transportInfo.mac": "52:54:00:12:34:56", "hfi[1].transportInfo.vlan": 0 },
        finds: ["hfi[1].transportInfo.mac"],
      },
      { others: [{}], finds: ["hfi[0].transportInfo.mac", "hfi[1].transportInfo.mac"] },
    ],
    check({ hfi }, context) {
      const seen = new Map<string, number>();
      for (const [i, entry] of hfi.entries()) {
        const identity = identityOf(entry);
        if (identity === undefined) continue;
        const first = seen.get(identity);
        if (first === undefined) seen.set(identity, i);
        else context.reportAt(`hfi[${i}].transportInfo.mac`, `${identity} is that of hfi[${first}] too`);
      }
    },
    across(context) {
      const seen = new Map<string, string>();
      for (const table of context.tables) {
        const own = new Map<string, number>();
        for (const [i, entry] of table.reading.table.hfi.entries()) {
          const identity = identityOf(entry);
          if (identity === undefined || own.has(identity)) continue;
          own.set(identity, i);
          const other = seen.get(identity);
          if (other) context.report(table, `hfi[${i}].transportInfo.mac`, `${identity} is that of ${other} too`);
        }
        for (const [identity, i] of own) {
          if (!seen.has(identity)) seen.set(identity, `hfi[${i}] of ${table.name}`);
        }
      }
    },
  }),
  rule("table", {
    code: "G003",
    name: "no-boot",
    severity: "info",
    summary: "Some SSNS is valid and bootable.",
    why: "There is nothing to boot from otherwise; firmware with nothing configured publishes such a table.",
    hint: "Nothing is wrong when nothing is meant to boot",
    spec: section("3.2.2.5"),
    good: {},
    bad: [
      {
        model: { "ssns[0].flags.nonBootable": true, "ssns[1].flags.valid": false },
        finds: ["control.ssnsCount"],
      },
    ],
    check({ ssns }, context) {
      if (!context.ssns.complete) return;
      for (let i = 0; i < ssns.length; i++) {
        if (isValid(ssns[i]!) && !ssns[i]!.flags.nonBootable) return;
      }
      context.reportAt("control.ssnsCount", `none of ${ssns.length} SSNS descriptors is valid and bootable`);
    },
  }),
];
