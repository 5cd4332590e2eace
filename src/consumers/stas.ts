import { DISCOVERY_NQN } from "../nbft/names.ts";
import { byteText, readableText } from "./byte-text.ts";
import type { ConnectStep } from "./connect-all.ts";
import { kernelRefusals } from "./kernel-checks.ts";
import type { LibnvmeDiscovery, LibnvmeTable } from "./libnvme-table.ts";
import { type Note, note } from "./note.ts";

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
 * nvme-stas 2.4.1, staslib/conf.py, `NbftConf`, with the Python binding of libnvme 1.x (libnvme/nvme.i). Not run.
 */
export function stasOutcome(table: LibnvmeTable): StasOutcome {
  const trouble = gapIn(table);
  if (trouble) return { trouble, steps: [] };
  const hostNqn = table.host.nqn && (table.host.flags & 4) !== 0 ? byteText(table.host.nqn) : undefined;
  const steps = table.discovery.map((discovery) => discoveryStep(discovery, hostNqn));
  const broken = steps.find(({ action }) => action === "die");
  return { trouble: broken && note(`${broken.path}: ${broken.notes[0]!.message}`, broken.notes[0]!.rule), steps };
}

/** The binding puts each descriptor at the place that its index names; an index outside the list raises an exception. */
function gapIn({ hfis, subsystems, discovery }: LibnvmeTable): Note | undefined {
  for (const [what, list] of Object.entries({ HFI: hfis, SSNS: subsystems, discovery })) {
    const outside = list.find(({ index }) => index < 1 || index > list.length);
    if (outside) {
      return note(
        `stafd dies of a Python exception: ${what} index ${outside.index} in a list of ${list.length}`,
        "F003",
      );
    }
  }
  if (subsystems.some(({ hfis: paths }) => paths.includes(undefined))) {
    return note("stafd dies of SIGSEGV: an HFI list has a hole", "S020");
  }
  return undefined;
}

function discoveryStep({ position, index, hfi, uri, nqn }: LibnvmeDiscovery, hostNqn: string | undefined): ConnectStep {
  const step = { path: `discovery[${position}]`, kind: "discovery", index, hfi: hfi?.index, hopeless: false } as const;
  const text = readableText(byteText(uri));
  const url = /^([A-Za-z][A-Za-z0-9.+-]*):\/\/([^/?#]*)/.exec(text);
  const transport = url && url[1]!.toLowerCase().split("+")[1];
  if (!url || transport === undefined) {
    return {
      ...step,
      action: "die",
      hopeless: true,
      notes: [note(`stafd dies of a Python exception: no "+" in the scheme of ${text}`, "D005")],
    };
  }
  const place = url[2]!.slice(url[2]!.lastIndexOf("@") + 1);
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(place) ?? [];
  const traddr = (bracketed ?? plain ?? "").toLowerCase();
  const connection = {
    kind: "discovery",
    nqn: nqn ? byteText(nqn) : DISCOVERY_NQN,
    traddr,
    // Python's None, turned into text.
    trsvcid: port ? String(Number(port)) : "None",
    hostTraddr: undefined,
    hostNqn,
    hostId: undefined,
    uniqueDiscovery: false,
    named: !/^[\d.]+$|:/.test(traddr),
    retriesWithoutHostTraddr: false,
  } as const;
  if (transport !== "tcp") {
    return { ...step, action: "fail", connection, hopeless: true, notes: [note(`transport is ${transport}`, "D005")] };
  }
  const refusals = kernelRefusals(connection);
  return { ...step, action: "connect", connection, hopeless: refusals.length > 0, notes: refusals };
}
