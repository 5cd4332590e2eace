import { type Behaviours, type Program, read, run } from "./behaviour.ts";
import { between, only, since } from "./release.ts";

const STUDY = "2026-11-30";

/** What nvme-stas' daemons, stafd and stacd, do with NBFTs. */
export const nvmeStasBehaviours = {
  readsNbft: { does: "reads NBFTs", releases: since("2.4") },
  connectsDiscovery: {
    does: "connects to every discovery controller of an NBFT, linked or not",
    otherwise: "connects to nothing of an NBFT, and reads it only to keep boot connections from being disconnected",
    releases: only("2.4"),
    rules: ["D011"],
  },
  diesOfIndexGaps: {
    does: "dies of a Python exception on an index that is not from 1 to the length of its list",
    releases: only("2.4"),
    rules: ["F003", "S004", "D003"],
  },
  diesOfTextNotUtf8: {
    does: "dies of SIGSEGV on text that is not UTF-8",
    releases: only("2.4"),
    rules: ["P008"],
  },
  diesOfUriWithoutPlus: {
    does: "dies of a Python exception on a discovery URI without + in its scheme",
    releases: only("2.4"),
    rules: ["D005"],
    defects: { D005: ["scheme-without-plus"] },
  },
} as const satisfies Behaviours;

export const nvmeStas: Program<typeof nvmeStasBehaviours> = {
  name: "nvme-stas",
  title: "stafd and stacd",
  newest: { release: "3.1", date: STUDY, dated: "seen" },
  groups: [
    {
      range: only("2.4"),
      shown: "2.4",
      evidence: run("2026-11-23", "Debian 2.4.1's NbftConf on mutated tables; libnvme 1.13 nvme.i read"),
    },
    {
      range: between("3.0", "3.1"),
      shown: "3.1",
      evidence: read(STUDY, "3.0; Debian 3.1-1, staslib/stas.py; not run"),
    },
  ],
  behaviours: nvmeStasBehaviours,
};
