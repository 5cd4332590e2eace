import { readFileSync } from "node:fs";
import { checksumFor } from "../src/acpi/checksum.ts";
import { withDefaults } from "../src/document/defaults.ts";
import { encodeNbft } from "../src/nbft/write/encode.ts";

/** Tables to measure with, by name. */
export type Tables = Readonly<Record<string, Uint8Array>>;

/** A small linear congruential generator: benchmarks must see the same tables in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
}

type Draw = (limit: number) => number;

const hexOf = (draw: Draw, digits: number) => Array.from({ length: digits }, () => draw(16).toString(16)).join("");
const uuidOf = (draw: Draw) => [8, 4, 4, 4, 12].map((digits) => hexOf(draw, digits)).join("-");
const ipOf = (draw: Draw) => `10.${draw(256)}.${draw(256)}.${1 + draw(254)}`;

interface Shape {
  readonly hfi: number;
  readonly ssns: number;
  readonly discovery: number;
  readonly minorRevision?: number;
}

/** A table such as firmware writes: static addresses, one subsystem, every path to it. */
export function makeTable(
  { hfi, ssns, discovery, minorRevision }: Shape,
  seed = 1,
  layout: "spec" | "edk2" = "edk2",
): Uint8Array {
  const draw = numbers(seed);
  const host = uuidOf(draw);
  const target = uuidOf(draw);
  const nid = uuidOf(draw);
  const addresses = Array.from({ length: Math.min(ssns, 16) || 1 }, () => ipOf(draw));
  const table = withDefaults({
    header: {
      ...(minorRevision !== undefined && { minorRevision }),
      oemId: "ACME",
      oemTableId: "SERVER",
      driverSignature: "PciRoot(0x0)/Pci(0x3,0x0)",
    },
    host: { hostNqn: `nqn.2014-08.org.nvmexpress:uuid:${host}`, hostId: host },
    hfi: Array.from({ length: hfi }, (_, i) => {
      const network = `10.${draw(256)}.${draw(256)}`;
      return {
        transportInfo: {
          transportInfoVersion: 1,
          pciSbdf: `0000:${(i % 200).toString(16).padStart(2, "0")}:00.0`,
          mac: Array.from({ length: 6 }, (_, part) => (part === 0 ? "52" : hexOf(draw, 2))).join(":"),
          ipOrigin: "manual",
          ipAddress: `${network}.${1 + draw(250)}`,
          subnetMaskPrefix: 24,
          gateway: `${network}.254`,
          primaryDns: "10.0.0.53",
          hostName: `host-${i}.example.org`,
        },
      };
    }),
    ssns: Array.from({ length: ssns }, (_, i) => ({
      index: i + 1,
      trtype: "tcp",
      traddr: addresses[i % addresses.length],
      trsvcid: "4420",
      nsid: 1,
      nidType: "uuid",
      nid,
      primaryHfi: hfi > 0 ? 1 + (i % hfi) : 0,
      subsystemNqn: `nqn.2024-01.org.example:storage:${target}`,
      ...(discovery > 0 && {
        discoveryIndex: 1 + (i % discovery),
        flags: { separateDiscoveryController: i % addresses.length !== (i % discovery) % addresses.length },
      }),
    })),
    discovery: Array.from({ length: discovery }, (_, i) => ({
      index: i + 1,
      hfiIndex: 1 + (i % hfi),
      uri: `nvme+tcp://${addresses[i % addresses.length]}:8009/`,
    })),
  });
  return encodeNbft(table, { layout });
}

const vectors = new URL("../test/vectors/", import.meta.url);

function vector(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(new URL(name, vectors)));
}

/** Four tables from small to large: two from real firmware, one with everything in it, one like a server with 14 namespaces. */
export function fourTables(): Tables {
  return {
    small: vector("firmware/vlan/NBFT.bin"),
    medium: vector("nbft/made/L13-security-3"),
    mpath: vector("firmware/discovery/NBFT.bin"),
    large: makeTable({ hfi: 4, ssns: 14, discovery: 2 }),
  };
}

/** Tables of a fleet: every one with addresses and ids of its own. */
export function* fleet(count: number): Generator<Uint8Array> {
  const shapes: Shape[] = [
    { hfi: 1, ssns: 1, discovery: 0 },
    { hfi: 1, ssns: 1, discovery: 1 },
    { hfi: 2, ssns: 2, discovery: 0 },
    { hfi: 2, ssns: 4, discovery: 2 },
  ];
  for (let i = 0; i < count; i++) {
    yield makeTable(shapes[i % shapes.length]!, i + 1, i % 3 === 0 ? "spec" : "edk2");
  }
}

/**
 * A table whose `count` namespaces all name one object of 65,535 bytes as their list of secondary interfaces: its model, taken at its
 * word, would be a hundred times as large as the table.
 */
export function aliasedTable(
  count: number,
  at: "secondaryHfis" | "subsystemNqn" | "both" = "secondaryHfis",
): Uint8Array {
  const base = makeTable({ hfi: 1, ssns: count, discovery: 0 });
  const length = 65_535;
  const bytes = new Uint8Array(base.length + length);
  bytes.set(base);
  // Two runs of one value each: what makes a quadratic search for duplicates slowest. No NUL ends it as text.
  bytes.fill(1, base.length, base.length + length / 2);
  bytes.fill(2, base.length + length / 2);
  const view = new DataView(bytes.buffer);
  const ssns = view.getUint32(88, true);
  for (let i = 0; i < count; i++) {
    const refs = at === "both" ? [48, 54] : [at === "secondaryHfis" ? 48 : 54];
    for (const ref of refs) {
      view.setUint32(ssns + 128 * i + ref, base.length, true);
      view.setUint16(ssns + 128 * i + ref + 4, length, true);
    }
  }
  view.setUint32(40, bytes.length - view.getUint32(36, true), true);
  view.setUint32(4, bytes.length, true);
  bytes[9] = checksumFor(bytes);
  return bytes;
}
