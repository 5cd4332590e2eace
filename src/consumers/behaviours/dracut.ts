import { type Behaviours, on, type Program, read, run } from "./behaviour.ts";
import { between, only, since, upTo } from "./release.ts";

const STUDY = "2026-11-30";

/** What dracut's module nvmf does with NBFTs. What it sees of them is what the nvme-cli in the image prints. */
const dracutBehaviours = {
  readsNbft: {
    does: "configures the network from NBFTs",
    otherwise: "does nothing with an NBFT",
    releases: since("060"),
    evidence: [on(upTo("059"), read(STUDY, "tag 059, modules.d/95nvmf/parse-nvmf-boot-connections.sh"))],
  },
  configuresEachInterfaceOnce: {
    does: "configures an interface and VLAN from its first HFI, and skips the others",
    releases: since("060"),
    rules: ["G002"],
  },
  dhcpByOverrideAlone: {
    does: "uses DHCP if and only if DHCP Override is set, whatever the IP origin says",
    releases: since("060"),
    rules: ["T026"],
  },
  dhcpFamilyByServer: {
    does: "uses DHCPv6 if the DHCP server is ::, DHCPv4 if it is 0.0.0.0",
    releases: since("060"),
    rules: ["T021"],
  },
  numbersFilesFrom40: {
    does: "writes /etc/cmdline.d/40-nbft.conf, 45-ifname.conf and nvmf-neednet.conf",
    otherwise: "writes /etc/cmdline.d/20-nbft.conf, 20-ifname.conf and 20-nvmf-neednet.conf",
    releases: upTo("108"),
    evidence: [on(only("109"), read(STUDY, "commit 8680a553, in 109"))],
  },
  racesWithJq: {
    does: "reads nvme-cli's JSON value by value with jq: on a slow machine one can end with jq: error: writing output failed: Broken pipe, and the interface has no configuration",
    releases: between("060", "112"),
    evidence: [
      on(
        only("106"),
        run(STUDY, "Debian 106-6 in an emulated machine: Broken pipe, then no network, then emergency mode"),
      ),
      on(between("060", "112"), read(STUDY, "the same nbft_run_jq in tags 060 to 112")),
    ],
  },
  loopsOnTablesWithoutHfis: {
    does: "loops forever in nbft_parse if nvme-cli prints a table without a list of HFIs",
    releases: between("060", "112"),
    evidence: [on(between("060", "112"), read("2026-08-20", "dracut-ng commit 0f58bd72, after 112"))],
  },
  copiesHostIdentityAlways: {
    does: "copies /etc/nvme/hostnqn, hostid, discovery.conf and config.json into every image",
    otherwise: "copies /etc/nvme/hostnqn, hostid, discovery.conf and config.json only into a host-only image",
    releases: between("060", "108"),
    evidence: [
      on(only("106"), run(STUDY, "Debian 106-6, also with --no-hostonly")),
      on(between("109", "112"), read(STUDY, "commit 8b816ea9, in 109; Debian 112-7 run with --no-hostonly")),
    ],
  },
  leavesNetworkToNetworkManager: {
    does: "sets rd.nvmf.nm=1 in a host-only image when NetworkManager 1.54 or newer is installed, and then writes no network configuration, whether that NetworkManager reads NBFTs or not",
    otherwise: "writes network configuration for the program that sets up the network",
    releases: since("112"),
    evidence: [on(only("112"), run(STUDY, "Debian 112-7; module-setup.sh, cmdline()"))],
  },
  runsAutoconnectOnce: {
    does: "runs its autoconnect script at least once, and sets root=nvmf if no root is given",
    releases: since("109"),
    evidence: [on(between("109", "112"), read(STUDY, "commits f879b04d and 585d7419, in 109"))],
  },
  ignoresNvmeFabricsConf: {
    does: "reads discovery.conf and config.json, not nvme-fabrics.conf",
    releases: between("060", "112"),
  },
} as const satisfies Behaviours;

export const dracut: Program<typeof dracutBehaviours> = {
  name: "dracut",
  title: "dracut's nvmf module",
  newest: { release: "112", date: "2026-08-02", dated: "released" },
  groups: [
    { range: upTo("059"), shown: "059", evidence: read(STUDY, "tag 059") },
    { range: between("060", "105"), shown: "105", evidence: read(STUDY, "tags 060 to 105; not run") },
    {
      range: between("106", "108"),
      shown: "106",
      evidence: run(
        STUDY,
        "Debian 106-6 on every vector and on mutated tables; the script is the same file in 106, 107 and 108",
      ),
    },
    { range: between("109", "111"), shown: "110", evidence: read(STUDY, "tags 109 to 111, one script; not run") },
    {
      range: only("112"),
      shown: "112",
      evidence: run(STUDY, "Debian 112-7, its own functions, with nvme-cli 2.16 and 3.1"),
    },
  ],
  behaviours: dracutBehaviours,
};
