import { controlDescriptor, nbftHeader } from "../../src/nbft/structures/index.ts";
import { listStructures } from "../../src/nbft/structures/lists.ts";
import { rootStructures } from "../../src/nbft/structures/order.ts";
import { decoderSource, followSource, listSource, nameTablesSource, placesOf } from "./decoders.ts";
import { recordInterface } from "./model.ts";
import { listEntriesSource, numbersSource, placesSource, readerSource } from "./readers.ts";

const notice = "// Generated from src/nbft/structures by `npm run generate`; do not edit.\n";
const lists = Object.values(listStructures);

/** Sources of every generated file, by name. */
export function sources(): Record<string, string> {
  const places = rootStructures.flatMap((root) => placesOf(root));
  const all = places.map((place) => place.structure);
  const followed = all.filter((structure) => !rootStructures.some((root) => root.name === structure.name));
  const readers = [
    notice,
    `import type { HeapRef } from "../../structure/index.ts";`,
    `import type { ControlDescriptorNumbers, NbftHeaderNumbers } from "./model.ts";`,
    "",
    `/** Size in bytes of the newest form of each structure. */`,
    `export const sizes = { ${all.map(({ name, size }) => `${name}: ${size}`).join(", ")} } as const;`,
    "",
    placesSource({ header: [nbftHeader, 0], control: [controlDescriptor, nbftHeader.size] }),
    listEntriesSource(listStructures),
    ...all.map(recordInterface),
    ...all.map(readerSource),
    // Only what says where the rest is.
    numbersSource(nbftHeader),
    numbersSource(controlDescriptor),
  ].join("\n");
  const bodies = [...places.map(decoderSource), ...lists.map(listSource), ...followed.map(followSource)].join("\n");
  const types = all.map((structure) => structure.name).sort();
  const decoders = [
    notice,
    `import { formatAscii, formatNid, formatPci } from "../../structure/text-value.ts";`,
    `import { formatMac } from "../../text/mac.ts";`,
    `import { formatUuid } from "../../text/uuid.ts";`,
    `import type { ListPlace } from "../read/open-table.ts";`,
    `import type { ${types.join(", ")} } from "./model.ts";`,
    `import { formatIpOrNone, named, type TableReader } from "../read/table-reader.ts";`,
    "",
    nameTablesSource(),
    "",
    bodies,
  ].join("\n");
  return { "readers.ts": readers, "decoders.ts": decoders };
}
