/** Something that takes bytes from strangers. */
export interface Target {
  readonly name: string;
  /** Sound and malformed inputs to start from. */
  readonly seeds: readonly Uint8Array[];
  /** Pieces of the input's language. */
  readonly words?: readonly Uint8Array[];
  /** Applied to each input before it is tried: a right checksum lets it come further. */
  readonly repair?: (bytes: Uint8Array) => Uint8Array;
  /** Milliseconds after which an input is a find, where it does much with one: 100 unless given. */
  readonly tooLongMs?: number;
  /** Reads an input. May throw the library's own errors, and nothing else; throws an Error when what it made is wrong. */
  run(bytes: Uint8Array): void;
}
