import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { chooseFirmware } from "../../src/lab/firmware.ts";
import { configOverlay, hookOverlay, hostInitrd, targetInitrd } from "../../src/lab/initrds.ts";
import { diskArguments, hostNics, machineArguments, targetNics } from "../../src/lab/machines.ts";
import { readModuleTree } from "../../src/lab/modules.ts";
import { findProgram } from "../../src/lab/programs.ts";
import { chooseJoint } from "../../src/lab/session.ts";
import { busyboxFrom, kernelFrom, nvmeFrom, systemKernel } from "../../src/lab/system-parts.ts";
import { cpioEntries } from "../helpers/cpio.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-machines-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const links = [
  { id: 0, targetMac: "52:54:00:6e:62:00", hostMacs: ["ea:eb:d3:58:89:58"] },
  { id: 1, targetMac: "52:54:00:6e:62:01", hostMacs: ["ea:eb:d3:59:89:59", "ea:eb:d3:60:89:60"] },
];
const nic = (mac: string, link: number, bus: number, device: number, fn = 0) => ({
  mac,
  link,
  place: { bus, device, function: fn },
});

describe("networks between two machines", () => {
  it("are unix sockets from QEMU 7.2 on, and TCP before", async () => {
    expect(await chooseJoint([7, 2], 2)).toEqual({ kind: "stream" });
    expect(await chooseJoint([10, 0], 2)).toEqual({ kind: "stream" });
    const old = await chooseJoint([7, 1], 2);
    expect(old).toEqual({ kind: "socket", ports: [expect.any(Number), expect.any(Number)] });
    expect(targetNics(links, old)[1]).toMatch(/^socket,id=link0,listen=127\.0\.0\.1:\d+$/);
  });

  it("have paths without a folder, whose length has a limit", () => {
    expect(targetNics(links, { kind: "stream" }).slice(0, 4)).toEqual([
      "-netdev",
      "stream,id=link0,server=on,addr.type=unix,addr.path=link0.sock",
      "-device",
      "virtio-net-pci,netdev=link0,mac=52:54:00:6e:62:00,romfile=",
    ]);
  });

  it("join in a hub what is in one subnet", () => {
    const nics = [
      nic("ea:eb:d3:58:89:58", 0, 0, 3),
      nic("ea:eb:d3:59:89:59", 1, 0, 4),
      nic("ea:eb:d3:60:89:60", 1, 0, 5),
    ];
    const args = hostNics(nics, links, 0, "pc", { kind: "stream" }).join(" ");
    expect(args).toContain("hubport,id=hub1,hubid=1,netdev=link1");
    expect(args).toContain(
      "hubport,id=nic1,hubid=1 -device virtio-net-pci,netdev=nic1,mac=ea:eb:d3:59:89:59,bus=pci.0,addr=0x4.0,romfile=",
    );
    expect(args).not.toContain("hubid=0");
  });

  it("have ports for further buses, in the order in which firmware numbers them", () => {
    const args = hostNics([nic("ea:eb:d3:58:89:58", 0, 2, 0)], links.slice(0, 1), 2, "q35", { kind: "none" }).join(" ");
    expect(args).toMatch(
      /pcie-root-port,id=bus1,bus=pcie\.0,addr=0x1c,chassis=1 .*pcie-root-port,id=bus2,bus=pcie\.0,addr=0x1d,chassis=2/,
    );
    expect(args).toContain("bus=bus2,addr=0x0.0");
  });

  it("fill the first function of a card of which only the second is wanted", () => {
    const args = hostNics([nic("ea:eb:d3:58:89:58", 0, 0, 5, 1)], links.slice(0, 1), 0, "pc", { kind: "stream" }).join(
      " ",
    );
    expect(args).toContain("virtio-rng-pci,bus=pci.0,addr=0x5.0,multifunction=on");
    expect(args).toContain("addr=0x5.1,multifunction=on");
  });
});

describe("machineArguments", () => {
  const machine = { name: "host", machine: "pc", acceleration: "tcg", memory: 256, cpus: 1, more: ["-extra"] } as const;

  it("keep everything of the user's out, and end with the caller's own words", () => {
    const args = machineArguments(machine);
    for (const word of ["-nodefaults", "-no-user-config", "-no-reboot"]) expect(args).toContain(word);
    expect(args.at(-1)).toBe("-extra");
    expect(args).not.toContain("-kernel");
  });

  it("leave out the report's port where a serial port is to take it", () => {
    expect(machineArguments(machine).join(" ")).toContain("org.nbft.report");
    expect(machineArguments({ ...machine, serialReport: true }).join(" ")).not.toContain("virtio-serial");
  });

  it("double the commas of a disk's name", () => {
    expect(diskArguments("/a,b.img", 0)[1]).toContain("file=/a,,b.img,");
  });
});

describe("chooseFirmware", () => {
  it("takes a pair, a single file, or a folder, and copies the variables", () => {
    const folder = join(scratch, "firmware");
    mkdirSync(folder);
    for (const name of ["OVMF_CODE.fd", "OVMF_VARS.fd"]) writeFileSync(join(folder, name), name);
    const run = join(scratch, "run");
    mkdirSync(run);
    for (const wish of [folder, `${folder}/OVMF_CODE.fd:${folder}/OVMF_VARS.fd`]) {
      const args = chooseFirmware(wish).prepare(run);
      expect(args.filter((word) => word.startsWith("if=pflash"))).toHaveLength(2);
      expect(readFileSync(join(run, "vars.fd"), "utf8")).toBe("OVMF_VARS.fd");
    }
    expect(chooseFirmware(`${folder}/OVMF_CODE.fd`).prepare(run)).toHaveLength(2);
    expect(chooseFirmware("seabios").prepare(run)).toEqual([]);
  });

  it("says which file is not there", () => {
    expect(() => chooseFirmware("/no/CODE.fd:/no/VARS.fd")).toThrow("no firmware file /no/CODE.fd");
    expect(() => chooseFirmware(scratch)).toThrow("has no *CODE*.fd");
  });
});

describe("parts of this system", () => {
  const root = join(scratch, "system");
  const modules = (release: string, names: readonly string[]) => {
    const folder = join(root, "lib/modules", release);
    mkdirSync(join(folder, "kernel"), { recursive: true });
    writeFileSync(join(folder, "modules.builtin"), "kernel/virtio_pci.ko\n");
    for (const name of names) writeFileSync(join(folder, "kernel", `${name}.ko`), "");
    return folder;
  };
  const all = ["virtio_console", "virtio_net", "virtio_blk", "configfs", "nvmet", "nvmet-tcp", "8021q", "nvme-tcp"];

  it("are a kernel that has all that the guests need and an image that can be read", () => {
    modules("6.1", ["virtio_net"]);
    const folder = modules("6.0", all);
    expect(systemKernel(root)).toEqual({ unfit: "no readable image of kernel 6.0" });
    writeFileSync(join(folder, "vmlinuz"), "");
    expect(systemKernel(root)).toMatchObject({ from: "host", release: "6.0", image: join(folder, "vmlinuz") });
    // As Debian sid's packages lie unpacked.
    expect(systemKernel(root, "debian", "6.0-1")).toMatchObject({ from: "debian", release: "6.0", version: "6.0-1" });
    expect(systemKernel(join(scratch, "nowhere"))).toEqual({ unfit: "this system has no kernel modules" });
  });

  it("say what they lack", () => {
    const image = join(scratch, "vmlinuz-6.2");
    writeFileSync(image, "");
    const folder = modules(
      "6.2",
      all.filter((name) => name !== "nvmet-tcp"),
    );
    expect(kernelFrom(image, folder, "named", "6.2")).toEqual({ unfit: `the kernel of ${folder} lacks nvmet_tcp` });
    expect(kernelFrom(image, scratch, "named", "6.2")).toEqual({ unfit: `${scratch} holds no kernel modules` });
  });

  const script = (name: string, text: string) => {
    const file = join(scratch, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  it("are an nvme-cli that knows the table", () => {
    expect(nvmeFrom("/", script("nvme-2.4", "echo nvme version 2.4"), "host")).toMatchObject({
      unfit: expect.stringContaining("too old"),
    });
    expect(
      nvmeFrom("/", script("nvme-2.13", "echo nvme version 2.13; echo libnvme version 1.13"), "host"),
    ).toMatchObject({ version: "2.13", from: "host" });
    expect(nvmeFrom("/", script("nvme-none", "exit 1"), "host")).toMatchObject({
      unfit: expect.stringContaining("does not say its version"),
    });
  });

  it("are a static busybox with the applets that the guest scripts call", () => {
    expect(busyboxFrom(script("busybox", "echo cat"), "host")).toMatchObject({
      unfit: expect.stringContaining("lacks chmod"),
    });
    const own = findProgram("sh")!;
    expect(busyboxFrom(own, "host")).toMatchObject({ unfit: `${own} is not static` });
  });

  it("become initramfs archives with folders before what is in them", () => {
    const folder = modules("6.3", all);
    const tree = readModuleTree(folder);
    const busybox = script("static", "");
    const nvme = script("nvme", "");
    for (const archive of [targetInitrd(busybox, tree), hostInitrd(busybox, tree, { root: "/", path: nvme })]) {
      const names = cpioEntries(archive).map(({ name }) => name);
      for (const [i, name] of names.entries())
        if (name.includes("/")) expect(names.indexOf(name.slice(0, name.lastIndexOf("/")))).toBeLessThan(i);
      expect(names).toContain("init");
      expect(names).toContain("lib/modules/order");
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

it("overlays can be put one after the other", () => {
  for (const archive of [hookOverlay(), configOverlay("etc/nbft/host.conf", "connect\n")])
    expect(archive.length % 512).toBe(0);
});

const guest = join(import.meta.dirname, "../../src/lab/guest");
describe.each(readdirSync(guest).filter((name) => name.endsWith(".sh")))("guest script %s", (name) => {
  it("is read by every shell that is here", () => {
    for (const shell of ["dash", "bash", "busybox"]
      .map((each) => findProgram(each))
      .filter((each) => each !== undefined)) {
      const args = shell.endsWith("busybox") ? ["sh", "-n", join(guest, name)] : ["-n", join(guest, name)];
      expect(spawnSync(shell, args, { encoding: "utf8" }).stderr, shell).toBe("");
    }
  });

  it("has every function that its parts come from", () => {
    const text = readFileSync(join(guest, name), "utf8");
    const others = ["limit", "text", "attrs", "cat", "ip", "printf"];
    const used = [...text.matchAll(/(?:^|; then |do |\|\| )\s*part \S+ ([a-z_]+)/gm)].map(([, word]) => word!);
    expect(used.filter((word) => !others.includes(word) && !text.includes(`\n${word}() {`))).toEqual([]);
  });

  it.runIf(findProgram("shellcheck"))("has nothing that shellcheck warns of", () => {
    // Variables that busybox's udhcpc sets.
    const checked = spawnSync("shellcheck", ["-s", "sh", "-S", "warning", "-e", "SC2154,SC2034", join(guest, name)], {
      encoding: "utf8",
    });
    expect(checked.stdout).toBe("");
  });
});
