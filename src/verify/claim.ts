/** What a claim says, by its id. */
export const claimTitles = {
  "evidence.whole": "the evidence is whole: every stage ends with its mark",
  "evidence.one-boot": "all stages belong to one and the same boot, the one that was asked for",
  "boot.reached": "the boot reached the end that it was run for",
  "boot.console": "the console says nothing of a boot that failed",
  "machine.clock": "the guest's clock ran as the clock outside",
  "firmware.boot": "the firmware booted from the namespace by itself",
  "firmware.attempt": "the firmware's attempt came as far as a controller",
  "firmware.log": "the firmware's driver complains of nothing",
  "firmware.variables": "the firmware's variables are as programmed",
  "firmware.table": "the firmware published the table that was predicted",
  "firmware.connection": "the firmware connected, and then the kernel",
  "table.count": "the kernel has as many tables as were given",
  "table.bytes": "the kernel has the table byte for byte",
  "table.content": "the kernel's table says what the description says",
  "table.kernel-log": "the kernel logged this table at its start",
  "reading.nvme-cli": "nvme-cli reads the table as it is",
  "reading.records": "nvme-cli drops no record that is valid",
  "network.dracut-lines": "dracut made the network lines that follow from the table",
  "network.dracut-prediction": "they are the lines that this dracut is known to write",
  "network.interface": "there is an interface with the HFI's MAC address and VLAN",
  "network.pci": "it is at the PCI place that the table names",
  "network.address": "it has the HFI's address, and no other interface has it",
  "network.gateway": "the HFI's gateway is used on it",
  "origin.names": "the run's names and addresses were made for it: nothing else than the table could know them",
  "origin.command-line": "nothing on the command line says what the table is to say",
  "origin.files": "no file in the initramfs says what the table is to say",
  "origin.controllers": "every connection is one that the table asks for",
  "origin.owner": "what reads the tables made this connection",
  "path.live": "the path is a live controller with the table's addresses",
  "path.identity": "it was connected as the table's host",
  "path.interface": "it is bound to an interface as its nvme-cli does",
  "path.early": "it was there before the root file system was mounted",
  "path.security": "the connection has the security that the record's profile asks for",
  "namespace.identity": "the namespace that the table names is there under its subsystem",
  "namespace.paths": "it is reached over every path",
  "root.device": "the root file system is on a namespace of the table",
  "root.others": "/usr, /boot, /var, /etc and swap lie on namespaces that the table names",
  "root.unique": "no other device carries a file system with the root's UUID or label",
  "system.target": "the system reached its default target",
  "system.running": "systemd says that the system runs",
  "system.units": "no unit of the system failed",
  "target.host": "the target saw the table's host connect to the subsystem",
  "target.paths": "the target saw a connection from the HFI's address",
  "target.namespace": "the target served the namespace that the table names",
  "target.strangers": "no other host connected",
  "identity.files": "the host identity in /etc/nvme is the table's",
} as const;

/** What `verify` checks of a boot; the title says it in words. */
export type ClaimId = keyof typeof claimTitles;

/** What came of a check: `unknown` where the evidence does not say. */
export type Verdict = "pass" | "fail" | "unknown";

/** One thing that was checked. Plain data, to print, sort, or send as JSON; texts from the evidence are not escaped. */
export interface Claim {
  /** Which check. */
  readonly id: ClaimId;
  /** What it is about where there are several: `NBFT`, `SSNS 1 through HFI 2`. Empty otherwise. */
  readonly about: string;
  /** What is claimed, in words; the same for every claim with this id. */
  readonly title: string;
  /** What came of the check. */
  readonly verdict: Verdict;
  /** Whether the boot is only proved when it passes. What is not required is worth knowing. */
  readonly required: boolean;
  /** What should have been seen, as one line of text. */
  readonly expected: string;
  /** What was seen, as one line of text. */
  readonly seen: string;
  /** Where in the evidence it was seen: stage and part. */
  readonly source: string;
  /** What it means or what to look at, where it did not pass. */
  readonly hint?: string;
}

/** What a check found out, before it becomes a claim. */
export interface Finding {
  readonly about?: string;
  readonly verdict: Verdict;
  readonly required?: boolean;
  readonly expected: string;
  readonly seen: string;
  readonly source: string;
  readonly hint?: string | undefined;
}

/** Makes a claim of a finding; required unless it says otherwise. */
export function claim(id: ClaimId, finding: Finding): Claim {
  const { about, required, hint, ...rest } = finding;
  const told = hint !== undefined && finding.verdict !== "pass" ? { hint } : {};
  return { id, about: about ?? "", title: claimTitles[id], required: required ?? true, ...rest, ...told };
}

/** Pass or fail. */
export function passOrFail(good: boolean): Verdict {
  return good ? "pass" : "fail";
}
