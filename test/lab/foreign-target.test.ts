import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { concatBytes } from "../../src/bytes/concat.ts";
import { probeAcceleration } from "../../src/lab/acceleration.ts";
import { buildLab } from "../../src/lab/build.ts";
import { configOverlay } from "../../src/lab/initrds.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import { diskArguments, machineArguments } from "../../src/lab/machines.ts";
import { findQemu } from "../../src/lab/qemu-program.ts";
import { runLab } from "../../src/lab/run.ts";
import { startMachine } from "../../src/lab/session.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { build, quiet } from "./ready.ts";
import { scenarios } from "./scenarios.ts";

const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const subsystem = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

it.runIf(process.env["NBFT_LAB"] === "all")(
  "connects to a target that runs elsewhere, at the table's own address",
  async () => {
    await withChildren(async (children) => {
      const work = { children, ...quiet };
      const lab = await buildLab({ ...build, depth: "connect" }, work);
      const { acceleration } = await probeAcceleration(findQemu(), lab, build.cache, work);
      const folder = mkdtempSync(join(build.cache, "foreign-"));
      children.watchFolder(folder);
      const port = await freePort();
      const mac = "52:54:00:00:00:01";
      const config = [
        `user ${mac} 10.0.2.15/24 10.0.2.2`,
        `subsystem ${subsystem} FOREIGN1`,
        `namespace ${subsystem} 1 /dev/vda bee9c2b7-1761-44b5-a4e6-0f690498a94b -`,
        "port 1 ipv4 10.0.2.15 4420",
        `serve 1 ${subsystem}`,
        `allow ${subsystem} ${hostNqn}`,
        "",
      ].join("\n");
      writeFileSync(
        join(folder, "initrd"),
        concatBytes([readFileSync(lab.targetInitrd), configOverlay("etc/nbft/target.conf", config)]),
      );
      const foreign = startMachine(
        "foreign",
        findQemu(),
        machineArguments({
          name: "foreign",
          machine: "pc",
          acceleration,
          memory: 192,
          cpus: 1,
          kernel: lab.kernel.image,
          initrd: "initrd",
          commandLine: "console=ttyS0 panic=-1 quiet nbft.nonce=0123456789",
          more: [
            ...diskArguments(lab.rootImage, 0),
            ...["-netdev", `user,id=outside,hostfwd=tcp:127.0.0.1:${port}-:4420`],
            ...["-device", `virtio-net-pci,netdev=outside,mac=${mac},romfile=`],
          ],
        }),
        folder,
        children,
      );
      try {
        expect(await foreign.says("report", "READY", 120)).toBe(true);
        const { evidence } = await runLab(
          {
            tables: scenarios.find(({ name }) => name === "connect-static")!.tables(),
            depth: "connect",
            via: "acpitable",
            firmware: "seabios",
            build,
            target: { address: "127.0.0.1", port },
          },
          work,
        );
        const { judgement, claims } = verifyBoot(evidence);
        expect(claims.filter(({ verdict, required }) => required && verdict !== "pass")).toEqual([]);
        expect(judgement).toBe("proved");
        // Its own word is not there to be had.
        expect(claims.find(({ id }) => id === "target.host")).toMatchObject({ verdict: "unknown", required: false });
        expect(new TextDecoder().decode(foreign.read("console"))).toContain(`for NQN ${hostNqn}`);
      } finally {
        await foreign.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);
