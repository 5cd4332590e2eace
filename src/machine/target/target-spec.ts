import type { BootDescription, BootSecurity, BootTarget } from "../../boot/description.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { EncodeError } from "../../errors.ts";
import { parseHex } from "../../text/hex.ts";
import { isIpv6 } from "../../text/ip.ts";
import { DISCOVERY_NQN, MAX_NQN_BYTES } from "../../text/nvme.ts";
import { formatUuid } from "../../text/uuid.ts";
import { targetFinding } from "./rules.ts";

/** What a Linux soft target (nvmet) serves: the other end of a boot. */
export interface TargetSpec {
  /** One for each target of the boot description, in its order. */
  readonly subsystems: readonly TargetSubsystem[];
  /** One for each address and TCP port. */
  readonly ports: readonly TargetPort[];
  /** Hosts that must prove who they are. nvmet keeps keys by host, for all subsystems. */
  readonly hosts: readonly TargetHost[];
  /** NQN of the discovery controller, where it is not the well-known one (Linux 6.1 and later). */
  readonly discoveryNqn?: string | undefined;
}

/** An NVM subsystem. */
export interface TargetSubsystem {
  /** Subsystem NQN. */
  readonly nqn: string;
  /** Up to 20 ASCII characters. */
  readonly serial?: string | undefined;
  /** Up to 40 ASCII characters. */
  readonly model?: string | undefined;
  /** Host NQNs that may connect. */
  readonly hosts: "any" | readonly string[];
  /** In the order of the boot description. */
  readonly namespaces: readonly TargetNamespace[];
  /** Digests that hosts will ask for; nvmet grants what a host asks, and needs crc32c for it. */
  readonly digests: { readonly header: boolean; readonly data: boolean };
}

/** What nvmet knows of a host that must prove who it is. Secrets are named by file. */
export interface TargetHost {
  /** Host NQN. */
  readonly nqn: string;
  /** File with the `DHHC-1:` secret of the host. */
  readonly secret: string;
  /** File with the `DHHC-1:` secret by which the target proves itself, where the host asks for that. */
  readonly controllerSecret?: string | undefined;
  /** Hash function of DH-HMAC-CHAP: the first that is allowed, else SHA-256. */
  readonly hash: "sha256" | "sha384" | "sha512";
  /** Diffie-Hellman group of DH-HMAC-CHAP: the first that is allowed, else ffdhe2048. */
  readonly dhGroup: "null" | "ffdhe2048" | "ffdhe3072" | "ffdhe4096" | "ffdhe6144" | "ffdhe8192";
}

/** Hash and group that nvmet asks for: the first that are allowed, else those that every Linux has. */
export function authenticationChoice({
  hashes,
  dhGroups,
}: Pick<BootSecurity, "hashes" | "dhGroups">): Pick<TargetHost, "hash" | "dhGroup"> {
  return { hash: hashes?.[0] ?? "sha256", dhGroup: dhGroups?.[0] ?? "ffdhe2048" };
}

/** A namespace of a subsystem. */
export interface TargetNamespace {
  /** 1 to 4294967294. */
  readonly nsid: number;
  /** Block device, or a file. */
  readonly path: string;
  /** Lower-case text. */
  readonly uuid?: string | undefined;
  /** 32 lower-case hexadecimal digits. */
  readonly nguid?: string | undefined;
  /** Bytes of a logical block that the contents were made for. */
  readonly blockSize: 512 | 4096;
  /** Whether `path` is a disk image that has to be attached to a loop device: behind a plain file, nvmet has blocks of 4096 bytes. */
  readonly image: boolean;
}

/** An address at which the target listens. */
export interface TargetPort {
  /** 1 to 65535. */
  readonly id: number;
  /** IPv4 or IPv6 address without brackets; a link-local one ends in `%` and the zone where one was given. */
  readonly traddr: string;
  /** TCP port. */
  readonly trsvcid: number;
  /** NQNs of the subsystems that it offers. */
  readonly subsystems: readonly string[];
  /** TLS 1.3 with a pre-shared key: the only way in, or one beside plain connections. Linux 6.7 and later. */
  readonly tls?: "required" | "supported" | undefined;
}

/** Choices of {@link targetOfBoot}. */
export interface TargetOptions {
  /** Block devices or images: by NSID (`1`), or by subsystem and NSID (`NQN/1`). */
  readonly devices?: Readonly<Record<string, string>>;
  /** Interface of the target that link-local addresses belong to. */
  readonly zone?: string | undefined;
}

/**
 * The target that a boot description expects, and what nvmet cannot do of it.
 *
 * @throws {EncodeError} for an NQN that cannot be the name of a folder, or a namespace without a device.
 */
export function targetOfBoot(
  boot: BootDescription,
  options: TargetOptions = {},
): { spec: TargetSpec; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const ports = new Ports(options.zone, diagnostics);
  const subsystems = boot.targets.map((target, i) => {
    for (const { traddr, trsvcid } of target.portals)
      ports.offer(traddr, trsvcid, target.nqn, `targets[${i}].portals`, target.security?.tls);
    addDiscovery(target, i, ports, diagnostics);
    if (target.digests.header || target.digests.data)
      diagnostics.push(
        targetFinding(
          "N005",
          `targets[${i}].digests`,
          "nvmet grants the digests that a host asks for and cannot demand them",
          "The target needs the kernel's crc32c, which the configfs script loads",
        ),
      );
    return subsystemOf(target, i, options, diagnostics);
  });
  const own = boot.targets.find(({ discovery }) => discovery && discovery.nqn !== DISCOVERY_NQN)?.discovery?.nqn;
  const hosts = secretsOf(boot, diagnostics);
  const spec: TargetSpec = { subsystems, ports: ports.list(), hosts, discoveryNqn: own };
  checkNames(spec);
  return { spec, diagnostics };
}

/** Keys by host. nvmet demands authentication of a host exactly when it has a key for it. */
function secretsOf(boot: BootDescription, diagnostics: Diagnostic[]): TargetHost[] {
  const hosts = new Map<string, TargetHost>();
  for (const [i, { security, allowHosts }] of boot.targets.entries()) {
    const path = `targets[${i}].security`;
    if (security?.tls !== undefined)
      diagnostics.push(
        targetFinding(
          "N009",
          `${path}.tls`,
          "nvmet asks tlshd for each handshake, and tlshd looks the key up in the keyring .nvme",
          "Run tlshd with -o tlshd's configuration; load the key with nbft secret derive and nvme tls-key --import",
        ),
      );
    if (security?.authentication === undefined) continue;
    if (allowHosts === "any") {
      const message = "nvmet demands authentication by host, and any host may connect to this subsystem without it";
      diagnostics.push(targetFinding("N006", path, message, "Name the hosts that may connect: allowHosts"));
      continue;
    }
    if (security.hostSecret === undefined) {
      const message = "nvmet demands authentication only of a host whose secret it has, and no file is named";
      diagnostics.push(targetFinding("N007", path, message, "nbft secret make -w host.key, and hostSecret: host.key"));
      continue;
    }
    for (const nqn of allowHosts) {
      const host: TargetHost = {
        nqn,
        secret: security.hostSecret,
        controllerSecret: security.controllerSecret,
        ...authenticationChoice(security),
      };
      const before = hosts.get(nqn);
      if (before && JSON.stringify(before) !== JSON.stringify(host)) {
        const message = `nvmet has one set of keys for ${nqn}, and an earlier target names another`;
        diagnostics.push(
          targetFinding("N008", path, message, "Name the same secrets, hash and group for every target of a host"),
        );
      } else hosts.set(nqn, host);
    }
  }
  return [...hosts.values()];
}

function subsystemOf(
  target: BootTarget,
  i: number,
  options: TargetOptions,
  diagnostics: Diagnostic[],
): TargetSubsystem {
  const namespaces = target.namespaces.map((namespace, n): TargetNamespace => {
    const { nsid, uuid, nguid, eui64, blockSize, image } = namespace;
    const device = options.devices?.[`${target.nqn}/${nsid}`] ?? options.devices?.[String(nsid)];
    const path = device ?? image;
    if (path === undefined)
      throw new EncodeError(
        `namespace ${nsid} of ${target.nqn} has no image, and no device is named for it (--device ${nsid}=/dev/…)`,
        `targets[${i}].namespaces[${n}]`,
      );
    if (eui64 !== undefined)
      diagnostics.push(
        targetFinding(
          "N002",
          `targets[${i}].namespaces[${n}].eui64`,
          "nvmet has no attribute for an EUI-64: hosts will not see it",
        ),
      );
    return { nsid, path, uuid, nguid, blockSize, image: !path.startsWith("/dev/") };
  });
  const { nqn, serial, model, allowHosts, digests } = target;
  return { nqn, serial, model, hosts: allowHosts, namespaces, digests };
}

/** nvmet's discovery controller answers at every port, and describes the subsystems of that port only. */
function addDiscovery(target: BootTarget, i: number, ports: Ports, diagnostics: Diagnostic[]): void {
  for (const { traddr, trsvcid } of target.discovery?.portals ?? []) {
    if (target.portals.some((portal) => portal.traddr === traddr && portal.trsvcid === trsvcid)) continue;
    ports.offer(traddr, trsvcid, target.nqn, `targets[${i}].discovery.portals`);
    diagnostics.push(
      targetFinding(
        "N003",
        `targets[${i}].discovery.portals`,
        `nvmet's discovery controller at ${traddr}:${trsvcid} describes the subsystem at this address, not at its portals`,
        "The subsystem is offered there, too",
      ),
    );
  }
}

class Ports {
  readonly #ports: { traddr: string; trsvcid: number; subsystems: string[]; tls?: TargetPort["tls"] }[] = [];
  readonly #zone: string | undefined;
  readonly #diagnostics: Diagnostic[];

  constructor(zone: string | undefined, diagnostics: Diagnostic[]) {
    this.#zone = zone;
    this.#diagnostics = diagnostics;
  }

  offer(traddr: string, trsvcid: number, nqn: string, path: string, tls?: TargetPort["tls"]): void {
    const linkLocal = /^fe[89ab]/i.test(traddr);
    if (linkLocal && this.#zone === undefined)
      this.#diagnostics.push(
        targetFinding(
          "N004",
          path,
          `${traddr} is link-local: nvmet needs the interface behind it, as in ${traddr}%eth0`,
          "Name it with --zone",
        ),
      );
    const address = linkLocal && this.#zone !== undefined ? `${traddr}%${this.#zone}` : traddr;
    const port = this.#ports.find((other) => other.traddr === address && other.trsvcid === trsvcid);
    if (!port) {
      this.#ports.push({ traddr: address, trsvcid, subsystems: [nqn], ...(tls && { tls }) });
      return;
    }
    if (!port.subsystems.includes(nqn)) port.subsystems.push(nqn);
    // A port has one demand for all its subsystems: what one of them does not ask for cannot be required.
    if (port.tls !== tls) port.tls = "supported";
  }

  list(): TargetPort[] {
    return this.#ports.map((port, i) => ({ id: i + 1, ...port }));
  }
}

/** Names become folders of configfs: one with a slash would lead out of its place. */
function checkNames(spec: TargetSpec): void {
  const names = spec.subsystems.flatMap(({ nqn, hosts }) => [nqn, ...(hosts === "any" ? [] : hosts)]);
  for (const name of names)
    if (
      name === "" ||
      name === "." ||
      name === ".." ||
      /[\x00-\x1f/\x7f]/.test(name) ||
      new TextEncoder().encode(name).length > MAX_NQN_BYTES
    )
      throw new EncodeError(`${JSON.stringify(name)} cannot be the name of a subsystem or host`);
  for (const { serial, model } of spec.subsystems) {
    if (serial !== undefined && !/^[\x20-\x7e]{1,20}$/.test(serial))
      throw new EncodeError(`serial ${JSON.stringify(serial)}: 1 to 20 ASCII characters`);
    if (model !== undefined && !/^[\x20-\x7e]{1,40}$/.test(model))
      throw new EncodeError(`model ${JSON.stringify(model)}: 1 to 40 ASCII characters`);
  }
}

/** Address family as nvmet names it. */
export function addressFamily(traddr: string): "ipv4" | "ipv6" {
  return isIpv6(traddr) ? "ipv6" : "ipv4";
}

/** An NGUID with hyphens, as nvmet shows it. */
export function hyphenated(nguid: string): string {
  return formatUuid(parseHex(nguid) ?? new Uint8Array(16));
}
