import { DISCOVERY_NQN } from "../../text/nvme.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../../uefi/config/firmware-config.ts";
import { configRules } from "../../uefi/setattempt/rules/index.ts";
import type { Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { FirmwareLog, FirmwareProbe } from "../facts/firmware-log.ts";

const reached: Readonly<Record<FirmwareProbe["reached"], string>> = {
  mounted: "connected",
  halted: "the firmware halted while it connected",
  tcp: "a TCP connection, and no controller after it",
  nothing: "no TCP connection",
};

/** What happened to each enabled attempt, and of one that failed why: from the debug log, the attempt itself, and the target's own words. */
export function* checkAttempts(boot: Boot, config: FirmwareConfig, log: FirmwareLog): Generator<Claim> {
  const left = [...log.probes];
  const enabled = [...config.attempts.entries()].filter(([, { enabled: on }]) => on !== 0);
  for (const [i, attempt] of enabled) {
    const found = left.findIndex((probe) => isOf(probe, attempt));
    const [probe] = found < 0 ? [] : left.splice(found, 1);
    const where = attempt.targetIp ?? attempt.serverName ?? "where DHCP says";
    yield claim("firmware.attempt", {
      about: `${i + 1}${attempt.attemptName ? ` ${attempt.attemptName}` : ""}`,
      // A boot over another path is a boot; that one was meant to work and did not shows in the table.
      required: false,
      verdict: passOrFail(probe?.reached === "mounted"),
      expected: `a controller at ${where}${attempt.targetPort === 0 ? "" : ` port ${attempt.targetPort}`} for ${attempt.nqn || "the subsystem that DHCP names"}`,
      seen: probe ? reached[probe.reached] : "never tried",
      source: "firmware: debug log",
      hint: reasonOf(boot, config, i, probe),
    });
  }
}

function isOf(probe: FirmwareProbe, { targetIp, targetInfoFromDhcp, dnsMode, nqn }: FirmwareAttempt): boolean {
  return targetInfoFromDhcp === true || ((dnsMode === true || probe.traddr === targetIp) && probe.nqn === nqn);
}

/** Why an attempt came to nothing, the surest reason first. */
function reasonOf(boot: Boot, config: FirmwareConfig, i: number, probe: FirmwareProbe | undefined): string {
  const own = ruleOf(config, i);
  const model = boot.manifest?.nicModel;
  // A card that the firmware cannot drive has no MAC address for it, whatever the attempt says.
  if (!probe && model !== undefined && !/^virtio/.test(model))
    return `The firmware has no driver for ${model} cards: it has one for virtio only, and so it never saw the attempt's MAC address`;
  if (!probe) return own ?? "No card of the machine has its MAC address and VLAN, or an attempt before it did the same";
  if (own !== undefined) return own;
  const { target } = boot;
  if (probe.reached === "tcp") {
    const asked = probe.nqn.toLowerCase() === DISCOVERY_NQN ? undefined : probe.nqn;
    const said = target?.refusals.find((line) => asked === undefined || line.includes(asked));
    if (said === undefined) return "The target answered and refused: look into its log";
    return `The target says: ${said.replace(/^\[[ \d.]*\]\s*/, "")}${remedy(boot, probe)}`;
  }
  return `Nothing answers at ${probe.traddr}${probe.trsvcid === undefined ? "" : ` port ${probe.trsvcid}`}: a wrong address or port, a target that is off, or another network`;
}

/** What to change, where the target's configuration shows it. */
function remedy({ target, expectation }: Boot, { nqn }: FirmwareProbe): string {
  const own = [...(target?.subsystems.keys() ?? [])];
  if (own.length === 0 || nqn.toLowerCase() === DISCOVERY_NQN) return "";
  if (!own.includes(nqn)) return ` — it has ${own.join(", ")}`;
  return ` — its access list does not have ${expectation.hosts[0]?.nqn ?? "this host"}`;
}

/** What `nbft attempt check` calls an error in this attempt. */
function ruleOf(config: FirmwareConfig, i: number): string | undefined {
  for (const rule of configRules) {
    if (rule.severity !== "error") continue;
    for (const { path, message, hint } of rule.check(config))
      if (path.startsWith(`attempts[${i}].`) || path === `attempts[${i}]`)
        return `${rule.code}: ${message}${hint === undefined ? "" : `. ${hint}`}`;
  }
  return undefined;
}

/** Why a firmware that connected found nothing to boot. */
export function* reasonsAfterConnecting(boot: Boot, config: FirmwareConfig): Generator<string> {
  const { target } = boot;
  if (target?.tooLarge) {
    yield "The firmware read more in one command than Linux's target takes (4 MiB), as it does for a boot loader, kernel or unified kernel image of that size: boot with GRUB, which reads in pieces";
  }
  const served = [...(target?.subsystems.values() ?? [])].flat();
  for (const [i, { nid, enabled }] of config.attempts.entries()) {
    if (nid === undefined || enabled === 0 || served.length === 0) continue;
    const digits = (text: string) => text.replaceAll("-", "").toLowerCase();
    if (served.some(({ uuid }) => digits(uuid) === digits(nid))) continue;
    const byNguid = served.some(({ nguid }) => digits(nguid) === digits(nid));
    yield byNguid
      ? `NID ${nid} of attempt ${i + 1} is an NGUID. The driver compares a namespace's UUID if it has one, as namespaces of a Linux target always have, so it mounts nothing. Write the UUID`
      : `No namespace of the target has the NID ${nid} of attempt ${i + 1} as its UUID: the driver mounts nothing`;
  }
}
