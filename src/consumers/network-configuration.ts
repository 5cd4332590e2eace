import { byteText, readableText } from "./byte-text.ts";
import { dracutFiles, dracutLines, dracutNetwork } from "./dracut/dracut.ts";
import type { NetworkVerdict } from "./dracut/network-setup.ts";
import { readAsLibnvme } from "./libnvme/libnvme.ts";
import { networkdFiles } from "./networkd.ts";
import type { ConfigFile } from "./networkmanager/keyfile.ts";
import { networkManagerNetwork } from "./networkmanager/network-manager.ts";
import { readNmCommandLine } from "./networkmanager/nm-command-line.ts";
import { type Note, note } from "./note.ts";
import type { NamedTable } from "./nvme-cli/show.ts";

/** Whose configuration. */
export type NetworkFormat = "dracut" | "networkmanager" | "networkd";

/** Consumers that are imitated for each format; the last one unless told otherwise. */
export const networkConsumers: Readonly<Record<NetworkFormat, readonly string[]>> = {
  dracut: ["dracut@106", "dracut@112"],
  networkmanager: ["networkmanager@1.52", "networkmanager@1.54"],
  networkd: [],
};

/** The network configuration that comes from some tables. */
export interface NetworkConfiguration {
  /** Words for the kernel command line, for dracut. One character a byte. */
  readonly lines: readonly string[] | undefined;
  readonly files: readonly ConfigFile[];
  readonly warnings: readonly { readonly source: string; readonly note: Note }[];
  /** A table was rejected as a whole. */
  readonly rejected: boolean;
}

interface Placed extends NetworkVerdict {
  readonly table: number;
  readonly position: number;
}

/**
 * The network configuration that a consumer makes of some tables, or that systemd-networkd needs. It equals what the consumer writes,
 * except that a host name which could break out of its place is left out, with a warning.
 */
export function networkConfiguration(
  tables: readonly NamedTable[],
  format: NetworkFormat,
  consumer = networkConsumers[format].at(-1),
): NetworkConfiguration {
  const warnings: { source: string; note: Note }[] = [];
  const warn = (table: number, message: string, rule?: string) =>
    warnings.push({ source: tables[table]!.path, note: note(message, rule) });
  const version = consumer === "dracut@112" || format === "networkd" ? "3.0-rc1" : "1.13";
  let rejected = false;
  for (const [number, { bytes }] of tables.entries()) {
    const { table, rejection, dropped } = readAsLibnvme(bytes, version);
    if (rejection) {
      rejected = true;
      warn(number, `rejected by libnvme ${version}: ${rejection.message}`, rejection.rule);
    }
    for (const { list, path, message, rule } of dropped) if (list === "hfi") warn(number, `${path}: ${message}`, rule);
    for (const { position, hostName } of table?.hfis ?? []) {
      if (hostName && !isHarmless(byteText(hostName))) {
        warn(number, `hfi[${position}]: the host name is left out: it could break out of its place`, "T024");
      }
    }
  }
  const tell = (placed: readonly Placed[]) => {
    for (const { table, position, notes } of placed) {
      for (const { message, rule } of notes) warn(table, `hfi[${position}]: ${message}`, rule);
    }
  };
  if (format === "networkd") return { lines: undefined, files: networkdFiles(tables), warnings, rejected };
  if (consumer === "networkmanager@1.54") {
    const { hfis, files } = networkManagerNetwork(tables, isHarmless);
    tell(hfis);
    return { lines: undefined, files, warnings, rejected };
  }
  const outcome = dracutNetwork(tables, consumer === "dracut@112" ? "112" : "106", isHarmless);
  tell(outcome.hfis);
  if (outcome.refusal !== undefined) warnings.push({ source: tables[0]?.path ?? "", note: note(outcome.refusal) });
  const lines = dracutLines(outcome);
  if (format === "dracut") {
    const files = Array.from(dracutFiles(outcome), ([name, text]) => ({ name, text }));
    return { lines, files, warnings, rejected };
  }
  const { files, refused } = readNmCommandLine([...lines.flatMap((line) => line.split(" ")), "rd.neednet=1"]);
  for (const [name, why] of refused) {
    warnings.push({ source: tables[0]?.path ?? "", note: note(`no connection ${name}: ${why}`) });
  }
  return { lines: undefined, files, warnings, rejected };
}

/**
 * Whether a host name can be put into a line of a configuration: no blanks and control characters, which end a word or a line; no
 * colons, which end a field of `ip=`; nothing that a shell would expand. Letters of any language are left alone.
 */
function isHarmless(hostName: string): boolean {
  const text = readableText(hostName);
  return text.length <= 253 && !/[\p{C}\p{Z}:"'`\\$*?[\]{}()<>|&;#!~=\ufffd]/u.test(text);
}
