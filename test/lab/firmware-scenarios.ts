import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BootDescription } from "../../src/boot/description.ts";
import { parseBootDescription } from "../../src/boot/parse.ts";
import type { ClaimId } from "../../src/verify/claim.ts";
import type { Judgement } from "../../src/verify/verify.ts";

/** A boot by the real firmware with its outcome: run for whoever has its files, and replayed from its recorded evidence by the fast tests. */
export interface FirmwareScenario {
  readonly name: string;
  /** What it shows. */
  readonly about: string;
  readonly depth: "connect" | "dracut";
  /** The boot description. */
  readonly boot: string;
  /** Config for setattempt that is programmed instead of the description's attempts. */
  readonly config?: string;
  readonly program?: "efidisk";
  readonly blockSize?: 4096;
  /** The user's own disk: the lab's with another boot loader, or as it is. */
  readonly image?: "kernel-as-loader" | "grub";
  /** CODE is another firmware's. */
  readonly otherCode?: true;
  /** Longest time that the host may run. */
  readonly seconds?: number;
  readonly judgement: Judgement;
  readonly fails?: readonly ClaimId[];
  readonly holds?: readonly ClaimId[];
  /** What the user is told, in the hint of `firmware.boot`. */
  readonly told?: RegExp;
  /** Its table is kept as a vector. */
  readonly vector?: true;
}

const root = resolve(import.meta.dirname, "../..");
const example = (name: string) => readFileSync(join(root, "examples", `${name}.yaml`), "utf8");
const withAttempts = (name: string, ...attempts: readonly string[]) =>
  `${example(name).replace(/^attempts:[\s\S]*/m, "")}\nattempts:\n${attempts.map((each) => `  - { ${each} }\n`).join("")}`;
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
const nguid = "ace42e00-1510-2fce-2ee4-ac0000000001";

/** A scenario's description. */
export function bootOf({ boot }: FirmwareScenario): BootDescription {
  return parseBootDescription(boot);
}

const lowerCase = `HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890
HostId:f8131bac-cdef-4165-866b-5998c1e67890
$Start
AttemptName:Attempt1
HostName:host-vm
MacString:ea:eb:d3:58:89:58
TargetPort:4420
Enabled:1
IpMode:0
LocalIp:192.168.101.30
SubnetMask:255.255.255.0
Gateway:0.0.0.0
TargetIp:192.168.101.20
NQN:nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
DnsMode:FALSE
$End
`;

const proved = { judgement: "proved", holds: ["firmware.boot", "firmware.table", "firmware.variables"] } as const;
const refuted = { judgement: "refuted", depth: "connect", fails: ["firmware.boot"] } as const;

/** The proof of concept's five ways to configure attempts, each to a mounted root. */
const modes: readonly FirmwareScenario[] = [
  {
    name: "firmware-dracut-one-path",
    about: "mode 1: one path",
    boot: example("static"),
    depth: "dracut",
    vector: true,
    ...proved,
  },
  {
    name: "firmware-dracut-dual-path",
    about: "mode 2: two paths",
    boot: example("dual-path"),
    depth: "dracut",
    vector: true,
    ...proved,
  },
  {
    name: "firmware-dracut-discovery",
    about: "mode 3: two paths by discovery",
    boot: example("discovery"),
    depth: "dracut",
    vector: true,
    ...proved,
  },
  {
    name: "firmware-dracut-nid-uuid",
    about: "mode 4: the namespace by its UUID",
    boot: withAttempts("dual-path", `interface: nic0, nid: ${uuid}`, `interface: nic1, nid: ${uuid}`),
    depth: "dracut",
    vector: true,
    ...proved,
  },
  {
    name: "firmware-dracut-nid-nguid",
    about: "mode 5: the namespace by its NGUID, which this firmware does not find",
    boot: withAttempts("dual-path", `interface: nic0, nid: ${nguid}`, `interface: nic1, nid: ${nguid}`),
    ...refuted,
    depth: "dracut",
    holds: ["firmware.table", "firmware.attempt"],
    told: /^NID ace42e00-\S+ of attempt 1 is an NGUID/,
    vector: true,
  },
];

const ways: readonly FirmwareScenario[] = [
  {
    name: "firmware-efidisk",
    about: "the firmware's own tool stores the attempts",
    boot: example("static"),
    depth: "connect",
    program: "efidisk",
    ...proved,
  },
  {
    name: "firmware-4096",
    about: "blocks of 4096 bytes",
    boot: example("static"),
    depth: "connect",
    blockSize: 4096,
    ...proved,
  },
  {
    name: "firmware-own-image",
    about: "a disk image of the user's own, which does not report",
    boot: example("static"),
    depth: "connect",
    image: "grub",
    judgement: "proved",
    holds: ["firmware.boot", "firmware.table", "firmware.connection", "firmware.variables"],
  },
];

const tables: readonly FirmwareScenario[] = [
  {
    name: "firmware-dhcp",
    about: "address and root path by DHCP",
    boot: example("dhcp"),
    depth: "connect",
    vector: true,
    ...proved,
  },
  { name: "firmware-vlan", about: "a VLAN", boot: example("vlan"), depth: "connect", vector: true, ...proved },
  {
    name: "firmware-link-local",
    about: "IPv6 link-local addresses, which the firmware uses and nvme-cli 2.13 passes on without their interface",
    boot: example("ipv6"),
    depth: "connect",
    vector: true,
    judgement: "refuted",
    fails: ["path.live", "firmware.connection"],
    holds: ["firmware.boot", "firmware.table", "firmware.variables", "firmware.attempt"],
  },
  {
    name: "firmware-dead-path",
    about: "the second of two paths is dead",
    boot: withAttempts("dual-path", "interface: nic0", "interface: nic1, target: target0, traddr: 192.168.110.99"),
    depth: "connect",
    vector: true,
    ...proved,
  },
];

const failures: readonly FirmwareScenario[] = [
  {
    name: "firmware-port-of-five-digits",
    about: "a port from 10000 on",
    boot: example("static").replace(":4420", ":14420"),
    ...refuted,
    holds: ["firmware.table"],
    told: /^A106: TargetPort 14420 has five digits: the driver connects to port 1442/,
  },
  {
    name: "firmware-lower-case-mac",
    about: "a MAC address in lower case",
    boot: example("static"),
    config: lowerCase,
    ...refuted,
    told: /^A107: MacString "ea:eb:d3:58:89:58" matches no interface/,
  },
  {
    name: "firmware-wrong-nqn",
    about: "a subsystem that the target has not",
    boot: withAttempts("static", "interface: nic0, target: target0, nqn: nqn.2014-08.org.example:nobody"),
    ...refuted,
    holds: ["firmware.table"],
    told: /^The target says: nvmet: connect request for invalid subsystem nqn\.2014-08\.org\.example:nobody.* — it has nqn\.2014-08\.org\.nvmexpress:uuid:0c468c4d/,
  },
  {
    name: "firmware-dead-target",
    about: "an address that does not answer",
    boot: withAttempts("static", "interface: nic0, target: target0, traddr: 192.168.101.99"),
    ...refuted,
    holds: ["firmware.table"],
    told: /^Nothing answers at 192\.168\.101\.99/,
    vector: true,
  },
  {
    name: "firmware-closed-port",
    about: "a port on which nobody listens",
    boot: withAttempts("static", "interface: nic0, target: target0, trsvcid: 4421"),
    ...refuted,
    holds: ["firmware.table"],
    told: /^Nothing answers at 192\.168\.101\.20 port 4421/,
  },
  {
    name: "firmware-refused-host",
    about: "a host that the target does not let in",
    boot: example("static").replace(/^( +)portals:/m, "$1allowHosts: [nqn.2014-08.org.example:other]\n$1portals:"),
    ...refuted,
    holds: ["firmware.table"],
    told: /^The target says: nvmet: connect by host \S+ for subsystem \S+ not allowed — its access list does not have/,
  },
  {
    name: "firmware-too-large-read",
    about: "a boot loader of more than the target takes in one command",
    boot: example("static"),
    image: "kernel-as-loader",
    ...refuted,
    holds: ["firmware.table", "firmware.attempt"],
    told: /^The firmware read more in one command than Linux's target takes \(4 MiB\)/,
  },
  {
    name: "firmware-same-place",
    about: "two attempts to one subsystem at one address and port halt the firmware",
    boot: withAttempts("static", "interface: nic0", `interface: nic0, nid: ${uuid}`),
    ...refuted,
    told: /ASSERT .*NvmeOfSpdk.*same subsystem at the same address and port/,
  },
  {
    name: "firmware-other-code",
    about: "CODE of another firmware",
    boot: example("static"),
    otherCode: true,
    // It tries the network for minutes before its shell.
    seconds: 60,
    depth: "connect",
    judgement: "not proved",
    fails: ["firmware.boot"],
    told: /^This CODE writes no debug log, as that of the Timberland release does/,
  },
];

export const firmwareScenarios: readonly FirmwareScenario[] = [...modes, ...ways, ...tables, ...failures];
