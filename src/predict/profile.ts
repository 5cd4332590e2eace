/**
 * What a firmware version does when it publishes its table. Everything else is the same in all of them, so that a fixed
 * firmware is one more profile.
 */
export interface FirmwareProfile {
  /** As `nbft predict --profile` takes it. */
  readonly name: string;
  /** One sentence: which builds, and how it is known. */
  readonly summary: string;
  /** What makes two attempts share an HFI: their MAC address and VLAN, or everything that the HFI's transport info says. */
  readonly sharedHfi: "mac" | "transport-info";
  /** Primary HFI of an SSNS: always the first of the table, or the one that was used. The secondary list is always right. */
  readonly primaryHfi: "first" | "own";
  /** Primary Discovery Controller index of a discovered SSNS: the index of its HFI, or that of the discovery descriptor. */
  readonly discoveryIndex: "hfi" | "discovery";
  /** Controller ID: the live one always, or only where the attempt asks for one. */
  readonly controllerId: "live" | "when-asked";
  /** Host NQN and Host ID that are empty are filled in from the SMBIOS System UUID. */
  readonly hostFromSmbios: boolean;
}

const final10: FirmwareProfile = {
  name: "1.0_final",
  summary:
    "the public Timberland OVMF of June 2023, measured in boots; its tables are those of branch timberland_1.0_final",
  sharedHfi: "mac",
  primaryHfi: "first",
  discoveryIndex: "hfi",
  controllerId: "live",
  hostFromSmbios: false,
};

/** The firmware versions that are known, the default first. */
export const firmwareProfiles = {
  "1.0_final": final10,
  "release-72976af": {
    ...final10,
    name: "release-72976af",
    summary: "release of September 2023: as 1.0_final, but takes an empty host identity from SMBIOS; read from source",
    hostFromSmbios: true,
  },
  "upstream-dev-full": {
    name: "upstream-dev-full",
    summary: "branch timberland_upstream-dev-full of August 2024; read from source",
    sharedHfi: "transport-info",
    primaryHfi: "own",
    discoveryIndex: "discovery",
    controllerId: "when-asked",
    hostFromSmbios: true,
  },
} as const satisfies Readonly<Record<string, FirmwareProfile>>;

/** Name of a firmware version. */
export type FirmwareProfileName = keyof typeof firmwareProfiles;

/** The firmware whose tables were measured. */
export const defaultFirmwareProfile: FirmwareProfileName = "1.0_final";
