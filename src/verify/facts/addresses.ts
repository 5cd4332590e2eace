import { isObject } from "../../text/is-object.ts";
import { canonicalAddress } from "../canonical-address.ts";

/** An address on an interface. */
export interface InterfaceAddress {
  readonly interface: string;
  readonly address: string;
  readonly prefix: number;
}

/** A route that leads somewhere else. */
export interface IpRoute {
  /** `default`, or a network. */
  readonly to: string;
  readonly gateway: string | undefined;
  readonly interface: string;
  readonly metric: number;
}

/** Addresses in what `ip -j addr` or `ip addr` printed. */
export function readAddresses(json: string | undefined, text: string | undefined): InterfaceAddress[] | undefined {
  const list = parseList(json);
  if (list) {
    return list.flatMap((entry) =>
      (Array.isArray(entry["addr_info"]) ? (entry["addr_info"] as unknown[]) : []).flatMap((info) => {
        if (!isObject(info) || typeof info["local"] !== "string") return [];
        return [
          {
            interface: String(entry["ifname"]),
            address: canonicalAddress(info["local"]),
            prefix: Number(info["prefixlen"]),
          },
        ];
      }),
    );
  }
  return text === undefined ? undefined : addressesOfText(text);
}

function addressesOfText(text: string): InterfaceAddress[] {
  const found: InterfaceAddress[] = [];
  let name = "";
  for (const line of text.split("\n")) {
    const head = /^\d+: ([^:@\s]+)/.exec(line);
    if (head) name = head[1]!;
    const address = /^\s+inet6? ([0-9a-fA-F.:]+)\/(\d+)/.exec(line);
    if (address) found.push({ interface: name, address: canonicalAddress(address[1]!), prefix: Number(address[2]) });
  }
  return found;
}

/** Routes in what `ip -j route` or `ip route` printed; those of the local table are left out. */
export function readRoutes(json: readonly (string | undefined)[], text: string | undefined): IpRoute[] | undefined {
  const lists = json.map(parseList);
  if (lists.some(Boolean)) {
    const routes = lists.flatMap((list) => list ?? []).filter((entry) => entry["table"] !== "local");
    return routes.map((entry) => ({
      to: String(entry["dst"]),
      gateway: typeof entry["gateway"] === "string" ? canonicalAddress(entry["gateway"]) : undefined,
      interface: String(entry["dev"]),
      metric: Number(entry["metric"] ?? 0),
    }));
  }
  return text?.split("\n").flatMap((line) => {
    const match = /^(default|[0-9a-fA-F.:/]+)(?: via (\S+))?.*? dev (\S+)/.exec(line);
    if (!match) return [];
    const gateway = match[2] === undefined ? undefined : canonicalAddress(match[2]);
    return [{ to: match[1]!, gateway, interface: match[3]!, metric: Number(/ metric (\d+)/.exec(line)?.[1] ?? 0) }];
  });
}

function parseList(json: string | undefined): Record<string, unknown>[] | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter(isObject) : undefined;
  } catch {
    return undefined;
  }
}
