/** One `key=value` of a QEMU option; a value without a key is the option's implied one. */
export type OptionPart = readonly [key: string, value: string];

/**
 * Text of a QEMU option: parts joined by commas, commas in values doubled. A part with an empty key is written as its value alone and may only
 * come first.
 */
export function formatOption(parts: readonly OptionPart[]): string {
  return parts.map(([key, value]) => (key === "" ? quoteValue(value) : `${key}=${quoteValue(value)}`)).join(",");
}

/** A value with its commas doubled, as QEMU's option parser wants it. */
function quoteValue(value: string): string {
  return value.replaceAll(",", ",,");
}
