/** Bytes of one list or of the Host Descriptor, as the Control Descriptor states them. */
export interface PlaceLayout {
  /** First byte of the list or descriptor, from the start of the table. */
  readonly offset: number;
  /** Bytes per descriptor. */
  readonly length: number;
  /** Stated version of the descriptors. */
  readonly version: number;
}

/** Where the Host Descriptor is. */
export interface HostLayout extends PlaceLayout {
  /** No Host Descriptor can be read there. */
  readonly unread?: true;
}

/** Where a list is. */
export interface ListLayout extends PlaceLayout {
  /** Number of descriptors that the document had when the layout was made; more of them are given room by moving what follows. */
  readonly entries?: number;
  /** Stated number of descriptors, where it is not the number in the document. */
  readonly count?: number;
}

/** A heap object reference as stored. */
export interface ObjectLayout {
  /** First byte of the object, from the start of the table. */
  readonly offset: number;
  /** Bytes of the object, as the reference states them. */
  readonly length: number;
  /** The value does not say all bytes of the object: they stand among `bytes`, and are kept for as long as the value is the same. */
  readonly kept?: true;
  /** No value can be read there: the reference is kept as it is while the document gives none. */
  readonly unread?: true;
}

/** Some bytes of a table. */
export interface ByteRun {
  /** First of the bytes, from the start of the table. */
  readonly offset: number;
  /** Hexadecimal digits. */
  readonly bytes: string;
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
  /** What the header states of places and sizes. */
  readonly header?: {
    /** Stated length, where it is not the size. */
    readonly length?: number;
    /** Stated checksum, where it is wrong. */
    readonly checksum?: number;
    readonly heapOffset: number;
    readonly heapLength: number;
  };
  /** Where the Host Descriptor is. */
  readonly host?: HostLayout;
  /** Where the HFI Descriptor list is. */
  readonly hfi?: ListLayout;
  /** Where the SSNS Descriptor list is. */
  readonly ssns?: ListLayout;
  /** Where the Security Profile Descriptor list is. */
  readonly security?: ListLayout;
  /** Where the Discovery Descriptor list is. */
  readonly discovery?: ListLayout;
  /** References as stored, by model path of the object. */
  readonly objects?: Readonly<Record<string, ObjectLayout>>;
  /** Bytes that no value accounts for: reserved fields that are not zero, gaps, kept objects, what lies after the table. */
  readonly bytes?: readonly ByteRun[];
}

/** A layout with the places of everything. */
export type ExactLayout = NbftLayout & Required<Pick<NbftLayout, "header">>;

/** Whether a layout places everything itself. */
export function isExact(layout: NbftLayout | undefined): layout is ExactLayout {
  return layout?.header !== undefined && layout.style === undefined;
}
