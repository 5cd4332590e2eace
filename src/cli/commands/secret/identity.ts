import type { TlsDerivation } from "../../../secrets/derive.ts";
import { UsageError } from "../../io.ts";
import type { OptionRow } from "../../options/rows.ts";

/** Whose TLS key: the two NQNs that it is bound to, and how it is derived. */
export interface IdentityOptions {
  readonly hostnqn?: string;
  readonly subsysnqn?: string;
  readonly derivation: TlsDerivation;
}

/** Those options; both NQNs are `required` where the command does nothing without them. */
export function identityRows({ required }: { readonly required?: true }): readonly OptionRow[] {
  const needed = required && { required };
  return [
    { flags: "--hostnqn <nqn>", description: "host NQN that a TLS key is for", ...needed },
    { flags: "--subsysnqn <nqn>", description: "subsystem NQN that a TLS key is for", ...needed },
    {
      flags: "--derivation <how>",
      description: "rfc8446: nvme-cli 2.16 and 3.x; compat: nvme-cli up to 2.13",
      choices: ["rfc8446", "compat"],
      default: "rfc8446",
    },
  ];
}

export function identityOf({
  hostnqn: host,
  subsysnqn: subsystem,
  derivation,
}: IdentityOptions): { host: string; subsystem: string; derivation: TlsDerivation } | undefined {
  if (host === undefined && subsystem === undefined) return undefined;
  if (host === undefined || subsystem === undefined)
    throw new UsageError("a TLS identity is made of both NQNs: --hostnqn NQN --subsysnqn NQN");
  return { host, subsystem, derivation };
}
