import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/**
 * What takes long and needs nothing but Node.js: processes that are killed, full disks, fuzzing, worst cases, hostile texts in every output,
 * projects that compile and run the packed package.
 */
export default mergeConfig(
  { resolve: base.resolve },
  defineConfig({
    test: {
      setupFiles: ["test/seed.ts"],
      include: ["test/**/*.slow.test.ts"],
      exclude: ["test/interop/**", "test/lab/**", "node_modules/**", "dist/**"],
      pool: "forks",
      testTimeout: 300_000,
      hookTimeout: 600_000,
    },
  }),
);
