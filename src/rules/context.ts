import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { TableFrame } from "../nbft/read/frame.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type {
  DiscoveryDescriptor,
  HfiDescriptor,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "../nbft/structures/index.ts";
import { discoveryDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import type { Structure } from "../structure/index.ts";
import { type AddressKind, addressFields, addressKind } from "./addresses.ts";
import { HeapMap } from "./heap-map.ts";
import { IndexedList } from "./indexed-list.ts";
import { type NqnTrouble, nqnTrouble } from "./names.ts";
import { type Place, placeIn, placeOf } from "./place.ts";
import type { AnyRule } from "./rule.ts";
import { Tally } from "./screens/tally.ts";
import { type DiscoveryUri, readDiscoveryUri, usualUriAddress } from "./uri.ts";

/** How a Host ID relates to the UUID in a host NQN: in its order, in EFI_GUID order, or not at all. */
export type HostIdOrder = "same" | "swapped" | "other" | undefined;

/** What a rule's check gets beside its subject: the rest of the table, and where to report. */
export class RuleContext {
  readonly table: NbftTable;
  readonly frame: TableFrame;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly hfi: IndexedList<HfiDescriptor>;
  readonly ssns: IndexedList<SsnsDescriptor>;
  readonly security: IndexedList<SecurityProfileDescriptor>;
  readonly discovery: IndexedList<DiscoveryDescriptor>;
  readonly findings: Diagnostic[] = [];
  /** Paths below which nothing is judged. */
  readonly stopped: string[] = [];
  /** First byte of the structure that is judged, from the start of the table. */
  at = 0;
  /** Its position in its list. */
  position = 0;
  /** What the screens have come upon. */
  readonly tally: Tally;
  /** What the rules about the Host ID have found out; null before. */
  hostIdOrder: HostIdOrder | null = null;
  /** The descriptor that is judged, or that the judged structure hangs on. */
  owner: unknown;
  /** @internal the rule that is running, and whether what it finds is dropped */
  run!: { readonly rule: AnyRule; readonly muted: boolean };
  /** @internal whether the rule has found something */
  reported = false;
  #structure: Structure = nbftHeader;
  #list = "header";
  #inner = "";
  #kindsAt = -1;
  readonly #kinds: AddressKind[] = [0, 0, 0, 0, 0];
  #heap: HeapMap | undefined;
  readonly #usual: number[] = [];

  constructor({ table, frame, diagnostics }: NbftReading) {
    const { hfi, ssns, security, discovery } = table;
    const { control, lists } = frame;
    // Only what reading complains about can keep it from reading a list to its end.
    const all = diagnostics.length === 0;
    this.table = table;
    this.frame = frame;
    this.tally = new Tally(all ? frame.heapStart : -1);
    this.bytes = frame.bytes;
    this.view = frame.view;
    this.hfi = new IndexedList(hfi, all || control.hfiCount === lists.hfi.count);
    this.ssns = new IndexedList(ssns, all || control.ssnsCount === lists.ssns.count);
    this.security = new IndexedList(security, all || control.securityCount === lists.security.count);
    this.discovery = new IndexedList(discovery, all || control.discoveryCount === lists.discovery.count);
  }

  /** @internal Says which structure is judged from now on; `inner` is its path below the descriptor. */
  enter(structure: Structure, at: number, list: string, position = -1, inner = ""): void {
    this.#structure = structure;
    this.at = at;
    this.#list = list;
    this.position = position;
    this.#inner = inner;
  }

  /** @internal Goes on with a structure that hangs on the descriptor that was entered. */
  enterBelow(structure: Structure, at: number, inner: string): void {
    this.#structure = structure;
    this.at = at;
    this.#inner = inner;
  }

  /** Path of the structure that is judged. */
  get path(): string {
    return this.position < 0 ? this.#list + this.#inner : `${this.#list}[${this.position}]${this.#inner}`;
  }

  /** Reports a finding at a field of the structure that is judged, or below it: `vlan`, `flags.valid`, `traddrRef`. */
  report(key: string, message: string, severity?: Severity, hint?: string): void {
    this.reported = true;
    if (this.run.muted) return;
    const place = placeIn(this.frame, this.#structure, this.at, key);
    this.#add(`${this.path}.${key}`, place, message, severity, hint);
  }

  /** Reports a finding at any path of the table. */
  reportAt(path: string, message: string, severity?: Severity, place: Place = placeOf(this.frame, path)): void {
    this.reported = true;
    if (!this.run.muted) this.#add(path, place, message, severity, undefined);
  }

  #add(path: string, { offset, length }: Place, message: string, severity?: Severity, hint?: string): void {
    const { rule } = this.run;
    this.findings.push({
      rule: rule.code,
      name: rule.name,
      severity: severity ?? rule.severity,
      path,
      offset,
      length,
      message,
      hint: hint ?? rule.hint,
      spec: rule.spec,
    });
  }

  /** Whether the objects that the screens have come upon fill the heap. */
  get packed(): boolean {
    const { heapEnd } = this.frame;
    const { packedEnd } = this.tally;
    return packedEnd === heapEnd || (packedEnd === heapEnd - 1 && packedEnd >= 0 && this.bytes[packedEnd] === 0);
  }

  /** How the strings of the table end. */
  get conventions(): { readonly counted: boolean; readonly uncounted: boolean } {
    if (this.packed) return this.tally;
    return { counted: this.heap.counted > 0, uncounted: this.heap.uncounted > 0 };
  }

  /** What the heap holds; made when a rule asks for it first. */
  get heap(): HeapMap {
    this.#heap ??= new HeapMap(this.frame);
    return this.#heap;
  }

  /** Kinds of the addresses of the Transport Info Descriptor that is judged, in the order of {@link addressFields}. */
  addressKinds(): readonly AddressKind[] {
    if (this.#kindsAt !== this.at) {
      this.#kindsAt = this.at;
      for (let i = 0; i < addressFields.length; i++) {
        this.#kinds[i] = addressKind(this.view, this.at + addressFields[i]!.at);
      }
    }
    return this.#kinds;
  }

  /** What is wrong with an NQN that a reference of the structure that is judged leads to. */
  nqnTrouble(nqn: string, ref: number): NqnTrouble | undefined {
    return nqnTrouble(nqn, this.bytes, this.view, this.targetOf(ref), this.refLength(ref));
  }

  /**
   * The IPv4 address in the URI of a discovery controller, as a number, where the URI has the usual form and nothing is wrong with it;
   * else -1, or -2 where there is no URI.
   */
  usualAddress(position: number): number {
    const known = this.#usual[position];
    if (known !== undefined) return known;
    const uri = this.table.discovery[position]?.uri;
    let address = -2;
    if (uri !== undefined) {
      const { offset, stride } = this.frame.lists.discovery;
      const ref = offset + position * stride + discoveryDescriptor.fields.uri.at;
      address = usualUriAddress(this.bytes, this.view.getUint32(ref, true), uri.length);
    }
    this.#usual[position] = address;
    return address;
  }

  /** Parts of the URI of a discovery controller by its position, unless it has the usual form or there is none. */
  unusualUri(position: number): DiscoveryUri | undefined {
    return this.usualAddress(position) === -1 ? readDiscoveryUri(this.table.discovery[position]!.uri!) : undefined;
  }

  /** Stored length of a reference of the structure that is judged; `ref` is its place in the structure. */
  refLength(ref: number): number {
    return this.view.getUint16(this.at + ref + 4, true);
  }

  /** Stored offset of a reference of the structure that is judged. */
  targetOf(ref: number): number {
    return this.view.getUint32(this.at + ref, true);
  }

  /** Whether a reference of the structure that is judged leads to nothing: its length is 0. */
  empty(ref: number): boolean {
    return this.refLength(ref) === 0;
  }

  /** Whether a reference of the structure that is judged leads to an object inside the heap. */
  leadsInside(ref: number): boolean {
    const offset = this.targetOf(ref);
    const length = this.refLength(ref);
    return length > 0 && offset >= this.frame.heapStart && offset + length <= this.frame.heapEnd;
  }

  /** The HFI that the judged transport info or extended info belongs to. */
  get hfiOwner(): HfiDescriptor {
    return this.owner as HfiDescriptor;
  }

  /** The SSNS that the judged extended info belongs to. */
  get ssnsOwner(): SsnsDescriptor {
    return this.owner as SsnsDescriptor;
  }
}
