import { behavioursOf, type KnownRelease } from "./behaviours/index.ts";
import { readableText } from "./byte-text.ts";
import { dracutLines, dracutNetworkOf } from "./dracut/dracut.ts";
import { describeSetup, type NetworkVerdict } from "./dracut/network-setup.ts";
import { type ReadTable, readTables } from "./libnvme/read-tables.ts";
import { LIBNVME_1 } from "./libnvme/releases.ts";
import {
  type ConsumerModel,
  type ConsumerPrediction,
  type ConsumerVerdict,
  cannotRead,
  sourceOf,
  verdict,
  verdictKey,
  type Waiting,
} from "./model.ts";
import { networkManagerNetwork } from "./networkmanager/network-manager.ts";
import { readNmCommandLine } from "./networkmanager/nm-command-line.ts";
import { type Note, note } from "./note.ts";
import type { TableFile } from "./nvme-cli/show.ts";
import { wickedNetwork } from "./wicked.ts";

interface PlacedVerdict extends NetworkVerdict {
  readonly table: number;
  readonly position: number;
  /** One character a byte. */
  readonly writes?: readonly string[] | undefined;
}

function verdictOf({ setup, notes }: NetworkVerdict): ConsumerVerdict {
  if (!setup) return verdict("skipped", "nothing", notes);
  const detail = describeSetup(setup);
  const { method, address, prefix } = setup;
  const short = method === "static" ? `static ${address}/${prefix}` : method === "dhcp4" ? "DHCP" : "DHCPv6";
  return verdict(short, detail, notes, detail);
}

/** Verdicts of HFIs, of those that libnvme drops, and of whole tables that are rejected. */
function networkPrediction(
  tables: readonly ReadTable[],
  placed: readonly PlacedVerdict[],
  refusal: string | undefined,
  waiting: Waiting | undefined,
): ConsumerPrediction {
  const verdicts = new Map<string, ConsumerVerdict>();
  const nothing = (notes: readonly Note[], detail: string) => verdict("nothing", "nothing", notes, detail);
  for (const [number, { path, reading }] of tables.entries()) {
    const { rejection, crash, dropped } = reading;
    if (refusal !== undefined)
      verdicts.set(verdictKey(number, "hfi"), nothing([note(refusal)], "nothing is configured"));
    else if (crash) {
      const why = note(`${path} kills the program that reads it: ${crash.message}`, crash.rule);
      verdicts.set(verdictKey(number, "hfi"), nothing([why], "nothing is configured"));
    } else if (rejection) {
      const why = note(`${path} is rejected: ${rejection.message}`, rejection.rule);
      verdicts.set(verdictKey(number, "hfi"), nothing([why], "the table is rejected"));
    }
    for (const drop of dropped.filter(({ list }) => list === "hfi")) {
      verdicts.set(verdictKey(number, drop.path), nothing([note(drop.message, drop.rule)], "dropped while reading"));
    }
  }
  for (const item of placed) {
    const { writes = [] } = item;
    verdicts.set(verdictKey(item.table, `hfi[${item.position}]`), {
      ...verdictOf(item),
      writes: writes.map(readableText),
    });
  }
  return { verdicts, notes: [], waiting };
}

/** Seconds that NetworkManager in an initrd waits, by what nm-initrd-generator writes. */
const patience = { device: 60, dhcp: 90 } as const;

function networkWaiting(placed: readonly PlacedVerdict[], timeouts: boolean): Waiting | undefined {
  const setups = placed.flatMap(({ setup }) => (setup ? [setup] : []));
  if (setups.length === 0) return undefined;
  const dynamic = setups.some(({ method }) => method !== "static");
  const network = timeouts && dynamic ? patience.dhcp : patience.device;
  const notes = [note(`a missing interface is waited for ${patience.device} s`)];
  if (dynamic) {
    notes.push(
      note(
        timeouts
          ? `DHCP without an answer is given up after ${patience.dhcp} s`
          : "DHCP ends by NetworkManager's default",
      ),
    );
  }
  return { attempts: 0, hopeless: 0, silent: 0, hung: 0, mute: 0, network, notes };
}

/** What sets up the network in an initramfs. */
export interface NetworkStack {
  readonly dracut: KnownRelease;
  readonly nvmeCli: KnownRelease;
  /** Absent where something else reads dracut's lines. */
  readonly networkManager?: KnownRelease | undefined;
  /** Made for any machine (dracut --no-hostonly), so that dracut does not set rd.nvmf.nm=1. */
  readonly generic?: boolean;
  /** Whether `rd.nvmf.nm=1` is set, where that is known. */
  readonly leavesNetwork?: boolean;
}

/** Whether dracut hands the network of a stack to NetworkManager: it goes by the version alone. */
export function handsOver({ dracut, networkManager, generic = false, leavesNetwork }: NetworkStack): boolean {
  if (leavesNetwork !== undefined) return leavesNetwork;
  if (generic || !networkManager || !behavioursOf("dracut", dracut.release).leavesNetworkToNetworkManager) return false;
  return behavioursOf("networkmanager", networkManager.predictedAs).readsNbft;
}

/** What the programs of a stack make of the HFIs of some tables. `read` is what the libnvme of its nvme-cli reads. */
export function predictNetwork(
  stack: NetworkStack,
  tables: readonly TableFile[],
  read = readTables(tables, stack.nvmeCli.release),
): ConsumerPrediction {
  const { dracut, nvmeCli, networkManager } = stack;
  const leavesNetwork = handsOver(stack);
  const image = { dracut: dracut.release, nvmeCli: nvmeCli.release, leavesNetwork };
  if (leavesNetwork) {
    const reads = networkManager && behavioursOf("networkmanager", networkManager.release).readsNbft;
    if (reads && hasLibnvme1(nvmeCli.release)) return predictReader(networkManager.release, tables);
    const why = reads
      ? `there is no libnvme.so.1, which NetworkManager needs to read NBFTs: nvme-cli ${nvmeCli.release} installs another version`
      : networkManager
        ? `NetworkManager ${networkManager.release} has no NBFT reader`
        : "there is no NetworkManager";
    const refusal = `dracut ${dracut.release} sets rd.nvmf.nm=1 and writes nothing, and ${why}: there is no network (this does not apply to images made with --no-hostonly)`;
    return networkPrediction(read, [], refusal, undefined);
  }
  const outcome = dracutNetworkOf(read, image);
  const network = (placed: readonly PlacedVerdict[]) =>
    networkPrediction(read, placed, outcome.refusal, dracutWaiting(placed));
  if (!networkManager) {
    const ifnames = new Map(outcome.ifnames.map((line) => [line.slice(line.indexOf(":") + 1), line]));
    return network(
      outcome.hfis.map((hfi) => ({ ...hfi, writes: hfi.setup ? [...hfi.lines, ifnames.get(hfi.setup.mac)!] : [] })),
    );
  }
  const words = dracutLines(outcome).flatMap((line) => line.split(/[ \t\n]+/).filter((word) => word !== ""));
  const { refused, files } = readNmCommandLine([...words, "rd.neednet=1"], networkManager.release);
  const made = new Set(files.map(({ name }) => name.replace(/\.nmconnection$/, "")));
  return network(
    outcome.hfis.map((hfi): PlacedVerdict => {
      const name = hfi.setup?.interfaceName;
      if (name === undefined) return hfi;
      if (made.has(name)) return { ...hfi, writes: [`${name}.nmconnection`] };
      const why = [...refused].map(([other, reason]) => `${other}: ${reason}`).join("; ");
      const lost = note(`dracut's line makes no connection ${name}${why === "" ? "" : ` (${why})`}`);
      return { ...hfi, setup: undefined, notes: [lost, ...hfi.notes] };
    }),
  );
}

/** libnvme.so.1 comes with nvme-cli 2.x; 3.x has libnvme3 in one with it. */
function hasLibnvme1(nvmeCli: string): boolean {
  return !behavioursOf("nvme-cli", nvmeCli).readsRevision11;
}

function dracutWaiting(placed: readonly PlacedVerdict[]): Waiting | undefined {
  const waiting = networkWaiting(placed, true);
  const retry = note("dracut tries everything again after 120 s and gives up after 180 s (rd.retry)");
  return waiting && { ...waiting, notes: [...waiting.notes, retry] };
}

function predictReader(release: string, tables: readonly TableFile[]): ConsumerPrediction {
  const { hfis } = networkManagerNetwork(tables, release);
  return networkPrediction(readTables(tables, LIBNVME_1), hfis, undefined, networkWaiting(hfis, false));
}

const networkPaths = ["hfi"] as const;

/** dracut's nvmf module of a release, with the nvme-cli beside it. */
export function dracutModel(release: KnownRelease, nvmeCli: KnownRelease, remark: string | undefined): ConsumerModel {
  const { readsNbft, leavesNetworkToNetworkManager } = behavioursOf("dracut", release.release);
  return {
    id: `dracut@${release.release}`,
    title: `dracut's nvmf module, with nvme-cli ${nvmeCli.release}`,
    releases: [release, nvmeCli],
    source: sourceOf([release, nvmeCli]),
    notCovered: [
      leavesNetworkToNetworkManager
        ? "rd.nvmf options on the command line: with rd.nvmf.nm=1, which it sets where NetworkManager 1.54 or newer is installed, it writes nothing (--stack predicts that)"
        : "rd.nvmf options on the command line",
      "what the network module makes of the lines",
    ],
    remarks: remarksOf([release, nvmeCli], readsNbft ? remark : undefined),
    predict: readsNbft
      ? (tables) => predictNetwork({ dracut: release, nvmeCli }, tables)
      : cannotRead(release, networkPaths),
  };
}

/** nm-initrd-generator of a release: with its own reader, or on the lines of the dracut beside it. */
export function networkManagerModel(
  release: KnownRelease,
  beside: { readonly dracut: KnownRelease; readonly nvmeCli: KnownRelease },
  remark: string | undefined,
): ConsumerModel {
  const reads = behavioursOf("networkmanager", release.release).readsNbft;
  const stack: NetworkStack = { ...beside, networkManager: release };
  return {
    id: `networkmanager@${release.release}`,
    title: reads
      ? "nm-initrd-generator with its NBFT reader, on libnvme 1.x"
      : `nm-initrd-generator without its own NBFT reader, after dracut ${beside.dracut.release}`,
    releases: reads ? [release] : [release, beside.dracut, beside.nvmeCli],
    source: sourceOf(reads ? [release] : [release, beside.dracut, beside.nvmeCli]),
    notCovered: reads
      ? [
          "a system with only libnvme 3, where it reads no table at all",
          "ifname=nbft… on the command line, which turns it off",
        ]
      : ["other words of the kernel command line"],
    remarks: remarksOf([release], reads ? undefined : remark),
    predict: (tables) => (reads ? predictReader(release.release, tables) : predictNetwork(stack, tables)),
  };
}

/** wicked's extension. */
export function wickedModel(release: KnownRelease): ConsumerModel {
  return {
    id: `wicked@${release.release}`,
    title: "wicked's firmware extension, with nvme-cli 2.x",
    releases: [release],
    source: sourceOf([release]),
    notCovered: ["which interface has the MAC address; without one the HFI is skipped"],
    remarks: remarksOf([release], undefined),
    predict: behavioursOf("wicked", release.release).readsNbft
      ? (tables) => {
          const { hfis, refusal } = wickedNetwork(tables);
          return networkPrediction(readTables(tables, LIBNVME_1), hfis, refusal, undefined);
        }
      : cannotRead(release, networkPaths),
  };
}

function remarksOf(releases: readonly KnownRelease[], more: string | undefined): string[] {
  return [...releases.map(({ outside }) => outside), more].filter((remark) => remark !== undefined);
}
