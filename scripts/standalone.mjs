// The command line for machines without the package: `standalone/nbft.cjs`, one file for any Node.js, and `standalone/nbft-linux-ARCH`, an
// executable that holds Node.js itself (its "single executable application"). `--node FILE` takes the Node.js of another machine, of the
// same version as the one that runs this; `--out FOLDER` writes elsewhere.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inject } from "postject";
import { buildOneFile } from "./cli-bundles.mjs";

const { values } = parseArgs({
  options: {
    node: { type: "string", default: process.execPath },
    out: { type: "string", default: "standalone" },
  },
});

/** Architectures by the machine number in an ELF header. */
const architectures = new Map([
  [0x3e, "x64"],
  [0xb7, "arm64"],
]);

function architectureOf(file) {
  const head = Buffer.alloc(20);
  const opened = openSync(file, "r");
  readSync(opened, head);
  closeSync(opened);
  const name = head.toString("latin1", 0, 4) === "\x7fELF" && architectures.get(head.readUInt16LE(18));
  if (!name) throw new Error(`${file}: not a Linux executable for x64 or arm64; give one with --node`);
  return name;
}

mkdirSync(values.out, { recursive: true });
const script = join(values.out, "nbft.cjs");
await buildOneFile(script);
chmodSync(script, 0o755);

const program = join(values.out, `nbft-linux-${architectureOf(values.node)}`);
const config = join(values.out, "sea-config.json");
const blob = join(values.out, "sea.blob");
writeFileSync(config, JSON.stringify({ main: script, output: blob, disableExperimentalSEAWarning: true }));
execFileSync(process.execPath, ["--experimental-sea-config", config], { stdio: ["ignore", "ignore", "inherit"] });
copyFileSync(values.node, program);
chmodSync(program, 0o755);
// The names are Node's own: where it looks for the program, and what says that there is one.
await inject(program, "NODE_SEA_BLOB", readFileSync(blob), {
  sentinelFuse: "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
});
rmSync(config);
rmSync(blob);
