import type { Diagnostic } from "../../diagnostic.ts";
import { DecodeError } from "../../errors.ts";
import type { Structure } from "../../structure/index.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { formatAttributes } from "../attributes.ts";
import { decodeIpConfig, ipPolicy } from "../companion/ip-config.ts";
import { type NetworkName, parseMacString } from "../companion/network-name.ts";
import { decodeVlans } from "../companion/vlan.ts";
import type { FirmwareConfig, HostIdEncoding } from "../config/firmware-config.ts";
import { decodeFirmwareConfig } from "../config/variables.ts";
import { vendorGuids } from "../guids.ts";
import { nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";
import { findLeftOver } from "../nvmeof/left-over.ts";
import { nvmeofNames } from "../nvmeof/names.ts";
import { configRules } from "../setattempt/rules/index.ts";
import { type Variable, variableOf } from "../variable.ts";
import { type StoreRuleCode, storeFinding } from "./rules.ts";

/** A variable, and where its data lie in the file that it came from. */
type Placed = Variable & { readonly dataOffset?: number };

/**
 * Checks the NVMe-oF variables of a store and those that they need beside them: rules `V101` … and, for what the attempts
 * say, `A101` …. Nothing is found where there are none.
 */
export function checkNvmeofVariables(
  variables: readonly Placed[],
  options: { readonly hostIdEncoding?: HostIdEncoding | undefined } = {},
): Diagnostic[] {
  const global = variableOf(variables, vendorGuids.nvmeof, nvmeofNames.globalData);
  const attempts = variableOf(variables, vendorGuids.nvmeof, nvmeofNames.attempts);
  const found: Diagnostic[] = [];
  if (!global && !attempts) return found;
  for (const variable of variables) {
    if (variable.guid !== vendorGuids.nvmeof || variable.attributes === 3) continue;
    found.push(
      at(
        "V101",
        variable,
        `${variable.name} has the attributes ${formatAttributes(variable.attributes)}, expected NV+BS`,
      ),
    );
  }
  if (!global && attempts)
    found.push(at("V104", attempts, "There is no NvmeofGlobalData: the driver counts 0 attempts"));
  if (global) found.push(...checkGlobal(global, attempts));
  if (attempts) found.push(...checkAttempts(attempts));
  if (!global || global.data.length !== nvmeofGlobalData.size) return found;
  const config = decodeFirmwareConfig(
    { globalData: global.data, attempts: attempts?.data ?? new Uint8Array() },
    options,
  );
  found.push(...checkSettings(config, global, attempts), ...checkCompanions(config, variables, attempts ?? global));
  const stale = variableOf(variables, vendorGuids.nvmeof, nvmeofNames.discoveryData);
  if (stale && !config.attempts.some(({ nqn, enabled }) => enabled !== 0 && nqn.toLowerCase() === DISCOVERY_NQN)) {
    found.push(at("V108", stale, "There is discovery data, but no attempt asks a discovery controller by its NQN"));
  }
  return found;
}

function at(
  code: StoreRuleCode,
  variable: Placed,
  message: string,
  start = 0,
  length = variable.data.length,
): Diagnostic {
  return storeFinding(code, message, { path: variable.name, offset: (variable.dataOffset ?? 0) + start, length });
}

function* checkGlobal(global: Placed, attempts: Placed | undefined): Generator<Diagnostic> {
  const { data } = global;
  if (data.length !== nvmeofGlobalData.size) {
    yield at("V102", global, `NvmeofGlobalData has ${data.length} bytes, expected ${nvmeofGlobalData.size}`);
    return;
  }
  const count = data[1]!;
  const version = data[2]! | (data[3]! << 8);
  if (version !== 10) yield at("V105", global, `DriverVersion is ${version}, expected 10`, 2, 2);
  if (!attempts && count > 0) {
    yield at("V104", global, `${count} attempts are counted, but there is no Nvmeof_Attemptconfig`, 1, 1);
  }
  if (attempts && count * nvmeofAttemptConfig.size > attempts.data.length) {
    const room = Math.floor(attempts.data.length / nvmeofAttemptConfig.size);
    yield at("V103", global, `${count} attempts are counted, Nvmeof_Attemptconfig has room for ${room}`, 1, 1);
  }
  yield* checkTexts(global, nvmeofGlobalData, 0);
}

function* checkAttempts(attempts: Placed): Generator<Diagnostic> {
  const { size } = nvmeofAttemptConfig;
  const { length } = attempts.data;
  if (length % size !== 0) {
    yield at("V103", attempts, `Nvmeof_Attemptconfig has ${length} bytes, no multiple of ${size}`);
  }
  for (let start = 0; start + size <= length; start += size) yield* checkTexts(attempts, nvmeofAttemptConfig, start);
}

/** Texts without a NUL, and bytes after one: one finding a record, not one a field. */
function* checkTexts(variable: Placed, structure: Structure, start: number): Generator<Diagnostic> {
  for (const [field, { kind, at: offset, size }] of Object.entries(structure.fields)) {
    if (kind !== "cstring") continue;
    if (variable.data.subarray(start + offset, start + offset + size).includes(0)) continue;
    yield at("V106", variable, `${field} has no NUL in its ${size} bytes`, start + offset, size);
  }
  const left = findLeftOver(structure, variable.data, start);
  const [first] = left;
  if (!first) return;
  const fields = left.map(({ field }) => field).join(", ");
  yield at("V107", variable, `Left-over bytes stand after ${fields}`, first.offset, first.bytes.length);
}

/** What the attempts say, with the rules of the text; a property's place is its field in the variable. */
function* checkSettings(config: FirmwareConfig, global: Placed, attempts: Placed | undefined): Generator<Diagnostic> {
  for (const rule of configRules) {
    for (const { path, message, hint } of rule.check(config)) {
      const { code, name, severity, spec } = rule;
      const place = bytesAt(path, global, attempts);
      yield { rule: code, name, severity, path, ...place, message, ...(hint !== undefined && { hint }), spec };
    }
  }
}

function bytesAt(path: string, global: Placed, attempts: Placed | undefined): { offset: number; length: number } {
  const [, index, name] = /^attempts\[(\d+)\](?:\.(.+))?$/.exec(path) ?? [];
  const [variable, structure] = index === undefined ? [global, nvmeofGlobalData] : [attempts, nvmeofAttemptConfig];
  const start = (variable?.dataOffset ?? 0) + Number(index ?? 0) * structure.size;
  const fields: Structure["fields"] = structure.fields;
  const field = fields[index === undefined ? path : (name ?? "")];
  return field ? { offset: start + field.at, length: field.size } : { offset: start, length: structure.size };
}

/** Interfaces of the enabled attempts, each once, with what their network stack needs. */
export function neededNetworks(config: FirmwareConfig): (NetworkName & { readonly ipv6: boolean })[] {
  const needed = new Map<string, NetworkName & { ipv6: boolean }>();
  for (const { enabled, macString, ipMode } of config.attempts) {
    const network = enabled === 0 ? undefined : parseMacString(macString);
    if (!network) continue;
    const key = `${network.variable}/${network.vlan}`;
    const known = needed.get(key);
    needed.set(key, { ...network, ipv6: ipMode === 1 || known?.ipv6 === true });
  }
  return [...needed.values()];
}

/** Name of the variables of the network stack on an interface: the VLAN's own where there is one. */
export function stackName({ variable, vlan }: NetworkName): string {
  return vlan === undefined ? variable : `${variable}\\${vlan.toString(16).toUpperCase().padStart(4, "0")}`;
}

function* checkCompanions(config: FirmwareConfig, variables: readonly Placed[], where: Placed): Generator<Diagnostic> {
  for (const network of neededNetworks(config)) {
    const { variable, vlan, ipv6 } = network;
    if (vlan !== undefined && !vlansOf(variables, variable).includes(vlan)) {
      yield at("V109", where, `VLAN ${vlan} is not configured on ${variable}`);
    }
    if (ipv6 && policyOf(variables, stackName(network)) !== 1) {
      yield at("V110", where, `The IPv6 policy of ${stackName(network)} is not automatic`);
    }
  }
}

/** VLAN ids that are configured on an interface, by the name of its variables. */
export function vlansOf(variables: readonly Placed[], name: string): number[] {
  return (
    tolerant(() =>
      decodeVlans(variableOf(variables, vendorGuids.vlan, name)?.data ?? new Uint8Array()).map(({ id }) => id),
    ) ?? []
  );
}

/** Policy of an IPv6 stack, by the name of its variables: 1 is automatic. */
export function policyOf(variables: readonly Placed[], name: string): number | undefined {
  const stored = variableOf(variables, vendorGuids.ip6config, name);
  return stored && tolerant(() => ipPolicy(decodeIpConfig("ipv6", stored.data)));
}

function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
