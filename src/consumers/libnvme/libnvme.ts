import { sumView } from "../../acpi/checksum.ts";
import { checkBytes } from "../../bytes/bytes.ts";
import { latin1Bytes } from "../../bytes/latin1.ts";
import { remember } from "../../bytes/remember.ts";
import {
  listEntries,
  readControlDescriptor,
  readDiscoveryDescriptor,
  readHfiDescriptor,
  readHfiExtendedInfo,
  readHfiTransportInfoTcp,
  readHostDescriptor,
  readNbftHeader,
  readSecurityProfileDescriptor,
  readSsnsDescriptor,
  readSsnsExtendedInfo,
} from "../../nbft/generated/readers.ts";
import type { ListName } from "../../nbft/read/frame.ts";
import type { HeapRef } from "../../structure/index.ts";
import { hex, specHex } from "../../text/hex.ts";
import { UUID_NQN_PREFIX } from "../../text/nvme.ts";
import { AlikeResults } from "../behaviours/alike.ts";
import { behavioursOf, type Does } from "../behaviours/index.ts";
import { formatAddress } from "./inet.ts";
import type {
  LibnvmeDiscovery,
  LibnvmeDrop,
  LibnvmeHfi,
  LibnvmeReading,
  LibnvmeRemark,
  LibnvmeSecurity,
  LibnvmeSubsystem,
} from "./libnvme-table.ts";
import { RawTable } from "./raw-table.ts";
import { RECORDED_RELEASE } from "./releases.ts";

/** Unknown HFIs of one list beyond this number are only counted. */
const MOST_NAMED = 16;

const TABLE_HEAD = 128;
const TCP = 3;
/** libnvme keeps this much of a DUID (RFC 8415, section 11.1). */
const MAX_DUID = 130;

/**
 * How far after a file memory may still be mapped, in bytes: a small allocation has at least the rest of the first heap after it
 * (glibc makes it 132 KiB). What is further away is taken to be unmapped.
 */
const NEARBY = 0x21000;

/**
 * What the libnvme of an nvme-cli release makes of a file, wrong turns included. Where it reads past an object, this reads on inside
 * the file and takes zero after its end.
 *
 * libnvme 1.5 to 1.16.2 (src/nvme/nbft.c) and libnvme 3.0-rc1 to 3.1 (libnvme/src/nvme/nbft.c); the differences are in the table of
 * behaviours.
 *
 * @param release of nvme-cli, for example `2.16`, which has libnvme 1.16
 * @throws {RangeError} where that is no release
 */
export function readAsLibnvme(input: Uint8Array, release: string = RECORDED_RELEASE): LibnvmeReading {
  checkBytes(input);
  return new LibnvmeReader(input, behavioursOf("nvme-cli", release)).read();
}

const readings = remember((bytes) => ({ bytes, results: new AlikeResults<Does<"nvme-cli">, LibnvmeReading>() }));

/** The same, read once however many models ask for it. */
export function readOnceAsLibnvme(input: Uint8Array, release: string): LibnvmeReading {
  const { bytes, results } = readings(input);
  return results.of(behavioursOf("nvme-cli", release), (does) => new LibnvmeReader(bytes, does).read());
}

/** Why a descriptor is not used. */
class Unusable {
  readonly rule: string | undefined;
  readonly message: string;

  constructor(rule: string | undefined, message: string) {
    this.rule = rule;
    this.message = message;
  }
}

/** Why the program dies. */
class Fatal extends Unusable {}

/** How a reference to a heap object turned out. */
type HeapObject =
  | { readonly state: "absent" }
  | { readonly state: "outside" }
  | { readonly state: "good" | "unterminated"; readonly at: number; readonly length: number };

/** What a list of HFIs leads to, and what is to be remarked about it. */
interface HfiList {
  readonly hfis: readonly (LibnvmeHfi | undefined)[];
  readonly remarks: readonly Omit<LibnvmeRemark, "path">[];
}

class LibnvmeReader {
  readonly #raw: RawTable;
  readonly #does: Does<"nvme-cli">;
  readonly #dropped: LibnvmeDrop[] = [];
  readonly #remarks: LibnvmeRemark[] = [];
  readonly #hfis: LibnvmeHfi[] = [];
  readonly #security: LibnvmeSecurity[] = [];
  readonly #discovery: LibnvmeDiscovery[] = [];
  /** Table length as stated. */
  #length = 0;
  #heapStart = 0;
  #heapEnd = 0;
  /** The first HFI of each index: the one that every reference finds. */
  readonly #hfiByIndex: (LibnvmeHfi | undefined)[] = [];
  readonly #hfiLists = new Map<string, HfiList | Unusable>();

  constructor(input: Uint8Array, does: Does<"nvme-cli">) {
    this.#raw = new RawTable(input);
    this.#does = does;
  }

  read(): LibnvmeReading {
    const found = this.#readTable();
    if (found instanceof Fatal) {
      const { rule, message } = found;
      return {
        table: undefined,
        rejection: undefined,
        crash: { path: "", rule, message },
        dropped: [],
        remarks: [],
        readsPastEnd: false,
      };
    }
    const rejected = found instanceof Unusable;
    return {
      table: rejected ? undefined : found,
      rejection: rejected ? { path: "", rule: found.rule, message: found.message } : undefined,
      crash: undefined,
      dropped: this.#dropped,
      remarks: this.#remarks,
      readsPastEnd: this.#raw.readPastEnd,
    };
  }

  #readTable(): Fatal | Unusable | NonNullable<LibnvmeReading["table"]> {
    const { bytes, view } = this.#raw;
    if (bytes.length < TABLE_HEAD) return new Unusable("H001", `table is too short: ${bytes.length} bytes`);
    if (sumView(view, 0, bytes.length) !== 0) {
      return new Unusable("H002", "invalid checksum, which libnvme takes over the whole file");
    }
    const unusable = this.#readHeader();
    if (unusable) return unusable;

    const control = readControlDescriptor(view, bytes, 64);
    if ((control.flags & 1) === 0) {
      if (!this.#does.blockValidZeroIsEmpty) return new Unusable("C002", "Block Valid is 0");
      return {
        host: { nqn: undefined, id: undefined, flags: 0 },
        hfis: [],
        security: [],
        discovery: [],
        subsystems: [],
      };
    }
    if (control.structureId !== 1) return new Unusable("C001", "invalid id in control structure");
    const host = this.#readHost(control.hostOffset);
    if (host instanceof Unusable) return host;

    // In this order: each list looks its indexes up in those before it.
    const subsystems: LibnvmeSubsystem[] = [];
    const lists: [ListName, (at: number, position: number) => Unusable | undefined][] = [
      ["hfi", (at, position) => this.#addHfi(at, position)],
      ["security", (at, position) => collect(this.#security, this.#readSecurity(at, position))],
      ["discovery", (at, position) => this.#addDiscovery(at, position)],
      ["ssns", (at, position) => collect(subsystems, this.#readSsns(at, position))],
    ];
    for (const [name, add] of lists) {
      const bad = this.#readList(control, name, add);
      if (bad) return bad;
    }
    if (hasUpperUuid(host.nqn) && this.#does.lowersHostNqnUuid) host.nqn = host.nqn.map(lower);
    return { host, hfis: this.#hfis, security: this.#security, discovery: this.#discovery, subsystems };
  }

  #readHeader(): Unusable | undefined {
    const { bytes, view } = this.#raw;
    const header = readNbftHeader(view, bytes, 0);
    const { length, heapOffset, heapLength } = header;
    if (view.getUint32(0) !== 0x4e424654) return new Unusable("H003", "invalid signature");
    if (!this.#does.acceptsShortLength && length < TABLE_HEAD)
      return new Unusable("H004", `length in header is too short: ${length}`);
    if (length > bytes.length) return new Unusable("H005", `length in header exceeds the file: ${length}`);
    if (header.majorRevision !== 1) {
      return new Unusable("H007", `unsupported major revision ${header.majorRevision}`);
    }
    const newest = this.#does.rejectsMinorRevision1 ? 0 : 1;
    if (header.minorRevision > newest) {
      const message = `unsupported minor revision ${header.minorRevision}: at most ${newest} is accepted`;
      return new Unusable(header.minorRevision > 1 ? "H008" : undefined, message);
    }
    const heapEnd = this.#sum(heapOffset + heapLength);
    if (heapEnd > length) return new Unusable("H014", "heap exceeds table length");
    [this.#length, this.#heapStart, this.#heapEnd] = [length, heapOffset, heapEnd];
    return undefined;
  }

  #sum(value: number): number {
    return this.#does.addsIn32Bits ? value >>> 0 : value;
  }

  #readHost(at: number) {
    if (at < 32 || at + 32 > this.#length) {
      return new Unusable("C006", `host descriptor offset is invalid: ${hex(at)}`);
    }
    const raw = this.#raw.record(readHostDescriptor, at, 32);
    if ((raw.flags & 1) === 0) return new Unusable("O002", "host descriptor valid flag not set");
    if (raw.structureId !== 2) return new Unusable("O001", "invalid id in host descriptor");
    const nqn = this.#string(raw.hostNqnRef);
    if (nqn.state === "absent") return new Unusable("O004", "host NQN is empty");
    if (nqn.state !== "good") return new Unusable("O005", "host NQN is outside the heap or not terminated");
    return { nqn: this.#raw.cString(nqn.at), id: raw.hostId, flags: raw.flags };
  }

  #readList(
    control: ReturnType<typeof readControlDescriptor>,
    name: ListName,
    add: (at: number, position: number) => Unusable | undefined,
  ): Unusable | undefined {
    const count = control[`${name}Count`];
    if (count === 0) return undefined;
    const offset = control[`${name}Offset`];
    const stated = control[`${name}Length`];
    const { size } = listEntries[name];
    const place = `${count} × ${stated} bytes at ${hex(offset)}`;
    if (this.#does.believesListPlaces) {
      // The stated length is ignored for HFIs, believed for the check of the others, and entries are as far apart as the structure is large.
      const end = name === "hfi" ? offset + count * size : this.#sum(offset + count * stated);
      if (end > this.#length) return new Unusable("C012", `invalid ${name} descriptor list: ${place}`);
      if (offset > this.#raw.bytes.length + NEARBY) {
        return new Fatal("C012", `the ${name} descriptor list is read where no memory is: ${place}`);
      }
    } else {
      if (stated < size) return new Unusable("C011", `invalid ${name} descriptor list: ${place}`);
      if (offset === 0) return new Unusable("C010", `invalid ${name} descriptor list: ${place}`);
      if (offset + count * stated > this.#length) {
        return new Unusable("C012", `invalid ${name} descriptor list: ${place}`);
      }
    }
    const stride = this.#does.believesListPlaces ? size : stated;
    for (let position = 0; position < count; position++) {
      const unusable = add(offset + position * stride, position);
      if (unusable) this.#drop(name, offset + position * stride, position, unusable);
    }
    return undefined;
  }

  #drop(list: ListName, at: number, position: number, { rule, message }: Unusable): void {
    const [low = 0, high = 0] = this.#raw.copy(at + (list === "discovery" ? 2 : 1), 2);
    const index = list === "ssns" ? low | (high << 8) : low;
    this.#dropped.push({ list, position, index, path: `${list}[${position}]`, rule, message });
  }

  #remark(path: string, rule: string | undefined, message: string): void {
    this.#remarks.push({ path, rule, message });
  }

  #addHfi(at: number, position: number): Unusable | undefined {
    const hfi = this.#readHfi(at, position);
    if (!(hfi instanceof Unusable)) this.#hfiByIndex[hfi.index] ??= hfi;
    return collect(this.#hfis, hfi);
  }

  #readHfi(at: number, position: number): LibnvmeHfi | Unusable {
    const raw = this.#raw.record(readHfiDescriptor, at, 32);
    if ((raw.flags & 1) === 0) return new Unusable("F002", "Descriptor Valid is 0");
    if (raw.structureId !== 3) return new Unusable("F001", `structure id is ${specHex(raw.structureId)}`);
    if (raw.trtype !== TCP) return new Unusable("F004", `transport type is ${raw.trtype}`);
    const object = this.#object(raw.transportInfoRef);
    if (object.state === "absent") return new Unusable("F005", "transport info is missing");
    if (object.state === "outside") return new Unusable("P001", "transport info is outside the heap");
    const path = `hfi[${position}].transportInfo`;
    if (object.length < 128) {
      if (!this.#does.readsPastShortObjects) {
        return new Unusable("T001", `transport info has ${object.length} bytes, expected 128`);
      }
      this.#remark(path, "T001", `object has ${object.length} bytes, 128 are read`);
    }
    const info = this.#raw.record(readHfiTransportInfoTcp, object.at, 128);
    if ((info.flags & 1) === 0) return new Unusable("T007", "transport info: Descriptor Valid is 0");
    if (info.structureId !== 7) {
      return new Unusable("T002", `transport info: structure id is ${specHex(info.structureId)}`);
    }
    if (info.version !== 1) return new Unusable("T003", `transport info: version is ${info.version}`);
    const hostName = this.#string(info.hostNameRef);
    const extended = this.#does.readsRevision11 && info.transportInfoVersion >= 2;
    const dhcp = extended ? this.#readDhcp(info.extendedInfoRef, path) : undefined;
    return {
      position,
      index: raw.index,
      pciSbdf: new DataView(info.pciSbdf.buffer, info.pciSbdf.byteOffset, 4).getUint32(0, true),
      mac: info.mac,
      vlan: info.vlan,
      ipOrigin: info.ipOrigin,
      ipAddress: formatAddress(info.ipAddress),
      subnetMaskPrefix: info.subnetMaskPrefix,
      gateway: formatAddress(info.gateway),
      routeMetric: info.routeMetric,
      primaryDns: formatAddress(info.primaryDns),
      secondaryDns: formatAddress(info.secondaryDns),
      dhcpServer: (info.flags & 4) === 0 ? "" : formatAddress(info.dhcpServer),
      // An unterminated name is used all the same: its pointer is set before the check that nobody looks at.
      hostName: "at" in hostName ? this.#raw.cString(hostName.at) : undefined,
      flags: info.flags,
      pcieSegment: extended ? info.pcieSegment : 0,
      dhcpIaid: dhcp?.iaid ?? 0,
      dhcpDuid: dhcp?.duid,
    };
  }

  #readDhcp(ref: HeapRef, path: string): { iaid: number; duid: Uint8Array | undefined } | undefined {
    const object = this.#object(ref);
    if (!("at" in object)) return undefined;
    const where = `${path}.extendedInfo`;
    if (object.length < 20) {
      const short = this.#does.readsPastShortObjects;
      this.#remark(where, "X001", `object has ${object.length} bytes${short ? ", 20 are read" : ": ignored"}`);
      if (!short) return undefined;
    }
    const info = this.#raw.record(readHfiExtendedInfo, object.at, 20);
    if (info.structureId !== 0x0a || info.version !== 1 || (info.flags & 1) === 0) {
      this.#remark(where, "X002", "extended info is ignored: wrong id or version, or not valid");
      return undefined;
    }
    if ((info.flags & 2) === 0) return undefined;
    const iaid = this.#object(info.dhcpIaidRef);
    const duid = this.#object(info.dhcpDuidRef);
    if ("at" in iaid && iaid.length < 4) this.#remark(where, "X006", `IAID has ${iaid.length} bytes, 4 are read`);
    const bytes = "at" in iaid ? this.#raw.copy(iaid.at, 4) : new Uint8Array(4);
    return {
      iaid: new DataView(bytes.buffer).getUint32(0, true),
      duid: "at" in duid ? this.#raw.bytes.subarray(duid.at, duid.at + Math.min(duid.length, MAX_DUID)) : undefined,
    };
  }

  #readSecurity(at: number, position: number): LibnvmeSecurity | Unusable {
    if (!this.#does.readsSecurityProfiles)
      return new Unusable(undefined, "security profiles are not read by libnvme 1.x");
    const raw = this.#raw.record(readSecurityProfileDescriptor, at, 64);
    if ((raw.flags & 1) === 0) return new Unusable("Y002", "Descriptor Valid is 0");
    if (raw.structureId !== 5) return new Unusable("Y001", `structure id is ${specHex(raw.structureId)}`);
    const enabled: [boolean, HeapRef, string][] = [
      [(raw.flags & 0x180) !== 0, raw.secureChannelAlgorithmsRef, "secure channel algorithms"],
      [(raw.flags & 0x18) !== 0, raw.authProtocolsRef, "authentication protocols"],
      [(raw.flags & 0x200) !== 0, raw.cipherSuitesRef, "cipher suites"],
      [(raw.flags & 0x400) !== 0, raw.dhGroupsRef, "DH groups"],
      [(raw.flags & 0x800) !== 0, raw.secureHashesRef, "secure hashes"],
    ];
    for (const [on, ref, what] of enabled) {
      if (on && this.#object(ref).state === "outside") return new Unusable("Y007", `${what} are outside the heap`);
    }
    const key = this.#string(raw.secretKeypathRef);
    if (key.state === "outside") return new Unusable("P001", "key URI is outside the heap");
    if (key.state === "unterminated") return new Unusable("P005", "key URI is not terminated");
    return { position, index: raw.index };
  }

  #addDiscovery(at: number, position: number): Unusable | undefined {
    const found = this.#readDiscovery(at, position);
    if (!(found instanceof Unusable)) {
      if (!this.#discoveryEnded) this.#discovery.push(found);
      return this.#discoveryEnded
        ? new Unusable(undefined, "hidden after a discovery descriptor that ends the list")
        : undefined;
    }
    return found;
  }

  /** Set by a descriptor that is counted without being stored: a null pointer, which ends the list for everybody. */
  #discoveryEnded = false;

  #readDiscovery(at: number, position: number): LibnvmeDiscovery | Unusable {
    const raw = this.#raw.record(readDiscoveryDescriptor, at, 32);
    if ((raw.flags & 1) === 0) return new Unusable("D002", "Descriptor Valid is 0");
    if (raw.structureId !== 6) return new Unusable("D001", `structure id is ${specHex(raw.structureId)}`);
    const uri = this.#string(raw.uriRef);
    if (uri.state === "absent") return new Unusable("D004", "URI is missing");
    if (uri.state !== "good") return new Unusable(ruleOfString(uri), `URI is ${wordsOf(uri)}`);
    const nqn = this.#string(raw.nqnRef);
    if (nqn.state !== "good" && nqn.state !== "absent") {
      return new Unusable(ruleOfString(nqn), `NQN is ${wordsOf(nqn)}`);
    }
    if (nqn.state === "absent" && this.#does.needsDiscoveryNqn)
      return new Unusable("D010", "NQN is missing, which libnvme 1.x needs");
    const hfi = this.#hfiByIndex[raw.hfiIndex];
    const security = this.#security.find(({ index }) => index === raw.securityIndex);
    const unresolved = !hfi
      ? new Unusable("D008", `HFI ${raw.hfiIndex} is unknown`)
      : raw.securityIndex !== 0 && !security
        ? new Unusable("D009", `security profile ${raw.securityIndex} is unknown`)
        : undefined;
    if (unresolved && this.#does.dropsUnresolvedDiscovery) {
      // In 3.0-rc1 the result of reading the NQN is returned instead of an error: success, although nothing was stored.
      if (this.#does.endsDiscoveryListAtUnresolved && nqn.state === "good" && !this.#discoveryEnded) {
        this.#discoveryEnded = true;
        this.#remark(`discovery[${position}]`, unresolved.rule, "this descriptor hides all that follow in the list");
      }
      return unresolved;
    }
    return {
      position,
      index: raw.index,
      hfi,
      security: raw.securityIndex === 0 ? undefined : security,
      securityIndex: raw.securityIndex,
      uri: this.#raw.cString(uri.at),
      nqn: nqn.state === "good" ? this.#raw.cString(nqn.at) : undefined,
    };
  }

  #readSsns(at: number, position: number): LibnvmeSubsystem | Unusable {
    const raw = this.#raw.record(readSsnsDescriptor, at, 128);
    const path = `ssns[${position}]`;
    if ((raw.flags & 1) === 0) return new Unusable("S002", "Descriptor Valid is 0");
    if (raw.structureId !== 4) return new Unusable("S001", `structure id is ${specHex(raw.structureId)}`);
    if (raw.trtype !== TCP) return new Unusable("S003", `transport type is ${raw.trtype}`);
    const discovery = this.#discovery.find(({ index }) => index === raw.discoveryIndex);
    if (raw.discoveryIndex !== 0 && !discovery) {
      this.#remark(path, "S023", `discovery controller ${raw.discoveryIndex} is unknown`);
    }
    const traddr = this.#object(raw.traddrRef);
    if (traddr.state === "absent") return new Unusable("S006", "transport address is missing");
    if (!("at" in traddr)) return new Unusable("P001", "transport address is outside the heap");
    if (traddr.length < 16) {
      if (!this.#does.readsPastShortObjects) {
        return new Unusable("S007", `transport address has ${traddr.length} bytes, expected 16`);
      }
      this.#remark(path, "S007", `address has ${traddr.length} bytes, 16 are read`);
    }
    const trsvcid = this.#string(raw.trsvcidRef);
    if (trsvcid.state === "absent") return new Unusable("S009", "transport service id is missing");
    if (trsvcid.state !== "good") {
      return new Unusable(ruleOfString(trsvcid), `transport service id is ${wordsOf(trsvcid)}`);
    }
    const security = this.#security.find(({ index }) => index === raw.securityIndex);
    if (raw.securityIndex !== 0 && !security && this.#does.readsSecurityProfiles) {
      return new Unusable("S017", `security profile ${raw.securityIndex} is unknown`);
    }
    const hfis = this.#hfisOf(raw.primaryHfi, raw.secondaryHfisRef, path);
    if (hfis instanceof Unusable) return hfis;
    const nqn = this.#string(raw.subsystemNqnRef);
    if (nqn.state === "absent") return new Unusable("S010", "subsystem NQN is missing");
    if (nqn.state !== "good") return new Unusable(ruleOfString(nqn), `subsystem NQN is ${wordsOf(nqn)}`);
    return {
      position,
      index: raw.index,
      hfis,
      discovery: raw.discoveryIndex === 0 ? undefined : discovery,
      security: raw.securityIndex === 0 ? undefined : security,
      securityIndex: raw.securityIndex,
      traddr: formatAddress(this.#raw.copy(traddr.at, 16)),
      trsvcid: this.#raw.cString(trsvcid.at),
      subsysPortId: raw.subsysPortId,
      nsid: raw.nsid,
      nidType: raw.nidType,
      nid: raw.nid,
      flags: raw.flags,
      transportFlags: raw.transportFlags,
      nqn: this.#raw.cString(nqn.at),
      ...this.#extendedInfoOf(raw.flags, raw.index, raw.extendedInfoRef, path),
    };
  }

  /** The HFIs of an SSNS. Hundreds may name one list: it is looked up once. */
  #hfisOf(primary: number, secondaries: HeapRef, path: string): HfiList["hfis"] | Unusable {
    const key = `${primary} ${secondaries.offset}+${secondaries.length}`;
    const list = this.#hfiLists.get(key) ?? this.#lookUpHfis(primary, secondaries);
    this.#hfiLists.set(key, list);
    if (list instanceof Unusable) return list;
    for (const { rule, message } of list.remarks) this.#remark(path, rule, message);
    return list.hfis;
  }

  #lookUpHfis(primary: number, secondaries: HeapRef): HfiList | Unusable {
    const object = this.#object(secondaries);
    if (object.state === "absent") return new Unusable("S019", "list of secondary HFIs is empty");
    if (!("at" in object)) return new Unusable("P001", "list of secondary HFIs is outside the heap");
    const first = this.#hfiByIndex[primary];
    if (!first) return new Unusable("S018", `HFI ${primary} is unknown`);
    if (this.#does.losesLastSecondaryHfi) return { hfis: this.#withoutLastHfi(first, secondaries), remarks: [] };
    const hfis: (LibnvmeHfi | undefined)[] = [first];
    const unknown: number[] = [];
    let counted = 1;
    for (const { position, value } of this.#raw.firstEntries(secondaries)) {
      if (value === primary) continue;
      const hfi = this.#hfiByIndex[value];
      if (!hfi && value !== 0) unknown.push(value);
      if (this.#does.countsHolesInHfiLists) {
        // They are stored by place in the list, but what is accepted is counted, a zero included.
        if (hfi || value === 0) counted++;
        if (hfi && position < 256) hfis[position + 1] = hfi;
      } else if (hfi) hfis.push(hfi);
    }
    const remarks: HfiList["remarks"][number][] = unknown.slice(0, MOST_NAMED).map((index) => {
      return { rule: "S021", message: `HFI ${index} of the secondary list is unknown` };
    });
    const more = unknown.length - remarks.length;
    if (more > 0) remarks.push({ rule: "S021", message: `${more} more HFIs of the secondary list are unknown` });
    if (!this.#does.countsHolesInHfiLists) return { hfis, remarks };
    const all = Array.from({ length: counted }, (_, i) => hfis[i]);
    if (all.includes(undefined)) {
      remarks.push({
        rule: undefined,
        message: "the list of HFIs has a hole: programs that read it crash with SIGSEGV",
      });
    }
    return { hfis: all, remarks };
  }

  /** Counts the secondary entries that are zero or known, and takes as many of the whole list from its start, primary first. */
  #withoutLastHfi(first: LibnvmeHfi, { offset, length }: HeapRef): (LibnvmeHfi | undefined)[] {
    const entries = this.#raw.copy(offset, length);
    let counted = 0;
    for (let i = 0; i < length; i++) if (entries[i] === 0 || this.#hfiByIndex[entries[i]!]) counted++;
    // A list may have 65,535 entries, and hundreds of SSNS one each.
    const hfis = new Array<LibnvmeHfi | undefined>(counted);
    for (let i = 0; i < counted; i++) hfis[i] = i === 0 ? first : this.#hfiByIndex[entries[i - 1]!];
    return hfis;
  }

  #extendedInfoOf(flags: number, index: number, ref: HeapRef, path: string) {
    const none = {
      controllerId: 0,
      asqsz: 0,
      dhcpRootPath: undefined,
      naed: 0,
      cipeec: 0,
      connectionTimeout: 0,
      nceec: 0,
    };
    if ((flags & 0x10) === 0) return none;
    const object = this.#object(ref);
    if (!("at" in object)) {
      this.#remark(path, "S027", "extended info is in use but missing or outside the heap: ignored");
      return none;
    }
    if (object.length < 18) {
      this.#remark(
        path,
        "E001",
        `extended info has ${object.length} bytes, expected 18: ${this.#does.usesShortSsnsExtendedInfo ? "read anyway" : "ignored"}`,
      );
      if (!this.#does.usesShortSsnsExtendedInfo) return none;
    }
    const newer = this.#does.readsRevision11 && object.length >= 23;
    const info = this.#raw.record(readSsnsExtendedInfo, object.at, 23, newer ? 23 : 18);
    if (info.structureId !== 9 || info.version !== 1 || info.ssnsIndex !== index || (info.flags & 1) === 0) {
      this.#remark(path, "E003", "extended info is ignored: wrong id, version or index, or not valid");
      return none;
    }
    const rootPath = this.#string(info.dhcpRootPathRef);
    return {
      controllerId: info.cntlid,
      asqsz: (info.flags & 2) === 0 ? 0 : info.asqsz,
      dhcpRootPath: "at" in rootPath ? this.#raw.cString(rootPath.at) : undefined,
      naed: newer ? info.naed : 0,
      cipeec: newer ? info.cipeec : 0,
      connectionTimeout: newer ? info.connectionTimeout : 0,
      nceec: newer ? info.nceec : 0,
    };
  }

  #object({ offset, length }: HeapRef): HeapObject {
    if (length === 0) return { state: "absent" };
    if (offset < this.#heapStart || offset + length > this.#heapEnd) return { state: "outside" };
    return { state: "good", at: offset, length };
  }

  #string(ref: HeapRef): HeapObject {
    const object = this.#object(ref);
    if (!("at" in object)) return object;
    const terminated = this.#raw.nulAt(object.at) <= object.at + object.length;
    return terminated ? object : { ...object, state: "unterminated" };
  }
}

const UUID_NQN = latin1Bytes(UUID_NQN_PREFIX);

const isUpper = (byte: number) => byte >= 0x41 && byte <= 0x5a;
const lower = (byte: number) => (isUpper(byte) ? byte + 32 : byte);

/** Whether there is an upper-case letter after the `uuid:` of a host NQN. */
function hasUpperUuid(nqn: Uint8Array): boolean {
  return UUID_NQN.every((byte, i) => nqn[i] === byte) && nqn.some(isUpper);
}

function collect<T>(list: T[], found: T | Unusable): Unusable | undefined {
  if (found instanceof Unusable) return found;
  list.push(found);
  return undefined;
}

function ruleOfString({ state }: HeapObject): string {
  return state === "outside" ? "P001" : "P005";
}

function wordsOf({ state }: HeapObject): string {
  return state === "outside" ? "outside the heap" : "not terminated";
}
