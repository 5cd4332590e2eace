import { at, type Boot } from "../boot.ts";
import { type Claim, claim, type Finding } from "../claim.ts";
import type { ProgramFacts } from "../facts/programs.ts";

/** Programs that connect to what the tables name and to nothing else: dracut's nvmf module, and the lab's quick host. */
const known = /(?:^|\/)(?:nvmf-autoconnect\.sh|nbftroot(?:\.sh)?)$/;

/** Owner that nvme-cli 3.1 and later writes for connections of `connect-all --nbft`. */
const ownerOfTables = "nbft";

/** Who made each connection: by nvme-cli's own registry where there is one, else by the kernel's record of programs. */
export function* checkOwners(boot: Boot): Generator<Claim> {
  if (!boot.connects) return;
  const stage = boot.initramfs ?? boot.last;
  const registry = boot.stages.findLast(({ owners }) => owners.size > 0);
  const record = boot.stages.find(({ makers }) => makers !== undefined);
  if (!registry && !record) return;
  for (const { name, transport } of stage?.controllers ?? []) {
    if (transport === undefined || transport === "pcie" || transport === "apple-nvme") continue;
    const owner = registry?.owners.get(name);
    const made = record && maker(boot, record.makers!.get(name));
    // Whoever connects can write into the registry, too.
    if (owner !== undefined && made?.verdict !== "fail") {
      yield claim("origin.owner", {
        about: name,
        verdict: owner === ownerOfTables ? "pass" : "fail",
        expected: `owner ${ownerOfTables}`,
        seen: `owner ${owner}`,
        source: at(registry, `/run/nvme/registry/${name}/owner`),
        hint: "Another service or command connected it, not what reads the tables",
      });
    } else if (made) {
      yield claim("origin.owner", {
        about: name,
        ...made,
        expected: boot.dracut ? "nvme, started by dracut's nvmf-autoconnect.sh" : "nvme, started by the quick host",
        source: at(record!, "/sys/kernel/tracing/trace"),
        hint: "Another program in the initramfs connected it: the boot does not prove that the table would have",
      });
    }
  }
}

function maker(boot: Boot, program: ProgramFacts | undefined): Pick<Finding, "verdict" | "required" | "seen"> {
  if (!program) return { verdict: "unknown", required: false, seen: "not in the kernel's record" };
  const { path, startedBy } = program;
  const seen = [path, ...startedBy].join(" ← ");
  if (!/(?:^|\/)nvme$/.test(path)) return { verdict: "fail", seen };
  // Of a whole system's units and other stacks' ways this record does not show what they read.
  const direct = startedBy.length === 0 || /(?:^|\/)(?:systemd|init)$/.test(startedBy[0]!);
  const good = startedBy.some((name) => known.test(name)) || (direct && !boot.dracut);
  if (good) return { verdict: "pass", seen };
  return direct ? { verdict: "unknown", required: false, seen } : { verdict: "fail", seen };
}
