import { type Reach, reachOf } from "../../reach/reach.ts";
import { parseIpv4 } from "../../text/ip.ts";
import type { FirmwareAttempt } from "./firmware-config.ts";

/** What an attempt says about reach. */
type Reaching = Pick<
  FirmwareAttempt,
  "ipMode" | "localIp" | "subnetMask" | "gateway" | "targetIp" | "initiatorInfoFromDhcp" | "targetInfoFromDhcp"
>;

/**
 * Whether an attempt reaches its target. Of an IPv6 attempt only the target's address counts: the driver ignores the others, and routers
 * may announce routes.
 */
export function reachOfAttempt(attempt: Reaching): Reach {
  const { ipMode, localIp, subnetMask, gateway, targetIp, initiatorInfoFromDhcp, targetInfoFromDhcp } = attempt;
  if (targetIp === undefined || targetInfoFromDhcp) return { how: "unknown", why: "the target's address is not known" };
  if (ipMode !== 0 || initiatorInfoFromDhcp) return reachOf({ fixed: false }, targetIp);
  const prefix = prefixOfMask(subnetMask ?? "0.0.0.0");
  if (prefix === undefined) return { how: "unknown", why: `${subnetMask} is not a subnet mask` };
  return reachOf({ address: localIp, prefix, gateway, fixed: true }, targetIp);
}

/** Prefix length of an IPv4 subnet mask; undefined for text that is not one, or ones that do not all come first. */
export function prefixOfMask(mask: string): number | undefined {
  const bytes = parseIpv4(mask);
  if (!bytes) return undefined;
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.replaceAll("0", "").length : undefined;
}
