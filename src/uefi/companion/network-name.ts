/** An interface as the attempts and the network drivers name it. */
export interface NetworkName {
  /** Twelve upper-case digits: the name of the interface's variables. */
  readonly variable: string;
  /** VLAN id of the suffix `\` and four digits. */
  readonly vlan?: number | undefined;
}

/** Interface and VLAN of an attempt's MacString, or undefined when it has not the driver's form. */
export function parseMacString(text: string): NetworkName | undefined {
  const [, mac, suffix] = /^([0-9A-F]{2}(?::[0-9A-F]{2}){5})(?:\\([0-9A-F]{4}))?$/.exec(text) ?? [];
  if (mac === undefined) return undefined;
  return { variable: mac.replaceAll(":", ""), vlan: suffix === undefined ? undefined : Number.parseInt(suffix, 16) };
}
