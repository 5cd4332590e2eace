import { assumed, type Behaviours, on, type Program, read, recorded, run } from "./behaviour.ts";
import { between, only, since, upTo } from "./release.ts";

const STUDY = "2026-11-30";

/** Releases that read NBFTs with libnvme 1.x. */
const libnvme1 = between("2.5", "2");

/**
 * What nvme-cli does with an NBFT, with the libnvme it is released with: 1.N with 2.N, 3.N with 3.N. First what the library reads,
 * then what `nvme nbft show` prints, then what `nvme connect-all --nbft` does.
 */
const nvmeCliBehaviours = {
  readsNbft: {
    does: "reads NBFTs",
    otherwise: "cannot read an NBFT",
    releases: since("2.5"),
    evidence: [
      on(
        upTo("2.4"),
        run(STUDY, "Debian 12's nvme-cli 2.3: connect-all --nbft is an unrecognized option; tag v2.4 has no nbft.c"),
      ),
    ],
  },
  rejectsMinorRevision1: {
    does: "rejects a table of minor revision 1 or higher, as do all programs that use libnvme 1.x: dracut, NetworkManager, wicked, nvme-stas",
    otherwise: "accepts minor revisions 0 and 1",
    harmless: "otherwise",
    releases: libnvme1,
    rules: ["H021"],
  },
  rejectsMinorRevision2: {
    does: "rejects a table of minor revision 2 or higher",
    releases: since("2.5"),
    rules: ["H008"],
  },
  blockValidZeroIsEmpty: {
    does: "treats a table whose Block Valid is 0 as empty; connect-all then crashes with SIGSEGV unless --hostnqn is given",
    otherwise: "rejects a table whose Block Valid is 0",
    releases: libnvme1,
    rules: ["C002", "C018"],
  },
  acceptsShortLength: {
    does: "accepts a header length of less than 128 bytes",
    otherwise: "rejects a table whose header has a length of less than 128 bytes",
    harmless: "does",
    releases: libnvme1,
    rules: ["H004"],
  },
  addsIn32Bits: {
    does: "adds offset and length in 32 bits, so that a heap or list that wraps around passes the check",
    otherwise: "rejects a table if its heap or a list exceeds it, also by wrapping around",
    releases: libnvme1,
    rules: ["H014"],
  },
  believesListPlaces: {
    does: "rejects a table with a list that lies outside it, but accepts short entries and a list at offset 0; a list whose offset wraps around is read far outside the table, and nbft show and connect-all crash with SIGSEGV",
    otherwise: "rejects a table with a list that lies outside it, begins at 0, or has short entries",
    releases: libnvme1,
    rules: ["C010", "C011", "C012"],
    evidence: [
      on(
        between("2.13", "2.16"),
        run(STUDY, "2.13 and 2.16: NBFT-bad-discovery-list-offset kills nbft show and connect-all (exit code 139)"),
      ),
    ],
  },
  readsPastShortObjects: {
    does: "reads past a transport info, address or extended info object that is too short",
    otherwise: "drops the HFI or SSNS of an object that is too short, and ignores short extended info",
    releases: between("2.5", "3.0-rc1"),
    rules: ["T001", "S007", "X001"],
    evidence: [on(only("3.0"), read(STUDY, "nvme-cli PR 3913, libnvme/src/nvme/nbft.c"))],
  },
  usesShortSsnsExtendedInfo: {
    does: "uses SSNS extended information of less than 18 bytes",
    otherwise: "ignores SSNS extended information of less than 18 bytes",
    releases: libnvme1,
    rules: ["E001"],
  },
  readsRevision11: {
    does: "reads the fields that came with revision 1.1: extended information of HFIs, PCIe segment, error details, connection timeout",
    otherwise: "reads none of the fields that came with revision 1.1",
    releases: since("3.0-rc1"),
  },
  readsSecurityProfiles: {
    does: "reads security profiles, and drops an SSNS whose profile is unknown",
    otherwise: "does not look at security profiles",
    harmless: "otherwise",
    releases: since("3.0-rc1"),
    rules: ["S017"],
  },
  dropsUnresolvedDiscovery: {
    does: "drops a discovery descriptor whose HFI or security profile is unknown",
    releases: since("3.0-rc1"),
    rules: ["D008", "D009"],
  },
  endsDiscoveryListAtUnresolved: {
    does: "loses every discovery descriptor after one whose HFI or security profile is unknown",
    releases: only("3.0-rc1"),
    rules: ["D008", "D009"],
    evidence: [on(only("3.0"), read(STUDY, "nvme-cli PR 3891"))],
  },
  keepsDiscoveryOfUnknownHfi: {
    does: "keeps a discovery descriptor whose HFI is unknown, on which connect-all crashes with SIGSEGV",
    releases: libnvme1,
    rules: ["D008"],
  },
  needsDiscoveryNqn: {
    does: "drops a discovery descriptor without NQN",
    otherwise: "queries a discovery controller without NQN with the well-known one",
    harmless: "otherwise",
    releases: libnvme1,
    rules: ["D010"],
  },
  countsHolesInHfiLists: {
    does: "counts a zero and the primary HFI in the secondary HFI list: [0] and [primary, other] leave a hole, on which nbft show and connect-all crash with SIGSEGV",
    releases: between("2.8", "2"),
    rules: ["S020", "S032", "S033"],
    evidence: [on(between("2.5", "2.7"), read(STUDY, "libnvme tag v1.7, src/nvme/nbft.c, read_ssns"))],
  },
  losesLastSecondaryHfi: {
    does: "counts one HFI too few: the last one of the secondary list is not used, and repeated ones are kept",
    releases: between("2.5", "2.7"),
    rules: ["S020"],
    evidence: [on(between("2.5", "2.8"), read(STUDY, "libnvme commits 220e8872 and 09f45773, in 1.8"))],
  },
  lowersHostNqnUuid: {
    does: "lower-cases the UUID of a host NQN that begins with nqn.2014-08.org.nvmexpress:uuid:",
    otherwise: "keeps the case of a host NQN",
    harmless: "otherwise",
    releases: since("3.1"),
    rules: ["O014"],
    evidence: [on(only("3.0"), read(STUDY, "NEWS of 3.1"))],
  },
  diesOfEverySsns: {
    does: "is reported to crash with SIGSEGV on every SSNS, until a fix of 2026-09-03",
    releases: between("2.17-dev", "2"),
    evidence: [on(between("2.17-dev", "2"), read("2026-09-30", "nvme-cli pull request 3958; not run"))],
  },

  showsSsnsFlags: {
    does: "shows discovered and unavailable of an SSNS, and prints nothing if an unavailable one cannot be connected",
    otherwise: "knows neither discovered nor unavailable",
    releases: since("2.9"),
    evidence: [on(between("2.5", "2.9"), read(STUDY, "nvme-cli commits 87093add and 9f521d95, in 2.9"))],
  },
  showsPciSegment: {
    does: "shows the PCI segment of an HFI",
    otherwise: "shows PCI segment 0 for every HFI",
    releases: since("3.0"),
    evidence: [
      on(only("3.0-rc1"), read(STUDY, "plugins/nbft/nbft-plugin.c takes it as 16 bits; recorded as well")),
      on(only("3.0"), assumed(STUDY, "as 3.1")),
    ],
  },
  printsEmptyListsInTwoLines: {
    does: "prints an empty list in two lines: the record was made with json-c 0.16, and json-c 0.18 prints []",
    otherwise: "prints an empty list as [], with json-c 0.18 and later",
    releases: only("3.0-rc1"),
    evidence: [on(between("2.13", "2.16"), run(STUDY, "Debian's builds with json-c 0.18 and 0.19"))],
  },
  printsBytesAsTheyAre: {
    does: "prints strings that are not UTF-8 unchanged: its JSON is invalid, and programs that read it fail",
    releases: since("2.5"),
    rules: ["P008"],
  },
  printsEmptyArray: {
    does: "prints [] as JSON if no table is accepted",
    otherwise: "prints nothing if no table is accepted",
    releases: libnvme1,
  },
  reportsOnStandardOutput: {
    does: "prints Failed to parse … on standard output, in front of the JSON: programs that read it with jq lose the valid tables, too",
    otherwise: "prints Failed to parse … on standard error",
    releases: only("3.0-rc1"),
    evidence: [on(only("3.0"), read(STUDY, "src/global-ctx.c logs to standard error"))],
  },
  textDiesOfNamelessDiscovery: {
    does: "crashes with SIGSEGV in the text output of nbft show on a discovery descriptor without NQN",
    releases: since("3.0-rc1"),
    rules: ["D010"],
  },

  usesTableHostIdentity: {
    does: "connects with the table's host NQN and host ID, unless the command line has others",
    otherwise:
      "never uses the table's host NQN and ID: it uses those of the command line, /etc/nvme, SMBIOS, the machine ID, or random ones",
    releases: libnvme1,
    evidence: [on(only("3.0"), assumed(STUDY, "as 3.0-rc1 and 3.1"))],
  },
  bindsToInterface: {
    does: "binds each path to the first interface that has the HFI's MAC address (host_iface), except for an HFI with a VLAN",
    otherwise: "leaves the interface of a path to the routing table: Linux refuses every IPv6 link-local target",
    harmless: "does",
    releases: since("3.0-rc1"),
    rules: ["S038", "D015"],
    defects: { S038: ["unbound"], D015: ["unbound"] },
    evidence: [
      on(only("3.0-rc1"), run(STUDY, "3.0-rc1 built from e117ee68, with interfaces that have the table's MACs")),
    ],
  },
  passesNoScope: {
    does: "passes on IPv6 link-local addresses without their interface: Linux refuses the host's, and the target's unless the connection is bound to the interface",
    releases: since("2.5"),
    rules: ["S038", "D015"],
    defects: { S038: ["no-scope"], D015: ["no-scope"] },
  },
  connectsDiscovery: {
    does: "queries discovery controllers that no SSNS refers to",
    otherwise: "does not use discovery descriptors",
    harmless: "otherwise",
    releases: since("2.10"),
    rules: ["D011"],
    evidence: [on(between("2.5", "2.10"), read(STUDY, "nvme-cli commit 63d38aea, in 2.10"))],
  },
  skipsWellKnownNqn: {
    does: "skips an SSNS whose NQN is the well-known discovery NQN",
    otherwise: "connects to an SSNS whose NQN is the well-known discovery NQN",
    releases: since("2.10"),
    rules: ["S011"],
    evidence: [on(between("2.5", "2.10"), read(STUDY, "nvme-cli commit 326926ce, in 2.10"))],
  },
  skipsSecured: {
    does: "skips an SSNS or discovery controller with a security profile and still exits with 0",
    otherwise:
      "connects to an SSNS or discovery controller with a security profile without security, or with the keys that /etc/nvme/config.json has for this host NQN and ID",
    releases: since("3.0-rc1"),
    rules: ["S016", "S035", "D014"],
    evidence: [on(only("3.0-rc1"), run(STUDY, "3.0-rc1 in a boot with a table that asks for DH-HMAC-CHAP"))],
  },
  asksDiscoveryByOwnNqn: {
    does: "queries a discovery controller with its own NQN",
    otherwise: "queries every discovery controller with the well-known NQN",
    releases: since("3.0-rc1"),
  },
  failedDiscoveryEndsRun: {
    does: "ends at the first discovery controller that fails: later ones, and following tables, are not tried",
    otherwise: "continues after a discovery controller that fails",
    harmless: "otherwise",
    releases: since("3.0-rc1"),
    rules: ["D011"],
  },
  keepsUnusableUris: {
    does: "keeps a discovery descriptor whose URI it cannot use, and does not connect to it; a port below 1 becomes 8009",
    releases: since("2.10"),
    rules: ["D005"],
    defects: { D005: ["scheme", "scheme-without-plus", "port", "port-range"] },
  },
  resolvesUriHosts: {
    does: "resolves the host of a discovery URI: a name by DNS, a number such as 2001 to 0.0.7.209",
    otherwise: "refuses a discovery URI whose host is not a numeric address",
    releases: libnvme1,
    rules: ["D005", "D006", "D007"],
    defects: { D005: ["host", "brackets"] },
  },
  foldsUriCase: {
    does: "accepts a URI scheme in upper case",
    otherwise: "treats NVME+TCP:// as an unsupported scheme",
    harmless: "does",
    releases: since("3.1"),
    rules: ["D005"],
    defects: { D005: ["upper-case"] },
    evidence: [on(only("3.0"), read(STUDY, "NEWS of 3.1"))],
  },

  recordsOwner: {
    does: "records that boot connections belong to the NBFT (/run/nvme/registry), and disconnect-all spares them",
    otherwise: "records no owner: disconnect-all also ends boot connections",
    releases: since("3.0"),
  },
  convertsConfiguration: {
    does: "reads nvme-fabrics.conf, and connect-all without --nbft converts discovery.conf and config.json into it",
    otherwise: "reads discovery.conf and config.json",
    releases: since("3.0"),
  },
} as const satisfies Behaviours;

/** nvme-cli, and libnvme with it. */
export const nvmeCli: Program<typeof nvmeCliBehaviours> = {
  name: "nvme-cli",
  title: "nvme connect-all --nbft and nvme nbft show",
  newest: { release: "3.1", date: "2026-09-18", dated: "released" },
  groups: [
    { range: upTo("2.4"), shown: "2.4", evidence: run(STUDY, "Debian 12's nvme-cli 2.3; tags up to v2.4") },
    {
      range: between("2.5", "2.7"),
      shown: "2.7",
      evidence: read(STUDY, "nvme-cli tags v2.5 to v2.7, libnvme tags v1.5 to v1.7"),
    },
    { range: only("2.8"), shown: "2.8", evidence: read(STUDY, "nvme-cli tag v2.8, libnvme tag v1.8") },
    { range: only("2.9"), shown: "2.9", evidence: read(STUDY, "nvme-cli tag v2.9, libnvme tag v1.9") },
    {
      range: between("2.10", "2.16"),
      shown: "2.16",
      evidence: run(
        STUDY,
        "Debian 2.13-2 and 2.16-1 on every vector and on mutated tables; libnvme's nbft.c is the same file from 1.9 to 1.16.2",
      ),
    },
    {
      range: between("2.17-dev", "2"),
      shown: "2.17-dev",
      evidence: read("2026-09-30", "nvme-cli pull request 3958; not run"),
    },
    {
      range: only("3.0-rc1"),
      shown: "3.0-rc1",
      evidence: recorded("2026-08-21", "3.0-rc1 at e117ee68 on every vector and on mutated tables"),
    },
    { range: only("3.0"), shown: "3.0", evidence: read(STUDY, "nvme-cli tag v3.0; not run") },
    { range: only("3.1"), shown: "3.1", evidence: run(STUDY, "Debian 3.1-1 on every vector and on probes") },
    {
      range: only("3.2-dev"),
      shown: "3.2-dev",
      evidence: read(STUDY, "nvme-cli's development branch after 3.1; not run"),
    },
  ],
  behaviours: nvmeCliBehaviours,
};
