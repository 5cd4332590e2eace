import { escapeText } from "../../text/escape.ts";
import type { Topology } from "./topology.ts";

/** A topology as a Mermaid flowchart, for Markdown pages that draw one. */
export function topologyMermaid(topology: Topology): string {
  const ids = new Map(topology.nodes.map(({ id }, i) => [id, `n${i}`]));
  const nodes = topology.nodes.map(({ id, lines, state }) => {
    const note = state === "usable" ? [] : [`(${state})`];
    return `  ${ids.get(id)}["${[...lines, ...note].map(quote).join("<br/>")}"]`;
  });
  const edges = topology.edges.map(({ from, to, label, state }) => {
    const words = [label, state === "usable" ? undefined : state].filter((part) => part).join(", ");
    const arrow = state === "usable" ? "-->" : "-.->";
    return `  ${ids.get(from)} ${arrow}${words === "" ? "" : `|"${quote(words)}"|`} ${ids.get(to)}`;
  });
  return `flowchart LR\n${[...nodes, ...edges].join("\n")}\n`;
}

/** Mermaid reads entities in quoted text; everything that could end the quote or start markup becomes one. */
function quote(text: string): string {
  return escapeText(text).replace(/[&<>"'`#;[\]{}|\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
