import type { Io } from "../io.ts";
import { dumpNdjson } from "./ndjson.ts";
import type { PlainDump } from "./options.ts";
import { showPlainly } from "./plain.ts";

export const run = (request: PlainDump, io: Io): boolean => showPlainly(request, io, dumpNdjson);
