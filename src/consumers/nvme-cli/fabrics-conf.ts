import { latin1Text } from "../../bytes/latin1.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT } from "../../text/nvme.ts";
import { formatUuid } from "../../text/uuid.ts";
import { readableText } from "../byte-text.ts";
import { libnvmeAddress } from "../libnvme/inet.ts";
import { readAsLibnvme } from "../libnvme/libnvme.ts";
import type { LibnvmeDiscovery, LibnvmeHfi, LibnvmeSubsystem, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { parseFabricsUri } from "./fabrics-uri.ts";
import { addressRefusals, isUnspecified } from "./kernel-checks.ts";
import type { TableFile } from "./show.ts";

/** A configuration of nvme-cli 3 or nvme-stas 3 that connects what some tables list. */
export interface FabricsConf {
  /** Contents of the file. */
  readonly text: string;
  /** What of the tables is not in it, and what must be added by hand. */
  readonly remarks: readonly { readonly source: string; readonly message: string }[];
}

/** The release whose libnvme reads the tables: that of the first configuration of this form that was run. */
const RELEASE = "3.1";

/**
 * The connections of some tables as `/etc/nvme/nvme-fabrics.conf`, which the nvme-cli tools and nvme-discoverd read, or as
 * `/etc/nvme/nvme-stas.conf`: one form, of libnvme 3. It names the host as the first table does, which nvme-cli 3 does not do with an NBFT.
 * A path leaves out the host's address where that came by DHCP. Nothing of a table that could break out of its place is written.
 *
 * nvme-fabrics.conf(5) of nvme-cli 3.1, nvme-stas.conf(5) of nvme-stas 3.1.
 */
export function fabricsConf(tables: readonly TableFile[]): FabricsConf {
  const writer = new Writer();
  const readings = tables.map(({ path, bytes }) => ({ path, ...readAsLibnvme(bytes, RELEASE) }));
  for (const { path, table, rejection } of readings) {
    if (table) writer.host(path, table);
    else writer.remark(path, `it is rejected: ${rejection?.message ?? "it kills the program"}`);
  }
  for (const { path, table, dropped } of readings) {
    for (const { path: place, message } of dropped) writer.remark(path, `${place} is left out: ${message}`);
    if (table) writer.table(path, table);
  }
  return writer.finish();
}

class Writer {
  readonly #remarks: { source: string; message: string }[] = [];
  #host: { nqn: string; id: string | undefined } | undefined;
  readonly #discovery: string[] = [];
  /** Lines of each subsystem by its NQN. */
  readonly #subsystems = new Map<string, { notes: Set<string>; options: Set<string>; paths: Set<string> }>();

  remark(source: string, message: string): void {
    this.#remarks.push({ source, message });
  }

  host(source: string, { host }: LibnvmeTable): void {
    const nqn = host.nqn && plainValue(latin1Text(host.nqn));
    if (nqn === undefined) {
      this.remark(source, "the host NQN is left out: it could break out of its place");
      return;
    }
    const id = host.id?.some((byte) => byte !== 0) ? formatUuid(host.id) : undefined;
    if (!this.#host) this.#host = { nqn, id };
    else if (this.#host.nqn !== nqn)
      this.remark(source, "it names another host than the first table: one file has one host");
  }

  table(source: string, { subsystems, discovery }: LibnvmeTable): void {
    for (const subsystem of subsystems) this.#subsystem(source, subsystem);
    const linked = new Set(subsystems.map(({ discovery: from }) => from?.index));
    for (const each of discovery.filter(({ index }) => !linked.has(index))) this.#discoveryOf(source, each);
  }

  #subsystem(source: string, subsystem: LibnvmeSubsystem): void {
    const { index, traddr, securityIndex, transportFlags } = subsystem;
    const nqn = plainValue(latin1Text(subsystem.nqn));
    const trsvcid = plainValue(latin1Text(subsystem.trsvcid));
    const left = (why: string) => this.remark(source, `SSNS ${index} is left out: ${why}`);
    if (nqn === undefined || trsvcid === undefined) {
      left("its NQN or service id could break out of its place");
      return;
    }
    if (nqn === DISCOVERY_NQN) {
      left("its NQN is the well-known discovery NQN");
      return;
    }
    const entry = this.#subsystems.get(nqn) ?? { notes: new Set(), options: new Set(), paths: new Set() };
    this.#subsystems.set(nqn, entry);
    if (securityIndex !== 0) {
      const what = `SSNS ${index} has security profile ${securityIndex}: the keys, which no table holds, must be added`;
      entry.notes.add(what);
      this.remark(source, what);
    }
    if ((transportFlags & 2) !== 0) entry.options.add("hdr-digest = true");
    if ((transportFlags & 4) !== 0) entry.options.add("data-digest = true");
    for (const hfi of subsystem.hfis) {
      for (const { message } of addressRefusals({ traddr, hostTraddr: hostAddress(hfi), hostIface: undefined })) {
        const what = `SSNS ${index} through HFI ${hfi?.index}: must fail: ${message}`;
        entry.notes.add(what);
        this.remark(source, what);
      }
      entry.paths.add(controllerLine(traddr, trsvcid, hfi));
    }
  }

  #discoveryOf(source: string, { index, uri, nqn, hfi }: LibnvmeDiscovery): void {
    const left = (why: string) => this.remark(source, `discovery ${index} is left out: ${why}`);
    const parts = parseFabricsUri(latin1Text(uri));
    if (parts?.scheme.toLowerCase() !== "nvme" || parts.protocol?.toLowerCase() !== "tcp") {
      left(`the URI is not nvme+tcp: ${readableText(latin1Text(uri))}`);
      return;
    }
    const traddr = libnvmeAddress(parts.host);
    if (traddr === undefined) {
      left(`its host is not a numeric address: ${readableText(parts.host)}`);
      return;
    }
    const own = nqn && plainValue(latin1Text(nqn));
    if (nqn && own === undefined) {
      left("its NQN could break out of its place");
      return;
    }
    const named = own !== undefined && own !== DISCOVERY_NQN ? `nqn = ${own}\n` : "";
    const line = controllerLine(traddr, parts.port > 0 ? String(parts.port) : String(DISCOVERY_PORT), hfi);
    this.#discovery.push(`[Discovery Controller]\n${named}${line}\n`);
  }

  finish(): FabricsConf {
    const sections: string[] = [];
    if (this.#host) {
      const { nqn, id } = this.#host;
      sections.push(`[Host]\nhostnqn = ${nqn}\n${id === undefined ? "" : `hostid = ${id}\n`}`);
    }
    if (this.#subsystems.size > 0) sections.push("[I/O Controller Defaults]\nctrl-loss-tmo = 600\n");
    for (const [nqn, { notes, options, paths }] of this.#subsystems) {
      const comments = Array.from(notes, (text) => `# ${text}\n`).join("");
      const lines = [`nqn = ${nqn}`, ...options, ...paths].map((line) => `${line}\n`).join("");
      sections.push(`${comments}[Subsystem]\n${lines}`);
    }
    return { text: [...sections, ...this.#discovery].join("\n"), remarks: this.#remarks };
  }
}

/** A text that can be a value: printable, without blanks, comments, and what separates values. */
function plainValue(text: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text) && !/[;#]/.test(text) ? text : undefined;
}

function controllerLine(traddr: string, trsvcid: string, hfi: LibnvmeHfi | undefined): string {
  const from = hostAddress(hfi);
  return `controller = transport=tcp;traddr=${traddr};trsvcid=${trsvcid}${from === undefined ? "" : `;host-traddr=${from}`}`;
}

/** The host's address of an HFI, where it will be the same again. */
function hostAddress(hfi: LibnvmeHfi | undefined): string | undefined {
  if (!hfi || isUnspecified(hfi.ipAddress)) return undefined;
  const dynamic = hfi.dhcpServer !== "" || hfi.ipOrigin === 3 || (hfi.flags & 8) !== 0;
  return dynamic ? undefined : hfi.ipAddress;
}
