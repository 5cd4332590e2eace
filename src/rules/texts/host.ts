import { longNqn } from "../example-texts.ts";
import type { RuleTexts } from "../rule.ts";

const zero = "00000000-0000-0000-0000-000000000000";
const ones = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** What the rules in `../host.ts` say, and their examples. */
export const hostTexts: RuleTexts = {
  O001: {
    summary: "The Host Descriptor has structure id 2.",
    why: "There is exactly one Host Descriptor; readers do not use a table without it.",
    good: {},
    bad: [{ model: { "host.structureId": 3 }, finds: ["host.structureId"] }],
  },
  O002: {
    summary: "The Host Descriptor is valid.",
    why: "The host connects with the identity in it.",
    good: {},
    bad: [{ model: { "host.flags.valid": false }, finds: ["host.flags.valid"] }],
  },
  O003: {
    summary: "Reserved bits of the host flags are zero, and Primary Admin Host does not have its reserved value.",
    why: "Bits 7 to 5 and the value 3 are reserved; nvme-cli prints that value as reserved.",
    good: {},
    bad: [
      { model: { "host.flags.reserved": 0x80 }, finds: ["host.flags"] },
      { model: { "host.flags.primaryAdminHost": "reserved" }, finds: ["host.flags.primaryAdminHost"] },
    ],
  },
  O004: {
    summary: "There is a host NQN.",
    why: "A host always connects with a host NQN. Some firmware without a configuration publishes tables without one.",
    good: {},
    bad: [{ model: { "host.hostNqn": undefined }, finds: ["host.hostNqn"] }],
  },
  O005: {
    summary: "The host NQN is a NUL-terminated string inside the heap.",
    why: "Readers do not use a table without the host NQN.",
    good: {},
    bad: [{ stored: { "host.hostNqnRef": { offset: 0x10 } }, finds: ["host.hostNqnRef"] }],
  },
  O006: {
    summary: "The host NQN follows the grammar of NQNs and has at most 223 bytes.",
    why: "Controllers compare host NQNs byte by byte and may refuse others.",
    good: { model: { "host.hostNqn": "nqn.2024-01.com.example:host-1" } },
    bad: [
      { model: { "host.hostNqn": "host-1" }, finds: ["host.hostNqn"] },
      { model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:1234" }, finds: ["host.hostNqn"] },
      { heap: longNqn, stored: { "host.hostNqnRef": { added: 0, length: longNqn.length } }, finds: ["host.hostNqn"] },
    ],
  },
  O014: {
    summary: "The UUID of a host NQN is in lower case.",
    why: "Controllers compare host NQNs byte by byte, and readers differ in the case: an NQN copied from one of them may differ from the one that connects.",
    good: {},
    bad: [
      {
        model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:F8131BAC-CDEF-4165-866B-5998C1E67890" },
        finds: ["host.hostNqn"],
      },
    ],
  },
  O015: {
    summary: "No other host has the same host NQN.",
    why: "Targets know hosts by their NQN, and let each to its namespaces. The well-known discovery NQN, that of a subsystem, or one with a UUID of zeros or ones is not one host's.",
    good: {},
    bad: [
      { model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress.discovery" }, finds: ["host.hostNqn"] },
      {
        model: { "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-000000000000" },
        finds: ["host.hostNqn"],
      },
    ],
  },
  O007: {
    summary: "The Host ID is not zero.",
    why: "Zero means that the firmware had no Host ID; the host then connects with its own.",
    good: {},
    bad: [{ model: { "host.hostId": zero }, finds: ["host.hostId"] }],
  },
  O008: {
    summary: "The Host ID is not all ones.",
    why: "Early firmware wrote FFh if it had no Host ID.",
    good: {},
    bad: [{ model: { "host.hostId": ones }, finds: ["host.hostId"] }],
  },
  O009: {
    summary: "The Host ID has the byte order of the host NQN's UUID.",
    why: "Specification: the Host ID is the value used in Connect. Practice: most firmware built on EDK2 stores it as an EFI_GUID, with its first three fields reversed; readers use the bytes as they are, so that Linux and the firmware connect with different Host IDs.",
    good: {},
    bad: [{ model: { "host.hostId": "ac1b13f8-efcd-6541-866b-5998c1e67890" }, finds: ["host.hostId"] }],
  },
  O010: {
    summary: "The Host ID is the UUID of the host NQN.",
    why: "Both may be chosen freely; the kernel only requires one Host ID for each host NQN.",
    good: { model: { "host.hostNqn": "nqn.2024-01.com.example:host-1" } },
    bad: [{ model: { "host.hostId": "12345678-9abc-4def-8123-456789abcdef" }, finds: ["host.hostId"] }],
  },
  O011: {
    summary: "Reserved bytes of the Host Descriptor are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [{ stored: { "host.reserved24": 1 }, finds: ["host.reserved24"] }],
  },
  O012: {
    summary: "Of several tables exactly one is selected as the Primary Admin Host.",
    why: "The flag says which table's host identity is used for administration (A.3.1.3.2). To check it, give all tables of a machine.",
    good: {
      model: { "host.flags.primaryAdminHost": "selected" },
      others: [{ model: { "host.flags.primaryAdminHost": "unselected" } }],
    },
    bad: [
      { others: [{}], finds: ["host.flags.primaryAdminHost"] },
      {
        model: { "host.flags.primaryAdminHost": "selected" },
        others: [{ model: { "host.flags.primaryAdminHost": "selected" } }],
        finds: ["host.flags.primaryAdminHost"],
      },
    ],
  },
  O016: {
    summary: "Tables of one machine name the host alike: to one host NQN there is one Host ID.",
    why: "Linux keeps both together: what connects with one of them and another of the other is refused (EINVAL). To check it, give all tables of a machine.",
    good: { others: [{}] },
    bad: [
      {
        others: [{ model: { "host.hostId": "11111111-cdef-4165-866b-5998c1e67890" } }],
        finds: ["host.hostId"],
      },
      {
        others: [{ model: { "host.hostNqn": "nqn.2014-08.org.example:other" } }],
        finds: ["host.hostId"],
      },
    ],
  },
  O013: {
    summary: "The first byte of the Host ID is not zero.",
    why: "Specification: any value but zero is a Host ID. Practice: libnvme tests only the first byte to see whether there is one.",
    good: {},
    bad: [
      {
        model: {
          "host.hostId": "00131bac-cdef-4165-866b-5998c1e67890",
          "host.hostNqn": "nqn.2014-08.org.nvmexpress:uuid:00131bac-cdef-4165-866b-5998c1e67890",
        },
        finds: ["host.hostId"],
      },
    ],
  },
};
