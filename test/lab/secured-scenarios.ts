import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import type { Fault } from "../../src/lab/topology/topology.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import type { Scenario } from "./scenarios.ts";

type Preset = "chap" | "chap-mutual" | "tls";
const examples = resolve(import.meta.dirname, "../../examples");

/** A preset's table, and its targets: they say whether the controller proves itself, which no table does. */
function secured(preset: Preset, depth: "connect" | "dracut", faults: readonly Fault[]) {
  const boot = parseBootDescription(readFileSync(join(examples, `${preset}.yaml`), "utf8"));
  return {
    tables: () => [encodeNbft(tableOfBoot(boot, { revision: "1.0" }))],
    options: { depth, described: boot.targets, faults },
  } as const;
}

const connect = (preset: Preset, ...faults: Fault[]) => secured(preset, "connect", faults);
const dracut = (preset: Preset, ...faults: Fault[]) => secured(preset, "dracut", faults);
const stays = ["table.bytes", "reading.nvme-cli", "network.address"] as const;

/** Boots whose target demands that the host authenticates itself, and those in which that fails: each is told apart by `path.security`. */
export const securedScenarios: readonly Scenario[] = [
  {
    name: "connect-chap",
    about: "the host proves itself by DH-HMAC-CHAP",
    everyTime: true,
    ...connect("chap"),
    judgement: "proved",
    holds: ["path.security", "origin.files"],
    sees: { "path.security": "host: authenticated; target: authenticated; no TLS" },
  },
  {
    name: "connect-chap-mutual",
    about: "host and controller prove themselves",
    everyTime: true,
    ...connect("chap-mutual"),
    judgement: "proved",
    holds: ["path.security"],
    sees: {
      "path.security":
        "host: authenticated, controller authenticated; target: authenticated, controller authenticated; no TLS",
    },
  },
  {
    name: "connect-chap-no-key",
    about: "the initramfs has no key",
    ...connect("chap", "no-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the host had no key" },
    hints: { "path.security": /has no \/etc\/nvme\/config\.json/ },
  },
  {
    name: "connect-chap-other-host-key",
    about: "config.json has the key of another host, which nvme-cli passes over",
    ...connect("chap", "other-host-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the host had no key" },
    hints: { "path.security": /has keys for nqn\S+cafe, not for the table's host/ },
  },
  {
    name: "connect-chap-wrong-key",
    about: "the host has another key than the target",
    ...connect("chap", "wrong-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the target refused the host's key" },
  },
  {
    name: "connect-chap-wrong-controller-key",
    about: "the host has another key for the controller than the target",
    ...connect("chap-mutual", "wrong-controller-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the controller did not prove itself" },
  },
  {
    name: "connect-chap-no-demand",
    about: "the target demands nothing: the host, which has a key, connects without authentication",
    everyTime: true,
    ...connect("chap", "no-demand"),
    judgement: "refuted",
    fails: ["path.security"],
    holds: [...stays, "path.live"],
    sees: { "path.security": "host: no authentication; target: no authentication; no TLS" },
    hints: { "path.security": /demanded nothing of this host/ },
  },
  {
    name: "connect-unauthenticated",
    about: "neither key nor demand: the table requires authentication, and nothing reads it",
    ...connect("chap", "no-key", "no-demand"),
    judgement: "refuted",
    fails: ["path.security"],
    holds: ["table.bytes", "reading.nvme-cli", "path.live"],
    sees: { "path.security": "host: no authentication; target: no authentication; no TLS" },
  },
  {
    name: "dracut-chap",
    about: "root over a path on which the host proves itself",
    everyTime: true,
    ...dracut("chap"),
    judgement: "proved",
    holds: ["path.security", "path.early", "origin.owner", "origin.files", "root.device"],
  },
  {
    name: "dracut-chap-mutual",
    about: "root over a path on which host and controller prove themselves",
    ...dracut("chap-mutual"),
    judgement: "proved",
    holds: ["path.security", "path.early", "origin.owner", "root.device"],
  },
  {
    name: "connect-chap-sid",
    about: "nvme-cli 2.16 and Linux 7.2: the host proves itself",
    ...connect("chap"),
    suite: "sid",
    judgement: "proved",
    holds: ["path.security", "origin.files"],
  },
  {
    name: "dracut-chap-sid",
    about: "root by dracut 112, over a path on which the host proves itself",
    ...dracut("chap"),
    suite: "sid",
    judgement: "proved",
    holds: ["path.security", "path.early", "origin.owner", "origin.files", "root.device", "network.dracut-prediction"],
  },
  {
    name: "dracut-chap-no-key",
    about: "dracut's image has no key: no root",
    ...dracut("chap", "no-key"),
    judgement: "refuted",
    fails: ["boot.reached", "path.live"],
    holds: ["table.bytes", "network.address"],
    sees: { "path.security": "no connection: the host had no key" },
    hints: { "path.security": /has no \/etc\/nvme\/config\.json/ },
  },
  {
    name: "dracut-chap-wrong-key",
    about: "dracut's image has another key than the target: no root",
    ...dracut("chap", "wrong-key"),
    judgement: "refuted",
    fails: ["boot.reached", "path.live"],
    holds: ["table.bytes", "network.address"],
    sees: { "path.security": "no connection: the target refused the host's key" },
  },
  {
    name: "connect-tls",
    about: "TLS 1.3 with a pre-shared key",
    ...connect("tls"),
    judgement: "proved",
    holds: ["path.security"],
    sees: {
      "path.security":
        "host: no authentication; target: no authentication; TLS1.3 AES-128-GCM (tlshd of host and target)",
    },
  },
  {
    name: "connect-tls-plain-host",
    about: "the host has no key and asks for no TLS, the target takes nothing else",
    ...connect("tls", "no-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the target takes TLS connections only, the host asked for none" },
    hints: { "path.security": /has no \/etc\/nvme\/config\.json/ },
  },
  {
    name: "connect-tls-plain-target",
    about: "the target does not speak TLS",
    ...connect("tls", "no-demand"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the target does not speak TLS" },
  },
  {
    name: "connect-tls-no-tlshd",
    about: "nothing on the host makes the handshake",
    ...connect("tls", "no-tlshd"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: no TLS handshake was made" },
  },
  {
    name: "connect-tls-no-cipher",
    about: "the handshake succeeds, and the host's kernel has no AES-GCM",
    ...connect("tls", "no-cipher"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the kernel lacks the cipher" },
  },
  {
    name: "connect-tls-wrong-key",
    about: "the host has another TLS key than the target",
    ...connect("tls", "wrong-key"),
    judgement: "refuted",
    fails: ["path.live"],
    holds: stays,
    sees: { "path.security": "no connection: the target knows no such TLS key" },
  },
  {
    name: "dracut-tls",
    about: "root by dracut 106 over TLS 1.3",
    ...dracut("tls"),
    judgement: "proved",
    holds: ["path.security", "path.early", "origin.owner", "root.device"],
    sees: {
      "path.security":
        "host: no authentication; target: no authentication; TLS1.3 AES-128-GCM (tlshd of host and target)",
    },
  },
  {
    name: "connect-chap-skipped",
    about: "nvme-cli 3.1 passes over the record, and exits with 0",
    ...connect("chap"),
    suite: "experimental",
    judgement: "not proved",
    holds: ["table.bytes", "network.address"],
    sees: { "path.security": "no connection: nvme-cli skipped the record" },
  },
];
