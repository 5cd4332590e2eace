import type { ConsumerModel } from "./model.ts";
import { networkModels } from "./network-models.ts";
import { connectModels } from "./nvme-cli/connect-models.ts";

/** Every consumer that is modelled: first those that connect, then those that set up the network. */
export const consumerModels: readonly ConsumerModel[] = [...connectModels, ...networkModels];

/** Other names that people give them. */
const aliases: Readonly<Record<string, string>> = {
  nvme: "nvme-cli",
  discoverd: "nvme-discoverd",
  stas: "nvme-stas",
  stafd: "nvme-stas",
  nm: "networkmanager",
  "nm-initrd-generator": "networkmanager",
};

/** libnvme versions by the nvme-cli that they belong to. */
const libraries: Readonly<Record<string, string>> = {
  "1.13": "2.13",
  "3.0-rc1": "3.0-rc1",
  "1": "2.13",
  "3": "3.0-rc1",
};

/** A consumer's name and version, as `--consumer` takes it. */
export function consumerId({ name, version }: ConsumerModel): string {
  return `${name}@${version}`;
}

/**
 * The models that `NAME` or `NAME@VERSION` names; all of them for a bare name. A version may be cut short: `nvme-cli@3`, and one that is
 * newer than those modelled in the same line is served by the newest of them (`nvme-cli@2.16`).
 *
 * @returns nothing for a consumer that is not known
 */
export function findConsumers(wanted: string): readonly ConsumerModel[] {
  const [given = "", version] = wanted.toLowerCase().split("@");
  const library = given === "libnvme";
  const name = library ? "nvme-cli" : (aliases[given] ?? given);
  const known = consumerModels.filter((model) => model.name === name);
  if (version === undefined || version === "") return known;
  const asked = library ? (libraries[version] ?? version) : version;
  const exact = known.filter((model) => model.version === asked || model.version.startsWith(`${asked}.`));
  if (exact.length > 0) return exact;
  const shorter = known.filter((model) => asked.startsWith(`${model.version}.`));
  if (shorter.length > 0) return shorter;
  const line = (text: string) => text.split(".", 1)[0];
  return known.filter((model) => line(model.version) === line(asked)).slice(-1);
}
