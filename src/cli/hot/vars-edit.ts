import type { Io } from "../io.ts";
import { deleteVariables } from "../vars/delete.ts";
import { type ListOptions, listVariables } from "../vars/list.ts";
import { type SetOneOptions, setVariable } from "../vars/set-one.ts";
import { type EditArguments, editStore } from "../vars/store-file.ts";
import { notPlain, runHeld } from "./held-io.ts";
import type { VarsRequest } from "./vars-request.ts";

/** Lists a store, or changes single variables of it. */
export function run({ action, path, names, options }: VarsRequest, io: Io): boolean {
  const given = options as unknown;
  return runHeld(io, (held) => {
    switch (action) {
      case "list":
        return listVariables(held, path, given as ListOptions);
      case "set":
        return setVariable(held, path, names[0]!, given as SetOneOptions, notPlain);
      case "delete":
        return deleteVariables(held, path, names, given as EditArguments);
      case "compact":
        editStore(held, path, given as EditArguments, () => [{ kind: "compact" }]);
        return;
      default:
        notPlain();
    }
  });
}
