import { readFileSync, writeSync } from "node:fs";
import type { Io } from "./io.ts";
import { run } from "./run.ts";

function writeAll(fd: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(io.exitCode);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const io: Io = {
  out: (data) => writeAll(1, data),
  err: (text) => writeAll(2, text),
  stdin: () => readFileSync(0),
  env: process.env,
  outIsTty: process.stdout.isTTY === true,
  errIsTty: process.stderr.isTTY === true,
  exitCode: 0,
};

run(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
