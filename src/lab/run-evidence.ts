import { randomBytes } from "node:crypto";
import type { BootFacts } from "../predict/facts.ts";
import type { LabManifest } from "../verify/evidence.ts";
import { encodeReport } from "../verify/report.ts";
import { keptByFirmware } from "./firmware-boot/firmware-boot.ts";
import type { Run } from "./run-options.ts";
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
    return port.length > 0 ? port : machine.read("serial");
  };
  const json = (value: object) => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
  const console = 1024 * 1024;
  return encodeReport(randomBytes(16).toString("hex"), "lab", [
    { name: "manifest.json", bytes: json(manifest) },
    ...sysfsNames(run.firmwareBoot?.prediction.bytes ? [run.firmwareBoot.prediction.bytes] : run.tables).map(
      ({ name, bytes }) => ({ name: `given/${name}`, bytes }),
    ),
    ...(run.firmwareBoot && facts ? keptByFirmware(run.firmwareBoot, run.folder, facts) : []),
    ...(facts ? [{ name: "firmware/facts.json", bytes: json(facts) }] : []),
    { name: "host/report", bytes: report(host) },
    { name: "host/console", bytes: host.read("console", console) },
    ...(target
      ? [
          { name: "target/report", bytes: report(target) },
          { name: "target/console", bytes: target.read("console", console) },
        ]
      : []),
  ]);
}
