import { allModels } from "../src/consumers/models.ts";
import type { Diagnostic } from "../src/diagnostic.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { type Repair, type RepairOptions, repairNbft } from "../src/repair/repair.ts";
import { validate } from "../src/rules/validate.ts";

const errorsOf = (findings: readonly Diagnostic[]) =>
  findings.filter(({ severity }) => severity === "error").map(({ rule, path }) => `${rule} ${path}`);

/** What a consumer does with an entry or a table that it does not get to use. */
const unread = ["dropped", "rejected", "dies", "nothing"];

let models: ReturnType<typeof allModels> | undefined;

/** What consumers read of a table: each by its name, and the entries that it does not drop, reject or die of. */
function readsOf(bytes: Uint8Array): string[] {
  models ??= allModels();
  return models.flatMap((model) => {
    const { verdicts } = model.predict([{ path: "NBFT", bytes }]);
    const read = [...verdicts].filter(([place, { does }]) => !unread.includes(does) && place.endsWith("]"));
    return read.map(([place]) => `${model.id} ${place}`);
  });
}

/** Names of the host, its targets and the driver, as they stand in a table, by where they are. */
function namesIn(bytes: Uint8Array): [path: string, name: string][] {
  const { header, host, hfi, ssns, discovery } = readNbft(bytes).table;
  const all: [string, string | undefined][] = [
    ["header.driverSignature", header.driverSignature],
    ["host.hostNqn", host?.hostNqn],
    ...hfi.map(
      ({ transportInfo }, i) => [`hfi[${i}].hostName`, transportInfo?.hostName] as [string, string | undefined],
    ),
    ...ssns.map(({ subsystemNqn }, i) => [`ssns[${i}].subsystemNqn`, subsystemNqn] as [string, string | undefined]),
    ...discovery.map(({ uri }, i) => [`discovery[${i}].uri`, uri?.toLowerCase()] as [string, string | undefined]),
  ];
  return all.filter((each): each is [string, string] => each[1] !== undefined);
}

const isEqual = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/**
 * Holds a repair to what it promises: no error is new, no release of a consumer loses an entry, no name changes, and there is nothing left
 * to do for a second run.
 *
 * @returns what is broken; undefined where nothing is.
 */
export function harmOfRepair(
  bytes: Uint8Array,
  options: RepairOptions,
  once = repairNbft(bytes, options),
): string | undefined {
  if (once.applied.length === 0) return isEqual(once.bytes, bytes) ? undefined : "bytes changed, and nothing says so";
  const before = errorsOf(validate(bytes));
  const error = errorsOf(once.left).find((each) => !before.includes(each));
  if (error !== undefined) return `${error} is new`;
  const after = new Set(readsOf(once.bytes));
  const lost = readsOf(bytes).find((place) => !after.has(place));
  if (lost !== undefined) return `${lost} is lost`;
  const names = new Map(namesIn(once.bytes));
  // More of a name may be read, and what follows a driver's path is cut off.
  const isKept = ([path, name]: [string, string]) => {
    const now = names.get(path);
    return now !== undefined && (now.startsWith(name) || (path === "header.driverSignature" && name.startsWith(now)));
  };
  const changed = namesIn(bytes).find((each) => !isKept(each));
  if (changed !== undefined) return `${changed[0]} is no longer ${changed[1]}`;
  const twice: Repair = repairNbft(once.bytes, options);
  if (twice.applied.length > 0) return `a second run repairs ${twice.applied.map(({ rule }) => rule).join(", ")}`;
  return isEqual(twice.bytes, once.bytes) ? undefined : "a second run changes bytes";
}
