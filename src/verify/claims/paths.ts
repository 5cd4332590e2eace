import { behavioursOf } from "../../consumers/behaviours/index.ts";
import { at, type Boot } from "../boot.ts";
import { canonicalAddress } from "../canonical-address.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { ExpectedPath } from "../expectation.ts";
import type { ControllerFacts } from "../facts/nvme.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { isSkipped, neededPaths, pathName } from "./names.ts";
import { connectingRelease } from "./release.ts";

/** Whether each path of the table is a live controller, connected in time as the table's host. */
export function* checkPaths(boot: Boot): Generator<Claim> {
  if (!boot.connects) return;
  const needed = neededPaths(boot);
  for (const path of needed) {
    const about = pathName(boot, path);
    const controller = controllerOfPath(path, boot.last);
    yield liveClaim(path, about, controller, boot.last);
    // Where there is no controller there is nothing to identify.
    if (controller) {
      yield identityClaim(boot, path, about, strangerOn(boot, path) ?? controller);
      yield* interfaceClaim(boot, path, about, controller);
    }
    if (boot.mountsRoot) yield earlyClaim(boot, path, about);
  }
  for (const path of boot.expectation.paths)
    if (isSkipped(boot, path) || path.unavailable) yield exceptionClaim(boot, path);
}

/** The controller that is a path: over the HFI's own address. The best one where there are several. */
export function controllerOfPath(path: ExpectedPath, stage: StageFacts | undefined): ControllerFacts | undefined {
  const candidates = controllersOfPath(path, stage);
  return candidates.find(({ state }) => state === "live") ?? candidates[0];
}

function controllersOfPath(path: ExpectedPath, stage: StageFacts | undefined): ControllerFacts[] {
  return stage?.controllers?.filter((controller) => matches(path, controller)) ?? [];
}

function matches(path: ExpectedPath, controller: ControllerFacts): boolean {
  const { hfi } = path;
  const from = controller.srcAddr ?? controller.hostTraddr;
  const right = hfi.address === undefined || from === undefined || from === canonicalAddress(hfi.address);
  return isTarget(path, controller) && right;
}

function isTarget(path: ExpectedPath, controller: ControllerFacts): boolean {
  return (
    controller.subsystemNqn === path.subsystemNqn &&
    controller.traddr === canonicalAddress(path.traddr) &&
    controller.trsvcid === path.trsvcid
  );
}

function liveClaim(
  path: ExpectedPath,
  about: string,
  controller: ControllerFacts | undefined,
  stage: StageFacts | undefined,
): Claim {
  const others = stage?.controllers?.filter((other) => isTarget(path, other) && other !== controller) ?? [];
  const astray = others.map(
    ({ name, srcAddr, hostTraddr }) => `${name} comes from ${srcAddr ?? hostTraddr ?? "an unknown address"}`,
  );
  const asked = controller?.hostTraddr;
  // With DHCP nvme-cli may leave the address out, and the kernel chooses.
  const unasked = asked === undefined && !path.hfi.dhcp && path.hfi.address !== undefined;
  return claim("path.live", {
    about,
    verdict: stage?.controllers ? passOrFail(controller?.state === "live" && !unasked) : "unknown",
    expected: `${path.traddr} ${path.trsvcid} from ${path.hfi.address ?? "the lease's address"}, live`,
    seen: controller
      ? `${controller.name} ${controller.state ?? "without state"}, host_traddr ${asked ?? "not set"}`
      : stage?.controllers
        ? astray.join("; ") || "no such controller"
        : "nothing about controllers",
    source: at(stage, "/sys/class/nvme/*/{address,state,subsysnqn}"),
    hint: controller
      ? "A controller that is connecting or has no address does not use this path"
      : (logged(stage) ?? "The target did not answer there, refused the host, or nothing tried"),
  });
}

/** Lines of the kernel in which a connect failed (Linux 6.12 and 7.2, drivers/nvme/host/{fabrics,tcp,auth}.c). */
function logged(stage: StageFacts | undefined): string | undefined {
  const lines =
    stage?.kernelLog?.match(
      /^.*(?:nvme nvme\d+|nvme_fabrics|nvme_tcp).*(?:not allowed|found same host|failed|Connect Invalid|Invalid hostid|incompatible format|refused|timeout|error).*$/gm,
    ) ?? [];
  const texts = lines.map((line) => line.replace(/^\[[^\]]*\]\s*/, "").trim());
  return texts.length === 0 ? undefined : `The kernel says: ${[...new Set(texts)].slice(0, 3).join(" | ")}`;
}

/** A connection over the same path as another host: whichever carries the root file system, not the table alone made it. */
function strangerOn(boot: Boot, path: ExpectedPath): ControllerFacts | undefined {
  const host = boot.expectation.hosts.find(({ table }) => table === path.table);
  return controllersOfPath(path, boot.last).find(
    ({ state, hostNqn }) =>
      state === "live" && hostNqn !== undefined && host?.nqn !== undefined && hostNqn !== host.nqn,
  );
}

function identityClaim(boot: Boot, path: ExpectedPath, about: string, controller: ControllerFacts): Claim {
  const host = boot.expectation.hosts.find(({ table }) => table === path.table);
  const { hostNqn: nqn, hostId: id } = controller;
  const rightNqn = host?.nqn === undefined || nqn === host.nqn;
  const rightId = host?.id === undefined || /^[0-]*$/.test(host.id) || id === host.id.toLowerCase();
  const zeroFirst = host?.id?.startsWith("00") && !rightId;
  return claim("path.identity", {
    about,
    verdict: nqn === undefined ? "unknown" : passOrFail(rightNqn && rightId),
    expected: `${host?.nqn ?? "any host NQN"}, host id ${host?.id ?? "any"}`,
    seen: `${nqn ?? "no host NQN"}${originOfNqn(boot, nqn, host?.nqn)}, host id ${id ?? "not told"}`,
    source: at(boot.last, `/sys/class/nvme/${controller.name}/{hostnqn,hostid}`),
    hint: zeroFirst
      ? "libnvme takes a host id whose first byte is 00 for none, and the connect goes without it"
      : identityHint(boot),
  });
}

/** Where a host NQN that is not the table's comes from. */
function originOfNqn(boot: Boot, nqn: string | undefined, expected: string | undefined): string {
  if (nqn === undefined || expected === undefined || nqn === expected) return "";
  const stage = [boot.initramfs, boot.early, boot.last].find((each) => each?.nvmeHostNqn === nqn);
  return stage ? ` (of /etc/nvme/hostnqn in stage ${stage.name}, not the table's)` : " (not the table's)";
}

/** Who named the host, by the release that the evidence has. */
function identityHint(boot: Boot): string {
  const release = connectingRelease(boot);
  if (!release) return "The host's identity came from /etc/nvme, from the command line, or was generated";
  const named = `nvme-cli ${release.release}`;
  return behavioursOf("nvme-cli", release.release).usesTableHostIdentity
    ? `${named} takes the table's unless its command line names another: /etc/nvme or an option did`
    : `${named} never takes the table's: the host's identity came from the command line, /etc/nvme, SMBIOS, the machine ID, or was generated`;
}

/** Whether a path is bound to an interface as its nvme-cli is known to do. */
function* interfaceClaim(boot: Boot, path: ExpectedPath, about: string, controller: ControllerFacts): Generator<Claim> {
  const release = connectingRelease(boot);
  const interfaces = boot.last?.interfaces;
  if (!release || !interfaces) return;
  const { mac, vlan } = path.hfi;
  const binds = behavioursOf("nvme-cli", release.release).bindsToInterface && vlan === 0;
  const expected = binds ? interfaces.find((each) => each.mac === mac)?.name : undefined;
  const seen = controller.hostIface;
  yield claim("path.interface", {
    about,
    required: false,
    verdict: passOrFail(seen === expected),
    expected: expected === undefined ? "no interface: the routing table decides" : `bound to ${expected}`,
    seen: seen === undefined ? "not bound to an interface" : `bound to ${seen}`,
    source: at(boot.last, `/sys/class/nvme/${controller.name}/address`),
    hint: `nvme-cli ${release.release} ${binds ? "binds a path to the first interface with the HFI's MAC address" : "does not bind this path"}; something else connected it, or netlink is forbidden there`,
  });
}

function earlyClaim(boot: Boot, path: ExpectedPath, about: string): Claim {
  const { initramfs } = boot;
  const controller = controllerOfPath(path, initramfs);
  return claim("path.early", {
    about,
    required: boot.dracut || initramfs !== undefined,
    verdict: initramfs?.controllers ? passOrFail(controller?.state === "live") : "unknown",
    expected: "live in the initramfs",
    seen: initramfs
      ? `${controller?.name ?? "no controller"} ${controller?.state ?? ""}`.trim()
      : "no report from the initramfs",
    source: at(initramfs, "/sys/class/nvme/*/state"),
    hint: initramfs
      ? "It was connected only later, by the running system"
      : "A hook in the initramfs shows more: nbft collect -o overlay",
  });
}

/** Records that nothing need come of; when something does, that is told. */
function exceptionClaim(boot: Boot, path: ExpectedPath): Claim {
  const controller = controllerOfPath(path, boot.last);
  return claim("path.live", {
    about: pathName(boot, path),
    required: false,
    verdict: controller?.state === "live" ? "pass" : "unknown",
    expected: isSkipped(boot, path)
      ? "nothing: nvme-cli 3 and later skips records with a security profile"
      : "nothing: the firmware could not reach it",
    seen: controller ? `${controller.name} ${controller.state}` : "no controller",
    source: at(boot.last, "/sys/class/nvme"),
    hint: "Not needed for this boot; the table says why",
  });
}
