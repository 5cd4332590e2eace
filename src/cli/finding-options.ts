import type { OptionsOf } from "./options/options-of.ts";
import type { findingRows } from "./options/table-rows.ts";

/** Options of every command that reports findings. */
export type FindingArguments = OptionsOf<typeof findingRows>;

/** Whether text shows infos one by one: when asked to, and where they fail the command. */
export function showsInfo({ info, failOn }: Pick<FindingArguments, "info" | "failOn">): boolean {
  return info === true || failOn === "info";
}
