import { createHash } from "node:crypto";
import type { BootDescription } from "../../boot/description.ts";
import { type Judgement, type Reason, verifyBoot } from "../../verify/verify.ts";
import { LabError } from "../errors.ts";
import type { BuildOptions, Work } from "../parts.ts";
import { runLab } from "../run.ts";
import type { Depth } from "../run-options.ts";
import { differences } from "./findings.ts";

/** What is booted by each stack. */
export interface MatrixCase {
  readonly name: string;
  readonly tables: readonly Uint8Array[];
  readonly described?: BootDescription["targets"] | undefined;
}

/** What came of one boot of a matrix. Plain data, a line of a file of results. */
export interface MatrixRun {
  readonly name: string;
  /** SHA-256 of the tables: another table of the same name is another boot. */
  readonly tables: string;
  readonly suite: string;
  readonly depth: Depth;
  /** When it took place, ISO 8601. */
  readonly date: string;
  /** Of the host's machine. */
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly judgement: Judgement;
  readonly reason?: Reason;
  /** How many required claims there are, and how many hold. */
  readonly claims: { readonly hold: number; readonly required: number };
  /** Required claims that failed or could not be told. */
  readonly open: readonly { readonly id: string; readonly about: string; readonly seen: string }[];
  /** Where it differs from what `explain` predicts for the stack; undefined where that predicts nothing. */
  readonly findings?: readonly string[] | undefined;
}

/** What one boot gave. */
export interface MatrixBoot extends Omit<MatrixRun, "name" | "tables" | "suite" | "depth"> {
  /** What `verify` reads. */
  readonly evidence?: Uint8Array;
}

/** A boot that could not take place, and why. */
export interface MatrixGap extends Pick<MatrixRun, "name" | "suite" | "depth"> {
  readonly why: string;
}

/** Cases by suites by depths. */
export interface MatrixPlan {
  readonly cases: readonly MatrixCase[];
  /** Releases of Debian to take kernel, dracut and nvme-cli from. */
  readonly suites: readonly string[];
  readonly depths: readonly Depth[];
  readonly build: Pick<BuildOptions, "cache" | "mirror">;
}

/**
 * Boots every case by every stack, and compares with what is predicted. What is among `known` is not booted again.
 *
 * @param ran is given each result as it comes, with what both machines said: a matrix that was stopped goes on where it was
 */
export async function runMatrix(
  { cases, suites, depths, build }: MatrixPlan,
  known: readonly MatrixRun[],
  ran: (run: MatrixRun, evidence: Uint8Array | undefined) => void,
  work: Work,
  boot: typeof bootOne = bootOne,
): Promise<{ runs: MatrixRun[]; gaps: MatrixGap[] }> {
  const wanted = suites.flatMap((suite) => depths.flatMap((depth) => cases.map((each) => ({ suite, depth, each }))));
  const runs: MatrixRun[] = [];
  const gaps: MatrixGap[] = [];
  for (const [i, { suite, depth, each }] of wanted.entries()) {
    const tables = sumOf(each.tables);
    const { name } = each;
    // A boot that the machine spoiled says nothing about the stack.
    const before = known.find(
      (run) => run.tables === tables && run.suite === suite && run.depth === depth && run.reason?.kind !== "machine",
    );
    if (before) {
      runs.push({ ...before, name });
      continue;
    }
    const step = `${i + 1} of ${wanted.length}: ${name}, ${suite}, ${depth}`;
    work.notice(step);
    try {
      const { evidence, ...result } = await boot(each, suite, depth, build, work);
      const run = { name, tables, suite, depth, ...result };
      // Whoever stops the matrix stops its machines: what they had said until then is not a result.
      if (work.children.stopped()) break;
      runs.push(run);
      ran(run, evidence);
    } catch (error) {
      if (!(error instanceof LabError) || work.children.stopped()) throw error;
      gaps.push({ name, suite, depth, why: error.message });
    }
  }
  return { runs, gaps };
}

async function bootOne(
  { tables, described }: MatrixCase,
  suite: string,
  depth: Depth,
  build: MatrixPlan["build"],
  work: Work,
): Promise<MatrixBoot> {
  const date = new Date().toISOString();
  const { evidence, manifest } = await runLab(
    {
      tables,
      described,
      depth,
      via: "acpitable",
      firmware: "seabios",
      build: { ...build, source: "debian", suite },
    },
    work,
  );
  const { judgement, reason, claims } = verifyBoot(evidence);
  const required = claims.filter((each) => each.required);
  const open = required.filter(({ verdict }) => verdict !== "pass").map(({ id, about, seen }) => ({ id, about, seen }));
  return {
    evidence,
    date,
    seconds: manifest.seconds,
    versions: manifest.versions,
    judgement,
    ...(reason === undefined ? {} : { reason }),
    claims: { hold: required.length - open.length, required: required.length },
    open,
    findings: reason === undefined ? differences(tables, { suite, depth }, manifest.versions, claims) : [],
  };
}

function sumOf(tables: readonly Uint8Array[]): string {
  const sum = createHash("sha256");
  for (const bytes of tables) sum.update(bytes);
  return sum.digest("hex");
}
