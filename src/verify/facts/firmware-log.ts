import { canonicalAddress } from "../canonical-address.ts";

/** A connection that the driver tried. */
export interface FirmwareProbe {
  /** NQN that it asked for. */
  readonly nqn: string;
  readonly traddr: string;
  /** Port, where a failure tells it. */
  readonly trsvcid: string | undefined;
  /** How far it came: `mounted` is all the way to its queues; at `halted` the firmware stopped for good. */
  readonly reached: "nothing" | "tcp" | "halted" | "mounted";
}

/** What the Timberland firmware's debug log tells. */
export interface FirmwareLog {
  readonly lines: number;
  /** The boot option that was started last. */
  readonly started: string | undefined;
  /** The same, where it is a namespace: nothing was tried after it, so it came up. */
  readonly booted: string | undefined;
  /** It stopped at an assertion. */
  readonly halted: boolean;
  /** Connections in the order in which they were tried. */
  readonly probes: readonly FirmwareProbe[];
  /** What went wrong, in words that say what to do. */
  readonly hints: readonly string[];
}

/** Whether the firmware will not boot any more, by its debug log or what it writes to its console: it is in its shell or its menu, or it has halted. */
export function firmwareGaveUp(text: string): boolean {
  if (/UEFI Interactive Shell|BdsDxe: No bootable option/.test(text)) return true;
  return /\[Bds\]Booting EFI Internal Shell|\[Bds\] ?Unable to boot|\[Bds\]Booting UiApp|^ASSERT /m.test(text);
}

/** What the firmware writes to its console when a program that it runs, or itself, makes the processor fault: it stops for good. */
export const processorFault = /!!!! \w+ Exception Type - /;

/** Reads a debug log; escapes and carriage returns of consoles in it do not matter. */
export function firmwareLogOf(text: string): FirmwareLog {
  const started = [...text.matchAll(/\[Bds\]Booting ([^\r\n]*)/g)].at(-1)?.[1]?.trim();
  const booted = started?.startsWith("UEFI NVMeOF Device") ? started : undefined;
  const probes = probesOf(text);
  return {
    lines: text === "" ? 0 : text.split("\n").length,
    started,
    booted,
    halted: /^ASSERT /m.test(text),
    probes,
    hints: text === "" ? [] : [...new Set(hintsOf(text, probes, booted))],
  };
}

/** What the driver says between one "Probe/Connect" and the next. */
function probesOf(text: string): FirmwareProbe[] {
  return text
    .split(/^(?=Probe\/Connect NQN: )/m)
    .slice(1)
    .map((piece) => {
      const failure = /sock connection error of tqpair=\S+ with addr=(\S+?), port=(\d+)/.exec(piece);
      const mounted = /spdk_nvme_ctrlr_connect_io_qpair:num_io_queues/.test(piece);
      return {
        nqn: /^Probe\/Connect NQN: ([^\r\n]*)/.exec(piece)![1]!.trim(),
        traddr: canonicalAddress(/spdk_nvme_probe:NVMe target address: (\S+)/.exec(piece)?.[1] ?? ""),
        trsvcid: failure?.[2],
        reached: /^ASSERT /m.test(piece)
          ? "halted"
          : mounted
            ? "mounted"
            : /edk_sock_connect:Receive established/.test(piece)
              ? "tcp"
              : "nothing",
      };
    });
}

function* hintsOf(text: string, probes: readonly FirmwareProbe[], booted: string | undefined): Generator<string> {
  const halt = /^ASSERT ([^\r\n]*)/m.exec(text)?.[1];
  if (halt !== undefined) {
    yield `the firmware halted: ASSERT ${halt}${
      halt.includes("NvmeOfSpdk")
        ? "; two attempts that connect to the same subsystem at the same address and port do this"
        : ""
    }`;
  }
  if (!/NvmeOfDxe\.efi/.test(text)) {
    yield "this firmware has no NVMe-oF driver: CODE is not that of the Timberland release";
    return;
  }
  if (/unexpected data size/i.test(text)) yield "NvmeofGlobalData does not have 754 bytes: the driver did not start";
  if (probes.length === 0) {
    yield "the driver never tried to connect: no attempt names a MAC address of this machine (upper case), or none is enabled";
    return;
  }
  for (const { nqn, traddr, trsvcid, reached } of probes) {
    const where = `${traddr}${trsvcid === undefined ? "" : ` port ${trsvcid}`}`;
    // After discovery the driver asks its discovery controller once more, and never gets through: that is its own affair.
    if (reached === "nothing")
      yield `no TCP connection to ${where}: nothing listens there, the address does not answer, or the network is wrong`;
    if (reached === "tcp")
      yield `${where} answers and does not let the firmware in: no subsystem ${nqn} there, or the host NQN is not in its access list`;
  }
  if (halt !== undefined || !probes.some(({ reached }) => reached === "mounted")) return;
  if (/^ReadSectors: Error In Process Read Data|^FatDiskIo: error/m.test(text)) {
    yield booted === undefined
      ? "the firmware found the boot loader on the namespace, and the target refused to read it"
      : "the boot loader has the firmware read its files, as systemd-boot does, and the target refused: it takes at most 4 MiB in one command. GRUB reads in pieces";
    return;
  }
  if (booted !== undefined) return;
  yield "the driver connected and found nothing to boot: none of the subsystem's namespaces has the attempt's NID, or there is no \\EFI\\BOOT\\BOOTX64.EFI on it";
}
