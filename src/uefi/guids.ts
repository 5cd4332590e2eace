/** Vendor GUIDs of variables by the short name that `nbft vars` prints and accepts. */
export const vendorGuids = {
  global: "8be4df61-93ca-11d2-aa0d-00e098032b8c",
  nvmeof: "1509cae7-7044-4392-a247-3f870a197142",
  "image-security": "d719b2cb-3d3a-4596-a3bc-dad00e67656f",
  vlan: "9e23d768-d2f3-4366-9fc3-3a7aba864374",
  ip4config2: "5b446ed1-e30b-4faa-871a-3654eca36080",
  ip6config: "937fe521-95ae-4d1a-8929-48bcd90ad31a",
  "dhcp6-client": "9fb9a8a1-2f4a-43a6-889c-d0f7b6c47ad5",
  iscsi: "59324945-ec44-4c0d-b1cd-9db139df070c",
  "iscsi-config": "4b47d616-a8d6-4552-9d44-ccad2e0f4cf9",
  "secure-boot-enable": "f0a30bc7-af08-4556-99c4-001009c93a44",
  "custom-mode": "c076ec0c-7028-4399-a072-71ee5c448b9f",
  "vendor-keys": "9073e4e0-60ec-4b6e-9903-4c223c260f3c",
  certdb: "d9bee56e-75dc-49d9-b4d7-b534210f637a",
  mtc: "eb704011-1402-11d3-8e77-00a0c969723b",
  "memory-types": "4c19049f-4137-4dd3-9c10-8b97a83ffdfa",
  "variable-error": "04b37fe8-f6ae-480b-bdd5-37d98c5e89aa",
  "tls-ca": "fd2340d0-3dab-4349-a6c7-3b4f12b48eae",
  "ovmf-platform": "7235c51c-0c80-4cab-87ac-3b084a6304b1",
  shim: "605dab50-e046-4300-abb6-3dd810dd8b23",
} as const;

const names = new Map<string, string>(Object.entries(vendorGuids).map(([name, guid]) => [guid, name]));

/** Short name of a vendor GUID (lower case), or undefined. */
export function vendorName(guid: string): string | undefined {
  return names.get(guid);
}

/** The vendor GUID (lower case) after a short name or a GUID text, or undefined. */
export function parseVendor(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (Object.hasOwn(vendorGuids, lower)) return vendorGuids[lower as keyof typeof vendorGuids];
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower) ? lower : undefined;
}

/** Vendor GUID of the usual owner of a variable name, so that `Boot0001` or `db` need no GUID on a command line. */
export function defaultVendor(name: string): string | undefined {
  if (/^Nvme[oO]f/.test(name)) return vendorGuids.nvmeof;
  if (/^(db|dbx|dbt|dbr)$/.test(name)) return vendorGuids["image-security"];
  if (/^(Boot|Driver|SysPrep|Key|PlatformRecovery)[0-9A-F]{4}$/.test(name)) return vendorGuids.global;
  return globalNames.has(name) ? vendorGuids.global : undefined;
}

const globalNames = new Set(
  "BootOrder BootNext BootCurrent DriverOrder SysPrepOrder Timeout Lang PlatformLang ConIn ConOut ErrOut PK KEK OsIndications".split(
    " ",
  ),
);
