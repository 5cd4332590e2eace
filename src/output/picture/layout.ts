import { inTwo, type Type, textWidth, wrapped } from "./text-width.ts";
import type { Topology, TopologyEdge, TopologyNode } from "./topology.ts";

/** A text of the picture: `y` is its baseline. */
export interface PlacedText {
  readonly text: string;
  /** The whole of a text that is shortened. */
  readonly whole: string;
  readonly x: number;
  readonly y: number;
  readonly type: Type;
}

/** A box with its texts; a network holds the boxes of its paths. */
export interface PlacedBox {
  readonly node: TopologyNode | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  readonly inner: readonly PlacedBox[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line: where it starts, how it is drawn, where a mark that it is closed goes, and where and which way its arrow points. */
export interface PlacedEdge {
  readonly edge: TopologyEdge;
  readonly path: string;
  readonly middle: Point;
  readonly end: Point;
  readonly pointsLeft: boolean;
}

/** A picture with everything in its place. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
  /** Names of the columns or bands. */
  readonly headings: readonly PlacedText[];
}

const nameType: Type = { size: 12, bold: true };
const lineType: Type = { size: 12, bold: false };
export const headingType: Type = { size: 11, bold: false };
/** Distance of baselines. */
const LINE = 16;
/** Between the border of a box and its text, or its inner boxes. */
const PAD = 8;
/** Between inner boxes. */
const INNER_GAP = 6;
/** Length of an arrow. */
export const ARROW = 9;

const columnNames = ["host", "cards", "networks and paths", "portals", "subsystems", "namespaces"] as const;
const columnOf: Readonly<Record<TopologyNode["kind"], number>> = {
  host: 0,
  hfi: 1,
  path: 2,
  portal: 3,
  discovery: 3,
  subsystem: 4,
  namespace: 5,
};

/** What is placed as one: a box of its own, or a network with its paths. */
export interface Block {
  readonly lines: readonly string[];
  readonly nodes: readonly TopologyNode[];
  readonly network: boolean;
}

/** A column of the picture, or a band where it runs from top to bottom. */
export interface Column {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** The boxes of a picture in columns, each below what leads to it; columns that nothing is in are left out. */
export function columnsOf({ nodes, networks, edges }: Topology): Column[] {
  const rank = new Map<string, number>();
  const before = (id: string): number => {
    const ranks = edges.filter(({ to }) => to === id).map(({ from }) => rank.get(from) ?? 0);
    return ranks.length === 0 ? Number.POSITIVE_INFINITY : ranks.reduce((a, b) => a + b) / ranks.length;
  };
  return columnNames.flatMap((name, column) => {
    const mine = nodes.filter(({ kind }) => columnOf[kind] === column);
    const wanted = new Map(mine.map(({ id }) => [id, before(id)]));
    const sorted = column < 2 ? mine : mine.toSorted((a, b) => wanted.get(a.id)! - wanted.get(b.id)! || 0);
    const grouped = networks.map(({ id, lines }) => ({
      lines,
      nodes: sorted.filter(({ network }) => network === id),
      network: true,
    }));
    const blocks: Block[] =
      column === 2
        ? grouped.toSorted((a, b) => sorted.indexOf(a.nodes[0]!) - sorted.indexOf(b.nodes[0]!))
        : sorted.map((node) => ({ lines: node.lines, nodes: [node], network: false }));
    for (const [i, { id }] of blocks.flatMap((block) => block.nodes).entries()) rank.set(id, i);
    return blocks.length === 0 ? [] : [{ name, blocks }];
  });
}

/** A block as a box with its texts at a place. */
export function boxOf({ lines, nodes, network }: Block, x: number, y: number, width: number): PlacedBox {
  if (!network) return nodeBox(nodes[0]!, x, y, width);
  const texts = textsOf(lines, x, y, width);
  const inner: PlacedBox[] = [];
  let top = y + PAD + texts.length * LINE + PAD / 2;
  for (const node of nodes) {
    const box = nodeBox(node, x + PAD / 2, top, width - PAD);
    inner.push(box);
    top += box.height + INNER_GAP;
  }
  return { node: undefined, x, y, width, height: top - INNER_GAP + PAD / 2 - y, texts, inner };
}

function nodeBox(node: TopologyNode, x: number, y: number, width: number): PlacedBox {
  const texts = textsOf(node.lines, x, y, width);
  return { node, x, y, width, height: texts.length * LINE + 2 * PAD - 4, texts, inner: [] };
}

/** Texts of a box: its name in bold, NQNs shortened to two lines, everything else on as many lines as it takes. */
function textsOf(lines: readonly string[], x: number, y: number, width: number): PlacedText[] {
  const room = width - 2 * PAD;
  const texts = lines.flatMap((line, i) => {
    const type = i === 0 ? nameType : lineType;
    const parts = line.length > MOST_WRAPPED || isNqn(line) ? inTwo(line, room, type) : wrapped(line, room, type);
    return parts.map((text) => ({ text, whole: parts.join("").includes("…") ? line : text, type }));
  });
  return texts.map((text, i) => ({ ...text, x: x + PAD, y: y + PAD + (i + 1) * LINE - 6 }));
}

/** Longest text that is broken into lines. */
const MOST_WRAPPED = 160;

function isNqn(text: string): boolean {
  return /^nqn\./.test(text);
}

/** Places texts in rows, as a legend or a note needs it. */
export function flowed(
  items: readonly { readonly text: string; readonly lead: number }[],
  width: number,
): { readonly places: readonly Point[]; readonly height: number } {
  const places: Point[] = [];
  let [x, y] = [0, 0];
  for (const { text, lead } of items) {
    const wide = lead + textWidth(text, headingType) + 20;
    if (x > 0 && x + wide > width) [x, y] = [0, y + 18];
    places.push({ x, y });
    x += wide;
  }
  return { places, height: items.length === 0 ? 0 : y + 18 };
}
