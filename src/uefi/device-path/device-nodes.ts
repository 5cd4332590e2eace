import { formatHex, parseHex } from "../../text/hex.ts";
import { guidArgument, hexArgument, hexNumber, join, numberBytes, upperGuid, upperHex } from "./arguments.ts";
import { NodeType } from "./node.ts";
import type { NodeCodec } from "./node-codec.ts";

/** A node of little-endian numbers, printed with `0x` in the order of the text; `at` and size of each in the data. */
function numbers(
  type: number,
  subtype: number,
  name: string,
  length: number,
  fields: readonly (readonly [at: number, size: 1 | 2 | 4 | 8])[],
): NodeCodec {
  return {
    type,
    subtype,
    name,
    format(data, view) {
      if (data.length !== length) return undefined;
      return fields.map(([at, size]) => {
        if (size === 8) return hexNumber(view.getBigUint64(at, true));
        return hexNumber(size === 1 ? data[at]! : size === 2 ? view.getUint16(at, true) : view.getUint32(at, true));
      });
    },
    parse(args) {
      const data = new Uint8Array(length);
      if (args.length !== fields.length) return undefined;
      for (const [i, [at, size]] of fields.entries()) {
        const bytes = numberBytes(args[i], size);
        if (!bytes) return undefined;
        data.set(bytes, at);
      }
      return data;
    },
  };
}

/** A node that begins with a GUID and may have data after it. */
function vendor(type: number, subtype: number, name: string): NodeCodec {
  return {
    type,
    subtype,
    name,
    format: (data) => {
      if (data.length < 16) return undefined;
      return data.length === 16 ? [upperGuid(data)] : [upperGuid(data), upperHex(data.subarray(16))];
    },
    parse: ([guid, data]) => join(guidArgument(guid), hexArgument(data)),
  };
}

/** A vendor node of a terminal that has a name of its own. */
function terminal(name: string, guid: string): NodeCodec {
  const bytes = guidArgument(guid)!;
  return {
    type: NodeType.Messaging,
    subtype: 10,
    name,
    format: (data) => (data.length === 16 && data.every((byte, i) => byte === bytes[i]) ? [] : undefined),
    parse: (args) => (args.length === 0 ? bytes.slice() : undefined),
  };
}

/** EISA id of a PNP device. */
const pnp = (id: number) => ((id << 16) | 0x41d0) >>> 0;

/** An ACPI node whose hardware id has a name of its own. */
function acpiDevice(name: string, id: number): NodeCodec {
  return {
    type: NodeType.Acpi,
    subtype: 1,
    name,
    format: (data, view) =>
      data.length === 8 && view.getUint32(0, true) === pnp(id) ? [hexNumber(view.getUint32(4, true))] : undefined,
    parse: ([uid]) => join(numberBytes(String(pnp(id)), 4), numberBytes(uid ?? "0", 4)),
  };
}

const acpi: NodeCodec = {
  type: NodeType.Acpi,
  subtype: 1,
  name: "Acpi",
  format(data, view) {
    if (data.length !== 8) return undefined;
    const hid = view.getUint32(0, true);
    const id = (hid >>> 16).toString(16).toUpperCase().padStart(4, "0");
    return [(hid & 0xffff) === 0x41d0 ? `PNP${id}` : hexNumber(hid), hexNumber(view.getUint32(4, true))];
  },
  parse([id = "", uid = "0"]) {
    const number = /^PNP[0-9a-fA-F]{4}$/i.test(id) ? String(pnp(Number.parseInt(id.slice(3), 16))) : id;
    return join(numberBytes(number, 4), numberBytes(uid, 4));
  },
};

const acpiAdr: NodeCodec = {
  type: NodeType.Acpi,
  subtype: 3,
  name: "AcpiAdr",
  format(data, view) {
    if (data.length === 0 || data.length % 4 !== 0) return undefined;
    return Array.from({ length: data.length / 4 }, (_, i) => hexNumber(view.getUint32(4 * i, true)));
  },
  parse: (args) => (args.length > 0 ? join(...args.map((arg) => numberBytes(arg, 4))) : undefined),
};

const parities = ["D", "N", "E", "O", "M", "S"];
const stopBits = ["D", "1", "1.5", "2"];

const uart: NodeCodec = {
  type: NodeType.Messaging,
  subtype: 14,
  name: "Uart",
  format(data, view) {
    const parity = parities[data[13] ?? 9];
    const stop = stopBits[data[14] ?? 9];
    if (data.length !== 15 || parity === undefined || stop === undefined) return undefined;
    const baud = view.getBigUint64(4, true);
    return [baud === 0n ? "DEFAULT" : String(baud), data[12] === 0 ? "DEFAULT" : String(data[12]), parity, stop];
  },
  parse([baud = "", bits = "", parity = "", stop = ""]) {
    const number = (text: string, size: number) => numberBytes(text === "DEFAULT" ? "0" : text, size);
    const codes = [parities.indexOf(parity), stopBits.indexOf(stop)];
    if (codes.includes(-1)) return undefined;
    return join(new Uint8Array(4), number(baud, 8), number(bits, 1), Uint8Array.from(codes));
  },
};

const nvme: NodeCodec = {
  type: NodeType.Messaging,
  subtype: 23,
  name: "NVMe",
  format(data, view) {
    if (data.length !== 12) return undefined;
    return [hexNumber(view.getUint32(0, true)), formatHex(data.slice(4).reverse(), "-").toUpperCase()];
  },
  parse([nsid, eui = ""]) {
    const bytes = parseHex(eui);
    return bytes?.length === 8 ? join(numberBytes(nsid, 4), bytes.reverse()) : undefined;
  },
};

const { Hardware, Messaging } = NodeType;

/** Nodes of buses, controllers and terminals; a name with its own meaning stands before the general form. */
export const deviceNodes: readonly NodeCodec[] = [
  numbers(Hardware, 1, "Pci", 2, [
    [1, 1],
    [0, 1],
  ]),
  numbers(Hardware, 3, "MemoryMapped", 20, [
    [0, 4],
    [4, 8],
    [12, 8],
  ]),
  vendor(Hardware, 4, "VenHw"),
  numbers(Hardware, 5, "Ctrl", 4, [[0, 4]]),
  acpiDevice("PciRoot", 0x0a03),
  acpiDevice("PcieRoot", 0x0a08),
  acpiDevice("Floppy", 0x0604),
  acpiDevice("Keyboard", 0x0301),
  acpiDevice("Serial", 0x0501),
  acpiDevice("ParallelPort", 0x0401),
  acpi,
  acpiAdr,
  numbers(Messaging, 2, "Scsi", 4, [
    [0, 2],
    [2, 2],
  ]),
  numbers(Messaging, 5, "USB", 2, [
    [0, 1],
    [1, 1],
  ]),
  terminal("VenPcAnsi", "e0c14753-f9be-11d2-9a0c-0090273fc14d"),
  terminal("VenVt100", "dfa66065-b419-11d3-9a2d-0090273fc14d"),
  terminal("VenVt100Plus", "7baec70b-57e0-4c76-8e87-2f9e28088343"),
  terminal("VenUtf8", "ad15a0d6-8bec-4acf-a073-d01de77e2d88"),
  vendor(Messaging, 10, "VenMsg"),
  uart,
  numbers(Messaging, 15, "UsbClass", 7, [
    [0, 2],
    [2, 2],
    [4, 1],
    [5, 1],
    [6, 1],
  ]),
  numbers(Messaging, 18, "Sata", 6, [
    [0, 2],
    [2, 2],
    [4, 2],
  ]),
  nvme,
];
