import { longNqn } from "../example-texts.ts";
import type { RuleTexts } from "../rule.ts";

/** What the rules in `../discovery.ts` say, and their examples. */
export const discoveryTexts: RuleTexts = {
  D001: {
    summary: "A Discovery Descriptor has structure id 6.",
    why: "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
    good: {},
    bad: [{ model: { "discovery[0].structureId": 5 }, finds: ["discovery[0].structureId"] }],
  },
  D002: {
    summary: "A Discovery Descriptor is valid.",
    why: "Readers skip an entry that is not valid; nothing else in it has a meaning.",
    good: {},
    bad: [{ model: { "discovery[0].flags.valid": false }, finds: ["discovery[0].flags.valid"] }],
  },
  D003: {
    summary: "Discovery indexes count from 1 in the order of the list, and none occurs twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
    good: {},
    bad: [
      { model: { "discovery[0].index": 0 }, finds: ["discovery[0].index"] },
      { model: { "discovery[0].index": 2 }, finds: ["discovery[0].index"] },
    ],
  },
  D012: {
    summary: "Reserved bits and bytes of a Discovery Descriptor are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [
      { model: { "discovery[0].flags.reserved": 2 }, finds: ["discovery[0].flags"] },
      {
        stored: { "discovery[0].reserved5": 1, "discovery[0].reserved18": 1 },
        finds: ["discovery[0].reserved5", "discovery[0].reserved18"],
      },
    ],
  },
  D004: {
    summary: "A discovery controller has a URI.",
    why: "Without it, there is nothing to connect to.",
    good: {},
    bad: [{ model: { "discovery[0].uri": undefined }, finds: ["discovery[0].uri"] }],
  },
  D005: {
    summary: "The URI of a discovery controller is nvme+tcp://HOST[:PORT]/ with a port from 1 to 65535.",
    why: "Specification: a URI of RFC 3986, whose scheme may be in any case. Practice: nvme-cli compares the scheme case-sensitively, and does not check the range of the port.",
    good: { model: { "discovery[0].uri": "nvme+tcp://192.0.2.20" } },
    bad: [
      { model: { "discovery[0].uri": "tcp://192.0.2.20:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "NVME+TCP://192.0.2.20:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "nvme+tcp://192.0.2.20:99999/" }, finds: ["discovery[0].uri"] },
    ],
  },
  D006: {
    summary: "The URI of a discovery controller has an address, not a host name.",
    why: "A name must be resolved while the system boots; the firmware knew the address.",
    good: {},
    bad: [{ model: { "discovery[0].uri": "nvme+tcp://target.example.com:8009/" }, finds: ["discovery[0].uri"] }],
  },
  D007: {
    summary: "An IPv6 address in a URI is in brackets.",
    why: "Without them, it is not clear where the address ends and the port begins (RFC 2732).",
    good: { model: { "discovery[0].uri": "nvme+tcp://[2001:db8::20]:8009/" } },
    bad: [{ model: { "discovery[0].uri": "nvme+tcp://2001:db8::20:8009/" }, finds: ["discovery[0].uri"] }],
  },
  D008: {
    summary: "The HFI of a Discovery Descriptor exists, and has the transport in its URI.",
    why: "Without an interface there is no path to the controller. Readers skip HFIs of unknown transports.",
    good: {},
    bad: [
      { model: { "discovery[0].hfiIndex": 3 }, finds: ["discovery[0].hfiIndex"] },
      { model: { "hfi[0].trtype": 4 }, finds: ["discovery[0].hfiIndex"] },
    ],
  },
  D009: {
    summary: "The security profile of a Discovery Descriptor exists.",
    why: "Without it, it is unknown how to secure the connection.",
    good: {},
    bad: [{ model: { "discovery[0].securityIndex": 1 }, finds: ["discovery[0].securityIndex"] }],
  },
  D014: {
    summary: "A Discovery Descriptor has no security profile.",
    why: "Specification: a profile says how the connection is secured. Practice: no Linux reader acts on it. nvme-cli 2.x connects without security, or with keys in the initramfs; 3.x skips the controller.",
    good: {},
    bad: [{ table: "secured", model: { "discovery[0].securityIndex": 1 }, finds: ["discovery[0].securityIndex"] }],
  },
  D010: {
    summary: "A Discovery Descriptor has an NQN.",
    why: "Specification: without one, the well-known discovery NQN is used. Practice: readers crash, or skip or drop the descriptor.",
    good: {},
    bad: [{ model: { "discovery[0].nqn": undefined }, finds: ["discovery[0].nqn"] }],
  },
  D013: {
    summary: "The NQN of a discovery controller has at most 223 bytes and follows the grammar of NQNs.",
    why: "Connect names the controller by it; a longer one does not fit the command.",
    good: { model: { "discovery[0].nqn": "nqn.2024-01.com.example:discovery" } },
    bad: [
      {
        heap: longNqn,
        stored: { "discovery[0].nqnRef": { added: 0, length: longNqn.length } },
        finds: ["discovery[0].nqn"],
      },
      { model: { "discovery[0].nqn": "discovery" }, finds: ["discovery[0].nqn"] },
    ],
  },
  D011: {
    summary: "At least one SSNS was discovered through the discovery controller.",
    why: "Readers get the log page of a discovery controller that no record names, and connect to all its entries.",
    good: {},
    bad: [{ model: { "ssns[0].discoveryIndex": 0 }, finds: ["discovery[0].index"] }],
  },
};
