// Puts the attempts of a Config into an empty variable store, in memory, and reads them back.
import { readFileSync } from "node:fs";
import {
  attemptEdits,
  checkConfig,
  createVariableStore,
  decodeFirmwareConfig,
  editVariableStore,
  readVariables,
} from "nbft/uefi";

const text = readFileSync(new URL("attempt-dual-path.config", import.meta.url));
const { firmware, findings } = checkConfig(text);
console.log(`the firmware's own tool: ${firmware.result}, ${findings.length} findings`);

const empty = createVariableStore("4M");
const { bytes, changes } = editVariableStore(empty, attemptEdits(firmware.variables, readVariables(empty)));
for (const { action, key, size } of changes) console.log(`${key.name}: ${action}, ${size} bytes`);

const stored = (name) => readVariables(bytes).find((variable) => variable.name === name).data;
const config = decodeFirmwareConfig({
  globalData: stored("NvmeofGlobalData"),
  attempts: stored("Nvmeof_Attemptconfig"),
});
for (const { attemptName, macString, targetIp, targetPort } of config.attempts) {
  console.log(`${attemptName}: ${macString} to ${targetIp}:${targetPort}`);
}
