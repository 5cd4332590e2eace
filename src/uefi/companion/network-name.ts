import { formatHex } from "../../text/hex.ts";
import { parseMac } from "../../text/mac.ts";

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

/** Name of the variables of an interface from its address in any usual spelling, or undefined. */
export function networkVariableName(mac: string): string | undefined {
  const bytes =
    parseMac(mac) ??
    parseMac(
      mac.replace(
        /^([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})$/,
        "$1:$2:$3:$4:$5:$6",
      ),
    );
  return bytes && formatHex(bytes).toUpperCase();
}
