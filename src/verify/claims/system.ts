import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";

/** Whether the system behind switch-root came up as a whole, by systemd's own word. */
export function* checkSystem(boot: Boot): Generator<Claim> {
  const asked = boot.manifest?.depth === "os";
  const stage = boot.stages.findLast(({ name, systemd }) => (name === "root" || name === "system") && systemd);
  const systemd = stage?.systemd;
  if (!asked && !systemd) return;
  yield claim("system.target", {
    required: asked,
    verdict: systemd?.targetState === undefined ? "unknown" : passOrFail(systemd.targetState === "active"),
    expected: "active",
    seen: systemd
      ? `${systemd.target ?? "no default target"}: ${systemd.targetState ?? "not known"}`
      : "no report of it",
    source: at(stage, "systemctl show default.target"),
    hint: systemd?.state === "starting" ? "Something in it hangs: the boot had not finished" : undefined,
  });
  if (!systemd) return;
  const { state, failed } = systemd;
  yield claim("system.running", {
    // A system in use may have failed units; this is the emergency or rescue shell.
    required: state === "maintenance",
    verdict: passOrFail(state === "running"),
    expected: "running",
    seen: state,
    source: at(stage, "systemctl is-system-running"),
    hint: state === "degraded" ? "Units failed: see system.units" : undefined,
  });
  yield claim("system.units", {
    required: false,
    verdict: passOrFail(failed.length === 0),
    expected: "none failed",
    seen: failed.join(", ") || "none failed",
    source: at(stage, "systemctl list-units --failed"),
  });
}
