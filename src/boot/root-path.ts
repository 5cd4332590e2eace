import { DISCOVERY_NQN, DISCOVERY_PORT, IO_PORT } from "../text/nvme.ts";
import { formatPortal, parsePortal } from "./portal.ts";
import { nidForm } from "./text-forms.ts";

/** What a DHCP root path (option 17) says. */
export interface RootPath {
  readonly traddr: string;
  readonly trsvcid: number;
  /** Subsystem NQN, or the discovery NQN. */
  readonly nqn: string;
  /** UUID text, or 32 or 16 hexadecimal digits. */
  readonly nid?: string | undefined;
}

/**
 * Takes `NVME+TCP://ADDRESS[:PORT]/NQN[/NID]` apart. Without a port it is 8009 for the well-known discovery NQN, else 4420.
 *
 * NVMe Boot Specification 1.3, section 3.2.2.5.3, Figure 20.
 *
 * @returns undefined when the text is none, or names its server by host name.
 */
export function parseRootPath(text: string): RootPath | undefined {
  const match = /^nvme\+tcp:\/\/([^/]+)\/([^/]+)(?:\/(.+))?$/i.exec(text);
  const portal = match ? parsePortal(match[1]!) : undefined;
  const nid = match?.[3] === undefined ? undefined : nidForm.parse(match[3]);
  if (!match || !portal || (match[3] !== undefined && nid === undefined)) return undefined;
  const nqn = match[2]!;
  const trsvcid = portal.trsvcid ?? (nqn.toLowerCase() === DISCOVERY_NQN ? DISCOVERY_PORT : IO_PORT);
  return { traddr: portal.traddr, trsvcid, nqn, nid };
}

/** The text of a root path, as the DHCP server sends it: with port, and with the namespace as a URN that OVMF understands. */
export function formatRootPath({ traddr, trsvcid, nqn, nid }: RootPath): string {
  const place = formatPortal({ traddr, trsvcid });
  return `NVME+TCP://${place}/${nqn}${nid === undefined ? "" : `/${urnOf(nid)}`}`;
}

function urnOf(nid: string): string {
  if (nid.includes("-")) return `urn:uuid:${nid}`;
  return nid.length === 32 ? `urn:nguid:${nid}` : `urn:eui64:${nid}`;
}
