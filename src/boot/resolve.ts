import { headerOfMaker } from "../nbft/maker.ts";
import { isIpv6 } from "../text/ip.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT, IO_PORT, uuidNqn } from "../text/nvme.ts";
import { deriveAttempts, resolveAttempt } from "./attempts.ts";
import { defaultPci, fromTarget, type ReportProblem, unknownName, uuidIn } from "./defaults.ts";
import type {
  BootAttempt,
  BootDescription,
  BootHost,
  BootInterface,
  BootNamespace,
  BootPortal,
  BootTableHeader,
  BootTarget,
} from "./description.ts";
import type { BootDocument } from "./document.ts";
import { linkLocalAddress, parseNetwork, parsePortal } from "./portal.ts";
import { portalsReached } from "./reach.ts";
import { formatRootPath } from "./root-path.ts";

/** Something that each part of a document allows and its parts together do not. */
export interface Unresolved {
  readonly path: string;
  readonly message: string;
}

/** Fills in what a document leaves out and follows its names. The description is only sound when there are no problems. */
export function resolveBoot(document: BootDocument): { description: BootDescription; problems: Unresolved[] } {
  const problems: Unresolved[] = [];
  const report: ReportProblem = (path, message) => problems.push({ path, message });
  const host = resolveHost(document.host, report);
  const interfaces = resolveInterfaces(document, host, report);
  const targets = resolveTargets(document, host, interfaces, report);
  const written = document.attempts?.map((attempt, i) => resolveAttempt(attempt, i, interfaces, targets, report));
  const attempts = written ?? (problems.length > 0 ? [] : deriveAttempts(interfaces, targets, report));
  unique(attempts, "attempts", report);
  const table = { ...headerOfMaker, ...document.table } as BootTableHeader;
  return {
    description: { host, interfaces: withRootPaths(interfaces, attempts), targets, attempts, table },
    problems,
  };
}

/** What a DHCP server must send for the attempts that live on its root path. */
function withRootPaths(interfaces: readonly BootInterface[], attempts: readonly BootAttempt[]): BootInterface[] {
  return interfaces.map((each) => {
    if (each.rootPath !== undefined && each.rootPath !== fromTarget) return each;
    const attempt = attempts.find(({ via, interface: name }) => via === "root-path" && name === each.name);
    if (!attempt) return { ...each, rootPath: undefined };
    return { ...each, rootPath: formatRootPath(attempt) };
  });
}

function resolveHost(written: BootDocument["host"], report: ReportProblem): BootHost {
  const id = written.id ?? uuidIn(written.nqn ?? "");
  const nqn = written.nqn ?? (id && uuidNqn(id));
  if (!nqn) report("host.nqn", "is missing: give the host's NQN, or its id to make one from");
  else if (!id) report("host.id", "is missing, and the NQN has no UUID to take it from");
  return {
    nqn: nqn ?? "",
    id: id ?? "",
    name: written.name,
    idByteOrder: written.idByteOrder,
    nqnConfigured: written.nqnConfigured ?? true,
    idConfigured: written.idConfigured ?? true,
    primaryAdminHost: written.primaryAdminHost ?? "not indicated",
  };
}

function resolveInterfaces(document: BootDocument, host: BootHost, report: ReportProblem): BootInterface[] {
  const macs = [...new Set(document.interfaces.map(({ mac }) => mac))];
  const interfaces = document.interfaces.map((written, i) =>
    resolveInterface(written, i, macs.indexOf(written.mac), host, (path, message) =>
      report(`interfaces[${i}]${path}`, message),
    ),
  );
  unique(interfaces, "interfaces", report);
  const seen = new Map<string, number>();
  for (const [i, { mac, vlan, address, family }] of interfaces.entries()) {
    const key = `${mac} ${vlan ?? 0} ${address ?? family}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else report(`interfaces[${i}].mac`, `interfaces[${first}] has the same MAC address, VLAN and address`);
  }
  if (document.interfaces.some(({ defaultRoute }) => defaultRoute !== undefined)) return interfaces;
  const router = interfaces.findIndex(({ gateway }) => gateway !== undefined);
  return interfaces.map((each, i) => ({ ...each, defaultRoute: i === router }));
}

function resolveInterface(
  written: BootDocument["interfaces"][number],
  position: number,
  card: number,
  host: BootHost,
  report: ReportProblem,
): BootInterface {
  const { mac, lease, address: how } = written;
  const fixed = parseNetwork(how);
  const origin = fixed ? "static" : how === "auto" ? "auto" : "dhcp";
  if (lease && fixed) report(".lease", "goes with dhcp, dhcp6 or auto; this address is static");
  if (origin === "auto" && (lease?.rootPath ?? lease?.server)) report(".lease", "autoconfiguration has no server");
  const leased = lease?.address ? parseNetwork(lease.address) : undefined;
  const automatic = origin === "auto" ? { address: linkLocalAddress(mac), prefixLength: 64 } : undefined;
  const { address, prefixLength } = fixed ?? leased ?? automatic ?? {};
  const family = (address ? isIpv6(address) : how === "dhcp6") ? "ipv6" : "ipv4";
  if (how === "dhcp6" && family === "ipv4") report(".lease.address", "dhcp6 gives IPv6 addresses");
  if (how === "auto" && family === "ipv4") report(".lease.address", "auto gives IPv6 addresses");
  if (how === "dhcp" && family === "ipv6") report(".lease.address", "dhcp gives IPv4 addresses; write dhcp6");
  const gateway = written.gateway ?? lease?.gateway;
  const dns = written.dns ?? lease?.dns ?? [];
  for (const [key, value] of [
    ["gateway", gateway],
    ["dns", dns[0]],
    ["dns", dns[1]],
  ] as const) {
    if (value && isIpv6(value) !== (family === "ipv6"))
      report(`.${key}`, `${value} is not an ${family === "ipv6" ? "IPv6" : "IPv4"} address as the interface's is`);
  }
  return {
    name: written.name ?? `nic${position}`,
    mac,
    pci: written.pci ?? defaultPci(card),
    vlan: written.vlan,
    origin,
    family,
    address,
    prefixLength,
    gateway,
    dns,
    routeMetric: written.routeMetric,
    defaultRoute: written.defaultRoute ?? false,
    hostName: written.hostName ?? host.name,
    dhcpServer: lease?.server,
    dhcpHostName: lease?.hostName,
    rootPath: lease?.rootPath,
    dhcpIaid: lease?.iaid,
    dhcpDuid: lease?.duid,
  };
}

type WrittenPortals = NonNullable<BootDocument["targets"]>[number]["portals"];

function resolvePortals(
  written: WrittenPortals,
  port: number,
  interfaces: readonly BootInterface[],
  path: string,
  report: ReportProblem,
): BootPortal[] {
  const portals = written.map((portal, i) => {
    const { traddr, trsvcid, ...rest } = typeof portal === "string" ? parsePortal(portal)! : portal;
    const named = "interface" in rest ? rest.interface : undefined;
    const names = typeof named === "string" ? [named] : named;
    for (const name of names ?? []) {
      const found = interfaces.find((each) => each.name === name);
      if (!found) report(`${path}[${i}].interface`, unknownName(name, "interface", interfaces));
      else if ((found.family === "ipv6") !== isIpv6(traddr)) {
        report(
          `${path}[${i}].interface`,
          `${name} has an ${found.family === "ipv6" ? "IPv6" : "IPv4"} address and cannot reach ${traddr}`,
        );
      }
    }
    return { traddr, trsvcid: trsvcid ?? port, interfaces: names };
  });
  return portalsReached(portals, interfaces);
}

function resolveTargets(
  document: BootDocument,
  host: BootHost,
  interfaces: readonly BootInterface[],
  report: ReportProblem,
): BootTarget[] {
  const targets = (document.targets ?? []).map((written, i): BootTarget => {
    const path = `targets[${i}]`;
    const portals = resolvePortals(written.portals, IO_PORT, interfaces, `${path}.portals`, report);
    return {
      name: written.name ?? `target${i}`,
      nqn: written.nqn,
      portals,
      namespaces: resolveNamespaces(written.namespaces ?? [{}], `${path}.namespaces`, report),
      digests: { header: written.digests?.header ?? false, data: written.digests?.data ?? false },
      allowHosts: written.allowHosts ?? [host.nqn],
      discovery: resolveDiscovery(written.discovery, portals, interfaces, `${path}.discovery`, report),
      security: resolveSecurity(written.security, `${path}.security`, report),
      serial: written.serial,
      model: written.model,
      portId: written.portId ?? 0,
    };
  });
  unique(targets, "targets", report);
  return targets;
}

function resolveSecurity(
  written: NonNullable<BootDocument["targets"]>[number]["security"],
  path: string,
  report: ReportProblem,
): BootTarget["security"] {
  if (!written) return undefined;
  const { hostSecret, controllerSecret, tlsKey } = written;
  const authentication = written.authentication ?? (hostSecret === undefined ? undefined : "required");
  const tls = written.tls ?? (tlsKey === undefined ? undefined : "required");
  if (controllerSecret !== undefined && hostSecret === undefined)
    report(`${path}.controllerSecret`, "a controller proves itself only to a host that does: hostSecret is missing");
  const unused = [
    ...(authentication === undefined ? (["hashes", "dhGroups"] as const) : []),
    ...(tls === undefined ? (["cipherSuites"] as const) : []),
  ];
  for (const key of unused) {
    if (written[key] === undefined) continue;
    report(`${path}.${key}`, `nothing uses it: ${key === "cipherSuites" ? "tls" : "authentication"} is missing`);
  }
  if (authentication === undefined && tls === undefined)
    report(path, "asks for nothing: name authentication, tls, hostSecret or tlsKey");
  return { ...written, authentication, tls };
}

function resolveDiscovery(
  written: NonNullable<BootDocument["targets"]>[number]["discovery"],
  portals: readonly BootPortal[],
  interfaces: readonly BootInterface[],
  path: string,
  report: ReportProblem,
): BootTarget["discovery"] {
  if (written === undefined || written === false) return undefined;
  const { nqn = DISCOVERY_NQN, trsvcid, portals: own } = written === true ? {} : written;
  return {
    nqn,
    portals: own
      ? resolvePortals(own, trsvcid ?? DISCOVERY_PORT, interfaces, `${path}.portals`, report)
      : portals.map((portal) => ({ ...portal, trsvcid: trsvcid ?? portal.trsvcid })),
  };
}

function resolveNamespaces(
  written: NonNullable<NonNullable<BootDocument["targets"]>[number]["namespaces"]>,
  path: string,
  report: ReportProblem,
): BootNamespace[] {
  const seen = new Set<number>();
  return written.map((namespace, i) => {
    const nsid = namespace.nsid ?? i + 1;
    if (seen.has(nsid)) report(`${path}[${i}].nsid`, `NSID ${nsid} is there twice`);
    seen.add(nsid);
    const { blockSize = 512 } = namespace;
    if (blockSize !== 512 && blockSize !== 4096)
      report(`${path}[${i}].blockSize`, `${blockSize} is wrong: expected 512 or 4096`);
    return {
      nsid,
      uuid: namespace.uuid,
      nguid: namespace.nguid,
      eui64: namespace.eui64,
      image: namespace.image,
      blockSize: blockSize === 4096 ? 4096 : 512,
      bootable: namespace.bootable ?? true,
    };
  });
}

function unique(items: readonly { readonly name: string }[], path: string, report: ReportProblem): void {
  const seen = new Set<string>();
  for (const [i, { name }] of items.entries()) {
    if (seen.has(name)) report(`${path}[${i}].name`, `"${name}" is there twice`);
    seen.add(name);
  }
}
