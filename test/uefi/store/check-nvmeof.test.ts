import { describe, expect, test } from "vitest";
import { attemptEdits } from "../../../src/uefi/config/attempt-edits.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../../../src/uefi/config/firmware-config.ts";
import { encodeFirmwareConfig } from "../../../src/uefi/config/variables.ts";
import { describeVariable } from "../../../src/uefi/describe-variable.ts";
import { readVariables } from "../../../src/uefi/files/variable-file.ts";
import { checkNvmeofVariables } from "../../../src/uefi/store/check-nvmeof.ts";
import { checkFirmwarePair, checkVariables } from "../../../src/uefi/store/check-store.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { editVariableStore } from "../../../src/uefi/store/edit-store.ts";
import { readVariableStore, visibleVariables } from "../../../src/uefi/store/read-store.ts";
import type { Variable } from "../../../src/uefi/variable.ts";

const attempt: FirmwareAttempt = {
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

/** The variables that a store has after writing a configuration. */
function variablesOf(one: FirmwareConfig, without = false): Variable[] {
  const edits = attemptEdits(encodeFirmwareConfig(one), [], { withoutCompanions: without });
  return edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : []));
}

/** Another version of one variable. */
function change(name: string, how: (variable: Variable) => Partial<Variable>): Variable[] {
  return variablesOf(config).map((each) => (each.name === name ? { ...each, ...how(each) } : each));
}

function patched(name: string, at: number, ...bytes: number[]): Variable[] {
  return change(name, ({ data }) => {
    const copy = data.slice();
    copy.set(bytes, at);
    return { data: copy };
  });
}

const found = (variables: readonly Variable[]) => checkNvmeofVariables(variables).map(({ rule }) => rule);
const global = "NvmeofGlobalData";
const attempts = "Nvmeof_Attemptconfig";
const vlan = { ...config, attempts: [{ ...attempt, macString: "EA:EB:D3:58:89:58\\000A" }] };
const ipv6 = {
  ...config,
  attempts: [{ ...attempt, ipMode: 1, localIp: undefined, subnetMask: undefined, targetIp: "fec0::2" }],
};
const discovery: Variable = {
  guid: "1509cae7-7044-4392-a247-3f870a197142",
  name: "NvmeOfDiscoveryData",
  attributes: 3,
  data: new Uint8Array(2305),
};

describe("the NVMe-oF variables", () => {
  test.each([
    { name: "none", variables: [], rules: [] },
    { name: "sound", variables: variablesOf(config), rules: [] },
    { name: "with runtime access", variables: change(global, () => ({ attributes: 7 })), rules: ["V101"] },
    {
      name: "global data cut off",
      variables: change(global, ({ data }) => ({ data: data.subarray(0, 753) })),
      rules: ["V102"],
    },
    {
      name: "half a record",
      variables: change(attempts, ({ data }) => ({ data: data.subarray(0, 2000) })),
      rules: ["V103"],
    },
    { name: "slots that are counted but unused", variables: patched(global, 1, 2), rules: ["A120"] },
    {
      name: "attempts without global data",
      variables: variablesOf(config).filter(({ name }) => name === attempts),
      rules: ["V104"],
    },
    {
      name: "global data without attempts",
      variables: variablesOf(config).filter(({ name }) => name === global),
      rules: ["V104"],
    },
    { name: "another driver version", variables: patched(global, 2, 9), rules: ["V105"] },
    {
      name: "a text without NUL",
      variables: patched(attempts, 5, ..."123456789012".split("").map((c) => c.charCodeAt(0))),
      rules: ["V106"],
    },
    { name: "left-over bytes", variables: patched(attempts, 16, 1), rules: ["V107"] },
    {
      name: "discovery data that no attempt asked for",
      variables: [...variablesOf(config), discovery],
      rules: ["V108"],
    },
    { name: "a VLAN that is not configured", variables: variablesOf(vlan, true), rules: ["V109"] },
    { name: "a VLAN with its variable", variables: variablesOf(vlan), rules: [] },
    { name: "IPv6 without a policy", variables: variablesOf(ipv6, true), rules: ["V110"] },
    { name: "IPv6 with the automatic one", variables: variablesOf(ipv6), rules: [] },
    { name: "a host identifier of zeros", variables: patched(global, 228, 0), rules: ["A101"] },
    { name: "a five-digit port", variables: patched(attempts, 161, 0x54, 0x38), rules: ["A106"] },
  ])("$name: $rules", ({ variables, rules }) => {
    expect(found(variables)).toEqual(rules);
  });

  test("more attempts counted than the variable has records", () => {
    expect(found(patched(global, 1, 9))).toEqual(["V103", "A118", ...new Array(7).fill("A120")]);
  });

  test("a finding has for programs what the message shows", () => {
    const [version] = checkNvmeofVariables(patched(global, 2, 9)).filter(({ rule }) => rule === "V105");
    expect(version).toMatchObject({ message: "DriverVersion is 9, expected 10", found: 9, expected: "10" });
  });

  test("a finding about an attempt points at its field in the file", () => {
    const store = editVariableStore(
      createVariableStore("4M"),
      attemptEdits(encodeFirmwareConfig({ ...config, attempts: [attempt, { ...attempt, macString: "x" }] }), []),
    ).bytes;
    const record = visibleVariables(readVariableStore(store).store!).find(({ name }) => name === attempts)!;
    const finding = checkVariables(store).find(({ rule }) => rule === "A107")!;
    expect(finding).toMatchObject({ path: "attempts[1].macString", offset: record.dataOffset + 1494 + 17, length: 96 });
    expect(store[finding.offset]).toBe("x".charCodeAt(0));
  });
});

describe("companion variables", () => {
  test("a VLAN is added to those that the interface has; other settings of its IPv6 stay", () => {
    const present: Variable[] = [
      {
        guid: "9e23d768-d2f3-4366-9fc3-3a7aba864374",
        name: "EAEBD3588958",
        attributes: 3,
        data: Uint8Array.of(5, 0xa0),
      },
    ];
    const edits = attemptEdits(encodeFirmwareConfig(vlan), present);
    const written = edits.flatMap((edit) =>
      edit.kind === "set" && edit.variable.name === "EAEBD3588958" ? [edit.variable.data] : [],
    );
    expect(written).toEqual([Uint8Array.of(5, 0xa0, 10, 0)]);
  });

  test("two VLANs of one interface end up in one variable", () => {
    const two = {
      ...config,
      attempts: [vlan.attempts[0]!, { ...vlan.attempts[0]!, macString: "EA:EB:D3:58:89:58\\0007" }],
    };
    const store = editVariableStore(createVariableStore("4M"), attemptEdits(encodeFirmwareConfig(two), [])).bytes;
    const written = visibleVariables(readVariableStore(store).store!).find(({ name }) => name === "EAEBD3588958")!;
    expect([...written.data]).toEqual([10, 0, 7, 0]);
  });

  test("the IPv6 stack of a VLAN has a name of its own", () => {
    const both = { ...ipv6, attempts: [{ ...ipv6.attempts[0]!, macString: "EA:EB:D3:58:89:58\\000A" }] };
    expect(variablesOf(both).map(({ name }) => name)).toEqual([attempts, global, "EAEBD3588958", "EAEBD3588958\\000A"]);
  });

  test("attempts that are off need nothing", () => {
    expect(variablesOf({ ...vlan, attempts: [{ ...vlan.attempts[0]!, enabled: 0 }] })).toHaveLength(2);
  });

  test("where variables must be small only as many records are written as fit, but all that count", () => {
    const sizes = [1, 6].map((count) => {
      const edits = attemptEdits(encodeFirmwareConfig({ ...config, attempts: new Array(count).fill(attempt) }), [], {
        maxVariable: 0x2000,
      });
      const [first] = edits;
      return first?.kind === "set" ? first.variable.data.length : 0;
    });
    expect(sizes).toEqual([5 * 1494, 6 * 1494]);
  });
});

describe("code and variables", () => {
  test.each([
    [3653632, 540672, true],
    [1966080, 131072, true],
    [0xe0000, 0x20000, true],
    [0x4000000, 0x4000000, true],
    [3653632, 131072, false],
    [1966080, 540672, false],
  ])("%d and %d: %s", (code, variables, fits) => {
    expect(checkFirmwarePair(code, variables).length === 0).toBe(fits);
  });

  test("what goes with the code is named", () => {
    expect(checkFirmwarePair(3653632, 131072)[0]!.hint).toMatch(/540672/);
  });
});

test("files of the other kinds are checked for their content", () => {
  expect(checkVariables(new TextEncoder().encode('{"variables":[1]}')).map(({ rule }) => rule)).toEqual(["V001"]);
  expect(checkVariables(new TextEncoder().encode('{"variables":[]}'))).toEqual([]);
});

describe("texts of every length", () => {
  /** A store with a configuration; the records end wherever the texts make them end. */
  const storeWith = (one: FirmwareConfig) =>
    editVariableStore(createVariableStore("4M"), attemptEdits(encodeFirmwareConfig(one), [])).bytes;

  test.each(Array.from({ length: 11 }, (_, i) => "Attempt1234".slice(0, i + 1)))(
    "an attempt named %s is sound",
    (attemptName) => {
      const bytes = storeWith({ ...config, attempts: [{ ...attempt, attemptName }] });
      expect(checkVariables(bytes)).toEqual([]);
      for (const variable of readVariables(bytes)) describeVariable(variable);
    },
  );

  test.each([220, 221, 222, 223])("NQNs of %i bytes are sound", (length) => {
    const nqn = `nqn.2014-08.org.example:${"x".repeat(length)}`.slice(0, length);
    const bytes = storeWith({ ...config, hostNqn: nqn, attempts: [{ ...attempt, nqn }] });
    expect(checkVariables(bytes)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7])("a record area that is %i bytes short of the volume's end is judged", (short) => {
    const bytes = storeWith(config);
    // VARIABLE_STORE_HEADER.Size, after a volume header of 72 bytes.
    const view = new DataView(bytes.buffer);
    view.setUint32(88, view.getUint32(88, true) - short, true);
    expect(() => checkVariables(bytes)).not.toThrow();
    // The same with a record that ends where nothing is left of a word.
    for (let end = 100; end < 140; end++) {
      view.setUint32(88, end, true);
      expect(() => checkVariables(bytes)).not.toThrow();
    }
  });
});
