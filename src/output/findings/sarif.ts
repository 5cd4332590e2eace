import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { programs } from "../../consumers/behaviours/index.ts";
import type { Severity, SpecRef } from "../../diagnostic.ts";
import type { RuleInfo } from "../../rule-info.ts";
import { rulePage } from "../../rules/catalogue.ts";
import { formatSpec, repairCommand } from "../../rules/words.ts";
import { formatJson } from "../../text/json.ts";
import { version } from "../../version.ts";
import { type LineAndColumn, type SourceFindings, textPlaceOf, type UnreadSource } from "./text.ts";

/** What goes into a SARIF log. */
export interface SarifInput {
  /** Findings by source. */
  readonly groups: readonly SourceFindings[];
  /** Every rule that may have been applied. */
  readonly rules: readonly RuleInfo[];
  /** Sources that could not be read, with the reason. */
  readonly unread: readonly UnreadSource[];
}

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** Findings as a log in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS): one run, with its rules. */
export function findingsSarif({ groups, rules, unread }: SarifInput): string {
  const positions = new Map(rules.map(({ code }, i) => [code, i]));
  // A source may be given twice; artifacts are unique (section 3.14.15).
  const uris = [...new Set(groups.map(fileUriOf))];
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
        results: groups.flatMap((group) => {
          const print = new Fingerprints();
          return group.findings.map((finding) => ({
            ...result(finding, positions.get(finding.rule)),
            locations: [locationOf(finding, group, places)],
            partialFingerprints: { "nbft/v1": print.of(finding, group) },
          }));
        }),
        properties: { predictedReleases: newestReleases() },
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
    ...(documentUri(spec) && { helpUri: documentUri(spec) }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      spec: formatSpec(spec),
      page: rulePage(rule),
      ...(milder && { otherSeverities: milder }),
      ...(fatal && { fatal }),
      ...(breaks && { breaks }),
      ...(fix !== undefined && { repair: repairCommand(rule) }),
    },
  };
}

type Found = SourceFindings["findings"][number];

function result(
  { rule, severity, message, hint, defect, found, expected }: Found,
  ruleIndex: number | undefined,
): Result {
  const properties = {
    ...(hint && { hint }),
    ...(defect && { defect }),
    ...(found !== undefined && { found }),
    ...(expected && { expected }),
  };
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** Where a finding is: the line of a text, else the bytes of a file that is the table. A table of a container is named beside the file. */
function locationOf(finding: Found, group: SourceFindings, places: ReadonlyMap<string, number>): Location {
  const { within, made } = group;
  const uri = fileUriOf(group);
  const line = lineOf(textPlaceOf(finding));
  const bytes = made || within ? undefined : { byteOffset: finding.offset, byteLength: finding.length };
  return {
    physicalLocation: {
      artifactLocation: { uri, index: places.get(uri)! },
      ...((line || bytes) && { region: { ...line, ...bytes } }),
    },
    logicalLocations: [
      { fullyQualifiedName: finding.path, kind: "member" },
      ...(within ? [{ name: within.name, kind: "resource" }] : []),
    ],
    ...(within && { message: { text: `in ${within.name}` } }),
  };
}

function lineOf(place: LineAndColumn | undefined) {
  return place && { startLine: place.line, startColumn: place.column };
}

/** What tells a finding from the others of a file, and is the same when the file's other parts change. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of({ rule, path }: Found, { within }: SourceFindings): string {
    const text = [rule, ...(within ? [within.name] : []), path].join(" ");
    const count = (this.#seen.get(text) ?? 0) + 1;
    this.#seen.set(text, count);
    return count === 1 ? text : `${text} ${count}`;
  }
}

/** The newest release of each program that what is said of its releases knows. */
function newestReleases(): object {
  return Object.fromEntries(
    Object.values(programs).map(({ name, newest }) => [name, `${newest.release} (${newest.dated} ${newest.date})`]),
  );
}

/** Where documents that rules name can be read. */
const documents: readonly (readonly [start: string, uri: string])[] = [
  ["NVMe-BOOT", "https://nvmexpress.org/specification/boot-specification/"],
  ["NVMe-BASE", "https://nvmexpress.org/specification/nvm-express-base-specification/"],
  ["ACPICA", "https://github.com/acpica/acpica"],
  ["ACPI", "https://uefi.org/specifications"],
  ["EDK II", "https://github.com/tianocore/edk2"],
  ["timberland-sig", "https://github.com/timberland-sig/edk2"],
  ["QEMU", "https://www.qemu.org/docs/master/"],
  ["Linux", "https://docs.kernel.org/"],
];

function documentUri({ doc }: SpecRef): string | undefined {
  return documents.find(([start]) => doc.startsWith(start))?.[1];
}

function fileUriOf({ source, within }: SourceFindings): string {
  return uriOf(within?.file ?? source);
}

/** A source as a URI reference. */
function uriOf(source: string): string {
  if (source === "-") return "stdin";
  const path = source.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
