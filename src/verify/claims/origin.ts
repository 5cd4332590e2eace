import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import { at, type Boot } from "../boot.ts";
import { canonicalAddress } from "../canonical-address.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { LabManifest } from "../evidence.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { dracutWords, parseIpLine, wordsOf } from "./dracut.ts";
import { checkOwners } from "./owner.ts";

/** Words of a command line that bring a network or a connection about, or keep the table from doing so. */
const statics =
  /^(?:rd\.nvmf\.(?:discover|hostnqn|hostid|nonbft|config)\b|nvmf\.|ip=|ifname=|vlan=|bond=|bridge=|team=|rd\.route=|netroot=|root=(?:nvme|nfs|iscsi|nbd))/;
/** Those of them that dracut does not make of a table: its own lines for the network are looked at elsewhere. */
const connecting = /^(?:rd\.nvmf\.|nvmf\.|netroot=)/;

/** Whether the boot owes what it reached to the table and not to something that says the same. */
export function* checkOrigin(boot: Boot): Generator<Claim> {
  if (boot.manifest && boot.connects) yield namesClaim(boot.manifest.shuffled);
  yield commandLineClaim(boot);
  if (!boot.connects) return;
  yield filesClaim(boot);
  yield controllersClaim(boot);
  yield* checkOwners(boot);
}

function namesClaim(shuffled: LabManifest["shuffled"]): Claim {
  return claim("origin.names", {
    required: false,
    verdict: shuffled ? "pass" : "unknown",
    expected: "a run of its own names",
    seen: shuffled?.map(({ from, to }) => `${from} is ${to}`).join(", ") ?? "the table's own names and addresses",
    source: "manifest",
    hint: "An image that has the same names and addresses built in would boot without the table, too",
  });
}

function commandLineClaim(boot: Boot): Claim {
  const stage = boot.stages.find(({ commandLine }) => commandLine !== undefined);
  const words = wordsOf(stage?.commandLine ?? "").filter((word) => statics.test(word));
  const files = dracutWords(boot)?.others ?? [];
  const named = (boot.early ?? boot.initramfs)?.commandLineFiles ?? [];
  const more = named.flatMap(({ name, lines }) =>
    lines
      .flatMap(wordsOf)
      .filter((word) => statics.test(word) && connecting.test(word))
      .map((word) => ({ word, file: name })),
  );
  const all = [
    ...words.map((word) => ({ word, text: word })),
    ...[...files, ...more].map(({ word, file }) => ({ word, text: `${word} (${file})` })),
  ];
  const found = all.filter(({ word }) => !isOfAnotherCard(word, boot)).map(({ text }) => text);
  const apart = all.length - found.length;
  return claim("origin.command-line", {
    verdict: stage ? passOrFail(found.length === 0) : "unknown",
    expected: "no ip=, ifname=, vlan=, rd.nvmf.discover=, rd.nvmf.hostnqn=, rd.nvmf.nonbft",
    seen:
      found.length > 0
        ? found.join(" ")
        : stage
          ? `none of them${apart === 0 ? "" : `, but ${apart} for cards that are not in the table`}`
          : "no command line in the evidence",
    source: at(stage, "/proc/cmdline, /etc/cmdline.d"),
    hint: "With these the machine comes up without its table, or beside it: the boot does not prove the table",
  });
}

/** Whether a word configures an interface that is known to be none of the table's: a machine may have other networks. */
function isOfAnotherCard(word: string, { stages, expectation }: Boot): boolean {
  const renamed = /^ifname=[^:]+:(.+)$/.exec(word)?.[1]?.toLowerCase();
  const device = renamed === undefined ? deviceOf(word) : undefined;
  const mac =
    renamed ??
    (device === undefined
      ? undefined
      : stages.flatMap(({ interfaces }) => interfaces ?? []).find(({ name }) => name === device.replace(/\.\d+$/, ""))
          ?.mac);
  if (mac === undefined || expectation.interfaces.some((hfi) => hfi.mac === mac)) return false;
  const address = parseIpLine(word)?.address;
  return !expectation.interfaces.some((hfi) => hfi.address !== undefined && canonicalAddress(hfi.address) === address);
}

function deviceOf(word: string): string | undefined {
  return /^vlan=[^:]+:(.+)$/.exec(word)?.[1] ?? (parseIpLine(word)?.device || undefined);
}

function filesClaim(boot: Boot): Claim {
  const stage = boot.early ?? boot.initramfs ?? boot.stages.find(({ name }) => name === "boot" || name === "failure");
  const inSystem = stage === undefined;
  const looked = stage ?? boot.last;
  const files = looked?.connectFiles ?? [];
  // Keys of DH-HMAC-CHAP and TLS are in config.json: where security is asked for the file has to be there.
  const { authentication, tls } = boot.manifest ?? {};
  const secured = (authentication ?? tls) !== undefined || boot.expectation.paths.some((path) => path.secured);
  const keys = secured ? files.find(({ name }) => name === "etc/nvme/config.json") : undefined;
  const found = files.filter((file) => file !== keys).flatMap(connectionsIn);
  // Keys of single ports stand beside their addresses, which nvme connect-all without --nbft would connect to.
  const ambiguous = keys !== undefined && (linesWith(keys, "traddr") > 0 || linesWith(keys, "hostnqn") === 0);
  const none = keys ? `config.json has keys${ambiguous ? " and addresses" : " and no address"}` : "none";
  return claim("origin.files", {
    // In the running system these files may well be about other storage.
    required: !inSystem && !(ambiguous && found.length === 0),
    verdict: found.length > 0 ? "fail" : looked && !inSystem && !ambiguous ? "pass" : "unknown",
    expected: `no file that names what to connect to in /etc/nvme and /etc/stas${secured ? ", but for keys in config.json" : ""}`,
    seen: found.join("; ") || (inSystem ? "no report from the initramfs" : none),
    source: at(
      looked,
      "/etc/nvme/{discovery.conf,config.json,nvme-fabrics.conf,nvme-fabrics.conf.d,nvme-stas.conf}, /etc/stas",
    ),
    hint:
      ambiguous && found.length === 0
        ? "Mutual authentication and TLS need them there; nvme connect-all without --nbft would connect to them as well"
        : "nvme connect-all and the services of nvme-cli and nvme-stas read these files as well: a connection may come from there",
  });
}

function linesWith({ lines }: StageFacts["connectFiles"][number], key: string): number {
  return lines.filter((line) => line.includes(`"${key}"`)).length;
}

/** What a file says to connect to. nvme-cli's INI files name controllers by `controller =`; the rest of them are settings. */
function connectionsIn({ name, lines }: StageFacts["connectFiles"][number]): string[] {
  const short = name.replace(/^etc\/(?:nvme\/)?/, "");
  if (short === "config.json") return [short];
  const own = short === "discovery.conf" ? lines : lines.filter((line) => /^(?:controller|nqn)\s*=\s*\S/.test(line));
  return own.map((line) => `${short}: ${line}`);
}

function controllersClaim(boot: Boot): Claim {
  const { expectation, manifest } = boot;
  // A system in use connects to what holds its data as well, by its own configuration.
  const stage = manifest === undefined ? (boot.initramfs ?? boot.last) : boot.last;
  const inUse = manifest === undefined && boot.initramfs === undefined;
  const askable = expectation.discovery.map(({ uri }) => addressIn(uri));
  // Linux's own target describes nothing elsewhere.
  const elsewhere = askable.length > 0 && (manifest === undefined || manifest.foreignTarget === true);
  const untold = elsewhere || inUse || askable.includes(undefined);
  const fabrics = stage?.controllers?.filter(
    ({ transport }) => transport !== undefined && transport !== "pcie" && transport !== "apple-nvme",
  );
  const strangers = fabrics?.filter((controller) => {
    const asked = expectation.paths.some(
      (path) =>
        path.subsystemNqn === controller.subsystemNqn &&
        canonicalAddress(path.traddr) === controller.traddr &&
        path.trsvcid === controller.trsvcid,
    );
    // What a discovery controller of the table describes at its own address cannot be known beforehand.
    return !asked && !(controller.traddr !== undefined && askable.includes(controller.traddr));
  });
  return claim("origin.controllers", {
    verdict: !strangers || (untold && strangers.length > 0) ? "unknown" : passOrFail(strangers.length === 0),
    expected: "controllers of the table only",
    seen: strangers
      ? strangers
          .map(({ name, subsystemNqn, traddr, trsvcid }) => `${name}: ${subsystemNqn} at ${traddr} ${trsvcid}`)
          .join("; ") || `${fabrics!.length} controllers, all of them in the table`
      : "nothing about controllers",
    source: at(stage, "/sys/class/nvme/*/address"),
    hint: untold
      ? "A discovery controller of the table may have named it, the running system may have made it for its data, or it comes from a command line, a file or another table"
      : "Such a connection comes from a command line, a file or another table",
  });
}

/** The address in a discovery URI; undefined for a host name, and for what is not a URI. */
function addressIn(uri: string): string | undefined {
  const parts = readDiscoveryUri(uri);
  return parts.kind === "bad" || parts.kind === "name" ? undefined : canonicalAddress(parts.host);
}
