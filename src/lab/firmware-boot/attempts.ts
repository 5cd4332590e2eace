import { deriveAttempts } from "../../boot/attempts.ts";
import type { BootAttempt, BootDescription, BootInterface } from "../../boot/description.ts";
import { firmwareOfBoot } from "../../boot/firmware.ts";
import { bootOfFirmware } from "../../boot/from-firmware.ts";
import { READ_BY_ALL, tableOfBoot } from "../../boot/table.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import { type FactsOfBoot, factsOfBoot } from "../../predict/facts-of-boot.ts";
import type { FirmwareConfig, NvmeofVariables } from "../../uefi/config/firmware-config.ts";
import { encodeFirmwareConfig } from "../../uefi/config/variables.ts";
import { formatConfig } from "../../uefi/setattempt/format-config.ts";

/** Attempts that are not those of a boot description: of a Config, or of a variable store. */
export interface GivenAttempts {
  readonly config: FirmwareConfig;
  readonly variables: NvmeofVariables;
  /** Text for the firmware's own tool, where the attempts came as one. */
  readonly text?: Uint8Array | undefined;
}

/** What is programmed into the firmware, and what will come of it. */
export interface Programmed extends GivenAttempts {
  readonly text: Uint8Array;
  readonly facts: FactsOfBoot["facts"];
  /** Sentences. */
  readonly notes: readonly string[];
}

/** The attempts of a boot: its description's, or given ones that are tried in the surroundings that it describes. */
export function programmedAttempts(boot: BootDescription, given: GivenAttempts | undefined): Programmed {
  const own = given ? { config: given.config, notes: [] } : firmwareOfBoot(boot);
  const { config } = own;
  const { facts, notes } = given ? factsOfGiven(boot, config) : factsOfBoot(boot);
  return {
    config,
    variables: given?.variables ?? encodeFirmwareConfig(config),
    text: given?.text ?? new TextEncoder().encode(formatConfig(config)),
    facts,
    notes: [...own.notes, ...notes],
  };
}

/**
 * The table of everything that a description's machine could reach, whatever its attempts try: what the lab builds around a firmware.
 * A target is there for whoever asks it the wrong thing.
 */
export function surroundingsTable(boot: BootDescription): Uint8Array {
  const attempts = deriveAttempts(boot.interfaces, boot.targets, () => undefined);
  return encodeNbft(tableOfBoot({ ...boot, attempts }, { revision: READ_BY_ALL }));
}

/** The description's machine, targets and leases decide what becomes of attempts that somebody else wrote. */
function factsOfGiven(boot: BootDescription, config: FirmwareConfig): FactsOfBoot {
  const { description, notes } = bootOfFirmware(config);
  const strangers: BootInterface[] = [];
  const attempts = description.attempts.map((attempt): BootAttempt => {
    const from = description.interfaces.find(({ name }) => name === attempt.interface)!;
    const known = boot.interfaces.find(({ mac, vlan }) => mac === from.mac && vlan === from.vlan);
    if (known) return { ...attempt, interface: known.name };
    const name = `${from.mac} of the attempts`;
    strangers.push({ ...from, name });
    return { ...attempt, interface: name };
  });
  const { facts, notes: more } = factsOfBoot({
    ...boot,
    host: { ...boot.host, nqn: config.hostNqn },
    interfaces: [...boot.interfaces, ...strangers],
    attempts,
  });
  const here = new Set(boot.interfaces.map(({ mac }) => mac));
  const pci = Object.fromEntries(Object.entries(facts.pci ?? {}).filter(([mac]) => here.has(mac)));
  return { facts: { ...facts, pci }, notes: [...notes, ...more] };
}
