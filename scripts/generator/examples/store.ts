// Examples of the rules about variable stores: a store with one variable, or with the variables of one attempt, and what is changed in it.
import type { Diagnostic } from "../../../src/diagnostic.ts";
import { attemptEdits } from "../../../src/uefi/config/attempt-edits.ts";
import type { FirmwareConfig } from "../../../src/uefi/config/firmware-config.ts";
import { encodeFirmwareConfig } from "../../../src/uefi/config/variables.ts";
import { checkNvmeofVariables } from "../../../src/uefi/store/check-nvmeof.ts";
import { checkVariables } from "../../../src/uefi/store/check-store.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { encodeRecord, RecordState } from "../../../src/uefi/store/record.ts";
import type { storeRules } from "../../../src/uefi/store/rules.ts";
import type { Variable } from "../../../src/uefi/variable.ts";
import type { MadeExample } from "./example.ts";

const guid = "1509cae7-7044-4392-a247-3f870a197142";
/** First record of a store of the 2M build. */
const first = 0x64;

function record(state: number, length = 1): Uint8Array {
  const bytes = encodeRecord("authenticated", { guid, name: "A", attributes: 3, data: new Uint8Array(length).fill(1) });
  bytes[2] = state;
  return bytes;
}

/** A store of the 2M build with the variable A, and bytes that are written over it. */
function store(...changes: readonly (readonly [at: number, bytes: ArrayLike<number>])[]): Uint8Array {
  const bytes = createVariableStore("2M");
  bytes.set(record(RecordState.Added), first);
  for (const [at, changed] of changes) bytes.set(changed, at);
  return bytes;
}

const inStore = (input: string, bytes: () => Uint8Array): MadeExample => ({
  input: [input],
  check: () => checkVariables(bytes()),
});

/** One finished write in the working block's queue, whose record was copied to the spare area only. */
function pendingWrite(): Uint8Array {
  const bytes = createVariableStore("2M");
  bytes.fill(0, 0xf020, 0xf020 + 80);
  bytes[0xf020] = 0xfc;
  bytes[0xf020 + 24] = 1;
  bytes[0xf020 + 40] = 0xfd;
  return bytes;
}

const attempt = {
  attemptName: "Attempt1",
  macString: "EA:EB:D3:58:89:58",
  targetPort: 4420,
  enabled: 1,
  ipMode: 0,
  localIp: "192.168.101.30",
  subnetMask: "255.255.255.0",
  targetIp: "192.168.101.20",
  nqn: "nqn.2014-08.org.example:target",
};
const config: FirmwareConfig = {
  hostNqn: "nqn.2014-08.org.example:host",
  hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
  attempts: [attempt],
};
const globalData = "NvmeofGlobalData";
const attempts = "Nvmeof_Attemptconfig";

function variablesOf(one: FirmwareConfig = config): Variable[] {
  const edits = attemptEdits(encodeFirmwareConfig(one), [], { withoutCompanions: true });
  return edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : []));
}

/** The variables of one attempt, with other bytes in one of them. */
function withBytes(name: string, at: number, ...bytes: readonly number[]): Variable[] {
  return variablesOf().map((variable) => {
    if (variable.name !== name) return variable;
    const data = variable.data.slice();
    data.set(bytes, at);
    return { ...variable, data };
  });
}

function cut(name: string, length: number): Variable[] {
  return variablesOf().map((one) => (one.name === name ? { ...one, data: one.data.subarray(0, length) } : one));
}

const inVariables = (input: string, variables: () => readonly Variable[]): MadeExample => ({
  input: [input],
  check: (): Diagnostic[] => checkNvmeofVariables(variables()),
});

/** An example of each rule. */
export const storeExamples: Readonly<Record<keyof typeof storeRules, MadeExample>> = {
  V001: inStore("the file is a text", () => new TextEncoder().encode("hello ".repeat(100))),
  V002: inStore("the last byte of the file is missing", () => store().subarray(0, 0x1ffff)),
  V003: inStore("the checksum of the volume header is 0", () => store([50, [0, 0]])),
  V004: inStore("the store header says formatted 00h", () => store([0x5c, [0]])),
  V005: inStore("all bytes of the file are FFh", () => new Uint8Array(0x20000).fill(0xff)),
  V006: inStore("the data of the first record have 65536 bytes", () => store([first + 40, [0, 0, 1, 0]])),
  V007: inStore("a second record begins at 200h, after free space", () => store([0x200, record(RecordState.Added)])),
  V008: inStore("the byte at 1000h, in the free space, is 00h", () => store([0x1000, [0]])),
  V009: inStore("the signature of the fault-tolerant-write block begins with 00h", () => store([0xf000, [0]])),
  V010: inStore(
    "the queue of the fault-tolerant-write block has a write whose record is in the spare area",
    pendingWrite,
  ),
  V011: inStore("the variable A has two live records", () => store([first + 68, record(RecordState.Added)])),
  V012: inStore("the record of A is marked as being replaced", () => store([first + 2, [RecordState.BeingReplaced]])),
  V013: inStore("of the record of A only the header was written", () => store([first + 2, [RecordState.HeaderOnly]])),
  V014: inStore("the name of A has two bytes: its NUL is missing", () => store([first + 36, [2]])),
  V015: inStore("the variable A has 9000 bytes, in a store of the 2M build", () => {
    return store([first, record(RecordState.Added, 9000)]);
  }),
  V016: {
    input: ["the code image has 3653632 bytes, the variables have 131072"],
    check: () => checkVariables(store(), { codeSize: 3653632 }),
  },
  V101: inVariables("NvmeofGlobalData has the attributes NV+BS+RT", () => {
    return variablesOf().map((one) => (one.name === globalData ? { ...one, attributes: 7 } : one));
  }),
  V102: inVariables("NvmeofGlobalData has 753 bytes", () => cut(globalData, 753)),
  V103: inVariables("Nvmeof_Attemptconfig has 2000 bytes", () => cut(attempts, 2000)),
  V104: inVariables("Nvmeof_Attemptconfig is missing", () => variablesOf().filter(({ name }) => name === globalData)),
  V105: inVariables("DriverVersion is 9", () => withBytes(globalData, 2, 9)),
  V106: inVariables("all 12 bytes of the attempt's name are digits", () => {
    return withBytes(attempts, 5, ...new TextEncoder().encode("123456789012"));
  }),
  V107: inVariables("a byte after the NUL of the attempt's name is 01h", () => withBytes(attempts, 16, 1)),
  V108: inVariables("there is NvmeOfDiscoveryData, and the only attempt names a subsystem", () => [
    ...variablesOf(),
    { guid, name: "NvmeOfDiscoveryData", attributes: 3, data: new Uint8Array(2305) },
  ]),
  V109: inVariables("MacString is EA:EB:D3:58:89:58\\000A, and the interface has no VLAN variable", () =>
    variablesOf({ ...config, attempts: [{ ...attempt, macString: "EA:EB:D3:58:89:58\\000A" }] }),
  ),
  V110: inVariables("IpMode is 1, and the interface has no Ip6Config variable", () => {
    const ipv6 = { ...attempt, ipMode: 1, localIp: undefined, subnetMask: undefined, targetIp: "fec0::2" };
    return variablesOf({ ...config, attempts: [ipv6] });
  }),
};
