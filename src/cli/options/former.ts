/** Options of 1.0 that are spelled otherwise now, by command. `VALUE` stands for the word after the option. */
const former: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "attempt convert": { "--to": "-o VALUE" },
  collect: { "--overlay": "-o overlay" },
  efidisk: { "--program": "--tool VALUE" },
  explain: { "--models": "-v" },
  initrd: { "--force": "--allow-refused" },
  "lab build": { "--source": "--parts VALUE" },
  "lab run": {
    "--namespace": "--system VALUE",
    "--program": "--program-by VALUE",
    "--root": "--system VALUE",
    "--source": "--parts VALUE",
  },
  network: { "-d": "-w VALUE", "--directory": "-w VALUE" },
  predict: { "--firmware": "--profile VALUE", "--json": "-o json" },
  report: { "--format": "-o VALUE" },
  "vars export": { "--to": "-o VALUE" },
};

/** How an option of 1.0 is spelled now, and what follows it; undefined where it is not one. */
export function formerOption(
  command: string,
  flag: string,
  writes: boolean,
  value: string | undefined,
): string | undefined {
  if (command === "vars create" && /^(?:-[ow]|--write|--output)$/.test(flag))
    return `name only the store: nbft vars create ${value ?? "STORE"}`;
  if (writes && (flag === "-o" || flag === "--output")) return `to write a file use -w ${value ?? "FILE"}`;
  if (!writes && (flag === "-w" || flag === "--write")) return `the result is on standard output: > ${value ?? "FILE"}`;
  const now = former[command]?.[flag];
  return now && `it is ${now.replace("VALUE", value ?? "VALUE")} now`;
}

/** For the test: every option named here. */
export const formerOptions: readonly (readonly [command: string, flag: string, now: string])[] = Object.entries(
  former,
).flatMap(([command, options]) => Object.entries(options).map(([flag, now]) => [command, flag, now] as const));
