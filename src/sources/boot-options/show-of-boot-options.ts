import type { NvmeShow, ShowHfi, ShowSubsystem } from "../show/show.ts";
import type { ShownBootOptions } from "./boot-options.ts";
import { bootPathsOf, type PathAddresses, type ShownBootPath } from "./boot-path.ts";

/** Numbers of IP_ORIGIN (Figure 15). */
const ipOrigins = { static: 1, dhcp: 3, auto: 4 } as const;

/**
 * What the NVMe-oF device paths of boot options say of interfaces and subsystems, in the boot order; undefined where no option has one.
 */
export function showOfBootOptions({ options, numbers }: ShownBootOptions): NvmeShow | undefined {
  const order = numbers.get("BootOrder") ?? [];
  const place = ({ name }: { name: string }) => {
    const position = order.indexOf(Number.parseInt(name.slice(4), 16));
    return position < 0 ? order.length : position;
  };
  const hfis: ShowHfi[] = [];
  const subsystems: Subsystem[] = [];
  const notes: string[] = [];
  let found = false;
  for (const option of [...options].sort((a, b) => place(a) - place(b))) {
    for (const { addresses, ...path } of bootPathsOf(option.nodes)) {
      found = true;
      if (!addresses) notes.push(`${option.name} is left out: the addresses in its path are not shown in full`);
      else {
        if (!option.active) notes.push(`${option.name} is not active: the firmware does not try it by itself`);
        if (addresses.prefix === undefined) notes.push(`${option.name}: its path has no netmask`);
        addSubsystem(subsystems, path, addresses, indexOfHfi(hfis, path, addresses));
      }
    }
  }
  return found ? { form: "boot options", hfis, subsystems, notes } : undefined;
}

type Subsystem = ShowSubsystem & { readonly hfis: number[] };
type Path = Omit<ShownBootPath, "addresses">;

/** Index of the interface with this MAC address, VLAN and address, which is added unless it is there. */
function indexOfHfi(hfis: ShowHfi[], { mac, vlan, pci }: Path, addresses: PathAddresses): number {
  const { local: ipAddress, prefix, gateway, origin } = addresses;
  const hfi = { transport: "tcp", mac, vlan, pci, ipAddress, prefix, gateway, ipOrigin: ipOrigins[origin] };
  const known = hfis.find((other) => other.mac === mac && other.vlan === vlan && other.ipAddress === ipAddress);
  if (known) return known.index!;
  hfis.push({ index: hfis.length + 1, ...hfi });
  return hfis.length;
}

/** One record for each namespace and address: another interface that reaches it joins the list. */
function addSubsystem(subsystems: Subsystem[], { nqn, nid, nidType }: Path, to: PathAddresses, hfi: number): void {
  const { remote: traddr, remotePort } = to;
  const trsvcid = String(remotePort);
  const known = subsystems.find(
    (other) => other.nqn === nqn && other.nid === nid && other.traddr === traddr && other.trsvcid === trsvcid,
  );
  if (!known) {
    const index = subsystems.length + 1;
    subsystems.push({ index, hfis: [hfi], transport: "tcp", traddr, trsvcid, nidType, nid, nqn });
  } else if (!known.hfis.includes(hfi)) known.hfis.push(hfi);
}
