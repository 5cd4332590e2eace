import { Document, isCollection } from "yaml";
import { DISCOVERY_NQN } from "../nbft/names.ts";
import { DEFAULT_DISCOVERY_PORT, DEFAULT_PORT, defaultPci, defaultTableHeader, uuidIn } from "./defaults.ts";
import type { BootDescription, BootInterface, BootPortal, BootTarget } from "./description.ts";
import type { BootDocument } from "./document.ts";
import { formatPortal } from "./portal.ts";
import { portalsReached } from "./reach.ts";
import { resolveBoot } from "./resolve.ts";

/** Choices of {@link formatBootDescription}. */
export interface FormatBootOptions {
  /** Where editors find the JSON Schema; written as the first line. */
  readonly schema?: string;
  /** Lines of a comment at the top. */
  readonly comment?: string;
  /** Comments before parts of the document, by their path, for example `targets`. */
  readonly comments?: Readonly<Record<string, string>>;
}

/** YAML text of a boot description, as short as it can be: what a reader of it fills in by itself is left out. */
export function formatBootDescription(description: BootDescription, options: FormatBootOptions = {}): string {
  const document = new Document(plain(documentOfBoot(description)));
  const top = [
    ...(options.schema === undefined ? [] : [` yaml-language-server: $schema=${options.schema}`]),
    ...(options.comment ?? "").split("\n").flatMap((line) => (line ? [` ${line}`] : [])),
  ];
  if (top.length > 0) document.commentBefore = top.join("\n");
  for (const [path, comment] of Object.entries(options.comments ?? {})) {
    const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const inner = document.getIn(keys.slice(0, -1), true) ?? document.contents;
    if (!isCollection(inner)) continue;
    const pair = inner.items.find((item) => String((item as { key?: unknown }).key) === String(keys.at(-1)));
    const key = (pair as { key?: { commentBefore?: string } } | undefined)?.key;
    if (key)
      key.commentBefore = comment
        .split("\n")
        .map((line) => ` ${line}`)
        .join("\n");
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** The shortest document that gives this description. */
export function documentOfBoot(description: BootDescription): BootDocument {
  const { host, targets, attempts, table } = description;
  const derivedId = uuidIn(host.nqn);
  const document: BootDocument = {
    host: {
      nqn: host.nqn,
      id: unless(host.id, derivedId),
      name: host.name,
      idByteOrder: host.idByteOrder,
      nqnConfigured: unless(host.nqnConfigured, true),
      idConfigured: unless(host.idConfigured, true),
      primaryAdminHost: unless(host.primaryAdminHost, "not indicated"),
    },
    interfaces: writeInterfaces(description),
    targets: targets.length === 0 ? undefined : targets.map((target, i) => writeTarget(target, i, description)),
    table: differences(table, defaultTableHeader),
  };
  const without = resolveBoot(document);
  const same = without.problems.length === 0 && equal(without.description, description);
  return same ? document : { ...document, attempts: attempts.map(writeAttempt) };
}

function writeInterfaces({ interfaces, host }: BootDescription): BootDocument["interfaces"] {
  const macs = [...new Set(interfaces.map(({ mac }) => mac))];
  const router = interfaces.findIndex(({ gateway }) => gateway !== undefined);
  const usual = interfaces.every(({ defaultRoute }, i) => defaultRoute === (i === router));
  return interfaces.map((each, i) => ({
    name: unless(each.name, `nic${i}`),
    mac: each.mac,
    pci: unless(each.pci, defaultPci(macs.indexOf(each.mac))),
    vlan: each.vlan,
    address: each.origin === "static" ? `${each.address}/${each.prefixLength}` : howOf(each),
    gateway: each.gateway,
    dns: each.dns.length > 0 ? each.dns : undefined,
    routeMetric: each.routeMetric,
    defaultRoute: usual ? undefined : each.defaultRoute,
    hostName: unless(each.hostName, host.name),
    lease: each.origin === "static" ? undefined : writeLease(each),
  }));
}

function howOf({ origin, family }: BootInterface): string {
  if (origin === "auto") return "auto";
  return family === "ipv6" ? "dhcp6" : "dhcp";
}

function writeLease(each: BootInterface): BootDocument["interfaces"][number]["lease"] {
  return compact({
    address: each.address === undefined ? undefined : `${each.address}/${each.prefixLength}`,
    server: each.dhcpServer,
    hostName: each.dhcpHostName,
    rootPath: each.rootPath,
    iaid: each.dhcpIaid,
    duid: each.dhcpDuid,
  });
}

type WrittenTarget = NonNullable<BootDocument["targets"]>[number];

function writeTarget(target: BootTarget, position: number, { interfaces, host }: BootDescription): WrittenTarget {
  const { digests, discovery, allowHosts } = target;
  return {
    name: unless(target.name, `target${position}`),
    nqn: target.nqn,
    portals: writePortals(target.portals, interfaces, DEFAULT_PORT),
    namespaces: target.namespaces.map((namespace, i) => ({
      nsid: unless(namespace.nsid, target.namespaces.length === 1 ? undefined : i + 1),
      uuid: namespace.uuid,
      nguid: namespace.nguid,
      eui64: namespace.eui64,
      image: namespace.image,
      blockSize: unless(namespace.blockSize, 512),
      bootable: unless(namespace.bootable, true),
    })),
    digests: compact({ header: digests.header || undefined, data: digests.data || undefined }),
    allowHosts: allowHosts !== "any" && allowHosts.length === 1 && allowHosts[0] === host.nqn ? undefined : allowHosts,
    discovery: discovery && writeDiscovery(discovery, target, interfaces),
    serial: target.serial,
    model: target.model,
    portId: unless(target.portId, 0),
  };
}

function writeDiscovery(
  discovery: NonNullable<BootTarget["discovery"]>,
  target: BootTarget,
  interfaces: readonly BootInterface[],
): WrittenTarget["discovery"] {
  const nqn = unless(discovery.nqn, DISCOVERY_NQN);
  if (equal(discovery.portals, target.portals)) return nqn ? { nqn } : true;
  const trsvcid = discovery.portals[0]?.trsvcid;
  if (
    equal(
      discovery.portals,
      target.portals.map((portal) => ({ ...portal, trsvcid })),
    )
  )
    return { nqn, trsvcid };
  return { nqn, portals: writePortals(discovery.portals, interfaces, DEFAULT_DISCOVERY_PORT) };
}

function writePortals(
  portals: readonly BootPortal[],
  interfaces: readonly BootInterface[],
  port: number,
): WrittenTarget["portals"] {
  const found = portalsReached(
    portals.map((portal) => ({ ...portal, interfaces: undefined })),
    interfaces,
  );
  return portals.map((portal, i) => {
    const text = formatPortal(portal);
    if (equal(found[i]!.interfaces, portal.interfaces)) return text;
    const names = portal.interfaces;
    return {
      traddr: portal.traddr,
      trsvcid: unless(portal.trsvcid, port),
      interface: names.length === 1 ? names[0]! : names,
    };
  });
}

type WrittenAttempt = NonNullable<BootDocument["attempts"]>[number];

function writeAttempt(attempt: BootDescription["attempts"][number], position: number): WrittenAttempt {
  return {
    ...attempt,
    name: unless(attempt.name, `Attempt${position + 1}`),
    enabled: unless(attempt.enabled, true),
  };
}

function unless<T>(value: T, usual: unknown): T | undefined {
  return value === usual ? undefined : value;
}

function differences<T extends object>(value: T, usual: T): Partial<T> | undefined {
  return compact(
    Object.fromEntries(Object.entries(value).filter(([key, each]) => each !== usual[key as keyof T])) as Partial<T>,
  );
}

function compact<T extends object>(value: T): T | undefined {
  return Object.values(value).some((each) => each !== undefined) ? value : undefined;
}

/** Same content; a property that is undefined is no property. */
function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Without the properties that are undefined. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
