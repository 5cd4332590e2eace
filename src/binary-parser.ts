/**
 * The structures of an NBFT as [binary-parser](https://github.com/keichi/binary-parser) parsers, to nest in your own parsers.
 *
 * Each reads every field of the newest form of its structure as it is stored: numbers (little-endian), reserved bytes and fixed texts as
 * bytes, references as `{ offset, length }` under the field's name with `Ref` after it. They check nothing; `readNbft` of `nbft` does, and
 * follows references. Chaining onto a parser changes it everywhere: use it in yours with `nest`, `array` or `pointer`.
 *
 * Needs the types of Node.js (`@types/node`), as binary-parser's own types do.
 *
 * @module nbft/binary-parser
 */

// @ts-expect-error: 2.3.0 has no types for `import`, so that Parser is exported from here with those that it has for `require`.
import { Parser as Published } from "binary-parser";
import type { Parser as ParserType } from "binary-parser/dist/binary_parser.js";
import * as structures from "./nbft/structures/index.ts";
import { type Field, recordKey, type Structure } from "./structure/index.ts";
import { nvmeofAttemptConfig as attemptConfig } from "./uefi/nvmeof/attempt-config.ts";
import { nvmeofDiscoveryData as discoveryData } from "./uefi/nvmeof/discovery-data.ts";
import { nvmeofGlobalData as globalData } from "./uefi/nvmeof/global-data.ts";

/** binary-parser's class, with types: `import { Parser } from "binary-parser"` is the same class without types. */
export const Parser: typeof ParserType = Published;
export type Parser = ParserType;

function parserOf({ fields }: Structure): Parser {
  const parser = new Parser().endianness("little");
  for (const [key, field] of Object.entries(fields)) addField(parser, recordKey(key, field), field);
  return parser;
}

function addField(parser: Parser, key: string, { kind, size }: Field): void {
  if (kind === "ref") parser.nest(key, { type: new Parser().endianness("little").uint32("offset").uint16("length") });
  else if (kind !== "uint" && kind !== "flags") parser.buffer(key, { length: size });
  else if (size === 1) parser.uint8(key);
  else if (size === 2) parser.uint16(key);
  else parser.uint32(key);
}

/** ACPI table header and what the NBFT adds to it, 64 bytes (NVMe Boot Specification 1.3, Figure 9, as all below). */
export const nbftHeader = parserOf(structures.nbftHeader);

/** Control Descriptor, 64 bytes: where the Host Descriptor and the lists are (Figure 9). */
export const controlDescriptor = parserOf(structures.controlDescriptor);

/** Host Descriptor, 32 bytes (Figure 10). */
export const hostDescriptor = parserOf(structures.hostDescriptor);

/** HFI Descriptor, 32 bytes: one entry of the list of interfaces (Figure 12). */
export const hfiDescriptor = parserOf(structures.hfiDescriptor);

/** HFI Transport Info Descriptor for NVMe/TCP, 128 bytes (Figure 14). */
export const hfiTransportInfoTcp = parserOf(structures.hfiTransportInfoTcp);

/** HFI Transport Info Extended Information Descriptor, 20 bytes, revision 1.1 (Figure 15). */
export const hfiExtendedInfo = parserOf(structures.hfiExtendedInfo);

/** Subsystem and Namespace Descriptor, 128 bytes: one entry of the list of namespaces (Figure 17). */
export const ssnsDescriptor = parserOf(structures.ssnsDescriptor);

/** SSNS Extended Information Descriptor, the 23 bytes that it has from revision 1.1 on (Figure 21). */
export const ssnsExtendedInfo = parserOf(structures.ssnsExtendedInfo);

/** Security Profile Descriptor, 64 bytes: one entry of the list of profiles (Figure 23). */
export const securityProfileDescriptor = parserOf(structures.securityProfileDescriptor);

/** Discovery Descriptor, 32 bytes: one entry of the list of discovery controllers (Figure 26). */
export const discoveryDescriptor = parserOf(structures.discoveryDescriptor);

/** One record of the firmware variable `Nvmeof_Attemptconfig`, 1494 bytes (NvmeOfDriver of Timberland's EDK2). */
export const nvmeofAttemptConfig = parserOf(attemptConfig);

/** The firmware variable `NvmeofGlobalData`, 754 bytes. */
export const nvmeofGlobalData = parserOf(globalData);

/** One record of the firmware variable `NvmeOfDiscoveryData`, 2305 bytes. */
export const nvmeofDiscoveryData = parserOf(discoveryData);
