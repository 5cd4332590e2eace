import { NbftError } from "../src/errors.ts";
import { escapeHtml } from "../src/output/report/escape-html.ts";
import { findingsHtml, rulesHtml } from "../src/output/report/findings.ts";
import { factsOfStore } from "../src/predict/facts-of-store.ts";
import { predictNbft } from "../src/predict/predict.ts";
import { defaultFirmwareProfile } from "../src/predict/profile.ts";
import { ruleOf } from "../src/rules/catalogue.ts";
import { formatHex } from "../src/text/hex.ts";
import type { FirmwareAttempt } from "../src/uefi/config/firmware-config.ts";
import { decodeFirmwareConfig } from "../src/uefi/config/variables.ts";
import { describeVariable } from "../src/uefi/describe-variable.ts";
import { readVariables } from "../src/uefi/files/variable-file.ts";
import { vendorName } from "../src/uefi/guids.ts";
import { checkVariables } from "../src/uefi/store/check-store.ts";
import type { ShownTable } from "./source.ts";

/** A variable store: its attempts, what is wrong with it, the table that a firmware will make of it, and every variable. */
export function storeView(name: string, bytes: Uint8Array): { html: string; tables: readonly ShownTable[] } {
  const variables = readVariables(bytes);
  const { variables: nvmeof, refusal, facts, notes } = factsOfStore(variables);
  const findings = checkVariables(bytes).map((finding) => ({ ...finding, about: ruleOf(finding.rule) }));
  const {
    bytes: table,
    reason,
    assumptions,
  } = nvmeof ? predictNbft(nvmeof, { facts }) : { reason: refusal, assumptions: [] };
  const attempts = nvmeof ? attemptsHtml(nvmeof) : "";
  const predicted = table ? "" : `<p class="warning">No table to be published: ${escapeHtml(reason ?? "")}.</p>`;
  return {
    html: `<section><h2>${escapeHtml(name)}: ${variables.length} variables</h2>
${attempts}${predicted}<h3>Check</h3>${findingsHtml(findings, "store")}
<details id="all-variables"><summary>All variables</summary>${variablesHtml(variables)}</details>
${rulesHtml(findings)}</section>`,
    tables: table
      ? [
          {
            name: `predicted table (firmware ${defaultFirmwareProfile})`,
            bytes: table,
            notes: [...notes, ...assumptions.map((each) => `assumed: ${each}`)],
          },
        ]
      : [],
  };
}

/** What a row of the attempts says, one line each. */
const columns: readonly (readonly [
  heading: string,
  lines: (attempt: FirmwareAttempt) => readonly (string | undefined)[],
])[] = [
  ["card", ({ macString }) => [macString]],
  [
    "own address",
    ({ initiatorInfoFromDhcp, localIp, subnetMask, gateway }) =>
      initiatorInfoFromDhcp ? ["by DHCP"] : [localIp, subnetMask, gateway && `gateway ${gateway}`],
  ],
  [
    "target",
    ({ targetInfoFromDhcp, dnsMode, serverName, targetIp, targetPort }) =>
      targetInfoFromDhcp ? ["by DHCP root path"] : [dnsMode ? serverName : targetIp, `port ${targetPort}`],
  ],
  ["subsystem", ({ nqn, nid }) => [nqn, nid && `namespace ${nid}`]],
];

function attemptsHtml(nvmeof: Parameters<typeof decodeFirmwareConfig>[0]): string {
  try {
    const { hostNqn, hostId, attempts } = decodeFirmwareConfig(nvmeof);
    const head = columns.map(([heading]) => `<th scope="col">${heading}</th>`).join("");
    const rows = attempts.map(
      (attempt, i) =>
        `<tr><th scope="row">${i + 1} ${escapeHtml(attempt.attemptName ?? "")}${attempt.enabled === 0 ? " (off)" : ""}</th>${columns.map(([heading, lines]) => cellHtml(heading, lines(attempt))).join("")}</tr>`,
    );
    return `<p>Host ${escapeHtml(hostNqn ?? "")}${hostId ? `, ID ${escapeHtml(hostId)}` : ""}</p><h3>Attempts</h3><table id="attempts" class="matrix"><thead><tr><th scope="col">attempt</th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    return `<p class="error">Attempts cannot be read: ${escapeHtml(error.message)}</p>`;
  }
}

function cellHtml(heading: string, lines: readonly (string | undefined)[]): string {
  const shown = lines.filter((line) => line !== undefined && line !== "").map((line) => escapeHtml(line!));
  return `<td data-label="${heading}">${shown.join("<br>")}</td>`;
}

function variablesHtml(variables: ReturnType<typeof readVariables>): string {
  const rows = variables.map((variable) => {
    const said = describeVariable(variable);
    const value = said
      ? JSON.stringify(said.value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part), 1)
      : formatHex(variable.data.subarray(0, 4096), " ");
    const lines = value.split("\n").map(escapeHtml).join("\n");
    return `<tr><th scope="row">${escapeHtml(variable.name)}</th><td data-label="vendor">${escapeHtml(vendorName(variable.guid) ?? variable.guid)}</td><td data-label="bytes">${variable.data.length}</td><td><details><summary>${escapeHtml(said?.kind ?? "bytes")}</summary><pre>${lines}</pre></details></td></tr>`;
  });
  return `<table id="variables" class="matrix"><thead><tr><th scope="col">name</th><th scope="col">vendor</th><th scope="col">bytes</th><th scope="col">value</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
