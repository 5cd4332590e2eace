import type { ArtifactLocation, Log, ReportingDescriptor, Result } from "sarif";
import type { Diagnostic, Severity } from "../../diagnostic.ts";
import type { RuleInfo } from "../../rule-info.ts";
import { formatSpec, repairCommand } from "../../rules/explain.ts";
import { formatJson } from "../../text/json.ts";
import { version } from "../../version.ts";
import { type SourceFindings, textPlaceOf } from "./text.ts";

/** What goes into a SARIF log. */
export interface SarifInput {
  /** Findings by source. */
  readonly groups: readonly SourceFindings[];
  /** Every rule that may have been applied. */
  readonly rules: readonly RuleInfo[];
  /** Sources that could not be read, with the reason. */
  readonly unread: readonly { readonly source: string; readonly message: string }[];
}

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** Findings as a log in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS): one run, with its rules. */
export function findingsSarif({ groups, rules, unread }: SarifInput): string {
  const positions = new Map(rules.map(({ code }, i) => [code, i]));
  // A source may be given twice; artifacts are unique (section 3.14.15).
  const uris = [...new Set(groups.map(({ source }) => uriOf(source)))];
  const places = new Map(uris.map((uri, i) => [uri, i]));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "nbft", version, semanticVersion: version, rules: rules.map(descriptor) } },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({ source, message }) => ({
              level: "error",
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(source) } } }],
            })),
          },
        ],
        artifacts: uris.map((uri) => ({ location: { uri } })),
        results: groups.flatMap(({ source, findings }) => {
          const uri = uriOf(source);
          const location = { uri, index: places.get(uri)! };
          return findings.map((finding) => result(finding, location, positions.get(finding.rule)));
        }),
      },
    ],
  };
  return formatJson(log);
}

function descriptor(rule: RuleInfo): ReportingDescriptor {
  const { code, name, severity, milder, fatal, summary, why, hint, spec, breaks, fix } = rule;
  const lines = [
    `${why}\n\n${hint}.`,
    ...(breaks ?? []).map(({ who, what }) => `${who}: ${what}.`),
    ...(fix === undefined ? [] : [`${repairCommand(rule)} ${fix}.`]),
  ];
  return {
    id: code,
    name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: lines.join("\n") },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      spec: formatSpec(spec),
      ...(milder && { otherSeverities: milder }),
      ...(fatal && { fatal }),
      ...(breaks && { breaks }),
      ...(fix !== undefined && { repair: repairCommand(rule) }),
    },
  };
}

function lineOf(finding: Diagnostic) {
  const place = textPlaceOf(finding);
  return place && { startLine: place.line, startColumn: place.column };
}

function result(finding: Diagnostic, artifactLocation: ArtifactLocation, ruleIndex: number | undefined): Result {
  const { rule, severity, path, offset, length, message, hint } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { ...lineOf(finding), byteOffset: offset, byteLength: length },
        },
        logicalLocations: [{ fullyQualifiedName: path, kind: "member" }],
      },
    ],
    ...(hint !== undefined && { properties: { hint } }),
  };
}

/** A source as a URI reference. */
function uriOf(source: string): string {
  if (source === "-") return "stdin";
  const path = source.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
