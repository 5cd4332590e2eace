import type { ClaimId } from "../../src/verify/claim.ts";
import type { Judgement, Reason } from "../../src/verify/verify.ts";
import { addPart, type EditableEvidence, replaceIn } from "./edited.ts";

/** A boot that came up, or a report that looks as if one had, for another reason than its table; or one that failed for the machine's sake. */
export interface AlteredBoot {
  readonly name: string;
  /** Recorded boot that it is made from. */
  readonly from: string;
  change(evidence: EditableEvidence, other: (name: string) => EditableEvidence): void;
  /** Claims that must fail. */
  readonly fails: readonly ClaimId[];
  readonly judgement?: Judgement;
  /** Kind of the reason that is given. */
  readonly reason?: Reason["kind"];
}

const dual = "dracut-dual-path";
const stage = (evidence: EditableEvidence, name: string) => evidence.host.find((each) => each.name === name)!;
const lab = (evidence: EditableEvidence, name: string) => evidence.lab.find((each) => each.name === name)!;
const late = (evidence: EditableEvidence) => evidence.host.filter(({ name }) => name === "root");

export const alteredBoots: readonly AlteredBoot[] = [
  {
    name: "rd.nvmf.discover= on the command line, and nothing else",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", " ro rd.nvmf.discover=tcp,192.168.101.20,,4420 "),
    fails: ["origin.command-line"],
  },
  {
    name: "ip= on the command line, with the table's own addresses",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", " ro ip=192.168.101.30:::24:host-vm:nbft0:none "),
    fails: ["origin.command-line"],
  },
  {
    name: "ip= for a card of which nothing is known",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", " ro ip=eno7:dhcp "),
    fails: ["origin.command-line"],
  },
  {
    name: "nothing wrong: ip= for a card that is not in the table",
    from: dual,
    change: ({ host }) => {
      replaceIn(host, /^cmdline$/, " ro ", " ro ip=eno7:dhcp ifname=eno7:02:00:00:00:00:07 ");
      replaceIn(host, /^network\.attrs$/, /$/, "/sys/class/net/eno7/address\t02:00:00:00:00:07\n");
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "ip= with the table's address for another card",
    from: dual,
    change: ({ host }) => {
      replaceIn(host, /^cmdline$/, " ro ", " ro ip=192.168.101.30:::24::eno7:none ");
      replaceIn(host, /^network\.attrs$/, /$/, "/sys/class/net/eno7/address\t02:00:00:00:00:07\n");
    },
    fails: ["origin.command-line"],
  },
  {
    name: "rd.nvmf.nonbft on the command line",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", " ro rd.nvmf.nonbft "),
    fails: ["origin.command-line"],
  },
  {
    name: "rd.nvmf.discover= in quotes, as dracut takes it",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", ' ro "rd.nvmf.discover=tcp,192.168.101.20,,4420" '),
    fails: ["origin.command-line"],
  },
  {
    name: "ip= in quotes",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", ' ro "ip=dhcp" '),
    fails: ["origin.command-line"],
  },
  {
    name: "an ip= line in the initramfs that no HFI accounts for",
    from: dual,
    change: (evidence) =>
      addPart(stage(evidence, "early"), "etc/cmdline.d/99-site.conf", "ip=192.168.101.30:::24::ens3:none\n"),
    fails: ["origin.command-line"],
  },
  {
    name: "nothing wrong: dracut's own word that NetworkManager reads the table",
    from: dual,
    change: (evidence) => addPart(stage(evidence, "early"), "etc/cmdline.d/20-nvmf-nm.conf", "rd.nvmf.nm=1\n"),
    fails: [],
    judgement: "proved",
  },
  {
    name: "rd.nvmf.discover= in a file of the initramfs",
    from: dual,
    change: (evidence) =>
      addPart(stage(evidence, "early"), "etc/cmdline.d/99-site.conf", "rd.nvmf.discover=tcp,192.168.101.20,,4420\n"),
    fails: ["origin.command-line"],
  },
  {
    name: "an entry in the initramfs's discovery.conf",
    from: dual,
    change: ({ host }) => replaceIn(host, /discovery\.conf$/, /$/, "--transport=tcp --traddr=192.168.101.20\n"),
    fails: ["origin.files"],
  },
  {
    name: "a config.json in the initramfs",
    from: dual,
    change: (evidence) => addPart(stage(evidence, "early"), "etc/nvme/config.json", "[]\n"),
    fails: ["origin.files"],
  },
  {
    name: "a connection to a subsystem that the table does not know",
    from: dual,
    change: ({ host }) =>
      replaceIn(
        host,
        /^controllers\.attrs$/,
        /$/,
        "/sys/class/nvme/nvme7/transport\ttcp\n/sys/class/nvme/nvme7/address\ttraddr=192.168.101.99,trsvcid=4420\n/sys/class/nvme/nvme7/state\tlive\n/sys/class/nvme/nvme7/subsysnqn\tnqn.2026-01.lab:other\n",
      ),
    fails: ["origin.controllers"],
  },
  {
    name: "root on a namespace of a subsystem that the table does not know",
    from: dual,
    change: ({ host }) =>
      replaceIn(
        host,
        /^(?:subsystems|controllers)\.attrs$/,
        "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
        "nqn.2026-01.lab:other",
      ),
    fails: ["origin.controllers", "path.live", "path.early", "namespace.identity", "root.device"],
  },
  {
    name: "another namespace of the right subsystem, with a clone of the file system",
    from: dual,
    change: ({ host }) =>
      replaceIn(
        host,
        /^namespaces\.attrs$/,
        "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
        "bee9c2b7-1761-44b5-a4e6-0f690498a94c",
      ),
    fails: ["namespace.identity", "root.device"],
  },
  {
    name: "the right identity under another NSID",
    from: dual,
    change: ({ host }) => replaceIn(host, /^namespaces\.attrs$/, "/nvme0n1/nsid\t1", "/nvme0n1/nsid\t2"),
    fails: ["namespace.identity", "root.device"],
  },
  {
    name: "root on a local disk, the table's namespace connected beside it",
    from: dual,
    change: (evidence) => {
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1",
        "254:0 / / ro,relatime - ext4 /dev/vda",
      );
      replaceIn(
        late(evidence),
        /^block\.attrs$/,
        /$/,
        "/sys/class/block/vda/dev\t254:0\n/sys/class/block/vda/size\t16384\n",
      );
    },
    fails: ["root.device"],
  },
  {
    name: "root on a partition of a local disk, named like the namespace",
    from: dual,
    change: (evidence) => {
      replaceIn(late(evidence), /^mountinfo$/, "259:1 / / ro", "254:1 / / ro");
      replaceIn(
        late(evidence),
        /^block\.attrs$/,
        /$/,
        "/sys/class/block/vda/dev\t254:0\n/sys/class/block/vda1/dev\t254:1\n/sys/class/block/vda1/partition\t1\n/sys/class/block/vda1/../dev\t254:0\n",
      );
    },
    fails: ["root.device"],
  },
  {
    name: "root on a mirror of the namespace and a local disk",
    from: dual,
    change: (evidence) => {
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1",
        "9:0 / / ro,relatime - ext4 /dev/md0",
      );
      replaceIn(
        late(evidence),
        /^block\.attrs$/,
        /$/,
        "/sys/class/block/md0/dev\t9:0\n/sys/class/block/md0/slaves\tnvme0n1\n/sys/class/block/md0/slaves\tvda\n/sys/class/block/vda/dev\t254:0\n",
      );
    },
    fails: ["root.device"],
  },
  {
    name: "a live image in memory as root",
    from: dual,
    change: (evidence) =>
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1",
        "0:50 / / rw,relatime - overlay LiveOS_rootfs",
      ),
    fails: ["root.device"],
  },
  {
    name: "a second file system with the root's UUID on a local disk",
    from: dual,
    change: (evidence) =>
      replaceIn(
        [stage(evidence, "initramfs")],
        /^block\.attrs$/,
        /$/,
        "/sys/class/block/vda/dev\t254:0\n/run/udev/data/b254:0\tE:ID_FS_UUID=4e424654-0007-4c61-b000-000000000001\n",
      ),
    fails: ["root.unique"],
  },
  {
    name: "root by the UUID of a partition that a local disk has as well",
    from: dual,
    change: (evidence) => {
      replaceIn(evidence.host, /^cmdline$/, /root=UUID=\S+/, "root=PARTUUID=4e42-01");
      const disk = "/sys/class/block/vda/dev\t254:0\n/sys/class/block/vda1/dev\t254:1\n";
      const partitions = ["259:1", "254:1"].map((dev) => `/run/udev/data/b${dev}\tE:ID_PART_ENTRY_UUID=4e42-01\n`);
      replaceIn([stage(evidence, "initramfs")], /^block\.attrs$/, /$/, `${disk}${partitions.join("")}`);
    },
    fails: ["root.unique"],
  },
  {
    name: "a second connection over the same path, as another host",
    from: dual,
    change: ({ host }) => {
      const all = host
        .flatMap(({ parts }) => parts)
        .filter(({ name, text }) => name === "controllers.attrs" && text !== "");
      for (const part of all)
        part.text += part.text
          .replace(/^\/sys\/class\/nvme\/nvme1\/.*\n/gm, "")
          .replaceAll("/nvme0/", "/nvme4/")
          .replace("uuid:f8131bac", "uuid:08131bac");
    },
    fails: ["path.identity"],
  },
  {
    name: "a system that hangs before its default target",
    from: "os-dual-path",
    change: (evidence) => {
      replaceIn(late(evidence), /^systemd$/, "running", "starting");
      replaceIn(late(evidence), /^systemd-target$/, "ActiveState=active", "ActiveState=inactive");
    },
    fails: ["system.target"],
  },
  {
    name: "nothing wrong with the boot: a unit failed that it does not need",
    from: "os-dual-path",
    change: (evidence) => {
      replaceIn(late(evidence), /^systemd$/, "running", "degraded");
      replaceIn(late(evidence), /^systemd-failed$/, /$/, "● motd.service loaded failed failed Message of the day\n");
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "one path of two still connecting",
    from: dual,
    change: (evidence) =>
      replaceIn(late(evidence), /^controllers\.attrs$/, "nvme1/state\tlive", "nvme1/state\tconnecting"),
    fails: ["path.live"],
  },
  {
    name: "both paths over one interface",
    from: dual,
    change: ({ host }) => replaceIn(host, /^controllers\.attrs$/, "192.168.110.30", "192.168.101.30"),
    fails: ["path.live", "path.early", "namespace.paths"],
  },
  {
    name: "a path without host_traddr: the kernel chose the interface",
    from: dual,
    change: ({ host }) => replaceIn(host, /^controllers\.attrs$/, "host_traddr=192.168.110.30,", ""),
    fails: ["path.live"],
  },
  {
    name: "the second path connected only by the running system",
    from: dual,
    change: (evidence) =>
      replaceIn([stage(evidence, "initramfs")], /^controllers\.attrs$/, /^\/sys\/class\/nvme\/nvme1\/.*\n/gm, ""),
    fails: ["path.early"],
  },
  {
    name: "both controllers live, the namespace over one of them",
    from: dual,
    change: ({ host }) => replaceIn(host, /^namespaces\.attrs$/, /^\/sys\/class\/nvme\/nvme1\/.*\n/gm, ""),
    fails: ["namespace.paths"],
  },
  {
    name: "a host NQN left over from the machine that built the image",
    from: dual,
    change: ({ host, target }) => {
      const [table, stale] = [
        "nvme0/hostnqn\tnqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
        "nvme0/hostnqn\tnqn.2014-08.org.nvmexpress:uuid:00000000-1111-4222-8333-444444444444",
      ];
      replaceIn(host, /^controllers\.attrs$/, table, stale);
      replaceIn(
        target,
        /^log$/,
        /for NQN nqn\.2014-08\.org\.nvmexpress:uuid:f8131bac/,
        "for NQN nqn.2014-08.org.nvmexpress:uuid:00000000",
      );
    },
    fails: ["path.identity", "target.host", "target.strangers"],
  },
  {
    name: "the right host NQN with a host id of its own",
    from: dual,
    change: ({ host }) => replaceIn(host, /^controllers\.attrs$/, "nvme0/hostid\tf8131bac", "nvme0/hostid\t08131bac"),
    fails: ["path.identity"],
  },
  {
    name: "the address on another card",
    from: dual,
    change: ({ host }) =>
      replaceIn(host, /^network\.attrs$/, "nbft1/address\tea:eb:d3:59:89:59", "nbft1/address\tea:eb:d3:59:89:60"),
    fails: ["network.interface", "network.address"],
  },
  {
    name: "the two cards' addresses swapped",
    from: dual,
    change: ({ host }) => {
      replaceIn(host, /^network\.attrs$/, "nbft0/address\tea:eb:d3:58:89:58", "nbft0/address\tswap");
      replaceIn(host, /^network\.attrs$/, "nbft1/address\tea:eb:d3:59:89:59", "nbft1/address\tea:eb:d3:58:89:58");
      replaceIn(host, /^network\.attrs$/, "nbft0/address\tswap", "nbft0/address\tea:eb:d3:59:89:59");
    },
    fails: ["network.address"],
  },
  {
    name: "the address twice: by the table and by something else",
    from: dual,
    change: ({ host }) =>
      replaceIn(host, /^ip-addr/, /$/, "9: eth9: <UP>\n    inet 192.168.101.30/24 scope global eth9\n"),
    fails: ["network.address"],
  },
  {
    name: "untagged traffic where the table has a VLAN",
    from: "dracut-vlan",
    change: ({ host }) => {
      replaceIn(host, /^network\.attrs$/, /^\/proc\/net\/vlan\/config\tnbft0.*\n/m, "");
      replaceIn(host, /^ip-addr\.json$/, '"ifname":"nbft0.7"', '"ifname":"nbft0"');
    },
    fails: ["network.interface", "network.address"],
  },
  {
    name: "a target that never saw the host",
    from: dual,
    change: (evidence, other) => {
      evidence.target.splice(0, 9, ...other("dracut-refused-host").target);
    },
    fails: ["target.host", "target.paths"],
  },
  {
    name: "a target that testifies for another run",
    from: dual,
    change: (evidence) => {
      evidence.manifest["target"] = "0".repeat(32);
      evidence.target.splice(0);
    },
    fails: [],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "another host connected as well",
    from: dual,
    change: ({ target }) =>
      replaceIn(
        target,
        /^log$/,
        /$/,
        "[   99.000000] nvmet: creating nvm controller 9 for subsystem nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db for NQN nqn.2026-01.lab:stranger.\n",
      ),
    fails: ["target.strangers"],
  },
  {
    name: "the end of another boot's report",
    from: dual,
    change: (evidence, other) => {
      const index = evidence.host.findIndex(({ name }) => name === "root");
      evidence.host[index] = other("dracut-own-initrd").host.find(({ name }) => name === "root")!;
    },
    fails: ["evidence.one-boot"],
  },
  {
    name: "another boot's whole report under this run's name",
    from: dual,
    change: (evidence, other) => {
      evidence.host.splice(0, 9, ...other("dracut-own-initrd").host);
    },
    fails: ["evidence.one-boot"],
  },
  {
    name: "a report that stops before its mark",
    from: dual,
    change: (evidence) => {
      stage(evidence, "root").done = false;
    },
    fails: [],
    judgement: "not proved",
  },
  {
    name: "a boot that never left the initramfs",
    from: dual,
    change: (evidence) => {
      evidence.host.splice(
        evidence.host.findIndex(({ name }) => name === "root"),
        1,
      );
    },
    fails: ["boot.reached"],
  },
  {
    name: "one byte of the table changed between firmware and kernel",
    from: dual,
    change: ({ lab }) => {
      const table = lab.find(({ name }) => name === "given/NBFT")!;
      table.text = `${table.text.slice(0, 300)}X${table.text.slice(301)}`;
    },
    fails: ["table.bytes"],
  },
  {
    name: "a second table that nobody gave",
    from: "connect-two-tables",
    change: ({ lab }) => {
      lab.splice(
        lab.findIndex(({ name }) => name === "given/NBFT2"),
        1,
      );
    },
    fails: ["table.count", "origin.controllers"],
  },
  {
    name: "nvme-cli reads another value than the table holds",
    from: dual,
    change: ({ host }) => replaceIn(host, /^nbft-show\.json$/, '"trsvcid":"4420"', '"trsvcid":"4421"'),
    fails: ["reading.nvme-cli"],
  },
  {
    name: "nvme-cli died of the table",
    from: dual,
    change: ({ host }) => {
      for (const each of host)
        for (const part of each.parts)
          if (part.name === "nbft-show.json") Object.assign(part, { text: "", status: 139 });
    },
    fails: ["reading.nvme-cli"],
  },
  {
    name: "dracut's line with another prefix",
    from: dual,
    change: ({ host }) => replaceIn(host, /40-nbft\.conf$/, ":::24:host-vm:nbft0:", ":::16:host-vm:nbft0:"),
    fails: ["network.dracut-lines"],
  },
  {
    name: "dracut's lines for the two cards swapped",
    from: dual,
    change: ({ host }) => {
      replaceIn(host, /45-ifname\.conf$/, "ifname=nbft0:ea:eb:d3:58:89:58", "ifname=nbft0:ea:eb:d3:59:89:59");
      replaceIn(host, /45-ifname\.conf$/, "ifname=nbft1:ea:eb:d3:59:89:59", "ifname=nbft1:ea:eb:d3:58:89:58");
    },
    fails: ["network.dracut-lines"],
  },
  {
    name: "nothing wrong: a target that was stopped while it wrote its log once more",
    from: "connect-dual-path",
    change: ({ target }) => target[0]!.parts.push({ name: "log", text: "[    7.6", status: 0, cut: true }),
    fails: [],
    judgement: "proved",
  },
  {
    name: "a target that was stopped before it had written of the connections",
    from: "connect-dual-path",
    change: ({ target }) => {
      const { parts } = target[0]!;
      const log = parts.find(({ name }) => name === "log")!;
      const without = log.text.replace(/^.*controller.*\n/gm, "");
      parts.splice(0, parts.length, ...parts.filter((part) => part.name !== "log"), { ...log, text: without });
      parts.push({ name: "log", text: "", status: 0, cut: true });
    },
    fails: [],
    judgement: "not proved",
  },
  {
    name: "an image of the user's own whose kernel panics after it has connected",
    from: "firmware-own-image",
    change: (evidence) => {
      evidence.manifest["ended"] = "time limit";
      lab(evidence, "host/console").text +=
        "[  102.0] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n";
    },
    fails: ["boot.console"],
  },
  {
    name: "an image of the user's own that ends in an emergency shell, and reports nothing",
    from: "firmware-own-image",
    change: (evidence) => {
      evidence.manifest["ended"] = "time limit";
      evidence.host.splice(0);
      lab(evidence, "host/console").text += "\x1b[0;1;31mYou are in emergency mode.\x1b[0m After logging in, type\r\n";
    },
    fails: ["boot.console"],
  },
  {
    name: "an image of the user's own that falls back into the firmware",
    from: "firmware-own-image",
    change: (evidence) => {
      evidence.host.splice(0);
      lab(evidence, "host/console").text = 'BdsDxe: failed to start Boot0001 "UEFI NVMeOF Device": Aborted\r\n';
    },
    fails: ["boot.console"],
  },
  {
    name: "nothing wrong: boot options that failed before the one that started a quiet kernel",
    from: "firmware-own-image",
    change: (evidence) => {
      const shown = lab(evidence, "host/console");
      shown.text = `BdsDxe: failed to start Boot0001 "UEFI PXEv4": Not Found\r\n${shown.text.replace(/^\[ *\d.*$/gm, "")}\r\n[  OK  ] Reached target multi-user.target\r\ndebian login: `;
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "an image of the user's own that reports nothing and shows a login prompt",
    from: "firmware-own-image",
    change: (evidence) => {
      evidence.manifest["ended"] = "time limit";
      evidence.host.splice(0);
      lab(evidence, "host/console").text += "[   31.2] Reached target multi-user.target\r\ndebian login: ";
    },
    fails: [],
    judgement: "not proved",
    reason: "time limit",
  },
  {
    name: "a report of an image of the user's own that is longer than the run",
    from: "firmware-own-image",
    change: ({ host }) => replaceIn(host, /^end\.attrs$/, /\/proc\/uptime\t[\d.]+/, "/proc/uptime\t29.00"),
    fails: ["evidence.one-boot"],
  },
  {
    name: "a time limit before the root file system was there",
    from: dual,
    change: (evidence) => {
      evidence.manifest["ended"] = "time limit";
      evidence.host.splice(1);
    },
    fails: ["boot.reached", "network.interface", "network.address", "path.live", "namespace.identity"],
    judgement: "not proved",
    reason: "time limit",
  },
  {
    name: "a time limit does not excuse what is there and wrong",
    from: dual,
    change: (evidence) => {
      evidence.manifest["ended"] = "time limit";
      replaceIn(evidence.host, /^cmdline$/, " ro ", " ro rd.nvmf.nonbft ");
    },
    fails: ["origin.command-line"],
  },
  {
    name: "an emulated timer that does not work",
    from: "connect-dual-path",
    change: (evidence) => {
      evidence.host.splice(0);
      lab(evidence, "host/console").text =
        "[    0.4] Kernel panic - not syncing: IO-APIC + timer doesn't work!  Boot with apic=debug\r\n";
    },
    fails: [],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "a panic of the lab's own kernel before it ran anything",
    from: dual,
    change: (evidence) => {
      evidence.host.splice(0);
      lab(evidence, "host/console").text = "[    0.9] Kernel panic - not syncing: Fatal exception in interrupt\r\n";
    },
    fails: [],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "an emulated processor's fault in the lab's own kernel after its first report",
    from: dual,
    change: (evidence) => {
      evidence.host.splice(1);
      lab(evidence, "host/console").text = "[   14.0] Kernel panic - not syncing: Fatal exception in interrupt\r\n";
    },
    fails: ["boot.reached", "network.interface", "network.address", "path.live", "namespace.identity"],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "a path that timed out by a clock that ran five times too fast",
    from: "connect-dual-path",
    change: ({ host }) => {
      replaceIn(host, /^end\.attrs$/, /\/proc\/uptime\t[\d.]+/, "/proc/uptime\t48.00");
      replaceIn(host, /^controllers\.attrs$/, "nvme1/state\tlive", "nvme1/state\tconnecting");
    },
    fails: ["path.live"],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "a path that timed out while the processors stood still",
    from: dual,
    change: (evidence) => {
      replaceIn(late(evidence), /^dmesg$/, /$/, "[   88.0] watchdog: BUG: soft lockup - CPU#1 stuck for 26s!\n");
      replaceIn(late(evidence), /^controllers\.attrs$/, "nvme1/state\tlive", "nvme1/state\tconnecting");
    },
    fails: ["path.live"],
    judgement: "not proved",
    reason: "machine",
  },
  {
    name: "a hook of the initramfs's own that connects, while what reads the tables did not run",
    from: dual,
    change: (evidence) =>
      addPart(stage(evidence, "initramfs"), "programs", programs("/usr/lib/dracut/hooks/initqueue/90-site.sh")),
    fails: ["origin.owner"],
  },
  {
    name: "a shell that writes to /dev/nvme-fabrics by itself",
    from: dual,
    change: (evidence) =>
      addPart(stage(evidence, "initramfs"), "programs", programs("/sbin/nvmf-autoconnect.sh", "/usr/bin/bash")),
    fails: ["origin.owner"],
  },
  {
    name: "nothing wrong: nvme started by dracut's own script",
    from: dual,
    change: (evidence) => addPart(stage(evidence, "initramfs"), "programs", programs("/sbin/nvmf-autoconnect.sh")),
    fails: [],
    judgement: "proved",
  },
  {
    name: "a connection that nvme-cli's registry gives to another owner",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "initramfs"),
        "registry.attrs",
        "/run/nvme/registry/nvme0/owner\tnbft\n/run/nvme/registry/nvme1/owner\tdiscoverd\n",
      ),
    fails: ["origin.owner"],
  },
  {
    name: "nothing wrong: connections that nvme-cli's registry gives to the table",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "initramfs"),
        "registry.attrs",
        "/run/nvme/registry/nvme0/owner\tnbft\n/run/nvme/registry/nvme1/owner\tnbft\n",
      ),
    fails: [],
    judgement: "proved",
  },
  {
    name: "nothing wrong: files of /etc/nvme switched off",
    from: dual,
    change: ({ host }) => replaceIn(host, /^cmdline$/, " ro ", " ro rd.nvmf.nostatic "),
    fails: [],
    judgement: "proved",
  },
  {
    name: "a connection to an address that is the beginning of a discovery controller's",
    from: "connect-discovery",
    change: ({ host }) =>
      replaceIn(
        host,
        /^controllers\.attrs$/,
        /$/,
        "/sys/class/nvme/nvme7/transport\ttcp\n/sys/class/nvme/nvme7/address\ttraddr=192.168.101.2,trsvcid=4420\n/sys/class/nvme/nvme7/state\tlive\n/sys/class/nvme/nvme7/subsysnqn\tnqn.2026-01.lab:other\n",
      ),
    fails: ["origin.controllers"],
  },
  {
    name: "a connection elsewhere, which a discovery controller that is not the lab's may have named",
    from: "connect-discovery",
    change: ({ host, manifest }) => {
      manifest["foreignTarget"] = true;
      replaceIn(
        host,
        /^controllers\.attrs$/,
        /$/,
        "/sys/class/nvme/nvme7/transport\ttcp\n/sys/class/nvme/nvme7/address\ttraddr=192.168.120.20,trsvcid=4420\n/sys/class/nvme/nvme7/state\tlive\n/sys/class/nvme/nvme7/subsysnqn\tnqn.2026-01.lab:other\n",
      );
    },
    fails: [],
    judgement: "not proved",
  },
  {
    name: "btrfs in LUKS, and its UUID on a local disk as well",
    from: dual,
    change: (evidence) => {
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1",
        "0:35 /root / ro,relatime - btrfs /dev/mapper/luks-1",
      );
      replaceIn(
        late(evidence),
        /^block\.attrs$/,
        /$/,
        "/sys/class/block/dm-0/dev\t253:0\n/sys/class/block/dm-0/dm/name\tluks-1\n/sys/class/block/dm-0/slaves\tnvme0n1\n/run/udev/data/b253:0\tE:ID_FS_UUID=4e42\n/sys/class/block/vda/dev\t254:0\n/run/udev/data/b254:0\tE:ID_FS_UUID=4e42\n",
      );
    },
    fails: ["root.unique"],
  },
  {
    name: "nothing wrong: multipath by device mapper, each path a device of its own",
    from: dual,
    change: ({ host }) => {
      const each = (text: (controller: string, i: number) => string) => ["nvme0", "nvme1"].map(text).join("");
      const id = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
      for (const { parts } of host)
        for (const part of parts) {
          if (part.name === "namespaces.attrs" && part.text !== "")
            part.text = each(
              (name, i) =>
                `/sys/class/nvme/${name}/${name}n1/nsid\t1\n/sys/block/${name}n1/nsid\t1\n/sys/block/${name}n1/uuid\t${id}\n/sys/block/${name}n1/dev\t259:${i}\n`,
            );
          if (part.name === "block.attrs" && part.text !== "")
            part.text = `${each((name, i) => `/sys/class/block/${name}n1/dev\t259:${i}\n/sys/class/block/dm-0/slaves\t${name}n1\n`)}/sys/class/block/dm-0/dev\t253:0\n/run/udev/data/b253:0\tE:ID_FS_UUID=4e42\n`;
          part.text = part.text
            .replace("members\tnvme0n1", "members\tnvme0n1\n/sys/class/nvme-subsystem/nvme-subsys0/members\tnvme1n1")
            .replace("259:1 / / ro,relatime - ext4 /dev/nvme0n1", "253:0 / / ro,relatime - ext4 /dev/mapper/mpatha");
        }
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "btrfs over a namespace of the table and a local disk",
    from: dual,
    change: (evidence) => {
      mountBtrfs(evidence);
      replaceIn(
        late(evidence),
        /^block\.attrs$/,
        /$/,
        `/sys/class/block/vda/dev\t254:0\n${memberOf("259:1", 1)}${memberOf("254:0", 2)}`,
      );
    },
    fails: ["root.unique"],
  },
  {
    name: "nothing wrong: btrfs over two namespaces that the table names",
    from: dual,
    change: (evidence) => {
      mountBtrfs(evidence);
      const second = "/sys/class/block/nvme0n2/dev\t259:5\n";
      replaceIn(late(evidence), /^block\.attrs$/, /$/, `${second}${memberOf("259:1", 1)}${memberOf("259:5", 2)}`);
      replaceIn(
        late(evidence),
        /^namespaces\.attrs$/,
        /$/,
        "/sys/block/nvme0n2/nsid\t1\n/sys/block/nvme0n2/uuid\tbee9c2b7-1761-44b5-a4e6-0f690498a94b\n/sys/block/nvme0n2/dev\t259:5\n",
      );
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "nothing wrong: ZFS on the namespace",
    from: dual,
    change: (evidence) => {
      mountZfs(evidence, "/");
      replaceIn(late(evidence), /^block\.attrs$/, /$/, poolOn("259:1"));
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "ZFS on a local disk",
    from: dual,
    change: (evidence) => {
      mountZfs(evidence, "/");
      replaceIn(late(evidence), /^block\.attrs$/, /$/, `/sys/class/block/vda/dev\t254:0\n${poolOn("254:0")}`);
    },
    fails: ["root.device"],
  },
  {
    name: "ZFS, of whose pool nothing is known",
    from: dual,
    change: (evidence) => mountZfs(evidence, "/"),
    fails: [],
    judgement: "not proved",
  },
  {
    name: "/var on a ZFS pool on a local disk",
    from: dual,
    change: (evidence) => {
      mountZfs(evidence, "/var");
      replaceIn(late(evidence), /^block\.attrs$/, /$/, `/sys/class/block/vda/dev\t254:0\n${poolOn("254:0")}`);
    },
    fails: ["root.others"],
  },
  {
    name: "/var on a file system without a device, of a kind that is not known",
    from: dual,
    change: (evidence) => replaceIn(late(evidence), /^mountinfo$/, /$/, "70 60 0:66 / /var rw - fuse.site site rw\n"),
    fails: [],
    judgement: "not proved",
  },
  ...["lustre 10.0.0.1@tcp:/l", "fuse.ceph-fuse ceph-fuse", "afs AFS", "9p /dev/root"].map(
    (server): AlteredBoot => ({
      name: `/var from a file server: ${server}`,
      from: dual,
      change: (evidence) => replaceIn(late(evidence), /^mountinfo$/, /$/, `70 60 0:66 / /var rw - ${server} rw\n`),
      fails: ["root.others"],
    }),
  ),
  {
    name: "root from a file server whose name looks like a device",
    from: dual,
    change: (evidence) =>
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1 ro",
        "0:51 / / rw - 9p /dev/root rw",
      ),
    fails: ["root.device"],
  },
  ...["rpc_pipefs sunrpc", "fuse.lxcfs lxcfs", "autofs systemd-1"].map(
    (kind): AlteredBoot => ({
      name: `nothing wrong: ${kind} below /var`,
      from: dual,
      change: (evidence) => replaceIn(late(evidence), /^mountinfo$/, /$/, `70 60 0:66 / /var/lib/x rw - ${kind} rw\n`),
      fails: [],
      judgement: "proved",
    }),
  ),
  {
    name: "a table that one stage has with other bytes than the others",
    from: dual,
    change: ({ host }) => {
      const table = host[0]!.parts.find(({ name }) => name === "tables/NBFT")!;
      table.text = `${table.text.slice(0, 300)}X${table.text.slice(301)}`;
    },
    fails: [],
    judgement: "not proved",
  },
  ...(
    [
      ["whose kernel names the callers", /^(\[ *[\d.]+\])/gm, "$1[    T1]"],
      ["of journalctl -k", /^\[ *[\d.]+\] /gm, "Dec 01 12:00:00 host kernel: "],
      ["without times", /^\[ *[\d.]+\] /gm, ""],
      ["with colours", /^(\[ *[\d.]+\]) (\S+)/gm, "\x1b[32m$1 \x1b[0m\x1b[33m$2\x1b[0m"],
    ] as const
  ).map(
    ([what, from, to]): AlteredBoot => ({
      name: `nothing wrong: a log ${what}, in which the host authenticates itself`,
      from: "dracut-chap-mutual",
      change: ({ host }) => replaceIn(host, /^dmesg$/, from, to),
      fails: [],
      judgement: "proved",
    }),
  ),
  {
    name: "composefs as root, whose files are on the namespace: where its image is from is not known",
    from: dual,
    change: (evidence) =>
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1 ro",
        "0:41 / / ro,relatime - overlay composefs ro,lowerdir=/run/ostree/.private/cfsroot-lower,datadir=/sysroot/ostree/repo/objects\n95 94 259:1 / /sysroot ro,relatime - ext4 /dev/nvme0n1 ro",
      ),
    fails: [],
    judgement: "not proved",
  },
  {
    name: "composefs as root, whose files are on a local disk",
    from: dual,
    change: (evidence) => {
      replaceIn(
        late(evidence),
        /^mountinfo$/,
        "259:1 / / ro,relatime - ext4 /dev/nvme0n1 ro",
        "0:41 / / ro,relatime - overlay composefs ro,lowerdir=/run/ostree/.private/cfsroot-lower,datadir=/sysroot/ostree/repo/objects\n95 94 254:0 / /sysroot ro,relatime - ext4 /dev/vda ro",
      );
      replaceIn(late(evidence), /^block\.attrs$/, /$/, "/sys/class/block/vda/dev\t254:0\n");
    },
    fails: ["root.device"],
  },
  ...(["controllers", "namespaces"] as const).map(
    (name): AlteredBoot => ({
      name: `a report that says nothing of ${name}`,
      from: dual,
      change: ({ host }) => {
        for (const { parts } of host)
          parts.splice(
            parts.findIndex((part) => part.name === `${name}.attrs`),
            1,
          );
      },
      fails: [],
      judgement: "not proved",
    }),
  ),
  {
    name: "/usr on a local disk, root on the table's namespace",
    from: dual,
    change: (evidence) => mountLocal(evidence, "/usr"),
    fails: ["root.others"],
  },
  {
    name: "/var/lib on a local disk",
    from: dual,
    change: (evidence) => mountLocal(evidence, "/var/lib"),
    fails: ["root.others"],
  },
  {
    name: "nothing wrong: data on a local disk, /var/log in memory",
    from: dual,
    change: (evidence) => {
      mountLocal(evidence, "/srv");
      replaceIn(late(evidence), /^mountinfo$/, /$/, "71 60 0:51 / /var/log rw,relatime - tmpfs tmpfs rw\n");
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "/usr on an overlay of a local disk and the root file system",
    from: dual,
    change: (evidence) => {
      mountLocal(evidence, "/run/site");
      mountOverlay(evidence, "/usr", "lowerdir=/run/site/usr:/sysroot/usr");
    },
    fails: ["root.others"],
  },
  {
    name: "/usr on an overlay of something in memory, as system extensions are: what filled it is not known",
    from: dual,
    change: (evidence) => {
      replaceIn(late(evidence), /^mountinfo$/, /$/, "69 60 0:26 / /run rw - tmpfs tmpfs rw\n");
      mountOverlay(evidence, "/usr", "lowerdir=/run/systemd/sysext/extensions/site/usr:/usr");
    },
    fails: [],
    judgement: "not proved",
  },
  {
    name: "nothing wrong: changes of /etc in memory, containers with overlays in /var",
    from: dual,
    change: (evidence) => {
      replaceIn(late(evidence), /^mountinfo$/, /$/, "69 60 0:26 / /run rw - tmpfs tmpfs rw\n");
      mountOverlay(evidence, "/etc", "lowerdir=/etc,upperdir=/run/etc,workdir=/run/work");
      mountOverlay(evidence, "/var/lib/docker/overlay2/1/merged", "lowerdir=l/A:l/B,upperdir=1/diff,workdir=1/work");
    },
    fails: [],
    judgement: "proved",
  },
  {
    name: "/usr from a file server",
    from: dual,
    change: (evidence) =>
      replaceIn(late(evidence), /^mountinfo$/, /$/, "70 60 0:60 / /usr ro - nfs4 10.0.0.1:/usr ro,vers=4.2\n"),
    fails: ["root.others"],
  },
  {
    name: "a hook that connects by itself, and writes into nvme-cli's registry that the table did",
    from: dual,
    change: (evidence) => {
      addPart(stage(evidence, "initramfs"), "programs", programs("/usr/lib/dracut/hooks/initqueue/90-site.sh"));
      addPart(
        stage(evidence, "initramfs"),
        "registry.attrs",
        "/run/nvme/registry/nvme0/owner\tnbft\n/run/nvme/registry/nvme1/owner\tnbft\n",
      );
    },
    fails: ["origin.owner"],
  },
  {
    name: "swap on a local disk",
    from: dual,
    change: (evidence) => {
      addPart(
        late(evidence)[0]!,
        "swaps.attrs",
        "/proc/swaps\tFilename\t\t\t\tType\t\tSize\t\tUsed\n/proc/swaps\t/dev/vda                                partition\t1048572\t\t0\n",
      );
      replaceIn(late(evidence), /^block\.attrs$/, /$/, "/sys/class/block/vda/dev\t254:0\n");
    },
    fails: ["root.others"],
  },
  {
    name: "swap in a file on a local disk",
    from: dual,
    change: (evidence) => {
      mountLocal(evidence, "/srv");
      addPart(
        late(evidence)[0]!,
        "swaps.attrs",
        "/proc/swaps\tFilename\tType\n/proc/swaps\t/srv/swapfile                   file\t1048572\t0\t-2\n",
      );
    },
    fails: ["root.others"],
  },
  {
    name: "a connection in the initramfs's nvme-fabrics.conf",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "early"),
        "etc/nvme/nvme-fabrics.conf",
        "[Subsystem]\nnqn = nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db\ncontroller = transport=tcp;traddr=192.168.101.20\n",
      ),
    fails: ["origin.files"],
  },
  {
    name: "a connection in a file of nvme-fabrics.conf.d",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "early"),
        "etc/nvme/nvme-fabrics.conf.d/100-persona.conf",
        "[Discovery Controller]\ncontroller=transport=tcp;traddr=192.168.101.20;trsvcid=8009\n",
      ),
    fails: ["origin.files"],
  },
  {
    name: "a connection in nvme-stas.conf",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "early"),
        "etc/nvme/nvme-stas.conf",
        "[Controllers]\n# controller = none\ncontroller = transport=tcp;traddr=192.168.101.20\n",
      ),
    fails: ["origin.files"],
  },
  {
    name: "nothing wrong: an nvme-fabrics.conf that only has settings",
    from: dual,
    change: (evidence) =>
      addPart(
        stage(evidence, "early"),
        "etc/nvme/nvme-fabrics.conf",
        "# controller = transport=tcp;traddr=192.168.101.20\n[I/O Controller Defaults]\nctrl-loss-tmo = 600\n",
      ),
    fails: [],
    judgement: "proved",
  },
  {
    name: "a target that asked for authentication, and never said that the host passed",
    from: "connect-dual-path",
    change: ({ target }) => replaceIn(target, /^log$/, /(for NQN \S+?)\.(?=\n)/g, "$1 with DH-HMAC-CHAP."),
    fails: [],
    judgement: "not proved",
  },
  {
    name: "a host whose kernel never said that it was authenticated",
    from: "connect-chap",
    change: ({ host }) => replaceIn(host, /^dmesg$/, /qid 0: authenticated\n/, "qid 0: done\n"),
    fails: ["path.security"],
  },
  {
    name: "a target that never said that the host passed, whatever the host says",
    from: "connect-chap",
    change: ({ target }) => replaceIn(target, /^log$/, / host authenticated/g, " host seen"),
    fails: ["path.security"],
  },
  {
    name: "a host that authenticated itself only after the connection was there",
    from: "connect-chap",
    change: ({ host }) => {
      replaceIn(host, /^dmesg$/, /nvme nvme0: qid 0: authenticated\n/, "nvme nvme0: something\n");
      replaceIn(host, /^dmesg$/, /$/, "[   99.000000] nvme nvme0: qid 0: authenticated\n");
    },
    fails: ["path.security"],
  },
  {
    name: "mutual authentication in which the controller did not prove itself",
    from: "dracut-chap-mutual",
    change: ({ host }) => replaceIn(host, /^dmesg$/, /qid 0: controller authenticated/, "qid 0: done"),
    fails: ["path.security"],
  },
  {
    name: "a config.json with addresses beside its keys, in a boot with one-way authentication: nothing wrong, and said",
    from: "connect-chap",
    change: ({ host }) => replaceIn(host, /config\.json$/, /$/, '"traddr": "192.168.101.20"\n'),
    fails: [],
    judgement: "proved",
  },
  {
    name: "a discovery.conf beside the keys",
    from: "connect-chap",
    change: ({ host }) => addPart(host[0]!, "etc/nvme/discovery.conf", "--transport=tcp --traddr=192.168.101.20\n"),
    fails: ["origin.files"],
  },
];

/** A trace in which one program made both controllers, started by a script of dracut's queue. */
function programs(script: string, program = "/usr/sbin/nvme"): string {
  const line = (task: string, time: string, event: string) => `  ${task.padEnd(24)} [001] .....    ${time}: ${event}\n`;
  return [
    line("nvme-612", "62.016219", 'console: nvme nvme0: new ctrl: NQN "nqn", addr 192.168.101.20:4420'),
    line("nvme-612", "62.843525", 'console: nvme nvme1: new ctrl: NQN "nqn", addr 192.168.110.20:4420'),
    line("nvme-612", "20.000000", `sched_process_exec: filename=${program} pid=612 old_pid=612`),
    line("site-600", "19.900000", "sched_process_fork: comm=site pid=600 child_comm=site child_pid=612"),
    line("site-600", "19.500000", `sched_process_exec: filename=${script} pid=600 old_pid=600`),
    line("dracut-448", "19.400000", "sched_process_fork: comm=dracut-initqueu pid=448 child_comm=x child_pid=600"),
  ].join("");
}

function mountLocal(evidence: EditableEvidence, point: string): void {
  replaceIn(late(evidence), /^mountinfo$/, /$/, `70 60 254:1 / ${point} rw,relatime - ext4 /dev/vda1 rw\n`);
  replaceIn(
    late(evidence),
    /^block\.attrs$/,
    /$/,
    "/sys/class/block/vda/dev\t254:0\n/sys/class/block/vda1/dev\t254:1\n/sys/class/block/vda1/partition\t1\n/sys/class/block/vda1/../dev\t254:0\n",
  );
}

function mountBtrfs(evidence: EditableEvidence): void {
  replaceIn(
    late(evidence),
    /^mountinfo$/,
    "259:1 / / ro,relatime - ext4 /dev/nvme0n1 ro",
    "0:35 /root / ro,relatime - btrfs /dev/nvme0n1 ro",
  );
}

/** What udev finds on one device of a btrfs. */
function memberOf(dev: string, number: number): string {
  return ["UUID=77", "TYPE=btrfs", `UUID_SUB=${number}`]
    .map((text) => `/run/udev/data/b${dev}\tE:ID_FS_${text}\n`)
    .join("");
}

function mountZfs(evidence: EditableEvidence, point: string): void {
  const mount = `0:40 / ${point} rw,relatime - zfs rpool/ROOT/debian rw`;
  if (point === "/") replaceIn(late(evidence), /^mountinfo$/, "259:1 / / ro,relatime - ext4 /dev/nvme0n1 ro", mount);
  else replaceIn(late(evidence), /^mountinfo$/, /$/, `70 60 ${mount}\n`);
}

/** What udev finds on a device of a ZFS pool. */
function poolOn(dev: string): string {
  return `/run/udev/data/b${dev}\tE:ID_FS_TYPE=zfs_member\n/run/udev/data/b${dev}\tE:ID_FS_LABEL=rpool\n`;
}

function mountOverlay(evidence: EditableEvidence, point: string, layers: string): void {
  replaceIn(late(evidence), /^mountinfo$/, /$/, `71 60 0:61 / ${point} rw,relatime - overlay overlay rw,${layers}\n`);
}
