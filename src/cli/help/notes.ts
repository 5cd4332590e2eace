/** What several manual pages say. */
export const liveTablesFile = [
  "/sys/firmware/acpi/tables/NBFT*",
  "the tables of this machine, which are read without a source",
] as const;

export const labCacheFile = [
  "~/.cache/nbft",
  "what is downloaded and built, below XDG_CACHE_HOME or in NBFT_CACHE",
] as const;

export const whereFindings = "there are findings of the severity of --fail-on and above";
