import { ParseError } from "../errors.ts";
import { escapeText } from "../text/escape.ts";
import { leadingZeros } from "../text/ip.ts";
import { DISCOVERY_PORT, IO_PORT } from "../text/nvme.ts";
import type { BootDocument } from "./document.ts";
import { formatPortal, parsePortal } from "./portal.ts";
import { interfaceAddressForm, macForm, nidForm, nqnForm } from "./text-forms.ts";

/** What a person says on a command line; each text has the form that its description shows. */
export interface BootOptions {
  /** `MAC,ADDRESS/PREFIX[,GATEWAY][,KEY=VALUE…]`; `dhcp`, `dhcp6` or `auto` may stand for the address. */
  readonly hfi: readonly string[];
  /** `tcp://ADDRESS[:PORT]/NQN`; the same NQN again is another portal of that subsystem. */
  readonly subsystem?: readonly string[] | undefined;
  /** `tcp://ADDRESS[:PORT][/NQN]`: subsystems are found through these discovery controllers. */
  readonly discovery?: readonly string[] | undefined;
  /** `[NSID][,UUID or NGUID or EUI-64]`, for every subsystem. */
  readonly namespace?: readonly string[] | undefined;
  /** Host NQN; made from `hostid` when undefined. */
  readonly hostnqn?: string | undefined;
  /** Host ID as UUID text in its usual order; the UUID at the end of `hostnqn` when undefined. */
  readonly hostid?: string | undefined;
  /** Host name of every interface without a `hostname=`. */
  readonly hostname?: string | undefined;
}

type Interface = BootDocument["interfaces"][number];
type Target = NonNullable<BootDocument["targets"]>[number];

/**
 * Boot document of options as `nbft init` takes them.
 *
 * @throws {ParseError} naming the option and what it should look like.
 */
export function bootOfOptions(options: BootOptions): BootDocument {
  const { hfi, subsystem = [], discovery = [], namespace = [] } = options;
  const namespaces = namespace.length > 0 ? namespace.map(parseNamespace) : undefined;
  const controllers = discovery.map(parseController);
  const targets = targetsOf(subsystem, namespaces);
  const found = controllers.length > 0 ? discoveryOf(controllers) : undefined;
  return {
    host: { nqn: options.hostnqn, id: options.hostid, name: options.hostname },
    interfaces: hfi.map(parseInterface),
    ...(targets.length > 0 && {
      targets: targets.map((target) => ({ ...target, ...(found && { discovery: found }) })),
    }),
    // Without a subsystem, all that is known is whom to ask.
    ...(targets.length === 0 &&
      controllers.length > 0 && {
        attempts: controllers.map(({ traddr, trsvcid, nqn }) => ({ via: "discovery" as const, traddr, trsvcid, nqn })),
      }),
  };
}

function wrong(option: string, text: string, expected: string): ParseError {
  const zeros = leadingZeros(text, () => true);
  const hint = zeros === undefined ? "" : `; ${escapeText(zeros)}`;
  return new ParseError(`--${option} "${escapeText(text)}" is wrong: expected ${expected}${hint}`);
}

const interfaceKeys = ["name", "pci", "vlan", "dns", "metric", "hostname", "server"] as const;

function parseInterface(text: string): Interface {
  const expected = `MAC,ADDRESS/PREFIX[,GATEWAY], such as ea:eb:d3:58:89:58,192.168.101.30/24 (or dhcp, dhcp6, auto for the address), then ${interfaceKeys.map((key) => `${key}=…`).join(", ")}`;
  const parts = text.split(",");
  const named = new Map<string, string>();
  const plain = parts.filter((part) => {
    const [, key, value] = /^([a-z]+)=(.*)$/.exec(part) ?? [];
    if (key === undefined) return true;
    named.set(key, value!);
    return false;
  });
  const unknown = [...named.keys()].find((key) => !interfaceKeys.some((known) => known === key));
  const mac = macForm.parse(plain[0] ?? "");
  const address = interfaceAddressForm.parse(plain[1] ?? "");
  if (plain.length > 3 || !mac || !address || unknown !== undefined) throw wrong("hfi", text, expected);
  const number = (key: string) => {
    const digits = named.get(key);
    if (digits !== undefined && !/^\d{1,5}$/.test(digits)) throw wrong("hfi", text, expected);
    return digits === undefined ? undefined : Number(digits);
  };
  const leased = !address.includes("/");
  const routes = {
    gateway: plain[2] || undefined,
    dns: named
      .get("dns")
      ?.split(/[+;]/)
      .filter((each) => each !== ""),
  };
  return {
    name: named.get("name"),
    mac,
    pci: named.get("pci"),
    vlan: number("vlan"),
    address,
    ...(!leased && routes),
    routeMetric: number("metric"),
    hostName: named.get("hostname"),
    ...(leased && { lease: compact({ ...routes, server: named.get("server") }) }),
  };
}

function compact<T extends object>(value: T): T | undefined {
  return Object.values(value).some((each) => each !== undefined) ? value : undefined;
}

function parseController(text: string): { traddr: string; trsvcid: number; nqn: string | undefined } {
  const [, place = "", nqn] = /^((?:nvme\+)?tcp:\/\/[^/]+)(?:\/(.*))?$/i.exec(text) ?? [];
  const portal = parsePortal(place);
  if (!portal || (nqn && nqnForm.parse(nqn) === undefined)) {
    throw wrong("discovery", text, "tcp://ADDRESS[:PORT][/NQN], such as tcp://192.168.101.20:8009");
  }
  return { traddr: portal.traddr, trsvcid: portal.trsvcid ?? DISCOVERY_PORT, nqn: nqn || undefined };
}

function discoveryOf(controllers: readonly ReturnType<typeof parseController>[]): NonNullable<Target["discovery"]> {
  return { nqn: controllers[0]!.nqn, portals: controllers.map(formatPortal) };
}

function targetsOf(subsystems: readonly string[], namespaces: Target["namespaces"]): Target[] {
  const portals = new Map<string, string[]>();
  for (const text of subsystems) {
    const [, place = "", nqn = ""] = /^((?:nvme\+)?tcp:\/\/[^/]+)\/(.*)$/i.exec(text) ?? [];
    const portal = parsePortal(place);
    if (!portal || nqnForm.parse(nqn) === undefined) {
      throw wrong(
        "subsystem",
        text,
        "tcp://ADDRESS:PORT/NQN, such as tcp://192.168.101.20:4420/nqn.2014-08.org.example:storage",
      );
    }
    const known = portals.get(nqn) ?? [];
    known.push(formatPortal({ traddr: portal.traddr, trsvcid: portal.trsvcid ?? IO_PORT }));
    portals.set(nqn, known);
  }
  return [...portals].map(([nqn, list]) => ({ nqn, portals: list, ...(namespaces && { namespaces }) }));
}

function parseNamespace(text: string): NonNullable<Target["namespaces"]>[number] {
  const [, nsid, identifier] = /^(\d{1,10})?(?:(?:^|,)(.+))?$/.exec(text) ?? [];
  const nid = identifier === undefined ? undefined : nidForm.parse(identifier);
  if ((nsid === undefined && nid === undefined) || (identifier !== undefined && nid === undefined)) {
    throw wrong(
      "namespace",
      text,
      "[NSID][,UUID], such as 1,bee9c2b7-1761-44b5-a4e6-0f690498a94b; or its NGUID or EUI-64",
    );
  }
  const kind = nid?.includes("-") ? "uuid" : nid?.length === 32 ? "nguid" : "eui64";
  return { nsid: nsid === undefined ? undefined : Number(nsid), ...(nid !== undefined && { [kind]: nid }) };
}
