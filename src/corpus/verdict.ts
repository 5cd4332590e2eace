import { type LibnvmeVersion, libnvmeVersions, readAsLibnvme } from "../consumers/libnvme/libnvme.ts";
import type { Severity } from "../diagnostic.ts";
import { validate } from "../rules/validate.ts";

/** What is expected of a table. */
export interface Verdict {
  /** What `validate` finds, the worst first. */
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly path: string }[];
  /** What libnvme makes of it, by version. */
  readonly libnvme: Readonly<Record<LibnvmeVersion, LibnvmeVerdict>>;
}

export interface LibnvmeVerdict {
  readonly accepts: boolean;
  /** Why it rejects the table. */
  readonly reason?: string;
  /** The rule that says so, where the catalogue has one. */
  readonly rule?: string;
  /** Descriptors that it leaves out, by path. */
  readonly drops?: readonly string[];
  /** It reads memory behind the file; what comes of that is not known. */
  readonly readsPastEnd?: true;
}

/** The verdict about some bytes, by the rules and by the models of libnvme. */
export function verdictOf(bytes: Uint8Array): Verdict {
  return {
    findings: validate(bytes).map(({ rule, severity, path }) => ({ rule, severity, path })),
    libnvme: Object.fromEntries(libnvmeVersions.map((version) => [version, libnvmeVerdict(bytes, version)])) as Record<
      LibnvmeVersion,
      LibnvmeVerdict
    >,
  };
}

function libnvmeVerdict(bytes: Uint8Array, version: LibnvmeVersion): LibnvmeVerdict {
  const { table, rejection, dropped, readsPastEnd } = readAsLibnvme(bytes, version);
  return {
    accepts: table !== undefined,
    ...(rejection && { reason: rejection.message }),
    ...(rejection?.rule !== undefined && { rule: rejection.rule }),
    ...(dropped.length > 0 && { drops: dropped.map(({ path }) => path) }),
    ...(readsPastEnd && { readsPastEnd: true as const }),
  };
}
