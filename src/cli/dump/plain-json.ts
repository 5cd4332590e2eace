import type { Io } from "../io.ts";
import { dumpJson } from "./json.ts";
import { showPlainly } from "./plain.ts";
import type { DumpRequest } from "./request.ts";

export const run = (request: DumpRequest, io: Io): boolean => showPlainly(request, io, dumpJson);
