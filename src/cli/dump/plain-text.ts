import type { Io } from "../io.ts";
import { showPlainly } from "./plain.ts";
import type { DumpRequest } from "./request.ts";
import { dumpText } from "./text.ts";

export const run = (request: DumpRequest, io: Io): boolean => showPlainly(request, io, dumpText);
