import { type ListName, listNames } from "../read/frame.ts";
import type { ByteRun, ExactLayout, ListLayout, ObjectLayout } from "./layout-part.ts";

/** A layout with `count` bytes of room made at an offset: everything from there on moves towards the end. */
export function withRoom(layout: ExactLayout, at: number, count: number): ExactLayout {
  const moved = (offset: number) => (offset >= at ? offset + count : offset);
  const place = <P extends { readonly offset: number }>(part: P): P => ({ ...part, offset: moved(part.offset) });
  const { header } = layout;
  return {
    ...layout,
    ...(layout.size === undefined ? {} : { size: layout.size + count }),
    header: {
      ...header,
      ...(header.length === undefined || header.length < at ? {} : { length: header.length + count }),
      heapOffset: moved(header.heapOffset),
    },
    ...(layout.host ? { host: place(layout.host) } : {}),
    ...(Object.fromEntries(listNames.flatMap((name) => (layout[name] ? [[name, place(layout[name])]] : []))) as Partial<
      Record<ListName, ListLayout>
    >),
    objects: Object.fromEntries(
      Object.entries(layout.objects ?? {}).map(([path, object]): [string, ObjectLayout] => [path, place(object)]),
    ),
    bytes: (layout.bytes ?? []).flatMap((run) => splitRun(run, at).map(place)),
  };
}

/** A run cut in two where room is made inside it. */
function splitRun({ offset, bytes }: ByteRun, at: number): ByteRun[] {
  const digits = bytes.replace(/[\s:-]+/g, "");
  const head = 2 * (at - offset);
  if (head <= 0 || head >= digits.length) return [{ offset, bytes }];
  return [
    { offset, bytes: digits.slice(0, head) },
    { offset: at, bytes: digits.slice(head) },
  ];
}
