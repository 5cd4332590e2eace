import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import type { AcpidumpStyle } from "../../src/acpi/text-styles.ts";
import { textTables } from "../../src/acpi/text-tables.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { formatDsl } from "../../src/output/dsl.ts";
import { formatIasl } from "../../src/output/iasl.ts";
import { allTables, firmwareTables, madeTables, table } from "../helpers/vectors.ts";
import { describeWith, scratchFolder } from "./machine.ts";

const folder = scratchFolder("acpica");
const run = (program: string, args: string[], cwd = folder) => spawnSync(program, args, { cwd, encoding: "utf8" });

describeWith(["acpixtract"], "acpixtract", () => {
  const extract = (text: string, name: string) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, "dump.txt"), text);
    const { status, stdout } = run("acpixtract", ["-a", "dump.txt"], cwd);
    expect(status, stdout).toBe(0);
    const found = readdirSync(cwd)
      .filter((file) => file.endsWith(".dat"))
      .sort();
    return Object.fromEntries(found.map((file) => [file, readFileSync(join(cwd, file))]));
  };

  it.each<AcpidumpStyle>(["acpica", "fwts", "pmtools"])("reads our text in the style of %s", (style) => {
    const files = extract(
      formatAcpidump([{ bytes: table("L02"), address: 0x7fb1000 }, { bytes: table("multipath/") }], style),
      `style-${style}`,
    );
    expect(Object.keys(files)).toEqual(["nbft1.dat", "nbft2.dat"]);
    expect(Buffer.compare(files["nbft1.dat"]!, table("L02"))).toBe(0);
    expect(Buffer.compare(files["nbft2.dat"]!, table("multipath/"))).toBe(0);
  });

  it("gives every table of the project back", () => {
    // It does not take a table whose length is not that of its rows.
    const whole = [...madeTables, ...firmwareTables];
    const files = extract(formatAcpidump(whole), "all");
    expect(Object.keys(files)).toHaveLength(whole.length);
    for (const [i, { bytes, path }] of whole.entries())
      expect(Buffer.compare(files[`nbft${i + 1}.dat`]!, bytes), path).toBe(0);
  });
});

describeWith(["iasl"], "iasl", () => {
  it("compiles the source of every table to the same bytes, but for checksum and creator", () => {
    let compared = 0;
    for (const { path, bytes } of allTables) {
      if (bytes.length < 128) continue;
      const reading = readNbft(bytes);
      const source = join(folder, "t.dsl");
      writeFileSync(source, formatDsl(path, reading));
      const { stdout, stderr } = run("iasl", ["-p", join(folder, "out"), source]);
      const expected = Uint8Array.from(reading.frame.bytes);
      const made = Uint8Array.from(readFileSync(join(folder, "out.aml")));
      // Made by iasl itself: checksum, creator id and revision, and the length where the table's own is wrong.
      const masked = (list: Uint8Array) =>
        list.map((byte, i) => (i === 9 || (i >= 28 && i < 36) || (i >= 4 && i < 8) ? 0 : byte));
      expect(Buffer.compare(masked(made), masked(expected)), `${path}\n${stdout}${stderr}`).toBe(0);
      if (!source.includes("the table says")) expect(made.length).toBe(expected.length);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });

  it("recompiles an edited text with its references moved", () => {
    const source = formatDsl("t", readNbft(table("L02"))).replace(
      /String : "nqn\.2014[^"]*"/,
      'String : "nqn.2026-01.org.example:a-host-with-another-name"',
    );
    writeFileSync(join(folder, "edited.dsl"), source);
    run("iasl", ["-p", join(folder, "edited"), join(folder, "edited.dsl")]);
    const reading = readNbft(Uint8Array.from(readFileSync(join(folder, "edited.aml"))));
    expect(reading.diagnostics.map(({ rule }) => rule)).toEqual([]);
    expect(reading.table.host!.hostNqn).toBe("nqn.2026-01.org.example:a-host-with-another-name");
    expect(reading.table.ssns[0]!.traddr).toBe("192.0.2.20");
  });

  it("disassembles with the header lines and raw data that we print", () => {
    const bytes = table("multipath/");
    writeFileSync(join(folder, "nbft.dat"), bytes);
    run("iasl", ["-d", "nbft.dat"]);
    const theirs = readFileSync(join(folder, "nbft.dsl"), "latin1");
    const style = theirs.includes("FieldValue (in hex)") ? "new" : "old";
    const ours = formatIasl("nbft.dat", readNbft(bytes), { style }).split("\n");
    const header = theirs.split("\n").filter((line) => line.startsWith("["));
    expect(header).toHaveLength(9);
    expect(ours.filter((line) => line.startsWith("[")).slice(1, 9)).toEqual(header.slice(1));
    expect(ours.find((line) => line.startsWith("["))).toBe(`${header[0]}[NVMe Boot Firmware Table]`);
    const raw = (text: string) => text.slice(text.indexOf("Raw Table Data"));
    expect(raw(ours.join("\n"))).toBe(raw(theirs));
    expect(textTables(theirs, "iasl").tables[0]!.bytes).toEqual(bytes);
  });
});
