import type {
  ControlDescriptor,
  DiscoveryDescriptor,
  HfiDescriptor,
  HostDescriptor,
  NbftHeader,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "../nbft/generated/model.ts";
import type { NbftLayout } from "../nbft/write/layout-part.ts";
import type { SameAs } from "./same-as.ts";

/**
 * Part of a model in a document: any field may be missing, long texts and lists may be named by the place where they are, and a
 * service id may be a number.
 */
export type DocumentPart<T> = {
  readonly [K in keyof T]?: DocumentValue<NonNullable<T[K]>> | (K extends "trsvcid" ? number : never) | undefined;
};

type DocumentValue<T> = T extends string
  ? string extends T
    ? T | SameAs
    : T
  : T extends readonly (string | number)[]
    ? T | SameAs
    : T extends object
      ? DocumentPart<T>
      : T;

/**
 * The document of a table: its model as JSON, and a `layout` where the bytes are not those of the canonical layout. Long
 * values that occur again are written once and referred to by a `sameAs` reference, so that a document's size follows its table's.
 * What is missing gets the value that `withDefaults` gives it, unless the layout is exact.
 */
export interface NbftDocument {
  /** JSON Schema of the document, for editors; ignored. */
  readonly $schema?: string | undefined;
  /** Where the table came from; ignored. */
  readonly source?: string | undefined;
  /** The header. */
  readonly header?: DocumentPart<NbftHeader> | undefined;
  /** The Control Descriptor. */
  readonly control?: DocumentPart<ControlDescriptor> | undefined;
  /** The Host Descriptor. */
  readonly host?: DocumentPart<HostDescriptor> | undefined;
  /** Network interfaces of the host, in the order of the table. */
  readonly hfi?: readonly DocumentPart<HfiDescriptor>[] | undefined;
  /** Namespaces to boot from, in the order of the table. */
  readonly ssns?: readonly DocumentPart<SsnsDescriptor>[] | undefined;
  /** Security profiles, in the order of the table. */
  readonly security?: readonly DocumentPart<SecurityProfileDescriptor>[] | undefined;
  /** Discovery controllers, in the order of the table. */
  readonly discovery?: readonly DocumentPart<DiscoveryDescriptor>[] | undefined;
  /** Where the bytes are, if not as in the canonical layout. */
  readonly layout?: NbftLayout | undefined;
}
