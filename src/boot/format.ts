import { Document, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { ObjectShape, Shape } from "../document/shape/shape.ts";
import { headerOfMaker } from "../nbft/maker.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT, IO_PORT } from "../text/nvme.ts";
import { resolveAttempt } from "./attempts.ts";
import { defaultPci, fromTarget, uuidIn } from "./defaults.ts";
import type { BootAttempt, BootDescription, BootInterface, BootPortal, BootTarget } from "./description.ts";
import { type BootDocument, bootShape } from "./document.ts";
import { formatPortal, linkLocalAddress } from "./portal.ts";
import { portalsReached } from "./reach.ts";
import { resolveBoot } from "./resolve.ts";

/** Choices of {@link formatBootDescription}. */
export interface FormatBootOptions {
  /** Where editors find the JSON Schema; written as the first line. */
  readonly schema?: string;
  /** Lines of a comment at the top. */
  readonly title?: string;
  /** Comments that say what each part is, which other keys it takes, and what is tried where no attempts are written. */
  readonly comments?: boolean;
}

/** YAML text of a boot description, as short as it can be: what a reader of it fills in by itself is left out. */
export function formatBootDescription(description: BootDescription, options: FormatBootOptions = {}): string {
  const written = plain(documentOfBoot(description));
  const document = new Document(written);
  const top = [
    ...(options.schema === undefined ? [] : [`yaml-language-server: $schema=${options.schema}`]),
    ...(options.title ?? "").split("\n").filter((line) => line !== ""),
  ];
  if (top.length > 0) document.commentBefore = commentOf(top);
  if (options.comments) addComments(document, written, description);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => ` ${line}`).join("\n");
}

function addComments(document: Document, written: BootDocument, { attempts }: BootDescription): void {
  for (const [i, { key }] of (document.contents as YAMLMap<Scalar<keyof BootDocument>>).items.entries()) {
    const shape = bootShape.fields[key.value] as Shape | undefined;
    if (!shape) continue;
    const mapping = (shape.kind === "list" ? shape.items : shape) as ObjectShape<unknown>;
    const value = written[key.value];
    const used = new Set((Array.isArray(value) ? value : [value]).flatMap((each) => Object.keys(each as object)));
    const others = Object.keys(mapping.fields).filter((name) => !used.has(name));
    key.commentBefore = commentOf([
      `${shape.title}.`,
      ...(others.length > 0 ? [`More keys: ${others.join(", ")}.`] : []),
    ]);
    if (i > 0) key.spaceBefore = true;
  }
  for (const [i, { namespaces }] of (written.targets ?? []).entries()) {
    if (namespaces?.every((each) => each.uuid ?? each.nguid ?? each.eui64)) continue;
    const items = document.getIn(["targets", i, "namespaces"], true) as YAMLSeq | undefined;
    if (items)
      items.commentBefore = commentOf(["To be filled in: uuid, nguid or eui64, by which the namespace is found."]);
  }
  if (written.attempts !== undefined) return;
  const lines = attempts.map(
    ({ name, interface: from, via, ...to }) => `  ${name}: ${from} to ${formatPortal(to)} (${via})`,
  );
  document.comment = commentOf([
    "What the firmware tries follows from the above, in this order; an attempts: list would change it.",
    ...lines,
  ]);
}

/** The shortest document that gives this description. */
function documentOfBoot(description: BootDescription): BootDocument {
  const { attempts } = description;
  const written = (rootPath: "text" | "from-target") => writeDocument(description, rootPath);
  const withAttempts = (document: BootDocument): BootDocument => ({
    ...document,
    attempts: attempts.map((attempt, i) => writeAttempt(attempt, i, description)),
  });
  const candidates = [
    () => written("from-target"),
    () => written("text"),
    () => withAttempts(written("from-target")),
  ].map((make) => plain(make()));
  return candidates.find((document) => gives(document, description)) ?? plain(withAttempts(written("text")));
}

function gives(document: BootDocument, description: BootDescription): boolean {
  const { description: resolved, problems } = resolveBoot(document);
  return problems.length === 0 && equal(resolved, description);
}

function writeDocument(description: BootDescription, rootPath: "text" | "from-target"): BootDocument {
  const { host, targets, table } = description;
  return {
    host: {
      nqn: host.nqn,
      id: unless(host.id, uuidIn(host.nqn)),
      name: host.name,
      idByteOrder: host.idByteOrder,
      nqnConfigured: unless(host.nqnConfigured, true),
      idConfigured: unless(host.idConfigured, true),
      primaryAdminHost: unless(host.primaryAdminHost, "not indicated"),
    },
    interfaces: writeInterfaces(description, rootPath),
    targets: targets.length === 0 ? undefined : targets.map((target, i) => writeTarget(target, i, description)),
    table: differences(table, headerOfMaker),
  };
}

function writeInterfaces(
  { interfaces, host }: BootDescription,
  rootPath: "text" | "from-target",
): BootDocument["interfaces"] {
  const macs = [...new Set(interfaces.map(({ mac }) => mac))];
  const router = interfaces.findIndex(({ gateway }) => gateway !== undefined);
  const usual = interfaces.every(({ defaultRoute }, i) => defaultRoute === (i === router));
  return interfaces.map((each, i) => ({
    name: unless(each.name, `nic${i}`),
    mac: each.mac,
    pci: unless(each.pci, defaultPci(macs.indexOf(each.mac))),
    vlan: each.vlan,
    address: each.origin === "static" ? `${each.address}/${each.prefixLength}` : howOf(each),
    ...(each.origin === "static" && routesOf(each)),
    routeMetric: each.routeMetric,
    defaultRoute: usual ? undefined : each.defaultRoute,
    hostName: unless(each.hostName, host.name),
    lease: each.origin === "static" ? undefined : writeLease(each, rootPath),
  }));
}

function howOf({ origin, family }: BootInterface): string {
  if (origin === "auto") return "auto";
  return family === "ipv6" ? "dhcp6" : "dhcp";
}

function routesOf({ gateway, dns }: BootInterface): {
  gateway?: string | undefined;
  dns?: readonly string[] | undefined;
} {
  return { gateway, dns: dns.length > 0 ? dns : undefined };
}

function writeLease(
  each: BootInterface,
  rootPath: "text" | "from-target",
): BootDocument["interfaces"][number]["lease"] {
  const usual = each.origin === "auto" && each.address === linkLocalAddress(each.mac) && each.prefixLength === 64;
  return compact({
    address: each.address === undefined || usual ? undefined : `${each.address}/${each.prefixLength}`,
    ...routesOf(each),
    server: each.dhcpServer,
    hostName: each.dhcpHostName,
    rootPath: each.rootPath === undefined || rootPath === "text" ? each.rootPath : fromTarget,
    iaid: each.dhcpIaid,
    duid: each.dhcpDuid,
  });
}

type WrittenTarget = NonNullable<BootDocument["targets"]>[number];

function writeTarget(target: BootTarget, position: number, { interfaces, host }: BootDescription): WrittenTarget {
  const { digests, discovery, allowHosts, security } = target;
  return {
    name: unless(target.name, `target${position}`),
    nqn: target.nqn,
    portals: writePortals(target.portals, interfaces, IO_PORT),
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
    security: security && {
      ...security,
      authentication: unless(security.authentication, security.hostSecret === undefined ? undefined : "required"),
      tls: unless(security.tls, security.tlsKey === undefined ? undefined : "required"),
    },
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
  return { nqn, portals: writePortals(discovery.portals, interfaces, DISCOVERY_PORT) };
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

/** Keys that an attempt can do without where its target says the same, in the order in which they are tried. */
const dispensable = ["via", "nqn", "nid", "trsvcid", "traddr", "portal", "target"] as const;

function writeAttempt(
  attempt: BootAttempt,
  position: number,
  { interfaces, targets }: BootDescription,
): WrittenAttempt {
  let written: WrittenAttempt & Record<string, unknown> = {
    ...attempt,
    name: unless(attempt.name, `Attempt${position + 1}`),
    enabled: unless(attempt.enabled, true),
  };
  const says = (candidate: WrittenAttempt) => {
    let sound = true;
    const resolved = resolveAttempt(plain(candidate), position, interfaces, targets, () => {
      sound = false;
    });
    return sound && equal(resolved, attempt);
  };
  // A portal's name is shorter than its address and port.
  const { traddr, trsvcid, ...rest } = written;
  const byPortal = { ...rest, portal: formatPortal(attempt) };
  if (says(byPortal)) written = byPortal;
  for (const key of dispensable) {
    const candidate = { ...written, [key]: undefined };
    if (says(candidate)) written = candidate;
  }
  return written;
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

/** Same content; a property that is undefined is not a property. */
function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Without the properties that are undefined. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
