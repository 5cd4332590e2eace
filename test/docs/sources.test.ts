import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { table } from "../helpers/vectors.ts";

const path = resolve(import.meta.dirname, "../../docs/sources.md");
const [start, end] = ["<!-- forms: written by UPDATE_DOCS=1 -->\n", "<!-- end of forms -->"];

/** What made a text, and its file in test/vectors/forms. */
const forms: readonly (readonly [made: string, ...files: string[]])[] = [
  ["xxd", "xxd.txt"],
  ["xxd -g1, -g8", "xxd-g1.txt", "xxd-g8.txt"],
  ["xxd -e", "xxd-e.txt"],
  ["xxd -p", "xxd-p.txt"],
  ["xxd -i", "xxd-i.txt"],
  ["xxd -b", "xxd-b.txt"],
  ["hexdump -C", "hexdump-C.txt"],
  ["hexdump, hexdump -x", "hexdump.txt", "hexdump-x.txt"],
  ["hexdump -b", "hexdump-b.txt"],
  ["hexdump -d", "hexdump-d.txt"],
  ["od", "od.txt"],
  ["od -t x1", "od-t-x1.txt"],
  ["od -t x2, x4, x8", "od-t-x2.txt", "od-t-x4.txt", "od-t-x8.txt"],
  ["od -A x, -A d -t x1", "od-A-x.txt", "od-A-d.txt"],
  ["od -A n -t x1", "od-A-n.txt"],
  ["od -A n -v -t x1", "od-A-n-v.txt"],
  ["od -t u1", "od-t-u1.txt"],
  ["od -A n -v -t u1", "od-A-n-t-u1.txt"],
  ["od -A n -v -w1 -t u1, a number a line", "decimal-lines.txt"],
  ["numbers from -128 to 127 with commas", "decimal-signed.txt"],
  ["od -c", "od-c.txt"],
  ["comma-separated values: offset and bytes in hexadecimal", "csv.csv", "csv-quoted.csv", "csv-tab.tsv"],
  ["comma-separated values: offset and bytes in decimal", "csv-decimal.csv"],
  ["rows of ten bytes with decimal offsets", "decimal-offsets.txt"],
  ["base64", "base64.txt", "base64-w0.txt"],
  ["base32", "base32.txt"],
  ["objcopy -O srec, -O ihex", "srec.txt", "ihex.txt"],
  ["Markdown around hexdump -C", "issue.md"],
  ["a quoted mail around xxd", "mail.txt"],
  ["cat -n of hexdump -C", "numbered.txt"],
  ["grep --color=always of xxd -g1", "grep-color.txt"],
  ["HTML around hexdump -C: pre, br", "html-pre.html", "html-br.html"],
  ["HTML: a table of xxd's lines", "html-table.html"],
  ["unbreakable blanks, copied from a browser", "nbsp.txt"],
  ["UTF-16 without a mark (PowerShell, iconv)", "utf16le.txt"],
  ["Format-Hex of PowerShell 5, 7", "format-hex-5.txt", "format-hex-7.txt"],
  ["acpiview -d, dmem (UEFI Shell)", "acpiview.txt", "dmem.txt"],
  ["GDB: x/xb, x/xw", "gdb-xb.txt", "gdb-xw.txt"],
  ["QEMU's monitor: xp", "qemu-xp.txt", "qemu-xp-w.txt"],
  ["dmesg: print_hex_dump", "dmesg.txt", "dmesg-none.txt", "dmesg-group4.txt"],
  ["Wireshark", "wireshark.txt"],
  ["an array in C", "array.c"],
  ["a string of the shell's printf", "printf.txt"],
  ["Python: bytes, pprint", "python-bytes.txt", "python-pprint.txt"],
  ["Python: a list, a list of hex()", "python-list.txt", "python-hex-list.txt"],
  ["Node.js: JSON of a Buffer", "node-json.txt"],
  ["Node.js: a Buffer printed", "node-buffer.txt"],
  ["fwts, acpidump", "fwts.txt", "acpidump-indented.txt"],
  [
    "nvme nbft show of nvme-cli 2.13, 2.16, 3.1",
    "show-2.13-multipath.txt",
    "show-2.16-multipath.txt",
    "show-3.1-multipath.txt",
  ],
  [
    "nvme nbft show -o json of 2.13, 2.16, 3.1",
    "show-2.13-multipath.json",
    "show-2.16-multipath.json",
    "show-3.1-multipath.json",
  ],
  ["efibootmgr -v of release 17; efibootmgr of 18", "efibootmgr-17-v.txt", "efibootmgr-18-v.txt", "efibootmgr-18.txt"],
  ["efibootmgr of release 17", "efibootmgr-17.txt"],
];

const expected = table("multipath/");

/** What comes of a file, in the words that the command line says. */
async function resultOf(file: string): Promise<string> {
  const source = `test/vectors/forms/${file}`;
  const { bytes, err } = await runCli(["dump", "-o", "binary", source]);
  const words = err.replaceAll(`nbft: ${source}: `, "").trim().split("\n");
  if (bytes.length > 0) {
    expect(bytes).toEqual(expected);
    const notes = words
      .filter((line) => line.startsWith("read "))
      .map((line) => line.replace(/, \d+ bytes from .*/, ""));
    return notes.length > 0 ? notes.join("; ") : "read as text of acpidump";
  }
  const described = /made from ((?:the output of nvme nbft show|boot options), which do)/.exec(
    (await runCli(["plan", source])).err,
  );
  if (described) return `a description: ${described[1]!.replace(/, which do$/, "")}`;
  return `refused: ${words[0]!.split(/: |; /)[0]}`;
}

test("docs/sources.md has what comes of every form (UPDATE_DOCS=1 writes it)", async () => {
  const lines = ["| made by | files | read as |", "| --- | --- | --- |"];
  for (const [made, ...files] of forms) {
    const results = new Set(await Promise.all(files.map(resultOf)));
    const links = files.map((file) => `[${file}](../test/vectors/forms/${file})`);
    lines.push(`| ${made} | ${links.join(" ")} | ${[...results].join("; ")} |`);
  }
  const page = readFileSync(path, "utf8");
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  expect(after).toBeDefined();
  const fresh = `${before}${start}\n${lines.join("\n")}\n\n${end}${after}`;
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, fresh);
  expect(readFileSync(path, "utf8")).toBe(fresh);
});
