import { isIpv6, LAST_VLAN } from "../../text/ip.ts";
import { behavioursOf, type Does, programs } from "../behaviours/index.ts";
import {
  anyHostName,
  type HostNameFilter,
  hostNameOf,
  macOf,
  meantAddresses,
  type NetworkSetup,
  type NetworkVerdict,
  usesIpv6,
} from "../dracut/network-setup.ts";
import { readOnceAsLibnvme } from "../libnvme/libnvme.ts";
import type { LibnvmeHfi, LibnvmeRemark } from "../libnvme/libnvme-table.ts";
import { LIBNVME_1 } from "../libnvme/releases.ts";
import { type Note, note, routine } from "../note.ts";
import { isUnspecified } from "../nvme-cli/kernel-checks.ts";
import type { TableFile } from "../nvme-cli/show.ts";
import { type ConfigFile, dnsList, formatKeyFile, type KeyFileSections, uuidOf } from "./keyfile.ts";

/** What the generator makes of one HFI. */
export interface NetworkManagerHfi extends NetworkVerdict {
  /** Place of the table among the tables given, and of the HFI in the table's list; both from 0. */
  readonly table: number;
  /** Place of the HFI in its table's list, from 0. */
  readonly position: number;
  /** File of the connection that has its addresses. */
  readonly writes: readonly string[];
}

/** What nm-initrd-generator makes of some tables. */
export interface NetworkManagerOutcome {
  /** By table, then in the order of its list; HFIs that libnvme drops are missing. */
  readonly hfis: readonly NetworkManagerHfi[];
  /** Connections as key files, in the order in which they are made. */
  readonly files: readonly ConfigFile[];
  /** Host name that the initrd gets: the last one of the tables. One character a byte. */
  readonly hostName: string | undefined;
  /** Why a table is not read, by place; undefined for one that is. */
  readonly rejections: readonly (LibnvmeRemark | undefined)[];
}

/** Names that Linux gives tables when the names at hand are not table's. */
export function kernelTableNames(tables: readonly TableFile[]): string[] {
  return tables.map(({ path }, i) => {
    const base = path.split("/").at(-1)!;
    return /^NBFT\d*$/.test(base) ? base : tables.length === 1 ? "NBFT" : `NBFT${i + 1}`;
  });
}

/**
 * What NetworkManager's nm-initrd-generator makes of the NBFT itself, with `rd.neednet=1` on the command line. It reads no NBFT when
 * the command line has an `ifname=nbft…` (from dracut's own parser) or `rd.nvmf.nonbft`, and none without libnvme 1.x: it looks for
 * `libnvme.so.1` while it runs. UUIDs are made from the connection's name here, where the generator draws them.
 *
 * NetworkManager 1.54.0 to 1.59.2-dev of 21 August 2026, src/nm-initrd-generator/nmi-nbft-reader.c.
 *
 * @param release of NetworkManager, one with a reader
 * @throws {RangeError} where that is no release
 */
export function networkManagerNetwork(
  tables: readonly TableFile[],
  release: string = programs.networkmanager.newest.release,
  filter: HostNameFilter = anyHostName,
): NetworkManagerOutcome {
  const names = kernelTableNames(tables);
  const readings = tables.map(({ bytes }) => readOnceAsLibnvme(bytes, LIBNVME_1));
  const maker = new ConnectionMaker(filter, behavioursOf("networkmanager", release));
  const hfis = readings.flatMap(({ table }, number) =>
    (table?.hfis ?? []).map((hfi) => ({ table: number, position: hfi.position, ...maker.add(hfi, names[number]!) })),
  );
  return {
    hfis,
    // Most ask only what becomes of the interfaces.
    get files() {
      return maker.files();
    },
    hostName: maker.hostName,
    rejections: readings.map(({ rejection }) => rejection),
  };
}

interface MadeConnection {
  readonly name: string;
  readonly mac: string | undefined;
  readonly uuid: () => string;
  readonly sections: () => KeyFileSections;
}

const disabled = { method: "disabled" } as const;

class ConnectionMaker {
  readonly #made: MadeConnection[] = [];
  readonly #filter: HostNameFilter;
  readonly #does: Does<"networkmanager">;
  hostName: string | undefined;

  constructor(filter: HostNameFilter, does: Does<"networkmanager">) {
    this.#filter = filter;
    this.#does = does;
  }

  add(hfi: LibnvmeHfi, table: string): NetworkVerdict & { writes: string[] } {
    const name = `${table} connection HFI ${hfi.index}`;
    const mac = macOf(hfi).toUpperCase();
    const vlan = hfi.vlan === 0 ? undefined : hfi.vlan;
    const parent = vlan === undefined ? undefined : this.#parent(name, mac);
    const hostName = hostNameOf(hfi, this.#filter);
    const addressing = addressingOf(hfi, hostName, this.#does);
    if ("refusal" in addressing) return { setup: undefined, notes: [addressing.refusal], writes: [] };
    const { setup, ipv4, ipv6, notes } = addressing;
    if (hostName !== undefined) this.hostName = hostName;
    const id = vlan === undefined ? name : `${name} VLAN ${vlan}`;
    const link = (): KeyFileSections =>
      vlan === undefined
        ? [["ethernet", { "mac-address": mac }]]
        : [
            ["ethernet", this.#does.vlanWithoutParent ? { "mac-address": mac } : {}],
            [
              "vlan",
              {
                flags: 1,
                id: vlan > LAST_VLAN ? undefined : vlan,
                parent: this.#does.vlanWithoutParent ? undefined : parent!.uuid(),
              },
            ],
          ];
    this.#make(id, vlan === undefined ? mac : undefined, link, ipv4, ipv6);
    const unusable =
      vlan !== undefined && vlan > LAST_VLAN ? [note(`VLAN id ${vlan} is none and is left out`, "T015")] : [];
    const race = vlan !== undefined && this.#does.vlanWithoutParent ? [vlanRace] : [];
    return {
      setup: { ...setup, vlan, mac: macOf(hfi) },
      notes: [...unusable, ...race, ...notes],
      writes: [fileNameOf(id)],
    };
  }

  /** The connection of the interface below a VLAN: one that is there already, or a new one without addresses. */
  #parent(name: string, mac: string): MadeConnection {
    return (
      this.#made.find((connection) => connection.mac === mac) ??
      this.#make(name, mac, () => [["ethernet", { "mac-address": mac }]], disabled, disabled)
    );
  }

  #make(
    name: string,
    mac: string | undefined,
    link: () => KeyFileSections,
    ipv4: Readonly<Record<string, string>>,
    ipv6: Readonly<Record<string, string>>,
  ): MadeConnection {
    const number = this.#made.length;
    const uuid = () => uuidOf(`${name} ${number}`);
    const ethernet = mac !== undefined;
    const connection: MadeConnection = {
      name,
      mac,
      uuid,
      sections: () => [
        [
          "connection",
          {
            id: name,
            uuid: uuid(),
            type: ethernet ? "ethernet" : "vlan",
            "autoconnect-priority": -200,
            "wait-device-timeout": ethernet ? 60000 : undefined,
          },
        ],
        ...link(),
        ["ipv4", ipv4],
        ["ipv6", { "addr-gen-mode": "default", ...ipv6 }],
        ["proxy", {}],
        ["user", { "org.freedesktop.NetworkManager.origin": "nm-initrd-generator" }],
      ],
    };
    this.#made.push(connection);
    return connection;
  }

  /** A later connection of the same name takes the place of an earlier one. */
  files(): ConfigFile[] {
    const byName = new Map(this.#made.map(({ name, sections }) => [name, sections]));
    return Array.from(byName, ([name, sections]) => ({
      name: fileNameOf(name),
      text: formatKeyFile(sections()),
    }));
  }
}

const vlanRace = note(
  'the VLAN has no parent: it is made before its parent is renamed, and then there is "VLAN device already exists", a race after which there may be no network (NetworkManager work item 1903)',
);

function fileNameOf(connection: string): string {
  return `${connection.replaceAll("/", "*")}.nmconnection`;
}

type Addressing =
  | { readonly refusal: Note }
  | {
      readonly setup: Omit<NetworkSetup, "mac">;
      readonly ipv4: Readonly<Record<string, string>>;
      readonly ipv6: Readonly<Record<string, string>>;
      readonly notes: readonly Note[];
    };

function addressingOf(hfi: LibnvmeHfi, hostName: string | undefined, does: Does<"networkmanager">): Addressing {
  const ipv6 = usesIpv6(hfi);
  const server = meantAddresses(hfi.dhcpServer).some((address) => address !== "" && isIpv6(address) === ipv6);
  const sides = (own: Readonly<Record<string, string>>) =>
    ipv6 ? { ipv4: disabled, ipv6: own } : { ipv4: own, ipv6: disabled };
  const overridden = (hfi.flags & 4) !== 0;
  const asksDhcp = overridden || hfi.ipOrigin === 3;
  if (does.dhcpNeedsServer ? server : asksDhcp) {
    const own = { ...(hostName === undefined ? {} : { "dhcp-hostname": hostName }), method: "auto" };
    const why = overridden ? "DHCPO is set" : "the IP origin is DHCP, although DHCPO is clear";
    return {
      setup: { method: ipv6 ? "dhcp6" : "dhcp4", dns: [], hostName },
      ...sides(own),
      notes: [overridden ? routine(`DHCP because ${why}`) : note(`DHCP because ${why}`, "T026")],
    };
  }
  const longest = ipv6 ? 128 : 32;
  const notes: Note[] = asksDhcp
    ? [
        note(
          "static because there is no DHCP server of the address's family, whatever DHCPO and the IP origin say",
          !overridden ? "T026" : isUnspecified(hfi.dhcpServer) ? "T021" : "T018",
        ),
      ]
    : [];
  let prefix = hfi.subnetMaskPrefix;
  if (prefix > longest)
    return { refusal: note(`prefix length ${prefix} is more than ${longest}: no connection`, "T017") };
  if (ipv6 && prefix === 0) {
    prefix = 64;
    notes.push(note("prefix length 0 becomes 64", "T017"));
  }
  const same = (address: string) => isIpv6(address) === ipv6;
  const wanted = meantAddresses(hfi.gateway, hfi.primaryDns, hfi.secondaryDns);
  const foreign = wanted.filter((address) => !same(address));
  if (foreign.length > 0) notes.push(note(`of the other address family, left out: ${foreign.join(", ")}`, "T018"));
  const gateway = meantAddresses(hfi.gateway).find(same);
  const dns = meantAddresses(hfi.primaryDns, hfi.secondaryDns).filter(same);
  const own = {
    address1: `${hfi.ipAddress}/${prefix}`,
    ...(dns.length > 0 ? { dns: dnsList(dns) } : {}),
    ...(gateway === undefined ? {} : { gateway }),
    method: "manual",
  };
  const setup = { method: "static", address: hfi.ipAddress, prefix, gateway, dns, hostName } as const;
  return { setup, ...sides(own), notes };
}
