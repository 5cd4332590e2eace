import { withoutEscapes } from "../../text/terminal.ts";

/** What the kernel logged of the connection that became a controller. */
export interface AuthenticationFacts {
  /** The host proved itself before the controller was there. */
  readonly host: boolean;
  /** The controller proved itself, too. */
  readonly controller: boolean;
}

/**
 * Who proved himself on the way to each controller, by the controller's name: Linux logs `qid 0: authenticated` before `new ctrl` (drivers/nvme/host/auth.c).
 * A controller without a line `new ctrl` is not in the result: the log does not say.
 */
export function readAuthentication(log: string | undefined): Map<string, AuthenticationFacts> {
  const made = new Map<string, AuthenticationFacts>();
  const tries = new Map<string, { host: boolean; controller: boolean }>();
  // Before it: the time, the caller where the kernel names it, or what journalctl -k writes. Names of others are in quotes.
  for (const [, name, text] of withoutEscapes(log ?? "").matchAll(/^[^"\n]*?\bnvme (nvme\d+): (.*?)\s*$/gm)) {
    const known = tries.get(name!) ?? { host: false, controller: false };
    if (/^qid 0: authenticated$/.test(text!)) known.host = true;
    else if (/^qid 0: controller authenticated$/.test(text!)) known.controller = true;
    else if (/^new ctrl: /.test(text!)) made.set(name!, { ...known });
    // The name may be another connection's afterwards.
    if (/^(?:new ctrl: |Removing ctrl|failed to connect queue: 0|qid 0: .*failed)/.test(text!)) tries.delete(name!);
    else tries.set(name!, known);
  }
  return made;
}
