import { EncodeError } from "../../errors.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../config/firmware-config.ts";
import { type ConfigKey, configKeys } from "./keys.ts";
import { lineMax } from "./read-lines.ts";

/** Keys that every attempt writes, whatever their value. */
const always = new Set(["MacString", "TargetPort", "Enabled", "IpMode", "NQN", "DnsMode"]);
/** Keys that an attempt with a static IPv4 address writes too. */
const withStaticIpv4 = new Set(["LocalIp", "SubnetMask", "Gateway", "TargetIp"]);

/**
 * The canonical setattempt text of a configuration: keys in a fixed order and spelling, nothing that is at its default but
 * what an attempt always names, every line ended by a line feed.
 *
 * @throws {EncodeError} naming the property when the tool could not read a value back (a line feed or NUL in it, a blank in
 * front, more than 511 characters), and for control characters but tabs.
 */
export function formatConfig(config: FirmwareConfig): string {
  const lines: string[] = [];
  const global = { enabled: config.nvmeOfEnabled, hostNqn: config.hostNqn, hostId: config.hostId };
  for (const key of configKeys) {
    const value = key.scope === "global" ? global[key.field as keyof typeof global] : undefined;
    if (value !== undefined) lines.push(formatLine(key, value, key.field));
  }
  for (const [i, attempt] of config.attempts.entries()) {
    lines.push("$Start", ...formatAttempt(attempt, `attempts[${i}]`), "$End");
  }
  return `${lines.join("\n")}\n`;
}

function formatAttempt(attempt: FirmwareAttempt, path: string): string[] {
  const staticIpv4 = attempt.ipMode === 0 && !attempt.initiatorInfoFromDhcp;
  return configKeys.flatMap((key) => {
    if (key.scope === "global") return [];
    const wanted = always.has(key.name) || (staticIpv4 && withStaticIpv4.has(key.name));
    const value = attempt[key.field as keyof FirmwareAttempt] ?? (wanted ? defaultOf(key) : undefined);
    const learned = key.name === "TargetPort" && value === 0 && attempt.targetInfoFromDhcp;
    return value === undefined || value === "" || learned ? [] : [formatLine(key, value, `${path}.${key.field}`)];
  });
}

function defaultOf(key: ConfigKey): string | number | boolean | undefined {
  if (key.kind === "address") return "0.0.0.0";
  return key.kind === "boolean" ? false : undefined;
}

function formatLine(key: ConfigKey, value: string | number | boolean, path: string): string {
  const text = typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : String(value);
  if (/[\n\0]|^ |\r$/.test(text)) throw new EncodeError("a Config cannot hold this value", path);
  // The tool would take it; what shows the text would obey it.
  if (/[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/.test(text))
    throw new EncodeError("a Config is text, and this value has control characters", path);
  const line = `${key.name}:${text}`;
  if (new TextEncoder().encode(line).length > lineMax) {
    throw new EncodeError(`the line would have more than ${lineMax} characters`, path);
  }
  return line;
}
