import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checksumFor } from "../../src/acpi/checksum.ts";
import type { GoalResult, Row } from "../measure.ts";
import { cli, cpuOf, residentOf, scratch } from "../processes.ts";
import { aliasedTable, makeTable } from "../tables.ts";

/** Tables of at most 128 KB that were made to be slow or large. */
function hostileTables(): Readonly<Record<string, Uint8Array>> {
  const noise = new Uint8Array(131_072).map((_, i) => (i * 2654435761) >>> 24);
  noise.set([0x4e, 0x42, 0x46, 0x54]);
  noise[70] = 1;
  return {
    "255 lists that name one object": aliasedTable(255),
    "255 lists and texts that name one object": aliasedTable(255, "both"),
    "255 interfaces with one transport info": sharedTransport(),
    "lists stated in full, nothing but noise": noise,
    "everything broken": broken(makeTable({ hfi: 255, ssns: 255, discovery: 255 })),
  };
}

/** 255 HFIs whose references all lead to the first one's transport info. */
function sharedTransport(): Uint8Array {
  const bytes = makeTable({ hfi: 255, ssns: 0, discovery: 0 });
  const view = new DataView(bytes.buffer);
  const hfi = view.getUint32(80, true);
  for (let i = 1; i < 255; i++) view.setUint32(hfi + 32 * i + 16, view.getUint32(hfi + 16, true), true);
  bytes[9] = checksumFor(bytes);
  return bytes;
}

/** The same with every descriptor's ids, flags and references spoilt: as many findings as there can be. */
function broken(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (const at of [80, 88, 104]) {
    const [start, stride, count] = [view.getUint32(at, true), view.getUint16(at + 4, true), view.getUint8(at + 7)];
    for (let i = 0; i < count; i++) for (let j = 0; j < stride; j += 3) bytes[start + i * stride + j]! ^= 0x55;
  }
  return bytes;
}

/** Other inputs of 128 KB, and the command that reads each. */
const texts: Readonly<Record<string, readonly [text: string, ...command: string[]]>> = {
  "a document of nothing but braces": ["{".repeat(1 << 17), "encode", "-w", "/dev/null"],
  "a document of 32,000 keys": [
    Array.from({ length: 16_000 }, (_, i) => `k${i}: 1\n`).join(""),
    "encode",
    "-w",
    "/dev/null",
  ],
  "a Config of 8,000 lines": ["AttemptName:x\n".repeat(9_000), "attempt", "check"],
};

/** P4: what the hardest inputs cost each command beyond a sound table, in a process of its own. */
export function hostileGoal(): GoalResult {
  const node = process.execPath;
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(scratch, name);
    writeFileSync(path, content);
    return path;
  };
  const sound = file("sound", makeTable({ hfi: 2, ssns: 2, discovery: 1, minorRevision: 1 }));
  const commands = [
    ["dump"],
    ["dump", "-o", "json"],
    ["validate"],
    ["explain"],
    ["repair"],
    ["report", "-w", "/dev/null"],
  ];
  const base = new Map(
    commands.map((words) => [words, [cost([node, cli, ...words, sound]), residentOf([node, cli, ...words, sound])]]),
  );
  const rows: Row[] = [];
  const add = (name: string, words: readonly string[], path: string, [time, size]: readonly number[]) => {
    const command = [node, cli, ...words, path];
    const [more, megabytes] = [cost(command) - time!, residentOf(command) - size!];
    const what = `${words.slice(0, 3).join(" ")}: ${name}`;
    rows.push({ goal: "P4", what: `${what}, ÷ 0.5 s`, ratio: more / 500, limit: 1, detail: `+${more.toFixed(0)} ms` });
    rows.push({
      goal: "P4",
      what: `${what}, ÷ 100 MB`,
      ratio: megabytes / 100,
      limit: 1,
      detail: `+${megabytes.toFixed(0)} MB`,
    });
  };
  for (const [i, [name, bytes]] of Object.entries(hostileTables()).entries()) {
    const path = file(`hostile-${i}`, bytes);
    for (const words of commands) add(name, words, path, base.get(words)!);
  }
  const none = [cost([node, cli, "--help"]), residentOf([node, cli, "--help"])];
  for (const [i, [name, [text, ...words]]] of Object.entries(texts).entries())
    add(name, words, file(`hostile-text-${i}.yaml`, text), none);
  return { rows };
}

/** The least of three: what the machine does besides only adds. What a refused input takes counts as well. */
function cost(command: readonly string[]): number {
  return Math.min(...[1, 2, 3].map(() => cpuOf(command, 2)));
}
