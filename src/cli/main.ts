// The command: a plain `dump FILE` and plain work on variable stores are done at once, by bundles that hold nothing else; everything else is
// loaded for it.
import { type HotFormat, type HotRequest, hotRequest } from "./hot/request.ts";
import { type VarsRequest, varsRequest } from "./hot/vars-request.ts";
import type { Io } from "./io.ts";
import { processIo } from "./process-io.ts";

interface HotBundle<Request> {
  run(request: Request, io: Io): boolean;
}

interface FullBundle {
  run(argv: readonly string[], io: Io): Promise<number>;
}

// Each is a file beside this one when built: see scripts/build.mjs.
const hot: Readonly<Record<HotFormat, () => HotBundle<HotRequest>>> = {
  text: () => require("./hot/text.cjs"),
  json: () => require("./hot/json.cjs"),
  ndjson: () => require("./hot/ndjson.cjs"),
};
const hotVars: Readonly<Record<VarsRequest["bundle"], () => HotBundle<VarsRequest>>> = {
  "vars-edit": () => require("./hot/vars-edit.cjs"),
  "vars-show": () => require("./hot/vars-show.cjs"),
};
const full = (): FullBundle => require("./full.cjs");

const argv = process.argv.slice(2);
const io = processIo();

/** Whether a small bundle has done everything. */
function runHot(): boolean {
  const dump = hotRequest(argv);
  if (dump) return hot[dump.format]().run(dump, io);
  const vars = varsRequest(argv);
  return vars !== undefined && hotVars[vars.bundle]().run(vars, io);
}

if (runHot()) process.exitCode = io.exitCode;
else
  full()
    .run(argv, io)
    .then((code) => {
      process.exitCode = code;
    });
