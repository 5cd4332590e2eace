import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";

/** Variables that say how a machine boots over the network. */
export function concernsBoot({ guid, name }: Variable): boolean {
  const vendors: readonly string[] = [
    vendorGuids.nvmeof,
    vendorGuids.vlan,
    vendorGuids.ip4config2,
    vendorGuids.ip6config,
  ];
  return vendors.includes(guid) || (guid === vendorGuids.global && /^(Boot|Timeout)/.test(name));
}
