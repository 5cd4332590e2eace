import { findRelease } from "../../consumers/behaviours/index.ts";
import { readAsLibnvme } from "../../consumers/libnvme/libnvme.ts";
import { runNvmeCliShow } from "../../consumers/nvme-cli/show.ts";
import { tryRead } from "../../nbft/read/shared-reading.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { isObject } from "../../text/is-object.ts";
import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { EvidenceTable } from "../evidence.ts";
import type { StageFacts } from "../facts/stage-facts.ts";

/** Whether nvme-cli in the guest reads the kernel's tables as this library does. */
export function* checkReading(boot: Boot): Generator<Claim> {
  const stage = boot.stages.findLast(({ nbftShow }) => nbftShow !== undefined);
  const source = at(stage, "nvme nbft show -o json");
  if (!stage?.nbftShow || stage.tables.length === 0) {
    const there = boot.stages.some(({ nvmeCli }) => nvmeCli !== undefined);
    const seen = stage ? "the kernel has no table" : there ? "not what it shows" : "nvme-cli was not there";
    yield claim("reading.nvme-cli", {
      verdict: "unknown",
      required: boot.dracut || there,
      expected: "the table's values",
      seen,
      source,
    });
    return;
  }
  const shown = parseArray(stage.nbftShow.text);
  for (const table of stage.tables) {
    const own = shown?.find((entry) => fileName(entry) === table.name);
    yield* compare(stage, table, own, source);
  }
}

function* compare(stage: StageFacts, table: EvidenceTable, own: unknown, source: string): Generator<Claim> {
  const about = table.name;
  const release = stage.nvmeCli === undefined ? undefined : findRelease("nvme-cli", stage.nvmeCli);
  if (!release) {
    const seen =
      stage.nvmeCli === undefined ? "the report does not say which nvme-cli it is" : `nvme-cli ${stage.nvmeCli}`;
    yield claim("reading.nvme-cli", { about, verdict: "unknown", expected: "the table's values", seen, source });
    return;
  }
  const named = `nvme-cli ${release.release}`;
  const outside = release.outside === undefined ? "" : `${release.outside}. `;
  const model = runNvmeCliShow([{ path: table.name, bytes: table.bytes }], "json", {}, release.release);
  if (own === undefined) {
    const status = stage.nbftShow!.status;
    const died = status !== undefined && status >= 128 ? `it died of signal ${status - 128}` : "the table is not in it";
    const rejection = readAsLibnvme(table.bytes, release.release).rejection?.message;
    const hint = model.crash
      ? `${outside}${named} dies of this table: ${model.crash}`
      : rejection && `${outside}${named} rejects this table: ${rejection}`;
    yield claim("reading.nvme-cli", {
      about,
      verdict: "fail",
      expected: "the table's values",
      seen: died,
      source,
      hint,
    });
    return;
  }
  const expected = parseArray(new TextDecoder().decode(model.stdout))?.[0];
  const differences = [...differ("", expected, own)].filter((text) => !text.startsWith("filename:"));
  yield claim("reading.nvme-cli", {
    about,
    verdict: passOrFail(differences.length === 0),
    expected: `${countLeaves(expected)} values as ${named} is known to read them`,
    seen: differences.length === 0 ? "the same" : `${differences.length} differ: ${differences.slice(0, 5).join("; ")}`,
    source,
    hint: `${outside}This library's model of ${named} is wrong: please report it`,
  });
  const reading = tryRead(table.bytes);
  if (reading) yield records(table.name, reading.table, own, source);
}

/** libnvme leaves out records that it cannot use silently. */
function records(name: string, table: NbftTable, own: unknown, source: string): Claim {
  const wanted = {
    subsystem: table.ssns.filter(({ flags }) => flags?.valid).map(({ index }) => index),
    hfi: table.hfi.filter(({ flags }) => flags?.valid).map(({ index }) => index),
    discovery: table.discovery.filter(({ flags }) => flags?.valid).map(({ index }) => index),
  };
  const lost = Object.entries(wanted).flatMap(([key, indexes]) => {
    const there = new Set(asArray(asRecord(own)?.[key]).map((entry) => asRecord(entry)?.["index"]));
    return indexes.filter((index) => !there.has(index)).map((index) => `${key} ${index}`);
  });
  const count = Object.values(wanted).reduce((sum, indexes) => sum + indexes.length, 0);
  return claim("reading.records", {
    about: name,
    verdict: passOrFail(lost.length === 0),
    expected: `${count} valid records`,
    seen: lost.length === 0 ? "all of them" : `without ${lost.join(", ")}`,
    source,
    hint: "nbft validate names the reason; an SSNS without a secondary HFI list is the usual one",
  });
}

function* differ(path: string, expected: unknown, seen: unknown): Generator<string> {
  const left = asRecord(expected) ?? (Array.isArray(expected) ? expected : undefined);
  const right = asRecord(seen) ?? (Array.isArray(seen) ? seen : undefined);
  if (left === undefined || right === undefined) {
    if (expected !== seen) yield `${path}: ${show(seen)}, expected ${show(expected)}`;
    return;
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const name = Array.isArray(left) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    yield* differ(name, (left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]);
  }
}

function show(value: unknown): string {
  return value === undefined ? "missing" : (JSON.stringify(value)?.slice(0, 120) ?? "");
}

function countLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countLeaves(inner), 0);
}

function fileName(entry: unknown): string | undefined {
  const name = asRecord(entry)?.["filename"];
  return typeof name === "string" ? name.replace(/^.*\//, "") : undefined;
}

function parseArray(text: string): unknown[] | undefined {
  try {
    return asArray(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined;
}
