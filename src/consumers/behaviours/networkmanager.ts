import { type Behaviours, on, type Program, read, recorded, run } from "./behaviour.ts";
import { between, only, since, upTo } from "./release.ts";

const STUDY = "2026-11-30";

/**
 * What NetworkManager's nm-initrd-generator does with NBFTs. A build without the reader (`1.58.1-without-nbft`, as Debian's) does what
 * releases before 1.54 do.
 */
const networkManagerBehaviours = {
  readsNbft: {
    does: "reads NBFTs itself, with libnvme.so.1",
    otherwise: "reads no NBFT, but the options that dracut writes",
    releases: since("1.54.0"),
  },
  needsLibnvme1: {
    does: "reads no table if libnvme.so.1 is missing: nvme-cli 3 alone does not install it",
    releases: since("1.54.0"),
  },
  dhcpNeedsServer: {
    does: "uses DHCP only with DHCP Override and a DHCP server that is not zero",
    otherwise: "uses DHCP with DHCP Override, or IP origin 3",
    harmless: "otherwise",
    releases: only("1.54.0"),
    rules: ["T021", "T026"],
    evidence: [on(between("1.54.0", "1.54.1"), read(STUDY, "commit 6304d514, in 1.54.1"))],
  },
  vlanWithoutParent: {
    does: "writes a VLAN with the MAC address and without a parent: the VLAN is made before its parent is renamed, and then VLAN device already exists; a race, after which there may be no network",
    otherwise: "writes a VLAN with the UUID of its parent",
    releases: between("1.54.0", "1.58.0"),
    evidence: [
      on(between("1.54.0", "1.58.0"), read(STUDY, "commits c5c81588 and 26acd193, in 1.58.1; work item 1903")),
    ],
  },
  refusesHighVlanIds: {
    does: "ignores a vlan= of dracut whose id is above 4094, and treats its interface as Ethernet",
    otherwise: "makes a VLAN without an id from a vlan= of dracut whose id is above 4094",
    releases: since("1.54.0"),
    rules: ["T015"],
    evidence: [
      on(upTo("1.53"), run(STUDY, "Debian 1.52.1-1")),
      on(between("1.54.0", "1.58.0"), read(STUDY, "commit 326fb8f9, in 1.54.0")),
      on(between("1.58.1", "1.59"), run(STUDY, "Debian 1.58.1-1 on dracut's lines for every vector")),
    ],
  },
  leavesOutForeignAddresses: {
    does: "leaves out gateway and DNS servers of the other address family",
    releases: since("1.54.0"),
    rules: ["T018"],
  },
  refusesLongPrefixes: {
    does: "makes no connection for a prefix that is too long",
    releases: since("1.54.0"),
    rules: ["T017"],
    defects: { T017: ["too-long"] },
  },
  takesPrefix0For64: {
    does: "treats an IPv6 prefix of 0 as 64",
    releases: since("1.54.0"),
    rules: ["T017"],
    defects: { T017: ["zero"] },
  },
} as const satisfies Behaviours;

export const networkManager: Program<typeof networkManagerBehaviours> = {
  name: "networkmanager",
  spelling: "NetworkManager",
  title: "NetworkManager's nm-initrd-generator",
  newest: { release: "1.58.1", date: "2026-08-21", dated: "released" },
  groups: [
    {
      range: upTo("1.53"),
      shown: "1.52.1",
      evidence: run(STUDY, "Debian 1.52.1-1 on dracut's lines for every vector and for mutated tables"),
    },
    { range: only("1.54.0"), shown: "1.54.0", evidence: read(STUDY, "tag 1.54.0, nmi-nbft-reader.c; not run") },
    {
      range: between("1.54.1", "1.58.0"),
      shown: "1.58.0",
      evidence: read(STUDY, "nmi-nbft-reader.c between 1.54.1 and 1.58.0; not run"),
    },
    {
      range: between("1.58.1", "1.59"),
      shown: "1.58.1",
      evidence: recorded("2026-08-21", "1.59.2-dev on every vector and on mutated tables"),
    },
  ],
  behaviours: networkManagerBehaviours,
};
