import { type Behaviours, on, type Program, read, run } from "./behaviour.ts";
import { between, only, since, upTo } from "./release.ts";

const STUDY = "2026-11-30";

const ranOnUris = on(
  between("2.3", "2.4"),
  run(
    "2026-12-01",
    "NbftConf of tags 2.3, 2.3.1, 2.4 and 2.4.1 with Python 3.11, given what libnvme returns for a table",
  ),
);

/** What nvme-stas' daemons, stafd and stacd, do with NBFTs. */
const nvmeStasBehaviours = {
  readsNbft: {
    does: "reads NBFTs",
    otherwise: "does nothing with an NBFT",
    releases: since("2.3"),
  },
  connectsDiscovery: {
    does: "connects to every discovery controller of an NBFT, linked or not",
    otherwise: "connects nothing from an NBFT, and reads it only to keep boot connections from being disconnected",
    releases: between("2.3", "2.4"),
    rules: ["D011"],
  },
  diesOfIndexGaps: {
    does: "stops with a Python exception on an index that is not from 1 to the length of its list",
    releases: between("2.3", "2.4"),
    rules: ["F003", "S004", "D003"],
  },
  diesOfTextNotUtf8: {
    does: "crashes with SIGSEGV on strings that are not UTF-8",
    releases: between("2.3", "2.4"),
    rules: ["P008"],
  },
  diesOfUriWithoutPlus: {
    does: "stops with a Python exception on a discovery URI without + in its scheme",
    releases: between("2.3", "2.4"),
    rules: ["D005"],
    defects: { D005: ["scheme-without-plus"] },
    evidence: [ranOnUris],
  },
  diesOfUriPort: {
    does: "stops with a Python exception on a discovery URI whose port is above 65535 or not a number",
    releases: between("2.3", "2.4"),
    rules: ["D005"],
    defects: { D005: ["port-range"] },
    evidence: [ranOnUris],
  },
  diesOfUriBrackets: {
    does: "stops with a Python exception on a discovery URI whose brackets do not contain an IPv6 address",
    releases: between("2.3", "2.4"),
    rules: ["D005"],
    defects: { D005: ["brackets"] },
    evidence: [ranOnUris],
  },
} as const satisfies Behaviours;

export const nvmeStas: Program<typeof nvmeStasBehaviours> = {
  name: "nvme-stas",
  title: "stafd and stacd",
  newest: { release: "3.1", date: STUDY, dated: "seen" },
  groups: [
    { range: upTo("2.2"), shown: "2.2", evidence: read("2026-12-01", "NEWS of 2.3: support for NBFTs") },
    {
      range: only("2.3"),
      shown: "2.3",
      evidence: read("2026-12-01", "tags 2.3 and 2.3.1: staslib/nbft.py and NbftConf are those of 2.4; not run"),
    },
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
