import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BootFacts } from "../../predict/facts.ts";
import { type Prediction, predictNbft } from "../../predict/predict.ts";
import { attemptEdits } from "../../uefi/config/attempt-edits.ts";
import type { NvmeofVariables } from "../../uefi/config/firmware-config.ts";
import { checkFirmwarePair } from "../../uefi/store/check-store.ts";
import { editVariableStore } from "../../uefi/store/edit-store.ts";
import { decodeVariableStore, visibleVariables } from "../../uefi/store/read-store.ts";
import { UnfitSystemError } from "../parts.ts";

/** The public Timberland release, unpacked. */
export interface FirmwareFiles {
  readonly code: string;
  readonly vars: string;
  /** The UEFI shell's program that stores attempts; only the disk's way needs it. */
  readonly program: string;
}

/**
 * The files of a firmware folder.
 *
 * @throws {UnfitSystemError} saying which file is missing, or why code and variables do not go together.
 */
export function firmwareFiles(folder: string): FirmwareFiles {
  const files = {
    code: join(folder, "OVMF_CODE.fd"),
    vars: join(folder, "OVMF_VARS.fd"),
    program: join(folder, "NvmeOfCli.efi"),
  };
  for (const file of [files.code, files.vars]) {
    if (!existsSync(file)) {
      throw new UnfitSystemError(
        `${file} is missing: --firmware-dir names a folder with OVMF_CODE.fd and OVMF_VARS.fd of the Timberland release (artifacts/artifact.zip of github.com/timberland-sig/rh-linux-poc; unpack the zip in it, too)`,
      );
    }
  }
  const [trouble] = checkFirmwarePair(statSync(files.code).size, statSync(files.vars).size).filter(
    ({ severity }) => severity === "error",
  );
  if (trouble) {
    const fits = trouble.hint === undefined ? "" : `. ${trouble.hint}`;
    throw new UnfitSystemError(
      `${folder}: OVMF_CODE.fd and OVMF_VARS.fd do not go together. ${trouble.message}: the firmware would drop what is written, silently${fits}`,
    );
  }
  return files;
}

/** A store with the attempts in it, and the table that the firmware will publish for them. */
export interface PreparedStore {
  readonly store: Uint8Array;
  readonly prediction: Prediction;
}

/** Puts attempts into a copy of a variable store, as `nbft vars set --attempts` does, and predicts the firmware's table. */
export function prepareStore(vars: string, variables: NvmeofVariables, facts: BootFacts): PreparedStore {
  const pristine = readFileSync(vars);
  const present = visibleVariables(decodeVariableStore(pristine));
  return {
    store: editVariableStore(pristine, attemptEdits(variables, present)).bytes,
    prediction: predictNbft(variables, { facts }),
  };
}
