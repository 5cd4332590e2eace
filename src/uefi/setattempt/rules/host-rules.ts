import { parseUuid } from "../../../text/uuid.ts";
import { type ConfigRule, configRule } from "./rule.ts";

/** Rules about the host. */
export const configHostRules: readonly ConfigRule[] = [
  configRule({
    code: "A101",
    name: "host-id-zero",
    severity: "error",
    summary: "The first stored byte of the host identifier, the fourth of its text, is not 00.",
    why: "Zero there means that there is no identifier: the tool stores nothing, and newer drivers use the SMBIOS UUID instead.",
    hint: "Choose another UUID",
    *check({ hostId }) {
      const bytes = parseUuid(hostId);
      if (bytes?.[3] !== 0) return;
      const missing = bytes.every((byte) => byte === 0);
      const message = missing
        ? "There is no HostId, so nothing is stored"
        : `HostId ${hostId} has 00 as its fourth byte, the first that is stored: it counts as missing`;
      yield { path: "hostId", message, hint: missing ? "Add HostId:UUID" : "Choose another UUID" };
    },
  }),
  configRule({
    code: "A102",
    name: "host-nqn-missing",
    severity: "error",
    summary: "There is a host NQN.",
    why: "The tool stores nothing without one.",
    hint: "Add HostNqn:nqn.2014-08.org.nvmexpress:uuid:UUID",
    *check({ hostNqn }) {
      if (hostNqn === "") yield { path: "hostNqn", message: "There is no HostNqn, so nothing is stored" };
    },
  }),
  configRule({
    code: "A103",
    name: "host-nqn-form",
    severity: "warning",
    summary: "The host NQN begins with `nqn.`.",
    why: "The firmware sends any value; targets compare it with their list of hosts.",
    hint: "Write nqn.YYYY-MM.DOMAIN:NAME, or nqn.2014-08.org.nvmexpress:uuid:UUID",
    *check({ hostNqn }) {
      if (hostNqn !== "" && !hostNqn.startsWith("nqn.")) {
        yield { path: "hostNqn", message: `HostNqn ${JSON.stringify(hostNqn)} does not begin with "nqn."` };
      }
    },
  }),
  configRule({
    code: "A104",
    name: "host-id-order",
    severity: "warning",
    summary: "Target and operating system see the host identifier that is in the host NQN.",
    why: "Released firmware sends the identifier in EFI_GUID byte order: the first three groups arrive reversed, and Linux, which takes it from the NBFT, uses that other UUID together with the NQN.",
    hint: "Write HostId with its first three groups reversed, to have the UUID of the host NQN on the wire",
    *check({ hostNqn, hostId }) {
      const uuid = /:uuid:([0-9a-fA-F-]{36})$/.exec(hostNqn)?.[1];
      const bytes = parseUuid(hostId);
      if (!bytes || uuid?.toLowerCase() !== hostId) return;
      const swapped = hostId.replace(/^(..)(..)(..)(..)-(..)(..)-(..)(..)/, "$4$3$2$1-$6$5-$8$7");
      if (swapped === hostId) return;
      const message = `HostId equals the UUID of the host NQN, but released firmware sends it as ${swapped}`;
      yield { path: "hostId", message, hint: `Write HostId:${swapped} to have the NQN's UUID on the wire` };
    },
  }),
];
