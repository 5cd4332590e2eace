/** Names of the NVMe-oF variables. */
export const nvmeofNames = {
  globalData: "NvmeofGlobalData",
  attempts: "Nvmeof_Attemptconfig",
  discoveryCount: "NvmeOfDiscoverySubsystemCount",
  discoveryData: "NvmeOfDiscoveryData",
} as const;
