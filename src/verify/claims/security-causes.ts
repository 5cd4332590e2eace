import type { Boot } from "../boot.ts";
import type { ExpectedPath } from "../expectation.ts";
import { skipsSecured } from "./release.ts";

/** Why a secured connection is not there, as far as both sides' logs tell. */
export interface SecurityCause {
  readonly seen?: string;
  readonly hint?: string;
}

interface KnownCause {
  /** What the host's kernel logged; Linux 6.12 and 7.2. */
  readonly host: RegExp;
  /** What the target's kernel logged as well. */
  readonly target?: RegExp;
  readonly seen: string;
  readonly hint: string;
}

/** From the one that says most to the one that says least. */
const known: readonly KnownCause[] = [
  {
    host: /qid 0: controller authentication failed/,
    seen: "the controller did not prove itself",
    hint: "The host's key for the controller (dhchap_ctrl_key) is another than the target's",
  },
  {
    host: /qid 0: authentication failed/,
    target: /host response mismatch/,
    seen: "the target refused the host's key",
    hint: "The host's key (dhchap_key) is another than the one that the target has for this host NQN",
  },
  {
    host: /qid 0: authentication failed/,
    target: /no ctrl key/,
    seen: "the target has no key to prove itself with",
    hint: "The host asks for mutual authentication (dhchap_ctrl_key); the target has a key for the host only",
  },
  {
    host: /qid 0: authentication failed/,
    seen: "authentication failed",
    hint: "A key differs from the target's: see its log",
  },
  {
    host: /Invalid (?:DH-CHAP secret|key len|secret|key format)/i,
    seen: "the host's key is not one",
    hint: "nbft secret check names what is wrong with it",
  },
  {
    host: /\bnvme\[\d+\]: segfault/,
    seen: "nvme-cli crashed",
    hint: "nvme-cli 2.13 ends with a segmentation fault where config.json has a host without hostid",
  },
  {
    host: /failed to start TLS: -3/,
    seen: "no TLS handshake was made",
    hint: "tlshd does not run in the initramfs",
  },
  {
    host: /does not support the requested algorithm|TLS handshake complete, error -5/,
    seen: "the kernel lacks the cipher",
    hint: "The modules tls, gcm and ghash_generic are missing: dracut --add-drivers",
  },
  {
    host: /no valid PSK found/,
    seen: "no TLS key of this identity",
    hint: "The keyring .nvme has no key for these two NQNs; nvme-cli up to 2.13 and from 2.16 on derive different ones",
  },
  {
    host: /TLS handshake complete, error -110/,
    target: /unexpected pdu type 22/,
    seen: "the target does not speak TLS",
    hint: "The port takes plain connections only (addr_tsas)",
  },
  {
    host: /TLS handshake complete, error -110/,
    target: /failed to search 'psk' key/,
    seen: "the target knows no such TLS key",
    hint: "Its keyring .nvme has no key of this identity: tls_key is another secret than the target's, or was derived in another way (nvme-cli up to 2.13 and from 2.16 on differ)",
  },
];

/** Why there is no connection for a record that needs security: the first cause that is known and fits. */
export function causeOf(boot: Boot, path: ExpectedPath): SecurityCause {
  if (path.secured && skipsSecured(boot))
    return {
      seen: "nvme-cli skipped the record",
      hint: "nvme-cli 3.0-rc1 and later pass over records with a security profile and exit with 0",
    };
  const host = boot.last?.kernelLog ?? "";
  if (/qid 0: no key/.test(host))
    return { seen: "the host had no key", hint: `${whyNotUsed(boot, path, "key")}. ${aboutTls}` };
  const refusals = boot.target?.authenticationFailures.join("\n") ?? "";
  if (/failed to receive icresp, error -104/.test(host))
    return {
      seen: "the target takes TLS connections only, the host asked for none",
      hint: whyNotUsed(boot, path, "tls"),
    };
  const cause = known.find((each) => each.host.test(host) && (each.target?.test(refusals) ?? true));
  return cause ? { seen: cause.seen, hint: cause.hint } : {};
}

const aboutTls = "nvme-cli's “pre-shared TLS key is missing” is about this and not about TLS";

/** nvme-cli finds keys by the exact texts of host NQN and Host ID, and says nothing where it finds none. */
function whyNotUsed(boot: Boot, path: ExpectedPath, missing: string): string {
  const file = boot.stages
    .flatMap(({ connectFiles }) => connectFiles)
    .find(({ name }) => name === "etc/nvme/config.json");
  if (!file) return "The initramfs has no /etc/nvme/config.json; nbft initrd --secrets makes one";
  const texts = (key: string) =>
    [...file.lines.join("\n").matchAll(new RegExp(`"${key}"\\s*:\\s*"([^"]*)"`, "g"))].map(([, value]) => value!);
  const table = boot.expectation.hosts.find((host) => host.table === path.table);
  const [nqns, ids] = [texts("hostnqn"), texts("hostid")];
  if (nqns.length === 0) return "/etc/nvme/config.json names no host that can be read here";
  if (table?.nqn !== undefined && !nqns.includes(table.nqn))
    return `/etc/nvme/config.json has keys for ${nqns.join(", ")}, not for the table's host ${table.nqn}`;
  if (table?.id !== undefined && !ids.includes(table.id.toLowerCase()))
    return `/etc/nvme/config.json has Host ID ${ids.join(", ") || "none"}; nvme-cli looks for the table's, ${table.id.toLowerCase()}`;
  return `/etc/nvme/config.json has this host, and no ${missing} for this subsystem and address`;
}
