import { readFile } from "../src/acpi/container.ts";
import { bytesReader } from "../src/acpi/reader.ts";
import { explainTables } from "../src/consumers/explain.ts";
import { NbftError } from "../src/errors.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { consumerMatrix } from "../src/output/report/consumer-matrix.ts";
import { escapeHtml } from "../src/output/report/escape-html.ts";
import { explainedFindings } from "../src/output/report/explained-findings.ts";
import { type ReportTable, reportBody } from "../src/output/report/html.ts";
import { reportStyle } from "../src/output/report/style.ts";
import { attachViewer } from "../src/output/report/viewer.ts";
import { describeVariable } from "../src/uefi/describe-variable.ts";
import { readVariables } from "../src/uefi/files/variable-file.ts";
import { vendorName } from "../src/uefi/guids.ts";

// The page decodes what a person drops on it. Nothing leaves the browser: its content security policy allows no connection.

/** Files beyond this are for the command line. */
const MAX_FILE_BYTES = 256 << 20;

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const result = find("result");

document.head.append(Object.assign(document.createElement("style"), { textContent: reportStyle }));
attachViewer(document);

async function show(file: File): Promise<void> {
  find("message").textContent = `Reading ${file.name} …`;
  try {
    if (file.size > MAX_FILE_BYTES)
      throw new NbftError(`${file.size} bytes are too many for this page; use nbft on the command line`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    result.innerHTML = tablesHtml(file.name, bytes) ?? variablesHtml(file.name, bytes);
    find("message").textContent = "";
  } catch (error) {
    result.textContent = "";
    find("message").textContent = `${file.name}: ${(error as Error).message}`;
    if (!(error instanceof NbftError)) throw error;
  }
}

/** The report of the NBFTs in a file of any kind; undefined when it is a variable store. */
function tablesHtml(name: string, bytes: Uint8Array): string | undefined {
  if (isVariableStore(bytes)) return undefined;
  const { kind, tables } = readFile(bytesReader(bytes));
  const found = kind === "table" ? tables : tables.filter(({ signature }) => signature === "NBFT");
  if (found.length === 0) throw new NbftError(`read as ${kind}: no NBFT, ${tables.length} other tables`);
  const explanation = explainTables(found.map((table) => ({ path: table.name, bytes: table.bytes })));
  const shown = found.map((table, i): ReportTable => {
    const reading = readNbft(table.bytes);
    const matrix = consumerMatrix(explanation, explanation.tables[i]!);
    return {
      name: kind === "table" ? name : `${name}: ${table.name}`,
      reading,
      findings: explainedFindings(table.bytes),
      matrix,
    };
  });
  return reportBody({ tables: shown });
}

function isVariableStore(bytes: Uint8Array): boolean {
  try {
    return readVariables(bytes).length >= 0;
  } catch (error) {
    if (error instanceof NbftError) return false;
    throw error;
  }
}

function variablesHtml(name: string, bytes: Uint8Array): string {
  const variables = readVariables(bytes);
  const rows = variables.map((variable) => {
    const said = describeVariable(variable);
    const value = said
      ? JSON.stringify(said.value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part), 1)
      : "";
    return `<tr><td>${escapeHtml(variable.name)}</td><td>${escapeHtml(vendorName(variable.guid) ?? variable.guid)}</td><td>${variable.data.length}</td><td><details><summary>${escapeHtml(said?.kind ?? "bytes")}</summary><pre>${escapeLines(value)}</pre></details></td></tr>`;
  });
  return `<h2>${escapeHtml(name)}: ${variables.length} variables</h2><table id="variables"><thead><tr><th>name</th><th>vendor</th><th>bytes</th><th>value</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** JSON keeps its line ends; everything else is escaped. */
function escapeLines(text: string): string {
  return text.split("\n").map(escapeHtml).join("\n");
}

const drop = find("drop");
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const [file] = event.dataTransfer?.files ?? [];
  if (file) void show(file);
});
find<HTMLInputElement>("file").addEventListener("change", (event) => {
  const [file] = (event.target as HTMLInputElement).files ?? [];
  if (file) void show(file);
});
find("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  void show(new File([find<HTMLTextAreaElement>("text").value], "pasted text"));
});
