import { readableText } from "./byte-text.ts";
import { type DracutVersion, dracutLines, dracutNetwork, dracutVersions } from "./dracut/dracut.ts";
import { describeSetup, type NetworkVerdict } from "./dracut/network-setup.ts";
import { readAsLibnvme } from "./libnvme/libnvme.ts";
import { type ConsumerModel, type Prediction, placeOf, type Verdict, verdict, type Waiting } from "./model.ts";
import { networkManagerNetwork } from "./networkmanager/network-manager.ts";
import { readNmCommandLine } from "./networkmanager/nm-command-line.ts";
import { type Note, note } from "./note.ts";
import type { NamedTable } from "./nvme-cli/show.ts";
import { wickedNetwork } from "./wicked.ts";

interface PlacedVerdict extends NetworkVerdict {
  readonly table: number;
  readonly position: number;
  /** One character a byte. */
  readonly writes?: readonly string[] | undefined;
}

function verdictOf({ setup, notes }: NetworkVerdict): Verdict {
  if (!setup) return verdict("skipped", "nothing", notes);
  const detail = describeSetup(setup);
  const { method, address, prefix } = setup;
  const short = method === "static" ? `static ${address}/${prefix}` : method === "dhcp4" ? "DHCP" : "DHCPv6";
  return verdict(short, detail, notes, detail);
}

/** Verdicts of HFIs, of those that libnvme drops, and of whole tables that are rejected. */
function networkPrediction(
  tables: readonly NamedTable[],
  version: "1.13" | "3.0-rc1",
  placed: readonly PlacedVerdict[],
  refusal: string | undefined,
  waiting: Waiting | undefined,
): Prediction {
  const verdicts = new Map<string, Verdict>();
  const nothing = (notes: readonly Note[], detail: string) => verdict("nothing", "nothing", notes, detail);
  for (const [number, { path, bytes }] of tables.entries()) {
    const { rejection, dropped } = readAsLibnvme(bytes, version);
    if (refusal !== undefined) verdicts.set(placeOf(number, "hfi"), nothing([note(refusal)], "nothing is configured"));
    else if (rejection) {
      const why = note(`${path} is rejected: ${rejection.message}`, rejection.rule);
      verdicts.set(placeOf(number, "hfi"), nothing([why], "the table is rejected"));
    }
    for (const drop of dropped.filter(({ list }) => list === "hfi")) {
      verdicts.set(placeOf(number, drop.path), nothing([note(drop.message, drop.rule)], "dropped while reading"));
    }
  }
  for (const item of placed) {
    const { writes = [] } = item;
    verdicts.set(placeOf(item.table, `hfi[${item.position}]`), {
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
  const notes = [note(`an interface that is not there is waited for ${patience.device} s`)];
  if (dynamic) {
    notes.push(
      note(
        timeouts
          ? `DHCP without an answer is given up after ${patience.dhcp} s`
          : "DHCP ends by NetworkManager's default",
      ),
    );
  }
  return { attempts: 0, silent: 0, hung: 0, mute: 0, network, notes };
}

function dracut(version: DracutVersion): ConsumerModel["predict"] {
  return (tables) => {
    const { hfis: found, refusal, ifnames } = dracutNetwork(tables, version);
    const hfis = found.map((hfi) => {
      const own = ifnames.filter((line) => line.endsWith(`:${hfi.setup?.mac}`));
      return { ...hfi, writes: hfi.setup ? [...hfi.lines, ...own] : [] };
    });
    const waiting = networkWaiting(hfis, true);
    return networkPrediction(
      tables,
      dracutVersions[version],
      hfis,
      refusal,
      waiting && {
        ...waiting,
        notes: [
          ...waiting.notes,
          note("dracut tries everything again after 120 s and gives up after 180 s (rd.retry)"),
        ],
      },
    );
  };
}

/** NetworkManager without a reader of its own gets what dracut 106 writes. */
const networkManager152: ConsumerModel["predict"] = (tables) => {
  const outcome = dracutNetwork(tables, "106");
  const words = dracutLines(outcome).flatMap((line) => line.split(/[ \t\n]+/).filter((word) => word !== ""));
  const { refused, files } = readNmCommandLine([...words, "rd.neednet=1"]);
  const made = new Set(files.map(({ name }) => name.replace(/\.nmconnection$/, "")));
  const placed = outcome.hfis.map((hfi): PlacedVerdict => {
    const name = hfi.setup?.interfaceName;
    if (name === undefined) return hfi;
    if (made.has(name)) return { ...hfi, writes: [`${name}.nmconnection`] };
    const why = [...refused].map(([other, reason]) => `${other}: ${reason}`).join("; ");
    const lost = note(`dracut's line makes no connection ${name}${why === "" ? "" : ` (${why})`}`);
    return { ...hfi, setup: undefined, notes: [lost, ...hfi.notes] };
  });
  return networkPrediction(tables, "1.13", placed, outcome.refusal, networkWaiting(placed, true));
};

const networkManager154: ConsumerModel["predict"] = (tables) => {
  const { hfis } = networkManagerNetwork(tables);
  return networkPrediction(tables, "1.13", hfis, undefined, networkWaiting(hfis, false));
};

const wicked: ConsumerModel["predict"] = (tables) => {
  const { hfis, refusal } = wickedNetwork(tables);
  return networkPrediction(tables, "1.13", hfis, refusal, undefined);
};

/** Programs that set up the network. */
export const networkModels: readonly ConsumerModel[] = [
  {
    name: "dracut",
    version: "106",
    title: "dracut's nvmf module, with nvme-cli 2.13",
    source: "read: dracut 106 modules.d/95nvmf and 45net-lib; run: Debian 106-6 on every vector and on mutated tables",
    notCovered: ["rd.nvmf options on the command line", "what the network module makes of the lines"],
    predict: dracut("106"),
  },
  {
    name: "dracut",
    version: "112",
    title: "dracut's nvmf module, taken to call nvme-cli 3.0-rc1",
    source:
      "read: dracut 112-7 of Debian modules.d/74nvmf and 45net-lib; run: that one with nvme-cli 3.0-rc1 on every vector and on mutated tables",
    notCovered: [
      "rd.nvmf options on the command line (rd.nvmf.nm leaves the network to NetworkManager)",
      "older nvme-cli",
    ],
    predict: dracut("112"),
  },
  {
    name: "networkmanager",
    version: "1.52",
    title: "nm-initrd-generator without a reader of its own, behind dracut 106",
    source:
      "read: NetworkManager src/nm-initrd-generator/nmi-cmdline-reader.c; run: Debian 1.52.1-1 on the lines of every vector and of mutated tables",
    notCovered: ["other words of the kernel command line"],
    predict: networkManager152,
  },
  {
    name: "networkmanager",
    version: "1.54",
    title: "nm-initrd-generator with its NBFT reader, on libnvme 1.x",
    source:
      "read: NetworkManager 1.59.2-dev of 21 August 2026, nmi-nbft-reader.c; run on every vector and on mutated tables",
    notCovered: [
      "a system with libnvme 3 alone, where it reads no table at all",
      "ifname=nbft… on the command line, which turns it off",
    ],
    predict: networkManager154,
  },
  {
    name: "wicked",
    version: "0.6",
    title: "wicked's firmware extension, with nvme-cli 2.x",
    source: "read: wicked 0.6.80 extensions/nbft; run: that one with the output of nvme-cli 2.13 for mutated tables",
    notCovered: ["which interface has the MAC address; without one the HFI is skipped"],
    predict: wicked,
  },
];
