// Writes src/nbft/generated from the structure descriptions. Run by scripts/generate.mjs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as structures from "../../src/nbft/structures/index.ts";
import { decoderSource, followSource, nameTablesSource, placesOf } from "./decoders.ts";
import { readerSource, variableOf } from "./readers.ts";

const notice = "// Generated from src/nbft/structures by `npm run generate`; do not edit.\n";
const folder = new URL("../src/nbft/generated/", `file://${process.cwd()}/scripts/`);

const roots = [
  structures.nbftHeader,
  structures.controlDescriptor,
  structures.hostDescriptor,
  structures.hfiDescriptor,
  structures.ssnsDescriptor,
  structures.securityProfileDescriptor,
  structures.discoveryDescriptor,
];

/** Sources of every generated file, by name. */
function sources(): Record<string, string> {
  const places = roots.flatMap((root) => placesOf(root));
  const all = places.map((place) => place.structure);
  const followed = all.filter((structure) => !roots.some((root) => root.name === structure.name));
  const readers = [
    notice,
    `import type { RecordOf } from "../../layout/index.ts";`,
    `import type { ${all.map(variableOf).sort().join(", ")} } from "../structures/index.ts";`,
    "",
    ...all.map(readerSource),
  ].join("\n");
  const bodies = [...places.map(decoderSource), ...followed.map(followSource)].join("\n");
  const types = all.map((structure) => structure.name).sort();
  const decoders = [
    notice,
    `import { formatAscii, formatNid, formatPci } from "../../layout/text-value.ts";`,
    `import { formatMac } from "../../text/mac.ts";`,
    `import { formatUuid } from "../../text/uuid.ts";`,
    `import type { ${types.join(", ")} } from "../structures/index.ts";`,
    `import { constant, formatIpOrNone, named, type TableReader } from "../table-reader.ts";`,
    "",
    nameTablesSource(),
    "",
    bodies,
  ].join("\n");
  return { "readers.ts": readers, "decoders.ts": decoders };
}

const check = process.argv.includes("--check");
mkdirSync(folder, { recursive: true });
for (const [name, source] of Object.entries(sources())) {
  const file = new URL(name, folder);
  if (!check) writeFileSync(file, source);
  else if (readFileSync(file, "utf8") !== source) {
    console.error(`src/nbft/generated/${name} is out of date: run npm run generate`);
    process.exitCode = 1;
  }
}
