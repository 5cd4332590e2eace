/** All of them. */
export const acpidumpStyles = ["acpica", "fwts", "pmtools"] as const;

/** The look of acpidump's text. */
export type AcpidumpStyle = (typeof acpidumpStyles)[number];

/** All of them. */
export const iaslStyles = ["old", "new"] as const;

/** The look of a disassembly: that of iasl up to 20200925 or of the releases since about 2022. */
export type IaslStyle = (typeof iaslStyles)[number];
