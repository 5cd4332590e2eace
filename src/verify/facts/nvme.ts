import { canonicalAddress } from "../canonical-address.ts";
import type { Attributes } from "./attributes.ts";

/** A controller as the kernel shows it in /sys/class/nvme. */
export interface ControllerFacts {
  readonly name: string;
  readonly transport: string | undefined;
  readonly state: string | undefined;
  readonly traddr: string | undefined;
  readonly trsvcid: string | undefined;
  /** Address that the connect asked for. */
  readonly hostTraddr: string | undefined;
  readonly hostIface: string | undefined;
  /** Address that the connection really has; kernels from 6.1 tell it. */
  readonly srcAddr: string | undefined;
  readonly subsystemNqn: string | undefined;
  readonly hostNqn: string | undefined;
  readonly hostId: string | undefined;
  readonly cntlid: string | undefined;
  /** The connection is encrypted: the kernel names a key for it. */
  readonly tls: boolean;
  /** `io`, `discovery`, `admin`. */
  readonly type: string | undefined;
}

/** A namespace as a block device. */
export interface NamespaceFacts {
  /** `nvme0n1`. */
  readonly name: string;
  readonly nsid: number | undefined;
  readonly uuid: string | undefined;
  /** 32 hexadecimal digits. */
  readonly nguid: string | undefined;
  /** 16 hexadecimal digits. */
  readonly eui64: string | undefined;
  readonly wwid: string | undefined;
  /** `major:minor`. */
  readonly dev: string | undefined;
  readonly subsystemNqn: string | undefined;
  /** Controllers that lead to it, with the state of the path where the kernel tells it. */
  readonly paths: readonly { readonly controller: string; readonly anaState: string | undefined }[];
}

const controllers = "/sys/class/nvme";
const subsystems = "/sys/class/nvme-subsystem";

/** Controllers in a report's `controllers.attrs`. */
export function readControllers(attributes: Attributes): ControllerFacts[] {
  return attributes.entries(controllers).map((name) => {
    const value = (key: string) => attributes.value(`${controllers}/${name}/${key}`);
    const address = parseAddress(value("address"));
    return {
      name,
      transport: value("transport"),
      state: value("state"),
      traddr: ip(address.get("traddr")),
      trsvcid: address.get("trsvcid"),
      hostTraddr: ip(address.get("host_traddr")),
      hostIface: address.get("host_iface"),
      srcAddr: ip(address.get("src_addr")),
      subsystemNqn: value("subsysnqn"),
      hostNqn: value("hostnqn"),
      hostId: value("hostid")?.toLowerCase(),
      cntlid: value("cntlid"),
      tls: value("tls") === "yes",
      type: value("cntrltype"),
    };
  });
}

/** Namespaces in a report's `namespaces.attrs` and `subsystems.attrs`. */
export function readNamespaces(namespaces: Attributes, subsystem: Attributes): NamespaceFacts[] {
  const owners = new Map<string, string | undefined>();
  for (const name of subsystem.entries(subsystems)) {
    const nqn = subsystem.value(`${subsystems}/${name}/subsysnqn`);
    for (const member of subsystem.lines(`${subsystems}/${name}/members`) ?? []) owners.set(member, nqn);
  }
  const paths = pathsOf(namespaces);
  const heads = namespaces.entries("/sys/block").filter((name) => /^nvme\d+n\d+$/.test(name));
  return heads.map((name) => {
    const value = (key: string) => namespaces.value(`/sys/block/${name}/${key}`);
    const nsid = value("nsid");
    return {
      name,
      nsid: nsid === undefined ? undefined : Number(nsid),
      uuid: value("uuid")?.toLowerCase(),
      nguid: value("nguid")?.toLowerCase().replaceAll("-", ""),
      eui64: value("eui")?.toLowerCase().replaceAll(" ", ""),
      wwid: value("wwid"),
      dev: value("dev"),
      subsystemNqn: owners.get(name),
      paths: paths.get(name) ?? [],
    };
  });
}

/** With multipathing `nvme1c0n1` below a controller is its path to `nvme1n1`; without, the namespace itself lies there. */
function pathsOf(namespaces: Attributes): Map<string, NamespaceFacts["paths"][number][]> {
  const paths = new Map<string, NamespaceFacts["paths"][number][]>();
  for (const controller of namespaces.entries(controllers))
    for (const entry of namespaces.entries(`${controllers}/${controller}`)) {
      const head = entry.replace(/c\d+n/, "n");
      const anaState = namespaces.value(`${controllers}/${controller}/${entry}/ana_state`);
      const known = paths.get(head) ?? [];
      known.push({ controller, anaState });
      paths.set(head, known);
    }
  return paths;
}

function parseAddress(text: string | undefined): Map<string, string> {
  const pairs = (text ?? "").split(",").map((pair) => pair.split("=") as [string, string?]);
  return new Map(pairs.map(([key, value]) => [key.trim(), value?.trim() ?? ""]));
}

function ip(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : canonicalAddress(text);
}
