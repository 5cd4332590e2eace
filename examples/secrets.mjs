// From a table's security profile to the archive that an initramfs needs. No key is printed.
import { readFileSync } from "node:fs";
import { parseBootDescription, tableOfBoot } from "nbft/boot";
import { findRelease } from "nbft/consumers";
import { encodeNbft } from "nbft/encode";
import {
  deriveTlsKey,
  formatSecret,
  makeSecret,
  parseSecret,
  secretsArchive,
  securedPaths,
  securityNeeds,
} from "nbft/secrets";

const boot = parseBootDescription(readFileSync("examples/chap-mutual.yaml", "utf8"));
const table = { path: "NBFT", bytes: encodeNbft(tableOfBoot(boot, { revision: "1.0" })) };

const reader = { id: "nvme-cli 2.16", releases: [findRelease("nvme-cli", "2.16")] };
const needs = securityNeeds(table, [reader]);
for (const { kind, index, asks } of needs.records) console.log(`${kind} ${index} ${asks}`);
console.log(`${needs.file.path}, mode ${needs.file.mode}:\n${needs.file.outline.trimEnd()}`);

// The same two secrets go into the array; formatSecret is the one way to a text that contains a key.
const host = makeSecret("dhchap");
const controller = makeSecret("dhchap", 64);
console.log(parseSecret(formatSecret(host)).bytes.length, "bytes");
const { paths } = securedPaths([table]);
console.log(secretsArchive(paths, () => ({ host, controller })).length, "bytes to append to the initramfs");

const { identity } = await deriveTlsKey(makeSecret("tls"), paths[0].hostNqn, paths[0].subsystemNqn);
console.log(identity.split(" ").slice(0, 3).join(" "));
