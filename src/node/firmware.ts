import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  type DescriptorFile,
  descriptorFolders,
  type FirmwareDescriptor,
  type FirmwareRequirements,
  orderDescriptors,
  selectFirmware,
} from "../machine/qemu/firmware-descriptor.ts";

/** The firmware that this system offers for a machine, by QEMU's firmware descriptors; the user's own come first. */
export function findFirmware(required: FirmwareRequirements): FirmwareDescriptor | undefined {
  const own = join(process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "qemu/firmware");
  return selectFirmware(orderDescriptors([...descriptorFolders, own].map(readFolder)), required);
}

function readFolder(folder: string): DescriptorFile[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}
