import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      { find: /^nbft\/node$/, replacement: `${import.meta.dirname}/src/node/index.ts` },
      { find: /^nbft\/uefi$/, replacement: `${import.meta.dirname}/src/uefi/index.ts` },
      { find: /^nbft\/corpus$/, replacement: `${import.meta.dirname}/src/corpus/index.ts` },
      {
        find: /^nbft\/(encode|document|validate|render|diff|verify)$/,
        replacement: `${import.meta.dirname}/src/$1.ts`,
      },
      { find: /^nbft$/, replacement: `${import.meta.dirname}/src/index.ts` },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.slow.test.ts", "test/interop/**", "test/lab/**", "node_modules/**", "dist/**"],
    // Documentation is run in folders of its own.
    pool: "forks",
    testTimeout: 60_000,
    coverage: { include: ["src/**"], exclude: ["src/**/generated/**"] },
  },
});
