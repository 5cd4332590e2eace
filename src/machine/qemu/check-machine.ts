import { signatureOf } from "../../acpi/found-table.ts";
import { readUint } from "../../bytes/numbers.ts";
import { viewOf } from "../../bytes/view.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { EncodeError } from "../../errors.ts";
import { acpitableArchitectures, applyAcpitable, checkAcpitableTotal, formatAcpitable } from "./acpitable.ts";
import { checkFwCfg, q35Items, q35ItemsWithoutAcpi } from "./fw-cfg-argument.ts";
import type { MachineFirmware, MachineSpec } from "./machine.ts";
import { parseMachine, routesFor } from "./route.ts";
import { qemuFinding } from "./rules.ts";
import { checkSmbios } from "./smbios.ts";

/** A file that a machine names, as far as a check needs it. */
export interface InspectedFile {
  /** Bytes. */
  readonly size: number;
  /** Up to `length` bytes from the start. */
  head(length: number): Uint8Array;
  /** All bytes; undefined for what is too large. */
  bytes(): Uint8Array | undefined;
}

/** Looks at a file; undefined when it is not there, or cannot be read. */
export type Inspect = (path: string) => InspectedFile | undefined;

/**
 * What is wrong with a machine before it is started: its files, their sizes and pairings, ids, names, places. Where QEMU would refuse, the message
 * is QEMU's own.
 */
export function checkMachine(spec: MachineSpec, inspect: Inspect): Diagnostic[] {
  return [
    ...checkTables(spec, inspect),
    ...checkFirmware(spec, inspect),
    ...checkItems(spec, inspect),
    ...checkIds(spec),
    ...checkSmbios(spec.smbios ?? {}),
    ...checkFiles(spec, inspect),
  ];
}

function checkTables(spec: MachineSpec, inspect: Inspect): Diagnostic[] {
  const found: Diagnostic[] = [];
  const sizes: number[] = [];
  for (const [i, table] of spec.tables.entries()) {
    const path = `tables[${i}]`;
    try {
      formatAcpitable(table);
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      found.push(qemuFinding("Q005", path, error.message));
    }
    const files = (table.file ?? table.data ?? []).map((name) => ({ name, file: inspect(name) }));
    const missing = files.filter(({ file }) => file === undefined);
    for (const { name } of missing)
      found.push(qemuFinding("Q033", path, `can't open file ${name}: No such file or directory`));
    if (missing.length > 0) continue;
    const contents = files.map(({ file }) => file!.bytes() ?? new Uint8Array(file!.size));
    const applied = applyAcpitable(table, contents, path);
    found.push(...applied.diagnostics);
    if (!applied.bytes) continue;
    sizes.push(applied.bytes.length);
    if (signatureOf(applied.bytes) !== "NBFT")
      found.push(qemuFinding("Q011", path, `the guest sees ${JSON.stringify(signatureOf(applied.bytes))}, not NBFT`));
  }
  found.push(...checkAcpitableTotal(sizes));
  if (spec.tables.length > 0) {
    const { type, acpi } = parseMachine(spec.machine);
    const route = routesFor({
      architecture: spec.architecture,
      machine: spec.machine,
      firmware: spec.firmware.kind === "default" ? "seabios" : "ovmf",
    }).find(({ name }) => name === "acpitable")!;
    if (!acpitableArchitectures.includes(spec.architecture))
      found.push(qemuFinding("Q007", "tables", "Option not supported for this target"));
    else if (!route.usable)
      found.push(qemuFinding(acpi && type !== "microvm" ? "Q008" : "Q051", "tables", route.reason));
  }
  return found;
}

/** Sizes of CODE and VARS whose sum makes one flash: OVMF's 2 MiB and 4 MiB builds. */
const pairs = [
  { code: 1_966_080, vars: 131_072, name: "2M" },
  { code: 3_653_632, vars: 540_672, name: "4M" },
];
/** Arm's virt has two flash devices of this size, and takes no other. */
const armFlash = 64 << 20;
/** A PC's flash may have no more than this altogether (QEMU's max-fw-size). */
const largestFlash = 8 << 20;

function checkFirmware(spec: MachineSpec, inspect: Inspect): Diagnostic[] {
  const { firmware } = spec;
  if (firmware.kind === "default") {
    return acpitableArchitectures.includes(spec.architecture)
      ? []
      : [
          qemuFinding(
            "Q034",
            "firmware",
            `${spec.architecture} has no built-in firmware in QEMU: without firmware, no table is read`,
          ),
        ];
  }
  if (firmware.kind === "bios") return inspect(firmware.file) ? [] : [missingFile("firmware", firmware.file)];
  return checkFlash(firmware, spec.architecture, inspect);
}

function checkFlash(
  firmware: Extract<MachineFirmware, { kind: "flash" }>,
  architecture: string,
  inspect: Inspect,
): Diagnostic[] {
  const code = inspect(firmware.code);
  // The machine's own variables may not be there yet: they are copied from the template.
  const own = firmware.vars === undefined ? undefined : inspect(firmware.vars);
  const vars = own ?? (firmware.template === undefined ? undefined : inspect(firmware.template));
  const path = own ? firmware.vars! : (firmware.template ?? firmware.vars ?? "");
  const missing: Diagnostic[] = [];
  if (!code) missing.push(missingFile("firmware.code", firmware.code));
  if (firmware.vars !== undefined && !vars) missing.push(missingFile("firmware.vars", path));
  if (!code || missing.length > 0) return missing;
  const wrong = [
    ...wrongFormat(code, firmware.code, firmware.codeFormat),
    ...(vars ? wrongFormat(vars, path, firmware.varsFormat) : []),
  ];
  if (wrong.length > 0) return wrong.slice(0, 1);
  return [
    ...exchangedFiles(code, firmware.code, vars, path),
    ...checkSizes(
      { name: firmware.code, size: guestSize(code) },
      vars && { name: path, size: guestSize(vars) },
      architecture,
    ),
  ];
}

/** An image of another format than QEMU is told. */
function wrongFormat(file: InspectedFile, name: string, format = "raw"): Diagnostic[] {
  if (isQcow2Image(file) ? format !== "raw" : format !== "qcow2") return [];
  const [message, hint] =
    format === "raw"
      ? [
          `${name} is a qcow2 image, and format=raw makes QEMU run its header: the guest does not start`,
          "Say format=qcow2",
        ]
      : [`${name} is a raw image: Image is not in qcow2 format`, "Say format=raw"];
  return [qemuFinding("Q031", "firmware", message, hint)];
}

/** CODE in the place of VARS; what is in a qcow2 image is not looked at, its size tells. */
function exchangedFiles(
  code: InspectedFile,
  codeName: string,
  vars: InspectedFile | undefined,
  varsName: string,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (vars && !isQcow2Image(vars) && !isVariableStore(vars))
    found.push(
      qemuFinding("Q031", "firmware.vars", `${varsName} does not start with a variable store: is it a CODE file?`),
    );
  const bySize = isQcow2Image(code) && pairs.some((pair) => pair.vars === guestSize(code));
  if (bySize || (code.size >= 72 && isVariableStore(code)))
    found.push(qemuFinding("Q031", "firmware.code", `${codeName} is a variable store: CODE and VARS are exchanged`));
  return found;
}

interface Flash {
  readonly name: string;
  /** Bytes that the guest sees. */
  readonly size: number;
}

function checkSizes(code: Flash, vars: Flash | undefined, architecture: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const files = vars ? [code, vars] : [code];
  if (!acpitableArchitectures.includes(architecture)) {
    for (const { name, size } of files)
      if (size !== armFlash)
        found.push(
          qemuFinding(
            "Q032",
            "firmware",
            `${name}: device requires ${armFlash} bytes, block backend provides ${size} bytes`,
          ),
        );
    return found;
  }
  const total = code.size + (vars?.size ?? 0);
  if (total > largestFlash)
    found.push(
      qemuFinding("Q032", "firmware", `combined size of system firmware exceeds ${largestFlash} bytes (${total})`),
    );
  for (const { name, size } of files)
    if (size === 0 || size % 4096 !== 0)
      found.push(qemuFinding("Q032", "firmware", `${name}: system firmware block device has invalid size ${size}`));
  const codeBuild = pairs.find((pair) => pair.code === code.size);
  const varsBuild = vars && pairs.find((pair) => pair.vars === vars.size);
  if (vars && codeBuild !== varsBuild)
    found.push(
      qemuFinding(
        "Q030",
        "firmware",
        `${code.name} has ${code.size} bytes${buildName(codeBuild)}, ${vars.name} has ${vars.size}${buildName(varsBuild)}: they are not a pair`,
        "2M: CODE 1966080 with VARS 131072; 4M: CODE 3653632 with VARS 540672",
      ),
    );
  return found;
}

function buildName(build: { name: string } | undefined): string {
  return build ? ` (${build.name} build)` : "";
}

function missingFile(path: string, file: string): Diagnostic {
  return qemuFinding("Q033", path, `Could not open '${file}': No such file or directory`);
}

const isQcow2Image = (file: InspectedFile) => [0x51, 0x46, 0x49, 0xfb].every((byte, i) => file.head(4)[i] === byte);

/** Bytes that a guest sees of an image: a qcow2 header holds them at 24, big-endian. */
function guestSize(file: InspectedFile): number {
  const head = file.head(32);
  return isQcow2Image(file) && head.length === 32 ? Number(viewOf(head).getBigUint64(24)) : file.size;
}

/** A firmware volume whose file system GUID is that of a variable store (EFI_SYSTEM_NV_DATA_FV_GUID), with its `_FVH` signature. */
function isVariableStore(file: InspectedFile): boolean {
  const head = file.head(72);
  const guid = [0x8d, 0x2b, 0xf1, 0xff, 0x96, 0x76, 0x8b, 0x4c, 0xa9, 0x85, 0x27, 0x47, 0x07, 0x5b, 0x4f, 0x50];
  return head.length === 72 && guid.every((byte, i) => head[16 + i] === byte) && readUint(head, 40, 4) === 0x4856465f;
}

function checkItems(spec: MachineSpec, inspect: Inspect): Diagnostic[] {
  if (spec.fwCfg.length === 0) return [];
  const { type, acpi } = parseMachine(spec.machine);
  const found = checkFwCfg(
    spec.fwCfg,
    type === "q35" || type === "pc" ? { own: acpi ? q35Items : q35ItemsWithoutAcpi } : { own: acpi ? q35Items : [] },
  );
  for (const item of spec.fwCfg)
    if ("file" in item && !inspect(item.file))
      found.push(
        qemuFinding(
          "Q033",
          `fw_cfg[${item.name}]`,
          `can't load ${item.file}: Failed to open file “${item.file}”: No such file or directory`,
        ),
      );
  return found;
}

function checkIds(spec: MachineSpec): Diagnostic[] {
  const found: Diagnostic[] = [];
  const ids = new Set<string>();
  const macs = new Set<string>();
  for (const { bus, root } of spec.bridges) {
    ids.add(`bus${bus}`);
    if (root) ids.add(`root${root.bus}`);
  }
  for (const i of spec.disks.keys()) ids.add(`disk${i}`);
  for (const [i, { id, mac }] of spec.nics.entries()) {
    if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(id))
      found.push(
        qemuFinding("Q040", `nics[${i}].id`, `Parameter 'id' expects an identifier, not ${JSON.stringify(id)}`),
      );
    if (ids.has(id)) found.push(qemuFinding("Q040", `nics[${i}].id`, `Duplicate ID '${id}' for netdev`));
    if (macs.has(mac))
      found.push(qemuFinding("Q041", `nics[${i}].mac`, `${mac} is the MAC address of another NIC, too`));
    if (Number.parseInt(mac.slice(0, 2), 16) & 1)
      found.push(qemuFinding("Q041", `nics[${i}].mac`, `${mac} is a multicast address: no card can have it`));
    ids.add(id);
    macs.add(mac);
  }
  return found;
}

function checkFiles(spec: MachineSpec, inspect: Inspect): Diagnostic[] {
  const files = [
    ...spec.disks.map(({ path }, i) => [`disks[${i}]`, path] as const),
    ["kernel", spec.kernel] as const,
    ["initrd", spec.initrd] as const,
  ];
  return files.flatMap(([path, file]) => (file === undefined || inspect(file) ? [] : [missingFile(path, file)]));
}
