import type { ConsumerModel } from "../consumers/model.ts";
import { allModels } from "../consumers/models.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { NbftTable } from "../nbft/table.ts";
import { valueAt } from "../nbft/value-at.ts";

const ranks = { error: 2, warning: 1, info: 0 };
const placeIn = ({ path }: Diagnostic) => path.replace(/Ref$/, "");
const same =
  ({ rule, path }: Diagnostic) =>
  (each: Diagnostic) =>
    each.rule === rule && each.path === path;

/** The rule whose repair is the last step of every other. */
export const CHECKSUM = "H002";

/**
 * Errors and warnings that a repair brought: they were not there before, nor anything as bad in their place that is gone now. Those about
 * something that could not be read before are not counted: they were there.
 */
export function newFindings(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  table: NbftTable,
): Diagnostic[] {
  return after.filter((finding) => {
    // The checksum is made right at the end; of a table that ends early it could not be checked before.
    if (finding.severity === "info" || finding.rule === CHECKSUM) return false;
    if (wasHidden(finding, table)) return false;
    const asBad = before.filter((each) => ranks[each.severity] >= ranks[finding.severity]);
    if (asBad.some(same(finding))) return false;
    return !asBad.some((each) => placeIn(each) === placeIn(finding) && !after.some(same(each)));
  });
}

/** Errors that a table has and another one has not, or has as less. */
export function newErrors(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic[] {
  const errors = before.filter(({ severity }) => severity === "error");
  return after.filter((finding) => finding.severity === "error" && !errors.some(same(finding)));
}

/** Whether what a finding is about could not be read: the structure that its field is in is not in the table. */
function wasHidden({ path }: Diagnostic, table: NbftTable): boolean {
  const owner = path.slice(0, Math.max(path.lastIndexOf("."), 0));
  return owner !== "" && owner !== "header" && owner !== "control" && valueAt(table, owner) === undefined;
}

/** The first thing that one table says and another one does not, by its path; `about` are paths whose content may go. */
export function lostContent(before: NbftTable, after: NbftTable, about: readonly string[]): string | undefined {
  const paths = new Set(about.map((path) => path.replace(/Ref$/, "")));
  const search = (value: unknown, other: unknown, path: string): string | undefined => {
    if (value === undefined || paths.has(path)) return undefined;
    if (other === undefined) return path;
    if (typeof value !== "object" || value === null) return undefined;
    if (typeof other !== "object" || other === null) return path;
    for (const [key, part] of Object.entries(value)) {
      const below = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
      const lost = search(part, (other as Record<string, unknown>)[key], below);
      if (lost !== undefined) return lost;
    }
    return undefined;
  };
  return search(before, after, "");
}

/** Numbers that say something of their own, beside texts, addresses and ids: no fix is about them by the way. */
const numbersThatSay: ReadonlySet<string> = new Set(["vlan", "subnetMaskPrefix", "nsid", "controllerId"]);

/**
 * The first thing that one table says otherwise than another, by its path: structures may lie on each other. `about` are paths whose
 * content may change. Where more of a text can be read than before, it is the same; its padding is nothing.
 */
export function changedContent(before: NbftTable, after: NbftTable, about: readonly string[]): string | undefined {
  const paths = about.map((path) => path.replace(/Ref$/, ""));
  const isAbout = (path: string) => paths.some((each) => path === each || path.startsWith(`${each}.`));
  const isSame = (value: unknown, other: unknown, key: string) => {
    if (typeof value === "number") return value === other || !numbersThatSay.has(key);
    // The origin of an address follows from the flags that fixes are about.
    if (typeof value !== "string" || typeof other !== "string" || key === "ipOrigin") return true;
    return other.trimEnd().startsWith(value.trimEnd());
  };
  const search = (value: unknown, other: unknown, path: string, key: string): string | undefined => {
    if (typeof value !== "object" || value === null)
      return isSame(value, other, key) || isAbout(path) ? undefined : path;
    if (typeof other !== "object" || other === null) return undefined;
    for (const [name, part] of Object.entries(value)) {
      const below = Array.isArray(value) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
      const changed = search(part, (other as Record<string, unknown>)[name], below, name);
      if (changed !== undefined) return changed;
    }
    return undefined;
  };
  return search(before, after, "", "");
}

/** What each consumer reads of a table, by its name and release: paths of entries, and `the table` where it is not rejected as a whole. */
export type Readers = ReadonlyMap<string, ReadonlySet<string>>;

/** What consumers say of an entry, or of a table, that they do not get to use. */
const unread: ReadonlySet<string> = new Set(["dropped", "rejected", "dies", "nothing", "not predicted"]);
const WHOLE = "the table";

/** Verdicts of a place that is a list belong to a table that is rejected. */
const lists: ReadonlySet<string> = new Set(["hfi", "ssns", "discovery"]);

let models: readonly ConsumerModel[] | undefined;

/** What every release of every program that is known reads of a table. */
export function readersOf(bytes: Uint8Array): Readers {
  models ??= allModels();
  return new Map(
    models.map(({ id, predict }) => {
      const { verdicts } = predict([{ path: "NBFT", bytes }]);
      // Places are `0 hfi[1]`.
      const places = [...verdicts].map(([place, { does }]) => ({ path: place.slice(2), does }));
      const read = places.filter(({ path, does }) => path.endsWith("]") && !unread.has(does)).map(({ path }) => path);
      const rejected = places.some(({ path }) => lists.has(path));
      return [id, new Set(rejected ? read : [WHOLE, ...read])];
    }),
  );
}

/** What consumers read before and no more, in words: `nvme-cli@2.13 no longer reads the table`. */
export function lostReaders(before: Readers, after: Readers): string[] {
  return [...before].flatMap(([id, read]) => {
    const now = after.get(id)!;
    const lost = [...read].filter((path) => !now.has(path));
    return (lost.includes(WHOLE) ? [WHOLE] : lost).map((path) => `${id} no longer reads ${path}`);
  });
}
