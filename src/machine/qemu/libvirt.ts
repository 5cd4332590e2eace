import { escapeXml } from "../../text/xml.ts";
import { formatFwCfg } from "./fw-cfg-argument.ts";
import type { MachineDisk, MachineNic, MachineSpec } from "./machine.ts";
import { qemuCommand } from "./machine.ts";
import type { PciPlace } from "./pci-places.ts";
import { isBefore, parseMachine } from "./route.ts";

/** First libvirt that has `<table type='raw'>` for QEMU. */
const rawTableVersion = "11.2";
/** First libvirt that takes a template of the variables that is not raw. */
const templateFormatVersion = "10.10";
/** First libvirt that takes flash files that are not raw. */
const flashFormatVersion = "9.2";

/** Choices of {@link libvirtDomain}. */
export interface LibvirtOptions {
  /** Version that reads the XML; before 11.2 tables go on QEMU's command line. The newest unless given. */
  readonly version?: string | undefined;
}

/** The first libvirt that understands the domain of a machine; undefined where any does that is in use. */
export function neededLibvirt(spec: MachineSpec, options: LibvirtOptions = {}): string | undefined {
  if (hasRawTables(spec, options) && spec.tables.length > 0) return rawTableVersion;
  const { firmware } = spec;
  if (firmware.kind !== "flash") return undefined;
  if (firmware.template !== undefined && firmware.varsFormat === "qcow2") return templateFormatVersion;
  return firmware.codeFormat === "qcow2" || firmware.varsFormat === "qcow2" ? flashFormatVersion : undefined;
}

function hasRawTables({ machine }: MachineSpec, { version }: LibvirtOptions): boolean {
  return !isBefore(version, rawTableVersion) && parseMachine(machine).acpi;
}

/** An XML element: attributes, and children or a text. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[] | string;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Element | undefined)[] | string = [],
): Element {
  return {
    name,
    attributes,
    children: typeof children === "string" ? children : children.filter((child) => child !== undefined),
  };
}

const qemuNamespace = "http://libvirt.org/schemas/domain/qemu/1.0";

/**
 * A libvirt domain for a machine (libvirt, docs/formatdomain.rst).
 *
 * What libvirt has no element for goes into `<qemu:commandline>`: it taints the domain, and files named there are not relabelled for
 * SELinux or AppArmor. A table is `<table type='raw'>` from 11.2 on; `type='slic'` would force the signature SLIC, `rawset` is for Xen.
 *
 * @throws {EncodeError} when a table's path cannot be written in an `-acpitable` option.
 */
export function libvirtDomain(spec: MachineSpec, options: LibvirtOptions = {}): string {
  const kvm = spec.accelerators.includes("kvm");
  const { type, acpi } = parseMachine(spec.machine);
  const rawTables = hasRawTables(spec, options);
  const extra = commandLine(spec, rawTables);
  const domain = element(
    "domain",
    { type: kvm ? "kvm" : "qemu", ...(extra.length > 0 && { "xmlns:qemu": qemuNamespace }) },
    [
      element("name", {}, spec.name),
      spec.smbios?.uuid === undefined ? undefined : element("uuid", {}, spec.smbios.uuid),
      element("memory", { unit: "MiB" }, String(spec.memory)),
      element("vcpu", {}, String(spec.cpus)),
      ...sysinfo(spec),
      element("os", {}, os(spec, type, rawTables)),
      element("features", {}, acpi ? [element("acpi")] : []),
      element("cpu", { mode: kvm ? "host-passthrough" : "maximum" }),
      element("on_poweroff", {}, "destroy"),
      element("on_crash", {}, "destroy"),
      element("devices", {}, devices(spec, type)),
      extra.length > 0
        ? element(
            "qemu:commandline",
            {},
            extra.map((value) => element("qemu:arg", { value })),
          )
        : undefined,
    ],
  );
  const needed = neededLibvirt(spec, options);
  return `${needed === undefined ? "" : `<!-- needs libvirt ${needed} or later -->\n`}${format(domain, "")}\n`;
}

function os(spec: MachineSpec, type: string, rawTables: boolean): (Element | undefined)[] {
  const { firmware } = spec;
  const flash = firmware.kind === "flash" ? firmware : undefined;
  // libvirt takes flash files as raw unless it is told.
  const format = (name: string, value: string | undefined) => (value === "qcow2" ? { [name]: value } : {});
  const loader = { readonly: "yes", type: "pflash", ...format("format", flash?.codeFormat) };
  return [
    element(
      "type",
      { arch: spec.architecture, machine: type === "" ? spec.machine : spec.machine.split(",")[0]! },
      "hvm",
    ),
    firmware.kind === "bios" ? element("loader", { readonly: "yes", type: "rom" }, firmware.file) : undefined,
    flash && element("loader", flash.vars === undefined ? { ...loader, stateless: "yes" } : loader, flash.code),
    flash?.vars !== undefined
      ? element(
          "nvram",
          {
            ...(flash.template !== undefined && {
              template: flash.template,
              ...format("templateFormat", flash.varsFormat),
            }),
            ...format("format", flash.varsFormat),
          },
          flash.vars,
        )
      : undefined,
    spec.kernel === undefined ? undefined : element("kernel", {}, spec.kernel),
    spec.initrd === undefined ? undefined : element("initrd", {}, spec.initrd),
    spec.commandLine === undefined ? undefined : element("cmdline", {}, spec.commandLine),
    rawTables && spec.tables.length > 0
      ? element(
          "acpi",
          {},
          spec.tables.flatMap(({ file = [] }) => file.map((path) => element("table", { type: "raw" }, path))),
        )
      : undefined,
    hasSmbios(spec) ? element("smbios", { mode: "sysinfo" }) : undefined,
  ];
}

function hasSmbios({ smbios }: MachineSpec): boolean {
  return (
    smbios !== undefined &&
    (smbios.uuid !== undefined || (smbios.oemStrings ?? []).length > 0 || smbios.product !== undefined)
  );
}

function sysinfo(spec: MachineSpec): Element[] {
  const parts: Element[] = [];
  const { smbios } = spec;
  if (smbios && hasSmbios(spec)) {
    const entries = (["manufacturer", "product", "serial", "uuid"] as const).flatMap((name) =>
      smbios[name] === undefined ? [] : [element("entry", { name }, smbios[name])],
    );
    const strings = (smbios.oemStrings ?? []).map((text) => element("entry", {}, text));
    parts.push(
      element("sysinfo", { type: "smbios" }, [
        entries.length > 0 ? element("system", {}, entries) : undefined,
        strings.length > 0 ? element("oemStrings", {}, strings) : undefined,
      ]),
    );
  }
  const items = spec.fwCfg.filter(({ name }) => isLibvirtItem(name));
  const entries = items.flatMap((item) => {
    if ("file" in item) return [element("entry", { name: item.name, file: item.file })];
    return "string" in item ? [element("entry", { name: item.name }, item.string)] : [];
  });
  if (entries.length > 0) parts.push(element("sysinfo", { type: "fwcfg" }, entries));
  return parts;
}

/** Whether libvirt takes a fw_cfg item of this name; it refuses what is not `opt/…`, and the names of OVMF and QEMU. */
export function isLibvirtItem(name: string): boolean {
  return name.startsWith("opt/") && !/^opt\/(ovmf|org\.qemu)\//.test(name);
}

function devices(spec: MachineSpec, type: string): (Element | undefined)[] {
  const express = type !== "pc";
  return [
    element("emulator", {}, `/usr/bin/qemu-system-${spec.architecture}`),
    ...spec.disks.map((disk, i) => diskElement(disk, i)),
    element("controller", { type: "pci", index: "0", model: express ? "pcie-root" : "pci-root" }),
    ...bridgeElements(spec, express),
    ...(spec.fillers ?? []).map((place) =>
      element("rng", { model: "virtio" }, [
        element("backend", { model: "builtin" }),
        address({ ...place, bus: controllerOf(place.bus, spec) }, true),
      ]),
    ),
    ...spec.nics.flatMap((nic) => nicElement(nic, spec)),
    element("serial", { type: "pty" }),
    element("console", { type: "pty" }),
  ];
}

/** libvirt numbers its controllers in a row, whatever the buses are called in the guest. */
function bridgeElements({ bridges }: MachineSpec, express: boolean): Element[] {
  let roots = 0;
  return bridges.flatMap(({ bus, device, root }, i) => {
    const first = root && bridges[i - 1]?.root !== root;
    if (first) roots++;
    const rootIndex = root ? bridges.length + roots : 0;
    const target = express ? { chassis: String(bus) } : { chassisNr: String(bus) };
    const bridge = element(
      "controller",
      { type: "pci", index: String(i + 1), model: express ? "pcie-root-port" : "pci-bridge" },
      [element("target", target), address({ bus: rootIndex, device, function: 0 }, false)],
    );
    if (!first) return [bridge];
    const expander = element("controller", { type: "pci", index: String(rootIndex), model: "pcie-expander-bus" }, [
      element("target", { busNr: String(root.bus) }),
      address({ bus: 0, device: root.device, function: 0 }, false),
    ]);
    return [expander, bridge];
  });
}

/** libvirt's number of the controller that has a bus. */
function controllerOf(bus: number, { bridges }: MachineSpec): number {
  return bridges.findIndex((bridge) => bridge.bus === bus) + 1;
}

function diskElement(disk: MachineDisk, i: number): Element {
  const size = disk.blockSize === undefined || disk.blockSize === 512 ? undefined : String(disk.blockSize);
  return element("disk", { type: "file", device: "disk" }, [
    element("driver", { name: "qemu", type: disk.format }),
    element("source", { file: disk.path }),
    element("target", { dev: `vd${String.fromCharCode(97 + i)}`, bus: "virtio" }),
    size === undefined ? undefined : element("blockio", { logical_block_size: size, physical_block_size: size }),
    disk.readonly ? element("readonly") : undefined,
  ]);
}

/** NICs on a stream, and user networks with an address or forwards of their own, have no element in libvirt: they go on QEMU's command line. */
function isPlainNic({ backend }: MachineNic): boolean {
  if (backend.kind !== "user") return backend.kind !== "stream";
  return backend.host === undefined && (backend.forwards ?? []).length === 0;
}

function nicElement(nic: MachineNic, spec: MachineSpec): Element[] {
  if (!isPlainNic(nic)) return [];
  const { backend } = nic;
  const siblings = spec.nics.some(
    (other) => other !== nic && other.place?.bus === nic.place?.bus && other.place?.device === nic.place?.device,
  );
  return [
    element(
      "interface",
      { type: { user: "user", bridge: "bridge", tap: "ethernet", libvirt: "network", stream: "" }[backend.kind] },
      [
        element("mac", { address: nic.mac }),
        backend.kind === "bridge" ? element("source", { bridge: backend.name }) : undefined,
        backend.kind === "libvirt" ? element("source", { network: backend.name }) : undefined,
        backend.kind === "tap" ? element("target", { dev: backend.name, managed: "no" }) : undefined,
        backend.kind === "user" ? ipElement(backend.network, "ipv4") : undefined,
        backend.kind === "user" ? ipElement(backend.prefix, "ipv6") : undefined,
        element("model", { type: nic.model.replace(/^virtio-net-(pci|device)$/, "virtio") }),
        element("rom", { enabled: "no" }),
        nic.place &&
          address({ ...nic.place, bus: controllerOf(nic.place.bus, spec) }, nic.place.function === 0 && siblings),
      ],
    ),
  ];
}

function ipElement(network: string | undefined, family: string): Element | undefined {
  if (network === undefined) return undefined;
  const [base = "", prefix = ""] = network.split("/");
  return element("ip", { family, address: base, prefix });
}

function address(place: PciPlace, multifunction: boolean): Element {
  const hex = (value: number, width: number) => `0x${value.toString(16).padStart(width, "0")}`;
  return element("address", {
    type: "pci",
    domain: "0x0000",
    bus: hex(place.bus, 2),
    slot: hex(place.device, 2),
    function: hex(place.function, 1),
    ...(multifunction && { multifunction: "on" }),
  });
}

/** QEMU arguments for what libvirt has no element for. */
function commandLine(spec: MachineSpec, rawTables: boolean): string[] {
  const { options } = qemuCommand(spec);
  const wanted: string[] = [];
  const odd = new Set(spec.nics.filter((nic) => !isPlainNic(nic)).map(({ id }) => id));
  const names = spec.fwCfg.filter((item) => !isLibvirtItem(item.name) || "genId" in item).map(formatFwCfg);
  for (const words of options) {
    const [name, value = ""] = words;
    const id = /(?:^|,)(?:id|netdev)=([^,]*)/.exec(value)?.[1];
    const keep =
      (name === "-acpitable" && !rawTables) ||
      (name === "-fw_cfg" && names.includes(value)) ||
      ((name === "-netdev" || name === "-device") && id !== undefined && odd.has(id));
    // libvirt calls the bus of its controller 2 pci.2.
    const onBus = (_: string, bus: string) => `,bus=pci.${controllerOf(Number(bus), spec)}`;
    if (keep) wanted.push(...words.map((word) => word.replace(/,bus=bus(\d+)/, onBus)));
  }
  return [...wanted, ...(spec.more ?? [])];
}

function format({ name, attributes, children }: Element, indent: string): string {
  const head = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}='${escapeXml(value)}'`)
    .join("")}`;
  if (typeof children === "string") return `${head}>${escapeXml(children)}</${name}>`;
  if (children.length === 0) return `${head}/>`;
  return `${head}>\n${children.map((child) => format(child, `${indent}  `)).join("\n")}\n${indent}</${name}>`;
}
