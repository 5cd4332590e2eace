import { inNetwork, isIpv6 } from "../../boot/portal.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { formatIp, parseIp } from "../../text/ip.ts";
import { qemuFinding } from "./finding.ts";
import type { Forward, NicBackend } from "./machine.ts";
import type { Destination, NicNeed } from "./needs.ts";

/**
 * QEMU's own network shaped so that a NIC's addresses fit into it: its network, its lease, and the target.
 *
 * A user network has one address that is this host's loopback: it becomes the target's, so that a target listening on 127.0.0.1 at the same port is
 * reached. With `target` connections are handed to `nc` instead, which goes anywhere. Targets on other networks are reached as this host
 * reaches them.
 *
 * @param target host and port to which connections to the table's targets go.
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
  const prefix =
    v6?.address === undefined
      ? {}
      : { prefix: `${networkOf(v6.address, v6.prefixLength ?? 64)}/${v6.prefixLength ?? 64}` };
  if (v4?.address === undefined) return { diagnostics, backend: { kind: "user", ...prefix } };
  const own = { address: v4.address, prefixLength: v4.prefixLength ?? 24 };
  const near = destinations.filter(({ traddr }) => inNetwork(traddr, own.address, own.prefixLength));
  const forwards =
    target === undefined
      ? []
      : near.map(({ traddr, trsvcid }): Forward => ({ address: traddr, port: trsvcid, to: target }));
  const gateway =
    v4.gateway !== undefined && inNetwork(v4.gateway, own.address, own.prefixLength) ? v4.gateway : undefined;
  const alias = target === undefined ? near[0]?.traddr : undefined;
  for (const { traddr, trsvcid } of near)
    if (target === undefined && traddr !== alias)
      diagnostics.push(
        qemuFinding(
          "Q044",
          path,
          `nobody answers at ${traddr}:${trsvcid}: QEMU's user network has one address for this host, and it is ${alias}`,
          "--target HOST:PORT forwards all targets; --net joins the NIC to a real network",
        ),
      );
  if (alias !== undefined && gateway !== undefined && gateway !== alias)
    diagnostics.push(
      qemuFinding(
        "Q044",
        path,
        `the gateway ${gateway} does not answer: this host's address in the network is the target's, ${alias}`,
      ),
    );
  const host = alias ?? gateway ?? free(own, [own.address, ...near.map(({ traddr }) => traddr)], 2);
  const taken = [own.address, host, ...near.map(({ traddr }) => traddr)];
  return {
    diagnostics,
    backend: {
      kind: "user",
      network: `${networkOf(own.address, own.prefixLength)}/${own.prefixLength}`,
      host,
      dns: free(own, taken, 3),
      ...(v4.dhcp && { firstLease: own.address }),
      ...prefix,
      ...(forwards.length > 0 && { forwards }),
    },
  };
}

/** The first address of a network from a number on that nobody has. */
function free(
  own: { address: string; prefixLength: number },
  taken: readonly (string | undefined)[],
  from: number,
): string {
  const network = networkOf(own.address, own.prefixLength);
  const size = own.prefixLength < 24 ? 256 : 2 ** (32 - own.prefixLength);
  for (let number = from; number < size - 1; number++)
    if (!taken.includes(addTo(network, number))) return addTo(network, number);
  return addTo(network, 1);
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
