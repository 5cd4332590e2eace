import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { bootAround, wordsFor } from "../../src/consumers/dracut/boot-around.ts";
import type { RunOptions } from "../../src/lab/run.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import type { ClaimId } from "../../src/verify/claim.ts";
import type { Judgement } from "../../src/verify/verify.ts";
import { securedScenarios } from "./secured-scenarios.ts";

/** A boot with its outcome: run for real by the lab's tests, and replayed from its recorded evidence by the fast ones. */
export interface Scenario {
  readonly name: string;
  /** What it shows. */
  readonly about: string;
  /** Run with every change; the others with the whole matrix. */
  readonly everyTime?: true;
  tables(): Uint8Array[];
  readonly options: Partial<RunOptions> & Pick<RunOptions, "depth">;
  /** Archives for the host's initramfs, by path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** A disk of the host: the root file system's image itself, or another one with the same content. */
  readonly localDisk?: "same" | "other";
  /** Kernel and initramfs are files that the user names; the initramfs is compressed. */
  readonly ownInitrd?: true;
  /** Debian release that all parts are taken from, as `--suite` takes it, where it is not the lab's own. */
  readonly suite?: string;
  readonly judgement: Judgement;
  /** Ids of claims that must fail; none where the boot is proved. Others may fail with them. */
  readonly fails?: readonly ClaimId[];
  /** Claims that must hold all the same: what failed is not everything. */
  readonly holds?: readonly ClaimId[];
  /** What the first claim of an id says that it saw, and its hint. */
  readonly sees?: Readonly<Partial<Record<ClaimId, string>>>;
  readonly hints?: Readonly<Partial<Record<ClaimId, RegExp>>>;
}

const root = resolve(import.meta.dirname, "../..");
const example = (name: string) =>
  tableOfBoot(parseBootDescription(readFileSync(join(root, "examples", `${name}.yaml`), "utf8")), { revision: "1.0" });
const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";

const hostId = "f8131bac-cdef-4165-866b-5998c1e67890";
const subsystemNqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
/** Lines of an initramfs's hooks: a connection of their own, by the names that the examples have; once though the queue runs often; a local disk. */
const ownConnect = `nvme connect -t tcp -a 192.168.101.20 -s 4420 -w 192.168.101.30 -n ${subsystemNqn} -q ${hostNqn} -I ${hostId}`;
const onceInQueue = (line: string) => `[ -e /tmp/site ] || { : > /tmp/site; ${line}; }\n`;
const mountLocal = "mkdir -p /run/site; mount /dev/vda /run/site; ";

const one = (table: NbftTable) => () => [encodeNbft(table)];
const preset = (name: string) => () => [encodeNbft(example(name))];
const firmware = (name: string) => () => [readFileSync(join(root, "test/vectors/firmware", name, "NBFT.bin"))];

/** One path between addresses that have a meaning beyond their link. */
function overIpv6(): NbftTable {
  const boot = parseBootDescription(`
host: { nqn: ${hostNqn}, name: host-vm }
interfaces: [{ mac: ea:eb:d3:58:89:58, address: "fd00:101::30/64" }]
targets:
  - nqn: nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
    portals: ["[fd00:101::20]:4420"]
    namespaces: [{ nsid: 1, uuid: bee9c2b7-1761-44b5-a4e6-0f690498a94b }]
`);
  return tableOfBoot(boot, { revision: "1.0" });
}

const largeBlocks = parseBootDescription(`
host: { nqn: ${hostNqn}, name: host-vm }
interfaces: [{ mac: ea:eb:d3:58:89:58, address: 192.168.101.30/24 }]
targets:
  - nqn: nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
    portals: [192.168.101.20:4420]
    namespaces:
      - nsid: 5
        uuid: bee9c2b7-1761-44b5-a4e6-0f690498a94b
        nguid: ace42e0015102fce2ee4ac0000000001
        blockSize: 4096
`);

/** The second interface and its path alone, as firmware of a second card would describe it. */
function secondTable(): NbftTable {
  const dual = example("dual-path");
  const hfi = { ...dual.hfi[1]!, index: 1, transportInfo: { ...dual.hfi[1]!.transportInfo!, hfiIndex: 1 } };
  const ssns = { ...dual.ssns[1]!, index: 1, primaryHfi: 1, secondaryHfis: [1] };
  return { ...dual, header: { ...dual.header, oemTableId: "SECOND" }, hfi: [hfi], ssns: [ssns] };
}

function behindRootPorts(): NbftTable {
  const dual = example("dual-path");
  const places = ["0000:01:00.0", "0000:02:00.0"];
  return {
    ...dual,
    hfi: dual.hfi.map((hfi, i) => ({ ...hfi, transportInfo: { ...hfi.transportInfo!, pciSbdf: places[i]! } })),
  };
}

const static1 = example("static");
const zeroHostId: NbftTable = {
  ...static1,
  host: { ...static1.host!, hostId: "00131bac-cdef-4165-866b-5998c1e67890" },
};
const noSecondary: NbftTable = { ...static1, ssns: static1.ssns.map((ssns) => ({ ...ssns, secondaryHfis: [] })) };

const read = { depth: "read" } as const;
const connect = { depth: "connect" } as const;
const dracut = { depth: "dracut" } as const;

export const scenarios: readonly Scenario[] = [
  {
    name: "read-static",
    about: "the kernel and nvme-cli read a table",
    everyTime: true,
    tables: preset("static"),
    options: read,
    judgement: "proved",
  },
  {
    name: "read-by-initrd",
    about: "the table comes with the initrd",
    tables: preset("static"),
    options: { ...read, via: "initrd" },
    judgement: "proved",
  },
  {
    name: "read-ovmf",
    about: "UEFI firmware passes the table on",
    tables: preset("static"),
    options: { ...read, firmware: "ovmf" },
    judgement: "proved",
  },
  {
    name: "read-by-serial-port",
    about: "the report comes by a serial port",
    tables: preset("static"),
    options: { ...read, serialReport: true },
    judgement: "proved",
  },
  {
    name: "connect-by-sockets",
    about: "the machines are joined by TCP, as an old QEMU has to",
    tables: preset("static"),
    options: { ...connect, socketNetwork: true },
    judgement: "proved",
  },
  {
    name: "read-root-ports",
    about: "the cards are behind PCI Express ports",
    tables: one(behindRootPorts()),
    options: read,
    judgement: "proved",
  },
  {
    name: "read-no-secondary-list",
    about: "an SSNS without a secondary HFI list, which libnvme drops silently",
    tables: one(noSecondary),
    options: read,
    judgement: "refuted",
    fails: ["reading.records"],
    holds: ["table.bytes", "reading.nvme-cli"],
  },
  {
    name: "read-revision-1.1",
    about: "a table of revision 1.1, which libnvme 1.13 rejects",
    tables: () => [
      encodeNbft(
        tableOfBoot(parseBootDescription(readFileSync(join(root, "examples/static.yaml"), "utf8")), {
          revision: "1.1",
        }),
      ),
    ],
    options: read,
    judgement: "refuted",
    fails: ["reading.nvme-cli"],
    holds: ["table.bytes"],
  },
  {
    name: "connect-static",
    about: "one static path",
    everyTime: true,
    tables: preset("static"),
    options: connect,
    judgement: "proved",
  },
  {
    name: "connect-dual-path",
    about: "two static paths to one namespace",
    everyTime: true,
    tables: preset("dual-path"),
    options: connect,
    judgement: "proved",
  },
  {
    name: "connect-two-tables",
    about: "two tables with a path each",
    everyTime: true,
    tables: () => [encodeNbft(example("static")), encodeNbft(secondTable())],
    options: connect,
    judgement: "proved",
  },
  {
    name: "connect-refused-host",
    about: "the target's access list names another host",
    everyTime: true,
    tables: preset("static"),
    options: { ...connect, faults: ["refused-host"] },
    judgement: "refuted",
    fails: ["path.live", "namespace.identity", "target.host"],
    holds: ["table.bytes", "reading.nvme-cli", "network.address", "target.namespace"],
  },
  {
    name: "connect-dead-target",
    about: "nothing answers at the target's address",
    tables: preset("static"),
    options: { ...connect, faults: ["dead-target"] },
    judgement: "refuted",
    fails: ["path.live", "target.paths"],
    holds: ["network.address"],
  },
  {
    name: "connect-one-path",
    about: "the second of two paths is dead, the namespace is there all the same",
    tables: preset("dual-path"),
    options: { ...connect, faults: ["dead-path"] },
    judgement: "refuted",
    fails: ["path.live", "namespace.paths", "target.paths"],
    holds: ["namespace.identity"],
  },
  {
    name: "connect-closed-port",
    about: "the address of the second path answers, nothing listens there",
    tables: preset("dual-path"),
    options: { ...connect, faults: ["closed-port"] },
    judgement: "refuted",
    fails: ["path.live", "target.paths"],
    holds: ["namespace.identity"],
  },
  {
    name: "connect-other-namespace",
    about: "the subsystem serves another namespace than the table names",
    tables: preset("static"),
    options: { ...connect, faults: ["other-namespace"] },
    judgement: "refuted",
    fails: ["namespace.identity", "target.namespace"],
    holds: ["path.live", "target.host"],
  },
  {
    name: "connect-host-id-zero",
    about: "the host id starts with 00: libnvme takes it for none, and the kernel refuses the host NQN without it",
    tables: one(zeroHostId),
    options: { ...connect, faults: ["open-target"] },
    judgement: "refuted",
    fails: ["path.live", "target.host"],
    holds: ["reading.nvme-cli", "network.address"],
  },
  {
    name: "connect-4096",
    about: "a namespace with blocks of 4096 bytes, UUID and NGUID, as a boot description says",
    tables: one(tableOfBoot(largeBlocks, { revision: "1.0" })),
    options: { ...connect, described: largeBlocks.targets },
    judgement: "proved",
  },
  { name: "connect-vlan", about: "a path in VLAN 7", tables: preset("vlan"), options: connect, judgement: "proved" },
  { name: "connect-dhcp", about: "an address by DHCP", tables: preset("dhcp"), options: connect, judgement: "proved" },
  { name: "connect-ipv6", about: "a path over IPv6", tables: one(overIpv6()), options: connect, judgement: "proved" },
  {
    name: "connect-link-local",
    about: "a path over link-local IPv6 addresses, which nvme-cli 2.13 passes on without their interface",
    tables: preset("ipv6"),
    options: connect,
    judgement: "refuted",
    fails: ["path.live", "target.host"],
    holds: ["reading.nvme-cli", "network.address"],
  },
  {
    name: "connect-discovery",
    about: "a path that was found by discovery",
    tables: preset("discovery"),
    options: connect,
    judgement: "proved",
  },
  {
    name: "connect-firmware-multipath",
    about: "a table that the Timberland firmware of June 2023 made: its primary HFI index is 1 in every SSNS",
    tables: firmware("multipath"),
    options: connect,
    judgement: "proved",
  },
  {
    name: "connect-firmware-rich-static",
    about: "a firmware's table with gateway, DNS and metric",
    tables: firmware("rich-static"),
    options: connect,
    judgement: "proved",
  },
  {
    name: "dracut-dual-path",
    about: "root over two paths",
    everyTime: true,
    tables: preset("dual-path"),
    options: dracut,
    judgement: "proved",
  },
  {
    name: "dracut-dhcp",
    about: "root over a path with DHCP",
    tables: preset("dhcp"),
    options: dracut,
    judgement: "proved",
  },
  {
    name: "dracut-network-legacy",
    about: "root over a path with DHCP by dracut's older network module and dhclient",
    tables: preset("dhcp"),
    suite: "trixie+network-legacy",
    options: dracut,
    judgement: "proved",
    holds: ["network.dracut-lines", "network.dracut-prediction", "network.address", "origin.owner"],
  },
  {
    name: "dracut-vlan",
    about: "root over a path in VLAN 7",
    tables: preset("vlan"),
    options: dracut,
    judgement: "proved",
  },
  { name: "dracut-ipv6", about: "root over IPv6", tables: one(overIpv6()), options: dracut, judgement: "proved" },
  {
    name: "dracut-two-tables",
    about: "root over the paths of two tables",
    tables: () => [encodeNbft(example("static")), encodeNbft(secondTable())],
    options: dracut,
    judgement: "proved",
  },
  {
    name: "dracut-ovmf",
    about: "root over two paths under UEFI firmware",
    tables: preset("dual-path"),
    options: { ...dracut, firmware: "ovmf" },
    judgement: "proved",
  },
  {
    name: "dracut-own-initrd",
    about: "a user's own compressed initramfs, with report hooks appended",
    tables: preset("dual-path"),
    options: dracut,
    ownInitrd: true,
    judgement: "proved",
  },
  {
    name: "dracut-by-initrd",
    about: "the table comes first in the initrd, before dracut's own archive",
    tables: preset("static"),
    options: { ...dracut, via: "initrd" },
    judgement: "proved",
  },
  {
    name: "os-dual-path",
    about: "a whole system with systemd and NetworkManager over two paths",
    tables: preset("dual-path"),
    options: { depth: "os" },
    judgement: "proved",
  },
  {
    name: "dracut-static-arguments",
    about: "root came from the words of explain that boot around the table, which was not looked at",
    tables: preset("static"),
    options: {
      ...dracut,
      append: wordsFor(bootAround([{ path: "NBFT", bytes: preset("static")()[0]! }])!, "106").join(" "),
    },
    judgement: "refuted",
    fails: ["origin.command-line", "network.dracut-lines"],
    holds: ["boot.reached", "table.bytes", "path.live", "namespace.identity", "root.device", "target.host"],
  },
  {
    name: "dracut-baked-configuration",
    about:
      "root came from discovery.conf and cmdline.d files in the initramfs, as another host; the command line is clean",
    tables: preset("static"),
    options: { ...dracut, faults: ["open-target"] },
    files: {
      "etc/cmdline.d/10-baked.conf": "rd.nvmf.nonbft rd.neednet=1 ip=192.168.101.30:::24:host-vm:ens3:none\n",
      "etc/nvme/discovery.conf":
        "--transport=tcp --traddr=192.168.101.20 --host-traddr=192.168.101.30 --trsvcid=4420\n",
      "etc/nvme/hostnqn": "nqn.2014-08.org.nvmexpress:uuid:4e424654-0007-4c61-b000-00000000beef\n",
      "etc/nvme/hostid": "4e424654-0007-4c61-b000-00000000beef\n",
    },
    judgement: "refuted",
    fails: ["origin.command-line", "origin.files", "path.identity", "target.host", "target.strangers"],
    holds: ["boot.reached", "table.bytes", "path.live", "root.device"],
  },
  {
    name: "dracut-local-disk",
    about: "a local disk carries the same file system: which one became root was chance",
    tables: preset("static"),
    options: dracut,
    localDisk: "same",
    judgement: "refuted",
    fails: ["root.unique"],
    holds: ["boot.reached", "table.bytes"],
  },
  {
    name: "dracut-local-root",
    about: "root came from a local disk with the same file system, the target is dead",
    tables: preset("static"),
    options: { ...dracut, faults: ["dead-target"] },
    localDisk: "same",
    judgement: "refuted",
    fails: ["root.device", "path.live"],
    holds: ["boot.reached", "table.bytes", "network.dracut-lines"],
  },
  {
    name: "dracut-one-path",
    about: "root came over one path of two",
    tables: preset("dual-path"),
    options: { ...dracut, faults: ["dead-path"] },
    judgement: "refuted",
    fails: ["path.live", "path.early", "namespace.paths", "target.paths"],
    holds: ["boot.reached", "root.device", "namespace.identity"],
  },
  {
    name: "dracut-refused-host",
    about: "the target refuses the host: no root, and the evidence comes from the failed boot",
    tables: preset("static"),
    options: { ...dracut, faults: ["refused-host"] },
    judgement: "refuted",
    fails: ["boot.reached", "path.live", "target.host"],
    holds: ["evidence.whole", "table.bytes", "network.dracut-lines", "network.address"],
  },
  {
    name: "connect-shuffled",
    about: "names and addresses of the run's own, and who made each connection",
    everyTime: true,
    tables: preset("dual-path"),
    options: { ...connect, shuffle: true },
    judgement: "proved",
    holds: ["origin.names", "origin.owner"],
  },
  {
    name: "dracut-own-hook",
    about: "a hook of the initramfs's own connects, what reads the tables does not; every name is right",
    tables: preset("static"),
    options: dracut,
    files: {
      "usr/sbin/nvmf-autoconnect.sh": "#!/bin/sh\nexit 0\n",
      "lib/dracut/hooks/initqueue/settled/10-site.sh": onceInQueue(ownConnect),
    },
    judgement: "refuted",
    fails: ["origin.owner"],
    holds: ["boot.reached", "table.bytes", "path.live", "path.identity", "root.device"],
  },
  {
    name: "dracut-local-usr",
    about: "a hook takes /usr from a local disk; root is right",
    tables: preset("static"),
    options: dracut,
    localDisk: "other",
    files: { "lib/dracut/hooks/pre-pivot/10-site.sh": `${mountLocal}mount --bind /run/site/usr /sysroot/usr\n` },
    judgement: "refuted",
    fails: ["root.others"],
    holds: ["boot.reached", "table.bytes", "path.live", "root.device", "root.unique", "origin.owner"],
  },
  {
    name: "dracut-local-swap",
    about: "a hook has the system swap to a local disk; root is right",
    tables: preset("static"),
    options: dracut,
    localDisk: "other",
    files: {
      "lib/dracut/hooks/pre-pivot/10-site.sh": `${["mkswap", "swapon"].map((name) => `/sysroot/bin/busybox ${name} /dev/vda`).join("; ")}\n`,
    },
    judgement: "refuted",
    fails: ["root.others"],
    holds: ["boot.reached", "table.bytes", "path.live", "root.device", "origin.owner"],
  },
  {
    name: "dracut-own-shell",
    about: "a hook writes to /dev/nvme-fabrics by itself, what reads the tables does not run; every name is right",
    tables: preset("static"),
    options: dracut,
    files: {
      "usr/sbin/nvmf-autoconnect.sh": "#!/bin/sh\nexit 0\n",
      "lib/dracut/hooks/initqueue/settled/10-site.sh": onceInQueue(
        `printf %s transport=tcp,traddr=192.168.101.20,trsvcid=4420,host_traddr=192.168.101.30,nqn=${subsystemNqn},hostnqn=${hostNqn},hostid=${hostId} > /dev/nvme-fabrics`,
      ),
    },
    judgement: "refuted",
    fails: ["origin.owner"],
    holds: ["boot.reached", "table.bytes", "path.live", "path.identity", "root.device"],
  },
  {
    name: "dracut-forged-owner",
    about: "a hook of the initramfs's own connects, and writes into nvme-cli's registry that the table did",
    tables: preset("static"),
    options: dracut,
    files: {
      "usr/sbin/nvmf-autoconnect.sh": "#!/bin/sh\nexit 0\n",
      "lib/dracut/hooks/initqueue/settled/10-site.sh": onceInQueue(
        `${ownConnect}; mkdir -p /run/nvme/registry/nvme0; echo nbft > /run/nvme/registry/nvme0/owner`,
      ),
    },
    judgement: "refuted",
    fails: ["origin.owner"],
    holds: ["boot.reached", "table.bytes", "path.live", "path.identity", "root.device"],
  },
  {
    name: "dracut-own-autoconnect",
    about: "a script under the name of dracut's own connects to what was written into it, whatever the table names",
    tables: preset("static"),
    options: { ...dracut, shuffle: true },
    files: { "usr/sbin/nvmf-autoconnect.sh": `#!/bin/sh\n${ownConnect}\n` },
    judgement: "refuted",
    fails: ["boot.reached", "path.live"],
    holds: ["table.bytes", "network.address"],
  },
  {
    name: "dracut-fabrics-conf",
    about: "an nvme-fabrics.conf in the initramfs names the same controller as the table",
    tables: preset("static"),
    options: dracut,
    files: {
      "etc/nvme/nvme-fabrics.conf": `[Global]\n[Discovery Controller]\n[I/O Controller]\ncontroller = transport=tcp;traddr=192.168.101.20;trsvcid=4420;nqn=${subsystemNqn}\n`,
    },
    judgement: "refuted",
    fails: ["origin.files"],
    holds: ["boot.reached", "table.bytes", "path.live", "root.device", "origin.owner"],
  },
  ...securedScenarios,
];

/** The archive with a scenario's files. */
export function overlayOf(files: Readonly<Record<string, string>>): Uint8Array {
  return encodeCpio(Object.entries(files).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })));
}
