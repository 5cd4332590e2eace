import { dumpJson } from "../dump/json.ts";
import type { Io } from "../io.ts";
import type { HotRequest } from "./request.ts";
import { show } from "./show.ts";

export const run = (request: HotRequest, io: Io): boolean => show(dumpJson, request, io);
