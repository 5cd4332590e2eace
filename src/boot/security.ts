import type { SecurityProfileDescriptor } from "../nbft/structures/index.ts";
import type { BootDescription, BootSecurity, BootTarget } from "./description.ts";
import type { BootDocument } from "./document.ts";

/** The security profiles of a boot's table. */
export interface SecurityProfiles {
  readonly descriptors: readonly SecurityProfileDescriptor[];
  /** Index of a target's profile, from 1; 0 for a target without one. */
  indexOf(target: BootTarget | undefined): number;
}

/** One profile for each set of demands; secrets make no difference, for a profile holds none. */
export function securityProfiles({ targets }: BootDescription): SecurityProfiles {
  const byDemand = new Map<string, SecurityProfileDescriptor>();
  const keyOf = ({ hostSecret, controllerSecret, tlsKey, ...demand }: BootSecurity) => JSON.stringify(demand);
  for (const { security } of targets) {
    if (!security || byDemand.has(keyOf(security))) continue;
    byDemand.set(keyOf(security), profileOf(security, byDemand.size + 1));
  }
  return {
    descriptors: [...byDemand.values()],
    indexOf: (target) => (target?.security && byDemand.get(keyOf(target.security))?.index) ?? 0,
  };
}

/** NVMe Boot Specification 1.3, Figures 23 and 24. Policy lists are the administrator's. */
function profileOf(security: BootSecurity, index: number): SecurityProfileDescriptor {
  const { authentication, hashes, dhGroups, tls, cipherSuites } = security;
  return {
    index,
    flags: {
      valid: true,
      inBandAuthentication: authentication ?? "not supported",
      authPolicyList: authentication ? "admin" : "none",
      secureChannel: tls ?? "not supported",
      secureChannelPolicyList: tls ? "admin" : "none",
      cipherSuitesRestricted: cipherSuites !== undefined,
      dhGroupsRestricted: dhGroups !== undefined,
      hashesRestricted: hashes !== undefined,
    },
    secretType: { redfishHostInterfaceUri: false },
    secureChannelAlgorithms: tls && ["tls1.3"],
    authProtocols: authentication && ["dh-hmac-chap"],
    cipherSuites,
    dhGroups,
    secureHashes: hashes,
    secretKeypath: undefined,
  };
}

type WrittenSecurity = NonNullable<NonNullable<BootDocument["targets"]>[number]["security"]>;

/** What a boot description says of a profile. Secrets are missing: a profile holds none. What Linux knows no name for is left out and noted. */
export function securityOfProfile(
  { flags, secureHashes, dhGroups, cipherSuites }: SecurityProfileDescriptor,
  note: (message: string) => void,
): WrittenSecurity | undefined {
  const demand = (value: unknown, what: string): "required" | "supported" | undefined => {
    if (value === "required" || value === "supported") return value;
    if (value !== "not supported") note(`${what} is ${value}, which is reserved, and left out`);
    return undefined;
  };
  const authentication = demand(flags.inBandAuthentication, "in-band authentication");
  const tls = demand(flags.secureChannel, "the secure channel");
  if (!authentication && !tls) {
    note("has a security profile that asks for nothing; it is left out");
    return undefined;
  }
  const known = <T extends string>(values: readonly (T | number | string)[] | undefined, names: readonly T[]) => {
    const found = values?.filter((value): value is T => (names as readonly unknown[]).includes(value));
    if (values && found && found.length < values.length)
      note(`${values.length - found.length} entries of its lists have no name in a boot description and are left out`);
    return found && found.length > 0 ? found : undefined;
  };
  return {
    authentication,
    tls,
    ...(authentication && {
      hashes: known(flags.hashesRestricted ? secureHashes : undefined, ["sha256", "sha384", "sha512"]),
      dhGroups: known(flags.dhGroupsRestricted ? dhGroups : undefined, [
        "null",
        "ffdhe2048",
        "ffdhe3072",
        "ffdhe4096",
        "ffdhe6144",
        "ffdhe8192",
      ]),
    }),
    ...(tls && {
      cipherSuites: known(flags.cipherSuitesRestricted ? cipherSuites : undefined, [
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
      ]),
    }),
  };
}
