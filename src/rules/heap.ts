import { type ListName, listNames, type TableFrame } from "../nbft/read/frame.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { formatHex, hex } from "../text/hex.ts";
import { dropped, overread } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const heapRefs = section("3.2.1.1");

/** A fixed part of the table. */
interface Block {
  readonly title: string;
  readonly list?: ListName;
  readonly start: number;
  readonly end: number;
}

/** Header, Control Descriptor, Host Descriptor and the lists that were read. */
function blocks({ frame }: RuleContext): Block[] {
  const found: Block[] = [
    { title: "header", start: 0, end: 64 },
    { title: "Control Descriptor", start: 64, end: 128 },
  ];
  if (!frame.configured) return found;
  if (frame.hostOffset !== undefined) {
    found.push({ title: "Host Descriptor", start: frame.hostOffset, end: frame.hostOffset + 32 });
  }
  for (const list of listNames) {
    const { offset, stride, count } = frame.lists[list];
    if (count > 0) found.push({ title: `${list} list`, list, start: offset, end: offset + stride * count });
  }
  return found;
}

/**
 * Whether everything lies in the usual order without overlap: header, Control Descriptor, Host Descriptor, lists, heap, and the heap ends
 * the table. Almost every table does, and the rules about places have nothing to say then.
 */
function isInOrder({ frame }: RuleContext): boolean {
  const { hostOffset, lists, header, bytes } = frame;
  let end = 128;
  if (hostOffset !== undefined) {
    if (hostOffset < end) return false;
    end = hostOffset + 32;
  }
  end = behind(lists.hfi, end);
  end = behind(lists.ssns, end);
  end = behind(lists.security, end);
  end = behind(lists.discovery, end);
  return header.heapOffset >= end && header.heapOffset + header.heapLength === bytes.length;
}

/** End of a list that starts at `from` or later; of one that starts before, an end that nothing lies behind. */
function behind({ offset, stride, count }: TableFrame["lists"][ListName], from: number): number {
  if (count === 0) return from;
  return offset < from ? Number.MAX_SAFE_INTEGER : offset + stride * count;
}

function overlap(a: Block, b: Block): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The heap as the header has it; nothing where there is none or it does not fit. */
function heapBlock({ frame: { header, bytes } }: RuleContext): Block | undefined {
  const { heapOffset, heapLength } = header;
  if (heapLength === 0 || heapOffset + heapLength > bytes.length) return undefined;
  return { title: "heap", start: heapOffset, end: heapOffset + heapLength };
}

/** Rules about the heap, its objects, and how the parts of the table lie. */
export const heapRules: readonly AnyRule[] = [
  rule("table", {
    code: "H015",
    name: "heap-overlap",
    severity: "error",
    hint: "Let the heap start after the last list",
    spec: section("3.2.2.2"),
    breaks: [{ who: "libnvme", what: "accepts it" }],
    fix: "sets the heap to everything after the lists",
    check(_, context) {
      const heap = isInOrder(context) ? undefined : heapBlock(context);
      if (!heap) return;
      const others = blocks(context).filter((block) => overlap(block, heap));
      if (others.length === 0) return;
      const names = others.map(({ title }) => title).join(", ");
      context.reportAt("header.heapOffset", `the heap (${hex(heap.start)} to ${hex(heap.end)}) overlaps ${names}`);
    },
  }),
  rule("table", {
    code: "H016",
    name: "heap-not-last",
    severity: "info",
    hint: "Move the heap to the end, or extend it to the end of the table",
    spec: section("3.2.2.2"),
    fix: "extends the heap to the end of the table",
    check(_, context) {
      const heap = isInOrder(context) ? undefined : heapBlock(context);
      // A heap that starts in header or Control Descriptor overlaps them, which is one defect (H015): everything else lies after it.
      if (!heap || heap.start < 128) return;
      const after = blocks(context).filter(({ start }) => start >= heap.end);
      for (const { title, list } of after) {
        const path = `control.${list ?? "host"}Offset`;
        context.reportAt(path, `the ${title} lies after the heap, expected before it`);
      }
      const rest = context.bytes.length - heap.end;
      if (rest > 0 && after.length === 0) {
        const place = { offset: heap.end, length: rest };
        context.reportAt("header.heapLength", `${rest} bytes follow the heap, expected none`, undefined, place);
      }
    },
  }),
  rule("table", {
    code: "C015",
    name: "list-overlap",
    severity: "error",
    hint: "Correct the list's offset",
    spec: figure(9),
    breaks: [{ who: "libnvme", what: "accepts it, and drops the entries whose structure id is another" }],
    check(_, context) {
      if (isInOrder(context)) return;
      const all = blocks(context);
      const heap = heapBlock(context);
      // A heap that covers the whole table is one defect (H015), not one for each list.
      if (heap && heap.start >= 128) all.unshift(heap);
      for (const [i, block] of all.entries()) {
        if (!block.list) continue;
        const others = all.slice(0, i).filter((other) => overlap(other, block));
        if (others.length === 0) continue;
        const names = others.map(({ title }) => title).join(", ");
        const where = `${hex(block.start)} to ${hex(block.end)}`;
        context.reportAt(`control.${block.list}Offset`, `the ${block.title} (${where}) overlaps ${names}`);
      }
    },
  }),
  readerRule("P001", "table", {
    breaks: [dropped("descriptor")],
  }),
  readerRule("P002", "table", {
    breaks: [{ who: "libnvme", what: "takes length 0 as absent, and offset 0 as out of range" }],
    fix: "writes zeros, if the length is 0",
  }),
  rule("table", {
    code: "P003a",
    name: "str-counted",
    severity: "info",
    hint: "Nothing is wrong",
    spec: heapRefs,
    check(_, context) {
      if (context.heap.counted > 0) {
        context.reportAt("heap", "strings count their NUL in their length, as the specification says");
      }
    },
  }),
  rule("table", {
    code: "P003b",
    name: "str-uncounted",
    severity: "info",
    hint: "Nothing is wrong as long as there is a NUL",
    spec: heapRefs,
    check(_, context) {
      if (context.heap.uncounted > 0) {
        context.reportAt("heap", "strings have a NUL after them that their length does not count, as EDK2 writes them");
      }
    },
  }),
  rule("table", {
    code: "P004",
    name: "str-mixed",
    severity: "info",
    hint: "Count the NUL everywhere",
    spec: heapRefs,
    fix: "counts the NUL of every string",
    check(_, context) {
      const { counted, uncounted } = context.heap;
      if (counted === 0 || uncounted === 0) return;
      context.reportAt("heap", `${counted} strings count their NUL and ${uncounted} do not, expected one convention`);
    },
  }),
  readerRule("P005", "table", {
    breaks: [
      {
        who: "libnvme",
        what: "drops the descriptor without a message; reads past the end of a host name or root path",
      },
    ],
    fix: "moves the string to the end of the heap, with a NUL",
  }),
  readerRule("P006", "table", {
    breaks: [overread("one byte")],
    fix: "adds a NUL to the end of the heap, or moves the string there",
  }),
  readerRule("P007", "table", {
    breaks: [{ who: "libnvme", what: "cuts the text there" }],
    fix: "ends the string at its first NUL",
  }),
  readerRule("P008", "table", {}),
  readerRule("P009", "table", {
    breaks: [{ who: "nvme-cli", what: "prints the characters as they are in its text output" }],
  }),
  rule("table", {
    code: "P010",
    name: "obj-overlap",
    severity: "warning",
    hint: "Correct the reference",
    spec: heapRefs,
    check(_, context) {
      if (context.heap.overlapping === 0) return;
      let last = { path: "", offset: 0, length: 0 };
      let previous = last;
      for (const use of context.heap.uses()) {
        const same = use.offset === previous.offset && use.length === previous.length;
        previous = use;
        if (same) continue;
        if (use.offset < last.offset + last.length) {
          const those = `the ${last.length} bytes at ${hex(last.offset)} of ${last.path}`;
          context.reportAt(use.path, `${use.length} bytes at ${hex(use.offset)} overlap ${those}`, "warning", use);
        }
        if (use.offset + use.length > last.offset + last.length) last = use;
      }
    },
  }),
  rule("table", {
    code: "P011",
    name: "obj-shared",
    severity: "info",
    hint: "Nothing is wrong",
    spec: heapRefs,
    check(_, context) {
      if (context.heap.shared === 0) return;
      const groups = new Map<string, { path: string; offset: number; length: number }[]>();
      for (const use of context.heap.uses()) {
        const key = `${use.offset}+${use.length}`;
        const group = groups.get(key);
        if (group) group.push(use);
        else groups.set(key, [use]);
      }
      for (const [first, ...others] of groups.values()) {
        if (others.length === 0) continue;
        const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
        const paths = others.slice(0, 3).map(({ path }) => path);
        context.reportAt(first!.path, `the object is also that of ${paths.join(", ")}${more}`, "info", first);
      }
    },
  }),
  rule("table", {
    code: "P012",
    name: "heap-unused",
    severity: "info",
    hint: "Clear them",
    spec: section("3.2.2.2"),
    fix: "writes zeros",
    check(_, context) {
      if (context.heap.unused === 0) return;
      // What is unread refers to objects that nobody knows.
      if (context.frame.hostOffset === undefined || !listNames.every((list) => context[list].complete)) return;
      for (const place of context.heap.leftovers()) {
        const data = context.bytes.subarray(place.offset, place.offset + Math.min(place.length, 16));
        const more = place.length > 16 ? " …" : "";
        const message = `nothing refers to ${place.length} bytes at ${hex(place.offset)}: ${formatHex(data, " ")}${more}`;
        context.reportAt("heap", message, "info", place);
      }
    },
  }),
];
