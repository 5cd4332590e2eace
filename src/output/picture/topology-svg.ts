import { escapeHtml } from "../report/escape-html.ts";
import type { PathState, Topology, TopologyNode } from "./topology.ts";

const columns: readonly (readonly TopologyNode["kind"][])[] = [
  ["host"],
  ["hfi"],
  ["portal", "discovery"],
  ["namespace"],
];
const BOX = 260;
const GAP = { x: 175, y: 24 };
const LINE = 18;
const PAD = 10;
/** Letters that fit into a box. */
const LETTERS = 34;

interface Placed {
  readonly node: TopologyNode;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

const styles: Readonly<Record<PathState, { stroke: string; dash: string; words: string }>> = {
  usable: { stroke: "#2f6f4f", dash: "", words: "usable" },
  unavailable: { stroke: "#b3261e", dash: "6 4", words: "unavailable" },
  skipped: { stroke: "#9a6700", dash: "2 4", words: "skipped" },
  dead: { stroke: "#b3261e", dash: "1 3", words: "dead" },
  broken: { stroke: "#6e6e6e", dash: "8 3 2 3", words: "broken" },
};

/** A topology as one SVG element: text, lines and boxes only, readable without colour (dashes and words say the state). */
export function topologySvg(topology: Topology): string {
  const placed = place(topology);
  const width = columns.length * BOX + (columns.length - 1) * GAP.x + 2 * PAD;
  const height = Math.max(80, ...[...placed.values()].map(({ y, height }) => y + height)) + PAD + 30;
  const edges = topology.edges.map((edge) => edgeSvg(edge, placed.get(edge.from), placed.get(edge.to)));
  const boxes = [...placed.values()].map(boxSvg);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Host, interfaces, targets and namespaces" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
${[...edges, ...boxes, legend(height)].join("\n")}
</svg>
`;
}

function place({ nodes }: Topology): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const [column, kinds] of columns.entries()) {
    let y = PAD;
    for (const node of nodes.filter(({ kind }) => kinds.includes(kind))) {
      const height = node.lines.length * LINE + 2 * PAD;
      placed.set(node.id, { node, x: PAD + column * (BOX + GAP.x), y, height });
      y += height + GAP.y;
    }
  }
  return placed;
}

function boxSvg({ node, x, y, height }: Placed): string {
  const { stroke, dash } = styles[node.state];
  const lines = node.lines.map((line, i) => {
    const weight = i === 0 ? ' font-weight="600"' : "";
    return `<text x="${x + PAD}" y="${y + PAD + (i + 1) * LINE - 5}"${weight} fill="#1b1b1b">${escapeHtml(cut(line))}<title>${escapeHtml(line)}</title></text>`;
  });
  const words = node.state === "usable" ? "" : ` (${styles[node.state].words})`;
  return `<g data-path="${escapeHtml(node.path)}" tabindex="0" role="button"><title>${escapeHtml(node.lines.join(", ") + words)}</title><rect x="${x}" y="${y}" width="${BOX}" height="${height}" rx="6" fill="#f6f8fa" stroke="${stroke}" stroke-width="1.5" stroke-dasharray="${dash}"/>${lines.join("")}</g>`;
}

function edgeSvg(
  { label, state, note }: Topology["edges"][number],
  from: Placed | undefined,
  to: Placed | undefined,
): string {
  if (!from || !to) return "";
  const { stroke, dash, words } = styles[state];
  const [x1, y1] = [from.x + BOX, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  const text = [label, state === "usable" ? undefined : words].filter((part) => part).join(", ");
  const caption =
    text === ""
      ? ""
      : `<text x="${middle}" y="${(y1 + y2) / 2 - 4}" text-anchor="middle" font-size="11" fill="${stroke}">${escapeHtml(cut(text, 24))}</text>`;
  const title = [label, words, note].filter((part) => part).join(": ");
  return `<g><title>${escapeHtml(title)}</title><path d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" fill="none" stroke="${stroke}" stroke-width="1.5" stroke-dasharray="${dash}"/>${caption}</g>`;
}

function legend(height: number): string {
  return Object.values(styles)
    .map(({ stroke, dash, words }, i) => {
      const x = PAD + i * 150;
      return `<g><path d="M${x} ${height - 14} h34" stroke="${stroke}" stroke-width="1.5" stroke-dasharray="${dash}"/><text x="${x + 40}" y="${height - 10}" font-size="11" fill="#1b1b1b">${words}</text></g>`;
    })
    .join("");
}

/** Text shortened in the middle: NQNs differ at their ends. */
function cut(text: string, letters = LETTERS): string {
  if (text.length <= letters) return text;
  const head = Math.floor(letters / 3);
  return `${text.slice(0, head)}…${text.slice(text.length - (letters - head - 1))}`;
}
