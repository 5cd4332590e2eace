import { DISCOVERY_NQN } from "../../nbft/names.ts";
import { byteText, readableText } from "../byte-text.ts";
import { canonicalAddress } from "../libnvme/inet.ts";
import type { LibnvmeDiscovery, LibnvmeSubsystem, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { type Note, note } from "../note.ts";
import type { ConnectStep } from "./connect-all.ts";
import type { Connection } from "./connection.ts";
import { parseDiscoverdUri } from "./fabrics-uri.ts";
import { kernelRefusals } from "./kernel-checks.ts";

/**
 * What nvme-discoverd tries to connect: every SSNS through its first HFI alone, then every discovery controller with an NQN. It keeps
 * trying for ever, with pauses that grow to five minutes. Host identity is the system's own.
 *
 * nvme-cli 3.0-rc1, discoverd/src/inventory.c, `load_one_nbft`. Not covered: the exclusion list, what a log page leads to.
 */
export function discoverdSteps({ subsystems, discovery }: LibnvmeTable): ConnectStep[] {
  return [...discovery.map(discoveryStep), ...subsystems.map(ssnsStep)];
}

function ssnsStep({ position, index, hfis, nqn, traddr, trsvcid, security, flags }: LibnvmeSubsystem): ConnectStep {
  const notes: Note[] = [];
  if (hfis.length > 1) notes.push(note(`only the first of ${hfis.length} HFIs is used`));
  if (security) notes.push(note(`security profile ${security.index} is not looked at`));
  if ((flags & 0x100) !== 0) notes.push(note("marked unavailable: tried all the same, and for ever"));
  const text = byteText(nqn);
  if (text === DISCOVERY_NQN)
    notes.push(note("NQN is the well-known discovery NQN: taken for an I/O controller", "S011"));
  return attempt(
    { path: `ssns[${position}]`, kind: "io", index, hfi: hfis[0]?.index },
    connection("io", text, traddr, byteText(trsvcid) || "4420", hfis[0]?.ipAddress),
    notes,
  );
}

function discoveryStep({ position, index, hfi, uri, nqn, security }: LibnvmeDiscovery): ConnectStep {
  const step = { path: `discovery[${position}]`, kind: "discovery", index, hfi: hfi?.index, hopeless: false } as const;
  if (!nqn)
    return { ...step, action: "skip", notes: [note("it has no NQN, and the well-known one is not put in", "D010")] };
  const text = byteText(uri);
  const parts = parseDiscoverdUri(text);
  if (!parts)
    return { ...step, action: "skip", notes: [note(`URI names no transport: ${readableText(text)}`, "D005")] };
  const traddr = canonicalAddress(parts.host);
  if (parts.transport !== "tcp" || traddr === undefined) {
    const what = parts.host.startsWith("[")
      ? "the URI is cut at its first colon, so that an IPv6 address is lost"
      : `neither a numeric address nor TCP: ${readableText(text)}`;
    return { ...step, action: "skip", notes: [note(what, "D005")] };
  }
  const notes = security ? [note(`security profile ${security.index} is not looked at`)] : [];
  return attempt(step, connection("discovery", byteText(nqn), traddr, parts.port || "8009", hfi?.ipAddress), notes);
}

function connection(
  kind: Connection["kind"],
  nqn: string,
  traddr: string,
  trsvcid: string,
  hostTraddr: string | undefined,
): Connection {
  return {
    kind,
    nqn,
    traddr,
    trsvcid,
    hostTraddr,
    hostNqn: undefined,
    hostId: undefined,
    uniqueDiscovery: kind === "discovery" && nqn !== DISCOVERY_NQN,
    named: false,
    retriesWithoutHostTraddr: false,
  };
}

function attempt(
  step: Pick<ConnectStep, "path" | "kind" | "index" | "hfi">,
  made: Connection,
  notes: readonly Note[],
): ConnectStep {
  const refusals = kernelRefusals(made);
  return {
    ...step,
    action: "connect",
    connection: made,
    hopeless: refusals.length > 0,
    notes: [...refusals, ...notes],
  };
}
