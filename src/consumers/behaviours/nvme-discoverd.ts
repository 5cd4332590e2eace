import { assumed, type Behaviours, on, type Program, read, run } from "./behaviour.ts";
import { only, since } from "./release.ts";

const STUDY = "2026-11-30";

/** What nvme-cli 3's daemon does with NBFTs. */
const nvmeDiscoverdBehaviours = {
  readsNbft: { does: "connects to what NBFTs list", releases: since("3.0-rc1") },
  firstHfiOnly: { does: "uses only the first HFI of an SSNS", releases: since("3.0-rc1") },
  ignoresSecurity: {
    does: "connects without security whatever the profile says",
    releases: since("3.0-rc1"),
    rules: ["S035"],
  },
  takesWellKnownNqnForIo: {
    does: "treats an SSNS with the well-known discovery NQN as an I/O controller",
    releases: since("3.0-rc1"),
    rules: ["S011"],
  },
  skipsNamelessDiscovery: {
    does: "skips a discovery descriptor without NQN",
    releases: since("3.0-rc1"),
    rules: ["D010"],
  },
  losesIpv6Discovery: {
    does: "cuts a discovery URI at its first colon, so that an IPv6 address is lost",
    releases: since("3.0-rc1"),
    rules: ["D007"],
  },
  usesTableHostIdentity: {
    does: "connects with the table's host NQN and host ID",
    otherwise: "connects with the system's host NQN and ID",
    releases: since("3.2-dev"),
  },
  addsIpv6Scope: {
    does: "adds the interface to a link-local IPv6 address",
    otherwise: "passes a link-local IPv6 address without its interface",
    harmless: "does",
    releases: since("3.2-dev"),
    rules: ["S038", "D015"],
    defects: { S038: ["no-scope", "unbound"], D015: ["no-scope", "unbound"] },
  },
  doublesBootConnections: {
    does: "does not recognize controllers that the initramfs connected with another host NQN, and connects them a second time",
    releases: only("3.1"),
    evidence: [on(only("3.1"), run(STUDY, "3.1 with controllers in a faked sysfs; not seen on a real machine"))],
  },
} as const satisfies Behaviours;

export const nvmeDiscoverd: Program<typeof nvmeDiscoverdBehaviours> = {
  name: "nvme-discoverd",
  title: "the daemon of nvme-cli 3 that keeps controllers connected",
  newest: { release: "3.1", date: "2026-09-18", dated: "released" },
  groups: [
    {
      range: only("3.0-rc1"),
      shown: "3.0-rc1",
      evidence: read("2026-08-21", "e117ee68, discoverd/src/inventory.c and units.c"),
    },
    { range: only("3.0"), shown: "3.0", evidence: assumed(STUDY, "as 3.0-rc1 and 3.1") },
    { range: only("3.1"), shown: "3.1", evidence: run(STUDY, "Debian 3.1-1 with a stand-in for systemd") },
    {
      range: only("3.2-dev"),
      shown: "3.2-dev",
      evidence: read(STUDY, "nvme-cli's development branch after 3.1; not run"),
    },
  ],
  behaviours: nvmeDiscoverdBehaviours,
};
