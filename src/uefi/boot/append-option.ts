import { equalBytes } from "../../bytes/compare.ts";
import { EncodeError } from "../../errors.ts";
import { vendorGuids } from "../guids.ts";
import type { StoreEdit } from "../store/edit-store.ts";
import type { Variable } from "../variable.ts";
import { bootName, bootNumber, decodeU16List, encodeU16List } from "./boot-numbers.ts";

/** The steps that give a store another boot option. */
export interface AppendedOption {
  /** `Boot0003`. */
  readonly name: string;
  /** Set the option, then `BootOrder`. */
  readonly edits: readonly StoreEdit[];
}

/**
 * A boot option with a free number, and its place in `BootOrder`: the last one, or the first. An option with the same content keeps its number. A number
 * that only `BootOrder` names is not free: some firmware would take it for the option that was there.
 *
 * @param present variables of the store
 * @param data content of the `Boot####` variable, see encodeBootOption
 * @throws {DecodeError} when BootOrder is not a list of numbers.
 * @throws {EncodeError} when all numbers are taken.
 */
export function appendBootOption(
  present: readonly Variable[],
  data: Uint8Array,
  { first = false }: { readonly first?: boolean } = {},
): AppendedOption {
  const global = present.filter(({ guid }) => guid === vendorGuids.global);
  const orderVariable = global.find(({ name }) => name === "BootOrder");
  const order = orderVariable ? decodeU16List(orderVariable.data) : [];
  const options = global.filter(({ name }) => bootNumber(name) !== undefined);
  const same = options.find((option) => equalBytes(option.data, data));
  const number = same
    ? bootNumber(same.name)!
    : freeNumber(
        options.map(({ name }) => bootNumber(name)!),
        order,
      );
  const name = bootName(number);
  const rest = order.filter((other) => other !== number);
  const place = first ? [number, ...rest] : order.includes(number) ? order : [...order, number];
  const set = (variable: Omit<Variable, "guid">): StoreEdit => ({
    kind: "set",
    variable: { guid: vendorGuids.global, ...variable },
  });
  return {
    name,
    edits: [
      set({ name, attributes: same?.attributes ?? 7, data }),
      set({ name: "BootOrder", attributes: orderVariable?.attributes ?? 7, data: encodeU16List(place) }),
    ],
  };
}

function freeNumber(...taken: readonly (readonly number[])[]): number {
  const numbers = new Set(taken.flat());
  for (let number = 0; number <= 0xffff; number++) if (!numbers.has(number)) return number;
  throw new EncodeError("all 65536 numbers of boot options are taken");
}
