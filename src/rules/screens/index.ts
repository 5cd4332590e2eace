import type { Subject } from "../rule.ts";
import { discoveryScreen } from "./discovery.ts";
import { controlScreen, headerScreen, hfiScreen, hostScreen } from "./fixed.ts";
import type { Screen } from "./screen.ts";
import { ssnsExtendedInfoScreen, ssnsScreen } from "./ssns.ts";
import { tableScreen } from "./table.ts";
import { hfiExtendedInfoScreen, transportInfoScreen } from "./transport-info.ts";

/** Screens by what they look at. */
export const screens: Readonly<Partial<Record<Subject, Screen>>> = {
  header: headerScreen,
  control: controlScreen,
  host: hostScreen,
  hfi: hfiScreen,
  transportInfo: transportInfoScreen,
  hfiExtendedInfo: hfiExtendedInfoScreen,
  ssns: ssnsScreen,
  ssnsExtendedInfo: ssnsExtendedInfoScreen,
  discovery: discoveryScreen,
  table: tableScreen,
};
