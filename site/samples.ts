import { firmwareOfBoot } from "../src/boot/firmware.ts";
import { parseBootDescription } from "../src/boot/parse.ts";
import { attemptEdits } from "../src/uefi/config/attempt-edits.ts";
import { encodeFirmwareConfig } from "../src/uefi/config/variables.ts";
import { editVariableFile } from "../src/uefi/files/variable-file.ts";
import { createVariableStore } from "../src/uefi/store/create-store.ts";

/** A sample as scripts/site.mjs puts it into the page. */
export interface Sample {
  readonly title: string;
  readonly file: string;
  /** Base64. */
  readonly content: string;
  /** Show a variable store with the attempts of this boot description. */
  readonly asStore?: boolean;
}

/** The file of a sample. */
export function sampleFile({ file, content, asStore }: Sample): { name: string; bytes: Uint8Array } {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  if (!asStore) return { name: file, bytes };
  const { config } = firmwareOfBoot(parseBootDescription(new TextDecoder().decode(bytes)));
  const variables = encodeFirmwareConfig(config);
  const edited = editVariableFile(createVariableStore(), ({ present, maxVariable }) =>
    attemptEdits(variables, present, { maxVariable }),
  );
  return { name: "OVMF_VARS.fd", bytes: edited.bytes };
}
