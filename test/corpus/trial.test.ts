import { describe, expect, it } from "vitest";
import type { CorpusTable } from "../../src/corpus/corpus.ts";
import {
  expectedBySpecification,
  expectedOfNvmeCli,
  judgeRun,
  type ProgramExpectation,
  type ProgramRun,
} from "../../src/corpus/trial.ts";
import { patched, summed } from "../helpers/tables.ts";
import { table } from "../helpers/vectors.ts";

const named = (bytes: Uint8Array): CorpusTable =>
  ({ group: "sound", name: "x", title: "a table", bytes }) as unknown as CorpusTable;
const sound = named(table("multipath/"));
const ended = (run: Partial<ProgramRun> = {}): ProgramRun => ({
  ...{ code: 0, timedOut: false, stdout: "", stderr: "" },
  ...run,
});
const accept: ProgramExpectation = { does: "accept", why: "it has no error" };
const reject: ProgramExpectation = { does: "reject", why: "H002" };

describe("what is expected of a program", () => {
  it.each([
    ["a sound table", sound.bytes, "accept"],
    ["a wrong checksum", patched(sound.bytes, { 9: [sound.bytes[9]! ^ 1] }), "reject"],
    ["an error that leaves the rest readable", table("L13"), "accept"],
    ["a table that is not configured", summed(patched(sound.bytes, { 70: [0] })), "either"],
  ])("by the specification, of %s", (_, bytes, does) => {
    expect(expectedBySpecification(named(bytes)).does).toBe(does);
  });

  it("by a release of nvme-cli, is what its model does", () => {
    const newer = named(table("L02"));
    expect(expectedOfNvmeCli("2.13")(newer).does).toBe("reject");
    expect(expectedOfNvmeCli("3.0-rc1")(named(table("L01"))).does).toBe("accept");
  });
});

describe("a run of a program", () => {
  it.each([
    ["takes what it must", accept, ended(), "accept", []],
    ["rejects what it must", reject, ended({ code: 1 }), "reject", []],
    ["takes what it must not", reject, ended(), "accept", ["accepts it, expected to reject it: H002"]],
    ["rejects too much", accept, ended({ code: 3 }), "reject", ["rejects it, expected to accept it: it has no error"]],
    ["may do either", { does: "either", why: "" }, ended({ code: 1 }), "reject", []],
    ["dies by a signal", reject, ended({ code: undefined, signal: "SIGSEGV" }), "crash", ["crashed: SIGSEGV"]],
    ["dies in a shell", accept, ended({ code: 139 }), "crash", ["crashed: signal 11"]],
    [
      "is stopped by a sanitizer",
      reject,
      ended({ code: 1, stderr: "==7==ERROR: AddressSanitizer: heap-buffer-overflow\n" }),
      "crash",
      ["crashed: ==7==ERROR: AddressSanitizer: heap-buffer-overflow"],
    ],
    [
      "takes too long",
      accept,
      ended({ code: undefined, signal: "SIGKILL", timedOut: true }),
      "time out",
      ["took too long"],
    ],
    ["dies as predicted", { does: "crash", why: "" }, ended({ code: 139 }), "crash", []],
    ["survives what was predicted to kill it", { does: "crash", why: "" }, ended(), "accept", []],
  ] as const)("that %s", (_, expected, run, did, problems) => {
    const trial = judgeRun(sound, expected, run);
    expect([trial.did, trial.problems]).toEqual([did, problems]);
  });

  const readings = (stdout: string) => {
    const { compared, problems } = judgeRun(sound, accept, ended({ stdout }));
    return [compared, ...problems];
  };

  it.each([
    ["is right", '{"hfi": [{"index": 1}, {"index": 2}], "security": []}', [true]],
    ["leaves things out", '{"host": {"flags": {"valid": true}}}', [true]],
    ["has nothing where there is nothing", '{"hfi": [{"structureId": null}, {}]}', [true]],
    ["differs", '{"ssns": [{"nsid": 2}, {}]}', [true, "ssns[0].nsid: read 2, expected 1"]],
    ["is of another type", '{"ssns": [{"nsid": "1"}, {}]}', [true, 'ssns[0].nsid: read "1", expected 1']],
    ["is too short", '{"hfi": [{}]}', [true, "hfi: read 1 entries, expected 2"]],
    ["says what the table does not", '{"host": {"name": "x"}}', [true, 'host.name: read "x", expected nothing']],
    ["is another program's JSON", '[{"subsystem": []}]', [false]],
    ["is not a document", '{"hello": 1}', [false]],
    ["is text", "HFI 1", [false]],
  ])("whose reading %s", (_, stdout, expected) => {
    expect(readings(stdout)).toEqual(expected);
  });

  it("is not compared where readers may differ", () => {
    const broken = named(table("S21"));
    expect(judgeRun(broken, { does: "either", why: "" }, ended({ stdout: '{"hfi": []}' })).compared).toBe(false);
  });
});
