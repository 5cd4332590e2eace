import { latin1Text } from "../bytes/latin1.ts";
import { behavioursOf, findRelease, type KnownRelease, programs } from "./behaviours/index.ts";
import { dracutFiles, dracutLines, dracutNetwork } from "./dracut/dracut.ts";
import { isHarmlessHostName, type NetworkVerdict } from "./dracut/network-setup.ts";
import { readAsLibnvme } from "./libnvme/libnvme.ts";
import { LIBNVME_1 } from "./libnvme/releases.ts";
import { handsOver, type NetworkStack } from "./network-models.ts";
import { networkdFiles } from "./networkd.ts";
import type { ConfigFile } from "./networkmanager/keyfile.ts";
import { networkManagerNetwork } from "./networkmanager/network-manager.ts";
import { readNmCommandLine } from "./networkmanager/nm-command-line.ts";
import { type Note, note } from "./note.ts";
import type { TableFile } from "./nvme-cli/show.ts";
import { parseStack, type Stack } from "./stacks.ts";

/** Whose configuration. */
export type NetworkFormat = "dracut" | "networkmanager" | "networkd";

/**
 * Whose writing is imitated: the programs of a stack, or NetworkManager's own reader of a release, whatever is beside it.
 */
export type NetworkWriter = { readonly stack: NetworkStack } | { readonly reader: KnownRelease };

/** The newest releases that some distribution ships together. */
const NEWEST_STACK = "debian-experimental";

/** Whose writing is imitated unless told otherwise: the newest known releases. */
export function newestWriter(format: NetworkFormat): NetworkWriter {
  if (format === "networkmanager") {
    return { reader: findRelease("networkmanager", programs.networkmanager.newest.release)! };
  }
  const { dracut, nvmeCli } = parseStack(NEWEST_STACK) as Stack;
  return { stack: { dracut, nvmeCli } };
}

/** The network configuration that comes from some tables. */
export interface NetworkConfiguration {
  /** Words for the kernel command line, for dracut. One character a byte. */
  readonly lines: readonly string[] | undefined;
  /** Configuration files, in the order in which they are made. */
  readonly files: readonly ConfigFile[];
  /** What of the tables is lost or differs: path of the table, and why. */
  readonly warnings: readonly { readonly source: string; readonly note: Note }[];
  /** A table was rejected as a whole. */
  readonly rejected: boolean;
}

interface Placed extends NetworkVerdict {
  readonly table: number;
  readonly position: number;
}

/**
 * The network configuration that programs make of some tables, or that systemd-networkd needs. It equals what they write, except that a
 * host name which could break out of its place is left out, with a warning.
 */
export function networkConfiguration(
  tables: readonly TableFile[],
  format: NetworkFormat,
  writer: NetworkWriter = newestWriter(format),
): NetworkConfiguration {
  if (format === "networkd") return new Maker(tables, programs["nvme-cli"].newest.release).made(networkdFiles(tables));
  if ("reader" in writer) return fromReader(tables, writer.reader.release);
  const { stack } = writer;
  const manager = stack.networkManager;
  const reads = manager !== undefined && behavioursOf("networkmanager", manager.release).readsNbft;
  if (format === "networkmanager" && reads && handsOver(stack)) return fromReader(tables, manager.release);
  const leavesNetwork = handsOver(stack);
  const { dracut, nvmeCli } = stack;
  const maker = new Maker(tables, nvmeCli.release);
  const outcome = dracutNetwork(
    tables,
    { dracut: dracut.release, nvmeCli: nvmeCli.release, leavesNetwork },
    isHarmlessHostName,
  );
  maker.warnAll(outcome.hfis);
  if (outcome.refusal !== undefined) maker.warn(0, outcome.refusal);
  if (leavesNetwork && !reads && outcome.refusal !== undefined) {
    maker.warn(0, `NetworkManager ${manager?.release} has no NBFT reader: there is no network`);
  }
  const lines = dracutLines(outcome);
  if (format === "dracut") {
    const files = Array.from(dracutFiles(outcome), ([name, text]) => ({ name, text }));
    return maker.made(files, lines.length === 0 ? lines : [...lines, "rd.neednet=1"]);
  }
  if (lines.length === 0) return maker.made([]);
  const { files, refused } = readNmCommandLine(
    [...lines.flatMap((line) => line.split(" ")), "rd.neednet=1"],
    manager?.release,
  );
  for (const [name, why] of refused) maker.warn(0, `no connection ${name}: ${why}`);
  return maker.made(files);
}

function fromReader(tables: readonly TableFile[], release: string): NetworkConfiguration {
  const maker = new Maker(tables, LIBNVME_1);
  const { hfis, files } = networkManagerNetwork(tables, release, isHarmlessHostName);
  maker.warnAll(hfis);
  return maker.made(files);
}

/** Collects warnings: first what is lost while reading. */
class Maker {
  readonly #tables: readonly TableFile[];
  readonly #warnings: { source: string; note: Note }[] = [];
  readonly #rejected: boolean;

  constructor(tables: readonly TableFile[], nvmeCli: string) {
    this.#tables = tables;
    const reads = behavioursOf("nvme-cli", nvmeCli).readsNbft;
    let rejected = false;
    for (const [number, { bytes }] of reads ? tables.entries() : []) {
      const { table, rejection, crash, dropped } = readAsLibnvme(bytes, nvmeCli);
      const unusable = rejection ?? crash;
      if (unusable) {
        rejected = true;
        const what = crash ? "kills" : "rejected by";
        this.warn(number, `${what} the libnvme of nvme-cli ${nvmeCli}: ${unusable.message}`, unusable.rule);
      }
      for (const { list, path, message, rule } of dropped) {
        if (list === "hfi") this.warn(number, `${path}: ${message}`, rule);
      }
      for (const { position, hostName } of table?.hfis ?? []) {
        if (hostName && !isHarmlessHostName(latin1Text(hostName))) {
          this.warn(number, `hfi[${position}]: the host name is left out: it could break out of its place`, "T024");
        }
      }
    }
    this.#rejected = rejected;
  }

  warn(table: number, message: string, rule?: string): void {
    this.#warnings.push({ source: this.#tables[table]?.path ?? "", note: note(message, rule) });
  }

  warnAll(placed: readonly Placed[]): void {
    for (const { table, position, notes } of placed) {
      for (const { message, rule } of notes) this.warn(table, `hfi[${position}]: ${message}`, rule);
    }
  }

  made(files: readonly ConfigFile[], lines?: readonly string[]): NetworkConfiguration {
    return { lines, files, warnings: this.#warnings, rejected: this.#rejected };
  }
}
