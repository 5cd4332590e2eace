import type { ProjectArguments } from "./project-file.ts";

/** Options of every command that reports findings. */
export interface FindingArguments extends ProjectArguments {
  readonly outputFormat: "text" | "json" | "ndjson" | "sarif" | "github" | "junit";
  readonly info?: true;
}

/** Whether text shows infos one by one: when asked to, and where they fail the command. */
export function showsInfo({ info, failOn }: Pick<FindingArguments, "info" | "failOn">): boolean {
  return info === true || failOn === "info";
}
