import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";
import type { ExpectedPath } from "../expectation.ts";
import { readAuthentication } from "../facts/authentication.ts";
import type { ControllerFacts } from "../facts/nvme.ts";
import { pathName } from "./names.ts";
import { controllerOfPath } from "./paths.ts";
import { causeOf } from "./security-causes.ts";

/** Whether each connection is as secure as its record's profile requires, or as the lab's target demanded. */
export function* checkSecurity(boot: Boot): Generator<Claim> {
  if (!boot.connects) return;
  for (const path of boot.expectation.paths)
    if ((path.secured || boot.manifest?.authentication) && !path.unavailable) yield securityClaim(boot, path);
}

/** What a connection is to have, in words of the claim. */
type Protection = "authentication" | "authentication of the controller" | "secure channel";

function securityClaim(boot: Boot, path: ExpectedPath): Claim {
  const demanded = demandsOf(boot, path);
  const controller = controllerOfPath(path, boot.last);
  const about = { about: pathName(boot, path), required: demanded.length > 0 };
  const expected = demanded.join(" and ") || "nothing: the profile requires nothing";
  if (controller?.state !== "live") {
    const { seen, hint } = causeOf(boot, path);
    return claim("path.security", {
      ...about,
      verdict: "unknown",
      expected,
      seen: `no connection${seen === undefined ? "" : `: ${seen}`}`,
      source: at(boot.last, "dmesg; target: kernel log"),
      hint,
    });
  }
  const host = readAuthentication(boot.last?.kernelLog).get(controller.name);
  const target = targetsWord(boot, controller);
  const has: Record<Protection, boolean | undefined> = {
    authentication: both(host?.host, target?.host),
    "authentication of the controller": both(host?.controller, target?.controller),
    "secure channel": both(controller.tls, target?.tls),
  };
  const missing = demanded.filter((what) => has[what] === false);
  const unsaid = demanded.filter((what) => has[what] === undefined);
  return claim("path.security", {
    ...about,
    verdict: missing.length > 0 ? "fail" : unsaid.length > 0 ? "unknown" : passOrFail(true),
    expected,
    seen: [
      `host: ${wordsOf(host)}`,
      ...(target === undefined ? [] : [`target: ${wordsOf(target)}`]),
      tlsWords(boot, controller),
    ].join("; "),
    source: at(boot.last, `dmesg, /sys/class/nvme/${controller.name}/tls_key; target: kernel log`),
    hint: hintFor(missing, controller.tls, target, unsaid),
  });
}

function demandsOf({ manifest }: Boot, { requires }: ExpectedPath): Protection[] {
  const authentication = manifest?.authentication;
  return [
    ...(authentication || requires.includes("authentication") ? (["authentication"] as const) : []),
    ...(authentication === "mutual" ? (["authentication of the controller"] as const) : []),
    ...(manifest?.tls === "required" || requires.includes("secure channel") ? (["secure channel"] as const) : []),
  ];
}

interface Word {
  readonly host: boolean;
  readonly controller: boolean;
}

/** What the target logged of a controller; undefined where it cannot be asked. nvmet's controller id is the one that the host shows. */
function targetsWord(
  { target }: Boot,
  { cntlid, subsystemNqn }: ControllerFacts,
): (Word & { readonly asked: boolean; readonly tls: boolean }) | undefined {
  if (!target?.logged) return undefined;
  const made = target.controllers.findLast((each) => String(each.id) === cntlid && each.subsystemNqn === subsystemNqn);
  return {
    host: made?.authentication === "done",
    controller: made?.provedItself ?? false,
    asked: made !== undefined && made.authentication !== "not asked",
    tls: target.tlsSessions.length > 0,
  };
}

/** Two witnesses: the host's kernel, and the target where there is one. */
function both(host: boolean | undefined, target: boolean | undefined): boolean | undefined {
  return host === undefined ? undefined : host && target !== false;
}

function wordsOf(word: Word | undefined): string {
  if (!word) return "its log does not say";
  if (!word.host) return "no authentication";
  return word.controller ? "authenticated, controller authenticated" : "authenticated";
}

/** That the connection is encrypted is the kernel's word, and with which cipher that of tlshd. */
function tlsWords({ stages, target }: Boot, { tls }: ControllerFacts): string {
  if (!tls) return "no TLS";
  const host = stages.flatMap(({ tlsSessions }) => tlsSessions)[0];
  const other = target?.tlsSessions[0];
  const sides = [...(host ? ["host"] : []), ...(other ? ["target"] : [])];
  return sides.length > 0 ? `${host ?? other} (tlshd of ${sides.join(" and ")})` : "TLS";
}

function hintFor(
  missing: readonly Protection[],
  tls: boolean | undefined,
  target: { readonly asked: boolean } | undefined,
  unsaid: readonly Protection[],
): string | undefined {
  if (missing.includes("authentication") && target?.asked === false)
    return "The target demanded nothing of this host: it connects without authentication then, even where it has a key";
  if (missing.includes("authentication"))
    return "Connected without authentication: the host had no key, or the target did not ask for one";
  if (missing.includes("authentication of the controller"))
    return "The host did not ask the controller to prove itself: its config.json has no dhchap_ctrl_key for this port";
  if (missing.length > 0 && tls)
    return "The host says that the connection is encrypted, and the target made no TLS session";
  if (missing.length > 0) return "The connection is not encrypted: config.json has no tls for this port";
  return unsaid.length > 0 ? "The kernel's log has no line about this connection any more" : undefined;
}
