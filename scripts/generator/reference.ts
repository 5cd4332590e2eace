import * as structures from "../../src/nbft/structures/index.ts";
import { structureMarkdown } from "../../src/structure/markdown.ts";

/** The reference page of the table's structures, in the order of the specification's structure ids. */
export function structureReference(): string {
  const order = [
    structures.nbftHeader,
    structures.controlDescriptor,
    structures.hostDescriptor,
    structures.hfiDescriptor,
    structures.hfiTransportInfoTcp,
    structures.hfiExtendedInfo,
    structures.ssnsDescriptor,
    structures.ssnsExtendedInfo,
    structures.securityProfileDescriptor,
    structures.discoveryDescriptor,
  ];
  return `# Structures of the NBFT

Written by \`npm run generate\` from the descriptions in \`src/nbft/structures\`, which decoder, encoder, hex dump and document schema
come from as well. Offsets and lengths are in bytes from the start of the structure; numbers are little-endian. A heap object reference
is an offset from the start of the table (4 bytes) and a length (2 bytes), both 0 when unused. Figures are those of revision 1.3;
revision 1.0 counts one or two less. Derived fields are computed when a table is written.

${order.map(structureMarkdown).join("\n")}`;
}
