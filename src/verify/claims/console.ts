import type { Boot } from "../boot.ts";
import { type Claim, claim } from "../claim.ts";
import { fastClock, panicsOf } from "../machine-trouble.ts";

/** What the console says: a system that gives up says so there, whatever it reported before. */
export function* checkConsole(boot: Boot): Generator<Claim> {
  const { console, manifest } = boot;
  if (!manifest || !console) return;
  const { machine, system } = panicsOf(boot);
  const said = [...system, ...console.failures];
  yield claim("boot.console", {
    verdict: said.length > 0 ? "fail" : machine.length > 0 || console.lastLine === undefined ? "unknown" : "pass",
    // A system may keep its console to itself.
    required: said.length > 0 || machine.length > 0,
    expected: "no panic, no emergency shell, no initramfs or firmware that gives up",
    seen:
      (said.length > 0 ? said : machine).slice(0, 4).join(" | ") ||
      (console.lastLine === undefined ? "nothing on the console" : console.reached.join(" | ") || "none of them"),
    source: "host: console",
    hint: said.length > 0 ? "These are its own words: the boot failed" : "An emulated machine's own failure",
  });
  const clock = fastClock(boot);
  if (clock !== undefined) {
    yield claim("machine.clock", {
      verdict: "fail",
      required: false,
      expected: "no more seconds in the guest than outside",
      seen: clock,
      source: "host: /proc/uptime",
      hint: "Waits and retries were over too early: what failed may be the machine's doing",
    });
  }
}
