import { type ClaimedRange, claimsOf } from "../../nbft/read/claims.ts";
import type { NbftReading } from "../../nbft/read/read.ts";
import { valueAt } from "../../nbft/value-at.ts";
import { describeField } from "../../structure/codec.ts";

/** A node of the tree of everything in a table. */
export interface FieldNode {
  readonly path: string;
  /** Last part of the path. */
  readonly label: string;
  readonly title: string;
  /** The value in words; absent for a node that has children. */
  readonly value?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly children: FieldNode[];
}

/** Longest value that the tree shows. */
const MAX_VALUE = 600;
/** Descriptors of a list whose fields the tree shows, many times what recorded firmware writes. The others are one node each. */
const MAX_DESCRIPTORS = 64;

/** The tree of a table. */
export interface FieldTree {
  readonly nodes: readonly FieldNode[];
  /** Descriptors whose fields are not in it. */
  readonly left: number;
}

/** Every claim of a table as a tree by its path: structures, their fields, and the objects that references lead to. */
export function fieldTree(reading: NbftReading): FieldTree {
  const root: FieldNode = { path: "", label: "", title: "", children: [] };
  const groups = new Map<string, FieldNode>([["", root]]);
  const left = new Set<string>();
  let owner = "";
  let isLeft = false;
  for (const claim of claimsOf(reading.frame)) {
    const { kind, path } = claim;
    if (kind === "terminator" || kind === "extra") continue;
    const top = path.slice(0, path.indexOf("."));
    // The fields of a descriptor come together, and its objects do.
    if (top !== owner) {
      owner = top;
      isLeft = Number(/\[(\d+)\]$/.exec(top)?.[1] ?? 0) >= MAX_DESCRIPTORS;
      if (isLeft && !left.has(top)) {
        left.add(top);
        root.children.push({ path: top, label: top, title: "fields not shown", children: [] });
      }
    }
    if (!isLeft) groupOf(ownerPath(path), groups).children.push(leaf(claim, reading));
  }
  return { nodes: root.children, left: left.size };
}

function ownerPath(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}

function groupOf(path: string, groups: Map<string, FieldNode>): FieldNode {
  const known = groups.get(path);
  if (known) return known;
  const cut = path.lastIndexOf(".");
  const node: FieldNode = { path, label: path.slice(cut + 1), title: "", children: [] };
  groups.set(path, node);
  groupOf(cut < 0 ? "" : path.slice(0, cut), groups).children.push(node);
  return node;
}

function leaf({ path, title, offset, length, field, via }: ClaimedRange, reading: NbftReading): FieldNode {
  const { bytes } = reading.frame;
  const value = field ? describeField(field, bytes, offset) : via ? objectText(valueAt(reading.table, path)) : "";
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  return { path, label: path.slice(path.lastIndexOf(".") + 1), title, value: shown, offset, length, children: [] };
}

function objectText(value: unknown): string {
  if (value === undefined) return "cannot be read";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
