import { ARROW, boxOf, columnsOf, headingType, type Layout, type PlacedBox, type PlacedEdge } from "./layout.ts";
import type { Topology, TopologyEdge } from "./topology.ts";

const BOX = 176;
const GAP = { x: 36, y: 14 };
/** Below the names of the columns. */
const TOP = 28;
/** Between lines that end at one box. */
const PORT = 14;

/** A picture from left to right: a column for each kind of box, lines only between neighbouring columns. */
export function layoutWide(topology: Topology): Layout {
  const columns = columnsOf(topology);
  const ends = new Map<string, PlacedBox>();
  const placed = columns.map(({ blocks }, column) => {
    const x = column * (BOX + GAP.x);
    const boxes = blocks.map((block) => boxOf(block, x, 0, BOX));
    const wanted = boxes.map((box) => wantedTop(box, topology.edges, ends));
    const tops = spread(boxes, wanted);
    const there = blocks.map((block, i) => boxOf(block, x, tops[i]!, BOX));
    for (const box of there.flatMap(leaves)) ends.set(box.node!.id, box);
    return there;
  });
  const top = Math.min(...placed.flat().map(({ y }) => y));
  const boxes = placed.flat().map((box) => moved(box, TOP - top));
  for (const box of boxes.flatMap(leaves)) ends.set(box.node!.id, box);
  return {
    width: columns.length * (BOX + GAP.x) - GAP.x,
    height: Math.max(...boxes.map(({ y, height }) => y + height)),
    boxes,
    edges: edgesBetween(topology.edges, ends),
    headings: columns.map(({ name }, i) => ({
      ...{ text: name, whole: name, type: headingType },
      ...{ x: i * (BOX + GAP.x), y: 14 },
    })),
  };
}

export function leaves(box: PlacedBox): readonly PlacedBox[] {
  return box.node ? [box] : box.inner;
}

function middleOf({ y, height }: PlacedBox): number {
  return y + height / 2;
}

/** Where a box would be if it were alone: level with what leads to it. */
function wantedTop(box: PlacedBox, edges: readonly TopologyEdge[], ends: ReadonlyMap<string, PlacedBox>): number {
  const levels = leaves(box).flatMap((leaf) =>
    edges
      .filter(({ to, from }) => to === leaf.node!.id && ends.has(from))
      .map(({ from }) => middleOf(ends.get(from)!) - middleOf(leaf)),
  );
  return levels.length === 0 ? Number.NaN : levels.reduce((a, b) => a + b) / levels.length;
}

/** Tops of boxes in their order without overlap, as near to the wanted ones as their sum allows. */
function spread(boxes: readonly PlacedBox[], wanted: readonly number[]): number[] {
  // Boxes that push each other move as one; `offset` is a box's top in its group.
  const groups: { sum: number; offsets: number[]; height: number }[] = [];
  const topOf = ({ sum, offsets }: (typeof groups)[number]) => sum / offsets.length;
  let last = 0;
  for (const [i, { height }] of boxes.entries()) {
    last = Number.isNaN(wanted[i]!) ? last : wanted[i]!;
    let group = { sum: last, offsets: [0], height: height + GAP.y };
    last += height + GAP.y;
    for (let above = groups.at(-1); above && topOf(above) + above.height > topOf(group); above = groups.at(-1)) {
      groups.pop();
      const moved = group.offsets.map((offset) => offset + above!.height);
      group = {
        sum: above.sum + group.sum - group.offsets.length * above.height,
        offsets: [...above.offsets, ...moved],
        height: above.height + group.height,
      };
    }
    groups.push(group);
  }
  return groups.flatMap((group) => group.offsets.map((offset) => topOf(group) + offset));
}

function moved(box: PlacedBox, down: number): PlacedBox {
  return {
    ...box,
    y: box.y + down,
    texts: box.texts.map((text) => ({ ...text, y: text.y + down })),
    inner: box.inner.map((each) => moved(each, down)),
  };
}

function edgesBetween(edges: readonly TopologyEdge[], ends: ReadonlyMap<string, PlacedBox>): PlacedEdge[] {
  const level = (id: string) => middleOf(ends.get(id)!);
  const port = (own: "from" | "to", other: "from" | "to", edge: TopologyEdge): number => {
    const box = ends.get(edge[own])!;
    const here = edges.filter((each) => each[own] === edge[own]).toSorted((a, b) => level(a[other]) - level(b[other]));
    const step = Math.min(PORT, (box.height - 12) / here.length);
    return middleOf(box) + (here.indexOf(edge) - (here.length - 1) / 2) * step;
  };
  return edges.map((edge): PlacedEdge => {
    const { x, width } = ends.get(edge.from)!;
    const start = { x: x + width, y: port("from", "to", edge) };
    const end = { x: ends.get(edge.to)!.x, y: port("to", "from", edge) };
    const neck = end.x - ARROW + 1;
    const bend = (start.x + neck) / 2;
    const path = `M${round(start.x)} ${round(start.y)}C${round(bend)} ${round(start.y)} ${round(bend)} ${round(end.y)} ${round(neck)} ${round(end.y)}`;
    return { edge, path, middle: { x: bend, y: (start.y + end.y) / 2 }, end, pointsLeft: false };
  });
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
