import { resolve } from "node:path";
import { build } from "esbuild";

/** Makes a program of sources that import from `./src`, for tests that run it in a process of its own. */
export async function buildProgram(contents: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir: resolve(import.meta.dirname, "../..") },
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
    outfile,
  });
}

/** Makes the command line as one file, without what only packaging adds. */
export async function buildCli(outfile: string): Promise<void> {
  const contents = `
    import { commandIo } from "./src/cli/io.ts";
    import { processIo } from "./src/cli/process-io.ts";
    import { run } from "./src/cli/run.ts";
    run(process.argv.slice(2), commandIo(processIo())).then((code) => { process.exitCode = code; });`;
  await buildProgram(contents, outfile);
}
