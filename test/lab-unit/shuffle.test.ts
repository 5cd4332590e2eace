import { describe, expect, it } from "vitest";
import { checksumFor } from "../../src/acpi/checksum.ts";
import { inverse, type Random, renameIn, shuffledNames } from "../../src/lab/shuffle.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { renameNbft, renameText } from "../../src/nbft/write/rename.ts";
import { expectationOf } from "../../src/verify/expectation.ts";
import { firmwareTables, madeTables, malformedTables, table } from "../helpers/vectors.ts";

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
}

const tables = [...madeTables, ...firmwareTables].map(({ name, bytes }) => [name, bytes] as const);
const expected = (bytes: Uint8Array) => expectationOf([readNbft(bytes).table]);

function isReadable(bytes: Uint8Array): boolean {
  try {
    readNbft(bytes);
    return true;
  } catch {
    return false;
  }
}

describe("names and addresses of a run's own", () => {
  it.each(tables)("%s keeps its form and what belongs together", (_, bytes) => {
    const names = shuffledNames([bytes], numbers(1));
    const renamed = renameNbft(bytes, names);
    expect(renamed.length).toBe(bytes.length);
    expect(renamed[9]).toBe(checksumFor(renamed));
    // Everything that is expected of a boot is the same with the names replaced, reachability included.
    const before = expected(bytes);
    const after = expected(renamed);
    const ids = (value: typeof before) => ({ ...value, hosts: value.hosts.map(({ nqn }) => nqn) });
    expect(ids(after)).toEqual(renameIn(ids(before), names));
    expect(renameNbft(renamed, inverse(names))).toEqual(Uint8Array.from(bytes));
  });

  it.each(tables)("%s has none of its old ones", (_, bytes) => {
    const renamed = expected(renameNbft(bytes, shuffledNames([bytes], numbers(7))));
    const old = expected(bytes);
    for (const [i, path] of old.paths.entries()) {
      expect(renamed.paths[i]!.subsystemNqn).not.toBe(path.subsystemNqn);
      if (!path.traddr.startsWith("fe80:")) expect(renamed.paths[i]!.traddr).not.toBe(path.traddr);
      if (path.namespace.id?.match(/[1-9a-f]/)) expect(renamed.paths[i]!.namespace.id).not.toBe(path.namespace.id);
    }
    for (const [i, host] of old.hosts.entries()) {
      expect(renamed.hosts[i]!.nqn).not.toBe(host.nqn);
      expect(renamed.hosts[i]!.id).not.toBe(host.id);
    }
  });

  it("keeps the byte order of a Host ID that is its NQN's UUID", () => {
    const bytes = table("dhcp-rootpath");
    const [host] = expected(renameNbft(bytes, shuffledNames([bytes], numbers(3)))).hosts;
    const uuid = host!.nqn!.slice(-36);
    const swapped = uuid.replace(/^(..)(..)(..)(..)-(..)(..)-(..)(..)-/, "$4$3$2$1-$6$5-$8$7-");
    expect(host!.id).toBe(swapped);
  });

  it("begin a Host ID with 00, in either byte order, only where the table does", () => {
    const zeros: Random = () => 0;
    const plain = firmwareTables.find(({ name }) => /multipath/.test(name))!.bytes;
    const names = shuffledNames([plain], zeros);
    const [nqn] = expected(plain).hosts.map((host) => host.nqn!);
    expect(names.get(nqn!.slice(-36))).toMatch(/^a00000a0-0000-0000-0000-0{12}$/);
    const of = (uuid: string) => `nqn.2014-08.org.nvmexpress:uuid:${uuid}-1111-2222-3333-444444444444`;
    const first = (uuid: string) => {
      const renamed = renameNbft(plain, new Map([[nqn!, of(uuid)]]));
      return shuffledNames([renamed], () => 7)
        .get(of(uuid))!
        .slice(-36, -28);
    };
    expect(first("00131b8a")).toBe("00777777");
    expect(first("f8131b00")).toBe("77777700");
    expect(first("f8131b8a")).toBe("77777777");
  });

  it("are given to anything that can be read at all", () => {
    for (const { bytes } of malformedTables) {
      if (!isReadable(bytes)) continue;
      const names = shuffledNames([bytes], numbers(5));
      expect(renameNbft(bytes, names).length).toBe(bytes.length);
    }
  });

  it("replaces whole names only", () => {
    const names = new Map([
      ["10.0.0.1", "37.0.0.1"],
      ["fd00:1::3", "fd00:9::3"],
    ]);
    expect(renameText("tcp://10.0.0.1:4420 10.0.0.10 110.0.0.1 [fd00:1::3] fd00:1::30", names)).toBe(
      "tcp://37.0.0.1:4420 10.0.0.10 110.0.0.1 [fd00:9::3] fd00:1::30",
    );
  });

  it("replaces a name that lost its last character, as a root path of DHCP does", () => {
    const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
    const other = nqn.replaceAll("5", "9");
    expect(renameText(`nvme+tcp://${nqn.slice(0, -1)}`, new Map([[nqn, other]]))).toBe(
      `nvme+tcp://${other.slice(0, -1)}`,
    );
  });
});
