import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/**
 * Real boots in virtual machines, one after the other. `NBFT_LAB=all` runs the whole matrix instead of what every change is tested
 * with; `NBFT_RECORD=1` puts the evidence of each into test/vectors/evidence.
 */
export default mergeConfig(
  { resolve: base.resolve },
  defineConfig({
    test: {
      include: ["test/lab/**/*.test.ts"],
      pool: "forks",
      fileParallelism: false,
      testTimeout: 900_000,
      hookTimeout: 900_000,
    },
  }),
);
