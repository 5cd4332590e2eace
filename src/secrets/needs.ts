import { behavioursOf, type KnownRelease } from "../consumers/behaviours/index.ts";
import type { TableFile } from "../consumers/nvme-cli/show.ts";
import { tryRead } from "../nbft/read/shared-reading.ts";
import type { NbftTable } from "../nbft/table.ts";
import { pathsWithProfile } from "./archive.ts";
import { nvmeConfigOutline, type PathSecrets } from "./nvme-config.ts";

/** What a table's security profiles ask for, and what has to be where for a boot with it. */
export interface SecurityNeeds {
  /** Of each record with a profile, in the table's order. */
  readonly records: readonly SecuredRecord[];
  /** What readers do with them. */
  readonly readers: readonly { readonly consumers: readonly string[]; readonly does: string }[];
  /** File that nvme-cli 2.x takes keys from, with an ellipsis for each key; absent where no reader of the table uses it. */
  readonly file: { readonly path: string; readonly mode: string; readonly outline: string } | undefined;
  /** What goes wrong without a message, and what else has to be there. */
  readonly remarks: readonly string[];
}

/** An SSNS or discovery descriptor with a security profile. */
export interface SecuredRecord {
  /** Path in the model: `ssns[0]`. */
  readonly path: string;
  /** Which kind of record. */
  readonly kind: "ssns" | "discovery";
  /** Its own index. */
  readonly index: number;
  /** Index of its security profile. */
  readonly profile: number;
  /** In words: `requires DH-HMAC-CHAP`. */
  readonly asks: string;
}

/** A consumer, by its name and the releases that it is made of. */
export interface SecurityReader {
  /** What it is called: `dracut-112+nvme-cli-2.16`. */
  readonly id: string;
  /** Of `findRelease` in `nbft/consumers`. */
  readonly releases: readonly KnownRelease[];
}

/** What the security profiles of a table need, for some readers; undefined for a table without any. */
export function securityNeeds(
  { path, bytes }: TableFile,
  readers: readonly SecurityReader[],
): SecurityNeeds | undefined {
  const table = tryRead(bytes)?.table;
  const records = table ? recordsOf(table) : [];
  if (!table || records.length === 0) return undefined;
  const does = new Map<string, string[]>();
  for (const { id, releases } of readers)
    for (const words of releases.map(doesOf).filter((each) => each !== undefined))
      does.set(words, [...(does.get(words) ?? []), id]);
  const kinds = kindsOf(table);
  const paths = pathsWithProfile([{ path, bytes }]).filter(({ profile }) => profile);
  const takesKeys = does.size === 0 || readers.some(({ releases }) => releases.some(takesKeysFromFile));
  const file = kinds.length > 0 && paths.length > 0 && takesKeys;
  return {
    records,
    readers: [...does].map(([words, consumers]) => ({ consumers, does: words })),
    file: file
      ? {
          path: "/etc/nvme/config.json",
          mode: "0600",
          outline: nvmeConfigOutline(
            paths.map((each) => each.path),
            kinds,
          ),
        }
      : undefined,
    remarks: file ? remarksOf(kinds) : [],
  };
}

function recordsOf(table: NbftTable): SecuredRecord[] {
  const of = (
    kind: SecuredRecord["kind"],
    records: readonly { readonly index: number; readonly securityIndex: number }[],
  ) =>
    records.flatMap(({ index, securityIndex }, i) =>
      securityIndex === 0
        ? []
        : [{ path: `${kind}[${i}]`, kind, index, profile: securityIndex, asks: asksOf(table, securityIndex) }],
    );
  return [...of("ssns", table.ssns), ...of("discovery", table.discovery)];
}

const protections = [
  ["inBandAuthentication", "DH-HMAC-CHAP", "host"],
  ["secureChannel", "TLS 1.3 with a pre-shared key", "tls"],
] as const;

function profileOf({ security }: NbftTable, index: number) {
  return security.find((profile) => profile.index === index && profile.flags?.valid)?.flags;
}

function asksOf(table: NbftTable, index: number): string {
  const flags = profileOf(table, index);
  if (!flags) return "is not in the table";
  const words = protections.flatMap(([flag, what]) => {
    const value = flags[flag];
    return value === "required" ? [`requires ${what}`] : value === "supported" ? [`allows ${what}`] : [];
  });
  return words.join(" and ") || "asks for nothing";
}

/** Secrets that the profiles in use ask for. */
function kindsOf(table: NbftTable): (keyof PathSecrets)[] {
  const used = [...table.ssns, ...table.discovery].map(({ securityIndex }) => profileOf(table, securityIndex));
  return protections
    .filter(([flag]) => used.some((flags) => flags?.[flag] === "required" || flags?.[flag] === "supported"))
    .map(([, , kind]) => kind);
}

function takesKeysFromFile({ program, release }: KnownRelease): boolean {
  if (program !== "nvme-cli") return false;
  const { readsNbft, skipsSecured } = behavioursOf("nvme-cli", release);
  return readsNbft && !skipsSecured;
}

/** What one program does about security; undefined where that is none of its business. */
function doesOf(known: KnownRelease): string | undefined {
  if (known.program === "nvme-cli") {
    if (!behavioursOf("nvme-cli", known.release).readsNbft) return undefined;
    return takesKeysFromFile(known)
      ? `nvme-cli ${known.release} connects with the keys of /etc/nvme/config.json, and without security where that has none for the path and the target demands nothing`
      : `nvme-cli ${known.release} skips these records and exits with 0, whatever files there are; nbft plan -o nvme-fabrics writes a file for nvme connect-all without --nbft`;
  }
  if (known.program === "dracut") {
    const { readsNbft, copiesHostIdentityAlways } = behavioursOf("dracut", known.release);
    if (!readsNbft) return undefined;
    return copiesHostIdentityAlways
      ? `dracut ${known.release} copies the machine's /etc/nvme/config.json into every image`
      : `dracut ${known.release} copies the machine's /etc/nvme/config.json into a host-only image; another needs --install /etc/nvme/config.json, or an appended archive with the folder etc/nvme`;
  }
  if (known.program === "nvme-discoverd")
    return `nvme-discoverd ${known.release} connects without security whatever the profile says`;
  return undefined;
}

function* remarks(kinds: readonly (keyof PathSecrets)[]): Generator<string> {
  yield "hostnqn and hostid must be these texts: with others the keys are not used, without a message; without hostid nvme-cli 2.13 crashes";
  yield "nbft initrd --secrets FOLDER writes an archive with this file, to append to the initramfs";
  if (kinds.includes("host")) {
    yield "a controller that is to prove itself as well needs dhchap_ctrl_key beside each traddr, with dhchap_key";
    yield "the kernel needs DH-HMAC-CHAP (CONFIG_NVME_HOST_AUTH): Debian 12's 6.1 is built without";
  }
  if (kinds.includes("tls")) {
    yield "TLS needs tlshd (ktls-utils) with its unit, and the modules tls, gcm and ghash_generic in the initramfs: dracut brings none of them by itself";
    yield "nvme-cli 2.13 and 2.16 derive different keys from one NVMeTLSkey-1 secret: host and target must derive alike";
  }
}

const remarksOf = (kinds: readonly (keyof PathSecrets)[]) => [...remarks(kinds)];
