import { hostNameOf, macOf, meantAddresses, type NetworkVerdict } from "./dracut/network-setup.ts";
import { readOnceAsLibnvme } from "./libnvme/libnvme.ts";
import type { LibnvmeHfi } from "./libnvme/libnvme-table.ts";
import { LIBNVME_1 } from "./libnvme/releases.ts";
import { kernelTableNames } from "./networkmanager/network-manager.ts";
import { note, routine } from "./note.ts";
import type { TableFile } from "./nvme-cli/show.ts";

/** What wicked makes of one HFI. */
export interface WickedHfi extends NetworkVerdict {
  /** Place of the table among the tables given, from 0. */
  readonly table: number;
  /** Place of the HFI in its table's list, from 0. */
  readonly position: number;
}

/** What wicked's extension makes of some tables. */
export interface WickedOutcome {
  /** By table, then in the order of its list; HFIs that libnvme drops are missing. */
  readonly hfis: readonly WickedHfi[];
  /** Why nothing at all is configured, where that is so. */
  readonly refusal: string | undefined;
}

/**
 * What wicked's firmware extension makes of some tables in this order, with nvme-cli 2.x. It only looks when there is a table with the
 * plain name NBFT, and an HFI counts only when an interface has its MAC address.
 *
 * wicked 0.6.80, extensions/nbft.
 */
export function wickedNetwork(tables: readonly TableFile[]): WickedOutcome {
  const names = kernelTableNames(tables);
  if (tables.length > 0 && names.every((name) => /^NBFT\d+$/.test(name))) {
    return {
      hfis: [],
      refusal: `there is no table with the plain name NBFT, only ${names.join(", ")}: nothing is looked at`,
    };
  }
  const hfis = tables.flatMap(({ bytes }, table) =>
    (readOnceAsLibnvme(bytes, LIBNVME_1).table?.hfis ?? []).map((hfi) => ({
      table,
      position: hfi.position,
      ...configure(hfi),
    })),
  );
  return { hfis, refusal: undefined };
}

const BROADCAST = "255.255.255.255";

function configure(hfi: LibnvmeHfi): NetworkVerdict {
  const base = { vlan: hfi.vlan === 0 ? undefined : hfi.vlan, mac: macOf(hfi), hostName: hostNameOf(hfi) };
  // A shell pattern of three dots is all that makes an address IPv4.
  const ipv4 = /\..*\..*\./.test(hfi.ipAddress);
  if (hfi.dhcpServer !== "") {
    const why = routine("DHCP because DHCPO is set: nvme-cli shows a DHCP server then");
    return { setup: { ...base, method: ipv4 ? "dhcp4" : "dhcp6", dns: [] }, notes: [why] };
  }
  const notes = [];
  if (hfi.ipOrigin === 3) {
    notes.push(note("static because DHCPO is clear: wicked ignores the IP origin, which is DHCP", "T026"));
  }
  if (hfi.gateway === BROADCAST) notes.push(note(`the gateway ${BROADCAST} is left out`));
  if (hfi.subnetMaskPrefix === 0) notes.push(note("prefix length 0 is taken as it is", "T017"));
  return {
    setup: {
      ...base,
      method: "static",
      address: hfi.ipAddress,
      prefix: hfi.subnetMaskPrefix,
      gateway: meantAddresses(hfi.gateway).find((address) => address !== BROADCAST),
      dns: meantAddresses(hfi.primaryDns, hfi.secondaryDns),
    },
    notes,
  };
}
