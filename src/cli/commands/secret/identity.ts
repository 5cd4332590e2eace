import { type TlsDerivation, tlsDerivations } from "../../../secrets/choices.ts";
import { UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";

/** `--hostnqn`, `--subsysnqn` and `--derivation`: the two NQNs that a TLS key is bound to, and how it is derived. */
export const hostnqnRow = {
  flags: "--hostnqn <nqn>",
  description: "host NQN that a TLS key is for",
} as const satisfies OptionRow;
export const subsysnqnRow = {
  flags: "--subsysnqn <nqn>",
  description: "subsystem NQN that a TLS key is for",
} as const satisfies OptionRow;
export const derivationRow = {
  flags: "--derivation <how>",
  description: "rfc8446: nvme-cli 2.16 and 3.x; compat: nvme-cli up to 2.13",
  choices: tlsDerivations,
  default: "rfc8446",
} as const satisfies OptionRow;

type IdentityOptions = OptionsOf<readonly [typeof hostnqnRow, typeof subsysnqnRow, typeof derivationRow]>;

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
