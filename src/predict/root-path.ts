import { isIpv6, parseIp, withoutLeadingZeros } from "../text/ip.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT, IO_PORT } from "../text/nvme.ts";

/** What the firmware takes from a DHCP root path. */
export interface FirmwareRootPath {
  /** 16 bytes as the driver holds them, or undefined where the server is named. */
  readonly targetIp: Uint8Array | undefined;
  readonly serverName: string | undefined;
  readonly port: number;
  readonly nqn: string;
  readonly nid: string;
  /** The text that it keeps for its table: its own prefix in upper case. */
  readonly kept: string;
}

/**
 * Reads a DHCP root path as the driver does: `NVME+TCP://SERVER[:PORT]/NQN[/urn:TYPE:NID]`. It refuses the offer, and so the
 * lease, where the text has another form: another scheme, an empty part, a namespace without `urn:`.
 */
export function readRootPath(text: string, ipv6: boolean): FirmwareRootPath | undefined {
  const match = /^nvme\+tcp:\/\/(\[[^\]/]*\]|[^:/]+)(?::(\d*))?\/([^/]+)(?:\/urn:(?:uuid|eui64|nguid):(.+))?$/i.exec(
    text,
  );
  if (!match) return undefined;
  const [, server, port, nqn, nid] = match as unknown as [string, string, string?, string?, string?];
  const numeric = /^[\d[]/.test(server);
  const targetIp = numeric ? addressOf(server, ipv6) : undefined;
  if (numeric && !targetIp) return undefined;
  return {
    targetIp,
    serverName: numeric ? undefined : server,
    port: port ? Number(port) & 0xffff : nqn!.toLowerCase() === DISCOVERY_NQN ? DISCOVERY_PORT : IO_PORT,
    nqn: nqn!,
    nid: nid ?? "",
    kept: text.slice(0, 5).toUpperCase() + text.slice(5),
  };
}

function addressOf(server: string, ipv6: boolean): Uint8Array | undefined {
  const bare = server.replace(/^\[|\]$/g, "");
  // The driver reads decimal numbers.
  return isIpv6(bare) === ipv6 ? efiAddress(withoutLeadingZeros(bare)) : undefined;
}

/** The 16 bytes of an EFI_IP_ADDRESS: IPv4 in the first four. */
export function efiAddress(text: string): Uint8Array | undefined {
  const bytes = parseIp(text);
  if (!bytes || isIpv6(text)) return bytes;
  const efi = new Uint8Array(16);
  efi.set(bytes.subarray(12));
  return efi;
}
