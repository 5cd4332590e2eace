import { escapeHtml } from "../report/escape-html.ts";
import { ARROW, flowed, headingType, type Layout, type PlacedBox, type PlacedEdge, type PlacedText } from "./layout.ts";
import { layoutNarrow } from "./layout-narrow.ts";
import { layoutWide, round } from "./layout-wide.ts";
import { type Ink, ink, type LineStyle, lineStyle, lineWords, pictureStyle } from "./picture-style.ts";
import { fontFamily, shortened } from "./text-width.ts";
import type { Topology, TopologyEdge } from "./topology.ts";

/** Around everything. */
const MARGIN = 12;
/** Between the boxes and the legend. */
const BELOW = 24;
/** Length of a line in the legend, with the blank after it. */
const SAMPLE = 44;

/**
 * A topology as one SVG element, from left to right, and from top to bottom where the window is narrow. Text, lines and boxes only; dashes,
 * widths and words say what colours say.
 */
export function topologySvg(topology: Topology): string {
  const wide = drawn(topology, layoutWide(topology));
  const narrow = drawn(topology, layoutNarrow(topology));
  const ratios = `--wide:${wide.width}/${wide.height};--narrow:${narrow.width}/${narrow.height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="nbft-picture" width="${wide.width}" height="${wide.height}" style="${ratios}" role="group" aria-label="From the host through cards, networks and portals to subsystems and namespaces" font-family="${fontFamily}">
<style>${pictureStyle}</style>
<rect class="paper" width="100%" height="100%" fill="#ffffff"/>
${nested("wide", wide)}
${nested("narrow", narrow)}
</svg>
`;
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly content: string;
}

function nested(name: "wide" | "narrow", { width, height, content }: Drawing): string {
  const hidden = name === "narrow" ? ' display="none"' : "";
  return `<svg class="${name}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMin"${hidden}><g transform="translate(${MARGIN} ${MARGIN})">
${content}
</g></svg>`;
}

function drawn({ edges, left }: Topology, layout: Layout): Drawing {
  const legend = legendOf(edges, left, layout);
  const content = [
    ...layout.headings.map((text) => `<g ${ink("dim")}>${textSvg(text)}</g>`),
    ...layout.boxes.map(boxSvg),
    ...layout.edges.map(edgeSvg),
    legend.content,
  ];
  const height = layout.height + legend.height + 2 * MARGIN;
  return { width: layout.width + 2 * MARGIN, height: Math.ceil(height), content: content.join("\n") };
}

function boxSvg({ node, x, y, width, height, texts, inner }: PlacedBox): string {
  const colour: Ink = node === undefined || node.state === "open" ? "part" : node.state;
  const dash = node === undefined ? "" : lineStyle({ role: "part", state: node.state }).dash;
  const rectangle = `<rect class="${node ? "box" : "network"}" x="${x}" y="${round(y)}" width="${width}" height="${height}" rx="6" fill="${node ? "#ffffff" : "#f3f5f8"}" stroke="currentColor" stroke-width="1.25"${dashed(dash)}/>`;
  const content = `<g ${ink(colour)}>${rectangle}</g><g ${ink("text")}>${texts.map(textSvg).join("")}</g>`;
  if (!node) return `<g>${content}</g>${inner.map(boxSvg).join("")}`;
  const name = escapeHtml(node.lines.join(", "));
  return `<g data-path="${escapeHtml(node.path)}" tabindex="0" role="button"><title>${name}</title>${content}</g>`;
}

function textSvg({ text, whole, x, y, type }: PlacedText): string {
  const weight = type.bold ? ' font-weight="700"' : "";
  const title = text === whole ? "" : `<title>${escapeHtml(whole)}</title>`;
  return `<text x="${x}" y="${round(y)}" font-size="${type.size}"${weight} fill="currentColor">${escapeHtml(text)}${title}</text>`;
}

function edgeSvg({ edge, path, middle, end, pointsLeft }: PlacedEdge): string {
  const style = lineStyle(edge);
  const closed = edge.state === "open" ? "" : crossSvg(middle.x, middle.y);
  const title = edge.note ?? style.words;
  return `<g ${ink(style.name)}>${title === "" ? "" : `<title>${escapeHtml(title)}</title>`}<path d="${path}" fill="none" stroke="currentColor" stroke-width="${style.width}"${dashed(style.dash)}/>${arrowSvg(end.x, end.y, pointsLeft, style)}${closed}</g>`;
}

function dashed(dash: string): string {
  return dash === "" ? "" : ` stroke-dasharray="${dash}"`;
}

function arrowSvg(x: number, y: number, pointsLeft: boolean, { hollow }: LineStyle): string {
  const back = pointsLeft ? ARROW : -ARROW;
  const points = `${round(x + back)},${round(y - 4)} ${round(x)},${round(y)} ${round(x + back)},${round(y + 4)}`;
  return hollow
    ? `<polyline points="${points}" fill="none" stroke="currentColor" stroke-width="1.25"/>`
    : `<polygon points="${points}" fill="currentColor"/>`;
}

/** The mark of a line that nothing passes. */
function crossSvg(x: number, y: number): string {
  return `<path d="M${round(x - 4)} ${round(y - 4)}l8 8m0 -8l-8 8" fill="none" stroke="currentColor" stroke-width="2"/>`;
}

/** The kinds of lines that occur, and what is not drawn. */
function legendOf(edges: readonly TopologyEdge[], left: string | undefined, { width, height }: Layout) {
  const styles = new Map(edges.map((edge) => [lineStyle(edge).words, edge] as const));
  const samples = lineWords.flatMap((words) => styles.get(words) ?? []);
  const notes = left === undefined ? [] : [shortened(left, width, headingType)];
  const items = [
    ...samples.map((edge) => ({ text: lineStyle(edge).words, lead: SAMPLE })),
    ...notes.map((text) => ({ text, lead: 0 })),
  ];
  const flow = flowed(items, width);
  const content = items.map(({ text, lead }, i) => {
    const place = flow.places[i]!;
    const y = height + BELOW + place.y;
    const edge = samples[i];
    const line = edge === undefined ? "" : sampleSvg(edge, place.x, y - 4);
    const words = { text, whole: text, type: headingType, x: place.x + lead, y };
    return `${line}<g ${ink("text")}>${textSvg(words)}</g>`;
  });
  return { content: content.join("\n"), height: items.length === 0 ? 0 : BELOW + flow.height - 12 };
}

function sampleSvg(edge: TopologyEdge, x: number, y: number): string {
  const end = { x: x + SAMPLE - 8, y };
  const path = `M${x} ${round(y)}H${end.x - ARROW + 1}`;
  return edgeSvg({
    edge: { role: edge.role, state: edge.state, from: "", to: "" },
    path,
    middle: { x: x + 14, y },
    end,
    pointsLeft: false,
  });
}
