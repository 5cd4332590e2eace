import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** Tests against programs that nobody here wrote. They say which could not run, and why. */
export default mergeConfig(
  { resolve: base.resolve },
  defineConfig({
    test: {
      include: ["test/interop/**/*.test.ts"],
      pool: "forks",
      fileParallelism: false,
      testTimeout: 300_000,
      hookTimeout: 600_000,
    },
  }),
);
