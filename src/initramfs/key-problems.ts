import { behavioursOf } from "../consumers/behaviours/index.ts";
import type { Stack } from "../consumers/stacks.ts";
import type { SecuredPath } from "../secrets/nvme-config.ts";
import type { InitramfsDescription } from "./description.ts";
import { KEY_FILE, type KeyFile } from "./keys.ts";

/** Something that a boot by NBFT needs and the initramfs lacks, or that will go wrong in it. */
export interface InitramfsProblem {
  /** Whether the boot cannot work with it; else it may. */
  readonly fatal: boolean;
  readonly message: string;
  /** The file that shows it. */
  readonly file?: string | undefined;
}

/** A path of a table with a security profile, and what that requires. */
export interface DemandingPath {
  readonly path: SecuredPath;
  readonly authentication: boolean;
  readonly tls: boolean;
}

/** What an initramfs lacks for the security profiles of some tables. */
export function problemsOfKeys(
  { keys, tlshd, securityModules, nvmeCli }: InitramfsDescription,
  stack: Stack | string,
  paths: readonly DemandingPath[],
): InitramfsProblem[] {
  if (paths.length === 0) return [];
  if (typeof stack !== "string" && behavioursOf("nvme-cli", stack.nvmeCli.release).skipsSecured)
    return [
      {
        fatal: true,
        message: `nvme-cli ${stack.nvmeCli.release} skips records with a security profile, whatever keys there are`,
        file: nvmeCli?.file,
      },
    ];
  const problems: InitramfsProblem[] = [];
  const add = (fatal: boolean, message: string, file?: string) => problems.push({ fatal, message, file });
  const demanding = paths.filter(({ authentication, tls }) => authentication || tls);
  if (!keys) {
    if (demanding.length > 0)
      add(true, `${KEY_FILE} is missing: there is no key, and a profile requires one (nbft initrd --secrets makes it)`);
    else add(false, `${KEY_FILE} is missing: there is no key if the target asks for one`);
  } else {
    if (keys.problem !== undefined) add(true, keys.problem, keys.file);
    else
      for (const message of new Set(demanding.flatMap((each) => [...lacksOf(keys, each)])))
        add(true, message, keys.file);
    if ((Number.parseInt(keys.mode, 8) & 0o077) !== 0)
      add(false, `others than root can read the keys (mode ${keys.mode}): 0600`, keys.file);
  }
  if (paths.some(({ tls }) => tls)) {
    if (!tlshd) add(true, "tlshd is missing: nothing makes the TLS handshake (ktls-utils, with its unit)");
    for (const { name } of securityModules.filter(({ state }) => state === "missing"))
      add(true, `the kernel module ${name} is missing: there is no TLS (dracut --add-drivers ${name})`);
  }
  return problems;
}

/** What the file lacks for one path: nvme-cli finds keys by exact texts alone. */
function* lacksOf({ hosts }: KeyFile, { path: wanted, authentication, tls }: DemandingPath): Generator<string> {
  const named = hosts.filter(({ hostNqn }) => hostNqn === wanted.hostNqn);
  const host = named.find(({ hostId }) => hostId === wanted.hostId);
  if (named.length === 0) {
    yield `it has no host ${wanted.hostNqn}: keys of others are not used, without a message`;
  } else if (named.some(({ hostId }) => hostId === undefined)) {
    yield "a host has no hostid: nvme-cli 2.13 crashes, 2.16 does not use its keys";
  } else if (!host) {
    yield `its hostid is ${named.map(({ hostId }) => hostId).join(", ")}, nvme-cli looks for the table's ${wanted.hostId}: the keys are not used, without a message`;
  }
  if (!host) return;
  const { subsystemNqn, traddr, trsvcid } = wanted;
  const port = host.ports.find(
    (each) => each.subsystemNqn === subsystemNqn && each.traddr === traddr && each.trsvcid === trsvcid,
  );
  const where = `${subsystemNqn} at ${traddr} ${trsvcid}`;
  const key = [port?.authentication, host.authentication].find((state) => state !== undefined && state !== "none");
  if (authentication && key === undefined) yield `it has no dhchap_key for ${where}`;
  const keys = { dhchap_key: key, dhchap_ctrl_key: port?.controller, tls_key: port?.tlsKey };
  for (const [name, state] of Object.entries(keys))
    if (typeof state === "object") yield `its ${name} for ${where} is not a secret: ${state.wrong}`;
  if (tls && port?.tls !== true) yield `it has no "tls": true for ${where}`;
}
