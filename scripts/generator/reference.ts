import { structureOrder } from "../../src/nbft/structures/order.ts";
import { structureMarkdown } from "../../src/structure/markdown.ts";

/** The reference page of the table's structures. */
export function structureReference(): string {
  return `# Structures of the NBFT

Written by \`npm run generate\` from the descriptions in \`src/nbft/structures\`, which decoder, encoder, hex dump and document schema
come from as well. Offsets and lengths are in bytes from the start of the structure; numbers are little-endian. A heap object reference
is an offset from the start of the table (4 bytes) and a length (2 bytes), both 0 when unused. Figures are those of revision 1.3;
revision 1.0 counts one or two less. Derived fields are computed when a table is written.

${structureOrder.map(structureMarkdown).join("\n")}`;
}
