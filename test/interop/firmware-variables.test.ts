import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeDmpstore } from "../../src/uefi/files/dmpstore.ts";
import {
  attemptEdits,
  createVariableStore,
  decodeBootOption,
  editVariableStore,
  encodeBootOption,
  encodeDmpstore,
  encodeFirmwareConfig,
  encodeU16List,
  type FirmwareConfig,
  formatDevicePath,
  parseDevicePath,
  readVariableStore,
  readVariables,
  runSetattempt,
  type StoreEdit,
  vendorGuids,
} from "../../src/uefi/index.ts";
import { nvmeofAttemptConfig } from "../../src/uefi/nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../../src/uefi/nvmeof/global-data.ts";
import { clearLeftOver } from "../../src/uefi/nvmeof/left-over.ts";
import { shellPath } from "../helpers/shell-path.ts";
import { setattemptCases } from "../uefi/vectors.ts";
import { bootShell, firmwareFolder, firmwareMissing } from "./firmware-shell.ts";
import { Target } from "./nvme-tcp-target.ts";

const missing = firmwareMissing();
if (missing !== undefined) console.log(`Timberland firmware: could not run: ${missing}`);

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
const dataOf = (variables: ReturnType<typeof readVariables>, name: string) =>
  variables.find((each) => each.name === name)?.data;

const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
const mac = "52:54:00:12:34:56";

/** A configuration for QEMU's user network, where 10.0.2.2 is this machine. */
const configFor = (targetPort: number): FirmwareConfig => ({
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
  hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
  attempts: [
    {
      attemptName: "Attempt1",
      macString: mac,
      targetPort,
      enabled: 1,
      ipMode: 0,
      localIp: "10.0.2.15",
      subnetMask: "255.255.255.0",
      gateway: "10.0.2.2",
      targetIp: "10.0.2.2",
      nqn,
    },
  ],
});

const global = (name: string, data: Uint8Array): StoreEdit => ({
  kind: "set",
  variable: { guid: vendorGuids.global, name, attributes: 7, data },
});
/** The shell first, so that no network boot is waited for. */
const shellFirst = [
  global("Boot0007", encodeBootOption({ description: "Shell", paths: [shellPath] })),
  global("BootOrder", encodeU16List([7])),
];
const save = ["Nvmeof_Attemptconfig", "NvmeofGlobalData"].map((name, i) => `dmpstore -all ${name} -s ${i}.bin`);

describe.skipIf(missing !== undefined)("the real Timberland firmware", () => {
  test("its pristine store is the one that is made here", () => {
    const real = readFileSync(join(firmwareFolder!, "OVMF_VARS.fd"));
    expect(Buffer.compare(createVariableStore("4M"), real)).toBe(0);
  });

  test("shows the variables of a store made here, connects to the target, and mounts its namespace", async () => {
    const target = new Target({ nqn, uuid, disk: new Uint8Array(1 << 20) });
    const config = configFor(await target.listen());
    const { bytes: store } = editVariableStore(createVariableStore("4M"), [
      ...attemptEdits(encodeFirmwareConfig(config), []),
      ...shellFirst,
    ]);
    const boot = await bootShell({
      store,
      script: ["map -r", ...save],
      network: ["-netdev", "user,id=n0", "-device", `virtio-net-pci,netdev=n0,mac=${mac},romfile=`],
    });
    await target.close();
    expect(boot.ended).toBe(true);
    expect(boot.console).toContain(
      "Variable NV+BS '1509CAE7-7044-4392-A247-3F870A197142:Nvmeof_Attemptconfig' DataSize = 0x2EB0",
    );
    const before = readVariables(store);
    expect(hex(decodeDmpstore(boot.file("0.bin")!)[0]!.data)).toBe(hex(dataOf(before, "Nvmeof_Attemptconfig")));
    const driver = decodeDmpstore(boot.file("1.bin")!)[0]!.data;
    // The driver switches itself on when it starts.
    expect(driver[0]).toBe(1);
    expect(hex(driver.subarray(1))).toBe(hex(dataOf(before, "NvmeofGlobalData")!.subarray(1)));
    expect(target.connects[0]).toEqual({
      queue: 0,
      hostId: "ac1b13f8efcd6541866b5998c1e67890",
      hostNqn: config.hostNqn,
      subsystemNqn: nqn,
    });
    const device = `MAC(525400123456,0x1)/IPv4(10.0.2.2)/NVMeOF(${nqn},urn:uuid:B7C2E9BE-6117-B544-A4E6-0F690498A94B)`;
    expect(boot.console).toContain(device);

    const { store: after, diagnostics } = readVariableStore(boot.store);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const options = after!.records.filter(({ visible, name }) => visible && /^Boot\d{4}$/.test(name));
    const paths = options.flatMap(({ data }) => decodeBootOption(data).paths);
    const made = paths.find((path) => path.includes("NVMeOF("))!;
    expect(made).toContain(`NVMeOF(${nqn},urn:uuid:${uuid})`);
    expect(formatDevicePath(parseDevicePath(made), 0, { asPrinted: true })).toContain(
      "urn:uuid:B7C2E9BE-6117-B544-A4E6-0F690498A94B",
    );
  });

  test("loads variables from a dmpstore file made here", async () => {
    const edits = attemptEdits(encodeFirmwareConfig(configFor(4420)), []);
    const variables = edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : []));
    const boot = await bootShell({
      store: editVariableStore(createVariableStore("4M"), shellFirst).bytes,
      files: { "VARS.DMP": encodeDmpstore(variables) },
      script: ["dmpstore -all -l VARS.DMP", ...save],
    });
    const loaded = [0, 1].map((i) => hex(decodeDmpstore(boot.file(`${i}.bin`)!)[0]!.data));
    expect(loaded).toEqual(variables.map(({ data }) => hex(data)));
  });

  const known = setattemptCases.filter(
    ({ config, result }) => result !== "hang" && runSetattempt(latin1(config)).unknowns.length === 0,
  );
  const batches = Array.from({ length: Math.ceil(known.length / 30) }, (_, i) => known.slice(30 * i, 30 * i + 30));

  test.each(
    batches.map((batch, i) => ({ name: `${30 * i + 1} to ${30 * i + batch.length} of ${known.length}`, batch })),
  )("setattempt does with a text what the model says: cases $name", async ({ batch }) => {
    const files: Record<string, Uint8Array> = {
      "NvmeOfCli.efi": new Uint8Array(readFileSync(join(firmwareFolder!, "NvmeOfCli.efi"))),
    };
    const script = batch.flatMap(({ config }, i) => {
      files[`C${i}`] = latin1(config);
      const names = ["Nvmeof_Attemptconfig", "NvmeofGlobalData"];
      return [
        ...names.map((name) => `dmpstore -d -all ${name} > NUL`),
        `NvmeOfCli.efi setattempt C${i}`,
        ...names.map((name) => `dmpstore -all ${name} -s ${name[6]}${i}.bin > NUL`),
      ];
    });
    const boot = await bootShell({
      store: editVariableStore(createVariableStore("4M"), shellFirst).bytes,
      files,
      script,
      seconds: 240,
    });
    expect(boot.ended).toBe(true);
    for (const [i, { name, config, result }] of batch.entries()) {
      const saved = (letter: string) => {
        const file = boot.file(`${letter}${i}.bin`);
        return file && file.length > 0 ? decodeDmpstore(file)[0]?.data : undefined;
      };
      const [attempts, globalData] = [saved("_"), saved("G")];
      expect([name, attempts === undefined ? "rejected" : "stored"]).toEqual([name, result]);
      const run = runSetattempt(latin1(config));
      if (!attempts || !globalData || !run.variables) continue;
      const clean = (a: Uint8Array, g: Uint8Array) => [
        hex(clearLeftOver(nvmeofAttemptConfig, a)),
        hex(clearLeftOver(nvmeofGlobalData, g)),
      ];
      expect([name, ...clean(attempts, globalData)]).toEqual([
        name,
        ...clean(run.variables.attempts, run.variables.globalData),
      ]);
    }
  });
});
