import { describe, expect, it } from "vitest";
import { validate } from "../../src/rules/validate.ts";
import { firmwareTables, madeTables, moreTables, type Vector } from "../helpers/vectors.ts";

function codes({ bytes }: Vector, severity: string): string[] {
  return [
    ...new Set(
      validate(bytes)
        .filter((found) => found.severity === severity)
        .map(({ rule }) => rule),
    ),
  ].sort();
}

/** Warnings that a made table is there to show. Its Host ID starts with 00 in all but one of them. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  "L09-multi-hfi-dups": ["G004", "S032"],
  "L10-ssns-no-secondary": ["S019"],
  "L13-security-3": ["D014", "S035"],
  "L20-utf8-hostname": ["T024"],
  "L22-minor-2": ["H008"],
};

/** What nothing breaks of, and a made table is there to show. */
const infos: Readonly<Record<string, string>> = {
  "L07-dhcp-duid-spec-example": "X008",
  "L13-security-3": "Y009",
  "L23-bare-control-invalid": "H018",
  "L25-hostid-guid": "O009",
};

const noHostIdTrap = ["L23-bare-control-invalid", "L25-hostid-guid"];

describe("made tables", () => {
  it.each(madeTables.map((vector) => [vector.name, vector] as const))(
    "%s shows what it is made for",
    (name, vector) => {
      expect(codes(vector, "error")).toEqual([]);
      const trap = noHostIdTrap.includes(name) ? [] : ["O013"];
      const newer = vector.bytes[50] === 1 ? ["H021"] : [];
      expect(codes(vector, "warning")).toEqual([...(warnings[name] ?? []), ...trap, ...newer].sort());
      expect(codes(vector, "info")).toEqual(expect.arrayContaining(infos[name] ? [infos[name]] : []));
    },
  );
});

/** What is wrong with tables of some boots: a target that was not there, and an IPv6 link-local one. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  "dead-target/NBFT.bin": ["G005"],
  "static-ipv6-linklocal/NBFT.bin": ["S038", "T017"],
};

describe("tables that real firmware published in boots made for this project", () => {
  it.each(firmwareTables.map((vector) => [vector.name, vector] as const))("%s has no error", (name, vector) => {
    expect(codes(vector, "error")).toEqual([]);
    expect(codes(vector, "warning")).toEqual(wrong[name] ?? []);
    // Firmware of June 2023 stores the Host ID as an EFI_GUID, and nothing breaks.
    expect(codes(vector, "info")).toContain("O009");
  });
});

/** Errors that published tables have, each with the reason. All other tables of the folder are expected to be sound. */
const published: Readonly<Record<string, readonly string[]>> = {
  // Made by upstream's generator: a flag without its object, or a revision that asks for more than the table has.
  "NBFT-synthetic-2hfi-3ssns-disc-sec": ["S027"],
  "NBFT-synthetic-dhcp-2hfi-3ssns-2sec": ["S026", "T011"],
  "NBFT-synthetic-mixed-nid-types": ["S027", "Y005"],
  // Made by upstream to try its reader: policy lists are enabled and not there.
  "NBFT-unlinked-discovery": ["Y005", "Y011"],
  "NBFT-unresolved-discovery-hfi": ["D008", "Y005", "Y011"],
  "NBFT-bad-discovery-list-offset": ["C012", "Y005", "Y011"],
  // A draft of the specification.
  "NBFT-bad-oldspec": ["C001", "H014"],
};

describe.skipIf(moreTables.length === 0)("tables of NBFT_VECTORS", () => {
  const fileName = ({ name }: Vector) => name.split("/").at(-1)!;

  it.each(
    moreTables.filter(({ name }) => /published|firmware/.test(name)).map((vector) => [vector.name, vector] as const),
  )("%s has no error but those that the catalogue names", (_, vector) => {
    expect(codes(vector, "error")).toEqual(published[fileName(vector)] ?? []);
  });
});
