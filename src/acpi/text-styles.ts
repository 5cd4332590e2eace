/** The look of acpidump's text. */
export const acpidumpStyles = ["acpica", "fwts", "pmtools"] as const;

/** One of {@link acpidumpStyles}. */
export type AcpidumpStyle = (typeof acpidumpStyles)[number];

/** The look of a disassembly: that of iasl up to 20200925 or of the releases since about 2022. */
export const iaslStyles = ["old", "new"] as const;

/** One of {@link iaslStyles}. */
export type IaslStyle = (typeof iaslStyles)[number];
