import { equalBytes } from "../../bytes/compare.ts";
import { readUint } from "../../bytes/numbers.ts";
import { at, type Boot, expectationOfTables } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { EvidenceTable } from "../evidence.ts";

/** Whether the kernel has the tables, and those alone. */
export function* checkTables(boot: Boot): Generator<Claim> {
  const stage = boot.stages.findLast(({ tables }) => tables.length > 0) ?? boot.last;
  const seen = stage?.tables ?? [];
  const untold = boot.origin === "seen" && seen.length > 0;
  yield claim("table.count", {
    required: !untold,
    verdict: boot.origin === "seen" ? "unknown" : passOrFail(seen.length === boot.tables.length),
    expected: untold ? "not told" : boot.origin === "seen" ? "a table" : String(boot.tables.length),
    seen: seen.length === 0 ? "none" : `${seen.length}: ${seen.map(({ name }) => name).join(", ")}`,
    source: at(stage, "/sys/firmware/acpi/tables"),
    hint:
      boot.origin === "seen"
        ? "Nothing to check the boot by: only root can read tables; or give the table with --expect"
        : "Another firmware, an initrd override or -acpitable can add tables; without ACPI there are none",
  });
  if (boot.origin === "seen")
    yield claim("table.bytes", {
      required: false,
      verdict: "unknown",
      expected: "nothing to compare with",
      seen: seen.map(({ name, bytes }) => `${name}: ${bytes.length} bytes`).join(", ") || "no table",
      source: at(stage, "tables"),
      hint: "Give the table or the boot description with --expect",
    });
  else if (boot.exact) yield* checkBytes(boot, seen, at(stage, "tables"));
  else yield contentClaim(boot, seen, at(stage, "tables"));
  yield* checkKernelLog(boot, seen);
}

/** Linux numbers tables in the order of the firmware; which of two expected ones has which number says nothing. */
function* checkBytes(boot: Boot, seen: readonly EvidenceTable[], source: string): Generator<Claim> {
  const left = [...seen];
  for (const table of boot.tables) {
    const found = left.findIndex(({ bytes }) => equalBytes(bytes, table.bytes));
    const other = found >= 0 ? left.splice(found, 1)[0]! : left.find(({ name }) => name === table.name);
    yield claim("table.bytes", {
      about: table.name,
      verdict: passOrFail(found >= 0),
      expected: `${table.bytes.length} bytes, checksum ${hex(table.bytes[9])}`,
      seen: found >= 0 ? `the same, as ${other!.name}` : other ? difference(table.bytes, other.bytes) : "no such table",
      source: `${source}/${other?.name ?? table.name}`,
      hint: "The machine had another table than the one that it is judged by: what follows may be true of that one",
    });
  }
}

/** A firmware's table has a layout, a driver signature and live controller ids of its own; what a boot depends on is compared. */
function contentClaim(boot: Boot, seen: readonly EvidenceTable[], source: string): Claim {
  const differences = [...differ("", boot.expectation, expectationOfTables(seen))];
  return claim("table.content", {
    verdict: passOrFail(differences.length === 0),
    expected: `${boot.expectation.interfaces.length} interfaces, ${boot.expectation.paths.length} paths as described`,
    seen:
      differences.length === 0
        ? boot.swappedHostId
          ? "the same, the Host ID in the byte order of an EFI_GUID, as edk2's firmware writes it"
          : "the same"
        : `${differences.length} differ: ${differences.slice(0, 5).join("; ")}`,
    source,
    hint: "The machine had a table of another boot: what follows may be true of that one",
  });
}

function* differ(path: string, expected: unknown, seen: unknown): Generator<string> {
  if (typeof expected !== "object" || typeof seen !== "object" || expected === null || seen === null) {
    if (expected !== seen)
      yield `${path}: ${JSON.stringify(seen) ?? "missing"}, expected ${JSON.stringify(expected) ?? "none"}`;
    return;
  }
  const [left, right] = [expected, seen] as Record<string, unknown>[];
  for (const key of new Set([...Object.keys(left!), ...Object.keys(right!)])) {
    // The firmware's own numbering of ports, and what follows from the rest.
    if (key === "subsysPortId" || key === "unreachable" || key === "table") continue;
    yield* differ(
      Array.isArray(expected) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
      left![key],
      right![key],
    );
  }
}

function difference(expected: Uint8Array, seen: Uint8Array): string {
  const places: number[] = [];
  for (let i = 0; i < Math.max(expected.length, seen.length); i++) if (expected[i] !== seen[i]) places.push(i);
  const first = places.slice(0, 4).map((offset) => `${hex(seen[offset])} for ${hex(expected[offset])} at ${offset}`);
  return `${seen.length} bytes, ${places.length} differ: ${first.join(", ")}${places.length > 4 ? ", …" : ""}`;
}

/** ACPI announces each table with its length and ids; a table that was put into sysfs in another way is not announced. */
function* checkKernelLog({ stages }: Boot, seen: readonly EvidenceTable[]): Generator<Claim> {
  const stage =
    stages.findLast(({ kernelLog }) => kernelLog !== undefined && /ACPI: NBFT 0x/.test(kernelLog)) ??
    stages.findLast(({ kernelLog }) => kernelLog);
  const lines = [...(stage?.kernelLog ?? "").matchAll(/ACPI: NBFT 0x[0-9A-Fa-f]+ ([0-9A-Fa-f]{6}) \(v(\d+) /g)];
  const lengths = lines.map((match) => Number.parseInt(match[1]!, 16)).sort((a, b) => a - b);
  const wanted = seen.map(({ bytes }) => (bytes.length >= 8 ? readUint(bytes, 4, 4) : 0)).sort((a, b) => a - b);
  yield claim("table.kernel-log", {
    required: false,
    verdict: lines.length === 0 ? "unknown" : passOrFail(lengths.join() === wanted.join()),
    expected: wanted.map((length) => `NBFT of ${length} bytes`).join(", ") || "none",
    seen: lengths.map((length) => `NBFT of ${length} bytes`).join(", ") || "no such line",
    source: at(stage, "dmesg"),
    hint: lines.length === 0 ? "The kernel's log may have wrapped" : "The log and sysfs describe different tables",
  });
}

function hex(byte: number | undefined): string {
  return byte === undefined ? "nothing" : `${byte.toString(16).toUpperCase().padStart(2, "0")}h`;
}
