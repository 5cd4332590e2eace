import { dracut } from "./dracut.ts";
import { networkManager } from "./networkmanager.ts";
import { nvmeCli } from "./nvme-cli.ts";
import { nvmeDiscoverd } from "./nvme-discoverd.ts";
import { nvmeStas } from "./nvme-stas.ts";
import { wicked } from "./wicked.ts";

/** Every program whose behaviour is known, by name: first those that connect, then those that set up the network. */
export const programs = {
  "nvme-cli": nvmeCli,
  "nvme-discoverd": nvmeDiscoverd,
  "nvme-stas": nvmeStas,
  dracut,
  networkmanager: networkManager,
  wicked,
} as const;

/** A program whose behaviour is described, release by release. */
export type ProgramName = keyof typeof programs;

/** Names of the behaviours of a program. */
export type BehaviourName<P extends ProgramName> = keyof (typeof programs)[P]["behaviours"] & string;
