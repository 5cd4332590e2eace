// The command: a plain `dump FILE` is shown at once, by a bundle that holds nothing else; everything else is loaded for it.
import { type HotFormat, type HotRequest, hotRequest } from "./hot/request.ts";
import type { Io } from "./io.ts";
import { processIo } from "./process-io.ts";

interface HotBundle {
  run(request: HotRequest, io: Io): boolean;
}

interface FullBundle {
  run(argv: readonly string[], io: Io): Promise<number>;
}

// Each is a file beside this one when built: see scripts/build.mjs.
const hot: Readonly<Record<HotFormat, () => HotBundle>> = {
  text: () => require("./hot/text.cjs"),
  json: () => require("./hot/json.cjs"),
  ndjson: () => require("./hot/ndjson.cjs"),
};
const full = (): FullBundle => require("./full.cjs");

const argv = process.argv.slice(2);
const io = processIo();
const request = hotRequest(argv);
if (request !== undefined && hot[request.format]().run(request, io)) process.exitCode = io.exitCode;
else
  full()
    .run(argv, io)
    .then((code) => {
      process.exitCode = code;
    });
