import { escapeText } from "../../text/escape.ts";
import { parseAttributes } from "../../uefi/attributes.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import { variableKey } from "../../uefi/variable.ts";
import { type Io, UsageError } from "../io.ts";
import type { SetOptions } from "../options/vars-rows.ts";
import { editStoreFile, keyFor } from "./store-file.ts";
import { type PathEncoder, valueBytes } from "./value.ts";

/** Writes one variable. */
export function setVariable(io: Io, path: string, name: string, options: SetOptions, encodePath: PathEncoder): void {
  editStoreFile(io, path, options, ({ present }) => {
    const key = keyFor(path, name, options.guid, present);
    const old = present.find((variable) => variableKey(variable) === variableKey(key));
    const runtime = key.guid === vendorGuids.global || key.guid === vendorGuids["image-security"];
    const attributes =
      options.attributes === undefined ? (old?.attributes ?? (runtime ? 7 : 3)) : parseAttributes(options.attributes);
    if (attributes === undefined)
      throw new UsageError(`--attributes ${escapeText(options.attributes!)}: not attributes, such as NV+BS+RT`);
    return [{ kind: "set", variable: { ...key, attributes, data: valueBytes(key, options, old, encodePath) } }];
  });
}
