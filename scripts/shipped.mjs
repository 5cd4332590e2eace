// Deletes from dist what no entry of the package reaches: the build of the command line as modules, and what only that needs; and comments.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";

/** Files of the package that its entries reach, by what their code and their types import. */
export function reachable(exports) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const types = file.endsWith(".d.ts");
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      visit(join(dirname(file), types ? path.replace(/\.(js|ts)$/, ".d.ts") : path));
    }
    if (types) visit(`${file}.map`);
  };
  for (const target of Object.values(exports)) {
    if (typeof target === "string") continue;
    visit(join(target.types));
    visit(join(target.default));
  }
  return seen;
}

export function deleteUnreachable(exports, folder = "dist") {
  const kept = reachable(exports);
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (statSync(file).isFile() && !kept.has(file)) rmSync(file);
  }
  deleteEmpty(folder);
}

/** Who uses the library reads what is said of it in the types. In the code as well it is a tenth of the package. */
export function deleteComments(folder = "dist") {
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (name.endsWith(".js")) writeFileSync(file, transformSync(readFileSync(file, "utf8"), { format: "esm" }).code);
  }
}

function deleteEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) deleteEmpty(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
