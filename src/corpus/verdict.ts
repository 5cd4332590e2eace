import { readAsLibnvme } from "../consumers/libnvme/libnvme.ts";
import { LIBNVME_1 } from "../consumers/libnvme/releases.ts";
import type { Severity } from "../diagnostic.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { validate } from "../rules/validate.ts";

/** The libnvme releases of which something is expected, with the nvme-cli that each is in: those that distributions ship today. */
const libnvmeReleases = { "1.16": LIBNVME_1, "3.1": "3.1" } as const;

type LibnvmeRelease = keyof typeof libnvmeReleases;

/** What is expected of a table. */
export interface TableVerdict {
  /** No reader that follows the specification uses the table. */
  readonly fatal: boolean;
  /** What `validate` finds, the worst first. */
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly path: string }[];
  /** What libnvme makes of it, by release. */
  readonly libnvme: Readonly<Record<LibnvmeRelease, LibnvmeVerdict>>;
}

/** What one release of libnvme does with a table of the corpus. */
export interface LibnvmeVerdict {
  /** Whether it gives the program a table. */
  readonly accepts: boolean;
  /** Why it rejects the table. */
  readonly reason?: string;
  /** The rule that says so, where the catalogue has one. */
  readonly rule?: string;
  /** Why reading it kills the program. */
  readonly dies?: string;
  /** Descriptors that it leaves out, by path. */
  readonly drops?: readonly string[];
  /** It reads memory after the file; what comes of that is not known. */
  readonly readsPastEnd?: true;
}

/** The verdict about some bytes, by the rules and by the models of libnvme. */
export function verdictOf(bytes: Uint8Array): TableVerdict {
  const findings = validate(bytes);
  return {
    fatal: findings.some(({ rule }) => ruleOf(rule)?.fatal === true),
    findings: findings.map(({ rule, severity, path }) => ({ rule, severity, path })),
    libnvme: {
      "1.16": libnvmeVerdict(bytes, libnvmeReleases["1.16"]),
      "3.1": libnvmeVerdict(bytes, libnvmeReleases["3.1"]),
    },
  };
}

function libnvmeVerdict(bytes: Uint8Array, nvmeCli: string): LibnvmeVerdict {
  const { table, rejection, crash, dropped, readsPastEnd } = readAsLibnvme(bytes, nvmeCli);
  return {
    accepts: table !== undefined,
    ...(rejection && { reason: rejection.message }),
    ...(rejection?.rule !== undefined && { rule: rejection.rule }),
    ...(crash && { dies: crash.message }),
    ...(dropped.length > 0 && { drops: dropped.map(({ path }) => path) }),
    ...(readsPastEnd && { readsPastEnd: true as const }),
  };
}
