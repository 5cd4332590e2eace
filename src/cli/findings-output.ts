import type { Severity } from "../diagnostic.ts";
import { findingsGithub } from "../output/findings/github.ts";
import { findingsJunit } from "../output/findings/junit.ts";
import { findingsSarif } from "../output/findings/sarif.ts";
import {
  findingsJson,
  findingsNdjson,
  formatFindings,
  type SourceFindings,
  type UnreadSource,
} from "../output/findings/text.ts";
import type { RuleInfo } from "../rule-info.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { paintFor } from "./color.ts";
import type { Io } from "./io.ts";
import type { OptionsOf } from "./options/options-of.ts";
import type { findingRows } from "./options/table-rows.ts";

/** What a command that checks has found. */
interface FindingsReport {
  readonly groups: readonly SourceFindings[];
  readonly unread: readonly UnreadSource[];
  /** Rules that may have been applied. */
  readonly rules: readonly Pick<RuleInfo, "code">[];
  /** Whether there can only be one source, so that its name would say nothing new. */
  readonly single: boolean;
}

/** Findings in the form that the options of a command that checks ask for. */
export function findingsOutput(
  { groups, unread, rules, single }: FindingsReport,
  options: OptionsOf<typeof findingRows> & { readonly failOn: Severity },
  io: Io,
): string {
  switch (options.outputFormat) {
    case "text":
      // Where infos fail the command they are shown. The catalogue is loaded where a finding is.
      return formatFindings(groups, (code) => ruleOf(code), {
        paint: paintFor(io),
        info: options.info === true || options.failOn === "info",
      });
    case "json":
      return findingsJson(groups, single);
    case "ndjson":
      return findingsNdjson(groups);
    case "github":
      return findingsGithub(groups, unread);
    case "sarif":
      return findingsSarif({ groups, unread, rules: rules.map(({ code }) => ruleOf(code)!) });
    case "junit":
      return findingsJunit({ groups, unread, failOn: options.failOn });
  }
}
