import { DecodeError } from "../../errors.ts";
import { bootNumber, decodeU16List, encodeU16List } from "../../uefi/boot/boot-numbers.ts";
import { decodeBootOption, encodeBootOption, LoadOptionAttribute } from "../../uefi/boot/boot-option.ts";
import { type DevicePathNode, decodeNodes, encodeNodes, endNode } from "../../uefi/device-path/node.ts";
import { formatDevicePath, parseDevicePath } from "../../uefi/device-path/text.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";

/** A boot option as a text shows it. */
export interface ShownOption {
  /** `Boot0001`. */
  readonly name: string;
  readonly active: boolean;
  readonly description: string;
  /** Nodes of its device path without the last one, as far as the text has them. */
  readonly nodes: readonly DevicePathNode[];
  /** Nodes that the text does not show in full, as it shows them. */
  readonly unread: readonly string[];
  /** Undefined where the text has them in a form that loses some. */
  readonly optionalData: Uint8Array | undefined;
}

/** The boot options of a machine as a text shows them. */
export interface ShownBootOptions {
  readonly options: readonly ShownOption[];
  /** Content of BootOrder, BootNext, BootCurrent and Timeout, where they are shown. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

/** The boot options among variables; one that is damaged is left out. */
export function bootOptionsIn(variables: readonly Variable[]): ShownBootOptions {
  const global = variables.filter(({ guid }) => guid === vendorGuids.global);
  const numbers = global.filter(({ name, data }) => name === "BootOrder" && data.length % 2 === 0);
  return {
    options: global.flatMap(({ name, data }) => (bootNumber(name) === undefined ? [] : optionIn(name, data))),
    numbers: new Map(numbers.map(({ name, data }) => [name, decodeU16List(data)])),
  };
}

function optionIn(name: string, data: Uint8Array): ShownOption[] {
  try {
    const { attributes, description, paths, optionalData } = decodeBootOption(data);
    const nodes = paths[0] === undefined ? [] : decodeNodes(parseDevicePath(paths[0])).nodes.slice(0, -1);
    return [
      { name, active: (attributes & LoadOptionAttribute.Active) !== 0, description, nodes, unread: [], optionalData },
    ];
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

/** The variables of shown boot options, and sentences about what could not be made. */
export function variablesOf({ options, numbers }: ShownBootOptions): { variables: Variable[]; notes: string[] } {
  const variables: Variable[] = [];
  const notes: string[] = [];
  const add = (name: string, attributes: number, data: Uint8Array) =>
    variables.push({ guid: vendorGuids.global, name, attributes, data });
  for (const [name, content] of numbers) add(name, name === "BootCurrent" ? 6 : 7, encodeU16List(content));
  for (const { name, active, description, nodes, unread, optionalData } of options) {
    if (unread.length > 0) notes.push(`${name} is left out: the text does not show all of ${unread.join(", ")}`);
    else {
      if (!optionalData) notes.push(`${name}: its optional data are left out: the text does not show all of them`);
      const paths = [formatDevicePath(encodeNodes([...nodes, endNode]))];
      add(
        name,
        7,
        encodeBootOption({ attributes: active ? LoadOptionAttribute.Active : 0, description, paths, optionalData }),
      );
    }
  }
  return { variables, notes };
}
