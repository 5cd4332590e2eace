import { behavioursOf, findRelease, type KnownRelease } from "../../consumers/behaviours/index.ts";
import type { Boot } from "../boot.ts";

/** The nvme-cli of the stage that connected. */
export function connectingRelease(boot: Boot): KnownRelease | undefined {
  const stage = [boot.initramfs, boot.early, boot.last].find((each) => each?.nvmeCli !== undefined);
  return stage?.nvmeCli === undefined ? undefined : findRelease("nvme-cli", stage.nvmeCli);
}

/** Whether what connects passes over records with a security profile; undefined where its release is not known. */
export function skipsSecured(boot: Boot): boolean | undefined {
  const release = connectingRelease(boot);
  return release && behavioursOf("nvme-cli", release.release).skipsSecured;
}
