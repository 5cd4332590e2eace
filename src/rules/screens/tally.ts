import type { AddressKind } from "../addresses.ts";

/** The bit of an index from 1 to 31; none for others. */
export function bitOf(index: number): number {
  return index > 0 && index < 32 ? 1 << index : 0;
}

/** Slots for up to 255 numbers. */
const SLOTS = 1024;
const slotNumbers = new Int32Array(SLOTS);
/** Which tally a slot's number belongs to: emptying the slots for the next one takes no time. */
const slotOwners = new Int32Array(SLOTS);
let tallies = 0;

/**
 * What the screens of single structures have come upon, for the screen of the table as a whole: it need not look at everything again.
 * Complete only when every structure was looked at and none was unknown.
 */
export class Tally {
  /**
   * End of the heap objects so far, as long as each followed on the one before, with at most one NUL between them; -1 when one did not.
   * Writers put objects in the order of their references: while they do, none overlaps another and nothing lies between.
   */
  packedEnd: number;
  /** Whether some strings count their NUL, and whether some do not. */
  counted = false;
  uncounted = false;
  /** Place and length of the last NQN that was found sound; length -1 before. */
  nqn = 0;
  nqnLength = -1;
  /** Kind of the address of each HFI by its position. */
  readonly hfiKinds: AddressKind[] = [];
  /** HFIs with the default route. */
  routes = 0;
  /** HFI indexes that SSNS and discovery controllers name, discovery indexes that SSNS name: a bit for each from 1 to 31. */
  usedHfis = 0;
  linked = 0;
  bootable = false;
  /** Whether two paths, or two MAC addresses, may be the same. */
  samePaths = false;
  sameMacs = false;
  readonly #own: number;
  #paths = 0;
  #macs: number[] | undefined;

  constructor(heapStart: number) {
    this.packedEnd = heapStart;
    tallies = (tallies + 1) | 0;
    if (tallies === 0) slotOwners.fill(-1);
    this.#own = tallies;
  }

  /** Takes note of a structure that is not looked at: what it would have added is unknown. Gives back the suspicion of everything. */
  unknown(): -1 {
    this.packedEnd = -1;
    this.routes = 2;
    this.samePaths = true;
    this.sameMacs = true;
    return -1;
  }

  /** Takes note of a heap object. */
  object(bytes: Uint8Array, offset: number, length: number): void {
    if (length === 0) return;
    const end = this.packedEnd;
    const follows = offset === end || (offset === end + 1 && bytes[end] === 0);
    this.packedEnd = follows && end >= 0 ? offset + length : -1;
  }

  /** Takes note of a string, and how it ends. */
  text(bytes: Uint8Array, offset: number, length: number): void {
    if (length === 0) return;
    this.object(bytes, offset, length);
    if (bytes[offset + length - 1] === 0) this.counted = true;
    else this.uncounted = true;
  }

  /** Takes note of a path by numbers that the same path has in common. */
  path(address: number, namespace: number, hfi: number): void {
    this.#paths++;
    if (this.#paths > 255) this.samePaths = true;
    else if (!this.#add(Math.imul(address, 0x85ebca6b) ^ Math.imul(namespace, 0xc2b2ae35) ^ hfi)) this.samePaths = true;
  }

  #add(number: number): boolean {
    let slot = Math.imul(number, 0x9e3779b1) >>> 22;
    while (slotOwners[slot] === this.#own) {
      if (slotNumbers[slot] === number) return false;
      slot = (slot + 1) & (SLOTS - 1);
    }
    slotOwners[slot] = this.#own;
    slotNumbers[slot] = number;
    return true;
  }

  /** Takes note of an interface: the kind of its address, whether it was the default route, its MAC address in two numbers. */
  hfi(position: number, kind: AddressKind, isRoute: boolean, macHead: number, macTail: number): void {
    this.hfiKinds[position] = kind;
    if (isRoute) this.routes++;
    const mac = Math.imul(macTail, 0x9e3779b1) ^ macHead;
    this.#macs ??= [];
    const macs = this.#macs;
    // Few machines have more; the rule looks itself then.
    if (macs.length === 16) this.sameMacs = true;
    else {
      for (let i = 0; i < macs.length; i++) if (macs[i] === mac) this.sameMacs = true;
      macs.push(mac);
    }
  }
}
