/** Variable attributes (UEFI Specification 2.10, section 8.2). */
export const Attribute = {
  NonVolatile: 0x01,
  BootService: 0x02,
  Runtime: 0x04,
  HardwareError: 0x08,
  CountAuthenticated: 0x10,
  TimeAuthenticated: 0x20,
  Append: 0x40,
  EnhancedAuthenticated: 0x80,
} as const;

const letters: readonly (readonly [number, string])[] = [
  [Attribute.NonVolatile, "NV"],
  [Attribute.BootService, "BS"],
  [Attribute.Runtime, "RT"],
  [Attribute.HardwareError, "HR"],
  [Attribute.CountAuthenticated, "AW"],
  [Attribute.TimeAuthenticated, "AT"],
  [Attribute.Append, "AP"],
  [Attribute.EnhancedAuthenticated, "EA"],
];

/** Attributes as letters, for example `NV+BS+RT`; bits without a letter follow as one hexadecimal number. */
export function formatAttributes(attributes: number): string {
  const parts = letters.filter(([bit]) => (attributes & bit) !== 0).map(([, text]) => text);
  const rest = (attributes & ~0xff) >>> 0;
  if (rest !== 0) parts.push(`0x${rest.toString(16)}`);
  return parts.join("+") || "0";
}

/** Attributes from letters joined by `+` or `,`, or a number such as `7` or `0x7`; undefined for anything else. */
export function parseAttributes(text: string): number | undefined {
  if (/^(0x[0-9a-fA-F]{1,8}|\d{1,10})$/.test(text)) {
    const number = Number(text);
    return number <= 0xffffffff ? number : undefined;
  }
  let attributes = 0;
  for (const part of text.toUpperCase().split(/[+,]/)) {
    const found = letters.find(([, letter]) => letter === part);
    if (!found) return undefined;
    attributes |= found[0];
  }
  return attributes;
}

/** Whether only signed data may replace the variable while Secure Boot is on. */
export function isAuthenticated(attributes: number): boolean {
  const mask = Attribute.CountAuthenticated | Attribute.TimeAuthenticated | Attribute.EnhancedAuthenticated;
  return (attributes & mask) !== 0;
}
