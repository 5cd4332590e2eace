import { latin1Text } from "../../bytes/latin1.ts";
import { rememberOf } from "../../bytes/remember.ts";
import { isIpv6 } from "../../text/ip.ts";
import { behavioursOf } from "../behaviours/index.ts";
import { readableText } from "../byte-text.ts";
import type { LibnvmeHfi, LibnvmeReading } from "../libnvme/libnvme-table.ts";
import { type ReadTable, readTables } from "../libnvme/read-tables.ts";
import { type Note, note, routine } from "../note.ts";
import { crashOfNvmeCliShow, type TableFile } from "../nvme-cli/show.ts";
import {
  anyHostName,
  type HostNameFilter,
  hostNameOf,
  macOf,
  meantAddresses,
  type NetworkSetup,
  type NetworkVerdict,
  nbftInterface,
  usesIpv6,
} from "./network-setup.ts";

/** A dracut and what is beside it in the image. */
export interface DracutImage {
  /** Release of dracut, for example `106`. */
  readonly dracut: string;
  /** Release of nvme-cli, whose output dracut reads, for example `2.13`. */
  readonly nvmeCli: string;
  /** Whether `rd.nvmf.nm=1` leaves the network to NetworkManager. */
  readonly leavesNetwork?: boolean;
}

/** What dracut makes of one HFI. */
export interface DracutHfi extends NetworkVerdict {
  /** Place of the table among the tables given, and of the HFI in the table's list; both from 0. */
  readonly table: number;
  /** Place of the HFI in its table's list, from 0. */
  readonly position: number;
  /** Lines for the kernel command line: `ip=`, `vlan=`. One character a byte. */
  readonly lines: readonly string[];
}

/** What dracut's nvmf module writes while it parses the command line. */
export interface DracutOutcome {
  /** The releases that are predicted, as given. */
  readonly image: DracutImage;
  /** By table, then in the order of its list; HFIs that libnvme drops are missing. */
  readonly hfis: readonly DracutHfi[];
  /** `ifname=` lines, in the order in which interfaces get their names. */
  readonly ifnames: readonly string[];
  /** Why nothing at all is configured, where that is so. */
  readonly refusal: string | undefined;
}

const files = {
  from40: { nbft: "40-nbft.conf", ifname: "45-ifname.conf", neednet: "nvmf-neednet.conf" },
  from20: { nbft: "20-nbft.conf", ifname: "20-ifname.conf", neednet: "20-nvmf-neednet.conf" },
} as const;

/**
 * What dracut's nvmf module makes of some tables in this order: it runs `nvme nbft show -H -o json` and looks at the HFIs alone.
 * Taken for granted: no interface is named `nbft…` yet, and the command line names none. Not covered: what the network module
 * makes of the lines.
 *
 * dracut 060 to 112 (95nvmf, later 74nvmf), parse-nvmf-boot-connections.sh; net-lib.sh, `set_ifname`.
 *
 * @throws {RangeError} where dracut or nvmeCli is not a release
 */
export function dracutNetwork(
  tables: readonly TableFile[],
  image: DracutImage,
  filter: HostNameFilter = anyHostName,
): DracutOutcome {
  return dracutNetworkOf(readTables(tables, image.nvmeCli), image, filter);
}

/** The same of tables that the image's nvme-cli has read. */
export function dracutNetworkOf(
  tables: readonly ReadTable[],
  image: DracutImage,
  filter: HostNameFilter = anyHostName,
): DracutOutcome {
  const nothing = (refusal: string | undefined): DracutOutcome => ({ image, hfis: [], ifnames: [], refusal });
  if (!behavioursOf("dracut", image.dracut).readsNbft)
    return nothing(`dracut ${image.dracut} does nothing with an NBFT`);
  const nvmeCli = behavioursOf("nvme-cli", image.nvmeCli);
  if (!nvmeCli.readsNbft) return nothing(`nvme-cli ${image.nvmeCli} cannot read an NBFT`);
  const crash = crashOfNvmeCliShow(tables, "json", { hfi: true }, nvmeCli);
  if (crash !== undefined) return nothing(`nvme-cli ${image.nvmeCli} crashes with SIGSEGV: ${crash}`);
  const rejected = tables.filter(({ reading }) => !reading.table);
  if (nvmeCli.reportsOnStandardOutput && rejected.length > 0) {
    const what = `nvme-cli ${image.nvmeCli} complains about ${rejected[0]!.path} on standard output, in front of its JSON: jq fails`;
    return nothing(rejected.length < tables.length ? `${what}, good tables are lost too` : what);
  }
  if (image.leavesNetwork && rejected.length < tables.length) {
    return nothing("rd.nvmf.nm=1: dracut leaves the network to NetworkManager");
  }
  const readings = tables.map(({ reading }) => reading);
  const configured = filter === anyHostName ? configureOnce(readings) : configureAll(readings, filter);
  return { image, ...configured, refusal: undefined };
}

function configureAll(readings: readonly LibnvmeReading[], filter: HostNameFilter) {
  const names = new Map<string, string>();
  const configured = new Set<string>();
  const hfis = readings.flatMap(({ table }, number) =>
    (table?.hfis ?? []).map((hfi): DracutHfi => {
      const mac = macOf(hfi);
      if (!names.has(mac)) names.set(mac, nbftInterface(names.size));
      return { table: number, position: hfi.position, ...configure(hfi, names.get(mac)!, configured, filter) };
    }),
  );
  return { hfis, ifnames: Array.from(names, ([mac, name]) => `ifname=${name}:${mac}`) };
}

/** All releases of dracut that read NBFTs configure them alike. */
const configureOnce = rememberOf((readings: readonly LibnvmeReading[]) => configureAll(readings, anyHostName));

function configure(
  hfi: LibnvmeHfi,
  name: string,
  configured: Set<string>,
  filter: HostNameFilter,
): NetworkVerdict & { lines: string[] } {
  const vlan = hfi.vlan === 0 ? undefined : hfi.vlan;
  const interfaceName = vlan === undefined ? name : `${name}.${vlan}`;
  if (configured.has(interfaceName)) {
    const why = note(`${interfaceName} has its configuration from an HFI before: this one is skipped`, "G002");
    return { setup: undefined, notes: [why], lines: [] };
  }
  configured.add(interfaceName);
  const base = { vlan, interfaceName, mac: macOf(hfi) };
  const vlanLines = vlan === undefined ? [] : [`vlan=${interfaceName}:${name}`];
  const hostName = jqText(hostNameOf(hfi, filter));
  if (hfi.dhcpServer !== "") {
    const method = isIpv6(hfi.dhcpServer) ? "dhcp6" : "dhcp4";
    const line = `ip=${interfaceName}:${method === "dhcp6" ? "dhcp6" : "dhcp"}`;
    return { setup: { ...base, method, dns: [] }, notes: dhcpNotes(hfi, method), lines: [line, ...vlanLines] };
  }
  const [gateway] = meantAddresses(hfi.gateway);
  const dns = meantAddresses(hfi.primaryDns, hfi.secondaryDns);
  const setup: NetworkSetup = {
    ...base,
    method: "static",
    address: hfi.ipAddress,
    prefix: hfi.subnetMaskPrefix,
    gateway,
    dns,
    hostName,
  };
  return { setup, notes: staticNotes(hfi, setup), lines: [ipLine(setup), ...vlanLines] };
}

/**
 * The word `ip=` of a static setup. dracut writes gateway and DNS servers as they are, so that those of IPv6 are misread.
 *
 * @param written how gateway and DNS servers are written
 */
export function ipLine(
  { address = "", prefix, gateway = "", hostName = "", interfaceName, dns }: NetworkSetup,
  written: (address: string) => string = (text) => text,
): string {
  // A shell pattern of three dots is all that makes an address IPv4, `::1.2.3.4` included.
  const own = /\..*\..*\./.test(address) ? address : `[${address}]`;
  return `ip=${[own, "", written(gateway), prefix, hostName, interfaceName, "none", ...dns.map(written)].join(":")}`;
}

/** Text as jq passes it on: what is not UTF-8 becomes U+FFFD. A shell's command substitution drops line ends at the end. */
function jqText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = latin1Text(new TextEncoder().encode(readableText(text))).replace(/\n+$/, "");
  return clean === "" ? undefined : clean;
}

function dhcpNotes(hfi: LibnvmeHfi, method: "dhcp4" | "dhcp6"): Note[] {
  const notes: Note[] = [
    routine("DHCP because DHCPO is set: nvme-cli then shows a DHCP server, and dracut checks nothing else"),
  ];
  if (method === "dhcp6" && !usesIpv6(hfi)) {
    notes.push(note(`DHCPv6 because the server is ${hfi.dhcpServer}, although the address is IPv4`, "T021"));
  }
  if (method === "dhcp4" && usesIpv6(hfi)) {
    notes.push(note(`DHCPv4 because the server is ${hfi.dhcpServer}, although the address is IPv6`, "T018"));
  }
  return notes;
}

function staticNotes(hfi: LibnvmeHfi, { gateway, dns, hostName }: NetworkSetup): Note[] {
  const notes: Note[] = [];
  if (hfi.ipOrigin === 3) {
    notes.push(note("static because DHCPO is clear: dracut ignores the IP origin, which is DHCP", "T026"));
  }
  const bare = [gateway, ...dns].filter((address) => address !== undefined && isIpv6(address));
  if (bare.length > 0) {
    notes.push(
      note(`IPv6 gateway and DNS go into ip= without brackets (${bare.join(", ")}): its readers misread the line`),
    );
  }
  if (hostName !== undefined && !/^[A-Za-z0-9.-]+$/.test(hostName)) {
    notes.push(note("the host name is none: it breaks the ip= line, or adds words to the command line", "T024"));
  }
  return notes;
}

/** Lines that dracut writes, `ip=` and `vlan=` first, then `ifname=`. One character a byte. */
export function dracutLines({ hfis, ifnames }: DracutOutcome): string[] {
  return [...hfis.flatMap(({ lines }) => lines), ...ifnames];
}

/** The files that dracut writes in /etc/cmdline.d, by name; none where it finds nothing to configure. */
export function dracutFiles(outcome: DracutOutcome): ReadonlyMap<string, string> {
  const { numbersFilesFrom40 } = behavioursOf("dracut", outcome.image.dracut);
  const { nbft, ifname, neednet } = files[numbersFilesFrom40 ? "from40" : "from20"];
  const contents = new Map<string, string>();
  const add = (name: string, lines: readonly string[]) => {
    if (lines.length > 0) contents.set(name, lines.map((line) => `${line}\n`).join(""));
  };
  add(
    nbft,
    outcome.hfis.flatMap(({ lines }) => lines),
  );
  add(ifname, outcome.ifnames);
  if (outcome.hfis.some(({ setup }) => setup)) add(neednet, ["rd.neednet=1"]);
  return contents;
}
