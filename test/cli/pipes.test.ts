import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { takeCommon } from "../../src/cli/io.ts";
import { processIo } from "../../src/cli/process-io.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { runCli } from "../helpers/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-pipes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const table = "test/vectors/firmware/multipath/NBFT.bin";

/** A pipe into which a file is written, once, as a shell's `<(command)` is. */
function pipeOf(file: string, name: string): string {
  const path = join(folder, name);
  execFileSync("mkfifo", [path]);
  spawn("sh", ["-c", 'cat "$1" > "$2"', "sh", file, path], { stdio: "ignore" });
  return path;
}

describe.skipIf(process.platform === "win32")("a pipe, which can be read once only", () => {
  it.each([
    ["examples/static.yaml", ["plan"]],
    ["examples/static.yaml", ["target", "--device", "1=/dev/sda"]],
    ["examples/table.yaml", ["validate"]],
    ["test/vectors/forms/show-3.1-multipath.json", ["plan"]],
    ["test/vectors/forms/xxd.txt", ["dump"]],
    [table, ["dump", "-o", "json"]],
    [table, ["init"]],
    ["examples/attempt-dual-path.config", ["attempt", "check"]],
    ["examples/attempt-dual-path.config", ["explain"]],
  ])("%s is read from one as from a file: %j", async (file, argv) => {
    const path = pipeOf(file, [...argv, file].join("-").replaceAll("/", "-"));
    const piped = await runCli([...argv, path]);
    const named = await runCli([...argv, file]);
    expect(piped.code).toBe(named.code);
    expect(piped.out.replaceAll(path, file)).toBe(named.out);
    expect(piped.err.replaceAll(path, file)).toBe(named.err);
  });

  it("two of them are compared", async () => {
    const json = join(folder, "table.json");
    writeFileSync(json, (await runCli(["dump", "-o", "json", table])).out);
    expect(await runCli(["diff", pipeOf(json, "one"), pipeOf(table, "other")])).toMatchObject({ code: 0, out: "" });
  });

  it("is no store that could be changed in its place", async () => {
    const store = join(folder, "store.fd");
    writeFileSync(store, createVariableStore("4M"));
    const path = pipeOf(store, "edit");
    const { code, err } = await runCli(["vars", "set", path, "Timeout", "--value", "1"]);
    expect([code, err]).toEqual([2, `nbft: ${path}: cannot be changed in its place: write a raw store with -w FILE\n`]);
    // Whoever writes into it waits for a reader.
    readFileSync(path);
  });
});

describe.skipIf(process.platform === "win32")("standard output by another name", () => {
  it("is known, and any other file is not", () => {
    const { isOut } = processIo();
    expect(isOut?.("/dev/stdout")).toBe(true);
    expect([isOut?.(folder), isOut?.(join(folder, "absent"))]).toEqual([false, false]);
  });

  it("is as -, so that what is said of the result does not stand in it", () => {
    const io = { ...processIo(), isOut: (path: string) => path === "/dev/stdout" };
    const [out, file] = [{ write: "/dev/stdout" }, { write: "NBFT" }];
    takeCommon(io, out);
    takeCommon(io, file);
    expect([out.write, file.write]).toEqual(["-", "NBFT"]);
  });
});
