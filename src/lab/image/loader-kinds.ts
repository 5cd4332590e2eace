/** What can start a kernel from an EFI system partition, in the order in which it is looked for. */
export const loaderKinds = ["grub", "systemd-boot", "uki"] as const;
/** What can start a kernel from an EFI system partition: GRUB reads it in pieces, the others have the firmware read it whole. */
export type LoaderKind = (typeof loaderKinds)[number];
