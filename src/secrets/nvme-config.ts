import { formatSecret, type Secret } from "./secret.ts";

/** A connection that needs secrets, as nvme-cli 2.x makes it from a table: it looks its keys up by exactly these texts. */
export interface SecuredPath {
  readonly hostNqn: string;
  /** As nvme-cli prints the table's Host ID: its 16 bytes in stored order, lower case. It need not be the UUID in the host NQN. */
  readonly hostId: string;
  readonly subsystemNqn: string;
  readonly traddr: string;
  readonly trsvcid: string;
}

/** The secrets of one path. */
export interface PathSecrets {
  /** The host proves itself with it. */
  readonly host?: Secret | undefined;
  /** The controller proves itself with it: mutual authentication. */
  readonly controller?: Secret | undefined;
  /** TLS pre-shared key. */
  readonly tls?: Secret | undefined;
}

interface PortEntry {
  readonly transport: "tcp";
  readonly traddr: string;
  readonly trsvcid: string;
  readonly dhchap_key?: string;
  readonly dhchap_ctrl_key?: string;
  readonly tls?: true;
  readonly tls_key?: string;
}

/** One host of nvme-cli's `config.json`. */
interface HostEntry {
  readonly hostnqn: string;
  readonly hostid: string;
  readonly dhchap_key?: string;
  readonly subsystems?: readonly { readonly nqn: string; readonly ports: readonly PortEntry[] }[];
}

/**
 * Text of `/etc/nvme/config.json` with which nvme-cli 2.x connects `connect-all --nbft` with keys. It holds the keys: whoever reads the file, or
 * an image that contains it, has them.
 *
 * One-way authentication stands at the host, for all its subsystems; mutual authentication and TLS stand at each port. These are the forms that
 * were run: nvme-cli 2.13 and 2.16, 30 November 2026. 2.13 ends with a segmentation fault when `hostid` is missing; another host ID than the
 * table's makes both ignore the keys, without a message.
 */
export function nvmeConfig(paths: readonly SecuredPath[], secretsOf: (path: SecuredPath) => PathSecrets): string {
  const hosts = new Map<string, SecuredPath[]>();
  for (const path of paths) {
    const key = JSON.stringify([path.hostNqn, path.hostId]);
    hosts.set(key, [...(hosts.get(key) ?? []), path]);
  }
  return `${JSON.stringify(
    [...hosts.values()].map((group) => hostEntry(group, secretsOf)),
    null,
    2,
  )}\n`;
}

function hostEntry(paths: readonly SecuredPath[], secretsOf: (path: SecuredPath) => PathSecrets): HostEntry {
  const { hostNqn, hostId } = paths[0]!;
  const hostSecrets = new Set<string>();
  const ports = new Map<string, Map<string, PortEntry>>();
  for (const path of paths) {
    const { host, controller, tls } = secretsOf(path);
    if (host) hostSecrets.add(formatSecret(host));
    const entry: PortEntry = {
      transport: "tcp",
      traddr: path.traddr,
      trsvcid: path.trsvcid,
      ...(host && { dhchap_key: formatSecret(host) }),
      ...(controller && { dhchap_ctrl_key: formatSecret(controller) }),
      ...(tls && ({ tls: true, tls_key: formatSecret(tls) } as const)),
    };
    const entries = ports.get(path.subsystemNqn) ?? new Map<string, PortEntry>();
    ports.set(path.subsystemNqn, entries.set(`${path.traddr} ${path.trsvcid}`, entry));
  }
  const plain = paths.every((path) => {
    const { controller, tls } = secretsOf(path);
    return !controller && !tls;
  });
  const identity = { hostnqn: hostNqn, hostid: hostId };
  const [only] = hostSecrets;
  if (plain && hostSecrets.size === 1) return { ...identity, dhchap_key: only! };
  const subsystems = [...ports].map(([nqn, entries]) => ({ nqn, ports: [...entries.values()] }));
  return { ...identity, subsystems };
}
