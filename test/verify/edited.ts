import { encodeReport, readReport } from "../../src/verify/report.ts";

/** A stage whose parts are text to be changed. Bytes above 7Fh survive: the text is Latin-1. */
export interface EditableStage {
  name: string;
  done: boolean;
  readonly parts: EditablePart[];
}

export interface EditablePart {
  name: string;
  text: string;
  status: number;
  /** The report ends within it. */
  cut?: boolean;
}

/** What of a file of evidence can be changed. */
export interface EditableEvidence {
  readonly manifest: Record<string, unknown>;
  readonly host: EditableStage[];
  /** Nonce of the host's reports: the run's, or that of a collector in the user's image. */
  hostNonce: string;
  readonly target: EditableStage[];
  /** The lab's own parts, without the machines' reports. */
  readonly lab: { name: string; text: string; status: number }[];
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

/** Evidence of a real boot with something in it changed, in the form in which the lab writes it. */
export function edited(evidence: Uint8Array, change: (evidence: EditableEvidence) => void): Uint8Array {
  const open = openEvidence(evidence);
  change(open);
  return closeEvidence(open);
}

/** Takes evidence apart. */
export function openEvidence(evidence: Uint8Array): EditableEvidence {
  const parts = readReport(evidence).stages[0]!.parts.map(({ name, bytes, status }) => ({
    name,
    text: latin1(bytes),
    status: status ?? 0,
  }));
  const text = (name: string) => parts.find((part) => part.name === name)?.text ?? "";
  const manifest = JSON.parse(text("manifest.json")) as Record<string, unknown>;
  const own = readReport(bytesOf(text("host/report"))).nonce;
  const marked = openStages(text("host/report"), String(manifest["host"]));
  const hostNonce = marked.length === 0 && own !== undefined ? own : String(manifest["host"]);
  return {
    manifest,
    hostNonce,
    host: openStages(text("host/report"), hostNonce),
    target: openStages(text("target/report"), String(manifest["target"])),
    lab: parts.filter(({ name }) => !["manifest.json", "host/report", "target/report"].includes(name)),
  };
}

function openStages(report: string, nonce: string): EditableStage[] {
  return readReport(bytesOf(report), nonce).stages.map(({ name, done, parts }) => ({
    name,
    done,
    parts: parts.map((part) => ({ name: part.name, text: latin1(part.bytes), status: part.status ?? 0 })),
  }));
}

function closeEvidence({ manifest, host, hostNonce, target, lab }: EditableEvidence): Uint8Array {
  const close = (stages: EditableStage[], nonce: string) =>
    Buffer.concat(
      stages.map(({ name, done, parts }) => {
        const cut = parts.find((part) => part.cut);
        const bytes = Buffer.from(
          encodeReport(
            nonce,
            name,
            parts.map((part) => ({ name: part.name, bytes: bytesOf(part.text), status: part.status })),
          ),
        );
        if (cut) return bytes.subarray(0, bytes.lastIndexOf(`\n@@${nonce} END ${cut.name}`));
        return done ? bytes : bytes.subarray(0, bytes.length - `@@${nonce} DONE ${name}\n`.length);
      }),
    );
  return encodeReport("f".repeat(32), "lab", [
    { name: "manifest.json", bytes: new TextEncoder().encode(JSON.stringify(manifest)) },
    ...lab.map(({ name, text, status }) => ({ name, bytes: bytesOf(text), status })),
    { name: "host/report", bytes: close(host, hostNonce) },
    ...(target.length > 0 ? [{ name: "target/report", bytes: close(target, String(manifest["target"])) }] : []),
  ]);
}

/** Stages as the collector writes them on a machine that is not the lab's. */
export function reportOf(stages: readonly EditableStage[]): Uint8Array {
  return Buffer.concat(
    stages.map(({ name, parts }) =>
      encodeReport(
        "e".repeat(32),
        name,
        parts.map((part) => ({ name: part.name, bytes: bytesOf(part.text), status: part.status })),
      ),
    ),
  );
}

/** Replaces text in parts of some stages; at least one place must change. */
export function replaceIn(stages: readonly EditableStage[], name: RegExp, from: string | RegExp, to: string): void {
  let changed = 0;
  for (const stage of stages)
    for (const part of stage.parts) {
      if (!name.test(part.name)) continue;
      const text = typeof from === "string" ? part.text.replaceAll(from, to) : part.text.replace(from, to);
      if (text !== part.text) changed++;
      part.text = text;
    }
  if (changed === 0) throw new Error(`nothing to replace: ${from} in ${name}`);
}

/** Puts a part into a stage. */
export function addPart(stage: EditableStage, name: string, text: string): void {
  stage.parts.push({ name, text, status: 0 });
}
