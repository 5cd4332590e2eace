import type { Io } from "../io.ts";
import type { PlainDump } from "./options.ts";
import { showPlainly } from "./plain.ts";
import { dumpText } from "./text.ts";

export const run = (request: PlainDump, io: Io): boolean => showPlainly(request, io, dumpText);
