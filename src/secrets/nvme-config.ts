import { formatSecret, type Secret } from "./secret.ts";

/** A connection that needs secrets, as nvme-cli 2.x makes it from a table: it looks its keys up by exactly these texts. */
export interface SecuredPath {
  /** The table's host NQN. */
  readonly hostNqn: string;
  /** As nvme-cli prints the table's Host ID: its 16 bytes in stored order, lower case. It need not be the UUID in the host NQN. */
  readonly hostId: string;
  /** NQN of the subsystem. */
  readonly subsystemNqn: string;
  /** The portal's address. */
  readonly traddr: string;
  /** The portal's port, as text. */
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
  const text = (secret: Secret | undefined) => secret && formatSecret(secret);
  return formatConfig(paths, (path) => {
    const { host, controller, tls } = secretsOf(path);
    return { host: text(host), controller: text(controller), tls: text(tls) };
  });
}

/** The same with an ellipsis in the place of each key: what has to be there, to be read by people. */
export function nvmeConfigOutline(paths: readonly SecuredPath[], kinds: readonly (keyof PathSecrets)[]): string {
  const text = (kind: keyof PathSecrets) =>
    kinds.includes(kind) ? (kind === "tls" ? "NVMeTLSkey-1:…" : "DHHC-1:…") : undefined;
  return formatConfig(paths, () => ({ host: text("host"), controller: text("controller"), tls: text("tls") }));
}

type SecretTexts = { readonly [K in keyof PathSecrets]: string | undefined };

function formatConfig(paths: readonly SecuredPath[], textsOf: (path: SecuredPath) => SecretTexts): string {
  const hosts = new Map<string, SecuredPath[]>();
  for (const path of new Set(paths)) {
    const key = JSON.stringify([path.hostNqn, path.hostId]);
    const known = hosts.get(key);
    if (known) known.push(path);
    else hosts.set(key, [path]);
  }
  const entries = [...hosts.values()].map((group) => hostEntry(group, textsOf));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function hostEntry(paths: readonly SecuredPath[], textsOf: (path: SecuredPath) => SecretTexts): HostEntry {
  const { hostNqn, hostId } = paths[0]!;
  const hostSecrets = new Set<string>();
  const ports = new Map<string, Map<string, PortEntry>>();
  for (const path of paths) {
    const { host, controller, tls } = textsOf(path);
    if (host) hostSecrets.add(host);
    const entry: PortEntry = {
      transport: "tcp",
      traddr: path.traddr,
      trsvcid: path.trsvcid,
      ...(host && { dhchap_key: host }),
      ...(controller && { dhchap_ctrl_key: controller }),
      ...(tls && ({ tls: true, tls_key: tls } as const)),
    };
    const entries = ports.get(path.subsystemNqn) ?? new Map<string, PortEntry>();
    ports.set(path.subsystemNqn, entries.set(`${path.traddr} ${path.trsvcid}`, entry));
  }
  const plain = paths.every((path) => {
    const { controller, tls } = textsOf(path);
    return !controller && !tls;
  });
  const identity = { hostnqn: hostNqn, hostid: hostId };
  const [only] = hostSecrets;
  if (plain && hostSecrets.size === 1) return { ...identity, dhchap_key: only! };
  const subsystems = [...ports].map(([nqn, entries]) => ({ nqn, ports: [...entries.values()] }));
  return { ...identity, subsystems };
}
