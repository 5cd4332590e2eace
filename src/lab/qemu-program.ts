import { findProgram, needProgram } from "./programs.ts";

/** QEMU for x86-64; distributions of the Fedora family have one of their own under another name. */
export function findQemu(): string {
  return (
    findProgram("qemu-system-x86_64") ??
    findProgram("/usr/libexec/qemu-kvm") ??
    needProgram("qemu-system-x86_64", "boots the guests")
  );
}
