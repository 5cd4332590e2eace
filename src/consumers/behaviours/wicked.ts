import { type Behaviours, on, type Program, read, run } from "./behaviour.ts";
import { always, upTo } from "./release.ts";

/** What wicked's firmware extension does with NBFTs. */
export const wickedBehaviours = {
  readsNbft: { does: "configures the network from NBFTs", releases: always },
  needsPlainName: {
    does: "looks only where a table has the plain name NBFT: Linux calls two tables NBFT1 and NBFT2",
    releases: always,
  },
  leavesOutBroadcastGateway: {
    does: "leaves out a gateway of 255.255.255.255",
    releases: always,
    evidence: [on(upTo("0.6"), read("2026-11-30", "tag version-0.6.80, extensions/nbft"))],
  },
  takesPrefix0: {
    does: "takes a prefix of 0 as it is",
    releases: always,
    rules: ["T017"],
    defects: { T017: ["zero"] },
  },
  dhcpByOverrideAlone: {
    does: "uses DHCP if and only if DHCP Override is set, whatever the IP origin says",
    releases: always,
    rules: ["T026"],
  },
} as const satisfies Behaviours;

export const wicked: Program<typeof wickedBehaviours> = {
  name: "wicked",
  title: "wicked's firmware extension, with nvme-cli 2.x",
  newest: { release: "0.6.80", date: "2026-07-23", dated: "released" },
  groups: [
    {
      range: { from: "0.6", to: "0.6" },
      shown: "0.6",
      evidence: run("2026-11-23", "wicked 0.6.80's extension on the output of nvme-cli 2.13 for mutated tables"),
    },
  ],
  behaviours: wickedBehaviours,
};
