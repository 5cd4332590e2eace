import type { Bytes } from "../../bytes/bytes.ts";
import { equalBytes } from "../../bytes/compare.ts";
import { viewOf } from "../../bytes/view.ts";
import { EncodeError, ParseError } from "../../errors.ts";
import { parseHex } from "../../text/hex.ts";
import { numberBytes, upperHex } from "./arguments.ts";
import { deviceNodes } from "./device-nodes.ts";
import { filePathSubtype, formatFilePath, mediaNodes, parseFilePath } from "./media-nodes.ts";
import { networkNodes } from "./network-nodes.ts";
import {
  type DevicePathNode,
  decodeNodes,
  encodeNodes,
  endNode,
  instanceNode,
  isEndOfInstance,
  isEndOfPath,
  NodeType,
} from "./node.ts";
import type { NodeCodec } from "./node-codec.ts";

const codecs: readonly NodeCodec[] = [...deviceNodes, ...networkNodes, ...mediaNodes];

/** Names of nodes that are written as type, subtype and hexadecimal data. */
const genericNames: Readonly<Record<string, number>> = {
  HardwarePath: NodeType.Hardware,
  AcpiPath: NodeType.Acpi,
  Msg: NodeType.Messaging,
  MediaPath: NodeType.Media,
  BbsPath: NodeType.Bbs,
};

/** How to write a device path. */
export interface DevicePathStyle {
  /**
   * Write what the firmware prints, which leaves out ports and shows the NID of NVMe-oF nodes as an EFI_GUID. Otherwise the
   * text gives the same bytes back.
   */
  readonly asPrinted?: boolean | undefined;
}

/**
 * Text of the device path at `at`, as EDK II writes it: nodes joined by `/`, instances by `,`.
 *
 * @throws {DecodeError} when the bytes are not a device path.
 */
export function formatDevicePath(bytes: Uint8Array, at = 0, style: DevicePathStyle = {}): string {
  const { nodes, end } = decodeNodes(bytes, at);
  let text = "";
  for (const node of nodes) {
    if (isEndOfPath(node)) break;
    if (isEndOfInstance(node)) text += ",";
    else text += (text === "" || text.endsWith(",") ? "" : "/") + formatNode(node, style);
  }
  // An instance without nodes cannot be written with commas.
  if (style.asPrinted || isText(text, bytes.subarray(at, end))) return text;
  return nodes.slice(0, -1).map(formatGeneric).join("/");
}

function isText(text: string, bytes: Uint8Array): boolean {
  try {
    return equalBytes(parseDevicePath(text), bytes);
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}

/** Text of one node. */
function formatNode(node: DevicePathNode, style: DevicePathStyle = {}): string {
  const { type, subtype, data } = node;
  if (type === NodeType.Media && subtype === filePathSubtype) {
    const path = formatFilePath(data);
    if (path !== undefined) return path;
  }
  const view = viewOf(data);
  for (const codec of codecs) {
    if (codec.type !== type || codec.subtype !== subtype) continue;
    if (style.asPrinted && codec.display) {
      const args = codec.display(data, view);
      if (args) return `${codec.name}(${args.join(",")})`;
    }
    const args = codec.format(data, view);
    const text = args && `${codec.name}(${args.join(",")})`;
    // Padding that is not zero, and the like, has no place in the text.
    if (text !== undefined && (style.asPrinted || givesBack(text, node))) return text;
  }
  return formatGeneric(node);
}

/** A node as type, subtype and hexadecimal data. */
function formatGeneric({ type, subtype, data }: DevicePathNode): string {
  const name = Object.entries(genericNames).find(([, number]) => number === type)?.[0];
  const hexData = data.length > 0 ? `,${upperHex(data)}` : "";
  return name === undefined ? `Path(${type},${subtype}${hexData})` : `${name}(${subtype}${hexData})`;
}

function givesBack(text: string, { type, subtype, data }: DevicePathNode): boolean {
  const parts = splitPath(text);
  const node = parts?.length === 1 ? parseNode(parts[0]!.text) : undefined;
  return node !== undefined && node.type === type && node.subtype === subtype && equalBytes(node.data, data);
}

/**
 * Bytes of a device path from its text, the end node included. Node names may be written in any case; a part without
 * parentheses is a file path.
 *
 * @throws {ParseError} with the column of the part that is no node.
 * @throws {EncodeError} for a node of more than 65535 bytes.
 */
export function parseDevicePath(text: string): Bytes {
  const parts = splitPath(text);
  if (!parts) throw new ParseError("the parentheses of the device path do not match", { line: 1, column: 1 });
  const nodes: DevicePathNode[] = [];
  for (const part of parts) {
    if (part.instance) nodes.push(instanceNode);
    const node = parseNode(part.text);
    if (!node) {
      throw new ParseError(`${JSON.stringify(part.text)} is not a device path node`, { line: 1, column: part.at + 1 });
    }
    nodes.push(node);
  }
  if (nodes.some(({ data }) => data.length > 0xfffb)) throw new EncodeError("a device path node is too long");
  return encodeNodes([...nodes, endNode]);
}

interface PathPart {
  readonly text: string;
  readonly at: number;
  /** A new instance begins here. */
  readonly instance: boolean;
}

/** Splits at `/` and `,` outside parentheses; undefined when these do not match. */
function splitPath(text: string): PathPart[] | undefined {
  const parts: PathPart[] = [];
  let depth = 0;
  let start = 0;
  let instance = false;
  const end = (at: number, next: boolean) => {
    // A leading "/" or an empty path has no part in front.
    if (at > start || next) parts.push({ text: text.slice(start, at), at: start, instance });
    start = at + 1;
    instance = next;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    if (depth < 0) return undefined;
    if (depth === 0 && character === "/") end(at, false);
    else if (depth === 0 && character === ",") end(at, true);
  }
  if (depth !== 0) return undefined;
  if (start < text.length || instance) end(text.length, false);
  return parts;
}

function parseNode(text: string): DevicePathNode | undefined {
  const [, name, inside] = /^([A-Za-z0-9]+)\((.*)\)$/s.exec(text) ?? [];
  if (name === undefined || inside === undefined) {
    if (text === "" || /[()]/.test(text)) return undefined;
    return { type: NodeType.Media, subtype: filePathSubtype, data: parseFilePath(text) };
  }
  const args = inside === "" ? [] : inside.split(",").map((arg) => arg.trim());
  for (const codec of codecs) {
    if (codec.name.toLowerCase() !== name.toLowerCase()) continue;
    const data = codec.parse(args);
    return data && { type: codec.type, subtype: codec.subtype, data };
  }
  return parseGeneric(name, args);
}

function parseGeneric(name: string, args: readonly string[]): DevicePathNode | undefined {
  const generic = Object.entries(genericNames).find(([other]) => other.toLowerCase() === name.toLowerCase());
  const [type, subtype, digits = "", ...rest] = generic ? [String(generic[1]), ...args] : args;
  if (!generic && name.toLowerCase() !== "path") return undefined;
  const [typeByte, subtypeByte] = [numberBytes(type, 1), numberBytes(subtype, 1)];
  const data = parseHex(digits);
  if (!typeByte || !subtypeByte || !data || rest.length > 0) return undefined;
  return { type: typeByte[0]!, subtype: subtypeByte[0]!, data };
}
