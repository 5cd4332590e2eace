/** Puts nbft's parsers into a parser of one's own, made with binary-parser: node examples/binary-parser.mjs [FILE] */
import { readFileSync } from "node:fs";
import { controlDescriptor, nbftHeader, Parser, ssnsDescriptor } from "nbft/binary-parser";

// A table with the list of its namespaces; the Control Descriptor says where that is and how long.
const tableParser = new Parser()
  .useContextVars()
  .nest("header", { type: nbftHeader })
  .nest("control", { type: controlDescriptor })
  .pointer("namespaces", {
    offset: ({ control }) => control.ssnsOffset,
    type: new Parser().array("list", { type: ssnsDescriptor, length: "$parent.control.ssnsCount" }),
  });

const bytes = readFileSync(process.argv[2] ?? "test/vectors/firmware/multipath/NBFT.bin");
const { header, control, namespaces } = tableParser.parse(bytes);
console.log(
  `${header.length} bytes, heap at ${header.heapOffset}; ${control.ssnsCount} namespaces at ${control.ssnsOffset}`,
);
for (const { index, flags, primaryHfi, nsid, traddrRef } of namespaces.list) {
  const address = bytes.subarray(traddrRef.offset, traddrRef.offset + traddrRef.length).toString("hex");
  console.log(`${index}: flags ${flags}, HFI ${primaryHfi}, namespace ${nsid}, address ${address}`);
}
