import type { Diagnostic, Severity } from "../../diagnostic.ts";

/** Findings about a machine's configuration: code, name and severity in one place. */
const qemuRules = {
  Q001: ["acpitable-large", "error"],
  Q002: ["acpitable-short", "error"],
  Q003: ["acpitable-length", "warning"],
  Q004: ["acpitable-checksum", "warning"],
  Q005: ["acpitable-path", "error"],
  Q006: ["acpitable-total", "error"],
  Q007: ["acpitable-target", "error"],
  Q008: ["acpitable-ignored", "error"],
  Q009: ["acpitable-number", "error"],
  Q010: ["acpitable-key", "error"],
  Q011: ["acpitable-source", "error"],
  Q012: ["acpitable-migration", "warning"],
  Q020: ["fw-cfg-name", "error"],
  Q021: ["fw-cfg-prefix", "warning"],
  Q022: ["fw-cfg-duplicate", "error"],
  Q023: ["fw-cfg-slots", "error"],
  Q024: ["fw-cfg-source", "error"],
  Q025: ["fw-cfg-reserved", "error"],
  Q030: ["firmware-pair", "error"],
  Q031: ["firmware-vars", "error"],
  Q032: ["firmware-size", "error"],
  Q033: ["file-missing", "error"],
  Q034: ["firmware-none", "error"],
  Q040: ["duplicate-id", "error"],
  Q041: ["duplicate-mac", "error"],
  Q042: ["pci-place", "error"],
  Q043: ["pci-unknown", "warning"],
  Q044: ["network-reach", "warning"],
  Q045: ["network-vlan", "warning"],
  Q050: ["same-ids", "warning"],
  Q051: ["acpi-off", "error"],
  Q052: ["write-pointer", "warning"],
  Q053: ["inject-root", "error"],
  Q060: ["smbios-uuid", "warning"],
} as const satisfies Record<string, readonly [name: string, severity: Severity]>;

export type QemuRule = keyof typeof qemuRules;

/** A finding about a machine's configuration. There is no file behind it, so offset and length are 0. */
export function qemuFinding(rule: QemuRule, path: string, message: string, hint?: string): Diagnostic {
  const [name, severity] = qemuRules[rule];
  return { rule, name, severity, path, offset: 0, length: 0, message, ...(hint !== undefined && { hint }) };
}
