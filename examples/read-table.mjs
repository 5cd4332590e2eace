/** Reads a table and prints where it boots from: node examples/read-table.mjs [FILE] */
import { readFileSync } from "node:fs";
import { readNbft } from "nbft";

const file = process.argv[2] ?? "test/vectors/firmware/multipath/NBFT.bin";
const { table, diagnostics } = readNbft(readFileSync(file));

console.log(`host ${table.host?.hostNqn}`);
for (const { index, subsystemNqn, traddr, trsvcid, nid } of table.ssns) {
  console.log(`SSNS ${index}: ${nid} at ${traddr}:${trsvcid} in ${subsystemNqn}`);
}
for (const { severity, rule, path, message } of diagnostics) console.log(`${severity} ${rule} ${path}: ${message}`);
