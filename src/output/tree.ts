import { type Paint, plain } from "./paint.ts";

/** A node of a text tree: a line, and what hangs below it. */
export interface TreeNode {
  readonly text: string;
  readonly children?: readonly TreeNode[];
}

/** Lines of a tree, drawn with box characters. */
export function drawTree(root: TreeNode, paint: Paint = plain): string {
  return `${[root.text, ...branches(root.children ?? [], "", paint)].join("\n")}\n`;
}

function branches(nodes: readonly TreeNode[], indent: string, paint: Paint): string[] {
  return nodes.flatMap((node, i) => {
    const last = i === nodes.length - 1;
    const below = branches(node.children ?? [], `${indent}${last ? "   " : "│  "}`, paint);
    return [`${paint.dim(`${indent}${last ? "└─ " : "├─ "}`)}${node.text}`, ...below];
  });
}
