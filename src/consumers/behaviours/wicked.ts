import { type Behaviours, on, type Program, read, run } from "./behaviour.ts";
import { between, since, upTo } from "./release.ts";

/** What wicked's firmware extension does with NBFTs. */
const wickedBehaviours = {
  readsNbft: {
    does: "configures the network from NBFTs",
    otherwise:
      "ignores an NBFT: before 0.6.72 it has no extension for it, and up to 0.6.74 the extension runs nvme show-nbft, which no release of nvme-cli has",
    releases: since("0.6.75"),
  },
  needsPlainName: {
    does: "reads only a table with the plain name NBFT: Linux names two tables NBFT1 and NBFT2",
    releases: since("0.6.75"),
  },
  leavesOutBroadcastGateway: {
    does: "leaves out a gateway of 255.255.255.255",
    releases: since("0.6.75"),
    evidence: [on(between("0.6.75", "0.6"), read("2026-11-30", "tag version-0.6.80, extensions/nbft"))],
  },
  takesPrefix0: {
    does: "takes a prefix of 0 as it is",
    releases: since("0.6.75"),
    rules: ["T017"],
    defects: { T017: ["zero"] },
  },
  dhcpByOverrideAlone: {
    does: "uses DHCP if and only if DHCP Override is set, whatever the IP origin says",
    releases: since("0.6.75"),
    rules: ["T026"],
  },
} as const satisfies Behaviours;

export const wicked: Program<typeof wickedBehaviours> = {
  name: "wicked",
  title: "wicked's firmware extension, with nvme-cli 2.x",
  newest: { release: "0.6.80", date: "2026-07-23", dated: "released" },
  groups: [
    {
      range: upTo("0.6.74"),
      shown: "0.6.74",
      evidence: read("2026-12-01", "tags 0.6.71 to 0.6.74; commit 0992848b, in 0.6.75"),
    },
    {
      range: between("0.6.75", "0.6"),
      shown: "0.6.80",
      evidence: run("2026-11-23", "wicked 0.6.80's extension on the output of nvme-cli 2.13 for mutated tables"),
    },
  ],
  behaviours: wickedBehaviours,
};
