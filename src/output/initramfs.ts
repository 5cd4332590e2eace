import type { InitramfsDescription, Shown } from "../initramfs/description.ts";
import type { InitramfsProblem } from "../initramfs/key-problems.ts";
import type { KeyHost } from "../initramfs/keys.ts";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "./paint.ts";

/** What an initramfs has, each with the file that shows it, and what it lacks. */
export function formatInitramfs(
  path: string,
  description: InitramfsDescription,
  problems: readonly InitramfsProblem[],
  unpredicted: string | undefined,
  paint: Paint,
): string {
  const rows = [...rowsOf(description)];
  const width = Math.max(...rows.map(([title]) => title.length));
  const lines = rows.map(([title, value, file]) => {
    const where = file === undefined ? "" : `  ${paint.dim(escapeText(file))}`;
    return `  ${title.padEnd(width)}  ${escapeText(value)}${where}\n`;
  });
  const trouble = problems.map(({ fatal, message, file }) => {
    const mark = fatal ? paint.bad("cannot boot") : paint.doubtful("note");
    return `  ${mark}: ${escapeText(message)}${file === undefined ? "" : ` (${escapeText(file)})`}\n`;
  });
  const none = unpredicted === undefined ? [] : [`  ${paint.doubtful("note")}: ${escapeText(unpredicted)}\n`];
  return `${paint.bold(escapeText(path))}\n${lines.join("")}${trouble.join("")}${none.join("")}`;
}

/** Whose keys, and how many places have one of their own. */
function keysOf({ hostNqn, ports }: KeyHost): string {
  const own = ports.length === 0 ? "" : `, ${ports.length} ${ports.length === 1 ? "port" : "ports"}`;
  return `of ${hostNqn ?? "a host without NQN"}${own}`;
}

type Row = readonly [title: string, value: string, file?: string | undefined];

function* rowsOf(description: InitramfsDescription): Generator<Row> {
  const shown = (title: string, found: Shown | undefined, absent = "none"): Row => [
    title,
    found?.value ?? absent,
    found?.file,
  ];
  yield shown("dracut", description.dracut, "not made by dracut");
  yield shown("nvme-cli", description.nvmeCli);
  yield ["libnvme", description.libnvme.map(({ value }) => value).join(", ") || "none", description.libnvme[0]?.file];
  yield shown("NetworkManager", description.networkManager);
  const reads = description.networkManagerReadsNbft;
  if (reads) yield ["reads NBFTs", reads.value ? "yes, by itself" : "no, it takes dracut's lines", reads.file];
  if (description.networkLegacy) yield ["network-legacy", "there", description.networkLegacy.file];
  yield ["nvmf hook", description.nvmfHook ? "there" : "missing", description.nvmfHook?.file];
  yield ["jq", description.jq ? "there" : "missing", description.jq?.file];
  const hostOnly = description.hostOnly;
  yield ["made for", hostOnly ? (hostOnly.value ? "one machine" : "any machine") : "not known", hostOnly?.file];
  yield shown("host NQN", description.hostNqn);
  yield shown("host ID", description.hostId);
  for (const file of description.configuration)
    if (file !== description.keys?.file) yield ["/etc/nvme", "configuration, not looked at", file];
  const { keys } = description;
  if (keys) yield ["keys", keys.problem ?? keys.hosts.map(keysOf).join("; "), keys.file];
  for (const { file, words } of description.commandLine) yield ["command line", words.join(" "), file];
  yield ["kernel", description.kernel?.value ?? "none", description.kernel?.file];
  for (const { name, state, file } of description.modules) yield [name, state, file];
}
