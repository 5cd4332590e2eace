import { withoutEscapes } from "../../text/terminal.ts";
import { processorFault } from "./firmware-log.ts";

/** What the host's console shows of a boot. Texts are lines of the console, cut to 200 characters. */
export interface ConsoleFacts {
  /** Kernel panics, in their order. */
  readonly panics: readonly string[];
  /** Lines in which something else gave up: the initramfs, systemd, a boot loader, or the firmware after it had started a system. */
  readonly failures: readonly string[];
  /** How far it came, in words: the target that systemd reached last, a login prompt. */
  readonly reached: readonly string[];
  /** Release of the kernel that announced itself. */
  readonly linux: string | undefined;
  /** The kernel says that its processors stood still for seconds. */
  readonly stalls: readonly string[];
  readonly lastLine: string | undefined;
}

const panic = /Kernel panic - not syncing/;

/**
 * Words that are only written when a boot has failed, by the program that writes them; `console.test.ts` says where each is in its source. What a
 * boot may get over, such as dracut's "starting timeout scripts" or one connection that failed, is not among them.
 */
export const failures: readonly RegExp[] = [
  // Linux
  /VFS: Cannot open root device/,
  /^ ?-- System halted/,
  // dracut
  /Warning: Could not boot\./,
  /Warning: Boot has failed\./,
  /Warning: Can't mount root filesystem/,
  /Warning: Not continuing/,
  /Warning: Something went very badly wrong in the initramfs/,
  /dracut: FATAL:/,
  /dracut: Refusing to continue/,
  /Generating "\/run\/initramfs\/rdsosreport\.txt"/,
  // Of dracut alone: a service may warn of a disk of its own.
  /(?:^|\bdracut[^:]*:? )Warning: "\/dev\/\S+" does not exist/,
  /^Cannot find init!/,
  /Entering emergency mode/,
  /^Dropping to debug shell\./,
  // CoreOS's emergency shell in dracut
  /Press Enter for emergency shell/,
  // systemd
  /You are in (?:emergency|rescue) mode/,
  /Reached target .*(?:(?:emergency|rescue)\.target|(?:Emergency|Rescue) Mode)/,
  /Start(?:ed|ing) .*(?:Emergency|Rescue) Shell/,
  /Dependency failed for (?:sysroot\.mount|\/sysroot(?!\/)|.*Initrd (?:Root|File Systems|\/usr|Default Target))/,
  /Failed to mount (?:sysroot\.mount|\/sysroot(?!\/))/,
  /Failed to start .*Switch Root/,
  // systemd-shutdown writes the other one, of a system that had booted.
  /Failed to switch root(?! to "\/run\/)/,
  /Failed to execute (?:\/sbin\/init$|\/bin\/sh, giving up)/,
  /^\[!!!!!!\]/,
  /Freezing execution/,
  // sulogin of util-linux, up to 2.40 and from 2.41 on, and of busybox
  /Give root password for maintenance/,
  /Enter root password for system maintenance/,
  /Press Enter for (?:system )?maintenance/,
  /Cannot open access to console, the root account is locked/,
  // initramfs-tools, and cryptsetup in it
  /ALERT! .* does not exist(?:\.\s+Dropping to a shell|, can't unlock)/,
  /Gave up waiting for (?:root|\/usr)/,
  /No root device specified\. Boot arguments must include a root=/,
  /Failed to mount .* as (?:root|\/usr) file system/,
  /The (?:root|\/usr) filesystem on \S+ requires a manual fsck/,
  /No init found\. Try passing init=/,
  /(?:Rebooting|Halting) automatically due to panic= boot argument/,
  /^\s*\(initramfs\)/,
  // mkinitcpio
  /You are now being dropped into an emergency shell/,
  /Bailing out, you are on your own\. Good luck/,
  /ERROR: Bailing out\. Run 'fsck /,
  // Alpine's mkinitfs, up to 3.11 and later
  /initramfs emergency recovery shell launched/,
  /Launching initramfs emergency recovery shell/,
  // GRUB, and shim
  /grub rescue>/,
  /^Rescue mode has been disabled\.\.\./,
  /^Something has gone seriously wrong: /,
  processorFault,
];

/** What only a system that was started writes: its kernel, unless that is quiet, its boot stub, systemd, getty. */
const started = /^\[ *\d+\.\d+\]|^Linux version |^EFI stub: (?!ERROR)|^\[ {2}OK {2}\] |\blogin:$/;

/** Words of the firmware and of boot loaders, which mean something only where no system came after them: they try one thing after the other. */
export const returns: readonly RegExp[] = [
  // edk2; its boot manager before BdsDxe, which Hyper-V has as well
  /BdsDxe: failed to (?:load|start) Boot/,
  /BdsDxe: No bootable option/,
  /UEFI Interactive Shell/,
  /^Boot Failed\. /,
  // SeaBIOS
  /^Boot failed: /,
  /^No bootable device\./,
  // GRUB
  /Minimal BASH-like line editing is supported/,
  /error: .*you need to load the kernel first/,
  /^Failed to boot both default and fallback entries/,
  // systemd-boot
  /^Error loading \S+: /,
  /^No loader found\. Configuration files in /,
  /^systemd-boot: .*halting\./,
  // shim, and Linux's EFI stub
  /^Verification failed: /,
  /^start_image\(\) returned (?!.*falling back)/,
  /^EFI stub: ERROR: (?:efi_main|efi_stub_entry|exit_boot)\(\) failed/,
];

const anyOf = (patterns: readonly RegExp[]) => new RegExp(patterns.map(({ source }) => source).join("|"));
const failure = anyOf(failures);
const returned = anyOf(returns);

const stall =
  /rcu: INFO: \w+ (?:self-)?detected|BUG: soft lockup|Watchdog detected hard LOCKUP|blocked for more than \d+ seconds/;
const mostLines = 20;
const longest = 200;
/** More than the words by which a failure is known. */
const overlap = 100;

/** The first piece of a line that matches. What firmware and boot loaders draw with cursor movements is one line, without them. */
function pieceWith(pattern: RegExp, line: string): string | undefined {
  for (let at = 0; at === 0 || at + overlap < line.length; at += longest - overlap) {
    const piece = line.slice(at, at + longest);
    if (pattern.test(piece)) return piece;
  }
  return undefined;
}

/** Reads a console's text. Nothing in it makes it throw. */
export function consoleOf(text: string): ConsoleFacts {
  const whole = withoutEscapes(text)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const lines = whole.map((line) => line.slice(0, longest));
  const matching = (pattern: RegExp, from = 0) =>
    [...new Set(whole.slice(from).flatMap((line) => pieceWith(pattern, line) ?? []))].slice(0, mostLines);
  const afterStart = lines.findLastIndex((line) => started.test(line)) + 1;
  const target = lines.findLast((line) => /Reached target (?!.*(?:Emergency|Rescue))/.test(line));
  const login = lines.findLast((line) => /\blogin:\s*$/.test(line));
  return {
    panics: matching(panic).filter((line) => !/end Kernel panic/.test(line)),
    failures: [...matching(failure), ...matching(returned, afterStart)],
    reached: [target, login].filter((line) => line !== undefined),
    linux: /Linux version (\S+)/.exec(lines.find((line) => line.includes("Linux version ")) ?? "")?.[1],
    stalls: matching(stall),
    lastLine: lines.at(-1),
  };
}
