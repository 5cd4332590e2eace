import type { Diagnostic } from "../diagnostic.ts";
import { interpretDuid } from "../nbft/duid.ts";
import { knownFindings } from "../nbft/read/known-findings.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type {
  DiscoveryDescriptor,
  HfiDescriptor,
  HfiTransportInfoTcp,
  HostDescriptor,
  SecurityProfileDescriptor,
  SsnsDescriptor,
  SsnsExtendedInfo,
} from "../nbft/structures/index.ts";
import { escapeText } from "../text/escape.ts";
import { hex, parseHex } from "../text/hex.ts";
import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import { type Paint, plain, severityPaint } from "./paint.ts";
import { drawTree, type TreeNode } from "./tree.ts";

/** Choices of {@link formatTable}. */
export interface TableTreeOptions {
  /** Colours; none unless given. */
  readonly paint?: Paint;
  /** Sections to show; all when none is chosen. The host is always shown. */
  readonly sections?: { readonly subsystem?: boolean; readonly hfi?: boolean; readonly discovery?: boolean };
  /** Show key paths of security profiles instead of hiding them. */
  readonly showSecrets?: boolean;
}

/** A table as a tree that explains itself: everything that it holds, in nvme-cli's words, then what is wrong with it. */
export function formatTable(name: string, reading: NbftReading, options: TableTreeOptions = {}): string {
  const paint = options.paint ?? plain;
  const { table, frame } = reading;
  const findings = knownFindings(reading);
  const wanted = options.sections ?? {};
  const all = !wanted.subsystem && !wanted.hfi && !wanted.discovery;
  const show = new Show(paint, options.showSecrets ?? false);
  const children: TreeNode[] = [];
  if (all) children.push(show.header(reading));
  if (!frame.configured) children.push({ text: paint.doubtful("not configured (Block Valid is 0)") });
  if (table.host) children.push(show.host(table.host));
  if (all || wanted.hfi) children.push(...table.hfi.map((hfi) => show.hfi(hfi)));
  if (all || wanted.subsystem) children.push(...table.ssns.map((ssns) => show.ssns(ssns)));
  if (all) children.push(...table.security.map((security) => show.security(security)));
  if (all || wanted.discovery) children.push(...table.discovery.map((discovery) => show.discovery(discovery)));
  if (findings.length > 0) children.push(show.findings(findings));
  const { header } = table;
  const facts = [
    `${frame.bytes.length} bytes`,
    `revision ${header.majorRevision}.${header.minorRevision}`,
    checksumText(reading, paint),
    count(table.hfi.length, "HFI"),
    count(table.ssns.length, "subsystem"),
    count(table.discovery.length, "discovery controller"),
    ...(table.security.length > 0 ? [count(table.security.length, "security profile")] : []),
  ];
  return drawTree({ text: `${paint.bold(escapeText(name))}: ${facts.join(", ")}`, children }, paint);
}

/** What is known of the checksum: of a table that is longer than the bytes there are, nothing. */
export function checksumText({ frame, diagnostics }: NbftReading, paint: Paint = plain): string {
  if (frame.header.length > frame.input.length)
    return paint.bad(`cut off: ${frame.header.length} bytes stated, checksum unknown`);
  return diagnostics.some(({ rule }) => rule === "H002") ? paint.bad("checksum wrong") : paint.good("checksum ok");
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

class Show {
  readonly #paint: Paint;
  readonly #showSecrets: boolean;

  constructor(paint: Paint, showSecrets: boolean) {
    this.#paint = paint;
    this.#showSecrets = showSecrets;
  }

  header({ table, frame }: NbftReading): TreeNode {
    const { header, control } = table;
    const quoted = (text: string) => `"${escapeText(text)}"`;
    return {
      text: this.#title("Header"),
      children: this.#lines(
        ["OEM", `${quoted(header.oemId)} ${quoted(header.oemTableId)} revision ${hex(header.oemRevision)}`],
        ["creator", `${quoted(header.creatorId)} revision ${hex(header.creatorRevision)}`],
        ["driver signature", header.driverSignature],
        ["heap", `${frame.heapEnd - frame.heapStart} bytes at ${hex(frame.heapStart)}`],
        [
          "control",
          `revision ${control.majorRevision}.${control.minorRevision}${others({ ...control.flags, valid: false })}`,
        ],
      ),
    };
  }

  host(host: HostDescriptor): TreeNode {
    const { hostIdConfigured, hostNqnConfigured, primaryAdminHost, valid } = host.flags;
    return {
      text: this.#title("Host", valid),
      children: this.#lines(
        ["host NQN", host.hostNqn, hostNqnConfigured ? "configured" : "default"],
        ["host ID", host.hostId, [hostIdConfigured ? "configured" : "default", ...hostIdNote(host)].join("; ")],
        ["primary admin host", String(primaryAdminHost)],
        ["reserved flags", host.flags.reserved === undefined ? undefined : hex(host.flags.reserved)],
      ),
    };
  }

  hfi(hfi: HfiDescriptor): TreeNode {
    const info = hfi.transportInfo;
    return {
      text: `${this.#title(`HFI ${hfi.index}`, hfi.flags.valid)} ${[hfi.trtype, info?.pciSbdf, info?.mac].filter((part) => part !== undefined).join(", ")}`,
      children: info ? this.#transportInfo(info) : [{ text: this.#paint.bad("no usable transport info") }],
    };
  }

  #transportInfo(info: HfiTransportInfoTcp): TreeNode[] {
    const { dhcpOverride, defaultRoute, ipAutoconfigured, valid } = info.flags;
    const extended = info.extendedInfo;
    const lines = this.#lines(
      ["address", info.ipAddress && `${info.ipAddress}/${info.subnetMaskPrefix}`, `origin ${info.ipOrigin}`],
      ["gateway", info.gateway],
      ["DNS", [info.primaryDns, info.secondaryDns].filter((dns) => dns !== undefined).join(", ") || undefined],
      ["DHCP server", info.dhcpServer, dhcpOverride ? undefined : "not in use: DHCP override is 0"],
      ["VLAN", info.vlan === 0 ? undefined : String(info.vlan)],
      ["route metric", String(info.routeMetric)],
      ["host name", info.hostName],
      ["flags", flagWords({ valid, defaultRoute, dhcpOverride, ipAutoconfigured, reserved: info.flags.reserved })],
      ["transport info version", String(info.transportInfoVersion)],
      ["PCIe segment", info.pcieSegment ? String(info.pcieSegment) : undefined],
    );
    if (!extended) return lines;
    const duid = extended.dhcpDuid === undefined ? undefined : interpretDuid(parseHex(extended.dhcpDuid)!);
    const reading = duid && `${duid.type} ${duid.identifier}, ${duid.order}`;
    return [
      ...lines,
      {
        text: this.#title("Extended info", extended.flags.valid),
        children: this.#lines(
          ["DHCP IAID", extended.dhcpIaid === undefined ? undefined : hex(extended.dhcpIaid, 8)],
          ["DHCP DUID", extended.dhcpDuid, reading],
          ["flags", flagWords(extended.flags)],
        ),
      },
    ];
  }

  ssns(ssns: SsnsDescriptor): TreeNode {
    const { unavailable, ...flags } = ssns.flags;
    const address = ssns.traddr?.includes(":") ? `[${ssns.traddr}]` : ssns.traddr;
    const secondary = (ssns.secondaryHfis ?? []).filter((index) => index !== ssns.primaryHfi);
    const where = `${ssns.trtype} ${address ?? "no address"}:${ssns.trsvcid === undefined ? "?" : escapeText(ssns.trsvcid)}`;
    const lines = this.#lines(
      ["subsystem NQN", ssns.subsystemNqn],
      ["NSID", ssns.nsid === 0 ? "0 (any: the NID decides)" : hexOrDecimal(ssns.nsid)],
      ["NID", ssns.nid, String(ssns.nidType)],
      [
        "HFIs",
        `${ssns.primaryHfi}${secondary.length > 0 ? `, ${secondary.slice(0, 16).join(", ")}${secondary.length > 16 ? ", …" : ""}` : ""}`,
        ssns.secondaryHfis === undefined ? "no secondary list: libnvme drops this subsystem" : undefined,
      ],
      ["subsystem port ID", String(ssns.subsysPortId)],
      ["discovery controller", ssns.discoveryIndex === 0 ? undefined : String(ssns.discoveryIndex)],
      ["security profile", ssns.securityIndex === 0 ? undefined : String(ssns.securityIndex)],
      ["transport flags", flagWords(ssns.transportFlags)],
      ["flags", flagWords(flags)],
      ["availability", unavailable === "not indicated" ? undefined : String(unavailable)],
    );
    return {
      text: `${this.#title(`SSNS ${ssns.index}`, ssns.flags.valid)} ${where}`,
      children: ssns.extendedInfo ? [...lines, this.#ssnsExtendedInfo(ssns.extendedInfo)] : lines,
    };
  }

  #ssnsExtendedInfo(info: SsnsExtendedInfo): TreeNode {
    const named = (value: string | number | undefined) => (value === "none" ? undefined : value?.toString());
    return {
      text: this.#title("Extended info", info.flags.valid),
      children: this.#lines(
        ["controller ID", info.cntlid === 0xffff ? "0xffff (dynamic)" : String(info.cntlid)],
        ["admin SQ size", String(info.asqsz), info.flags.adminAsqsz ? "set by the administrator" : undefined],
        ["DHCP root path", info.dhcpRootPath],
        ["access error", named(info.naed)],
        ["connect error", named(info.cipeec)],
        ["network error", named(info.nceec)],
        [
          "connection timeout",
          info.connectionTimeout === undefined || info.connectionTimeout === 0xffff
            ? undefined
            : `${info.connectionTimeout} s`,
        ],
      ),
    };
  }

  security(security: SecurityProfileDescriptor): TreeNode {
    const { flags } = security;
    const list = (entries: readonly (string | number)[] | undefined) => entries?.join(", ");
    const keypath = security.secretKeypath;
    return {
      text: this.#title(`Security profile ${security.index}`, flags.valid),
      children: this.#lines(
        ["in-band authentication", String(flags.inBandAuthentication)],
        ["authentication protocols", list(security.authProtocols), `list: ${flags.authPolicyList}`],
        ["secure channel", String(flags.secureChannel)],
        ["secure channel algorithms", list(security.secureChannelAlgorithms), `list: ${flags.secureChannelPolicyList}`],
        ["cipher suites", list(security.cipherSuites)],
        ["DH groups", list(security.dhGroups)],
        ["hash functions", list(security.secureHashes)],
        ["secret type", flagWords(security.secretType)],
        ["secret key path", keypath === undefined || this.#showSecrets ? keypath : "(hidden: --show-secrets shows it)"],
        ["reserved flags", flags.reserved === undefined ? undefined : hex(flags.reserved)],
      ),
    };
  }

  discovery(discovery: DiscoveryDescriptor): TreeNode {
    const uri = discovery.uri === undefined ? "no address" : escapeText(discovery.uri);
    return {
      text: `${this.#title(`Discovery controller ${discovery.index}`, discovery.flags.valid)} ${uri}`,
      children: this.#lines(
        ["NQN", discovery.nqn],
        ["HFI", String(discovery.hfiIndex)],
        ["security profile", discovery.securityIndex === 0 ? undefined : String(discovery.securityIndex)],
        ["reserved flags", discovery.flags.reserved === undefined ? undefined : hex(discovery.flags.reserved)],
      ),
    };
  }

  findings(diagnostics: readonly Diagnostic[]): TreeNode {
    const shown = diagnostics.slice(0, 20);
    const more = diagnostics.length - shown.length;
    return {
      text: this.#title(count(diagnostics.length, "finding")),
      children: [
        ...shown.map(({ severity, rule, name, path, offset, message }) => ({
          text: `${severityPaint(this.#paint, severity)(`${severity} ${rule} ${name}`)} ${path} at ${hex(offset)}: ${escapeText(message)}`,
        })),
        ...(more > 0 ? [{ text: `and ${more} more` }] : []),
      ],
    };
  }

  #title(text: string, valid = true): string {
    return this.#paint.bold(text) + (valid ? "" : this.#paint.doubtful(" (invalid)"));
  }

  /** Lines of label and value; an absent value leaves its line out. Values are escaped here. */
  #lines(
    ...rows: readonly (readonly [label: string, value: string | undefined, note?: string | undefined])[]
  ): TreeNode[] {
    return rows.flatMap(([label, value, note]) => {
      if (value === undefined) return [];
      const remark = note === undefined ? "" : this.#paint.dim(` (${note})`);
      return [{ text: `${this.#paint.dim(`${label}:`)} ${escapeText(value)}${remark}` }];
    });
  }
}

/** Names of the flags that are set; undefined when only `valid` is. */
function flagWords(flags: object): string | undefined {
  const words = Object.entries<boolean | string | number | undefined>({ ...flags }).flatMap(([name, value]) => {
    if (name === "valid") return value === false ? ["not valid"] : [];
    if (name === "reserved") return value === undefined ? [] : [`reserved bits ${hex(value as number)}`];
    return value === true ? [spaced(name)] : [];
  });
  return words.length > 0 ? words.join(", ") : undefined;
}

function others(flags: Readonly<Record<string, boolean | number | undefined>>): string {
  const { valid: _, ...rest } = flags;
  const words = flagWords(rest);
  return words === undefined ? "" : `, ${words}`;
}

function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function hexOrDecimal(nsid: number): string {
  return nsid === 0xffffffff ? "0xffffffff (broadcast)" : String(nsid);
}

/** How the Host ID relates to the UUID in the host NQN. */
function hostIdNote({ hostId, hostNqn }: HostDescriptor): string[] {
  const uuid = /^nqn\.2014-08\.org\.nvmexpress:uuid:(.*)$/.exec(hostNqn ?? "")?.[1]?.toLowerCase();
  const bytes = uuid === undefined ? undefined : parseUuid(uuid);
  if (!bytes) return [];
  if (uuid === hostId) return ["the host NQN's UUID"];
  return formatUuid(swapGuid(bytes)) === hostId
    ? ["the host NQN's UUID in EFI_GUID byte order"]
    : ["differs from the host NQN's UUID"];
}
