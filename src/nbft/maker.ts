/** What a table made by this library says about its maker. */
export const headerOfMaker = {
  oemId: "NBFT",
  oemTableId: "NBFTJS",
  oemRevision: 1,
  creatorId: "NBFT",
  creatorRevision: 1,
  driverSignature: "nbft",
} as const;
