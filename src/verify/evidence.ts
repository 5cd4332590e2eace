import { checkBytes } from "../bytes/bytes.ts";
import { isObject } from "../text/is-object.ts";
import { damageOf } from "./damage.ts";
import { type CollectorReport, partText, type ReportPart, type ReportStage, readReport } from "./report.ts";

/** What the lab says about a run of its own. Everything but the format's number may be missing in evidence that others wrote. */
export interface LabManifest {
  /** Version of this form. */
  readonly format: 1;
  /** Nonces of the host's and the target's report. */
  readonly host: string;
  /** Nonce of the target's report; absent where no target of the lab ran. */
  readonly target?: string;
  /** How much was booted: the tables were only read, nvme-cli connected, dracut booted, or a whole system. */
  readonly depth: "read" | "connect" | "dracut" | "os";
  /** How the tables got into the host; `firmware` where the firmware made them. */
  readonly via: "acpitable" | "initrd" | "firmware";
  /** Name of the host's firmware. */
  readonly firmware: string;
  /** `kvm` or `tcg`. */
  readonly acceleration: string;
  /** Version text of QEMU. */
  readonly qemu: string;
  /** By name: versions of the packages inside the guests; empty with an initramfs or image of the user's. */
  readonly versions: Readonly<Record<string, string>>;
  /** Arguments that the lab itself put on the host's command line. */
  readonly commandLine: string;
  /** The target runs elsewhere: it cannot testify. */
  readonly foreignTarget?: boolean;
  /** The system came from an image of the user's own, which need not report. */
  readonly ownImage?: boolean;
  /** The initramfs was a file of the user's. */
  readonly ownInitrd?: boolean;
  /** QEMU's model of the host's network cards; virtio unless told. */
  readonly nicModel?: string;
  /** Names and addresses that were made for this run, and whose places they took. */
  readonly shuffled?: readonly { readonly from: string; readonly to: string }[];
  /** Host and target had keys, and the target was to demand that the host proves itself; with `mutual` the controller as well. */
  readonly authentication?: "one-way" | "mutual";
  /** The target's ports spoke TLS; with `required` nothing else. */
  readonly tls?: "required" | "supported";
  /** What was made to go wrong on purpose, by name. */
  readonly faults?: readonly string[];
  /** What of the tables could not be built as it is. */
  readonly remarks?: readonly { readonly kind: string; readonly about: string; readonly text: string }[];
  /** How the machine spoiled the run before this one, which was therefore repeated. */
  readonly spoiled?: string;
  /** How the host's machine ended. */
  readonly ended: string;
  /** Seconds that the host's machine ran. */
  readonly seconds: number;
}

/** A table as it was given or seen. */
export interface EvidenceTable {
  /** File name in sysfs: `NBFT`, `NBFT1`. */
  readonly name: string;
  /** The whole table. */
  readonly bytes: Uint8Array;
}

/** Everything that is known about one boot. */
export interface Evidence {
  /** What the lab says about the run; undefined for the plain report of a collector. */
  readonly manifest: LabManifest | undefined;
  /** Tables that the lab put into the machine. */
  readonly given: readonly EvidenceTable[];
  /** The reports of the host that booted, in order; one that a later collector sent along comes first. */
  readonly host: CollectorReport;
  /** The host's reports do not carry the run's nonce: an image of the user's own wrote them, by itself. */
  readonly ownReports: boolean;
  /** The other side's own report, where there is one. */
  readonly target: CollectorReport | undefined;
  /** Text of the host's serial console; undefined where it was not kept. */
  readonly hostConsole: string | undefined;
  /** Text of the target's serial console; undefined where it was not kept. */
  readonly targetConsole: string | undefined;
  /** The firmware's debug log and stored variables, where the lab kept them. */
  readonly more: readonly ReportPart[];
  /** What is wrong with the evidence itself, in words. */
  readonly problems: readonly string[];
  /** What to do about that, where something is known. */
  readonly hint: string | undefined;
  /** The file, or the report of the host that booted, lacks its end or was changed on its way; or the file has more than one run of the lab. */
  readonly cutOff: boolean;
}

/**
 * Reads a file of evidence: what `nbft lab run` wrote, or the plain report of a collector. Inside the lab's file each machine's report has a
 * nonce of its own, so that no guest can speak for another.
 */
export function readEvidence(bytes: Uint8Array): Evidence {
  checkBytes(bytes);
  const outer = readReport(bytes);
  const lab = outer.stages.find(({ name }) => name === "lab");
  if (!lab) {
    const damage = damageOf(outer.stages);
    return {
      manifest: undefined,
      given: [],
      host: withEarlier(outer),
      ownReports: false,
      target: undefined,
      hostConsole: undefined,
      targetConsole: undefined,
      more: [],
      problems: [...outer.problems, ...(damage === undefined ? [] : [damage.message])],
      hint: outer.mixed ? separately : damage?.hint,
      cutOff: damage !== undefined || outer.mixed || outer.stages.at(-1)?.done === false,
    };
  }
  const problems = [...outer.problems];
  const several = isOfSeveral(outer, lab);
  if (several) problems.push("it has reports of several boots");
  const manifest = readManifest(findPart(lab, "manifest.json"), problems);
  const hostBytes = findPart(lab, "host/report")?.bytes ?? new Uint8Array();
  const marked = readReport(hostBytes, manifest?.host);
  // An image of the user's own has collectors of its own: `nbft collect -o overlay` makes a nonce for each stage.
  const own = manifest?.ownImage && marked.stages.length === 0 ? readReport(hostBytes) : undefined;
  const ownReports = own !== undefined && own.stages.length > 0;
  const host = ownReports ? own : marked;
  const targetPart = findPart(lab, "target/report");
  const target = targetPart && readReport(targetPart.bytes, manifest?.target);
  problems.push(...host.problems.map((text) => `host: ${text}`));
  const damage = damageOf(host.stages);
  if (damage !== undefined) problems.push(`host: ${damage.message}`);
  return {
    manifest,
    given: lab.parts
      .filter(({ name }) => name.startsWith("given/"))
      .map(({ name, bytes }) => ({ name: name.slice(6), bytes })),
    host: withEarlier(host),
    ownReports,
    target,
    hostConsole: partText(findPart(lab, "host/console")),
    targetConsole: partText(findPart(lab, "target/console")),
    more: lab.parts.filter(({ name }) => /^(firmware|more)\//.test(name)),
    problems,
    hint: several || outer.mixed || host.mixed ? separately : damage?.hint,
    cutOff: several || outer.mixed || damage !== undefined || !lab.done || host.stages.at(-1)?.done === false,
  };
}

const separately = "Give each report as a separate file";

/** Whether a file has more than one run of the lab, or another report beside it; the same run twice is one. */
function isOfSeveral({ stages }: CollectorReport, lab: ReportStage): boolean {
  const run = (stage: ReportStage) => partText(findPart(stage, "manifest.json"));
  return stages.some((stage) => stage !== lab && (stage.name !== "lab" || run(stage) !== run(lab)));
}

/** Hooks that found no port left their report in a file, which the last collector sends along. */
function withEarlier(report: CollectorReport): CollectorReport {
  const earlier: ReportStage[] = [];
  for (const stage of report.stages)
    for (const part of stage.parts)
      if (part.name.startsWith("earlier/")) earlier.push(...readReport(part.bytes).stages);
  return earlier.length === 0 ? report : { ...report, stages: [...earlier, ...report.stages] };
}

function readManifest(part: ReportPart | undefined, problems: string[]): LabManifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(partText(part) ?? "");
  } catch {
    value = undefined;
  }
  if (isObject(value) && value["format"] === 1 && typeof value["host"] === "string") return manifestOf(value);
  problems.push("the lab's manifest cannot be read");
  return undefined;
}

/** Takes over what has the right type; anybody can have written the file. */
function manifestOf(value: Record<string, unknown>): LabManifest {
  const string = (key: string) => (typeof value[key] === "string" ? value[key] : "");
  const oneOf = <T extends string>(key: string, known: readonly T[]) =>
    known.find((name) => name === value[key]) ?? known[0]!;
  const strings = isObject(value["versions"]) ? Object.entries(value["versions"]) : [];
  const faults = Array.isArray(value["faults"]) ? value["faults"] : [];
  const authentication = (["one-way", "mutual"] as const).find((name) => name === value["authentication"]);
  const tls = (["required", "supported"] as const).find((name) => name === value["tls"]);
  return {
    format: 1,
    host: string("host"),
    ...(typeof value["target"] === "string" ? { target: value["target"] } : {}),
    depth: oneOf("depth", ["read", "connect", "dracut", "os"]),
    via: oneOf("via", ["acpitable", "initrd", "firmware"]),
    firmware: string("firmware"),
    acceleration: string("acceleration"),
    qemu: string("qemu"),
    versions: Object.fromEntries(strings.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    commandLine: string("commandLine"),
    foreignTarget: value["foreignTarget"] === true,
    ownImage: value["ownImage"] === true,
    ownInitrd: value["ownInitrd"] === true,
    ...(typeof value["nicModel"] === "string" ? { nicModel: value["nicModel"] } : {}),
    ...(Array.isArray(value["shuffled"]) ? { shuffled: value["shuffled"].filter(isPair) } : {}),
    ...(authentication === undefined ? {} : { authentication }),
    ...(tls === undefined ? {} : { tls }),
    faults: faults.filter((fault) => typeof fault === "string"),
    remarks: (Array.isArray(value["remarks"]) ? value["remarks"] : []).filter(isRemark),
    ...(typeof value["spoiled"] === "string" ? { spoiled: value["spoiled"] } : {}),
    ended: string("ended"),
    seconds: typeof value["seconds"] === "number" ? value["seconds"] : 0,
  };
}

function isPair(value: unknown): value is { from: string; to: string } {
  return isObject(value) && typeof value["from"] === "string" && typeof value["to"] === "string";
}

function isRemark(value: unknown): value is { kind: string; about: string; text: string } {
  return isObject(value) && ["kind", "about", "text"].every((key) => typeof value[key] === "string");
}

/** The last part of a stage with this name. */
export function findPart(stage: ReportStage | undefined, name: string): ReportPart | undefined {
  return stage?.parts.findLast((part) => part.name === name);
}
