/** Everything but the plain `dump FILE`, and what the bundles of single commands share with it. */
export * from "commander";
export * from "../errors.ts";
export * from "./io.ts";
export { run } from "./run.ts";
