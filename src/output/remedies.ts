import { shellWord } from "../consumers/shell-word.ts";
import type { Remedies } from "../repair/remedies.ts";
import { escapeText } from "../text/escape.ts";
import { formatNote } from "./connect-plan.ts";
import type { Paint } from "./paint.ts";

/** What can be done about some tables, as text. */
export function formatRemedies({ commandLines, repairs, firmware, storage }: Remedies, paint: Paint): string {
  const around = commandLines.flatMap(({ consumers, words, notes }) => [
    `  Boot without the table (${consumers.join(", ")}): add to the kernel command line`,
    `    ${escapeText(words.join(" "))}`,
    ...notes.map((item) => `    ${paint.dim(formatNote(item))}`),
  ]);
  const repair = repairs.flatMap(({ source, rules }) => [
    `  Replace the table with a repaired one (${rules.join(", ")}); needs Linux 6.3 or later`,
    `    nbft repair ${shellWord(source)} -w NBFT.repaired`,
    "    nbft initrd NBFT.repaired --raise-revision --base INITRD -w INITRD.new",
  ]);
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${escapeText(line)}`)];
  const lines = [
    ...around,
    ...repair,
    ...part("Report to the firmware's administrator or vendor", firmware),
    ...part("Ask the storage and network administrators", storage),
  ];
  if (lines.length === 0) return "";
  return [paint.bold("What you can do"), ...lines].map((line) => `${line}\n`).join("");
}
