import { DecodeError } from "../../errors.ts";
import type { Paint } from "../../output/paint.ts";
import { holdsSecret } from "../../secrets/hide.ts";
import { escapeText } from "../../text/escape.ts";
import { formatHex } from "../../text/hex.ts";
import { formatJson } from "../../text/json.ts";
import { formatAttributes } from "../../uefi/attributes.ts";
import type { FirmwareConfig, HostIdEncoding } from "../../uefi/config/firmware-config.ts";
import { decodeFirmwareConfig } from "../../uefi/config/variables.ts";
import { describeVariable, type VariableValue } from "../../uefi/describe-variable.ts";
import { readVariables } from "../../uefi/files/variable-file.ts";
import { vendorGuids, vendorName } from "../../uefi/guids.ts";
import { nvmeofNames } from "../../uefi/nvmeof/names.ts";
import { formatConfig } from "../../uefi/setattempt/format-config.ts";
import type { SignatureList } from "../../uefi/signatures/signature-list.ts";
import { type Variable, variableOf } from "../../uefi/variable.ts";
import { paintFor } from "../color.ts";
import { aboutFile, type Io, UsageError } from "../io.ts";
import type { VarsShowOptions } from "../options/vars-rows.ts";
import { concernsBoot } from "./concerns-boot.ts";
import { readStore, vendorOf } from "./store-file.ts";
import { hexLines } from "./table.ts";

/** The configuration in a store's NVMe-oF variables, or undefined without the global data. */
function configIn(variables: readonly Variable[], hostIdEncoding: HostIdEncoding): FirmwareConfig | undefined {
  const global = variableOf(variables, vendorGuids.nvmeof, nvmeofNames.globalData);
  if (!global) return undefined;
  const attempts = variableOf(variables, vendorGuids.nvmeof, nvmeofNames.attempts)?.data ?? new Uint8Array();
  return decodeFirmwareConfig({ globalData: global.data, attempts }, { hostIdEncoding });
}

function readableConfig(variables: readonly Variable[], hostIdEncoding: HostIdEncoding): FirmwareConfig | undefined {
  try {
    return configIn(variables, hostIdEncoding);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Shows what variables say; without names, those that a network boot depends on. */
export function showVariables(io: Io, path: string, names: readonly string[], options: VarsShowOptions): void {
  const variables = aboutFile(path, () => readVariables(readStore(io, path)));
  if (options.outputFormat === "config") {
    const config = configIn(variables, options.hostId);
    if (!config) throw new UsageError(`${escapeText(path)}: no NvmeofGlobalData`);
    io.out(formatConfig(config));
    return;
  }
  const guid = options.guid === undefined ? undefined : vendorOf(options.guid);
  const wanted = variables.filter(
    (variable) =>
      (guid === undefined || variable.guid === guid) &&
      (names.length > 0 ? names.includes(variable.name) : guid !== undefined || concernsBoot(variable)),
  );
  const missing = names.find((name) => !wanted.some((variable) => variable.name === name));
  if (missing !== undefined) throw new UsageError(`${escapeText(path)}: no variable ${escapeText(missing)}`);
  if (options.outputFormat === "json") {
    const shown = wanted.map((variable) => jsonOf(variable, options));
    const config = names.length === 0 ? readableConfig(variables, options.hostId) : undefined;
    io.out(formatJson({ ...(config && { config }), variables: shown }));
  } else for (const variable of wanted) io.out(textOf(variable, options, names.length > 0, paintFor(io)));
}

function jsonOf(variable: Variable, { leftOver }: VarsShowOptions) {
  const { name, guid, attributes, data } = variable;
  const described = describeVariable(variable, { leftOver });
  return {
    name,
    guid,
    vendor: vendorName(guid),
    attributes,
    attributesText: formatAttributes(attributes),
    size: data.length,
    ...described,
    data: formatHex(data),
  };
}

/**
 * Text that a user can give back: backslashes of file paths and VLAN suffixes are doubled only where something else had to
 * be escaped.
 */
function plainText(text: string): string {
  const escaped = escapeText(text);
  return escaped.replaceAll("\\\\", "\\") === text ? text : escaped;
}

/** A heading, then what the variable says; the bytes where that is not known. */
function textOf(variable: Variable, { leftOver, showSecrets }: VarsShowOptions, whole: boolean, paint: Paint): string {
  const { name, guid, attributes, data } = variable;
  const described = describeVariable(variable, { leftOver });
  const size = `${data.length} ${data.length === 1 ? "byte" : "bytes"}`;
  const head = `${paint.bold(escapeText(name))} (${vendorName(guid) ?? guid})  ${formatAttributes(attributes)}  ${size}\n`;
  const lines = described ? linesOf(described, showSecrets ?? false) : undefined;
  const shown = whole || data.length <= 64 ? hexLines(data) : [`${data.length} bytes of unknown meaning`];
  const body = lines ?? (!showSecrets && holdsSecret(data) ? ["(a secret, hidden: --show-secrets shows it)"] : shown);
  return `${head}${body.map((line) => `  ${line}\n`).join("")}`;
}

function linesOf(described: VariableValue, secrets: boolean): string[] {
  switch (described.kind) {
    case "nvmeof-attempts":
      return described.value.flatMap((attempt, i) => {
        const { macString, nqn, targetPort, enabled } = attempt;
        const unused = macString === "" && nqn === "" && targetPort === 0 && enabled === 0;
        const shown = unused ? [] : fieldLines(attempt, secrets);
        return shown.length === 0 ? [] : [`attempt ${i + 1}`, ...shown.map((line) => `  ${line}`)];
      });
    case "nvmeof-global-data":
      return fieldLines({ ...described.value, ...(described.leftOver && { leftOver: described.leftOver }) }, secrets);
    case "nvmeof-discovery-data":
      return described.value.flatMap(({ subsystemNqn, namespaces }) => [
        escapeText(subsystemNqn),
        ...namespaces.map(({ nsid, nid }) => `  namespace ${nsid} ${nid}`),
      ]);
    case "boot-option": {
      const { description, paths, attributes, optionalData } = described.value;
      const state = (attributes & 1) === 0 ? ", not active" : "";
      const data = optionalData === "" ? [] : [`optional data ${optionalData}`];
      return [`"${escapeText(description)}"${state}`, ...paths.map(plainText), ...data];
    }
    case "boot-order":
      return [described.value.join(" ")];
    case "signatures":
      return described.value.flatMap(signatureLines);
    case "vlan":
      return described.value.map(({ id, priority }) => `VLAN ${id}${priority === 0 ? "" : `, priority ${priority}`}`);
    case "ip-config": {
      const { policy, records, checksumOk } = described.value;
      return [
        `policy ${policy ?? "not set"}${checksumOk ? "" : " (the checksum is wrong)"}`,
        ...records.filter(({ type }) => type !== "policy").map(({ type, data }) => `${type} ${data}`),
      ];
    }
    default:
      return [plainText(String(described.value))];
  }
}

/** Certificates by their names; signatures of other kinds have none. */
function signatureLines({ type, signatures }: SignatureList): string[] {
  if (signatures.every(({ subject }) => subject === undefined)) return [`${signatures.length} × ${type}`];
  return signatures.map(({ subject, validUntil, owner }) => {
    const until = validUntil === undefined ? "" : `, valid until ${validUntil}`;
    return `${type} ${escapeText(subject ?? "that cannot be read")}${until}, added by ${vendorName(owner) ?? owner}`;
  });
}

/** Fields that are not zero, empty or unused. */
function fieldLines(record: object, secrets: boolean): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (value === undefined || value === "" || value === 0 || value === "none" || /^[0-]*$/.test(String(value)))
      return [];
    if (isKeyPlace(key) && !secrets) return [`${key}: (hidden: --show-secrets shows it)`];
    if (typeof value !== "object") return [`${key}: ${plainText(String(value))}`];
    return Object.entries(value as object).map(([field, left]) => `left over behind ${field}: ${left}`);
  });
}

/** Fields that say where a key lies. */
function isKeyPlace(field: string): boolean {
  return field === "securityKeyPath" || field === "hostSecurityPath";
}
