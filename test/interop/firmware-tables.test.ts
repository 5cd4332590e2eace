import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseBootFacts } from "../../src/predict/facts.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import {
  attemptEdits,
  createVariableStore,
  editVariableStore,
  encodeBootOption,
  encodeU16List,
  runSetattempt,
  type StoreEdit,
  vendorGuids,
} from "../../src/uefi/index.ts";
import { runCli } from "../helpers/cli.ts";
import { shellPath } from "../helpers/shell-path.ts";
import { firmwareFolder, firmwareMissing } from "./firmware-shell.ts";
import { scratchFolder, startMachine } from "./machine.ts";
import { Target } from "./nvme-tcp-target.ts";

const missing = firmwareMissing();
if (missing !== undefined) console.log(`Timberland firmware: could not run: ${missing}`);

/** Boots into the shell with two cards on QEMU's user network; test/vectors/firmware-shell/ORIGIN.md tells more. */
const folder = "test/vectors/firmware-shell";
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "Config")));
const macs = ["52:54:00:12:34:56", "52:54:00:12:34:57"];
/** Port of the target in every Config. */
const port = 4420;
/** Guest memory; the firmware's tables are below its end. */
const megabytes = 256;

const global = (name: string, data: Uint8Array): StoreEdit => ({
  kind: "set",
  variable: { guid: vendorGuids.global, name, attributes: 7, data },
});
const shellFirst = [
  global("Boot0007", encodeBootOption({ description: "Shell", paths: [shellPath] })),
  global("BootOrder", encodeU16List([7])),
];

/** Boots the firmware into its shell and takes its table out of memory; undefined when the shell is not reached. */
async function tableOfBoot(config: Uint8Array, secondNetwork: string): Promise<Uint8Array | undefined> {
  const place = scratchFolder("firmware-table");
  const { variables } = runSetattempt(config);
  const edits = [...attemptEdits(variables!, []), ...shellFirst];
  writeFileSync(join(place, "vars.fd"), editVariableStore(createVariableStore("4M"), edits).bytes);
  copyFileSync(join(firmwareFolder!, "OVMF_CODE.fd"), join(place, "code.fd"));
  writeFileSync(join(place, "startup.nsh"), "@echo -off\r\nmap -r\r\necho EVERYTHING-CONNECTED\r\nstall 600000000\r\n");
  writeFileSync(join(place, "disk.img"), new Uint8Array(4 << 20));
  execFileSync("mkfs.vfat", [join(place, "disk.img")], { stdio: "ignore" });
  execFileSync("mcopy", ["-i", join(place, "disk.img"), join(place, "startup.nsh"), "::startup.nsh"]);
  const drive = (options: string, file: string) => ["-drive", `${options},format=raw,file=${join(place, file)}`];
  const card = (n: number, network: string) => [
    ...["-netdev", `user,id=n${n},net=${network}`],
    ...["-device", `virtio-net-pci,netdev=n${n},mac=${macs[n]},romfile=,addr=${3 + n}`],
  ];
  const machine = await startMachine("qemu-system-x86_64", [
    ...["-machine", "q35,accel=tcg", "-m", String(megabytes), "-no-reboot"],
    ...drive("if=pflash,readonly=on", "code.fd"),
    ...drive("if=pflash", "vars.fd"),
    ...drive("if=virtio", "disk.img"),
    ...["-serial", `file:${join(place, "serial")}`],
    ...card(0, "10.0.2.0/24"),
    ...card(1, secondNetwork),
  ]);
  try {
    const serial = () => (existsSync(join(place, "serial")) ? readFileSync(join(place, "serial"), "latin1") : "");
    const end = Date.now() + 120_000;
    while (!serial().includes("EVERYTHING-CONNECTED")) {
      if (Date.now() > end) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const filename = join(place, "memory");
    await machine.execute("pmemsave", { val: 0, size: megabytes << 20, filename });
    const { bytes, code } = await runCli(["dump", "--from", "memory", "-o", "binary", filename]);
    expect(code).toBe(0);
    return bytes;
  } finally {
    await machine.end();
  }
}

describe.skipIf(missing !== undefined)("the real Timberland firmware publishes what is predicted", () => {
  const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
  const target = new Target({ nqn, uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b", disk: new Uint8Array(1 << 20) });
  let ipv6: Server;

  beforeAll(async () => {
    expect(await target.listen(), "port 4420 must be free").toBe(port);
    // QEMU shows ::1 as fec0::2; the target listens on IPv4 only.
    ipv6 = createServer((socket) => {
      const inner = connect(port, "127.0.0.1");
      for (const [from, to] of [[socket, inner] as const, [inner, socket] as const])
        from.pipe(to).on("error", () => from.destroy());
    });
    await new Promise<void>((resolve) => ipv6.listen(port, "::1", resolve));
  });
  afterAll(async () => {
    ipv6.close();
    await target.close();
  });

  test.each(cases)("%s", async (name) => {
    const config = new Uint8Array(readFileSync(join(folder, name, "Config")));
    const { facts } = parseBootFacts(readFileSync(join(folder, name, "facts.json"), "utf8"));
    const published = await tableOfBoot(config, name.includes("same-network") ? "10.0.2.0/24" : "10.0.3.0/24");
    const predicted = predictNbft(runSetattempt(config).variables!, { facts }).bytes;
    if (process.env["NBFT_WRITE_VECTORS"] === "1" && published) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "NBFT.bin"), published);
    }
    expect(published && Buffer.from(published).toString("hex")).toBe(
      predicted && Buffer.from(predicted).toString("hex"),
    );
  });
});
