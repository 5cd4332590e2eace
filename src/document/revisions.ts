/** Revisions of the NBFT: 1.0 is that of the Boot Specification 1.0, 1.1 that of the Boot Specifications 1.1 to 1.3. */
export const nbftRevisions = ["1.0", "1.1"] as const;

/** Revision of an NBFT, major and minor. */
export type NbftRevision = (typeof nbftRevisions)[number];
