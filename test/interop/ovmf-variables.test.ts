import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeDmpstore } from "../../src/uefi/files/dmpstore.ts";
import {
  attemptEdits,
  createVariableStore,
  editVariableStore,
  encodeFirmwareConfig,
  readVariableStore,
} from "../../src/uefi/index.ts";
import { bootShell } from "./firmware-shell.ts";
import { hasProgram } from "./machine.ts";

const builds = [
  { size: "4M", code: "/usr/share/OVMF/OVMF_CODE_4M.fd", maxVariable: 0x8400 },
  { size: "2M", code: "/usr/share/OVMF/OVMF_CODE.fd", maxVariable: 0x2000 },
] as const;
const missing = [
  ...["qemu-system-x86_64", "mkfs.vfat", "mcopy"].filter((name) => !hasProgram(name)),
  ...builds.map(({ code }) => code).filter((path) => !existsSync(path)),
];
if (missing.length > 0) console.log(`OVMF: could not run: ${missing.join(", ")} not installed`);

const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const config = {
  hostNqn,
  hostId: hostNqn.slice(-36),
  attempts: [
    {
      attemptName: "Attempt1",
      macString: "52:54:00:12:34:56",
      targetPort: 4420,
      enabled: 1,
      ipMode: 1,
      targetIp: "fd00::1",
      nqn: "nqn.2014-08.org.example:sub",
    },
  ],
};

// It knows nothing of NVMe-oF, but keeps variables in the same kind of store.
describe.skipIf(missing.length > 0)("the distribution's OVMF", () => {
  test.each(builds)(
    "shows what a $size store made here holds, and leaves it sound",
    async ({ size, code, maxVariable }) => {
      const edits = attemptEdits(encodeFirmwareConfig(config), [], { maxVariable });
      const wanted = edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : []));
      expect(wanted.map(({ name }) => name)).toEqual(["Nvmeof_Attemptconfig", "NvmeofGlobalData", "525400123456"]);
      const boot = await bootShell({
        store: editVariableStore(createVariableStore(size), edits).bytes,
        script: wanted.map(({ name, guid }, i) => `dmpstore ${name} -guid ${guid} -s ${i}.bin`),
        code,
        seconds: 240,
      });
      expect(boot.ended).toBe(true);
      expect(wanted.map((_, i) => decodeDmpstore(boot.file(`${i}.bin`)!))).toEqual(
        wanted.map((variable) => [variable]),
      );
      expect(readVariableStore(boot.store).diagnostics).toEqual([]);
    },
  );
});
