import { afterAll, describe, expect, test } from "vitest";
import { type CorpusTable, corpus } from "../../src/corpus/corpus.ts";
import { verdictOf } from "../../src/corpus/verdict.ts";
import { documentOf } from "../../src/document/document.ts";
import { readDocument } from "../../src/document/read-document.ts";
import { ipOrigins } from "../../src/nbft/names.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { DiscoveryDescriptor, HfiDescriptor, SsnsDescriptor } from "../../src/nbft/structures/index.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { installRealPrograms, type RealPrograms, realShow } from "./consumers-tree.ts";

const programs = await installRealPrograms("trixie");
const missing = typeof programs === "string" ? programs : undefined;
if (missing !== undefined) console.log(`nvme-cli of Debian trixie: could not run: ${missing}`);
const real = programs as RealPrograms;

/** Every table of three corpora that is sound, or unusual by the size of its descriptors alone; the cases are the same ones with other values. */
const sound = ["interop", 2, "a third seed"].flatMap((seed) =>
  [...corpus(seed, { random: 24, mutants: 0 })].filter(
    ({ group, name }) => group === "sound" || /^(wide|odd)-descriptors$/.test(name),
  ),
);
const older = sound.filter(({ bytes }) => readNbft(bytes).table.header.minorRevision === 0);
const newer = sound.filter((each) => !older.includes(each));

const read = { fields: 0 };
afterAll(() => {
  if (missing === undefined)
    console.log(`nvme-cli of Debian trixie: ${older.length} tables, ${read.fields} fields read as their documents say`);
});

const digits = (text: string) => text.replace(/[^0-9a-f]/gi, "").toLowerCase();
const bit = (flag: boolean) => (flag ? 1 : 0);
const used = (entry: { readonly flags: { readonly valid: boolean } }) => entry.flags.valid;

/** What nvme-cli prints of an absent address. */
const address = (text: string | undefined) => text ?? "::";

function subsystemOf(entry: SsnsDescriptor): Record<string, unknown> {
  const { extendedInfo, nid = "", nidType, secondaryHfis = [] } = entry;
  const hfis = [...new Set([entry.primaryHfi, ...(secondaryHfis as readonly number[])])];
  return {
    index: entry.index,
    num_hfis: hfis.length,
    hfis,
    transport: entry.trtype,
    traddr: entry.traddr,
    trsvcid: entry.trsvcid,
    subsys_port_id: entry.subsysPortId,
    nsid: entry.nsid,
    nid_type: nidType === 0 ? undefined : nidType,
    nid: digits(nid),
    subsys_nqn: entry.subsystemNqn,
    controller_id: extendedInfo?.cntlid ?? 0,
    asqsz: extendedInfo?.asqsz ?? 0,
    dhcp_root_path_string: extendedInfo?.dhcpRootPath,
    pdu_header_digest_required: bit(entry.transportFlags.headerDigest),
    data_digest_required: bit(entry.transportFlags.dataDigest),
    discovered: bit(entry.flags.discovered),
    unavailable: bit(entry.flags.unavailable === "unavailable"),
  };
}

function hfiOf({ index, trtype, transportInfo }: HfiDescriptor): Record<string, unknown> {
  const info = transportInfo!;
  const origin = Object.entries(ipOrigins).find(([, name]) => name === info.ipOrigin)?.[0] ?? info.ipOrigin;
  const [, bus, device, pciFunction] = info.pciSbdf.split(/[:.]/).map((part) => Number.parseInt(part, 16));
  return {
    index,
    transport: trtype,
    // nvme-cli prints segment 0 whatever the table says.
    pcidev: ["0", bus!.toString(16), `${device!.toString(16)}.${pciFunction!.toString(16)}`].join(":"),
    mac_addr: info.mac,
    vlan: info.vlan,
    ip_origin: Number(origin),
    ipaddr: address(info.ipAddress),
    subnet_mask_prefix: info.subnetMaskPrefix,
    gateway_ipaddr: address(info.gateway),
    route_metric: info.routeMetric,
    primary_dns_ipaddr: address(info.primaryDns),
    secondary_dns_ipaddr: address(info.secondaryDns),
    // Without DHCP Override libnvme leaves the field alone.
    dhcp_server_ipaddr: info.flags.dhcpOverride ? address(info.dhcpServer) : "",
    host_name: info.hostName,
    this_hfi_is_default_route: bit(info.flags.defaultRoute),
    dhcp_override: bit(info.flags.dhcpOverride),
  };
}

function discoveryOf({ index, hfiIndex, uri, nqn }: DiscoveryDescriptor): Record<string, unknown> {
  return { index, hfi: hfiIndex, uri, nqn };
}

/** What nvme-cli has to print of a table, by what its document says: nothing of our own model of nvme-cli is asked. */
function wanted({ host, hfi, ssns, discovery }: NbftTable): Record<string, unknown> {
  return {
    host: {
      nqn: host!.hostNqn,
      id: host!.hostId,
      host_id_configured: bit(host!.flags.hostIdConfigured),
      host_nqn_configured: bit(host!.flags.hostNqnConfigured),
      // nvme-cli 2.13 looks at other bits: always this.
      primary_admin_host_flag: "not indicated",
    },
    subsystem: ssns.filter(used).map(subsystemOf),
    hfi: hfi.filter(used).map(hfiOf),
    discovery: discovery.filter(used).map(discoveryOf),
  };
}

/** A table without the entries that its verdict says libnvme leaves out. */
function without(table: NbftTable, drops: readonly string[]): NbftTable {
  const kept = <T>(name: string, list: readonly T[]) => list.filter((_, i) => !drops.includes(`${name}[${i}]`));
  return {
    ...table,
    hfi: kept("hfi", table.hfi),
    ssns: kept("ssns", table.ssns),
    discovery: kept("discovery", table.discovery),
  };
}

/** Without what is undefined, as JSON has it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function leaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0);
}

interface Shown {
  readonly filename: string;
  readonly subsystem: readonly { readonly nid: string }[];
}

function shownBy({ bytes, name }: CorpusTable): { tables: readonly Shown[]; stderr: string } {
  const { stdout, stderr, crashed } = realShow(real, bytes, "json");
  expect(crashed, name).toBe(false);
  return { tables: JSON.parse(stdout) as Shown[], stderr };
}

describe.skipIf(missing !== undefined)("nvme-cli 2.13 and the sound tables of a corpus", () => {
  test("there are tables of both revisions, small and large", () => {
    expect(older.length).toBeGreaterThan(100);
    expect(newer.length).toBeGreaterThan(50);
    expect(Math.max(...older.map(({ bytes }) => bytes.length))).toBeGreaterThan(40_000);
  });

  test("reads each table of revision 1.0, field by field, as its document says", () => {
    const astray: string[] = [];
    for (const each of older) {
      // By way of the document's text: what is compared is what a person reads in it.
      const document = JSON.parse(JSON.stringify(documentOf(readNbft(each.bytes))));
      const { accepts, drops = [] } = verdictOf(each.bytes).libnvme["1.16"];
      expect(accepts, each.name).toBe(true);
      // Security profiles are nothing that nvme-cli shows.
      if (drops.some((path) => !path.startsWith("security["))) astray.push(each.name);
      const expected = plain(wanted(without(readDocument(document).table, drops)));
      const { tables } = shownBy(each);
      expect(tables, each.name).toHaveLength(1);
      const { filename: _, ...shown } = tables[0]!;
      const subsystem = shown.subsystem.map((entry) => ({ ...entry, nid: digits(entry.nid) }));
      expect({ ...shown, subsystem }, each.name).toEqual(expected);
      read.fields += leaves(expected);
    }
    // libnvme 1.13 goes by the sizes that it knows instead of the lengths that the table states: all but the first are lost.
    expect([...new Set(astray)].sort()).toEqual(["odd-descriptors", "wide-descriptors"]);
  });

  test("rejects each table of revision 1.1, and the verdict says so", () => {
    for (const each of newer) {
      const { tables } = shownBy(each);
      expect(tables, each.name).toEqual([]);
      expect(verdictOf(each.bytes).libnvme["1.16"], each.name).toMatchObject({ accepts: false });
    }
  });
});
