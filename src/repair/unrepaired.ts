/** Why nothing repairs what some rules find: what is missing, and where it could be learnt. */
const reasons: readonly (readonly [reason: string, codes: readonly string[]])[] = [
  ["bytes that were cut off cannot be brought back: capture the table again", ["H001"]],
  ["these bytes are not an NBFT", ["H003"]],
  ["a table of another major revision may have another layout", ["H007"]],
  ["the place of the list is written nowhere else", ["C010", "C015"]],
  ["whether something is configured is the firmware's to say", ["C018"]],
  ["the host NQN is the administrator's, or made of the machine's SMBIOS UUID, which no table holds", ["O004"]],
  ["which NQN was meant is written nowhere else", ["O006", "O015", "S010", "D013"]],
  ["the Host ID is what the targets know the host by", ["O013", "O016"]],
  ["the place of the object is written nowhere else", ["P001", "P010", "Y007", "X007"]],
  [
    "readers and targets compare these texts byte by byte, so that only who wrote it can say what was meant",
    ["P008", "P009"],
  ],
  [
    "the address and the network are the firmware's to say",
    ["F005", "T014", "T016", "T017", "T018", "T027", "T028", "T030", "G004", "G006"],
  ],
  ["which of the two descriptors is right is written nowhere", ["T007", "X002c", "E003c"]],
  ["only the firmware's DHCP client knows IAID and DUID", ["T011", "X005"]],
  ["the VLAN id is the firmware's to say", ["T015"]],
  ["only the firmware knows the DHCP server", ["T021"]],
  ["the host name is the administrator's to say", ["T024"]],
  ["a transport that this revision does not know cannot be checked", ["S003"]],
  ["where the subsystem is, is written nowhere else", ["S006", "S008", "S009", "S029", "S037", "S038", "S040"]],
  ["only the subsystem knows which namespace was meant", ["S012", "S014", "S015", "S041"]],
  [
    "whether the connection is to be secured, and how, is the administrator's to say",
    ["S016", "S017", "S035", "D009", "D014"],
  ],
  ["which discovery controller was meant is written nowhere else", ["S023"]],
  ["which algorithms are allowed is the administrator's to say", ["Y005", "Y014", "Y015", "Y016"]],
  ["where the discovery controller is, is written nowhere else", ["D004", "D006"]],
  ["without brackets, it is not clear where the address ends and the port begins", ["D007"]],
  ["which of the HFIs is the right one is written nowhere", ["G002"]],
  [
    "a route cannot be added to a table: addresses, prefix length, gateway or HFI are the firmware's to say",
    ["S036", "S039", "D015"],
  ],
  ["the firmware could not reach the targets, which no table can change", ["G005"]],
  ["nbft encode --revision 1.0 writes the table for older readers, without what only revision 1.1 has", ["H021"]],
];

/** Why what a rule finds cannot be repaired, by code: every rule that finds errors or warnings and has no fix. */
export const unrepairable: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, codes]) => codes.map((code) => [code, reason] as const)),
);

/** Why a rule's fix left a finding alone. */
export const undone = {
  unclear: "the rest of the table does not show what was meant",
  /** What would break, in words. */
  harmful: (what: string) => `its repair would break something else: ${what}`,
  /** The first error that would come to light. */
  revealing: (finding: string) => `with its repair more can be read, and that has errors: ${finding}`,
  unasked: "was not asked for",
  tooMuch: "the table has too many findings for their repair to be checked as a whole",
  countsAll: "libnvme sums the whole file, and with what follows the table the sum is right",
  tooManyPaths: "the table has too many paths: which of them readers lose by a repair is not predicted",
} as const;
