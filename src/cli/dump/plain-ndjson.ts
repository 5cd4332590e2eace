import type { Io } from "../io.ts";
import { dumpNdjson } from "./ndjson.ts";
import { showPlainly } from "./plain.ts";
import type { DumpRequest } from "./request.ts";

export const run = (request: DumpRequest, io: Io): boolean => showPlainly(request, io, dumpNdjson);
