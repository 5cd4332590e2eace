// Makes a boot option for a loader on a GPT partition, whatever path leads to the disk, and tries it first.
import {
  bootName,
  createVariableStore,
  decodeBootOption,
  editVariableStore,
  encodeBootOption,
  encodeU16List,
  readVariables,
  vendorGuids,
} from "nbft/uefi";

const path = "HD(1,GPT,2F3B1B3A-1111-4222-8333-444455556666,0x800,0x64000)/\\EFI\\fedora\\shimx64.efi";
const set = (name, data) => ({ kind: "set", variable: { guid: vendorGuids.global, name, attributes: 7, data } });
const { bytes } = editVariableStore(createVariableStore("4M"), [
  set(bootName(7), encodeBootOption({ description: "Fedora", paths: [path] })),
  set("BootOrder", encodeU16List([7])),
]);

for (const { name, data } of readVariables(bytes)) console.log(name, data.length, "bytes");
console.log(decodeBootOption(readVariables(bytes)[0].data).paths[0]);
