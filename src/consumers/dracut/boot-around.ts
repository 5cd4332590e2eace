import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import { readShared } from "../../nbft/read/shared-reading.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { type TablePath, TablePaths } from "../../reach/paths.ts";
import { isIpv6 } from "../../text/ip.ts";
import { DISCOVERY_PORT } from "../../text/nvme.ts";
import { behavioursOf } from "../behaviours/index.ts";
import { readableText } from "../byte-text.ts";
import { type Note, note } from "../note.ts";
import type { TableFile } from "../nvme-cli/show.ts";
import { type DracutHfi, dracutNetwork, ipLine } from "./dracut.ts";
import { isHarmlessHostName } from "./network-setup.ts";

/** Words for the kernel command line that make the boot of a table without the table. */
export interface BootAround {
  readonly words: readonly string[];
  readonly notes: readonly Note[];
}

/** The nvme-cli as which the tables are read: nothing of the image reads them in such a boot, and this one reads the most. */
const READS_MOST = "3.1";

/** What Linux takes of a command line on x86-64 and Arm (COMMAND_LINE_SIZE), and more discovery controllers than fit into it. */
const COMMAND_LINE = 2048;
const MOST_DISCOVERED = 64;

/** A dracut that names the interfaces; all that read NBFTs do it alike. */
const READS_NBFT = "112";

/**
 * What the kernel command line must say so that dracut boots over the paths of some tables without looking at them, beside what {@link wordsFor}
 * adds: the host's names, a discovery controller for each path that can work, and the network of its HFI. A boot with such words was run with
 * dracut 106 and nvme-cli 2.13, the nvmf module's script read in 112.
 *
 * @returns undefined where no path can work, or the tables cannot be read
 */
export function bootAround(tables: readonly TableFile[]): BootAround | undefined {
  const read = tables.map(({ bytes }) => readShared(bytes).table);
  const host = read[0]?.host;
  const network = dracutNetwork(tables, { dracut: READS_NBFT, nvmeCli: READS_MOST }, isHarmlessHostName);
  const discover = new Set<string>();
  /** Whether an HFI that is needed has a target of IPv6, by its place. */
  const used = new Map<string, boolean>();
  const notes: Note[] = [];
  let guessed = false;
  let isCut = false;
  for (const [number, table] of read.entries()) {
    const hfis = network.hfis.filter((hfi) => hfi.table === number);
    const setups = new Map<string, (typeof hfis)[number]["setup"]>(
      hfis.map(({ position, setup }) => [`hfi[${position}]`, setup] as const),
    );
    // A record may have hundreds of paths.
    const targets = new Map<string, Target | undefined>();
    const controllers = controllersOf(table);
    for (const path of new TablePaths(table)) {
      // The words name no interface.
      if ((path.state === "closed" && !path.openWithoutSource) || path.onlyWhenBound) continue;
      if (!targets.has(path.path)) targets.set(path.path, targetOf(path, table, controllers));
      const target = targets.get(path.path);
      const setup = setups.get(path.hfiPath ?? "");
      if (!target || !setup) continue;
      // With DHCP the address that the firmware had may be another now.
      const from = setup.method === "static" ? setup.address : "";
      const words = target.ports.map((port) => `rd.nvmf.discover=tcp,${target.address},${from},${port}`);
      if (discover.size >= MOST_DISCOVERED && words.some((word) => !discover.has(word))) {
        isCut = true;
        break;
      }
      guessed ||= target.ports.length > 1;
      used.set(`${number} ${path.hfiPath}`, isIpv6(target.address));
      for (const word of words) discover.add(word);
    }
  }
  if (discover.size === 0 || !host?.hostNqn || !/^[\x21-\x7e]+$/.test(host.hostNqn)) return undefined;
  if (isCut) {
    notes.push(
      note(`more paths are left out: Linux takes a command line of ${COMMAND_LINE} bytes, which is full before`),
    );
  }
  if (guessed) {
    notes.push(
      note(
        `rd.nvmf.discover asks discovery controllers: where the table names none, both their own port ${DISCOVERY_PORT} and the subsystem's are tried; Linux's target answers at the latter. Leave out what does not answer`,
      ),
    );
  }
  if (read.some(({ ssns }) => ssns.some(({ securityIndex }) => securityIndex !== 0))) {
    notes.push(note("a target that asks for authentication or TLS still needs its keys in the initramfs", "S035"));
  }
  const hfis = network.hfis.filter((hfi) => used.has(hfiId(hfi)));
  const macs = new Set(hfis.map(({ setup }) => setup?.mac));
  return {
    words: [
      `rd.nvmf.hostnqn=${host.hostNqn}`,
      `rd.nvmf.hostid=${host.hostId}`,
      ...discover,
      ...hfis.flatMap((hfi) => networkWords(hfi, used.get(hfiId(hfi))!)),
      ...network.ifnames.filter((line) => macs.has(line.slice(line.indexOf(":") + 1))),
      "rd.neednet=1",
    ],
    notes,
  };
}

/** The same words for a release of dracut: one that reads NBFTs is told not to. */
export function wordsFor({ words }: BootAround, dracut: string): readonly string[] {
  return behavioursOf("dracut", dracut).readsNbft ? ["rd.nvmf.nonbft", ...words] : words;
}

function hfiId({ table, position }: DracutHfi): string {
  return `${table} hfi[${position}]`;
}

/** What dracut says of an HFI, with the brackets that it forgets, and DHCP for the target's family, which a table of a failed DHCP does not tell. */
function networkWords({ setup, lines }: DracutHfi, ipv6: boolean): string[] {
  const [first, ...rest] = lines;
  const dhcp = first!.replace(/:dhcp6?$/, ipv6 ? ":dhcp6" : ":dhcp");
  const bracketed = (address: string) => (address.includes(":") ? `[${address}]` : address);
  return [setup?.method === "static" ? ipLine(setup, bracketed) : dhcp, ...rest].map(readableText);
}

interface Target {
  readonly address: string;
  readonly ports: readonly (number | string)[];
}

/** Ports of the discovery controllers of a table, by their address. */
function controllersOf({ discovery }: NbftTable): ReadonlyMap<string, readonly number[]> {
  const ports = new Map<string, number[]>();
  for (const { uri, flags } of discovery) {
    const parts = flags.valid && uri !== undefined ? readDiscoveryUri(uri) : undefined;
    if (parts?.kind === "address") ports.set(parts.host, [...(ports.get(parts.host) ?? []), parts.port]);
  }
  return ports;
}

/** Address of a path's target, and the ports at which a discovery controller may be. */
function targetOf(
  { path, kind }: TablePath,
  { ssns, discovery }: NbftTable,
  controllers: ReturnType<typeof controllersOf>,
): Target | undefined {
  const position = Number(path.slice(path.indexOf("[") + 1, -1));
  if (kind === "discovery") {
    const parts = readDiscoveryUri(discovery[position]?.uri ?? "");
    return parts.kind === "address" ? { address: parts.host, ports: [parts.port] } : undefined;
  }
  const { traddr, trsvcid = "" } = ssns[position]!;
  if (traddr === undefined) return undefined;
  const named = controllers.get(traddr);
  if (named) return { address: traddr, ports: named };
  return {
    address: traddr,
    ports: /^\d+$/.test(trsvcid) ? [...new Set([String(DISCOVERY_PORT), trsvcid])] : [DISCOVERY_PORT],
  };
}
