import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { GoalResult } from "../measure.ts";
import { against, type Command, emptyProgram, scratch } from "../processes.ts";

const table = "test/vectors/firmware/multipath/NBFT.bin";

/** The command of the package as it is packed, unpacked in the scratch folder: its bundles need no other package. */
function packedCommand(): string {
  const folder = join(scratch, "packed");
  rmSync(folder, { recursive: true, force: true });
  execFileSync("mkdir", ["-p", folder]);
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  const name = execFileSync("npm", pack, { encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, name), "-C", folder]);
  return join(folder, "package/dist/cli/nbft.cjs");
}

/** P3: from the shell to the table on the screen, on every Node.js that is given. */
export function startGoal(nodes: readonly string[]): GoalResult {
  const cli = packedCommand();
  const commands = readdirSync("dist/cli/commands")
    .map((file) => file.slice(0, -4))
    .filter((name) => name !== "manual" && name !== "completion");
  const rows = nodes.flatMap((node) => {
    const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
    const words = (...args: string[]): Command => [node, cli, ...args];
    const yardstick = ["node empty.cjs", emptyProgram(node)[1]] as const;
    const measured = [
      ...against(
        "P3",
        yardstick,
        {
          "dump FILE": [words("dump", table), 1.4],
          "dump -o json FILE": [words("dump", "-o", "json", table), 1.8],
          "validate FILE": [words("validate", table), 2.2],
          "plan FILE": [words("plan", table), 2.2],
          "network FILE": [words("network", table), 2.2],
          "tables FILE": [words("tables", table), 2.2],
          "diff FILE FILE": [words("diff", table, table), 2.2],
          "rules CODE": [words("rules", "H009"), 2.2],
          "explain FILE": [words("explain", table), 2.2],
          "--help": [words("--help"), 2.2],
        },
        21,
      ),
      ...against(
        "P3",
        yardstick,
        Object.fromEntries(commands.map((name) => [`${name} --help`, [words(name, "--help"), 2.2]] as const)),
        7,
      ),
    ];
    return measured.map((row) => ({ ...row, what: `${version}: ${row.what}` }));
  });
  const skipped = nodes.length > 1 ? [] : ["P3: other releases of Node.js: give --node PATH for each"];
  return { rows, skipped };
}
