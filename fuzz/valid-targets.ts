import { NbftError } from "../src/errors.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../src/uefi/config/firmware-config.ts";
import { decodeFirmwareConfig, encodeFirmwareConfig } from "../src/uefi/config/variables.ts";
import { describeVariable } from "../src/uefi/describe-variable.ts";
import { encodeDmpstore } from "../src/uefi/files/dmpstore.ts";
import { encodeNvVars } from "../src/uefi/files/nvvars.ts";
import { formatQemuJson } from "../src/uefi/files/qemu-json.ts";
import { readVariables } from "../src/uefi/files/variable-file.ts";
import { vendorGuids } from "../src/uefi/guids.ts";
import { checkConfig } from "../src/uefi/setattempt/check-config.ts";
import { formatConfig } from "../src/uefi/setattempt/format-config.ts";
import { checkVariables } from "../src/uefi/store/check-store.ts";
import { createVariableStore } from "../src/uefi/store/create-store.ts";
import { editVariableStore, type StoreEdit } from "../src/uefi/store/edit-store.ts";
import { type Variable, variableKey } from "../src/uefi/variable.ts";
import { Choices } from "./choices.ts";
import { Random } from "./random.ts";
import { harmOfRepair } from "./repair-property.ts";
import type { Target } from "./target.ts";

/** Bytes to take choices from. */
const seeds = Array.from({ length: 16 }, (_, seed) => {
  const random = new Random(seed);
  return Uint8Array.from({ length: 64 + 32 * seed }, () => random.bits());
});

function expect(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** A configuration with texts of every length that their fields take. */
function configOf(choices: Choices): FirmwareConfig {
  const maybe = <T>(value: T): T | undefined => (choices.chance() ? value : undefined);
  const digits = (count: number) => Array.from({ length: count }, () => choices.below(16).toString(16)).join("");
  // The tool takes one for none whose first stored byte, the last of the first group, is 0.
  const uuid = () => `${digits(6)}1${[1, 4, 4, 4, 12].map(digits).join("-")}`;
  const ipv4 = () => `${1 + choices.below(223)}.${choices.below(256)}.${choices.below(256)}.${choices.below(256)}`;
  const ipv6 = () => `fd00::${(1 + choices.below(65535)).toString(16)}:1`;
  const attempt = (): FirmwareAttempt => {
    const ipMode = choices.below(3);
    const address = ipMode === 1 ? ipv6 : ipv4;
    return {
      attemptName: maybe(choices.text(11)),
      hostName: maybe(choices.text(223)),
      macString:
        Array.from({ length: 6 }, () => digits(2).toUpperCase()).join(":") + (choices.chance() ? "\\0014" : ""),
      targetPort: choices.below(65536),
      enabled: choices.below(2),
      ipMode,
      initiatorInfoFromDhcp: maybe(true),
      localIp: maybe(address()),
      subnetMask: ipMode === 1 ? undefined : maybe("255.255.255.0"),
      gateway: maybe(address()),
      primaryDns: maybe(ipv4()),
      targetInfoFromDhcp: maybe(true),
      targetIp: maybe(address()),
      serverName: maybe(choices.text(223)),
      controllerId: maybe(1 + choices.below(65535)),
      nid: maybe(uuid()),
      nqn: `nqn.${choices.text(219)}`,
      routeMetric: maybe(1 + choices.below(65535)),
      // The tool wants all three or none.
      ...(choices.chance() && {
        hostNqnOverride: `nqn.${choices.text(219)}`,
        hostIdOverride: uuid(),
        hostOverrideEnable: true,
      }),
    };
  };
  return {
    nvmeOfEnabled: maybe(true),
    hostNqn: `nqn.${choices.text(219)}`,
    hostId: uuid(),
    attempts: Array.from({ length: 1 + choices.below(7) }, attempt),
  };
}

const names = [..."BootOrder Boot0000 Timeout PK db EAEBD3588958".split(" "), "EAEBD3588958\\0014"];

/** Steps of an edit: variables with names and contents of every length, deleted and packed now and then. */
function* editsOf(choices: Choices): Generator<StoreEdit> {
  for (let steps = 0; steps < 40 && !choices.done; steps++) {
    const kind = choices.below(8);
    if (kind === 0) yield { kind: "compact" };
    else if (kind === 1) {
      const { globalData, attempts } = encodeFirmwareConfig(configOf(choices));
      const variable = { guid: vendorGuids.nvmeof, attributes: 3 };
      yield { kind: "set", variable: { ...variable, name: "NvmeofGlobalData", data: globalData } };
      yield { kind: "set", variable: { ...variable, name: "Nvmeof_Attemptconfig", data: attempts } };
    } else {
      const key = {
        guid: choices.pick(Object.values(vendorGuids)),
        name: choices.chance() ? choices.pick(names) : `N${choices.text(64)}`,
      };
      if (kind === 2) yield { kind: "delete", key };
      else
        yield {
          kind: "set",
          variable: { ...key, attributes: choices.pick([3, 7]), data: Uint8Array.of(1, ...choices.bytes(600)) },
        };
    }
  }
}

const emptyStore = createVariableStore("2M");
const textOf = (variables: readonly Variable[]) =>
  variables
    .map((each) => `${variableKey(each)} ${each.attributes} ${Buffer.from(each.data).toString("hex")}`)
    .sort()
    .join("\n");

/** Edits of a sound store: it stays sound, says what was written, and every reader of it takes it. */
const validStore: Target = {
  name: "valid-store",
  seeds,
  run: (bytes) => {
    let store: Uint8Array = emptyStore;
    const written = new Map<string, Variable>();
    for (const edit of editsOf(new Choices(bytes))) {
      try {
        store = editVariableStore(store, [edit]).bytes;
      } catch (error) {
        // No room for it.
        if (error instanceof NbftError) continue;
        throw error;
      }
      if (edit.kind === "set") written.set(variableKey(edit.variable), edit.variable);
      else if (edit.kind === "delete") written.delete(variableKey(edit.key));
    }
    const wrong = checkVariables(store, { codeSize: 0x1e0000 }).find(
      ({ rule, severity }) => severity === "error" && rule.startsWith("V0"),
    );
    expect(wrong === undefined, `an edited store has ${wrong?.rule}: ${wrong?.message}`);
    const variables = readVariables(store);
    expect(textOf(variables) === textOf([...written.values()]), "an edited store does not say what was written");
    for (const variable of variables) describeVariable(variable, { leftOver: true });
    for (const file of [
      new TextEncoder().encode(formatQemuJson(variables)),
      encodeDmpstore(variables),
      ...(variables.length > 0 ? [encodeNvVars(variables)] : []),
    ]) {
      checkVariables(file);
      expect(textOf(readVariables(file)) === textOf(variables), "a file does not say what the store says");
    }
  },
};

/** Configs as they are written: the firmware stores them, and they say what they were written for. */
const validConfig: Target = {
  name: "valid-config",
  seeds,
  run: (bytes) => {
    const config = configOf(new Choices(bytes));
    const text = formatConfig(config);
    const { firmware, config: read } = checkConfig(new TextEncoder().encode(text));
    expect(firmware.result === "stored", `the firmware does not store it: ${firmware.console.join(" ")}`);
    expect(formatConfig(read) === text, "a Config does not say what it was written for");
    const back = decodeFirmwareConfig(encodeFirmwareConfig(config));
    expect(formatConfig(back) === text, "the variables do not say what the Config says");
    const variable = { guid: vendorGuids.nvmeof, attributes: 3 };
    const { globalData, attempts } = firmware.variables!;
    for (const [name, data] of [
      ["NvmeofGlobalData", globalData],
      ["Nvmeof_Attemptconfig", attempts],
    ] as const)
      describeVariable({ ...variable, name, data }, { leftOver: true });
  },
};

/** Repairs of any table: none makes it worse, a second run changes nothing. */
export const repairTarget = (tables: readonly Uint8Array[], withChecksum: Target["repair"]): Target => ({
  name: "repair",
  seeds: tables,
  // Two repairs, and what every release reads of their results.
  tooLongMs: 6000,
  ...(withChecksum && { repair: withChecksum }),
  run: (bytes) => {
    // One way for each input: both take twice as long.
    const all = (bytes[9] ?? 0) % 2 === 1;
    const harm = harmOfRepair(bytes, { all });
    expect(harm === undefined, `repair${all ? " --all" : ""}: ${harm}`);
  },
});

/** What is made of choices, so that it is always valid. */
export const validTargets: readonly Target[] = [validStore, validConfig];
