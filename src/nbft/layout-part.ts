/** Bytes of one list or of the Host Descriptor, as the Control Descriptor states them. */
export interface ListLayout {
  readonly offset: number;
  /** Bytes per descriptor. */
  readonly length: number;
  readonly version: number;
  /** Stated number of descriptors, where it is not the number in the document. */
  readonly count?: number;
}

/** A heap object reference as stored. */
export interface ObjectLayout {
  readonly offset: number;
  readonly length: number;
  /** Hexadecimal digits of the object where they do not follow from its value; once for each range, however many refer to it. */
  readonly bytes?: string;
}

/**
 * How the bytes of a table differ from the canonical layout: everything that a document's values do not say. An encoder that
 * follows it gives the original back byte for byte, and an edited value keeps the rest in place.
 */
export interface NbftLayout {
  /** A canonical layout; nothing else is given with it. */
  readonly style?: "spec" | "edk2";
  /** Whether the lengths of new strings count their NUL. */
  readonly strings?: "counted" | "uncounted";
  /** Bytes of the input. */
  readonly size?: number;
  readonly header?: {
    /** Stated length, where it is not the size. */
    readonly length?: number;
    /** Stated checksum, where it is wrong. */
    readonly checksum?: number;
    readonly heapOffset: number;
    readonly heapLength: number;
  };
  readonly host?: Omit<ListLayout, "count">;
  readonly hfi?: ListLayout;
  readonly ssns?: ListLayout;
  readonly security?: ListLayout;
  readonly discovery?: ListLayout;
  /** References as stored, by model path of the object. */
  readonly objects?: Readonly<Record<string, ObjectLayout>>;
  /** Bytes that no value accounts for: reserved fields that are not zero, gaps, what lies behind the table. */
  readonly bytes?: readonly { readonly offset: number; readonly bytes: string }[];
}
