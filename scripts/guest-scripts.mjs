// Puts the guest scripts of src/lab/guest into a module, so that they travel with the library and with the bundled command. `--check` only compares.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const guest = new URL("../src/lab/guest/", import.meta.url);
const target = new URL("../src/lab/generated/guest-scripts.ts", import.meta.url);
const constants = readdirSync(guest)
  .sort()
  .map((file) => {
    const name = file.replace(/[.-](\w)/g, (_, letter) => letter.toUpperCase());
    const lines = readFileSync(new URL(file, guest), "utf8").split("\n").slice(0, -1);
    const text = lines.map((line) => `  ${JSON.stringify(`${line}\n`)},\n`).join("");
    return `/** ${file} */\nexport const ${name} = [\n${text}].join("");\n`;
  });
const source = `// Generated from src/lab/guest by \`npm run generate\`; do not edit.\n\n${constants.join("\n")}`;
if (!process.argv.includes("--check")) {
  mkdirSync(new URL(".", target), { recursive: true });
  writeFileSync(target, source);
} else if (readFileSync(target, "utf8") !== source) {
  console.error("src/lab/generated/guest-scripts.ts is out of date: run npm run generate");
  process.exitCode = 1;
}
