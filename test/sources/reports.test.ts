import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFile } from "../../src/acpi/container.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { sourceTextOf } from "../../src/sources/text-forms.ts";
import { table } from "../helpers/vectors.ts";

/** Forms in which people show a table in bug reports, mails and logs, rebuilt from our own table. */
const bytes = table("multipath/");
const form = (name: string) => readFileSync(new URL(`../vectors/forms/${name}`, import.meta.url), "utf8");
const hexdump = form("hexdump-C.txt");
const show = { text: form("show-2.13-multipath.txt"), json: form("show-2.16-multipath.json") };
const base64 = Buffer.from(bytes).toString("base64");

const each = (size: number) => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => i * size);
const pairs = (at: number, size = 16) =>
  [...bytes.subarray(at, at + size)].map((byte) => byte.toString(16).padStart(2, "0"));
const word = (at: number, size: number) =>
  pairs(at, size).concat(Array(size).fill("00")).slice(0, size).reverse().join("");
const ascii = (at: number) =>
  [...bytes.subarray(at, at + 16)].map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
const rows = (row: (at: number) => string) =>
  each(16)
    .map((at) => `${row(at)}\n`)
    .join("");
const before = (prefix: string, text: string) => text.trimEnd().replace(/^/gm, prefix);
const wrap = (text: string, width: number) => text.replace(new RegExp(`.{${width}}(?=.)`, "g"), "$&\n");
const hex = (at: number, width: number) => at.toString(16).padStart(width, "0");

const shown: readonly (readonly [what: string, text: string])[] = [
  [
    "a review comment with a shell session, nvme nbft show and list-subsys",
    `\`\`\`\n[root@host ~]# ls /sys/firmware/acpi/tables\nAPIC  NBFT\n[root@host ~]# nvme nbft show\n${show.text}\n[root@host ~]# nvme list-subsys\nnvme-subsys0 - NQN=nqn.2014-08.org.example:root\n\`\`\`\n`,
  ],
  ["JSON in one line, by jq -c", `$ nvme nbft show -o json | jq -c .\n${JSON.stringify(JSON.parse(show.json))}\n`],
  ["JSON in the journal of a unit", before("May 25 14:02:11 node7 nvmf-nbft[812]: ", show.json)],
  [
    "JSON in a system log with ISO time stamps",
    before("2026-05-25T14:02:11.123456+02:00 node7 nvmf-nbft[812]: ", show.json),
  ],
  ["JSON in the kernel's log, as before there is a journal", before("[    5.123456] dracut-cmdline[400]: ", show.json)],
  ["text in a log of GitHub", before("2026-12-01T13:00:00.0000000Z ", show.text)],
  ["JSON in a log of Jenkins", before("[2026-12-01T13:00:00.123Z] ", show.json)],
  ["JSON in a string of JSON, by ansible", `host1 | CHANGED => ${JSON.stringify({ rc: 0, stdout: show.json })}`],
  ["text in a tracker's noformat block", `{noformat}\n${show.text}{noformat}\n`],
];

const dumps: readonly (readonly [what: string, text: string])[] = [
  ["hexdump -C in the journal of a unit", before("May 25 14:02:11 node7 sh[812]: ", hexdump)],
  [
    "xxd in rdsosreport's trace",
    `+ xxd /sys/firmware/acpi/tables/NBFT\n${form("xxd.txt")}+ cat /proc/cmdline\nBOOT_IMAGE=/vmlinuz rd.nvmf.nonbft\n`,
  ],
  [
    "hexdump -C in a tracker's comment",
    `--- Comment #4 from A. B. <a@example.org> ---\n(In reply to C from comment #3)\n> can you attach the table?\n\n${hexdump}`,
  ],
  [
    "hexdump -C in a diff",
    `diff --git a/nbft.txt b/nbft.txt\n--- /dev/null\n+++ b/nbft.txt\n@@ -0,0 +1,70 @@\n${before("+", hexdump)}\n`,
  ],
  [
    "a code block of a tracker, with the text form of nvme-cli below",
    `{code:title=NBFT}\n${hexdump}{code}\n{noformat}\n${show.text}{noformat}\n`,
  ],
  [
    "an attachment in a mail's source",
    `Content-Type: application/octet-stream; name="NBFT"\nContent-Transfer-Encoding: base64\n\n${wrap(base64, 76)}\n`,
  ],
  [
    "certutil -encode",
    `-----BEGIN CERTIFICATE-----\r\n${wrap(base64, 64).replaceAll("\n", "\r\n")}\r\n-----END CERTIFICATE-----\r\n`,
  ],
  [
    "certutil -encodehex",
    rows(
      (at) => `${hex(at, 4)}\t${`${pairs(at, 8).join(" ")}  ${pairs(at + 8, 8).join(" ")}`.padEnd(48)}   ${ascii(at)}`,
    ),
  ],
  ["BitConverter.ToString", `${pairs(0, bytes.length).join("-").toUpperCase()}\r\n`],
  [
    "crash: rd -8",
    `crash> rd -8 -p 7f7e3000 1133\n${rows((at) => `        7f7e3${hex(at, 3)}:  ${pairs(at).join(" ").padEnd(47)}   ${ascii(at)}`)}`,
  ],
  [
    "crash: rd",
    `crash> rd -p 7f7e3000 142\n${rows((at) => `        7f7e3${hex(at, 3)}:  ${word(at, 8)} ${word(at + 8, 8)}   ${ascii(at)}`)}`,
  ],
  [
    "U-Boot: md.b",
    `=> md.b 7f7e3000 46d\n${rows((at) => `7f7e3${hex(at, 3)}: ${pairs(at).join(" ").padEnd(47)}  ${ascii(at)}`)}`,
  ],
  [
    "U-Boot: md.l",
    `=> md.l 7f7e3000 11c\n${rows((at) => `7f7e3${hex(at, 3)}: ${[0, 4, 8, 12].map((n) => word(at + n, 4)).join(" ")}    ${ascii(at)}`)}`,
  ],
  [
    "LLDB: memory read",
    `(lldb) memory read -c 1133 0x7f7e3000\n${rows((at) => `0x7f7e3${hex(at, 3)}: ${pairs(at).join(" ").padEnd(47)}  ${ascii(at)}`)}`,
  ],
  [
    "WinDbg: !db",
    `0: kd> !db 7f7e3000 L46d\n${rows((at) => `#${hex(0x7f7e3000 + at, 8)} ${pairs(at, 8).join(" ")}-${pairs(at + 8, 8).join(" ")} ${ascii(at)}`)}`,
  ],
  [
    "WinDbg: db",
    `0: kd> db fffff800\`7f7e3000 L46d\n${rows((at) => `fffff800\`7f7e3${hex(at, 3)}  ${pairs(at, 8).join(" ")}-${pairs(at + 8, 8).join(" ")}  ${ascii(at)}`)}`,
  ],
  [
    "a table in Markdown",
    `| offset | bytes |\n|---|---|\n${rows((at) => `| ${hex(at, 4)} | \`${pairs(at).join(" ")}\` |`)}`,
  ],
  [
    "EDK II's DumpHex in a debug log",
    `NvmeOfDxe: NBFT installed\n${rows((at) => `  ${hex(at, 8)}: ${pairs(at).join(" ")}  *${ascii(at)}*`)}`,
  ],
  ["iPXE's hex dump", `ACPI NBFT installed:\n${rows((at) => `${hex(at, 8)} : ${pairs(at).join(" ")} : ${ascii(at)}`)}`],
  [
    "Rust's dbg!",
    `[src/main.rs:4] bytes = [\n${each(1)
      .map((at) => `    ${bytes[at]},\n`)
      .join("")}]\n`,
  ],
];

const refused: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ["libnvme's nbft-dump", "filename=NBFT\nraw_nbft_size=1133\nhost.id=ac1b13f8efcd6541866b5998c1e67890\n", /nbft-dump/],
  ["acpidump -s", "    Signature  Length\n01) NBFT 0x000000000FFE2000 0x00046D 0x01 BOCHS  BXPC\n", /acpidump -s/],
  ["nvme nbft show, wrapped by a mail program", wrap(show.text, 72), /nvme nbft show with its lines changed/],
  [
    "the kernel's words of a connection",
    '[    4.2] nvme nvme0: new ctrl: NQN "nqn.2014-08.org.example:root", addr 192.168.101.20:4420\n',
    /dmesg/,
  ],
  [
    "libnvme in Python",
    "{'host': {'id': 'x'}, 'hfi': [{'index': 1}], 'subsystem': [{'index': 1}]}\n",
    /libnvme in Python/,
  ],
  [
    "nvme list-subsys -o json",
    '[{"HostNQN":"nqn.2014-08.org.example:host","Subsystems":[{"Name":"nvme-subsys0","NQN":"nqn"}]}]',
    /nvme list-subsys/,
  ],
];

describe("forms of bug reports", () => {
  it.each(shown)("%s shows what nvme-cli shows", (_, text) => {
    const plain = sourceTextOf(text.includes("hfis") ? show.json : show.text);
    expect(plain.kind).toBe("show");
    expect(sourceTextOf(text)).toEqual(plain);
  });

  it.each(dumps)("%s holds the table", (_, text) => {
    const { tables } = readFile(bytesReader(new TextEncoder().encode(text)));
    expect(tables.map((found) => found.bytes)).toEqual([bytes]);
    expect(sourceTextOf(text).kind).toBe("tables");
  });

  it.each(refused)("%s is refused by name, with the way to a table", (_, text, message) => {
    const source = sourceTextOf(text);
    expect(source.kind === "refused" && source.message).toMatch(message);
    expect(source.kind === "refused" && source.message).toContain("copy /sys/firmware/acpi/tables/NBFT*");
  });
});

describe("the order in which a text is judged", () => {
  const kinds: readonly (readonly [kind: string, text: string])[] = [
    ["tables", form("fwts.txt")],
    ["tables", form("hexdump-C.txt")],
    ["tables", form("base64.txt")],
    ["show", show.json],
    ["show", show.text],
    ["show", form("efibootmgr-18-v.txt")],
    ["config", readFileSync(new URL("../vectors/firmware/multipath/Config", import.meta.url), "utf8")],
    ["refused", "nvme-subsys0 - NQN=nqn.2014-08.org.example:root\n"],
  ];

  it("does not depend on what comes first in the text", () => {
    for (const [i, [kind, text]] of kinds.entries())
      for (const [, other] of kinds.slice(i + 1)) {
        // Alone, JSON is checked by its keys.
        for (const both of [`Report\n${text}\n\n${other}`, `Report\n${other}\n\n${text}`])
          expect(sourceTextOf(both).kind, both.slice(0, 80)).toBe(kind);
      }
  });

  it("takes time in proportion to a text of blank lines", () => {
    // It took days.
    expect(sourceTextOf("\n".repeat(1 << 17)).kind).toBe("unknown");
    expect(sourceTextOf("# a\r\n--- b\r\n".repeat(1 << 12)).kind).toBe("unknown");
    expect(sourceTextOf(`${" \n".repeat(1 << 16)}targets:\n`).kind).toBe("document");
  });

  it.each([
    ["show", show.json],
    ["refused", '{"Devices": []}'],
    ["refused", '{"version": 2, "variables": []}'],
    ["document", '{"interfaces": [], "targets": []}'],
    ["document", "# a boot\ntargets:\n"],
    ["unknown", "hello, NBFT\n"],
    ["unknown", ""],
  ])("says %s of %j", (kind, text) => {
    expect(sourceTextOf(text).kind).toBe(kind);
  });
});
