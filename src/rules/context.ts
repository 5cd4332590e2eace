import type { Diagnostic, Severity } from "../diagnostic.ts";
import { type DiscoveryUri, readDiscoveryUri } from "../nbft/discovery-uri.ts";
import type { TableFrame } from "../nbft/read/frame.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type {
  DiscoveryDescriptor,
  HfiDescriptor,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { valueAt } from "../nbft/value-at.ts";
import { type AddressOwners, addressOwners, type TablePath, TablePaths } from "../reach/paths.ts";
import { forgetAddresses, type Subnet, subnetOf } from "../reach/subnet.ts";
import type { RuleInfo } from "../rule-info.ts";
import { foundAndExpected } from "../text/found.ts";
import { type AddressKind, addressFields, addressKind } from "./addresses.ts";
import { HeapMap } from "./heap-map.ts";
import { IndexedList, isValid } from "./indexed-list.ts";
import { type NqnTrouble, nqnTrouble } from "./names.ts";
import { type Place, placeIn, placeOf } from "./place.ts";
import type { Site } from "./sites.ts";

/** How a Host ID relates to the UUID in a host NQN: in its order, in EFI_GUID order, or not at all. */
export type HostIdOrder = "same" | "swapped" | "other" | undefined;

/** An HFI and the network that it is in. */
interface HfiNetwork {
  readonly hfi: HfiDescriptor;
  readonly network: Subnet;
}

/** What a finding has of its own: a hint in place of its rule's, and which of the rule's defects it is. */
type MoreOfFinding = Partial<Pick<Diagnostic, "hint" | "defect">>;

/** What a finding takes over from the rule that is running. */
export type RunningRule = Pick<RuleInfo, "code" | "name" | "severity" | "hint" | "spec">;

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
  /** Paths below which nothing is checked. */
  readonly stopped = new Set<string>();
  /** What the rules about the Host ID have found out; null before. */
  hostIdOrder: HostIdOrder | null = null;
  /** @internal the structure that is checked */
  site!: Site;
  /** @internal the rule that is running */
  rule!: RunningRule;
  /** @internal whether the rule has found something */
  reported = false;
  readonly #isWanted: (code: string) => boolean;
  #kindsAt = -1;
  readonly #kinds: AddressKind[] = [0, 0, 0, 0, 0];
  #addressOwners: AddressOwners | undefined;
  #heap: HeapMap | undefined;
  #uriAt = -1;
  #uri: DiscoveryUri | undefined;
  #networks: readonly HfiNetwork[] | undefined;
  #tablePaths: TablePaths | undefined;
  #pathsAt = -1;
  #paths: readonly TablePath[] = [];

  /** @param isWanted whether findings of a rule are wanted */
  constructor({ table, frame, diagnostics }: NbftReading, isWanted: (code: string) => boolean) {
    forgetAddresses();
    const { hfi, ssns, security, discovery } = table;
    const { control, lists } = frame;
    // Only what reading complains about can keep it from reading a list to its end.
    const all = diagnostics.length === 0;
    this.table = table;
    this.frame = frame;
    this.#isWanted = isWanted;
    this.bytes = frame.bytes;
    this.view = frame.view;
    this.hfi = new IndexedList(hfi, all || control.hfiCount === lists.hfi.count);
    this.ssns = new IndexedList(ssns, all || control.ssnsCount === lists.ssns.count);
    this.security = new IndexedList(security, all || control.securityCount === lists.security.count);
    this.discovery = new IndexedList(discovery, all || control.discoveryCount === lists.discovery.count);
  }

  /** First byte of the structure that is checked, from the start of the table. */
  get at(): number {
    return this.site.at;
  }

  /** Its position in its list. */
  get position(): number {
    return this.site.position;
  }

  /** Reports a finding at a field of the structure that is checked, or below it: `vlan`, `flags.valid`, `traddrRef`. */
  report(key: string, message: string, severity?: Severity, more?: MoreOfFinding): void {
    const { structure, at, path } = this.site;
    this.#add(`${path}.${key}`, placeIn(this.frame, structure, at, key), message, severity, more);
  }

  /** Reports a finding at any path of the table. */
  reportAt(path: string, message: string, severity?: Severity, place: Place = placeOf(this.frame, path)): void {
    this.#add(path, place, message, severity);
  }

  #add(
    path: string,
    { offset, length }: Place,
    message: string,
    severity?: Severity,
    { hint, defect }: MoreOfFinding = {},
  ): void {
    this.reported = true;
    const { rule } = this;
    if (!this.#isWanted(rule.code)) return;
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
      ...(defect !== undefined && { defect }),
      ...foundAndExpected(message, valueAt(this.table, path)),
    });
  }

  /** The paths that begin at the SSNS that is checked: each of its HFIs, and whether it reaches the target. */
  get paths(): readonly TablePath[] {
    this.#tablePaths ??= new TablePaths(this.table);
    if (this.#pathsAt !== this.position) {
      this.#pathsAt = this.position;
      this.#paths = this.#tablePaths.ofSsns(this.position);
    }
    return this.#paths;
  }

  /** The valid HFIs whose network is known, and that network. */
  get networks(): readonly HfiNetwork[] {
    this.#networks ??= this.table.hfi.flatMap((hfi) => {
      const { ipAddress, subnetMaskPrefix = 0 } = hfi.transportInfo ?? {};
      if (!isValid(hfi) || ipAddress === undefined || subnetMaskPrefix === 0) return [];
      const network = subnetOf(ipAddress, subnetMaskPrefix);
      return network ? [{ hfi, network }] : [];
    });
    return this.#networks;
  }

  /** The HFIs by their addresses. */
  get addressOwners(): AddressOwners {
    this.#addressOwners ??= addressOwners(this.table.hfi);
    return this.#addressOwners;
  }

  /** What the heap holds; made when a rule asks for it first. */
  get heap(): HeapMap {
    this.#heap ??= new HeapMap(this.frame);
    return this.#heap;
  }

  /** Kinds of the addresses of the Transport Info Descriptor that is checked, in the order of {@link addressFields}. */
  addressKinds(): readonly AddressKind[] {
    if (this.#kindsAt !== this.at) {
      this.#kindsAt = this.at;
      for (let i = 0; i < addressFields.length; i++) {
        this.#kinds[i] = addressKind(this.view, this.at + addressFields[i]!.at);
      }
    }
    return this.#kinds;
  }

  /** What is wrong with an NQN that a reference of the structure that is checked leads to. */
  nqnTrouble(nqn: string, ref: number): NqnTrouble | undefined {
    return nqnTrouble(nqn, this.bytes, this.view, this.targetOf(ref), this.refLength(ref));
  }

  /** Parts of the URI of a discovery controller by its position; undefined where there is none. */
  discoveryUri(position: number): DiscoveryUri | undefined {
    if (this.#uriAt !== position) {
      const uri = this.table.discovery[position]?.uri;
      this.#uriAt = position;
      this.#uri = uri === undefined ? undefined : readDiscoveryUri(uri);
    }
    return this.#uri;
  }

  /** Stored length of a reference of the structure that is checked; `ref` is its place in the structure. */
  refLength(ref: number): number {
    return this.view.getUint16(this.at + ref + 4, true);
  }

  /** Stored offset of a reference of the structure that is checked. */
  targetOf(ref: number): number {
    return this.view.getUint32(this.at + ref, true);
  }

  /** Whether a reference of the structure that is checked leads to nothing: its length is 0. */
  empty(ref: number): boolean {
    return this.refLength(ref) === 0;
  }

  /** Whether a reference of the structure that is checked leads to an object inside the heap. */
  leadsInside(ref: number): boolean {
    const offset = this.targetOf(ref);
    const length = this.refLength(ref);
    return length > 0 && offset >= this.frame.heapStart && offset + length <= this.frame.heapEnd;
  }

  /** The HFI that the transport info or extended info that is checked belongs to. */
  get hfiOwner(): HfiDescriptor {
    return this.table.hfi[this.position]!;
  }

  /** The SSNS that the extended info that is checked belongs to. */
  get ssnsOwner(): SsnsDescriptor {
    return this.table.ssns[this.position]!;
  }
}
