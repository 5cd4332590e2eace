import { kernelPort, nqnRefusal, otherPort, SPLITS_OPTIONS, splitsOptions } from "../../reach/refusals.ts";
import { addressUse } from "../../reach/subnet.ts";
import { isIpv6 } from "../../text/ip.ts";
import { type Note, note } from "../note.ts";
import type { Connection } from "./connection.ts";

/**
 * Why a connection must fail however the network is: what the kernel's fabrics and TCP drivers refuse before they send anything.
 * Nothing is known of targets, routes and credentials.
 *
 * Linux 6.x, drivers/nvme/host/fabrics.c (`nvmf_parse_options`) and tcp.c (`nvme_tcp_alloc_queue`, which binds to the host's address
 * before it binds to an interface).
 */
export function kernelRefusals(connection: Connection): Note[] {
  return [...textRefusals(connection), ...addressRefusals(connection)];
}

/** The part of {@link kernelRefusals} that is the same through every HFI. */
export function textRefusals({ nqn, trsvcid, hostNqn }: Pick<Connection, "nqn" | "trsvcid" | "hostNqn">): Note[] {
  const notes: Note[] = [];
  const refusal = nqnRefusal(nqn);
  if (refusal !== undefined) notes.push(note(`NQN ${refusal}`, "S010"));
  for (const [name, text] of Object.entries({ "service id": trsvcid, "host NQN": hostNqn })) {
    if (text && splitsOptions(text)) notes.push(note(`${name} ${SPLITS_OPTIONS}`));
  }
  if (kernelPort(trsvcid) === undefined) notes.push(note("the service id is not a port", "S009"));
  return notes;
}

/** The part of {@link kernelRefusals} that depends on the addresses and the interface. */
export function addressRefusals({
  traddr,
  hostTraddr,
  hostIface,
}: Pick<Connection, "traddr" | "hostTraddr" | "hostIface">): Note[] {
  const notes: Note[] = [];
  if (isUnspecified(traddr)) notes.push(note("the address of the target is zero", "S008"));
  if (hasEscapedScope(traddr)) {
    const scope = traddr.slice(traddr.indexOf("%"));
    notes.push(note(`${scope} is passed to the kernel as it is in the URI: no interface has that name (EINVAL)`));
  }
  if (isLinkLocal(traddr) && hostIface === undefined) notes.push(withoutInterface("target"));
  if (hostTraddr !== undefined && isLinkLocal(hostTraddr)) notes.push(withoutInterface("host", hostIface));
  if (hostTraddr !== undefined && isIpv6(hostTraddr) !== isIpv6(traddr)) {
    const family = (address: string) => (isIpv6(address) ? "IPv6" : "IPv4");
    notes.push(note(`host address is ${family(hostTraddr)}, the target's is ${family(traddr)}`, "S029"));
  }
  return notes;
}

function withoutInterface(what: "target" | "host", hostIface?: string): Note {
  const order = hostIface === undefined ? "" : `, before it binds to ${hostIface}`;
  return note(
    `the address of the ${what} is link-local and comes without its interface: the kernel refuses it (EINVAL)${order}`,
  );
}

/** What is worth knowing of a connection that the kernel does not refuse. */
export function sentNotes(connection: Connection): Note[] {
  const port = otherPort(connection.trsvcid);
  return [
    ...(port === undefined ? [] : [note(`service id ${JSON.stringify(connection.trsvcid)}: ${port}`, "S009")]),
    ...linkLocalNotes(connection),
  ];
}

/**
 * What is known of a link-local target that is not refused: Linux takes the interface that the connection is bound to. Run with nvme-cli
 * 3.1 and Linux 6.12: a live controller where the target has a way back, ETIMEDOUT where nobody answers; EINVAL with nvme-cli 2.13.
 */
function linkLocalNotes({ traddr, hostIface }: Pick<Connection, "traddr" | "hostIface">): Note[] {
  if (!isLinkLocal(traddr) || hostIface === undefined) return [];
  return [
    note(
      `the address of the target is link-local: Linux asks for it on ${hostIface}, which the connection is bound to; whether it answers there is not known`,
      "S038",
    ),
  ];
}

/** Whether an IPv6 address has a scope in the form of URIs, `%25eth0`, in which the interface's name is not found (RFC 6874). */
export function hasEscapedScope(address: string): boolean {
  return address.includes(":") && address.includes("%25");
}

/** Whether an address text is IPv6 link-local, without a scope. */
export function isLinkLocal(address: string): boolean {
  return !address.includes("%") && addressUse(address) === "link-local";
}

/** Whether an address text is all zero. */
export function isUnspecified(address: string): boolean {
  return address === "::" || address === "0.0.0.0";
}
