import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import type { Layout, PlacedBox, PlacedText } from "../../src/output/picture/layout.ts";
import { layoutNarrow } from "../../src/output/picture/layout-narrow.ts";
import { layoutWide } from "../../src/output/picture/layout-wide.ts";
import { textWidth } from "../../src/output/picture/text-width.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { mutated } from "../helpers/tables.ts";
import { allTables, firmwareTables, table } from "../helpers/vectors.ts";

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (inner: Rectangle, outer: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const areaOf = ({ text, type, x, y }: PlacedText): Rectangle => ({
  ...{ x, y: y - type.size * 0.8 },
  ...{ width: textWidth(text, type), height: type.size },
});

/** Points on a line: along its curve, or along its straight parts. */
function pointsOf(path: string): { x: number; y: number }[] {
  const numbers = path.match(/-?[\d.]+/g)!.map(Number);
  const steps = Array.from({ length: 41 }, (_, i) => i / 40);
  if (path.includes("C")) {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const at = (t: number, a: number, b: number, c: number, d: number) =>
      (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t ** 3 * d;
    return steps.map((t) => ({ x: at(t, x0, x1, x2, x3), y: at(t, y0, y1, y2, y3) }));
  }
  const [x0, y0, lane, y1, x1] = numbers as [number, number, number, number, number];
  return steps.flatMap((t) => [
    { x: x0 + t * (lane - x0), y: y0 },
    { x: lane, y: y0 + t * (y1 - y0) },
    { x: lane + t * (x1 - lane), y: y1 },
  ]);
}

/** What is wrong with a layout, in words. */
function troubles({ boxes, edges, headings, width, height }: Layout): string[] {
  const found: string[] = [];
  const nameOf = (box: PlacedBox) => box.node?.id ?? box.texts.map(({ text }) => text).join(" ");
  const check = (siblings: readonly PlacedBox[], outer: Rectangle) => {
    for (const [i, box] of siblings.entries()) {
      if (!inside(box, outer)) found.push(`${nameOf(box)} is not inside its place`);
      for (const other of siblings.slice(i + 1)) {
        if (overlap(box, other)) found.push(`${nameOf(box)} overlaps ${nameOf(other)}`);
      }
      const texts = box.texts.map(areaOf);
      for (const [j, text] of texts.entries()) {
        if (!inside(text, box)) found.push(`${box.texts[j]!.text} leaves ${nameOf(box)}`);
        if (texts.slice(j + 1).some((other) => overlap(text, other)))
          found.push(`${box.texts[j]!.text} overlaps a text`);
        if (box.inner.some((inner) => overlap(text, inner))) found.push(`${box.texts[j]!.text} overlaps a path`);
      }
      check(box.inner, box);
    }
  };
  check(boxes, { x: 0, y: 0, width, height: height + 0.001 });
  const all = boxes.flatMap((box) => [box, ...box.inner]);
  const labels = [...headings, ...all.flatMap(({ texts }) => texts)];
  for (const { edge, path } of edges) {
    const points = pointsOf(path);
    for (const label of labels) {
      const area = areaOf(label);
      if (points.some(({ x, y }) => overlap({ x, y, width: 0, height: 0 }, area)))
        found.push(`${edge.from} to ${edge.to} runs through ${label.text}`);
    }
  }
  return found;
}

const layouts = { wide: layoutWide, narrow: layoutNarrow };

const troublesOf = (bytes: Uint8Array) => troublesOfTable(readNbft(bytes).table);

function troublesOfTable(table: NbftTable): string[] {
  const topology = topologyOf(table);
  return Object.entries(layouts).flatMap(([name, layout]) =>
    troubles(layout(topology)).map((text) => `${name}: ${text}`),
  );
}

describe("a picture", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "of %s keeps boxes apart, texts in their boxes, and lines off the texts",
    (_, bytes) => {
      expect(troublesOf(bytes)).toEqual([]);
    },
  );

  it("does so for tables of the corpus", () => {
    for (const { name, bytes, group } of corpus("pictures", { random: 32, mutants: 0 })) {
      if (group !== "malformed") expect([name, ...troublesOf(bytes)]).toEqual([name]);
    }
  });

  it("does so for mutants", () => {
    const bases = firmwareTables.map(({ bytes }) => bytes);
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        let found: string[] = [];
        try {
          found = troublesOf(bytes);
        } catch (error) {
          if ((error as Error).name !== "DecodeError") throw error;
        }
        expect(found).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(["W".repeat(3000), "漢字".repeat(200), "\u202e\u0007".repeat(90), "nqn.2024-01.org.example:é😀".repeat(9)])(
    "does so for text like %.10s",
    (text) => {
      const model = readNbft(table("multipath/")).table;
      const ssns = model.ssns.map((each) => ({ ...each, subsystemNqn: text, trsvcid: text }));
      expect(troublesOfTable({ ...model, ssns, host: { ...model.host!, hostNqn: text } })).toEqual([]);
    },
  );

  it("fits the windows that it is made for", () => {
    const topology = topologyOf(readNbft(table("discovery/")).table);
    expect(layoutWide(topology).width).toBeLessThanOrEqual(1280 - 24);
    expect(layoutNarrow(topology).width).toBeLessThanOrEqual(390 - 24);
  });

  it("of a table without cards is the host alone", () => {
    const model = readNbft(table("multipath/")).table;
    const topology = topologyOf({ ...model, hfi: [], ssns: [], discovery: [] });
    for (const layout of Object.values(layouts))
      expect(layout(topology).boxes.map(({ node }) => node!.id)).toEqual(["host"]);
  });
});
