import { inNetwork, isIpv6 } from "../boot/portal.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { formatIp, parseIp } from "../text/ip.ts";
import { qemuFinding } from "./finding.ts";
import type { Forward, NicBackend } from "./machine.ts";
import type { Destination, NicNeed } from "./needs.ts";

/**
 * QEMU's own network shaped so that a NIC's addresses fit into it: its network, gateway, and the lease that the table expects.
 *
 * @param target host and port to which connections to the table's targets go; without it, targets on the NIC's own network are not reached.
 */
export function userNetwork(
  nic: NicNeed,
  path: string,
  destinations: readonly Destination[],
  target: string | undefined,
): { backend: NicBackend; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const tagged = nic.networks.filter(({ vlan }) => vlan !== undefined && vlan !== 0);
  if (tagged.length > 0)
    diagnostics.push(
      qemuFinding(
        "Q045",
        path,
        `VLAN ${tagged.map(({ vlan }) => vlan).join(", ")}: QEMU's user network does not understand tagged frames`,
        "Give the NIC a bridge, a tap or a stream (--net)",
      ),
    );
  const v4 = nic.networks.find(({ address }) => address !== undefined && !isIpv6(address));
  const v6 = nic.networks.find(
    ({ address }) => address !== undefined && isIpv6(address) && !/^fe[89ab]/i.test(address),
  );
  const own = v4?.address !== undefined ? { address: v4.address, prefixLength: v4.prefixLength ?? 24 } : undefined;
  const near = destinations.filter(({ traddr }) => own && inNetwork(traddr, own.address, own.prefixLength));
  const forwards: Forward[] = [];
  for (const { traddr, trsvcid } of near) {
    if (target !== undefined) forwards.push({ address: traddr, port: trsvcid, to: target });
    else
      diagnostics.push(
        qemuFinding(
          "Q044",
          path,
          `nobody answers at ${traddr}:${trsvcid} in QEMU's user network`,
          "--target HOST:PORT forwards the table's targets; --net joins the NIC to a real network",
        ),
      );
  }
  return {
    diagnostics,
    backend: {
      kind: "user",
      ...(own && { network: `${networkOf(own.address, own.prefixLength)}/${own.prefixLength}` }),
      ...(own && gatewayFor(own, v4?.gateway, near)),
      ...(own && v4?.dhcp && { firstLease: own.address }),
      ...(v6?.address !== undefined && {
        prefix: `${networkOf(v6.address, v6.prefixLength ?? 64)}/${v6.prefixLength ?? 64}`,
      }),
      ...(forwards.length > 0 && { forwards }),
    },
  };
}

/** Slirp's own address is the second of the network unless it is somebody else's. */
function gatewayFor(
  own: { address: string; prefixLength: number },
  gateway: string | undefined,
  near: readonly Destination[],
): { gateway?: string } {
  if (gateway !== undefined && inNetwork(gateway, own.address, own.prefixLength)) return { gateway };
  const taken = new Set([own.address, ...near.map(({ traddr }) => traddr)]);
  const network = networkOf(own.address, own.prefixLength);
  if (!taken.has(addTo(network, 2))) return {};
  for (let last = 1; last < 2 ** (32 - own.prefixLength) - 1 && last < 255; last++)
    if (!taken.has(addTo(network, last))) return { gateway: addTo(network, last) };
  return {};
}

function addTo(network: string, number: number): string {
  const bytes = parseIp(network)!.slice();
  bytes[15] = bytes[15]! + number;
  return formatIp(bytes);
}

/** The address with its host bits cleared. */
export function networkOf(address: string, prefixLength: number): string {
  const bytes = parseIp(address)!.slice();
  const bits = isIpv6(address) ? prefixLength : 96 + prefixLength;
  for (let bit = bits; bit < 128; bit++) bytes[bit >> 3] = bytes[bit >> 3]! & ~(0x80 >> (bit & 7));
  return formatIp(bytes);
}
