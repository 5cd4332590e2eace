import { ParseError } from "../../errors.ts";
import { parseJson } from "../../text/parse-json.ts";

/** How a firmware is given to QEMU. */
export type FirmwareMapping =
  | {
      /** Flash: `pflash` drives. */
      readonly device: "flash";
      /**
       * `split`: code and variables in two files; `combined`: in one; `stateless`: no variables are kept. `split` where
       * not given.
       */
      readonly mode: "split" | "combined" | "stateless";
      /** Path of the code. */
      readonly executable: string;
      /** Image format of the code, `raw` or `qcow2`; `raw` where not given. */
      readonly executableFormat: string;
      /** Path of the empty variable store that each machine starts with a copy of; undefined where it has none. */
      readonly nvramTemplate?: string;
      /** Image format of the template, `raw` where not given; present with `nvramTemplate`. */
      readonly nvramFormat?: string;
    }
  | {
      /** Memory (`-bios`), in place of a kernel, or an IGVM file. */
      readonly device: "memory" | "kernel" | "igvm";
      /** Path of the code. */
      readonly executable: string;
    };

/** One firmware that a distribution offers (QEMU, docs/interop/firmware.json). */
export interface FirmwareDescriptor {
  /** For people; empty where the descriptor has none. */
  readonly description: string;
  /** What the firmware offers to what it starts: `uefi`, `bios`, `openfirmware` or `uboot`. */
  readonly interfaces: readonly string[];
  /** How QEMU is given the firmware, and its files. */
  readonly mapping: FirmwareMapping;
  /** Machines it is for: architecture as in `qemu-system-ARCHITECTURE`, machine types as glob patterns (`pc-q35-*`). */
  readonly targets: readonly { readonly architecture: string; readonly machines: readonly string[] }[];
  /** QEMU's names of them, such as `secure-boot`, `enrolled-keys` or `requires-smm`. */
  readonly features: readonly string[];
  /** Free texts of the distribution, often the build's flags. */
  readonly tags: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A firmware descriptor from its JSON text.
 *
 * @throws {ParseError} when the text is not JSON, or lacks what a firmware needs to be started.
 */
export function parseFirmwareDescriptor(text: string): FirmwareDescriptor {
  const object = asObject(parseJson(text), "descriptor");
  return {
    description: typeof object["description"] === "string" ? object["description"] : "",
    interfaces: strings(object["interface-types"]),
    mapping: mappingOf(asObject(object["mapping"], "mapping")),
    targets: list(object["targets"]).map((target) => {
      const { architecture, machines } = asObject(target, "targets");
      return { architecture: String(architecture), machines: strings(machines) };
    }),
    features: strings(object["features"]),
    tags: strings(object["tags"]),
  };
}

function mappingOf(mapping: Json): FirmwareMapping {
  const device = mapping["device"];
  if (device === "memory" || device === "kernel" || device === "igvm")
    return { device, executable: filename(mapping, "mapping") };
  if (device !== "flash")
    throw new ParseError(`mapping.device is ${JSON.stringify(device)}`, { path: "mapping.device" });
  const executable = asObject(mapping["executable"], "mapping.executable");
  const template =
    mapping["nvram-template"] === undefined ? undefined : asObject(mapping["nvram-template"], "mapping.nvram-template");
  const mode = mapping["mode"] ?? "split";
  if (mode !== "split" && mode !== "combined" && mode !== "stateless")
    throw new ParseError(`mapping.mode is ${JSON.stringify(mode)}`, { path: "mapping.mode" });
  return {
    device,
    mode,
    executable: filename(executable, "mapping.executable"),
    executableFormat: String(executable["format"] ?? "raw"),
    ...(template && {
      nvramTemplate: filename(template, "mapping.nvram-template"),
      nvramFormat: String(template["format"] ?? "raw"),
    }),
  };
}

function filename(object: Json, path: string): string {
  const name = object["filename"];
  if (typeof name !== "string") throw new ParseError("filename is missing", { path: `${path}.filename` });
  return name;
}

function asObject(value: unknown, path: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ParseError("expected an object", { path });
  return value as Json;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

/** A descriptor file of a search folder. */
export interface DescriptorFile {
  /** File name without its folder. */
  readonly name: string;
  /** Its text; an empty one hides files of the same name in less specific folders. */
  readonly text: string;
}

/** Where descriptors are looked for, least specific first; the user's own folder comes last where there is one. */
export const descriptorFolders: readonly string[] = ["/usr/share/qemu/firmware", "/etc/qemu/firmware"];

/**
 * The descriptors in some folders in the order of preference: sorted by file name; of equal names the one in the more specific folder counts; a
 * file without contents hides those below it. Files that cannot be read as a descriptor are passed over.
 *
 * @param folders files of each folder, least specific folder first.
 */
export function orderDescriptors(folders: readonly (readonly DescriptorFile[])[]): FirmwareDescriptor[] {
  const byName = new Map<string, string>();
  for (const files of folders) for (const { name, text } of files) byName.set(name, text);
  const names = [...byName.keys()].filter((name) => name.endsWith(".json")).sort();
  return names.flatMap((name) => {
    const text = byName.get(name)!;
    if (text.trim() === "") return [];
    try {
      return [parseFirmwareDescriptor(text)];
    } catch (error) {
      if (error instanceof ParseError) return [];
      throw error;
    }
  });
}

/** What a firmware has to fit. */
export interface FirmwareRequirements {
  /** As in `qemu-system-ARCHITECTURE`: `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** Machine type, for example `q35` or `pc-q35-7.2`. */
  readonly machine: string;
  /** What the firmware offers to what it starts; `uefi` unless given. */
  readonly interface?: "uefi" | "bios";
  /** Secure Boot with enrolled keys; without unless given. */
  readonly secureBoot?: boolean;
}

/** The first descriptor that fits, as management programs choose it. */
export function selectFirmware(
  descriptors: readonly FirmwareDescriptor[],
  required: FirmwareRequirements,
): FirmwareDescriptor | undefined {
  const alias = new Map([
    ["q35", "pc-q35-0"],
    ["pc", "pc-i440fx-0"],
    ["virt", "virt-0"],
  ]);
  const machine = alias.get(required.machine) ?? required.machine;
  return descriptors.find(
    (item) =>
      item.interfaces.includes(required.interface ?? "uefi") &&
      item.mapping.device === "flash" &&
      item.features.includes("secure-boot") === (required.secureBoot ?? false) &&
      item.targets.some(
        (target) =>
          target.architecture === required.architecture &&
          target.machines.some((glob) => matches(glob, machine) || matches(glob, required.machine)),
      ),
  );
}

function matches(glob: string, name: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`).test(name);
}
