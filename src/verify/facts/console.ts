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

/** Words that are only written when a boot has failed: of the kernel, dracut, initramfs-tools, mkinitcpio, Alpine's mkinitfs, systemd, GRUB and edk2. */
const failure = new RegExp(
  [
    /Warning: Could not boot\./,
    /Warning: Boot has failed\./,
    /dracut: FATAL:/,
    /dracut: Refusing to continue/,
    /Generating "\/run\/initramfs\/rdsosreport\.txt"/,
    // Of dracut alone: a service may warn of a disk of its own.
    /(?:^|\bdracut[^:]*:? )Warning: "?\/dev\/\S+ does not exist/,
    /Entering emergency mode/,
    /You are in (?:emergency|rescue) mode/,
    /Reached target .*(?:emergency\.target|Emergency Mode)/,
    /Give root password for maintenance/,
    /Press Enter for (?:maintenance|emergency shell)/,
    /Cannot open access to console, the root account is locked/,
    /ALERT! .* does not exist\.\s+Dropping to a shell/,
    /^\s*\(initramfs\)/,
    /You are now being dropped into an emergency shell/,
    /initramfs emergency recovery shell launched/,
    /Gave up waiting for root/,
    /No init found\. Try passing init=/,
    /The root filesystem on \S+ requires a manual fsck/,
    /Dependency failed for (?:sysroot\.mount|\/sysroot(?!\/)|.*Initrd Root)/,
    // systemd-shutdown writes the other one, of a system that had booted.
    /Failed to switch root(?! to "\/run\/)/,
    /VFS: Cannot open root device/,
    /Failed to mount (?:sysroot\.mount|\/sysroot)/,
    /Freezing execution/,
    /Failed to start .*Switch Root/,
    /grub rescue>/,
    processorFault,
  ]
    .map(({ source }) => source)
    .join("|"),
);

/** What only a system that was started writes: its kernel, unless that is quiet, its boot stub, systemd, getty. */
const started = /^\[ *\d+\.\d+\]|^EFI stub: |^\[ {2}OK {2}\] |\blogin:$/;

/** The firmware's own words, which mean something only where no system came after them: it tries its boot options one after the other. */
const returned = /BdsDxe: failed to start Boot|BdsDxe: No bootable option|UEFI Interactive Shell/;

const stall = /rcu: INFO: \w+ (?:self-)?detected|BUG: soft lockup|blocked for more than \d+ seconds/;
const mostLines = 20;

/** Reads a console's text. Nothing in it makes it throw. */
export function consoleOf(text: string): ConsoleFacts {
  const lines = withoutEscapes(text)
    .split(/[\r\n]+/)
    .map((line) => line.trim().slice(0, 200))
    .filter((line) => line !== "");
  const matching = (pattern: RegExp, from = 0) =>
    [...new Set(lines.slice(from).filter((line) => pattern.test(line)))].slice(0, mostLines);
  const afterStart = lines.findLastIndex((line) => started.test(line)) + 1;
  const target = lines.findLast((line) => /Reached target (?!.*Emergency)/.test(line));
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
