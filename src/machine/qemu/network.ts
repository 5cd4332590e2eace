import type { Diagnostic } from "../../diagnostic.ts";
import { type Subnet, subnetOf } from "../../reach/subnet.ts";
import { isIpv6 } from "../../text/ip.ts";
import type { Forward, NicBackend } from "./machine.ts";
import type { Destination, NicNeed } from "./needs.ts";
import { qemuFinding } from "./rules.ts";

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
        "Connect the NIC to a bridge, a tap or a stream (--net)",
      ),
    );
  const v4 = nic.networks.find(({ address }) => address !== undefined && !isIpv6(address));
  const v6 = nic.networks.find(
    ({ address }) => address !== undefined && isIpv6(address) && !/^fe[89ab]/i.test(address),
  );
  const network6 = v6?.address === undefined ? undefined : subnetOf(v6.address, v6.prefixLength ?? 64);
  const prefix = network6 === undefined ? {} : { prefix: network6.text };
  const network = v4?.address === undefined ? undefined : subnetOf(v4.address, v4.prefixLength ?? 24);
  if (v4?.address === undefined || network === undefined) return { diagnostics, backend: { kind: "user", ...prefix } };
  const near = destinations.filter(({ traddr }) => network.contains(traddr));
  const forwards =
    target === undefined
      ? []
      : near.map(({ traddr, trsvcid }): Forward => ({ address: traddr, port: trsvcid, to: target }));
  const gateway = v4.gateway !== undefined && network.contains(v4.gateway) ? v4.gateway : undefined;
  const alias = target === undefined ? near[0]?.traddr : undefined;
  for (const { traddr, trsvcid } of near)
    if (target === undefined && traddr !== alias)
      diagnostics.push(
        qemuFinding(
          "Q044",
          path,
          `nothing answers at ${traddr}:${trsvcid}: QEMU's user network has one address for this host, and it is ${alias}`,
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
  const host = alias ?? gateway ?? free(network, [v4.address, ...near.map(({ traddr }) => traddr)], 2);
  const taken = [v4.address, host, ...near.map(({ traddr }) => traddr)];
  return {
    diagnostics,
    backend: {
      kind: "user",
      network: network.text,
      host,
      dns: free(network, taken, 3),
      ...(v4.dhcp && { firstLease: v4.address }),
      ...prefix,
      ...(forwards.length > 0 && { forwards }),
    },
  };
}

/** The first address of a network from a number on that nobody has. */
function free(network: Subnet, taken: readonly (string | undefined)[], from: number): string {
  const size = network.prefix < 24 ? 256 : 2 ** (32 - network.prefix);
  for (let number = from; number < size - 1; number++)
    if (!taken.includes(network.host(number))) return network.host(number);
  return network.host(1);
}
