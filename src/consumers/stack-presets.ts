/** Releases that a distribution ships together. */
export interface StackPreset {
  /** As `--stack` takes it. */
  readonly programs: string;
  /** When this was seen, as YYYY-MM-DD. */
  readonly seen: string;
}

/** What distributions ship together, by name. */
export const stackPresets: Readonly<Record<string, StackPreset>> = {
  "debian-12": { programs: "dracut@059,nvme-cli@2.3", seen: "2026-11-30" },
  "debian-13": { programs: "dracut@106,nvme-cli@2.13,networkmanager@1.52.1", seen: "2026-11-30" },
  "debian-forky": { programs: "dracut@112,nvme-cli@2.16,networkmanager@1.58.1-without-nbft", seen: "2026-11-30" },
  "debian-sid": { programs: "dracut@112,nvme-cli@2.16,networkmanager@1.58.1-without-nbft", seen: "2026-11-30" },
  "debian-experimental": {
    programs: "dracut@112,nvme-cli@3.1,networkmanager@1.58.1-without-nbft,nvme-discoverd@3.1",
    seen: "2026-11-30",
  },
};
