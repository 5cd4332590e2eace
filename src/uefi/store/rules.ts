import type { Diagnostic, Severity, SpecRef } from "../../diagnostic.ts";
import { ruleTable } from "../../rule-info.ts";
import { foundAndExpected } from "../../text/found.ts";

const spec: SpecRef = { doc: "EDK II VariableFormat.h", rev: "edk2-stable202305" };
const nvmeofSpec: SpecRef = { doc: "timberland-sig/edk2 NvmeOfDxe", rev: "1.0_final" };

/** Rules about the store itself (`V001` …) and about the NVMe-oF variables in it (`V101` …). */
export const storeRules = ruleTable(spec, {
  V001: {
    name: "not-a-store",
    severity: "error",
    summary: "The file begins with the firmware volume that holds variables.",
    why: "The firmware finds no place for its variables.",
    hint: "Name the firmware's VARS file (such as OVMF_VARS.fd), not its CODE file; qemu-img convert turns a qcow2 image into a raw one",
  },
  V002: {
    name: "cut-off",
    severity: "error",
    summary: "The file is as long as its volume, or longer.",
    why: "A file of another size belongs to another build: setattempt reports success and nothing is stored.",
    hint: "Copy the template again, or restore a backup: missing bytes cannot be restored",
  },
  V003: {
    name: "volume-header",
    severity: "error",
    summary: "The volume header has 72 bytes and its 16-bit words add up to 0.",
    why: "With a wrong checksum OVMF erases the whole file and stops on an assertion at every boot.",
    hint: "Restore a backup, or start from the template and set the variables again",
  },
  V004: {
    name: "store-header",
    severity: "error",
    summary: "The store header names a known format, fits the volume, and is formatted (5Ah) and healthy (FEh).",
    why: "OVMF stops on an assertion.",
    hint: "Use the VARS template of the same firmware build",
  },
  V005: {
    name: "unformatted",
    severity: "info",
    summary: "The store is formatted.",
    why: "The firmware formats an empty flash image when it first starts.",
    hint: "Nothing is wrong with a new flash image; nbft vars set formats it as the firmware does",
  },
  V006: {
    name: "broken-record",
    severity: "error",
    summary: "Every record lies inside the store.",
    why: "The list of variables ends there, and the firmware reads on outside the store.",
    hint: "Restore a backup, or read what is left with nbft vars show and write it into a new store",
  },
  V007: {
    name: "records-behind-end",
    severity: "error",
    summary: "No record follows the end of the list.",
    why: "The list ends where a record does not begin with AA55h: the firmware does not see what follows and wipes it.",
    hint: "Restore a backup: the records after the end of the list are lost at the next start",
  },
  V008: {
    name: "free-area",
    severity: "warning",
    summary: "The free space is all FFh.",
    why: "The firmware rewrites the whole store when it starts, which takes up to a minute.",
    hint: "nbft vars compact cleans it",
  },
  V009: {
    name: "working-block",
    severity: "warning",
    summary: "The fault-tolerant-write block has a valid header.",
    why: "The firmware looks for a copy in the spare area, else makes a new one.",
    hint: "Start the firmware once with this store: it writes the block again",
  },
  V010: {
    name: "write-pending",
    severity: "error",
    summary: "No fault-tolerant write is unfinished.",
    why: "The firmware may copy the spare area over the store when it starts, and over any edit with it.",
    hint: "Start the machine once with this store and shut it down, then edit",
  },
  V011: {
    name: "duplicate",
    severity: "error",
    summary: "A variable has one live record.",
    why: "The firmware uses the first; if that is deleted, the other one becomes visible.",
    hint: "Delete the variable and set it again",
  },
  V012: {
    name: "being-replaced",
    severity: "warning",
    summary: "No record is being replaced.",
    why: "A write was interrupted: the old record counts as long as there is no new one.",
    hint: "Nothing to do: the firmware completes or drops the write",
  },
  V013: {
    name: "unfinished-record",
    severity: "info",
    summary: "Every record was written to its end.",
    why: "The firmware ignores it until it reclaims space. A record whose state was never written (FFh) is a warning: a DEBUG build of OVMF that checks the store stops on an assertion, and the guest does not boot.",
    hint: "nbft vars compact STORE removes the record",
  },
  V014: {
    name: "variable-name",
    severity: "error",
    summary: "A name has at least one character and ends with the only NUL.",
    why: "The firmware compares all bytes of the stored name, so no caller finds the variable.",
    hint: "Delete the record with the program that wrote it, or start from the template",
  },
  V015: {
    name: "variable-size",
    severity: "warning",
    summary: "A variable is not larger than the build allows.",
    why: "The firmware reads it, but refuses to write it back.",
    hint: "Store less in the variable, or use a firmware build with a larger store",
  },
  V016: {
    name: "code-pair",
    severity: "error",
    summary: "Code and variables come from the same build: their sizes add up to the size of its flash.",
    why: "The firmware finds no store where it expects one, and setattempt reports success although nothing is stored.",
    hint: "Take CODE and VARS from one package: 1966080 and 131072 bytes (2M build), or 3653632 and 540672 (4M build)",
  },
  V101: {
    name: "attributes",
    severity: "error",
    summary: "The NVMe-oF variables have the attributes NV+BS.",
    why: "The driver's own write fails and NVMe-oF is silently missing for that boot.",
    hint: "Set the variables again: nbft vars set STORE --attempts CONFIG",
    spec: nvmeofSpec,
  },
  V102: {
    name: "global-size",
    severity: "error",
    summary: "NvmeofGlobalData has 754 bytes.",
    why: "The driver refuses to start.",
    hint: "Set the variables again: nbft vars set STORE --attempts CONFIG",
    spec: nvmeofSpec,
  },
  V103: {
    name: "attempts-size",
    severity: "error",
    summary: "Nvmeof_Attemptconfig has a multiple of 1494 bytes and a record for every attempt counted.",
    why: "The driver reads past the end of the variable; the setup menu requires whole records.",
    hint: "Set the variables again: nbft vars set STORE --attempts CONFIG",
    spec: nvmeofSpec,
  },
  V104: {
    name: "variable-missing",
    severity: "error",
    summary: "NvmeofGlobalData and Nvmeof_Attemptconfig exist together.",
    why: "Without the first, the driver finds no number of attempts; without the second, no attempts.",
    hint: "Set both together: nbft vars set STORE --attempts CONFIG",
    spec: nvmeofSpec,
  },
  V105: {
    name: "driver-version",
    severity: "warning",
    summary: "DriverVersion is 10.",
    why: "Builds before the setup menu refuse any other value; later ones write 10 when they start.",
    hint: "Start the newer firmware once, or set the variables again",
    spec: nvmeofSpec,
  },
  V106: {
    name: "unterminated",
    severity: "error",
    summary: "Every string of the NVMe-oF variables ends with a NUL in its field.",
    why: "The driver reads on into the next field.",
    hint: "Set the variables again with shorter texts",
    spec: nvmeofSpec,
  },
  V107: {
    name: "left-over",
    severity: "info",
    summary: "The bytes after a string are zero.",
    why: "setattempt copies earlier contents of its line buffer; nothing reads them, but they may reveal older texts.",
    hint: "Nothing to do; nbft vars set STORE --attempts CONFIG writes zeros there",
    spec: nvmeofSpec,
  },
  V108: {
    name: "stale-discovery",
    severity: "info",
    summary: "Discovery data is as old as the attempts that need it.",
    why: "The driver writes it after a discovery and never removes it: it may be from an earlier configuration.",
    hint: "Nothing to do; delete NvmeOfDiscoveryData if it is misleading",
    spec: nvmeofSpec,
  },
  V109: {
    name: "vlan-variable",
    severity: "warning",
    summary: "For an attempt on a VLAN the VLAN is configured on its interface.",
    why: "There is no VLAN device: the attempt is silently ignored.",
    hint: "nbft vars set STORE --attempts CONFIG also writes the VLAN variable",
    spec: nvmeofSpec,
  },
  V110: {
    name: "ip6-policy",
    severity: "warning",
    summary: "For an IPv6 attempt the interface's IPv6 policy is automatic.",
    why: "The policy of a new store is manual: the attempt times out after 80 seconds.",
    hint: "nbft vars set STORE --attempts CONFIG also writes the Ip6Config variable with the automatic policy",
    spec: nvmeofSpec,
  },
});

/** Code of a rule about variable stores. */
export type StoreRuleCode = keyof typeof storeRules;

/** Where a finding lies: path in the store, and bytes of the file. */
export interface FindingPlace {
  readonly path?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly hint?: string;
  /** Where one case of a rule is worse than the others. */
  readonly severity?: Severity;
}

/** A finding of one of the rules. */
export function storeFinding(code: StoreRuleCode, message: string, place: FindingPlace = {}): Diagnostic {
  const rule = storeRules[code];
  const { name, spec } = rule;
  const { path = "", offset = 0, length = 0, hint, severity = rule.severity } = place;
  return {
    rule: code,
    name,
    severity,
    path,
    offset,
    length,
    message,
    ...foundAndExpected(message, wordBefore(message)),
    ...(hint !== undefined && { hint }),
    spec,
  };
}

/** What a message says is there, before what it expects: a number, in bytes or not, or one word. */
function wordBefore(message: string): number | string | undefined {
  const word = /(\S+)(?: bytes)?, expected /.exec(message)?.[1];
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : word;
}
