import { readNamed } from "../../node/file-error.ts";
import { escapeText } from "../../text/escape.ts";
import { parseHex } from "../../text/hex.ts";
import { encodeU16List } from "../../uefi/boot/boot-numbers.ts";
import { decodeIpConfig, encodeIpConfig, ipPolicies, withIpPolicy } from "../../uefi/companion/ip-config.ts";
import { encodeVlans } from "../../uefi/companion/vlan.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable, VariableKey } from "../../uefi/variable.ts";
import { UsageError } from "../io.ts";
import type { SetOptions } from "../options/vars-rows.ts";

/** Ways to give a variable's content on the command line; exactly one is used. */
type ValueArguments = Pick<SetOptions, "data" | "hex" | "value" | "path" | "description" | "optionalData" | "inactive">;

/** Makes content from `--path`; a program that does without device paths has none. */
export type PathEncoder = (key: VariableKey, options: ValueArguments) => Uint8Array;

/** Content of a variable from its options. */
export function valueBytes(
  key: VariableKey,
  options: ValueArguments,
  old: Variable | undefined,
  encodePath: PathEncoder,
): Uint8Array {
  const given = [options.data, options.hex, options.value, options.path].filter((value) => value !== undefined);
  if (given.length !== 1) throw new UsageError("give the content with one of --data, --hex, --value and --path");
  if (options.data !== undefined) return readNamed(options.data);
  if (options.hex !== undefined) return requireHex(options.hex, "--hex");
  if (options.path !== undefined) return encodePath(key, options);
  return wordBytes(key, options.value!, old);
}

/** Bytes of hexadecimal digits. @throws {UsageError} naming the option. */
export function requireHex(text: string, option: string): Uint8Array {
  const bytes = parseHex(text);
  if (!bytes) throw new UsageError(`${option} takes hexadecimal digits`);
  return bytes;
}

/** Content from words, by what the variable is. */
function wordBytes({ guid, name }: VariableKey, value: string, old: Variable | undefined): Uint8Array {
  const words = value.split(/[\s,]+/).filter((word) => word !== "");
  switch (guid) {
    case vendorGuids.global:
      return globalBytes(name, value, words);
    case vendorGuids.vlan:
      return encodeVlans(
        words.map((word) => {
          const [, id, priority = "0"] = /^(\d+)(?::(\d))?$/.exec(word) ?? [];
          if (id === undefined)
            throw new UsageError(`${escapeText(word)} is not a VLAN: write 10, or 10:5 with priority 5`);
          return { id: Number(id), priority: Number(priority) };
        }),
      );
    case vendorGuids.ip4config2:
      return policyBytes("ipv4", value, old);
    case vendorGuids.ip6config:
      return policyBytes("ipv6", value, old);
    default:
      throw new UsageError(`there is no text form for ${escapeText(name)}: use --hex or --data`);
  }
}

function globalBytes(name: string, value: string, words: readonly string[]): Uint8Array {
  if (name === "BootOrder" || name === "BootNext") {
    const numbers = words.map((word) => {
      const digits = /^(?:Boot)?([0-9a-fA-F]{4})$/i.exec(word)?.[1];
      if (digits === undefined)
        throw new UsageError(`${escapeText(word)} is not a boot option: write Boot0007 or 0007`);
      return Number.parseInt(digits, 16);
    });
    if (name === "BootNext" && numbers.length !== 1) throw new UsageError("BootNext names one boot option");
    return encodeU16List(numbers);
  }
  if (name === "Timeout") {
    if (!/^\d{1,5}$/.test(value)) throw new UsageError("Timeout takes a number of seconds");
    return encodeU16List([Number(value)]);
  }
  if (name === "Lang" || name === "PlatformLang") return new TextEncoder().encode(`${value}\0`);
  throw new UsageError(
    `there is no text form for ${escapeText(name)}: use --hex or --data, or --path for a boot option`,
  );
}

/** The policy of an interface; its other settings stay. */
function policyBytes(family: "ipv4" | "ipv6", value: string, old: Variable | undefined): Uint8Array {
  const names: readonly string[] = ipPolicies[family];
  const policy = names.indexOf(value);
  if (policy < 0) throw new UsageError(`the ${family} policy is ${names.join(" or ")}`);
  const config = old ? decodeIpConfig(family, old.data) : { family, records: [] };
  return encodeIpConfig(withIpPolicy(config, policy));
}
