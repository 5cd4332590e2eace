import * as form from "../boot/text-forms.ts";
import { parseShape } from "../document/shape/parse.ts";
import { integer, list, map, object, required, text, type ValueOf } from "../document/shape/shape.ts";

const namespaces = list(
  "Active namespaces of the target",
  object("namespace", "A namespace", {
    nsid: integer("Namespace ID", 1, 0xfffffffe, { examples: [1], otherwise: "1, 2, … by position" }),
    uuid: text("UUID", form.uuidForm, { examples: ["bee9c2b7-1761-44b5-a4e6-0f690498a94b"] }),
    nguid: text("NGUID, used if there is no UUID", form.nguidForm, {
      examples: ["ace42e00-1510-2fce-2ee4-ac0000000001"],
    }),
  }),
  { max: 1024, examples: [[{ nsid: 1, uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" }]] },
);

const lease = object("dhcp", "What the DHCP server gave", {
  ip: required(text("Address", form.ipForm, { examples: ["192.168.101.30"] })),
  mask: text("Subnet mask", form.ipForm, { examples: ["255.255.255.0"], otherwise: "0.0.0.0" }),
  gw: text("Gateway (option 3)", form.ipForm, { examples: ["192.168.101.1"], otherwise: "0.0.0.0" }),
  d1: text("First name server (option 6)", form.ipForm, { examples: ["192.168.101.53"], otherwise: "the attempt's" }),
  d2: text("Second name server", form.ipForm, { examples: ["192.168.101.54"], otherwise: "the attempt's" }),
  srv: text("The server's address (option 54)", form.ipForm, { examples: ["192.168.101.20"], otherwise: "0.0.0.0" }),
  rootPath: text("Root path (option 17)", form.anyText, { otherwise: "`rootPath` of all" }),
});

const attemptNumbers = (title: string, otherwise: string) =>
  list(title, integer("Number of an attempt, from 1, over the enabled ones", 1, 255), {
    max: 255,
    otherwise,
    examples: [[2, 1]],
  });

/** Facts of a boot that no configuration holds, as a person or a lab writes them. */
export const factsShape = object("facts", "What happened in a boot, as seen outside the table", {
  driverPath: text("Device path of the firmware's driver", form.pathForm, {
    examples: ["Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(EB487413-0480-4C92-9F17-D19482D325D5)"],
    otherwise: "that of OVMF's NVMe-oF driver",
  }),
  pci: map(
    "PCI place of each network card, by MAC address; a card that is not here is not in the machine",
    text("MAC address", form.macForm),
    text("PCI place", form.pciForm),
    {
      examples: [{ "EA:EB:D3:58:89:58": "0000:00:03.0" }],
      otherwise: "0000:00:03.0, 0000:00:04.0, … in the order of the attempts",
    },
  ),
  connectionOrder: attemptNumbers(
    "Attempts in the order in which the firmware connected",
    "null is the order of the attempts; without the key, card by card in the order of their PCI places",
  ),
  failedAttempts: attemptNumbers("Attempts whose connection failed", "none"),
  untriedAttempts: attemptNumbers("Attempts that were not even tried, for want of a link or of their VLAN", "none"),
  namespaces,
  subsystems: list(
    "Namespaces of single subsystems, where they differ",
    object("subsystem", "A subsystem", {
      nqn: required(text("Subsystem NQN", form.anyText, { examples: ["nqn.2014-08.org.example:storage"] })),
      namespaces: required(namespaces),
    }),
    { otherwise: "all have `namespaces`" },
  ),
  controllerIds: list("Controller id of each enabled attempt's connection", integer("Controller id", 0, 0xffff), {
    max: 255,
    gaps: true,
    examples: [[2, 4]],
    otherwise: "null is 1, 2, … in the order of connection; without the key, discovery takes one before it",
  }),
  subsystemNqn: text("NQN that discovery found", form.anyText, {
    examples: ["nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db"],
  }),
  discovered: list(
    "Subsystems that discovery found, where address, port or number differ from the discovery controller's",
    object("discovered", "A subsystem found", {
      attempt: required(integer("Number of the attempt, from 1, over the enabled ones", 1, 255)),
      nqn: required(text("Subsystem NQN", form.anyText)),
      traddr: text("Address", form.ipForm, { otherwise: "the discovery controller's" }),
      trsvcid: integer("TCP port", 1, 65535, { otherwise: "the discovery controller's" }),
    }),
    { otherwise: "`subsystemNqn` at the discovery controller's address and port" },
  ),
  dhcp: lease,
  leases: map("Leases by MAC address, where they differ", text("MAC address", form.macForm), lease),
  rootPath: text("Root path that the DHCP server sent (option 17)", form.anyText, {
    examples: [
      "NVME+TCP://192.168.101.20:4420/nqn.2014-08.org.example:storage/urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b",
    ],
  }),
  resolved: map("Addresses of server names", text("Server name", form.anyText), text("Address", form.ipForm), {
    examples: [{ "target.example.org": "192.168.101.20" }],
  }),
  ipv6: map(
    "What the IPv6 stack used, by MAC address",
    text("MAC address", form.macForm),
    object("ipv6", "Address in use", {
      address: required(text("Address with its prefix length", form.networkForm)),
      gateway: text("Gateway of the route to the target", form.ipForm),
    }),
    { examples: [{ "EA:EB:D3:58:89:58": { address: "fe80::e8eb:d3ff:fe58:8958/64" } }] },
  ),
  smbiosUuid: text("SMBIOS System UUID", form.uuidForm),
  oemId: text("OEM ID of the firmware's XSDT", form.asciiForm(6), { otherwise: "BOCHS, QEMU's" }),
  oemTableId: text("OEM Table ID of the firmware's XSDT", form.asciiForm(8), { otherwise: "BXPC, QEMU's" }),
});

type WrittenFacts = ValueOf<typeof factsShape>;

/** A lease as the firmware takes it. */
export type BootLease = NonNullable<WrittenFacts["dhcp"]>;

/** What happened in a boot. Attempts are numbered from 1 over the enabled ones; MAC addresses are lower case. */
export type BootFacts = Omit<WrittenFacts, "connectionOrder" | "controllerIds"> & {
  /** `null`: the order of the attempts. Undefined: card by card, by PCI place. */
  readonly connectionOrder?: readonly number[] | null | undefined;
  /** `null`: 1, 2, … in the order of connection. Undefined: the same, and discovery takes one more. */
  readonly controllerIds?: readonly (number | undefined)[] | null | undefined;
};

/** Facts that were read, and what was not understood. */
export interface FactsReading {
  /** The facts, as far as they could be read. */
  readonly facts: BootFacts;
  /** Keys that mean nothing here, with their places. */
  readonly notes: readonly string[];
}

/**
 * Reads facts from JSON or YAML text.
 *
 * @throws {ParseError} that lists what is wrong, each with line, column and path. Unknown keys are notes.
 */
export function parseBootFacts(source: string, { file = "facts" }: { readonly file?: string } = {}): FactsReading {
  const { value, unknown, has } = parseShape(source, factsShape, { file, unknownKeys: "report" });
  const open = (key: "connectionOrder" | "controllerIds") => value[key] ?? (has(key) ? null : undefined);
  const facts = { ...value, connectionOrder: open("connectionOrder"), controllerIds: open("controllerIds") };
  const notes = unknown.map(({ path, message, line, column }) => `${file}:${line}:${column}: ${path}: ${message}`);
  return { facts, notes };
}

/** Facts, with those of a boot that was seen in place of those that were expected. */
export function mergeFacts(expected: BootFacts, seen: BootFacts): BootFacts {
  const told = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)) as BootFacts;
  const { leases, subsystems, discovered, ...rest } = expected;
  return {
    ...rest,
    // What was seen for all replaces what was expected of each.
    ...(told.dhcp === undefined && told.rootPath === undefined && { leases }),
    ...(told.namespaces === undefined && { subsystems }),
    ...(told.subsystemNqn === undefined && { discovered }),
    ...told,
  };
}
