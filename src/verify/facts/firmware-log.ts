/** What the Timberland firmware's debug log tells. */
export interface FirmwareLog {
  readonly lines: number;
  /** The boot option that was started last. */
  readonly booted: string | undefined;
  /** What went wrong, in words that say what to do. */
  readonly hints: readonly string[];
}

/** Lines of the driver, as measured on the build of June 2023, and what they mean. */
const meanings: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [
    /edk_sock_connect:.*(?:Connect.*fail|Time ?out|failed)|connect error|Failed to connect/i,
    "the driver's TCP connection failed: nobody listens at the target's address and port, or the network is another",
  ],
  [
    /Connect command failed|sct 1, sc (?:130|132|0x8[24])|not allowed|INVALID (?:HOST|PARAMETER)/i,
    "the target refused the connect command: wrong subsystem NQN, or the host NQN is not in its access list",
  ],
  [/unexpected data size/i, "NvmeofGlobalData has not 754 bytes: the driver did not start"],
  [
    /failed to map data|400F/i,
    "one read was larger than Linux's target takes (4 MiB): boot with GRUB instead of systemd-boot or a unified kernel image",
  ],
  [
    /spdk_nvme_probe.*(?:fail|error)|nvme_ctrlr.*(?:fail|error)|NVMe probe failed/i,
    "the driver could not set up its controller",
  ],
];

/** Reads a debug log; escapes and carriage returns of consoles in it do not matter. */
export function firmwareLogOf(text: string): FirmwareLog {
  const lines = text.split(/\r?\n/);
  const booted = [...text.matchAll(/\[Bds\]Booting (UEFI NVMeOF Device[^\r\n]*)/g)].at(-1)?.[1]?.trim();
  const hints = new Set<string>();
  for (const line of lines) {
    if (!/NVMeOF|nvme|Nvme/.test(line)) continue;
    for (const [pattern, meaning] of meanings) if (pattern.test(line)) hints.add(meaning);
  }
  const probed = /spdk_nvme_probe:NVMe target address/.test(text);
  const loaded = /NvmeOfDxe\.efi/.test(text);
  if (lines.length > 1 && !loaded)
    hints.add("this firmware has no NVMe-oF driver: CODE is not that of the Timberland release");
  else if (lines.length > 1 && !probed) {
    hints.add(
      "the driver never tried to connect: no attempt names a MAC address of this machine (upper case), or none is enabled",
    );
  } else if (probed && booted === undefined && hints.size === 0) {
    hints.add(
      "the driver tried to connect and found nothing to boot: nobody answers there, the target refuses the host, or the namespace is another",
    );
  }
  return { lines: text === "" ? 0 : lines.length, booted, hints: [...hints] };
}
