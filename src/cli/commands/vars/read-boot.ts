import { firmwareOfBoot } from "../../../boot/firmware.ts";
import { parseBootDescription } from "../../../boot/parse.ts";
import { documentText } from "../../../document/document-text.ts";
import type { BootReader } from "../../vars/attempts-source.ts";

/** Attempts of a boot description. */
export const readBoot: BootReader = (bytes, file) =>
  firmwareOfBoot(parseBootDescription(documentText(bytes, file), { file }));
