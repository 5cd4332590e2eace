import { tryRead } from "../../nbft/read/shared-reading.ts";
import { formatMac } from "../../text/mac.ts";
import type { LibnvmeHfi } from "../libnvme/libnvme-table.ts";

/**
 * Which interfaces the machine has: one for each MAC address of the tables, named nbft0, nbft1, … in their order as dracut does
 * (`assumed`); none of them; or these, from MAC address in lower case to name.
 */
export type Interfaces = "assumed" | "none" | ReadonlyMap<string, string>;

/** The MAC address of the loopback interface, which every system has, before all others. */
const LOOPBACK = "00:00:00:00:00:00";

/** Names of interfaces by MAC address, for HFIs in the order of the tables. */
export class InterfaceNames {
  readonly #interfaces: Interfaces;
  readonly #assumed = new Map<string, string>();

  constructor(interfaces: Interfaces) {
    this.#interfaces = interfaces;
  }

  /** Makes names for the HFIs of a table, also of those that libnvme drops: their interfaces are there all the same. */
  add(table: Uint8Array): void {
    for (const mac of macsOf(table)) {
      if (!this.#assumed.has(mac)) this.#assumed.set(mac, `nbft${this.#assumed.size}`);
    }
  }

  /** The interface that nvme-cli 3 binds a path of an HFI to; undefined where it finds none, as for every HFI with a VLAN. */
  of({ mac, vlan }: LibnvmeHfi): string | undefined {
    if (vlan !== 0) return undefined;
    const address = formatMac(mac);
    if (address === LOOPBACK) return "lo";
    if (this.#interfaces === "none") return undefined;
    return (this.#interfaces === "assumed" ? this.#assumed : this.#interfaces).get(address);
  }
}

function macsOf(table: Uint8Array): string[] {
  const { hfi = [] } = tryRead(table)?.table ?? {};
  return hfi.flatMap(({ transportInfo }) => (transportInfo ? [transportInfo.mac] : []));
}
