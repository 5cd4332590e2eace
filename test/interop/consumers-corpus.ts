import { readControlDescriptor } from "../../src/nbft/generated/readers.ts";

/** Random numbers that are the same in every run (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** A table with another minor revision and a right checksum. */
export function withMinor(table: Uint8Array, minor: number): Uint8Array {
  const bytes = Uint8Array.from(table);
  if (bytes.length > 50) bytes[50] = minor;
  return withChecksum(bytes);
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 10) return bytes;
  bytes[9] = 0;
  bytes[9] = -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return bytes;
}

type Pick = (below: number) => number;

/** Places of one table that a change can aim at; 0 where there is none. */
interface Places {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly ssns: number;
  readonly discovery: number;
  readonly info: number;
  readonly heap: number;
}

const address = (pick: Pick) => {
  const kind = pick(4);
  if (kind === 0) return Array<number>(16).fill(0);
  if (kind === 1) return [...Array<number>(10).fill(0), 255, 255, 0, 0, 0, 0];
  return Array.from({ length: 16 }, () => (pick(3) > 0 ? 0 : pick(256)));
};

/** Changes that lead into the branches of the programs: what they accept, drop, skip, or die of. */
const changes: readonly ((places: Places, pick: Pick) => void)[] = [
  ({ bytes, ssns }, pick) => put(bytes, ssns && ssns + 45, [pick(3)]),
  ({ bytes, ssns }, pick) => put(bytes, ssns && ssns + 3, [1 | (pick(8) << 1), pick(4)]),
  ({ bytes, ssns }, pick) => put(bytes, ssns && ssns + 8, [pick(3)]),
  ({ bytes, discovery }, pick) => put(bytes, discovery && discovery + 3, [pick(3), pick(2)]),
  ({ bytes, discovery }) => put(bytes, discovery && discovery + 12, [0, 0, 0, 0, 0, 0]),
  ({ bytes, view, discovery }, pick) => {
    if (discovery === 0) return;
    const at = view.getUint32(discovery + 6, true);
    const length = view.getUint16(discovery + 10, true);
    const character = "[]:/+@%#? 0519naz."[pick(18)]!;
    if (length > 3) put(bytes, at + pick(length), [character.charCodeAt(0)]);
  },
  ({ bytes, info }, pick) => put(bytes, info && info + 20, address(pick)),
  ({ bytes, info }, pick) => put(bytes, info && info + 6, [1 | pick(16)]),
  ({ bytes, info }, pick) => put(bytes, info && info + 17, [pick(3) ? 0 : pick(256), pick(4) ? 0 : 1, pick(6)]),
  ({ bytes, view, ssns }, pick) => put(bytes, ssns && view.getUint32(ssns + 10, true), address(pick)),
  ({ bytes, view, ssns }, pick) => put(bytes, ssns && view.getUint32(ssns + 16, true), [48 + pick(10)]),
  ({ view, ssns, heap }, pick) => {
    if (ssns === 0) return;
    view.setUint32(ssns + 48, heap + pick(20), true);
    view.setUint16(ssns + 52, 1 + pick(4), true);
  },
  ({ bytes }, pick) => put(bytes, 130 + pick(16), [pick(3) ? 0 : pick(256)]),
  ({ bytes, view, ssns }, pick) => {
    if (ssns === 0) return;
    const at = view.getUint32(ssns + 54, true);
    const length = view.getUint16(ssns + 58, true);
    const wellKnown = new TextEncoder().encode("nqn.2014-08.org.nvmexpress.discovery\0");
    if (length > 36) put(bytes, at, [...wellKnown.subarray(0, length)]);
    else if (length > 2) put(bytes, at + pick(length - 1), [33 + pick(90)]);
  },
  ({ bytes, info }, pick) => put(bytes, info && info + [36, 37, 56, 72, 88][pick(5)]!, [pick(256)]),
  ({ bytes }, pick) => {
    const at = 130 + pick(Math.max(1, bytes.length - 130));
    put(bytes, at, [(bytes[at] ?? 0) ^ (1 << pick(8))]);
  },
];

function put(bytes: Uint8Array, at: number, values: readonly number[]): void {
  if (at > 0 && at + values.length <= bytes.length) bytes.set(values, at);
}

function placesOf(bytes: Uint8Array, pick: Pick): Places {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const control = readControlDescriptor(view, bytes, 64);
  const entry = (offset: number, size: number, count: number) => {
    const at = offset + size * pick(Math.max(1, count));
    return offset > 0 && count > 0 && at + size <= bytes.length ? at : 0;
  };
  const hfi = entry(control.hfiOffset, 32, control.hfiCount);
  const info = hfi === 0 ? 0 : view.getUint32(hfi + 16, true);
  return {
    bytes,
    view,
    ssns: entry(control.ssnsOffset, 128, control.ssnsCount),
    discovery: entry(control.discoveryOffset, 32, control.discoveryCount),
    info: info + 128 <= bytes.length ? info : 0,
    heap: view.getUint32(36, true),
  };
}

/** A table with one to five changes and a right checksum. */
export function mutant(table: Uint8Array, pick: Pick): Uint8Array {
  const bytes = Uint8Array.from(table);
  if (bytes.length < 200) return bytes;
  for (let i = 0; i <= pick(5); i++) changes[pick(changes.length)]!(placesOf(bytes, pick), pick);
  return withChecksum(bytes);
}
