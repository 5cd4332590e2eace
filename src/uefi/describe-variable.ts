import { latin1Text } from "../bytes/latin1.ts";
import { DecodeError } from "../errors.ts";
import type { Structure } from "../structure/index.ts";
import { decodeStructure } from "../structure/index.ts";
import { formatHex } from "../text/hex.ts";
import { bootName, bootNumber, decodeU16List } from "./boot/boot-numbers.ts";
import { type BootOption, decodeBootOption } from "./boot/boot-option.ts";
import { decodeIpConfig, IpConfigType, ipPolicies, ipPolicy } from "./companion/ip-config.ts";
import { decodeVlans, type Vlan } from "./companion/vlan.ts";
import { formatDevicePath } from "./device-path/text.ts";
import type { NvmeofAttemptConfig, NvmeofDiscoveryData, NvmeofGlobalData } from "./generated/model.ts";
import { vendorGuids } from "./guids.ts";
import { nvmeofAttemptConfig } from "./nvmeof/attempt-config.ts";
import { type DiscoveredNamespace, discoveredNamespaces, nvmeofDiscoveryData } from "./nvmeof/discovery-data.ts";
import { nvmeofGlobalData } from "./nvmeof/global-data.ts";
import { findLeftOver } from "./nvmeof/left-over.ts";
import { decodeSignatureLists, type SignatureList } from "./signatures/signature-list.ts";
import type { Variable } from "./variable.ts";

/** Left-over bytes after a text, in hexadecimal. */
export type LeftOverText = Readonly<Record<string, string>>;

/** What a variable says, as far as its kind is known. */
export type VariableValue =
  | {
      /** `NvmeofGlobalData`. */
      readonly kind: "nvmeof-global-data";
      /** Its one record. */
      readonly value: NvmeofGlobalData;
      readonly leftOver?: LeftOverText;
    }
  | {
      /** `Nvmeof_Attemptconfig`. */
      readonly kind: "nvmeof-attempts";
      /** One entry a slot, unused ones included. */
      readonly value: readonly (NvmeofAttemptConfig & { readonly leftOver?: LeftOverText })[];
    }
  | {
      /** `NvmeOfDiscoverySubsystemCount`. */
      readonly kind: "nvmeof-discovery-count";
      /** Number of records in `NvmeOfDiscoveryData`. */
      readonly value: number;
    }
  | {
      /** `NvmeOfDiscoveryData`. */
      readonly kind: "nvmeof-discovery-data";
      /** One entry a subsystem. */
      readonly value: readonly { readonly subsystemNqn: string; readonly namespaces: readonly DiscoveredNamespace[] }[];
    }
  | {
      /** `Boot####`, `Driver####`, `SysPrep####` or `PlatformRecovery####`. */
      readonly kind: "boot-option";
      /** The load option; its optional data in hexadecimal. */
      readonly value: Omit<BootOption, "optionalData"> & { readonly optionalData: string };
    }
  | {
      /** `BootOrder`, `BootNext` or `BootCurrent`. */
      readonly kind: "boot-order";
      /** Names of the options, such as `Boot0003`. */
      readonly value: readonly string[];
    }
  | {
      /** `Timeout`. */
      readonly kind: "number";
      /** Seconds that the boot menu waits; 65535 for ever. */
      readonly value: number;
    }
  | {
      /** `ConIn`, `ConOut` or `ErrOut`. */
      readonly kind: "device-path";
      /** The path as text. */
      readonly value: string;
    }
  | {
      /** `Lang` or `PlatformLang`. */
      readonly kind: "text";
      /** Language code up to its NUL. */
      readonly value: string;
    }
  | {
      /** `PK`, `KEK`, `db` and its like. */
      readonly kind: "signatures";
      /** Its signature lists, in order. */
      readonly value: readonly SignatureList[];
    }
  | {
      /** VLANs of an interface. */
      readonly kind: "vlan";
      /** One entry a VLAN. */
      readonly value: readonly Vlan[];
    }
  | {
      /** `Ip4Config2` or `Ip6Config` of an interface. */
      readonly kind: "ip-config";
      /** Its records with the types' names, data in hexadecimal. */
      readonly value: {
        readonly family: "ipv4" | "ipv6";
        readonly policy?: string | number | undefined;
        readonly checksumOk: boolean;
        readonly records: readonly { readonly type: string | number; readonly data: string }[];
      };
    };

/** Choices of {@link describeVariable}. */
export interface DescribeOptions {
  /** Show what stands after the NUL of texts. */
  readonly leftOver?: boolean | undefined;
}

/**
 * What a variable says; undefined for one of unknown kind, or whose data are not of its kind's form.
 */
export function describeVariable(variable: Variable, options: DescribeOptions = {}): VariableValue | undefined {
  try {
    return describe(variable, options);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function describe({ guid, name, data }: Variable, options: DescribeOptions): VariableValue | undefined {
  switch (guid) {
    case vendorGuids.nvmeof:
      return describeNvmeof(name, data, options);
    case vendorGuids.global:
      return describeGlobal(name, data);
    case vendorGuids["image-security"]:
      return { kind: "signatures", value: decodeSignatureLists(data) };
    case vendorGuids.vlan:
      return { kind: "vlan", value: decodeVlans(data) };
    case vendorGuids.ip4config2:
      return describeIpConfig("ipv4", data);
    case vendorGuids.ip6config:
      return describeIpConfig("ipv6", data);
    default:
      return undefined;
  }
}

function describeNvmeof(name: string, data: Uint8Array, options: DescribeOptions): VariableValue | undefined {
  const left = (structure: Structure, at: number) => {
    const found = options.leftOver ? findLeftOver(structure, data, at) : [];
    if (found.length === 0) return {};
    return { leftOver: Object.fromEntries(found.map(({ field, bytes }) => [field, formatHex(bytes)])) };
  };
  const each = <T>(structure: Structure, one: (at: number) => T): T[] | undefined =>
    data.length % structure.size === 0
      ? Array.from({ length: data.length / structure.size }, (_, i) => one(i * structure.size))
      : undefined;
  switch (name) {
    case "NvmeofGlobalData": {
      if (data.length !== nvmeofGlobalData.size) return undefined;
      return {
        kind: "nvmeof-global-data",
        value: decodeStructure<NvmeofGlobalData>(nvmeofGlobalData, data),
        ...left(nvmeofGlobalData, 0),
      };
    }
    case "Nvmeof_Attemptconfig": {
      const value = each(nvmeofAttemptConfig, (at) => ({
        ...decodeStructure<NvmeofAttemptConfig>(nvmeofAttemptConfig, data, at),
        ...left(nvmeofAttemptConfig, at),
      }));
      return value && { kind: "nvmeof-attempts", value };
    }
    case "NvmeOfDiscoverySubsystemCount":
      return data.length === 1 ? { kind: "nvmeof-discovery-count", value: data[0]! } : undefined;
    case "NvmeOfDiscoveryData": {
      const value = each(nvmeofDiscoveryData, (at) => {
        const record = decodeStructure<NvmeofDiscoveryData>(nvmeofDiscoveryData, data, at);
        return { subsystemNqn: record.subsystemNqn, namespaces: discoveredNamespaces(record) };
      });
      return value && { kind: "nvmeof-discovery-data", value };
    }
    default:
      return undefined;
  }
}

function describeGlobal(name: string, data: Uint8Array): VariableValue | undefined {
  if (bootNumber(name) !== undefined || /^(Driver|SysPrep|PlatformRecovery)[0-9A-F]{4}$/.test(name)) {
    const { optionalData, ...option } = decodeBootOption(data);
    return { kind: "boot-option", value: { ...option, optionalData: formatHex(optionalData) } };
  }
  switch (name) {
    case "BootOrder":
      return { kind: "boot-order", value: decodeU16List(data).map(bootName) };
    case "BootNext":
    case "BootCurrent":
      return data.length === 2 ? { kind: "boot-order", value: decodeU16List(data).map(bootName) } : undefined;
    case "Timeout":
      return data.length === 2 ? { kind: "number", value: decodeU16List(data)[0]! } : undefined;
    case "ConIn":
    case "ConOut":
    case "ErrOut":
      return { kind: "device-path", value: formatDevicePath(data) };
    case "PK":
    case "KEK":
      return { kind: "signatures", value: decodeSignatureLists(data) };
    case "Lang":
    case "PlatformLang":
      return { kind: "text", value: latin1Text(data.subarray(0, 64)).replace(/\0.*$/s, "") };
    default:
      return undefined;
  }
}

function describeIpConfig(family: "ipv4" | "ipv6", data: Uint8Array): VariableValue {
  const config = decodeIpConfig(family, data);
  const number = ipPolicy(config);
  const types = Object.entries(IpConfigType[family]);
  return {
    kind: "ip-config",
    value: {
      family,
      policy: number === undefined ? undefined : (ipPolicies[family][number] ?? number),
      checksumOk: config.checksumOk,
      records: config.records.map((record) => ({
        type: types.find(([, type]) => type === record.type)?.[0] ?? record.type,
        data: formatHex(record.data),
      })),
    },
  };
}
