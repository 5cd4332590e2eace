import type { FwCfgArgument } from "./fw-cfg-argument.ts";

/** A fw_cfg item by which OVMF can be told something. */
export interface OvmfSwitch {
  /** Name for options and documents. */
  readonly key: string;
  /** fw_cfg item. */
  readonly item: string;
  /** What its value is. */
  readonly value: "boolean" | "number" | "text" | "file";
  /** First release that reads it; it was in all that were looked at (2022.11 on) where absent. */
  readonly since?: string;
  /** What it turns on, off or sets, for people. */
  readonly title: string;
}

/**
 * The items that OVMF reads (edk2, OvmfPkg/RUNTIME_CONFIG.md and sources of 2025.02). Booleans are written `y` and `n`, which every reader
 * of them accepts.
 */
export const ovmfSwitches: readonly OvmfSwitch[] = [
  {
    key: "ipv4-pxe",
    item: "opt/org.tianocore/IPv4PXESupport",
    value: "boolean",
    title: "PXE boot over IPv4 (not HTTP boot)",
  },
  {
    key: "ipv6-pxe",
    item: "opt/org.tianocore/IPv6PXESupport",
    value: "boolean",
    title: "PXE boot over IPv6 (not HTTP boot)",
  },
  { key: "ipv4", item: "opt/org.tianocore/IPv4Support", value: "boolean", since: "2025.02", title: "IPv4 driver" },
  { key: "ipv6", item: "opt/org.tianocore/IPv6Support", value: "boolean", since: "2025.02", title: "IPv6 driver" },
  {
    key: "virtio-net",
    item: "opt/org.tianocore/VirtioNetSupport",
    value: "boolean",
    since: "2025.02",
    title: "virtio network driver",
  },
  {
    key: "iscsi",
    item: "opt/org.tianocore/ISCSISupport",
    value: "boolean",
    since: "2025.02",
    title: "iSCSI driver, off by default",
  },
  {
    key: "usb-storage",
    item: "opt/org.tianocore/UsbStorageSupport",
    value: "boolean",
    since: "2025.02",
    title: "USB storage driver",
  },
  {
    key: "shell",
    item: "opt/org.tianocore/EFIShellSupport",
    value: "boolean",
    since: "2025.02",
    title: "built-in UEFI shell",
  },
  {
    key: "memory-attributes",
    item: "opt/org.tianocore/UninstallMemAttrProtocol",
    value: "boolean",
    since: "2025.02",
    title: "hide the memory attribute protocol",
  },
  {
    key: "legacy-loader",
    item: "opt/org.tianocore/EnableLegacyLoader",
    value: "boolean",
    since: "2025.02",
    title: "legacy loader of a kernel without EFI stub",
  },
  {
    key: "pci-mmio64",
    item: "opt/ovmf/X-PciMmio64Mb",
    value: "number",
    title: "size of the 64-bit PCI window in MiB, decimal",
  },
  { key: "nx-stack", item: "opt/ovmf/PcdSetNxForStack", value: "boolean", title: "stack without execute permission" },
  {
    key: "paging-level",
    // The documentation says org.tianocore; the code of 2025.02 reads this name.
    item: "opt/org.tianocode/PagingLevel",
    value: "number",
    since: "2025.02",
    title: "4 or 5 levels of page tables",
  },
  {
    key: "https-ca",
    item: "etc/edk2/https/cacerts",
    value: "file",
    title: "CA certificates for HTTPS boot, as an EFI signature list",
  },
  { key: "https-ciphers", item: "etc/edk2/https/ciphers", value: "file", title: "cipher suites for HTTPS boot" },
];

/**
 * The fw_cfg item for a switch. Booleans take the words that OVMF takes: true, yes, y, enable, enabled, 1 and their opposites, in any case.
 *
 * @returns a sentence about what is wrong when the key is unknown or the value is not of the switch's kind.
 */
export function ovmfSwitch(key: string, value: string): FwCfgArgument | string {
  const found = ovmfSwitches.find((item) => item.key === key);
  if (!found) return `no firmware switch ${key}: there are ${ovmfSwitches.map((item) => item.key).join(", ")}`;
  switch (found.value) {
    case "boolean": {
      const on = parseBoolean(value);
      return on === undefined
        ? `${key} is on or off, not ${JSON.stringify(value)}`
        : { name: found.item, string: on ? "y" : "n" };
    }
    case "number":
      return /^\d+$/.test(value)
        ? { name: found.item, string: value }
        : `${key} is a number, not ${JSON.stringify(value)}`;
    case "file":
      return { name: found.item, file: value };
    case "text":
      return { name: found.item, string: value };
  }
}

/** A boolean as OVMF's parser reads it (QemuFwCfgSimpleParserLib), and `on` and `off`. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.replace(/\r?\n$/, "").toLowerCase();
  if (["true", "yes", "y", "enable", "enabled", "1", "on"].includes(word)) return true;
  return ["false", "no", "n", "disable", "disabled", "0", "off"].includes(word) ? false : undefined;
}
