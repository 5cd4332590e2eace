/**
 * Predicts the NBFT that a firmware will publish, byte for byte, from its variables and the facts of a boot. Runs in browsers
 * as well as in Node.js.
 *
 * @module nbft/predict
 */

export { type BootFacts, type FactsReading, mergeFacts, parseBootFacts } from "./facts.ts";
export { type FactsOfBoot, factsOfBoot } from "./facts-of-boot.ts";
export { type FactsOfStore, factsOfStore } from "./facts-of-store.ts";
export { type Prediction, type PredictOptions, predictNbft } from "./predict.ts";
export {
  defaultFirmwareProfile,
  type FirmwareProfile,
  type FirmwareProfileName,
  firmwareProfiles,
} from "./profile.ts";
