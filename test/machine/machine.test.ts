import { describe, expect, it } from "vitest";
import { completeBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { checkMachine, type Inspect } from "../../src/machine/qemu/check-machine.ts";
import { formatShell, shellComment, shellQuote } from "../../src/machine/qemu/command-text.ts";
import { isLibvirtItem, libvirtDomain } from "../../src/machine/qemu/libvirt.ts";
import { type MachineSpec, qemuCommand } from "../../src/machine/qemu/machine.ts";
import { type MachineNeeds, needsOfBoot, needsOfTables } from "../../src/machine/qemu/needs.ts";
import { userNetwork } from "../../src/machine/qemu/network.ts";
import { planPci } from "../../src/machine/qemu/pci-places.ts";
import { captureShape, describeNic, type PlanOptions, planMachine } from "../../src/machine/qemu/plan.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { escapeXml } from "../../src/text/xml.ts";
import { table } from "../helpers/vectors.ts";

const needs = (...names: string[]) => needsOfTables(names.map((name) => readNbft(table(name)).table));
const options = (more: Partial<PlanOptions> = {}): PlanOptions => ({
  name: "vm",
  architecture: "x86_64",
  machine: "q35",
  accelerators: ["kvm", "tcg"],
  cpus: 2,
  memory: 1024,
  firmware: { kind: "default" },
  tables: [{ path: "NBFT", size: 1133 }],
  ...more,
});
const plan = (wanted: MachineNeeds, more: Partial<PlanOptions> = {}) => planMachine(wanted, options(more));
const args = (spec: MachineSpec) => qemuCommand(spec).options.map((words) => words.join(" "));
const rules = (diagnostics: readonly { rule: string }[]) => diagnostics.map(({ rule }) => rule);

describe("what a boot needs", () => {
  it("of a table: one NIC for each MAC, with place and addresses", () => {
    expect(needs("multipath/")).toEqual({
      hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
      hostId: "ac1b13f8-efcd-6541-866b-5998c1e67890",
      nics: [
        {
          mac: "ea:eb:d3:58:89:58",
          pci: "0000:00:03.0",
          names: ["HFI 1"],
          networks: [{ vlan: 0, address: "192.168.101.30", prefixLength: 24, gateway: undefined, dhcp: false }],
        },
        {
          mac: "ea:eb:d3:59:89:59",
          pci: "0000:00:04.0",
          names: ["HFI 2"],
          networks: [{ vlan: 0, address: "192.168.110.30", prefixLength: 24, gateway: undefined, dhcp: false }],
        },
      ],
      destinations: [
        { traddr: "192.168.101.20", trsvcid: 4420 },
        { traddr: "192.168.110.20", trsvcid: 4420 },
      ],
    });
  });

  it("of a table with a VLAN, DHCP, discovery", () => {
    expect(needs("vlan/").nics[0]!.networks).toMatchObject([{ vlan: 7 }]);
    expect(needs("dhcp-rootpath/").nics[0]!.networks).toMatchObject([{ dhcp: true }]);
    expect(needs("discovery/").destinations).toContainEqual({ traddr: "192.168.101.20", trsvcid: 4420 });
  });

  it("of two tables that name the same card: one NIC with both networks", () => {
    const { nics } = needs("multipath/", "vlan/");
    expect(nics.map(({ mac, names }) => [mac, names])).toEqual([
      ["ea:eb:d3:58:89:58", ["HFI 1", "HFI 1"]],
      ["ea:eb:d3:59:89:59", ["HFI 2"]],
    ]);
    expect(nics[0]!.networks.map(({ vlan }) => vlan)).toEqual([0, 7]);
  });

  it("of a boot description, the same as of its table", () => {
    const boot = needsOfBoot(completeBootDescription(bootPresets["dual-path"].document));
    expect(boot.nics.map(({ mac, pci }) => [mac, pci])).toEqual(
      needs("multipath/").nics.map(({ mac, pci }) => [mac, pci]),
    );
    expect(boot.destinations).toEqual(needs("multipath/").destinations);
  });

  it("is said in one line", () => {
    expect(describeNic(needs("vlan/").nics[0]!)).toBe("HFI 1: 192.168.101.30/24 in VLAN 7");
    expect(describeNic({ mac: "", names: ["nic0"], networks: [{ dhcp: true }] })).toBe("nic0: DHCP");
  });
});

describe("PCI places", () => {
  it.each<[string, (string | undefined)[], string, unknown, string[]]>([
    ["bus 0", ["0000:00:03.0", "0000:00:04.0"], "q35", [], []],
    [
      "buses 1 and 2",
      ["0000:01:00.0", "0000:02:00.0"],
      "q35",
      [
        { bus: 1, device: 16 },
        { bus: 2, device: 17 },
      ],
      [],
    ],
    [
      "bus 2 alone needs two bridges",
      ["0000:02:00.0"],
      "virt",
      [
        { bus: 1, device: 16 },
        { bus: 2, device: 17 },
      ],
      [],
    ],
    ["a card in a bridge's slot", ["0000:00:10.0", "0000:01:00.0"], "q35", [{ bus: 1, device: 17 }], []],
    ["functions of one card", ["0000:00:03.0", "0000:00:03.1"], "q35", [], []],
    ["a function without a function 0", ["0000:00:03.1"], "q35", [], []],
    ["no place", [undefined], "q35", [], ["Q043"]],
    ["the machine's own slot", ["0000:00:1f.0"], "q35", [], ["Q042"]],
    ["ISA's slot of a pc", ["0000:00:01.0"], "pc", [], ["Q042"]],
    ["another segment", ["0001:00:03.0"], "q35", [], ["Q042"]],
    ["after an Express port at device 1", ["0000:01:01.0"], "q35", [], ["Q042"]],
    ["behind a PCI bridge at device 0", ["0000:01:00.0"], "pc", [], ["Q042"]],
    ["behind a PCI bridge at device 1", ["0000:01:01.0"], "pc", [{ bus: 1, device: 16 }], []],
    [
      "far buses, each after a root port of a root bus before it",
      ["0000:40:00.0", "0000:6a:00.0", "0000:6a:00.1", "0000:01:00.0"],
      "q35",
      [
        { bus: 1, device: 16 },
        { bus: 0x40, device: 0, root: { bus: 0x3f, device: 17 } },
        { bus: 0x6a, device: 0, root: { bus: 0x69, device: 18 } },
      ],
      [],
    ],
    [
      "far buses in a row after one root bus",
      ["0000:40:00.0", "0000:41:00.0"],
      "virt",
      [
        { bus: 0x40, device: 0, root: { bus: 0x3f, device: 16 } },
        { bus: 0x41, device: 1, root: { bus: 0x3f, device: 16 } },
      ],
      [],
    ],
    ["a far bus of a pc", ["0000:6a:01.0"], "pc", [], ["Q042"]],
    ["a far bus at device 1", ["0000:6a:01.0"], "q35", [], ["Q042"]],
    ["twice the same", ["0000:00:03.0", "0000:00:03.0"], "q35", [], ["Q042"]],
    ["a machine without PCI", ["0000:00:03.0"], "microvm", [], ["Q042"]],
  ])("%s", (_, wishes, machine, bridges, expected) => {
    const found = planPci(wishes, machine);
    expect(found.bridges).toEqual(bridges);
    expect(rules(found.diagnostics)).toEqual(expected);
    expect(found.places.filter(Boolean).length).toBe(
      expected.includes("Q042") ? wishes.length - 1 : wishes[0] === undefined ? 0 : wishes.length,
    );
  });
});

describe("QEMU's user network", () => {
  const nic = (network: Partial<MachineNeeds["nics"][number]["networks"][number]>) => ({
    mac: "",
    names: ["HFI 1"],
    networks: [{ dhcp: false, address: "192.168.101.30", prefixLength: 24, ...network }],
  });
  const target = [{ traddr: "192.168.101.20", trsvcid: 4420 }];

  it("gives the target's address to this host", () => {
    expect(userNetwork(nic({}), "nics[0]", target, undefined)).toEqual({
      diagnostics: [],
      backend: { kind: "user", network: "192.168.101.0/24", host: "192.168.101.20", dns: "192.168.101.3" },
    });
  });

  it("hands connections on with --target", () => {
    const { backend } = userNetwork(nic({ gateway: "192.168.101.1" }), "nics[0]", target, "10.1.2.3:4421");
    expect(backend).toMatchObject({
      host: "192.168.101.1",
      forwards: [{ address: "192.168.101.20", port: 4420, to: "10.1.2.3:4421" }],
    });
  });

  it("keeps out of the way of the guest's own address and lease", () => {
    const { backend } = userNetwork(nic({ address: "192.168.101.3", dhcp: true }), "nics[0]", [], undefined);
    expect(backend).toMatchObject({ host: "192.168.101.2", dns: "192.168.101.4", firstLease: "192.168.101.3" });
  });

  it.each([
    ["a VLAN", { vlan: 7 }, target, ["Q045"]],
    ["a gateway beside the target", { gateway: "192.168.101.1" }, target, ["Q044"]],
    ["two targets", {}, [...target, { traddr: "192.168.101.21", trsvcid: 4420 }], ["Q044"]],
    ["a target elsewhere", {}, [{ traddr: "10.0.0.1", trsvcid: 4420 }], []],
  ])("says what does not work: %s", (_, network, destinations, expected) => {
    expect(rules(userNetwork(nic(network), "nics[0]", destinations, undefined).diagnostics)).toEqual(expected);
  });

  it("has an IPv6 prefix for an IPv6 address, none for a link-local one", () => {
    expect(userNetwork(nic({ address: "2001:db8::30", prefixLength: 64 }), "n", [], undefined).backend).toEqual({
      kind: "user",
      prefix: "2001:db8::/64",
    });
    expect(userNetwork(nic({ address: "fe80::1", prefixLength: 64 }), "n", [], undefined).backend).toEqual({
      kind: "user",
    });
  });
});

describe("the command", () => {
  it("has the table, and each NIC at its place", () => {
    const { spec, route, diagnostics } = plan(needs("multipath/"));
    expect(route.name).toBe("acpitable");
    expect(diagnostics).toEqual([]);
    expect(args(spec)).toEqual([
      "-name vm",
      "-machine q35",
      "-accel kvm",
      "-accel tcg",
      "-cpu max",
      "-smp 2",
      "-m 1024",
      "-nodefaults",
      "-display none",
      "-serial mon:stdio",
      "-acpitable file=NBFT",
      "-netdev user,id=net0,net=192.168.101.0/24,host=192.168.101.20,dns=192.168.101.3",
      "-device virtio-net-pci,netdev=net0,mac=ea:eb:d3:58:89:58,bus=pcie.0,addr=0x3,romfile=",
      "-netdev user,id=net1,net=192.168.110.0/24,host=192.168.110.20,dns=192.168.110.3",
      "-device virtio-net-pci,netdev=net1,mac=ea:eb:d3:59:89:59,bus=pcie.0,addr=0x4,romfile=",
    ]);
  });

  it("has bridges for further buses, by machine", () => {
    const wanted = {
      ...needs("multipath/"),
      nics: needs("multipath/").nics.map((nic, i) => ({ ...nic, pci: `0000:0${i + 1}:0${i === 0 ? 1 : 2}.0` })),
    };
    const pc = args(plan(wanted, { machine: "pc" }).spec).filter((line) => line.startsWith("-device"));
    expect(pc[0]).toBe("-device pci-bridge,id=bus1,chassis_nr=1,addr=0x10");
    expect(pc[2]).toContain("bus=bus1,addr=0x1,romfile=");
    const q35 = { ...wanted, nics: wanted.nics.map((nic, i) => ({ ...nic, pci: `0000:0${i + 1}:00.0` })) };
    expect(args(plan(q35).spec).filter((line) => line.includes("root-port"))).toEqual([
      "-device pcie-root-port,id=bus1,bus=pcie.0,chassis=1,addr=0x10",
      "-device pcie-root-port,id=bus2,bus=pcie.0,chassis=2,addr=0x11",
    ]);
  });

  it("has root buses for far buses, and libvirt's controllers in a row", () => {
    const { nics } = needs("multipath/");
    const wanted = { nics: nics.map((nic, i) => ({ ...nic, pci: `0000:6a:00.${i}` })), destinations: [] };
    const { spec } = plan(wanted);
    const lines = args(spec).filter((line) => line.startsWith("-device"));
    expect(lines.slice(0, 2)).toEqual([
      "-device pxb-pcie,id=root105,bus_nr=105,bus=pcie.0,addr=0x10",
      "-device pcie-root-port,id=bus106,bus=root105,chassis=106,addr=0x0",
    ]);
    expect(lines[2]).toContain("bus=bus106,addr=0x0,multifunction=on");
    expect(lines[3]).toContain("bus=bus106,addr=0x0.0x1");
    expect(libvirtDomain(spec)).toContain("bus=pci.1,addr=0x0,multifunction=on");
    const xml = libvirtDomain(plan(wanted, { networks: [{ kind: "bridge", name: "br0" }] }).spec);
    expect(xml).toMatch(/index='2' model='pcie-expander-bus'>\s*<target busNr='105'\/>/);
    expect(xml).toMatch(/index='1' model='pcie-root-port'>[\s\S]*?bus='0x02' slot='0x00'/);
    expect(xml).toMatch(/<interface[\s\S]*?bus='0x01' slot='0x00' function='0x0' multifunction='on'/);
  });

  it("fills function 0 where only others are asked for", () => {
    const { nics } = needs("single-static/");
    const wanted = { nics: nics.map((nic) => ({ ...nic, pci: "0000:6a:00.1" })), destinations: [] };
    const { spec, diagnostics } = plan(wanted, { networks: [{ kind: "bridge", name: "br0" }] });
    expect(rules(diagnostics)).not.toContain("Q042");
    expect(args(spec)).toContain("-device virtio-rng-pci,bus=bus106,addr=0x0,multifunction=on");
    expect(libvirtDomain(spec)).toMatch(
      /<rng model='virtio'>[\s\S]*?bus='0x01' slot='0x00' function='0x0' multifunction='on'/,
    );
  });

  it("marks function 0 of a card with several functions", () => {
    const { nics } = needs("multipath/");
    const wanted = { nics: nics.map((nic, i) => ({ ...nic, pci: `0000:00:03.${i}` })), destinations: [] };
    const cards = args(plan(wanted).spec).filter((line) => line.startsWith("-device"));
    expect(cards[0]).toContain("addr=0x3,multifunction=on");
    expect(cards[1]).toContain("addr=0x3.0x1,romfile=");
  });

  it.each([
    [{ kind: "bridge", name: "br{n}" } as const, "-netdev bridge,id=net1,br=br1"],
    [{ kind: "tap", name: "tap{n}" } as const, "-netdev tap,id=net1,ifname=tap1,script=no,downscript=no"],
    [
      { kind: "stream", path: "/tmp/n{n}.sock" } as const,
      "-netdev stream,id=net1,server=off,addr.type=unix,addr.path=/tmp/n1.sock",
    ],
  ])("connects to %j", (backend, line) => {
    expect(args(plan(needs("multipath/"), { networks: [backend] }).spec)).toContain(line);
  });

  it("has forwards, firmware, disks, kernel, items and what else is asked for", () => {
    const { spec } = plan(needs("single-static/"), {
      target: "[::1]:4420",
      firmware: { kind: "flash", code: "CODE,1.fd", vars: "VARS.fd" },
      disks: [
        { path: "d.img", format: "raw", blockSize: 4096 },
        { path: "e.img", format: "qcow2", readonly: true },
      ],
      kernel: "vmlinuz",
      initrd: "initrd",
      commandLine: "console=ttyS0",
      fwCfg: [{ name: "opt/a", string: "b" }],
      smbios: { uuid: "f8131bac-cdef-4165-866b-5998c1e67890" },
      more: ["-s", "-S"],
    });
    expect(args(spec)).toEqual(
      expect.arrayContaining([
        "-drive if=pflash,format=raw,readonly=on,file=CODE,,1.fd",
        "-drive if=pflash,format=raw,file=VARS.fd",
        "-netdev user,id=net0,net=192.168.101.0/24,host=192.168.101.2,dns=192.168.101.3,guestfwd=tcp:192.168.101.20:4420-cmd:nc ::1 4420",
        "-drive if=none,id=disk0,format=raw,file=d.img",
        "-device virtio-blk-pci,drive=disk0,logical_block_size=4096,physical_block_size=4096",
        "-drive if=none,id=disk1,format=qcow2,file=e.img,readonly=on",
        "-kernel vmlinuz",
        "-initrd initrd",
        "-append console=ttyS0",
        "-fw_cfg name=opt/a,string=b",
        "-smbios type=1,uuid=f8131bac-cdef-4165-866b-5998c1e67890",
        "-s -S",
      ]),
    );
  });

  it("for a microvm has no PCI", () => {
    const { spec, route } = plan(needs("single-static/"), {
      machine: "microvm",
      kernel: "k",
      initrd: "i",
      initrdWithTables: "i2",
    });
    expect(route.name).toBe("initrd");
    expect(args(spec)).toContain("-initrd i2");
    expect(args(spec)).toContain("-device virtio-net-device,netdev=net0,mac=ea:eb:d3:58:89:58");
  });
});

describe("the way of the table", () => {
  it.each([
    ["none for a firmware that makes it", { tables: [] }, "variables"],
    ["the one asked for", { route: "initrd" as const, kernel: "k" }, "initrd"],
    [
      "acpi=off with items",
      { route: "table-loader" as const, items: [{ name: "etc/table-loader", file: "f" }] },
      "table-loader",
    ],
  ])("%s", (_, more, name) => {
    const { route, spec } = plan(needs("single-static/"), more);
    expect(route.name).toBe(name);
    expect(spec.tables).toEqual([]);
    if (name === "table-loader") {
      expect(spec.machine).toBe("q35,acpi=off");
      expect(spec.fwCfg).toEqual([{ name: "etc/table-loader", file: "f" }]);
    }
  });

  it.each<[Partial<PlanOptions>, RegExp]>([
    [{ architecture: "aarch64", machine: "virt", route: "acpitable" }, /Option not supported/],
    [{ route: "initrd" }, /initrd cannot be changed/],
    [{ architecture: "riscv64", machine: "virt" }, /acpitable: .*initrd: .*table-loader: /],
    [{ tables: [{ path: "t", size: 70_000 }], route: "acpitable" }, /65535/],
  ])("refuses %j with the reasons", (more, message) => {
    expect(() => plan(needs("single-static/"), more)).toThrow(message);
  });

  it("captures a machine of the same shape with nothing behind it that could be changed", () => {
    const { spec } = plan(needs("multipath/"), {
      disks: [{ path: "root.img", format: "qcow2" }],
      firmware: { kind: "flash", code: "C", vars: "V" },
      kernel: "k",
    });
    const lines = args(captureShape(spec));
    expect(lines.filter((line) => line.startsWith("-device")).length).toBe(3);
    expect(lines.join("\n")).not.toMatch(/root\.img|file=V|-kernel|-acpitable|kvm/);
    expect(lines).toContain("-serial null");
  });
});

describe("shell text", () => {
  it("quotes what a shell would take apart", () => {
    expect(shellQuote("plain-1.2_3,a=b:/x%+@")).toBe("plain-1.2_3,a=b:/x%+@");
    expect(shellQuote("a b")).toBe("'a b'");
    expect(shellQuote("it's $(x) `y`")).toBe("'it'\\''s $(x) `y`'");
    expect(shellQuote("")).toBe("''");
  });

  it("has one option a line, and comments that stay comments", () => {
    expect(formatShell({ program: "qemu", options: [["-a"], ["-b", "c d"]] })).toBe("qemu \\\n  -a \\\n  -b 'c d'\n");
    expect(shellComment("x\nrm -rf /\u2028y")).toBe("# x rm -rf / y");
  });
});

describe("libvirt", () => {
  const spec = plan(needs("multipath/"), {
    networks: [{ kind: "bridge", name: "br{n}" }],
    firmware: { kind: "flash", code: "/fw/CODE.fd", vars: "/vm/VARS.fd", template: "/fw/VARS.fd" },
    smbios: { uuid: "f8131bac-cdef-4165-866b-5998c1e67890", oemStrings: ["<&'\">"] },
    fwCfg: [
      { name: "opt/org.x/y", string: "v" },
      { name: "opt/ovmf/PcdSetNxForStack", string: "y" },
    ],
    disks: [{ path: "/vm/d.img", format: "raw", blockSize: 4096 }],
  }).spec;

  it("gets the table as a raw one from 11.2 on", () => {
    const xml = libvirtDomain(spec);
    expect(xml).toContain("<table type='raw'>NBFT</table>");
    expect(xml).not.toContain("-acpitable");
    expect(libvirtDomain(spec, { version: "11.2.0" })).toBe(xml);
  });

  it("gets it on QEMU's command line before", () => {
    const xml = libvirtDomain(spec, { version: "11.1.0" });
    expect(xml).toContain("<qemu:arg value='-acpitable'/>\n    <qemu:arg value='file=NBFT'/>");
    expect(xml).toContain("xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'");
    expect(xml).not.toContain("type='raw'>");
  });

  it("has NICs with their MACs and places, firmware, SMBIOS and blocks", () => {
    const xml = libvirtDomain(spec);
    expect(xml).toContain("<mac address='ea:eb:d3:58:89:58'/>");
    expect(xml).toContain("<source bridge='br1'/>");
    expect(xml).toContain("<address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>");
    expect(xml).toContain("<nvram template='/fw/VARS.fd'>/vm/VARS.fd</nvram>");
    expect(xml).toContain("<entry name='uuid'>f8131bac-cdef-4165-866b-5998c1e67890</entry>");
    expect(xml).toContain("<entry>&lt;&amp;&apos;&quot;&gt;</entry>");
    expect(xml).toContain("<blockio logical_block_size='4096' physical_block_size='4096'/>");
  });

  it("gives fw_cfg items of its own to libvirt, and those that libvirt refuses to QEMU", () => {
    const xml = libvirtDomain(spec);
    expect(xml).toContain("<entry name='opt/org.x/y'>v</entry>");
    expect(xml).toContain("<qemu:arg value='name=opt/ovmf/PcdSetNxForStack,string=y'/>");
    expect(["opt/org.x/y", "opt/ovmf/x", "opt/org.qemu/x", "etc/x"].map(isLibvirtItem)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("puts NICs that it has no element for on QEMU's command line", () => {
    const xml = libvirtDomain(plan(needs("single-static/")).spec);
    expect(xml).not.toContain("<interface");
    expect(xml).toContain("<qemu:arg value='-netdev'/>");
  });

  it("has no ACPI feature where the machine has none", () => {
    const { spec: loader } = plan(needs("single-static/"), {
      route: "table-loader",
      items: [{ name: "etc/table-loader", file: "/f" }],
    });
    const xml = libvirtDomain(loader);
    expect(xml).toContain("<features/>");
    expect(xml).toContain("<qemu:arg value='name=etc/table-loader,file=/f'/>");
  });

  it("escapes every text", () => {
    expect(escapeXml("<a b='c' d=\"e\">&\n\u0001\ud800")).toBe(
      "&lt;a b=&apos;c&apos; d=&quot;e&quot;&gt;&amp;&#10;\ufffd\ufffd",
    );
  });
});

describe("the check before a start", () => {
  const nvram = Uint8Array.from(
    { length: 72 },
    (_, i) =>
      [0x8d, 0x2b, 0xf1, 0xff, 0x96, 0x76, 0x8b, 0x4c, 0xa9, 0x85, 0x27, 0x47, 0x07, 0x5b, 0x4f, 0x50][i - 16] ??
      [0x5f, 0x46, 0x56, 0x48][i - 40] ??
      0,
  );
  const files: Record<string, { size: number; bytes?: Uint8Array }> = {
    NBFT: { size: 1133, bytes: table("multipath/") },
    CODE4M: { size: 3_653_632, bytes: new Uint8Array(72) },
    VARS4M: { size: 540_672, bytes: nvram },
    CODE2M: { size: 1_966_080, bytes: new Uint8Array(72) },
    VARS2M: { size: 131_072, bytes: nvram },
    ARM: { size: 64 << 20, bytes: new Uint8Array(72) },
    ARMVARS: { size: 64 << 20, bytes: nvram },
    big: { size: 65_536, bytes: new Uint8Array(65_536) },
    apic: {
      size: 44,
      bytes: Uint8Array.from({ length: 44 }, (_, i) => [0x41, 0x50, 0x49, 0x43, 44][i] ?? (i === 9 ? 183 : 0)),
    },
  };
  const inspect: Inspect = (path) => {
    const file = files[path];
    return file && { size: file.size, head: (length) => file.bytes!.slice(0, length), bytes: () => file.bytes };
  };
  const check = (more: Partial<PlanOptions>, change: Partial<MachineSpec> = {}) => {
    const { spec } = plan(needs("multipath/"), more);
    return checkMachine({ ...spec, ...change }, inspect).map(({ rule, message }) => `${rule} ${message}`);
  };
  const flash = (code: string, vars?: string, template?: string) => ({
    firmware: { kind: "flash", code, vars, template } as const,
  });

  it.each<[string, string[]]>([
    ["nothing in a sound machine", check({})],
    ["nothing with a 4M pair", check(flash("CODE4M", "VARS4M"))],
    ["nothing with a 2M pair", check(flash("CODE2M", "VARS2M"))],
    ["nothing with variables still to be copied", check(flash("CODE4M", "new.fd", "VARS4M"))],
    [
      "nothing with Arm's flash",
      check({ ...flash("ARM", "ARMVARS"), architecture: "aarch64", machine: "virt", route: "variables" }),
    ],
  ])("finds %s", (_, found) => {
    expect(found).toEqual([]);
  });

  it.each<[string, string[], RegExp]>([
    [
      "a pair of two builds",
      check(flash("CODE4M", "VARS2M")),
      /^Q030 CODE4M has 3653632 bytes \(4M build\), VARS2M has 131072 \(2M build\): they are not a pair/,
    ],
    ["a template of another build", check(flash("CODE2M", "new.fd", "VARS4M")), /^Q030/],
    ["CODE and VARS exchanged", check(flash("VARS4M", "CODE4M")), /^Q031 CODE4M does not start with a variable store/],
    [
      "code that is not there",
      check(flash("nope", "VARS4M")),
      /^Q033 Could not open 'nope': No such file or directory/,
    ],
    ["variables that are not there", check(flash("CODE4M", "nope")), /^Q033 Could not open 'nope'/],
    [
      "a flash above 8 MiB on a PC",
      check(flash("ARM", "ARMVARS")),
      /^Q032 combined size of system firmware exceeds 8388608 bytes/,
    ],
    [
      "another size than Arm's flash has",
      check({ ...flash("CODE4M", "ARMVARS"), architecture: "aarch64", machine: "virt", route: "variables" }),
      /^Q032 CODE4M: device requires 67108864 bytes, block backend provides 3653632 bytes/,
    ],
    ["no firmware on Arm", check({ architecture: "aarch64", machine: "virt", route: "variables" }), /^Q034/],
    ["a -bios file that is not there", check({ firmware: { kind: "bios", file: "nope" } }), /^Q033/],
    [
      "a table of 65536 bytes",
      check({}, { tables: [{ file: ["big"] }] }),
      /^Q001 ACPI table too big, requested: 65536, max: 65535/,
    ],
    [
      "a table that is not there",
      check({}, { tables: [{ file: ["nope"] }] }),
      /^Q033 can't open file nope: No such file or directory/,
    ],
    ["a path with a colon", check({}, { tables: [{ file: ["a:b"] }] }), /^Q005/],
    [
      "another table than an NBFT",
      check({}, { tables: [{ file: ["apic"] }] }),
      /^Q011 the guest sees "APIC", not NBFT/,
    ],
    [
      "a table on Arm",
      check({}, { architecture: "aarch64", machine: "virt", firmware: { kind: "bios", file: "CODE4M" } }),
      /^Q007 Option not supported for this target/,
    ],
    ["a table with ACPI off", check({}, { machine: "pc,acpi=off" }), /^Q051/],
    ["a table on a microvm", check({}, { machine: "microvm" }), /^Q051 microvm accepts -acpitable and drops/],
    [
      "an item's file that is not there",
      check({ fwCfg: [{ name: "opt/a", file: "nope" }] }),
      /^Q033 can't load nope: Failed to open file “nope”/,
    ],
    ["QEMU's own item", check({ fwCfg: [{ name: "etc/acpi/rsdp", string: "x" }] }), /^Q021.*\n?/],
    [
      "an id twice",
      check({}, { nics: plan(needs("multipath/")).spec.nics.map((nic) => ({ ...nic, id: "net0" })) }),
      /^Q040 Duplicate ID 'net0'/,
    ],
    [
      "an id that is none",
      check({}, { nics: plan(needs("single-static/")).spec.nics.map((nic) => ({ ...nic, id: "0 x" })) }),
      /^Q040 Parameter 'id' expects an identifier/,
    ],
    [
      "a MAC twice",
      check({}, { nics: plan(needs("multipath/")).spec.nics.map((nic) => ({ ...nic, mac: "52:54:00:00:00:01" })) }),
      /^Q041/,
    ],
    [
      "a multicast MAC",
      check({}, { nics: plan(needs("single-static/")).spec.nics.map((nic) => ({ ...nic, mac: "01:00:5e:00:00:01" })) }),
      /^Q041 .*multicast/,
    ],
    ["a kernel that is not there", check({ kernel: "nope" }), /^Q033 Could not open 'nope'/],
    ["a disk that is not there", check({ disks: [{ path: "nope", format: "raw" }] }), /^Q033/],
    ["a UUID that is none", check({ smbios: { uuid: "x" } }), /^Q060/],
  ])("finds %s", (_, found, message) => {
    expect(found[0]).toMatch(message);
  });
});
