import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { table } from "../helpers/vectors.ts";

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/**
 * A table made from one of the project's own by changing its model. `R` of the parent is 1.0, which every consumer reads, unless the
 * change says otherwise.
 */
export function remade(parent: string, change: (model: Mutable<NbftTable>) => void): Uint8Array {
  const model = structuredClone(readNbft(table(parent)).table) as Mutable<NbftTable>;
  model.header.minorRevision = 0;
  change(model);
  return encodeNbft(model, { limits: false });
}

/** A sound table with one HFI, one SSNS, one security profile and one discovery descriptor, revision 1.0. */
export const plain = (change: (model: Mutable<NbftTable>) => void = () => undefined) =>
  remade("S21", (model) => {
    for (const { transportInfo } of model.hfi) {
      delete transportInfo?.extendedInfo;
      Object.assign(transportInfo!, { ipOrigin: "manual", dhcpServer: undefined, hostName: undefined });
      transportInfo!.flags.dhcpOverride = false;
    }
    change(model);
  });

/** Tables under the names that Linux would give them. */
export function named(...tables: readonly Uint8Array[]): { path: string; bytes: Uint8Array }[] {
  return tables.map((bytes, i) => ({ path: tables.length === 1 ? "NBFT" : `NBFT${i + 1}`, bytes }));
}

export const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
