import { findRelease } from "../../consumers/behaviours/index.ts";
import { readableText } from "../../consumers/byte-text.ts";
import { dracutLines, dracutNetwork } from "../../consumers/dracut/dracut.ts";
import { at, type Boot } from "../boot.ts";
import { canonicalAddress } from "../canonical-address.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { ExpectedInterface } from "../expectation.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { recordName } from "./names.ts";

/** A line of dracut's network configuration as dracut.cmdline(7) takes it apart. */
export interface IpLine {
  readonly text: string;
  readonly device: string;
  readonly method: string;
  readonly address: string;
  readonly gateway: string;
  readonly prefix: string;
  readonly hostName: string;
  readonly dns: readonly string[];
}

/** What dracut made of the tables: which of its words follow from which HFI, and which from none. */
export interface DracutWords {
  readonly stage: StageFacts;
  readonly byHfi: ReadonlyMap<ExpectedInterface, readonly string[]>;
  /** Words that no HFI accounts for. */
  readonly others: readonly { readonly word: string; readonly file: string }[];
}

const network = /^(?:ip|vlan|ifname|bond|bridge|team|nameserver|rd\.route)=/;

/** Words of a command line. Quotes may be around a whole word or its value, as in `"ip=dhcp"`. */
export function wordsOf(line: string): string[] {
  return line.replaceAll('"', "").split(/\s+/);
}

/** Sorts the network words of the command line's files by HFI. Interface numbers are not relied on: two tables swap them. */
export function dracutWords(boot: Boot): DracutWords | undefined {
  const stage = boot.early ?? boot.initramfs;
  if (!stage) return undefined;
  const words = stage.commandLineFiles.flatMap(({ name, lines }) =>
    lines.flatMap(wordsOf).map((word) => ({ word, file: name })),
  );
  const byHfi = new Map<ExpectedInterface, string[]>();
  const used = new Set<string>();
  for (const hfi of boot.expectation.interfaces) {
    const names = words
      .map(({ word }) => /^ifname=([^:]+):(.+)$/.exec(word))
      .filter((match) => match?.[2]?.toLowerCase() === hfi.mac);
    const own: string[] = [];
    for (const match of names) {
      const name = match![1]!;
      const device = hfi.vlan === 0 ? name : `${name}.${hfi.vlan}`;
      own.push(match![0]);
      for (const { word } of words) {
        if (word === `vlan=${device}:${name}` && hfi.vlan !== 0) own.push(word);
        if (parseIpLine(word)?.device === device) own.push(word);
      }
    }
    byHfi.set(hfi, own);
    for (const word of own) used.add(word);
  }
  const others = words.filter(({ word }) => network.test(word) && !used.has(word));
  return { stage, byHfi, others };
}

/** Whether dracut wrote for each HFI the lines that its configuration asks for. */
export function* checkDracutLines(boot: Boot): Generator<Claim> {
  if (!boot.dracut) return;
  const words = dracutWords(boot);
  for (const hfi of boot.expectation.interfaces) {
    const about = recordName(boot, hfi, "HFI", hfi.hfi);
    const own = words?.byHfi.get(hfi) ?? [];
    const problems = words ? problemsOf(hfi, own) : [];
    const byItself = words && own.length === 0 && /NBFT connection/.test(boot.initramfs?.journal ?? "");
    yield claim("network.dracut-lines", {
      about,
      required: !byItself,
      verdict: !words || byItself ? "unknown" : passOrFail(problems.length === 0),
      expected: expectedLines(hfi),
      seen: !words ? "no report from the initramfs" : [own.join(" ") || "no line", ...problems].join("; "),
      source: at(words?.stage, "/etc/cmdline.d"),
      hint: byItself
        ? "NetworkManager reads the table itself here"
        : "The initramfs lacks dracut's nvmf module or nvme-cli, or rd.nvmf.nonbft is set, or nvme-cli could not read the table",
    });
  }
}

/** Whether the lines are, word for word, those that this dracut is known to write. */
export function* checkDracutPrediction(boot: Boot): Generator<Claim> {
  const stage = boot.dracut ? boot.early : undefined;
  const shown = stage?.nbftShow && tablesShown(stage.nbftShow.text);
  if (!stage || !shown) return;
  // nvme-cli lists tables as the folder gives them, and interface numbers follow that order.
  const tables = shown.flatMap((name) => stage.tables.filter((table) => table.name === name));
  const dracut = stage.dracut === undefined ? undefined : findRelease("dracut", stage.dracut);
  const nvmeCli = stage.nvmeCli === undefined ? undefined : findRelease("nvme-cli", stage.nvmeCli);
  if (!dracut || !nvmeCli) {
    yield claim("network.dracut-prediction", {
      required: false,
      verdict: "unknown",
      expected: "the lines of a known dracut",
      seen: `the report does not say which ${dracut ? "nvme-cli" : "dracut"} it is`,
      source: at(stage, dracut ? "nvme version" : "/etc/initrd-release"),
    });
    return;
  }
  const leavesNetwork = /(?:^|\s)rd\.nvmf\.nm(?:=1)?(?:\s|$)/.test(
    [stage.commandLine ?? "", ...stage.commandLineFiles.flatMap(({ lines }) => lines)].join(" "),
  );
  const named = tables.map(({ name, bytes }) => ({ path: name, bytes }));
  const outcome = dracutNetwork(named, { dracut: dracut.release, nvmeCli: nvmeCli.release, leavesNetwork });
  const predicted = dracutLines(outcome).map(readableText).sort();
  const seen = stage.commandLineFiles
    .filter(({ name }) => /-(?:nbft|ifname)\.conf$/.test(name))
    .flatMap(({ lines }) => lines)
    .sort();
  yield claim("network.dracut-prediction", {
    required: false,
    verdict: passOrFail(predicted.join("\n") === seen.join("\n")),
    expected: predicted.join(" ") || "no line",
    seen: seen.join(" ") || "no line",
    source: at(stage, "/etc/cmdline.d/*-{nbft,ifname}.conf"),
    hint: [
      ...[dracut, nvmeCli].flatMap(({ outside }) => (outside === undefined ? [] : [outside])),
      `This library's model of dracut ${dracut.release} with nvme-cli ${nvmeCli.release} is wrong: please report it`,
    ].join(". "),
  });
}

function tablesShown(json: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(json);
    if (!Array.isArray(list)) return undefined;
    return list.map((entry: { filename?: unknown } | null) => String(entry?.filename).replace(/^.*\//, ""));
  } catch {
    return undefined;
  }
}

function expectedLines(hfi: ExpectedInterface): string {
  const device = hfi.vlan === 0 ? "nbftN" : `nbftN.${hfi.vlan}`;
  const vlan = hfi.vlan === 0 ? "" : ` vlan=${device}:nbftN`;
  const ip = usesDhcp(hfi)
    ? `ip=${device}:dhcp`
    : `ip=${bracket(hfi.address)}::${bracket(hfi.gateway)}:${hfi.prefix}:${hfi.hostName ?? ""}:${device}:none`;
  return `ifname=nbftN:${hfi.mac}${vlan} ${ip}`;
}

/** dracut goes by the DHCP server in nvme-cli's JSON, which stands there with the override flag only; the origin alone changes nothing. */
function usesDhcp(hfi: ExpectedInterface): boolean {
  return hfi.dhcpOverride;
}

function problemsOf(hfi: ExpectedInterface, own: readonly string[]): string[] {
  const lines = own.map(parseIpLine).filter((line) => line !== undefined);
  const [line] = lines;
  const problems: string[] = [];
  if (!own.some((word) => word.startsWith("ifname="))) problems.push("no ifname= with this MAC address");
  if (hfi.vlan !== 0 && !own.some((word) => word.startsWith("vlan="))) problems.push(`no vlan= for ${hfi.vlan}`);
  if (!line) return [...problems, "no ip="];
  if (lines.length > 1) problems.push(`${lines.length} ip= lines for one interface`);
  if (usesDhcp(hfi)) {
    if (!/^dhcp6?$|^auto6?$/.test(line.method)) problems.push(`method ${line.method || "none given"}, expected dhcp`);
    return problems;
  }
  const same = (what: string, seen: string, expected: string | undefined) => {
    if (seen !== (expected ?? "")) problems.push(`${what} ${seen || "missing"}, expected ${expected ?? "none"}`);
  };
  if (!/^(?:none|off|static)$/.test(line.method)) problems.push(`method ${line.method}, expected none`);
  same("address", line.address, hfi.address);
  same("prefix", line.prefix, String(hfi.prefix));
  same("gateway", line.gateway, hfi.gateway);
  same("host name", line.hostName, hfi.hostName);
  for (const server of line.dns)
    if (!hfi.dns.includes(server)) problems.push(`DNS server ${server} is not the table's`);
  return problems;
}

/** `ip=CLIENT:PEER:GATEWAY:PREFIX:HOST:DEVICE:METHOD[:DNS[:DNS]]`, or `ip=DEVICE:METHOD`; IPv6 addresses stand in brackets. */
export function parseIpLine(word: string): IpLine | undefined {
  if (!word.startsWith("ip=")) return undefined;
  const plain = splitFields(word.slice(3)).map((part) => (/^\[.*\]$/.test(part) ? part.slice(1, -1) : part));
  if (plain.length <= 4 && plain.length >= 2 && !/^[\d.]+$/.test(plain[0]!))
    return {
      text: word,
      device: plain[0]!,
      method: plain[1]!,
      address: "",
      gateway: "",
      prefix: "",
      hostName: "",
      dns: [],
    };
  const [address = "", , gateway = "", prefix = "", hostName = "", device = "", method = "", ...dns] = plain;
  const ip = (text: string) => (text === "" ? "" : canonicalAddress(text));
  const servers = dns.filter((text) => /[.:]/.test(text)).map(ip);
  return { text: word, device, method, address: ip(address), gateway: ip(gateway), prefix, hostName, dns: servers };
}

/** Fields between colons that are not in brackets. */
function splitFields(text: string): string[] {
  const fields = [""];
  let inside = false;
  for (const character of text) {
    if (character === "[") inside = true;
    if (character === "]") inside = false;
    if (character === ":" && !inside) fields.push("");
    else fields[fields.length - 1] += character;
  }
  return fields;
}

function bracket(address: string | undefined): string {
  return address?.includes(":") ? `[${address}]` : (address ?? "");
}
