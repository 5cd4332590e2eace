import { latin1Text } from "../../bytes/latin1.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { formatUuid } from "../../text/uuid.ts";
import type { Does } from "../behaviours/index.ts";
import { readableText } from "../byte-text.ts";
import { libnvmeAddress } from "../libnvme/inet.ts";
import type { LibnvmeDiscovery, LibnvmeHfi, LibnvmeSubsystem, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { type Note, note } from "../note.ts";
import type { ConnectStep } from "./connect-run.ts";
import type { Connection } from "./connection.ts";
import { parseDiscoverdUri } from "./fabrics-uri.ts";
import { isLinkLocal, kernelRefusals } from "./kernel-checks.ts";
import type { WayOf } from "./routes.ts";

/**
 * What a release of nvme-discoverd tries to connect: every SSNS through its first HFI alone, then every discovery controller with an
 * NQN. It keeps trying for ever, with pauses that grow to five minutes.
 *
 * nvme-cli 3.0-rc1, discoverd/src/inventory.c, `load_one_nbft`; 3.1 run. Not covered: the exclusion list, what a log page leads to.
 */
export function discoverdSteps(
  { host, subsystems, discovery }: LibnvmeTable,
  does: Does<"nvme-discoverd">,
  wayOf: WayOf,
): ConnectStep[] {
  const ofTable = does.usesTableHostIdentity;
  const id = ofTable ? host.id : undefined;
  const side: HostSide = {
    hostNqn: ofTable && host.nqn ? latin1Text(host.nqn) : undefined,
    hostId: id?.some((byte) => byte !== 0) ? formatUuid(id) : undefined,
    nqnFrom: ofTable ? "table" : "system",
    idFrom: ofTable ? "table" : "system",
    scoped: does.addsIpv6Scope,
    wayOf,
  };
  return [
    ...discovery.map((descriptor) => discoveryStep(descriptor, side)),
    ...subsystems.map((subsystem) => ssnsStep(subsystem, side)),
  ];
}

interface HostSide extends Pick<Connection, "hostNqn" | "hostId" | "nqnFrom" | "idFrom"> {
  /** Whether link-local addresses get their interface. */
  readonly scoped: boolean;
  readonly wayOf: WayOf;
}

function ssnsStep(
  { position, index, hfis, nqn, traddr, trsvcid, securityIndex, flags }: LibnvmeSubsystem,
  side: HostSide,
): ConnectStep {
  const notes: Note[] = [];
  if (hfis.length > 1) notes.push(note(`only the first of ${hfis.length} HFIs is used`));
  if (securityIndex !== 0) notes.push(note(`security profile ${securityIndex} is not looked at`, "S035"));
  if ((flags & 0x100) !== 0) notes.push(note("marked unavailable: tried anyway, forever"));
  const text = latin1Text(nqn);
  if (text === DISCOVERY_NQN)
    notes.push(note("NQN is the well-known discovery NQN: taken for an I/O controller", "S011"));
  return attempt(
    { path: `ssns[${position}]`, kind: "io", index, hfi: hfis[0]?.index },
    connection("io", text, traddr, latin1Text(trsvcid) || "4420", hfis[0], side),
    hfis[0],
    notes,
    side,
  );
}

function discoveryStep(
  { position, index, hfi, uri, nqn, securityIndex }: LibnvmeDiscovery,
  side: HostSide,
): ConnectStep {
  const step = { path: `discovery[${position}]`, kind: "discovery", index, hfi: hfi?.index, hopeless: false } as const;
  if (!nqn)
    return { ...step, action: "skip", notes: [note("it has no NQN, and the well-known one is not put in", "D010")] };
  const text = latin1Text(uri);
  const parts = parseDiscoverdUri(text);
  if (!parts)
    return { ...step, action: "skip", notes: [note(`URI names no transport: ${readableText(text)}`, "D005")] };
  const traddr = libnvmeAddress(parts.host);
  if (parts.transport.toLowerCase() !== "tcp" || traddr === undefined) {
    const what = parts.host.startsWith("[")
      ? "the URI is cut at its first colon, so that an IPv6 address is lost"
      : `neither a numeric address nor TCP: ${readableText(text)}`;
    return { ...step, action: "skip", notes: [note(what, "D005")] };
  }
  const notes = securityIndex === 0 ? [] : [note(`security profile ${securityIndex} is not looked at`, "D014")];
  const made = connection("discovery", latin1Text(nqn), traddr, parts.port || "8009", hfi, side);
  if (parts.transport !== "tcp") {
    const why = note(`the kernel is asked for the transport ${parts.transport}, which it does not know`, "D005");
    return { ...step, action: "fail", connection: made, hopeless: true, notes: [why, ...notes] };
  }
  return attempt(step, made, hfi, notes, side);
}

function connection(
  kind: Connection["kind"],
  nqn: string,
  traddr: string,
  trsvcid: string,
  hfi: LibnvmeHfi | undefined,
  { hostNqn, hostId, nqnFrom, idFrom }: HostSide,
): Connection {
  return {
    kind,
    nqn,
    traddr,
    trsvcid,
    hostTraddr: hfi?.ipAddress,
    hostIface: undefined,
    hostNqn,
    hostId,
    nqnFrom,
    idFrom,
    uniqueDiscovery: kind === "discovery" && nqn !== DISCOVERY_NQN,
    named: false,
    retriesWithoutHostTraddr: false,
  };
}

function attempt(
  step: Pick<ConnectStep, "path" | "kind" | "index" | "hfi">,
  made: Connection,
  hfi: LibnvmeHfi | undefined,
  notes: readonly Note[],
  { scoped, wayOf }: HostSide,
): ConnectStep {
  // What gets its interface from the daemon is looked at as if it were no link-local address.
  const plain = (address: string) => (scoped && isLinkLocal(address) ? "2001:db8::1" : address);
  const refusals = kernelRefusals({
    ...made,
    traddr: plain(made.traddr),
    hostTraddr: made.hostTraddr === undefined ? undefined : plain(made.hostTraddr),
  });
  const way = hfi && wayOf(hfi, made);
  return {
    ...step,
    action: "connect",
    connection: made,
    ...(way && { reach: way.reach }),
    hopeless: refusals.length > 0 || way?.hopeless === true,
    notes: [...refusals, ...(way?.notes ?? []), ...notes],
  };
}
