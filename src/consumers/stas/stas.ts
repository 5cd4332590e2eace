import { latin1Text } from "../../bytes/latin1.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { readableText } from "../byte-text.ts";
import { libnvmeAddress } from "../libnvme/inet.ts";
import type { LibnvmeDiscovery, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { type Note, note } from "../note.ts";
import type { ConnectStep } from "../nvme-cli/connect-run.ts";
import { kernelRefusals } from "../nvme-cli/kernel-checks.ts";
import { parsePythonUrl } from "./python-url.ts";

/** What nvme-stas makes of a table. */
export interface StasOutcome {
  /** Why stafd cannot start, or sees an empty table. */
  readonly trouble: Note | undefined;
  readonly steps: readonly ConnectStep[];
}

/**
 * What nvme-stas makes of a table: stafd connects to every discovery controller, linked or not; stacd takes no I/O controller from a
 * table. The interface is found by MAC address, the HFI's own address is not used.
 *
 * nvme-stas 2.4.1, staslib/conf.py, `NbftConf`, with the Python binding of libnvme 1.x (libnvme/nvme.i).
 */
export function stasOutcome(table: LibnvmeTable): StasOutcome {
  const trouble = fatal(table);
  if (trouble) return { trouble, steps: [] };
  const hostNqn = table.host.nqn && (table.host.flags & 4) !== 0 ? latin1Text(table.host.nqn) : undefined;
  const steps = table.discovery.map((discovery) => discoveryStep(discovery, hostNqn));
  const broken = steps.find(({ action }) => action === "die");
  return { trouble: broken && note(`${broken.path}: ${broken.notes[0]!.message}`, broken.notes[0]!.rule), steps };
}

/**
 * What kills stafd before it looks at anything: text that is no UTF-8 and holes in HFI lists are null pointers for the binding; it puts
 * each descriptor at the place that its index names, and an index outside the list raises an exception.
 */
function fatal({ host, hfis, subsystems, discovery }: LibnvmeTable): Note | undefined {
  const texts = [
    host.nqn,
    ...hfis.map(({ hostName }) => hostName),
    ...subsystems.flatMap(({ nqn, trsvcid, dhcpRootPath }) => [nqn, trsvcid, dhcpRootPath]),
    ...discovery.flatMap(({ uri, nqn }) => [uri, nqn]),
  ];
  if (texts.some((text) => text && !isUtf8(text)))
    return note("stafd crashes with SIGSEGV: a string is not UTF-8", "P008");
  if (subsystems.some(({ hfis: paths }) => paths.includes(undefined))) {
    return note("stafd crashes with SIGSEGV: an HFI list has a hole", "S020");
  }
  for (const [what, list] of Object.entries({ HFI: hfis, SSNS: subsystems, discovery })) {
    const outside = list.find(({ index }) => index < 1 || index > list.length);
    if (outside) {
      return note(
        `stafd stops with a Python exception: ${what} index ${outside.index} in a list of ${list.length}`,
        "F003",
      );
    }
  }
  return undefined;
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function discoveryStep({ position, index, hfi, uri, nqn }: LibnvmeDiscovery, hostNqn: string | undefined): ConnectStep {
  const step = { path: `discovery[${position}]`, kind: "discovery", index, hfi: hfi?.index, hopeless: false } as const;
  const text = readableText(latin1Text(uri));
  const url = parsePythonUrl(text);
  const transport = typeof url === "string" ? undefined : url.scheme.split("+")[1];
  if (typeof url === "string" || transport === undefined) {
    const why = typeof url === "string" ? url : 'no "+" in the scheme';
    const notes = [note(`stafd stops with a Python exception: ${why}: ${text}`, "D005")];
    return { ...step, action: "die", hopeless: true, notes };
  }
  const traddr = url.hostname ?? "";
  const connection = {
    kind: "discovery",
    nqn: nqn ? latin1Text(nqn) : DISCOVERY_NQN,
    traddr,
    // Python's None, turned into text.
    trsvcid: String(url.port ?? "None"),
    hostTraddr: undefined,
    hostIface: undefined,
    hostNqn,
    hostId: undefined,
    nqnFrom: hostNqn === undefined ? "system" : "table",
    idFrom: "system",
    uniqueDiscovery: false,
    named: libnvmeAddress(traddr) === undefined,
    retriesWithoutHostTraddr: false,
  } as const;
  if (transport !== "tcp" || traddr === "") {
    const why = transport !== "tcp" ? `transport is ${transport}` : "there is no host";
    return { ...step, action: "fail", connection, hopeless: true, notes: [note(why, "D005")] };
  }
  const refusals = kernelRefusals(connection);
  return { ...step, action: "connect", connection, hopeless: refusals.length > 0, notes: refusals };
}
