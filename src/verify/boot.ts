import { tryRead } from "../nbft/read/shared-reading.ts";
import { renameNbft } from "../nbft/write/rename.ts";
import { formatGuid, parseUuid } from "../text/uuid.ts";
import type { Evidence, EvidenceTable, LabManifest } from "./evidence.ts";
import { type Expectation, expectationOf } from "./expectation.ts";
import { type ConsoleFacts, consoleOf } from "./facts/console.ts";
import { readStage, type StageFacts } from "./facts/stage-facts.ts";
import { readTarget, type TargetFacts } from "./facts/target-facts.ts";

/** A boot as the checks see it: what was expected, and what each stage and the target say. */
export interface Boot {
  readonly evidence: Evidence;
  readonly manifest: LabManifest | undefined;
  /** Tables that the boot is checked by, under the names that Linux gives them. */
  readonly tables: readonly EvidenceTable[];
  /** Where they come from: given by the caller, put in by the lab, or merely seen by the kernel. */
  readonly origin: "given" | "lab" | "seen";
  /** Whether the kernel's tables are to have the same bytes, or only to say the same. */
  readonly exact: boolean;
  readonly expectation: Expectation;
  /** The Host ID has the byte order of an EFI_GUID, which every released edk2 firmware writes and a description does not say. */
  readonly swappedHostId: boolean;
  readonly stages: readonly StageFacts[];
  /** In the initramfs before anything is set up, after the root file system was mounted there, after a failure. */
  readonly early: StageFacts | undefined;
  readonly initramfs: StageFacts | undefined;
  /** The stage that shows how far the boot came. */
  readonly last: StageFacts | undefined;
  readonly target: TargetFacts | undefined;
  readonly console: ConsoleFacts | undefined;
  /** Whether a connection was to be made, whether dracut was to do it, and whether a root file system was to be mounted. */
  readonly connects: boolean;
  readonly dracut: boolean;
  readonly mountsRoot: boolean;
}

/** Order in which stages follow each other in a boot. */
const order = ["early", "failure", "initramfs", "boot", "root", "system"];

/**
 * Puts evidence in order for the checks.
 *
 * @param tables what the machine should have had; the lab's own, else what the kernel showed, unless given.
 */
export function openBoot(evidence: Evidence, tables?: readonly EvidenceTable[], exact = true): Boot {
  const stages = evidence.host.stages.map(readStage);
  const rank = (stage: StageFacts) => order.indexOf(stage.name);
  const last = [...stages].sort((a, b) => rank(a) - rank(b)).at(-1);
  const seen = stages.findLast((stage) => stage.tables.length > 0)?.tables ?? [];
  const { manifest } = evidence;
  const named = tables?.map((table) => ({ ...table, bytes: renamed(table.bytes, manifest) }));
  const expected = named ?? (evidence.given.length > 0 ? evidence.given : seen);
  const find = (name: string) => stages.findLast((stage) => stage.name === name);
  const hardware = manifest === undefined;
  // What an image of the user's own is, its reports tell.
  const own = manifest?.ownImage && stages.length > 0;
  const seenStage = (...names: string[]) => stages.some(({ name }) => names.includes(name));
  const bySystem = manifest?.depth === "dracut" || manifest?.depth === "os";
  return {
    evidence,
    manifest,
    tables: expected,
    origin: tables ? "given" : evidence.given.length > 0 ? "lab" : "seen",
    exact,
    ...asStored(expectationOfTables(expected), tables && !exact ? expectationOfTables(seen) : undefined),
    stages,
    early: find("early"),
    initramfs: find("initramfs"),
    last,
    target: evidence.target && !manifest?.foreignTarget ? readTarget(evidence.target) : undefined,
    console: evidence.hostConsole === undefined ? undefined : consoleOf(evidence.hostConsole),
    connects: hardware || manifest.depth !== "read",
    dracut: own ? seenStage("early", "initramfs", "failure") : bySystem,
    mountsRoot: hardware || (own ? !seenStage("boot") : bySystem),
  };
}

/** What tables say; one that is no NBFT says nothing. */
export function expectationOfTables(tables: readonly EvidenceTable[]): Expectation {
  return expectationOf(tables.map(({ bytes }) => tryRead(bytes)?.table).filter((table) => table !== undefined));
}

/** What is expected, with the Host ID as the machine's table stores it where that is the same UUID in the other byte order. */
function asStored(
  expectation: Expectation,
  seen: Expectation | undefined,
): Pick<Boot, "expectation" | "swappedHostId"> {
  const stored = new Set(seen?.hosts.map(({ id }) => id));
  let swappedHostId = false;
  const hosts = expectation.hosts.map((host) => {
    const bytes = host.id === undefined ? undefined : parseUuid(host.id);
    const other = bytes && formatGuid(bytes);
    if (other === undefined || stored.has(host.id) || !stored.has(other)) return host;
    swappedHostId = true;
    return { ...host, id: other };
  });
  return { expectation: { ...expectation, hosts }, swappedHostId };
}

/** A table that the caller has, with the names that the run had. */
function renamed(bytes: Uint8Array, manifest: LabManifest | undefined): Uint8Array {
  if (!manifest?.shuffled) return bytes;
  try {
    return renameNbft(bytes, new Map(manifest.shuffled.map(({ from, to }) => [from, to])));
  } catch {
    return bytes;
  }
}

/** Source of something in a stage. */
export function at(stage: StageFacts | undefined, part: string): string {
  return stage ? `${stage.name}: ${part}` : part;
}
