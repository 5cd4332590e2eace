import { escapeText } from "../../text/escape.ts";
import { lineStyle } from "./picture-style.ts";
import type { Topology, TopologyNode } from "./topology.ts";

/** A topology as a Mermaid flowchart, for Markdown pages that draw one. */
export function topologyMermaid({ nodes, networks, edges, left }: Topology): string {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const nodeLine = ({ id, lines }: TopologyNode) => `  ${ids.get(id)}["${lines.map(quote).join("<br/>")}"]`;
  const groups = networks.flatMap(({ id, lines }, i) => [
    `  subgraph w${i} ["${lines.map(quote).join("<br/>")}"]`,
    ...nodes.filter(({ network }) => network === id).map((node) => `  ${nodeLine(node)}`),
    "  end",
  ]);
  const lines = edges.map((edge) => {
    const { role, state } = edge;
    const arrow = state !== "open" ? "-.-x" : role === "primary" ? "==>" : role === "found" ? "-.->" : "-->";
    const words = role === "part" && state === "open" ? "" : lineStyle(edge).words;
    return `  ${ids.get(edge.from)} ${arrow}${words === "" ? "" : `|"${words}"|`} ${ids.get(edge.to)}`;
  });
  const note = left === undefined ? [] : [`  left["${quote(left)}"]`];
  const single = nodes.filter(({ network }) => network === undefined);
  return `flowchart LR\n${[...single.map(nodeLine), ...groups, ...lines, ...note].join("\n")}\n`;
}

/** Mermaid reads entities in quoted text; everything that could end the quote or start markup becomes one. */
function quote(text: string): string {
  return escapeText(text).replace(/[&<>"'`#;[\]{}|\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
