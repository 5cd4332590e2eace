import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};
const sourceOf = (built: string) => built.replace("./dist/", "src/").replace(/\.js$/, ".ts");

export default defineConfig({
  // Examples and documents import the package by its name: they get its sources.
  resolve: {
    alias: Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === "string"
        ? []
        : [{ find: new RegExp(`^nbft${entry.slice(1)}$`), replacement: join(root, sourceOf(target.default)) }],
    ),
  },
  test: {
    setupFiles: ["test/seed.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.slow.test.ts", "test/interop/**", "test/lab/**", "node_modules/**", "dist/**"],
    // Documentation is run in folders of its own.
    pool: "forks",
    // The modules of a worker serve all of its files: loading them for each file took a third of the time.
    isolate: false,
    // By default one processor is left to vitest itself, which waits most of the time.
    maxWorkers: "100%",
    testTimeout: 60_000,
    coverage: { include: ["src/**"], exclude: ["src/**/generated/**"] },
  },
});
