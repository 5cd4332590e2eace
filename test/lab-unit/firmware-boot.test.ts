import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { completeBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { programmedAttempts, surroundingsTable } from "../../src/lab/firmware-boot/attempts.ts";
import { checkFirmwareBoot } from "../../src/lab/firmware-boot/firmware-boot.ts";
import { firmwareFiles, prepareStore } from "../../src/lab/firmware-boot/firmware-files.ts";
import { seenFacts } from "../../src/lab/firmware-boot/seen-facts.ts";
import { watchFirmware } from "../../src/lab/firmware-boot/watch.ts";
import { executeQmp } from "../../src/lab/qmp.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import { decodeFirmwareConfig } from "../../src/uefi/config/variables.ts";
import { createVariableStore } from "../../src/uefi/index.ts";
import { runSetattempt } from "../../src/uefi/setattempt/emulate.ts";
import { type FirmwareLog, firmwareGaveUp, firmwareLogOf } from "../../src/verify/facts/firmware-log.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-firmware-unit-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function folder(name: string, code: number, vars: Uint8Array | undefined): string {
  const path = mkdtempSync(join(scratch, name));
  writeFileSync(join(path, "OVMF_CODE.fd"), new Uint8Array(code));
  if (vars) writeFileSync(join(path, "OVMF_VARS.fd"), vars);
  return path;
}

const large = createVariableStore("4M");
const codeOf4M = 3_653_632;

describe("the firmware's files", () => {
  it("that are missing are named, with the place where users get them", () => {
    expect(() => firmwareFiles("/nowhere")).toThrow(
      /^\/nowhere\/OVMF_CODE\.fd is missing: .*timberland-sig\/rh-linux-poc/,
    );
    expect(() => firmwareFiles(folder("half", codeOf4M, undefined))).toThrow(/OVMF_VARS\.fd is missing/);
  });

  it("do not go together when their sizes are of different builds, which the firmware would pass over silently", () => {
    expect(firmwareFiles(folder("pair", codeOf4M, large)).vars).toMatch(/OVMF_VARS\.fd$/);
    expect(() => firmwareFiles(folder("mixed", codeOf4M, createVariableStore("2M")))).toThrow(
      /mixed\S*: OVMF_CODE\.fd and OVMF_VARS\.fd do not go together\. .* This code goes with variables of 540672 bytes/,
    );
  });

  it("of the other way to program are asked for before anything is made", () => {
    const boot = completeBootDescription(bootPresets.static.document);
    const request = { folder: folder("request", codeOf4M, large), boot, blockSize: 512, program: "store" } as const;
    expect(() => checkFirmwareBoot(request)).not.toThrow();
    expect(() => checkFirmwareBoot({ ...request, program: "efidisk" })).toThrow(
      /NvmeOfCli\.efi is missing: --program-by efidisk/,
    );
  });
});

const dual = completeBootDescription(bootPresets["dual-path"].document);
const config = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const variables = runSetattempt(bytes).variables!;
  return { text: bytes, variables, config: decodeFirmwareConfig(variables) };
};
const configText = (...attempts: readonly string[]) =>
  `HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890\nHostId:f8131bac-cdef-4165-866b-5998c1e67890\n${attempts
    .map(
      (mac) =>
        `$Start\nAttemptName:A\nMacString:${mac}\nTargetPort:4420\nEnabled:1\nIpMode:0\nLocalIp:192.168.101.30\nSubnetMask:255.255.255.0\nTargetIp:192.168.101.20\nNQN:${dual.targets[0]!.nqn}\nDnsMode:FALSE\n$End\n`,
    )
    .join("")}`;

describe("attempts that are programmed", () => {
  it("are the description's, as its table predicts", () => {
    const { variables, facts, text } = programmedAttempts(dual, undefined);
    expect(predictNbft(variables, { facts }).table!.ssns).toHaveLength(2);
    expect(runSetattempt(text).variables!.globalData).toEqual(variables.globalData);
  });

  it("are those of a Config, in the description's surroundings", () => {
    const given = config(configText("EA:EB:D3:58:89:58"));
    const { facts, notes, text } = programmedAttempts(dual, given);
    expect(text).toBe(given.text);
    expect(notes).toEqual([]);
    const { table } = predictNbft(given.variables, { facts });
    expect(table!.ssns).toMatchObject([{ traddr: "192.168.101.20", flags: { unavailable: "not indicated" } }]);
  });

  it("of a Config in lower case, or for a card that is not there, come to nothing", () => {
    for (const mac of ["ea:eb:d3:58:89:58", "EA:EB:D3:00:00:01"]) {
      const given = config(configText(mac));
      const { facts } = programmedAttempts(dual, given);
      expect(predictNbft(given.variables, { facts })).toMatchObject({ reason: expect.any(String) });
    }
  });

  it("go into a copy of the store", () => {
    const path = join(scratch, "vars.fd");
    writeFileSync(path, large);
    const { variables, facts } = programmedAttempts(dual, undefined);
    const { store, prediction } = prepareStore(path, variables, facts);
    expect(store).toHaveLength(large.length);
    expect(Buffer.compare(store, large)).not.toBe(0);
    expect(prediction.bytes).toBeDefined();
  });
});

it("a target is there for an attempt that asks it the wrong thing", () => {
  const wrong = completeBootDescription({
    ...bootPresets.static.document,
    attempts: [{ interface: "nic0", target: "target0", nqn: "nqn.2014-08.org.example:nobody" }],
  });
  const { ssns } = readNbft(surroundingsTable(wrong)).table;
  expect(ssns).toMatchObject([{ subsystemNqn: wrong.targets[0]!.nqn, flags: { unavailable: "not indicated" } }]);
});

describe("facts of a boot that was seen", () => {
  const programmed = programmedAttempts(dual, undefined);
  const [first, second] = programmed.config.attempts;
  const probe = (
    { nqn, targetIp }: { nqn: string; targetIp?: string | undefined },
    reached: "nothing" | "halted" | "mounted",
  ) => ({ nqn, traddr: targetIp!, trsvcid: undefined, reached }) as const;
  const log = (...probes: FirmwareLog["probes"]): FirmwareLog => ({ ...firmwareLogOf(""), probes });
  const made = (...ids: number[]) =>
    ids.map((id) => ({
      id,
      subsystemNqn: first!.nqn,
      hostNqn: "nqn.2014-08.org.example:host",
      discovery: false,
      authentication: "not asked" as const,
      provedItself: false,
    }));

  it("are the order, the failures and the controller ids", () => {
    const facts = seenFacts(programmed, log(probe(second!, "mounted"), probe(first!, "nothing")), made(7, 8));
    expect(facts).toMatchObject({ connectionOrder: [2, 1], failedAttempts: [1], controllerIds: [undefined, 7] });
    expect(facts.subsystems).toEqual(programmed.facts.subsystems);
  });

  it("do not call an attempt failed at which the firmware halted", () => {
    const facts = seenFacts(programmed, log(probe(first!, "mounted"), probe(second!, "halted")), made(1));
    expect(facts).toMatchObject({ connectionOrder: [1, 2], failedAttempts: [] });
  });

  it("are the expected ones where the log describes other attempts, or of none", () => {
    expect(seenFacts(programmed, log(), made(1))).toBe(programmed.facts);
    const other = { nqn: "nqn.2014-08.org.example:other", targetIp: "192.0.2.1" };
    expect(seenFacts(programmed, log(probe(other, "mounted")), made(1))).toBe(programmed.facts);
  });
});

describe("firmwareGaveUp", () => {
  it.each([
    ["[Bds]Booting UEFI NVMeOF Device - a\n[Bds]Booting EFI Internal Shell\n", true],
    ["ASSERT [NvmeOfDxe] NvmeOfSpdk.c(1): x\n", true],
    ["    Boot0002: EFI Internal Shell \t 0x0001\n[Bds]Booting UEFI NVMeOF Device - a\n", false],
    ["", false],
  ])("%j: %s", (text, gaveUp) => expect(firmwareGaveUp(text)).toBe(gaveUp));
});

describe("a firmware that is watched", () => {
  const fault = "\x1b[40m!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000000 !!!!\r\n";
  it.each([
    ["is in its shell, by its log", "[Bds]Booting EFI Internal Shell\n", "", true],
    ["is in its shell, by its console, where it has no log", "", "UEFI Interactive Shell v2.2\r\n", true],
    [
      "stopped at a fault of the processor, which is on its console only",
      "[Bds]Booting UEFI NVMeOF Device - a\n",
      fault,
      true,
    ],
    ["boots what may say anything", "[Bds]Booting UEFI NVMeOF Device - a\n", "UEFI Interactive Shell v2.2\r\n", false],
  ])("%s", (_, log, screen, gaveUp) => {
    const path = mkdtempSync(join(scratch, "watch"));
    const watch = watchFirmware(path, 64, false);
    expect(watch.hasGivenUp()).toBe(false);
    writeFileSync(join(path, "firmware.debug"), log);
    writeFileSync(join(path, "host.console"), screen);
    expect(watch.hasGivenUp()).toBe(gaveUp);
  });
});

describe("executeQmp", () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });
  const monitor = (answer: (socket: Socket, command: string) => void) =>
    new Promise<string>((resolve) => {
      const path = join(scratch, `qmp${servers.length}`);
      const server = createServer((socket) => {
        socket.write('{"QMP": {"version": {}}}\n');
        socket.on("data", (bytes) => answer(socket, JSON.parse(bytes.toString()).execute));
        socket.on("error", () => undefined);
      }).listen(path, () => resolve(path));
      servers.push(server);
    });

  it("gives the command after the greeting, and tells how it went", async () => {
    const commands: string[] = [];
    const path = await monitor((socket, command) => {
      commands.push(command);
      socket.write('{"event": "STOP"}\n{"return": {}}\n');
    });
    expect(await executeQmp(path, "pmemsave", { val: 0 })).toBe(true);
    expect(commands).toEqual(["qmp_capabilities", "pmemsave"]);
  });

  it.each([
    ["refuses", (socket: Socket) => void socket.write('{"error": {"desc": "no"}}\n')],
    ["hangs up", (socket: Socket) => void socket.destroy()],
    ["talks nonsense and says no more", (socket: Socket) => void socket.write("nonsense\n[]\n7\n")],
  ])("is false for a monitor that %s", async (_, answer) => {
    const path = await monitor((socket) => answer(socket));
    expect(await executeQmp(path, "pmemsave", {}, 0.3)).toBe(false);
  });

  it("is false where there is no monitor", async () => {
    expect(await executeQmp(join(scratch, "none"), "pmemsave", {})).toBe(false);
  });
});
