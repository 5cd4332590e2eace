import {
  ARROW,
  boxOf,
  columnsOf,
  headingType,
  type Layout,
  type PlacedBox,
  type PlacedEdge,
  type PlacedText,
} from "./layout.ts";
import { leaves, round } from "./layout-wide.ts";
import type { Topology, TopologyEdge } from "./topology.ts";

const WIDTH = 350;
const GAP = 12;
/** Above a band, for its name. */
const HEADING = 26;

/** A picture from top to bottom for phones: one box below the other, and lines beside them, in turn on the left and on the right. */
export function layoutNarrow(topology: Topology): Layout {
  const columns = columnsOf(topology);
  const order = new Map(
    columns.flatMap(({ blocks }) => blocks.flatMap(({ nodes }) => nodes)).map(({ id }, i) => [id, i] as const),
  );
  const columnOf = new Map(
    columns.flatMap(({ blocks }, i) => blocks.flatMap(({ nodes }) => nodes.map(({ id }) => [id, i] as const))),
  );
  const isLeft = ({ from }: TopologyEdge) => columnOf.get(from)! % 2 === 0;
  const lanes = [true, false].map((left) =>
    lanesOf(
      topology.edges.filter((edge) => isLeft(edge) === left),
      order,
    ),
  );
  const rails = lanes.map((each) => railOf(new Set(each.values()).size));
  const [left, right] = rails as [Rail, Rail];

  const boxes: PlacedBox[] = [];
  const headings: PlacedText[] = [];
  let y = 0;
  for (const { name, blocks } of columns) {
    headings.push({ text: name, whole: name, x: left.width, y: y + HEADING - 9, type: headingType });
    y += HEADING;
    for (const block of blocks) {
      const box = boxOf(block, left.width, y, WIDTH - left.width - right.width);
      boxes.push(box);
      y += box.height + GAP;
    }
  }
  const ends = new Map(boxes.flatMap(leaves).map((box) => [box.node!.id, box]));
  const edges = topology.edges.map((edge): PlacedEdge => {
    const onLeft = isLeft(edge);
    const [rail, side] = onLeft ? [left, lanes[0]!] : [right, lanes[1]!];
    const away = ARROW + 3 + side.get(trunkOf(edge))! * rail.step;
    const from = ends.get(edge.from)!;
    const to = ends.get(edge.to)!;
    const edgeOf = (box: PlacedBox) => (onLeft ? box.x : box.x + box.width);
    const x = onLeft ? left.width - away : WIDTH - right.width + away;
    const start = startOf(edge, side, from);
    const end = { x: edgeOf(to), y: portOf(edge, topology.edges, to) };
    const neck = onLeft ? end.x - ARROW + 1 : end.x + ARROW - 1;
    return {
      edge,
      path: `M${round(edgeOf(from))} ${round(start)}H${round(x)}V${round(end.y)}H${round(neck)}`,
      middle: { x, y: (start + end.y) / 2 },
      end,
      pointsLeft: !onLeft,
    };
  });
  return { width: WIDTH, height: y - GAP, boxes, edges, headings };
}

interface Rail {
  readonly width: number;
  /** Between lanes. */
  readonly step: number;
}

function railOf(lanes: number): Rail {
  const step = Math.max(2.5, Math.min(8, 64 / Math.max(1, lanes)));
  return { width: lanes === 0 ? 2 : ARROW + 6 + lanes * step, step };
}

/** Lines of one box that look the same share a trunk. */
function trunkOf({ from, role, state }: TopologyEdge): string {
  return `${from}\n${role}\n${state}`;
}

/** A lane for each trunk, so that those beside each other differ. */
function lanesOf(edges: readonly TopologyEdge[], order: ReadonlyMap<string, number>): Map<string, number> {
  const trunks = new Map<string, { start: number; end: number }>();
  for (const edge of edges) {
    const start = order.get(edge.from)!;
    const end = order.get(edge.to)!;
    const known = trunks.get(trunkOf(edge));
    trunks.set(trunkOf(edge), { start, end: Math.max(end, known?.end ?? 0) });
  }
  const lanes = new Map<string, number>();
  const taken: { start: number; end: number }[][] = [];
  // The short ones are innermost: the long ones go around them.
  for (const [trunk, own] of [...trunks].toSorted(([, a], [, b]) => a.end - a.start - (b.end - b.start))) {
    let lane = 0;
    while (taken[lane]?.some(({ start, end }) => start <= own.end && own.start <= end)) lane++;
    taken[lane] = [...(taken[lane] ?? []), own];
    lanes.set(trunk, lane);
  }
  return lanes;
}

/** Where a line leaves its box: each trunk above the one before. */
function startOf(edge: TopologyEdge, lanes: ReadonlyMap<string, number>, { y, height }: PlacedBox): number {
  const here = [...lanes.keys()].filter((trunk) => trunk.startsWith(`${edge.from}\n`));
  const step = Math.min(8, (height - 14) / here.length);
  return y + height - 8 - here.indexOf(trunkOf(edge)) * step;
}

/** Where a line ends at its box: each below the one before. */
function portOf(edge: TopologyEdge, edges: readonly TopologyEdge[], { y, height }: PlacedBox): number {
  const here = edges.filter(({ to }) => to === edge.to);
  const step = Math.min(9, (height - 14) / here.length);
  return y + 10 + here.indexOf(edge) * step;
}
