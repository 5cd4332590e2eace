import { at, type Boot } from "../boot.ts";
import { type Claim, claim, passOrFail } from "../claim.ts";

/** Whether the files that name the host agree with the table: what connects later, from the running system, goes by them. */
export function* checkIdentityFiles(boot: Boot): Generator<Claim> {
  const host = boot.expectation.hosts[0];
  const stage = boot.stages.findLast(({ nvmeHostNqn, nvmeHostId }) => nvmeHostNqn ?? nvmeHostId);
  if (!stage || !host) return;
  const { nvmeHostNqn: nqn, nvmeHostId: id } = stage;
  const good = (nqn === undefined || nqn === host.nqn) && (id === undefined || id === host.id?.toLowerCase());
  yield claim("identity.files", {
    required: false,
    verdict: passOrFail(good),
    expected: `${host.nqn ?? "none"}, ${host.id ?? "none"}`,
    seen: `${nqn ?? "no hostnqn"}, ${id ?? "no hostid"}`,
    source: at(stage, "/etc/nvme/hostnqn, /etc/nvme/hostid"),
    hint: "They are those of the machine on which the image was built: another host id with the same host NQN is refused by the kernel",
  });
}
