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
    hint: "Nothing is wrong if the interface is meant to be configured",
    spec: section("3.2.1.2"),
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
    hint: "Use one HFI for all records",
    spec: figure(14),
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
    hint: "Nothing is wrong if nothing is configured to boot",
    spec: section("3.2.2.5"),
    check({ ssns }, context) {
      if (!context.ssns.complete) return;
      for (let i = 0; i < ssns.length; i++) {
        if (isValid(ssns[i]!) && !ssns[i]!.flags.nonBootable) return;
      }
      context.reportAt("control.ssnsCount", `none of ${ssns.length} SSNS descriptors is valid and bootable`);
    },
  }),
];
