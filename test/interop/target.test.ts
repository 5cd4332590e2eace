import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { CpioFile } from "../../src/acpi/cpio.ts";
import { completeBootDescription } from "../../src/boot/parse.ts";
import { loadModules, readModuleTree } from "../../src/lab/modules.ts";
import { configfsScript, removalScript } from "../../src/machine/target/configfs.ts";
import { targetOfBoot } from "../../src/machine/target/target-spec.ts";
import { debianKernel, guestInitrd, runGuest, staticBusybox } from "./guest.ts";
import { describeWith, scratchFolder } from "./machine.ts";

const host = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const hostId = "f8131bac-cdef-4165-866b-5998c1e67890";
const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
const nguid = "ace42e00-1510-2fce-2ee4-ac0000000001";

const kernel = debianKernel("trixie", "amd64");
const busybox = staticBusybox();
if ("missing" in kernel) console.log(`target: could not run: ${kernel.missing}`);
if (busybox === undefined) console.log("target: could not run: no static busybox (Debian: apt install busybox-static)");

/** A guest that is the target, and then its own host over the loopback address. */
async function targetGuest(script: string): Promise<Map<string, string>> {
  const path = (kernel as { path: string }).path;
  const release = path.replace(/^.*vmlinuz-/, "");
  const tree = readModuleTree(join(dirname(path), "..", "usr/lib/modules", release));
  const modules = loadModules(
    tree,
    ["loop", "brd", "nvmet", "nvmet_tcp", "nvme_tcp", "crc32c_generic"].filter((name) => tree.files.has(name)),
  );
  const extra: CpioFile[] = [
    { name: "modules", mode: 0o040755, data: new Uint8Array(0) },
    ...modules.map(({ name, bytes }) => ({ name: `modules/${name}.ko`, data: bytes })),
  ];
  const load = modules.map(({ name }) => `insmod /modules/${name}.ko`).join("\n");
  const folder = scratchFolder("target");
  writeFileSync(
    join(folder, "initrd.img"),
    guestInitrd(
      new Uint8Array(readFileSync(busybox!)),
      `${load}\nip link set lo up\nmount -t configfs none /sys/kernel/config\n${script}`,
      extra,
    ),
  );
  const { files } = await runGuest("qemu-system-x86_64", [
    "-M",
    "q35",
    "-m",
    "384",
    "-accel",
    "tcg",
    "-cpu",
    "max",
    "-nodefaults",
    "-kernel",
    path,
    "-initrd",
    join(folder, "initrd.img"),
    "-append",
    "console=ttyS0 panic=-1 quiet",
  ]);
  return new Map([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}

const boot = completeBootDescription({
  host: { nqn: host },
  interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "127.0.0.2/8" }],
  targets: [
    {
      nqn,
      portals: [4420, 4421].map((trsvcid) => ({ traddr: "127.0.0.1", trsvcid, interface: "nic0" })),
      namespaces: [
        { nsid: 1, uuid, nguid, image: "/dev/ram0" },
        { nsid: 7, uuid: "11111111-2222-4333-8444-555555555555", image: "/tmp/my disk.img" },
      ],
      digests: { header: true, data: true },
      serial: "LABSN0001",
      model: "nbft lab",
    },
  ],
});

describeWith(["qemu-system-x86_64"], "the configfs script in a Linux guest", () => {
  it.skipIf("missing" in kernel || busybox === undefined || !existsSync((kernel as { path: string }).path))(
    "serves the boot: identity, access list, both digests; and is taken away again",
    async () => {
      const { spec } = targetOfBoot(boot);
      const connect = (name: string, options: string) => `
exec 3<>/dev/nvme-fabrics
if echo "${options}" >&3 2>/tmp/error; then read answer <&3; echo "$answer" > /tmp/${name}; else cat /tmp/error > /tmp/${name}; fi
exec 3>&-
send connect/${name} cat /tmp/${name}`;
      const base = `transport=tcp,traddr=127.0.0.1,trsvcid=4420,nqn=${nqn}`;
      const files = await targetGuest(`
dd if=/dev/zero of="/tmp/my disk.img" bs=1M count=4 2>/dev/null
cat > /target.sh <<'SCRIPT'
${configfsScript(spec)}SCRIPT
cat > /remove.sh <<'SCRIPT'
${removalScript(spec)}SCRIPT
sh -x /target.sh > /tmp/out 2>&1; echo "exit $?" >> /tmp/out
send script cat /tmp/out
cd /sys/kernel/config/nvmet
send tree find . -type l -o -type f -name 'device_*' -o -type f -name 'addr_*' -o -type f -name 'attr_*' -o -type f -name enable
for f in subsystems/*/attr_serial subsystems/*/attr_model subsystems/*/attr_allow_any_host subsystems/*/namespaces/*/device_* subsystems/*/namespaces/*/enable ports/*/addr_tr*; do echo "$f=$(cat $f 2>/dev/null)"; done > /tmp/values
send values cat /tmp/values
cd /
${connect("digests", `${base},hostnqn=${host},hostid=${hostId},hdr_digest,data_digest`)}
${connect("stranger", `${base},hostnqn=nqn.2014-08.org.nvmexpress:uuid:00000000-0000-4000-8000-000000000000,hostid=00000000-0000-4000-8000-000000000000`)}
i=0; while [ ! -e /sys/block/nvme0n2 ] && [ ! -e /sys/block/nvme0n7 ] && [ $i -lt 30 ]; do sleep 0.2; i=$((i+1)); done
for b in /sys/block/nvme*n*; do echo "$(cat $b/uuid) $(cat $b/nguid 2>/dev/null) $(cat $b/nsid) $(cat $b/queue/logical_block_size)"; done > /tmp/blocks
send blocks cat /tmp/blocks
send model cat /sys/class/nvme/nvme0/model
for c in /sys/class/nvme/nvme*; do echo 1 > $c/delete_controller; done
sh /remove.sh > /tmp/out 2>&1; echo "exit $?" >> /tmp/out
send removal cat /tmp/out
send left find /sys/kernel/config/nvmet/hosts /sys/kernel/config/nvmet/ports /sys/kernel/config/nvmet/subsystems -mindepth 1`);

      expect(files.get("script")).toMatch(/exit 0\n$/);
      const values = new Map(
        files
          .get("values")!
          .trim()
          .split("\n")
          .map((line) => [line.replace(/=.*$/, ""), line.replace(/^[^=]*=/, "")]),
      );
      const value = (name: string) => values.get(`subsystems/${nqn}/${name}`);
      expect([value("attr_serial")?.trimEnd(), value("attr_model"), value("attr_allow_any_host")]).toEqual([
        "LABSN0001",
        "nbft lab",
        "0",
      ]);
      expect([
        value("namespaces/1/device_path"),
        value("namespaces/1/device_uuid"),
        value("namespaces/1/device_nguid"),
        value("namespaces/1/enable"),
      ]).toEqual(["/dev/ram0", uuid, nguid, "1"]);
      expect(value("namespaces/7/device_path")).toMatch(/^\/dev\/loop\d+$/);
      expect([
        values.get("ports/1/addr_traddr"),
        values.get("ports/2/addr_trsvcid"),
        values.get("ports/1/addr_trtype"),
      ]).toEqual(["127.0.0.1", "4421", "tcp"]);
      expect(files.get("tree")).toContain(`./subsystems/${nqn}/allowed_hosts/${host}`);

      // The kernel's own host connects with both digests, and sees the identity that the description gives.
      expect(files.get("connect/digests")).toMatch(/instance=\d+,cntlid=\d+/);
      expect(files.get("dmesg")).not.toMatch(/digest (error|mismatch)/i);
      const blocks = files.get("blocks")!;
      expect(blocks).toMatch(new RegExp(`^${uuid} ${nguid} 1 \\d+$`, "m"));
      expect(blocks).toMatch(/^11111111-2222-4333-8444-555555555555 .*7 512$/m);
      expect(files.get("model")!.trim()).toBe("nbft lab");

      // Another host is refused.
      expect(files.get("connect/stranger")).not.toMatch(/instance=/);
      expect(files.get("dmesg")).toMatch(/not allowed|is not allowed/);

      expect(files.get("removal")).toMatch(/exit 0\n$/);
      expect(files.get("left")).toBe("");
    },
  );
});
