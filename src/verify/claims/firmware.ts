import { tryRead } from "../../nbft/read/shared-reading.ts";
import { spansOf } from "../../nbft/read/spans.ts";
import type { FirmwareConfig } from "../../uefi/config/firmware-config.ts";
import { decodeFirmwareConfig } from "../../uefi/config/variables.ts";
import type { Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import { type FirmwareLog, firmwareLogOf } from "../facts/firmware-log.ts";
import { checkAttempts, reasonsAfterConnecting } from "./firmware-attempts.ts";

/** The firmware's part of a boot that it did itself: its variables, its connection, its table. */
export function* checkFirmware(boot: Boot): Generator<Claim> {
  if (boot.manifest?.via !== "firmware") return;
  const { more } = boot.evidence;
  const part = (name: string) => more.find((each) => each.name === `firmware/${name}`)?.bytes;
  const log = firmwareLogOf(new TextDecoder().decode(part("debug.log") ?? new Uint8Array()));
  const globalData = part("before/NvmeofGlobalData");
  const attempts = part("before/Nvmeof_Attemptconfig");
  const config = configOf(globalData, attempts);
  const claims = config ? [...checkAttempts(boot, config, log)] : [];
  const after = config && log.booted === undefined ? [...reasonsAfterConnecting(boot, config)] : [];
  const failed = claims.find(({ verdict }) => verdict === "fail");
  const connected = claims.some(({ verdict }) => verdict === "pass");
  const silent = log.lines === 0;
  yield claim("firmware.boot", {
    verdict: silent && boot.stages.length > 0 ? "unknown" : passOrFail(log.booted !== undefined),
    expected: "a boot option of the NVMe-oF driver",
    seen: log.booted ?? (silent ? "no debug log" : (log.started ?? "it booted from none")),
    source: "firmware: debug log",
    hint: silent
      ? noLog
      : (cardless(failed) ??
        (connected ? after[0] : undefined) ??
        (log.halted || connected ? undefined : failed?.hint) ??
        log.hints[0]),
  });
  yield* claims;
  for (const hint of cardless(failed) === undefined ? log.hints : []) {
    yield claim("firmware.log", {
      verdict: "unknown",
      required: false,
      expected: "no complaint",
      seen: hint,
      source: "firmware: debug log",
    });
  }
  yield variablesClaim(globalData, attempts, part("after/NvmeofGlobalData"), part("after/Nvmeof_Attemptconfig"));
  yield tableClaim(boot, part("predicted"), part("foretold"), log.halted ? undefined : part("left"));
  yield connectionClaim(boot, log);
}

/** The attempt's own reason, where the log only shows that no card was found. */
function cardless(failed: Claim | undefined): string | undefined {
  return /has no driver for/.test(failed?.hint ?? "") ? failed?.hint : undefined;
}

const noLog =
  "This CODE writes no debug log, as that of the Timberland release does: it is another firmware, probably without its driver";

function connectionClaim(boot: Boot, log: FirmwareLog): Claim {
  const hosts = boot.expectation.hosts.map(({ nqn }) => nqn);
  const made = boot.target?.controllers.filter(
    ({ discovery, hostNqn }) => !discovery && hosts.includes(hostNqn),
  ).length;
  const first = Math.min(made ?? 0, log.probes.filter(({ reached }) => reached === "mounted").length);
  const second = (made ?? 0) - first;
  return claim("firmware.connection", {
    verdict:
      made === undefined || (boot.target?.cutOff && second <= 0) ? "unknown" : passOrFail(first > 0 && second > 0),
    expected: "the target made a controller for the firmware, then one for the kernel",
    seen:
      made === undefined
        ? "no report of the target"
        : `${made} controllers for the table's host, ${first} of them for the firmware`,
    source: "target: kernel log",
    hint:
      first === 0
        ? "The firmware never connected, or under another host NQN: see firmware.attempt"
        : "The kernel never connected, or under another host NQN",
  });
}

/** The configuration in the driver's variables, where they can be read. */
function configOf(globalData: Stored, attempts: Stored): FirmwareConfig | undefined {
  if (!globalData || !attempts) return undefined;
  try {
    return decodeFirmwareConfig({ globalData, attempts });
  } catch {
    return undefined;
  }
}

type Stored = Uint8Array | undefined;

function variablesClaim(
  globalBefore: Stored,
  attemptsBefore: Stored,
  globalAfter: Stored,
  attemptsAfter: Stored,
): Claim {
  const finding = {
    expected: "the attempts that were programmed",
    source: "firmware: variable store after the boot",
    hint: "The firmware, its setup menu or a startup script has written other attempts",
  };
  if (!globalBefore || !attemptsBefore || !globalAfter || !attemptsAfter) {
    return claim("firmware.variables", { ...finding, verdict: "unknown", seen: "the store was not kept" });
  }
  try {
    // The driver switches itself on at each start, and keeps a note of its own in the records.
    const config = (globalData: Uint8Array, records: Uint8Array) => {
      const { hostNqn, hostId, attempts } = decodeFirmwareConfig({ globalData, attempts: records });
      return JSON.stringify([hostNqn, hostId, attempts.map((each) => ({ ...each, autoConfigureMode: undefined }))]);
    };
    const same = config(globalBefore, attemptsBefore) === config(globalAfter, attemptsAfter);
    return claim("firmware.variables", { ...finding, verdict: passOrFail(same), seen: same ? "the same" : "others" });
  } catch (error) {
    return claim("firmware.variables", { ...finding, verdict: "fail", seen: (error as Error).message });
  }
}

/** Bytes that differ from boot to boot: live controller ids, and the checksum over them. */
const live = /^header\.checksum$|\.extendedInfo\.cntlid$/;

/** `predicted` is of before the boot, `foretold` of the same with what was seen of it. */
function tableClaim(boot: Boot, predicted: Stored, foretold: Stored, left: Stored): Claim {
  const inSysfs = boot.stages.findLast(({ tables }) => tables.length > 0)?.tables[0]?.bytes;
  const seen = inSysfs ?? left;
  const finding = {
    expected: predicted
      ? `${predicted.length} bytes as predicted, but for live controller ids and the checksum`
      : "no table",
    source: left && !inSysfs ? "firmware: the machine's memory" : "firmware: /sys/firmware/acpi/tables",
    hint: "Another firmware version, or facts that the prediction did not have: nbft diff --bytes shows where",
  };
  if (!predicted || !seen) {
    return claim("firmware.table", {
      ...finding,
      verdict: boot.manifest?.ownImage && boot.stages.length === 0 ? "unknown" : passOrFail(predicted === seen),
      seen: seen ? `${seen.length} bytes` : "no table",
    });
  }
  const { explained, others } = differences(predicted, seen);
  if (others.length > 0 && foretold && differences(foretold, seen).others.length === 0) {
    return claim("firmware.table", {
      ...finding,
      verdict: "pass",
      seen: `as predicted for what took place; all going well it would have had another ${others.slice(0, 6).join(", ")}`,
    });
  }
  const text =
    others.length === 0
      ? `the same${explained.length > 0 ? ` (${explained.join(", ")} are this boot's own)` : ""}`
      : `${seen.length} bytes; other than predicted: ${others.slice(0, 6).join(", ")}`;
  return claim("firmware.table", { ...finding, verdict: passOrFail(others.length === 0), seen: text });
}

/** Fields in which two tables differ, apart by whether a boot explains them. */
function differences(predicted: Uint8Array, seen: Uint8Array): { explained: string[]; others: string[] } {
  if (predicted.length !== seen.length) return { explained: [], others: ["length"] };
  const reading = tryRead(predicted);
  if (!reading) return { explained: [], others: ["everything: what was predicted is not an NBFT"] };
  const explained = new Set<string>();
  const others = new Set<string>();
  for (const { offset, length, path } of spansOf(reading.frame)) {
    for (let at = offset; at < offset + length; at++) {
      if (predicted[at] !== seen[at]) (live.test(path) ? explained : others).add(path);
    }
  }
  return { explained: [...explained], others: [...others] };
}
