import type { Io } from "../io.ts";
import { type SetAttemptsOptions, setAttempts } from "../vars/set-attempts.ts";
import { type ShowOptions, showVariables } from "../vars/show.ts";
import { notPlain, runHeld } from "./held-io.ts";
import type { VarsRequest } from "./vars-request.ts";

/** Shows what variables say, or writes attempts: what needs to understand them. */
export function run({ action, path, names, options }: VarsRequest, io: Io): boolean {
  const given = options as unknown;
  return runHeld(io, (held) => {
    if (action === "show") showVariables(held, path, names, given as ShowOptions);
    else setAttempts(held, path, String(options["attempts"]), given as SetAttemptsOptions, notPlain);
  });
}
