import { explainTables } from "../src/consumers/explain.ts";
import { documentOf } from "../src/document/document.ts";
import { formatYaml } from "../src/document/format-yaml.ts";
import { NbftError } from "../src/errors.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { consumerMatrix } from "../src/output/report/consumer-matrix.ts";
import { escapeHtml } from "../src/output/report/escape-html.ts";
import { explainedFindings } from "../src/output/report/explained-findings.ts";
import { type ReportTable, reportBody } from "../src/output/report/html.ts";
import { reportStyle } from "../src/output/report/style.ts";
import { attachViewer } from "../src/output/report/viewer.ts";
import { type Sample, sampleFile } from "./samples.ts";
import { fileOfFragment, fragmentOf, type SharedFile } from "./share.ts";
import { type ShownTable, sourceOf, tableOfText } from "./source.ts";
import { storeView } from "./store.ts";

// The page shows what a person drops on it. Nothing leaves the browser: its content security policy allows no connection.

/** Files beyond this are for the command line. */
const MAX_FILE_BYTES = 256 << 20;

/** Set by scripts/site.mjs. */
declare const SAMPLES: readonly Sample[];

const find = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const result = find("result");
const editor = find<HTMLTextAreaElement>("yaml");

/** What is shown: the file itself, for a link, and the tables in it or made of it. */
let file: SharedFile | undefined;
let tables: readonly ShownTable[] = [];

document.head.prepend(Object.assign(document.createElement("style"), { textContent: reportStyle }));
attachViewer(document);

function show({ name, bytes }: SharedFile): void {
  find("shared").textContent = "";
  try {
    const source = sourceOf(name, bytes);
    file = { name, bytes };
    const store = source.kind === "store" ? storeView(name, bytes) : undefined;
    tables = source.kind === "tables" ? source.tables : store!.tables;
    const [first] = tables;
    result.innerHTML = (store?.html ?? "") + tablesHtml(tables);
    editor.value = (source.kind === "tables" ? source.text : undefined) ?? (first ? yamlOf(first) : "");
    find("mistakes").textContent = "";
    find("message").textContent = "";
    find("tools").hidden = false;
    find("download").hidden = first === undefined;
    find("edit").hidden = first === undefined || tables.length > 1;
    if (tables.length !== 1 || store) edit(false);
  } catch (error) {
    result.textContent = "";
    find("tools").hidden = true;
    edit(false);
    find("message").textContent = `${name}: ${(error as Error).message}`;
    if (!(error instanceof NbftError)) throw error;
  }
}

function yamlOf({ bytes }: ShownTable): string {
  try {
    return formatYaml(documentOf(readNbft(bytes)));
  } catch (error) {
    if (error instanceof NbftError) return "";
    throw error;
  }
}

/** The report of tables. */
function tablesHtml(shown: readonly ShownTable[]): string {
  if (shown.length === 0) return "";
  const explanation = explainTables(shown.map(({ name, bytes }) => ({ path: name, bytes })));
  const reports = shown.map(
    ({ name, bytes }, i): ReportTable => ({
      name,
      reading: readNbft(bytes),
      findings: explainedFindings(bytes),
      matrix: consumerMatrix(explanation, explanation.tables[i]!),
    }),
  );
  const notes = shown.flatMap((table) => table.notes.map((note) => `<li>${escapeHtml(note)}</li>`));
  return (
    (notes.length > 0 ? `<ul class="dim" id="notes">${notes.join("")}</ul>` : "") + reportBody({ tables: reports })
  );
}

/** Shows the table of the edited text; a mistake leaves the last one as it is. */
function showEdited(): void {
  if (!file) return;
  const text = editor.value;
  try {
    const bytes = new TextEncoder().encode(text);
    const edited = tableOfText(file.name, text);
    if (!edited) return;
    const before = digitsByField();
    const name = tables[0]!.name.replace(/( \(edited\))?$/, " (edited)");
    tables = [{ ...edited!, name }];
    file = { name: file.name, bytes };
    result.innerHTML = tablesHtml(tables);
    for (const [key, button] of buttonsByField())
      if (before.get(key) !== button.textContent) button.classList.add("changed");
    find("mistakes").textContent = "";
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    find("mistakes").textContent = error.message;
  }
}

/** The buttons of the bytes, by their field and which part of it they are. */
function buttonsByField(): Map<string, HTMLElement> {
  const counts = new Map<string, number>();
  const buttons = [...result.querySelectorAll<HTMLElement>(".bytes button")];
  return new Map(
    buttons.map((button) => {
      const path = button.dataset["path"] ?? "";
      const count = (counts.get(path) ?? 0) + 1;
      counts.set(path, count);
      return [`${path} ${count}`, button];
    }),
  );
}

function digitsByField(): Map<string, string | null> {
  return new Map([...buttonsByField()].map(([key, { textContent }]) => [key, textContent]));
}

function edit(on: boolean): void {
  find("editor").hidden = !on;
  find("edit").setAttribute("aria-pressed", String(on));
  find("work").classList.toggle("editing", on);
}

async function open(given: File): Promise<void> {
  find("message").textContent = `Reading ${given.name} …`;
  if (given.size > MAX_FILE_BYTES) {
    find("message").textContent =
      `${given.name}: ${given.size} bytes are too many for this page; use nbft on the command line`;
    return;
  }
  show({ name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) });
}

for (const sample of SAMPLES) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "action" });
  button.textContent = sample.title;
  button.addEventListener("click", () => show(sampleFile(sample)));
  const item = document.createElement("li");
  item.append(button);
  find("samples").append(item);
}

const drop = find("drop");
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const [given] = event.dataTransfer?.files ?? [];
  if (given) void open(given);
});
find<HTMLInputElement>("file").addEventListener("change", (event) => {
  const [given] = (event.target as HTMLInputElement).files ?? [];
  if (given) void open(given);
});
find("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  show({ name: "pasted text", bytes: new TextEncoder().encode(find<HTMLTextAreaElement>("text").value) });
});
find("edit").addEventListener("click", () => edit(find("editor").hidden === true));
let pause: ReturnType<typeof setTimeout> | undefined;
editor.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(showEdited, 200);
});
find("download").addEventListener("click", () => {
  const href = URL.createObjectURL(new Blob([tables[0]!.bytes as Uint8Array<ArrayBuffer>]));
  Object.assign(document.createElement("a"), { href, download: "NBFT" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
});
find("share").addEventListener("click", async () => {
  const fragment = file && (await fragmentOf(file));
  if (fragment) history.replaceState(null, "", fragment);
  find("shared").textContent = fragment
    ? "The address of this page has it now: copy it. What it carries stays in the browsers that open it."
    : "Too long for a link: download the table instead.";
});

async function showFragment(): Promise<void> {
  try {
    const shared = await fileOfFragment(location.hash);
    if (shared) show(shared);
  } catch {
    find("message").textContent = "The link is damaged: its end may be missing.";
  }
}
addEventListener("hashchange", () => void showFragment());
void showFragment();
