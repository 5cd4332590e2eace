import { randomBytes } from "node:crypto";
import type { BootFacts } from "../predict/facts.ts";
import type { LabManifest } from "../verify/evidence.ts";
import { encodeReport } from "../verify/report.ts";
import { keptByFirmware } from "./firmware-boot/firmware-boot.ts";
import type { Run } from "./planned-run.ts";
import { withoutKeys } from "./security.ts";
import type { RunningMachine } from "./session.ts";
import { sysfsNames } from "./tables.ts";

/** The file of evidence: what the lab did, and what each machine says, each under a random number of its own. */
export function evidenceOf(
  run: Run,
  manifest: LabManifest,
  host: RunningMachine,
  target: RunningMachine | undefined,
  facts: BootFacts | undefined,
): Uint8Array {
  const report = (machine: RunningMachine) => {
    const port = machine.read("report");
    return withoutKeys(port.length > 0 ? port : machine.read("serial"), run.security);
  };
  const json = (value: object) => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
  const consoleOf = (machine: RunningMachine) => withoutKeys(machine.read("console", 1024 * 1024), run.security);
  return encodeReport(randomBytes(16).toString("hex"), "lab", [
    { name: "manifest.json", bytes: json(manifest) },
    ...sysfsNames(run.firmwareBoot?.prediction.bytes ? [run.firmwareBoot.prediction.bytes] : run.tables).map(
      ({ name, bytes }) => ({ name: `given/${name}`, bytes }),
    ),
    ...(run.firmwareBoot && facts ? keptByFirmware(run.firmwareBoot, run.folder, facts) : []),
    ...(facts ? [{ name: "firmware/facts.json", bytes: json(facts) }] : []),
    { name: "host/report", bytes: report(host) },
    { name: "host/console", bytes: consoleOf(host) },
    ...(target
      ? [
          { name: "target/report", bytes: report(target) },
          { name: "target/console", bytes: consoleOf(target) },
        ]
      : []),
  ]);
}
