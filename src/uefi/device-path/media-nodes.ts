import type { Bytes } from "../../bytes/bytes.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes.ts";
import { guidArgument, hexNumber, join, numberBytes, upperGuid } from "./arguments.ts";
import { NodeType } from "./node.ts";
import type { NodeCodec } from "./node-codec.ts";

const type = NodeType.Media;

const hardDrive: NodeCodec = {
  type,
  subtype: 1,
  name: "HD",
  format(data, view) {
    if (data.length !== 38) return undefined;
    const [mbrType, signatureType] = [data[36], data[37]];
    const range = [hexNumber(view.getBigUint64(4, true)), hexNumber(view.getBigUint64(12, true))];
    const partition = String(view.getUint32(0, true));
    if (mbrType === 2 && signatureType === 2) return [partition, "GPT", upperGuid(data, 20), ...range];
    if (mbrType !== 1 || signatureType !== 1) return undefined;
    const signature = view.getUint32(20, true).toString(16).toUpperCase().padStart(8, "0");
    return [partition, "MBR", `0x${signature}`, ...range];
  },
  parse([partition, kind = "", signature, start = "0", size = "0"]) {
    const gpt = kind.toUpperCase() === "GPT";
    if (!gpt && kind.toUpperCase() !== "MBR") return undefined;
    return join(
      numberBytes(partition, 4),
      numberBytes(start, 8),
      numberBytes(size, 8),
      gpt ? guidArgument(signature) : join(numberBytes(signature, 4), new Uint8Array(12)),
      Uint8Array.of(gpt ? 2 : 1, gpt ? 2 : 1),
    );
  },
};

const cdRom: NodeCodec = {
  type,
  subtype: 2,
  name: "CDROM",
  format: (data, view) =>
    data.length === 20
      ? [view.getUint32(0, true), view.getBigUint64(4, true), view.getBigUint64(12, true)].map(hexNumber)
      : undefined,
  parse: ([entry, start = "0", size = "0"]) => join(numberBytes(entry, 4), numberBytes(start, 8), numberBytes(size, 8)),
};

/** A node that is one GUID. */
function guidNode(subtype: number, name: string): NodeCodec {
  return {
    type,
    subtype,
    name,
    format: (data) => (data.length === 16 ? [upperGuid(data)] : undefined),
    parse: ([guid]) => guidArgument(guid),
  };
}

const offset: NodeCodec = {
  type,
  subtype: 8,
  name: "Offset",
  format: (data, view) =>
    data.length === 20 ? [hexNumber(view.getBigUint64(4, true)), hexNumber(view.getBigUint64(12, true))] : undefined,
  parse: ([start, end]) => join(new Uint8Array(4), numberBytes(start, 8), numberBytes(end, 8)),
};

/** Nodes of disks, volumes and files in them; file paths stand for themselves, without a name. */
export const mediaNodes: readonly NodeCodec[] = [
  hardDrive,
  cdRom,
  guidNode(5, "Media"),
  guidNode(6, "FvFile"),
  guidNode(7, "Fv"),
  offset,
];

export const filePathSubtype = 4;

/** Text of a file path node, or undefined when the text form could not hold it. */
export function formatFilePath(data: Uint8Array): string | undefined {
  const text = decodeUtf16(data);
  const plain =
    text !== "" && data.length === 2 * text.length + 2 && !/[/,()]/.test(text) && !/[\ud800-\udfff]/u.test(text);
  return plain ? text : undefined;
}

export function parseFilePath(text: string): Bytes {
  return encodeUtf16(text);
}
