import { boolean, either, integer, list, object, required, text, type ValueOf, word } from "../document/shape/shape.ts";
import { LAST_VLAN } from "../text/ip.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import * as form from "./text-forms.ts";

const port = (title: string, extras = {}) => integer(title, 1, 65535, extras);

const digests = object("digests", "PDU digests", {
  header: boolean("Header digest (HDGST)", { otherwise: "false" }),
  data: boolean("Data digest (DDGST)", { otherwise: "false" }),
});

const host = object(
  "host",
  "The machine that boots",
  {
    nqn: text("Host NQN", form.nqnForm, {
      examples: ["nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890"],
      otherwise: "made from `id`",
    }),
    id: text("Host ID, a UUID in its usual text order", form.uuidForm, {
      examples: ["f8131bac-cdef-4165-866b-5998c1e67890"],
      otherwise: "the UUID in `nqn`",
    }),
    name: text("Host name of interfaces without their own (DHCP option 12)", form.hostNameForm, {
      examples: ["host-vm"],
    }),
    idByteOrder: word(
      "How the Host ID's 16 bytes are stored in the table and in the firmware's variables",
      {
        rfc4122: "in the order of the text, as Linux and the specification have it",
        "efi-guid": "as an EFI_GUID, the first three fields little-endian, as every released OVMF has it",
      },
      { otherwise: "rfc4122 in a table, efi-guid in OVMF's variables" },
    ),
    nqnConfigured: boolean("An administrator has set the host NQN (HNQNCON)", { otherwise: "true" }),
    idConfigured: boolean("An administrator has set the Host ID (HIDCON)", { otherwise: "true" }),
    primaryAdminHost: word(
      "Primary Admin Host Descriptor (PAHD), for machines with several tables",
      {
        "not indicated": "nothing is said",
        unselected: "this is not the primary administrative host",
        selected: "this is the primary administrative host",
      },
      { otherwise: "not indicated" },
    ),
  },
  { synonyms: { hostnqn: "nqn", hostid: "id", hostname: "name", uuid: "id" } },
);

const lease = object(
  "lease",
  "What DHCP, or router advertisement, is expected to give the interface",
  {
    address: text("Address with its prefix length", form.networkForm, { examples: ["192.168.101.30/24"] }),
    gateway: text("Gateway", form.ipForm, { examples: ["192.168.101.1"] }),
    dns: list("Name servers: primary, secondary", text("Name server", form.ipForm), {
      max: 2,
      examples: [["192.168.101.53", "192.168.101.54"]],
    }),
    server: text("The DHCP server's own address", form.ipForm, { examples: ["192.168.101.20"] }),
    hostName: text("Host name that the server sends (option 12)", form.hostNameForm, { examples: ["host-vm"] }),
    rootPath: text(
      "DHCP root path (option 17), or `from-target` to make it from the target that the interface reaches",
      form.rootPathForm,
      {
        examples: [
          "NVME+TCP://192.168.101.20:4420/nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db/urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b",
          "from-target",
        ],
        otherwise: "none, or made from the target where an attempt goes `via: root-path`",
      },
    ),
    iaid: integer("DHCP IAID that the firmware used", 0, 0xffffffff, { examples: [1] }),
    duid: text("DHCP DUID that the firmware used", form.duidForm, { examples: ["00:03:00:01:ea:eb:d3:58:89:58"] }),
  },
  { synonyms: { ip: "address", router: "gateway", routers: "gateway", nameserver: "dns", dhcpserver: "server" } },
);

const networkInterface = object(
  "interface",
  "A network interface of the host that boots: an HFI in the table",
  {
    name: text("Name by which the rest of this file knows it", form.nameForm, {
      examples: ["nic0"],
      otherwise: "nic0, nic1, … by position",
    }),
    mac: required(text("MAC address", form.macForm, { examples: ["ea:eb:d3:58:89:58"] })),
    pci: text("PCI place of the network function", form.pciForm, {
      examples: ["0000:00:03.0"],
      otherwise: "0000:00:03.0, 0000:00:04.0, … by position",
    }),
    vlan: integer("VLAN id", 1, LAST_VLAN, { examples: [7] }),
    address: required(
      text(
        "Static address with its prefix length, `dhcp`, `dhcp6`, or `auto` (IPv6 autoconfiguration)",
        form.interfaceAddressForm,
        { examples: ["192.168.101.30/24", "fe80::e8eb:d3ff:fe58:8958/64", "dhcp", "auto"] },
      ),
    ),
    gateway: text("Gateway", form.ipForm, { examples: ["192.168.101.1"], otherwise: "none, or the lease's" }),
    dns: list("Name servers: primary, secondary", text("Name server", form.ipForm), {
      max: 2,
      examples: [["192.168.101.53"]],
      otherwise: "none, or the lease's",
    }),
    routeMetric: integer("Route metric", 0, 65535, { examples: [77], otherwise: "500 with a gateway, else 0" }),
    defaultRoute: boolean("This interface carries the default route (GRLLOF)", {
      otherwise: "true for the first interface with a gateway",
    }),
    hostName: text("Host name on this interface", form.hostNameForm, {
      examples: ["host-vm"],
      otherwise: "`host.name`",
    }),
    lease,
  },
  {
    synonyms: {
      ip: "address",
      ipaddr: "address",
      ipaddress: "address",
      macaddr: "mac",
      macaddress: "mac",
      pcidev: "pci",
      metric: "routeMetric",
      dhcp: "lease",
      nameserver: "dns",
      nameservers: "dns",
    },
  },
);

const portal = object(
  "portal",
  "An address at which a target listens",
  {
    traddr: required(text("IP address", form.ipForm, { examples: ["192.168.101.20"] })),
    trsvcid: port("TCP port", { otherwise: "4420", examples: [4420] }),
    interface: either(
      "Name or names of the interfaces that reach it",
      {
        scalar: text("Name of an interface", form.nameForm),
        list: list("Names of interfaces", text("Name of an interface", form.nameForm)),
      },
      {
        otherwise: "those on the same network, else those with a gateway, else by position",
        examples: ["nic0", ["nic0", "nic1"]],
      },
    ),
  },
  { synonyms: { address: "traddr", ip: "traddr", port: "trsvcid", nic: "interface", hfi: "interface" } },
);

const portals = list(
  "Where it listens",
  either("A portal: `ADDRESS:PORT` or a mapping", { scalar: text("`ADDRESS:PORT`", form.portalForm), mapping: portal }),
  { min: 1, examples: [["192.168.101.20:4420", "192.168.110.20:4420"], [{ traddr: "192.168.101.20" }]] },
);

const namespace = object(
  "namespace",
  "A namespace of a target",
  {
    nsid: integer("Namespace ID", 1, 0xfffffffe, { examples: [1], otherwise: "1, 2, … by position" }),
    uuid: text("UUID", form.uuidForm, { examples: ["bee9c2b7-1761-44b5-a4e6-0f690498a94b"] }),
    nguid: text("NGUID", form.nguidForm, { examples: ["ace42e00-1510-2fce-2ee4-ac0000000001"] }),
    eui64: text("EUI-64", form.eui64Form, { examples: ["ac-de-48-23-45-67-ab-cd"] }),
    image: text("Disk image behind it, relative to this file; served copy-on-write", form.pathForm, {
      examples: ["root.img"],
    }),
    blockSize: integer("Logical block size in bytes, 512 or 4096", 512, 4096, { examples: [4096], otherwise: "512" }),
    bootable: boolean("May be booted from (clears NBEFLAG)", { otherwise: "true" }),
  },
  { synonyms: { id: "nsid", namespaceid: "nsid", disk: "image", file: "image", path: "image", eui: "eui64" } },
);

const discovery = object(
  "discovery",
  "The discovery controller that names a target",
  {
    nqn: text("NQN of the discovery controller", form.nqnForm, {
      examples: [DISCOVERY_NQN],
      otherwise: `the well-known ${DISCOVERY_NQN}`,
    }),
    trsvcid: port("TCP port at the target's own portals", { otherwise: "the portal's own port", examples: [8009] }),
    portals: list(
      "Where the discovery controller listens",
      either("A portal: `ADDRESS:PORT` or a mapping", {
        scalar: text("`ADDRESS:PORT`", form.portalForm),
        mapping: portal,
      }),
      { min: 1, otherwise: "the target's portals", examples: [["192.168.101.5:8009"]] },
    ),
  },
  { synonyms: { port: "trsvcid", address: "portals", subsysnqn: "nqn" } },
);

const requirement = {
  required: "a connection without it is refused",
  supported: "it is used where the host has the secret",
};

const security = object(
  "security",
  "How host and target prove who they are, and what protects the connection: the table's security profile and, by file, the secrets",
  {
    authentication: word("In-band authentication by DH-HMAC-CHAP (IBAR)", requirement, {
      otherwise: "none, or required where there is a `hostSecret`",
    }),
    hashes: list(
      "The only hash functions that may be used (SHFOHOR)",
      word("Hash function", { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" }),
      { min: 1, otherwise: "any", examples: [["sha256", "sha512"]] },
    ),
    dhGroups: list(
      "The only Diffie-Hellman groups that may be used (DHGHOR)",
      word("Group", {
        null: "no Diffie-Hellman exchange",
        ffdhe2048: "2048 bits",
        ffdhe3072: "3072 bits",
        ffdhe4096: "4096 bits",
        ffdhe6144: "6144 bits",
        ffdhe8192: "8192 bits",
      }),
      { min: 1, otherwise: "any", examples: [["ffdhe2048"]] },
    ),
    tls: word("Secure channel by TLS 1.3 with a pre-shared key (SCNR)", requirement, {
      otherwise: "none, or required where there is a `tlsKey`",
    }),
    cipherSuites: list(
      "The only TLS cipher suites that may be used (CSOHOR)",
      word("Cipher suite", {
        TLS_AES_128_GCM_SHA256: "for a key of 32 bytes",
        TLS_AES_256_GCM_SHA384: "for a key of 48 bytes",
      }),
      { min: 1, otherwise: "any", examples: [["TLS_AES_128_GCM_SHA256"]] },
    ),
    hostSecret: text(
      "File with the `DHHC-1:` secret by which the host proves itself, relative to this file",
      form.secretPathForm,
      {
        examples: ["host.key"],
      },
    ),
    controllerSecret: text(
      "File with the `DHHC-1:` secret by which the target proves itself (mutual authentication), relative to this file",
      form.secretPathForm,
      { examples: ["controller.key"] },
    ),
    tlsKey: text(
      "File with the `NVMeTLSkey-1:` secret of the TLS connection, relative to this file",
      form.secretPathForm,
      {
        examples: ["tls.key"],
      },
    ),
  },
  {
    synonyms: {
      chap: "authentication",
      dhchap: "authentication",
      dhchapkey: "hostSecret",
      dhchapsecret: "hostSecret",
      dhchapctrlkey: "controllerSecret",
      dhchapctrlsecret: "controllerSecret",
      dhgroup: "dhGroups",
      hash: "hashes",
      psk: "tlsKey",
    },
  },
);

const target = object(
  "target",
  "An NVM subsystem and where it listens",
  {
    name: text("Name by which the rest of this file knows it", form.nameForm, {
      examples: ["storage"],
      otherwise: "target0, target1, …",
    }),
    nqn: required(
      text("Subsystem NQN", form.nqnForm, {
        examples: ["nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db"],
      }),
    ),
    portals: required(portals),
    namespaces: list("Its namespaces", namespace, {
      min: 1,
      otherwise: "one, with NSID 1 and no identifier",
      examples: [[{ nsid: 1, uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" }]],
    }),
    digests: { ...digests, title: "PDU digests that a connection must use", examples: [{ header: true }] },
    allowHosts: either(
      "Host NQNs that may connect, or `any`",
      {
        scalar: word("Access for all", { any: "every host may connect" }),
        list: list("Host NQNs that may connect", text("Host NQN", form.nqnForm)),
      },
      {
        otherwise: "this host only",
        examples: ["any", ["nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890"]],
      },
    ),
    discovery: either(
      "Attempts ask a discovery controller for this target first: true, or a mapping",
      {
        scalar: boolean("A discovery controller with the well-known NQN answers at the target's portals"),
        mapping: discovery,
      },
      { otherwise: "attempts connect directly", examples: [true, { trsvcid: 8009 }] },
    ),
    security: { ...security, examples: [{ hostSecret: "host.key" }] },
    serial: text("Serial number", form.asciiForm(20), { examples: ["LABSN0001"] }),
    model: text("Model number", form.asciiForm(40), { examples: ["nbft-lab"] }),
    portId: integer("NVM subsystem port id (NVMSPID)", 0, 65535, { examples: [1], otherwise: "0" }),
  },
  {
    synonyms: {
      subsysnqn: "nqn",
      subsystemnqn: "nqn",
      subnqn: "nqn",
      ports: "portals",
      address: "portals",
      addresses: "portals",
      traddr: "portals",
      hosts: "allowHosts",
      allowedhosts: "allowHosts",
    },
  },
);

const attempt = object(
  "attempt",
  "One connection that the firmware tries, in the order of this list",
  {
    name: text("Name", form.asciiForm(64, 1), { examples: ["Attempt1"], otherwise: "Attempt1, Attempt2, …" }),
    interface: text("Name of the interface", form.nameForm, {
      examples: ["nic0"],
      otherwise: "the one that reaches the address",
    }),
    target: text("Name of the target", form.nameForm, {
      examples: ["target0"],
      otherwise: "the one with this address or NQN, else the first",
    }),
    portal: text("Which portal of the target, `ADDRESS` or `ADDRESS:PORT`", form.portalForm, {
      examples: ["192.168.110.20:4420"],
      otherwise: "the first that the interface reaches",
    }),
    via: word(
      "How the target is found",
      {
        direct: "its address and NQN are configured",
        discovery: "a discovery controller is configured and names it",
        "root-path": "the DHCP server names it (option 17)",
      },
      { otherwise: "discovery where the target has one, root-path where the lease has one, else direct" },
    ),
    traddr: text("Address to try instead of a portal's, for example a dead one", form.ipForm, {
      examples: ["192.168.101.99"],
    }),
    trsvcid: port("TCP port to try instead of the portal's", {
      examples: [4421],
      otherwise: "the portal's, else 4420",
    }),
    nqn: text("NQN to try instead of the target's", form.nqnForm, {
      examples: ["nqn.2014-08.org.nvmexpress:uuid:00000000-0000-4000-8000-000000000000"],
    }),
    serverName: text("Name that is resolved to the address by DNS", form.hostNameForm, {
      examples: ["target.example.org"],
    }),
    namespace: integer("Boot only from the namespace with this NSID of the target", 1, 0xfffffffe, { examples: [1] }),
    nid: text("Boot only from the namespace with this UUID, NGUID or EUI-64", form.nidForm, {
      examples: ["bee9c2b7-1761-44b5-a4e6-0f690498a94b"],
      otherwise: "every namespace",
    }),
    timeout: integer("Connect timeout in milliseconds", 0, 65535, { examples: [6000] }),
    retries: integer("Connect retries", 0, 255, { examples: [3] }),
    controllerId: integer("Controller ID to ask for", 0, 65535, { examples: [5] }),
    enabled: boolean("Is tried at all", { otherwise: "true" }),
  },
  {
    synonyms: {
      hfi: "interface",
      nic: "interface",
      subsystem: "target",
      subsysnqn: "nqn",
      address: "traddr",
      port: "trsvcid",
      nsid: "namespace",
      uuid: "nid",
      nguid: "nid",
      connecttimeout: "timeout",
      retrycount: "retries",
    },
  },
);

const table = object(
  "table",
  "What only the table's header says",
  {
    oemId: text("OEM ID", form.asciiForm(6), { examples: ["NBFT"], otherwise: "NBFT" }),
    oemTableId: text("OEM Table ID", form.asciiForm(8), { examples: ["NBFTJS"], otherwise: "NBFTJS" }),
    oemRevision: integer("OEM Revision", 0, 0xffffffff, { examples: [1], otherwise: "1" }),
    creatorId: text("Creator ID", form.asciiForm(4), { examples: ["NBFT"], otherwise: "NBFT" }),
    creatorRevision: integer("Creator Revision", 0, 0xffffffff, { examples: [1], otherwise: "1" }),
    driverSignature: text("Driver Dev Path Signature: the device path of the firmware's driver", form.pathForm, {
      examples: ["Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(EB487413-0480-4C92-9F17-D19482D325D5)"],
      otherwise: "nbft",
    }),
  },
  { synonyms: { driver: "driverSignature" } },
);

/** The boot description as a person writes it: the one place that names its fields. */
export const bootShape = object(
  "boot description",
  "Boot description: one file for a boot over NVMe/TCP",
  {
    $schema: text("JSON Schema of this file, for editors", form.anyText, { examples: ["./boot.schema.json"] }),
    host: required(host),
    interfaces: required(list("Network interfaces, in the order of the firmware's HFIs", networkInterface, { min: 1 })),
    targets: list("The subsystems to boot from", target, { otherwise: "none" }),
    attempts: list("What the firmware tries, in order", attempt, {
      otherwise: "one for each portal and each interface that reaches it",
    }),
    table,
  },
  {
    synonyms: {
      hfi: "interfaces",
      hfis: "interfaces",
      nics: "interfaces",
      subsystems: "targets",
      subsystem: "targets",
      paths: "attempts",
    },
  },
);

/** A boot description as written: everything optional that has a default. */
export type BootDocument = ValueOf<typeof bootShape>;
