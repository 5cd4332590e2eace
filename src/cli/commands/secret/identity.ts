import { type Command, Option } from "commander";
import type { TlsDerivation } from "../../../secrets/derive.ts";
import { UsageError } from "../../io.ts";

/** Whose TLS key: the two NQNs that it is bound to, and how it is derived. */
export interface IdentityOptions {
  readonly host?: string;
  readonly subsystem?: string;
  readonly derivation: TlsDerivation;
}

export function addIdentityOptions(command: Command, mandatory: boolean): Command {
  return command
    .addOption(new Option("--host <nqn>", "host NQN that a TLS key is for").makeOptionMandatory(mandatory))
    .addOption(new Option("--subsystem <nqn>", "subsystem NQN that a TLS key is for").makeOptionMandatory(mandatory))
    .addOption(
      new Option("--derivation <how>", "rfc8446: nvme-cli 2.16 and 3.x; compat: nvme-cli up to 2.13")
        .choices(["rfc8446", "compat"])
        .default("rfc8446"),
    );
}

export function identityOf({
  host,
  subsystem,
  derivation,
}: IdentityOptions): { host: string; subsystem: string; derivation: TlsDerivation } | undefined {
  if (host === undefined && subsystem === undefined) return undefined;
  if (host === undefined || subsystem === undefined)
    throw new UsageError("a TLS identity is made of both NQNs: --host NQN --subsystem NQN");
  return { host, subsystem, derivation };
}
