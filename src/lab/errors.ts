import { NbftError } from "../errors.ts";

/** Why the lab could not run, for a reason that is not the boot's: something is missing, refused or broken around it. */
export class LabError extends NbftError {
  override name = "LabError";
}

/** A run that the machine around it spoiled: it may go well the next time. */
export class SpoiledError extends LabError {
  override name = "SpoiledError";
}
