/** Finds the ACPI tables in a capture and puts its NBFTs in front of an initrd: node examples/acpi-tables.mjs [CAPTURE] */
import { readNbft } from "nbft";
import { bytesReader, encodeCpio, initrdTablePath, readInitrd } from "nbft/acpi";
import { readContainer } from "nbft/node";

const path = process.argv[2] ?? "test/vectors/acpi/fwcfg/q35-two-nbft";
const { kind, tables, diagnostics } = readContainer(path);
console.log(`${kind}: ${tables.map(({ name }) => name).join(" ")}`);
for (const { severity, message } of diagnostics) console.log(`${severity}: ${message}`);

const nbfts = tables.filter(({ signature }) => signature === "NBFT");
for (const { name, origin, bytes } of nbfts) {
  console.log(`${name} at ${origin}: ${readNbft(bytes).table.host?.hostNqn}`);
}

const initrd = encodeCpio(nbfts.map(({ name, bytes }) => ({ name: `${initrdTablePath}${name}.aml`, data: bytes })));
for (const { name, origin } of readInitrd(bytesReader(initrd)).tables) console.log(`Linux finds ${name} in ${origin}`);
