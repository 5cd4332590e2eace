import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "src/**/*.test.ts"],
    exclude: ["test/interop/**", "test/lab/**", "node_modules/**", "dist/**"],
    testTimeout: 60_000,
    coverage: { include: ["src/**"], exclude: ["src/**/generated/**"] },
  },
});
