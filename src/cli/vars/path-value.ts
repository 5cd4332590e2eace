import { escapeText } from "../../text/escape.ts";
import { bootNumber } from "../../uefi/boot/boot-numbers.ts";
import { encodeBootOption } from "../../uefi/boot/boot-option.ts";
import { parseDevicePath } from "../../uefi/device-path/text.ts";
import { UsageError } from "../io.ts";
import { type PathEncoder, requireHex } from "./value.ts";

/** Content from `--path`: a load option for `Boot####`, a device path for any other variable. */
export const pathBytes: PathEncoder = ({ name }, { path = [], description, optionalData, inactive }) => {
  if (bootNumber(name) === undefined) {
    if (path.length > 1) throw new UsageError(`${escapeText(name)} takes one --path`);
    return parseDevicePath(path[0]!);
  }
  return encodeBootOption({
    attributes: inactive ? 0 : 1,
    description: description ?? name,
    paths: path,
    optionalData: optionalData === undefined ? undefined : requireHex(optionalData, "--optional-data"),
  });
};
