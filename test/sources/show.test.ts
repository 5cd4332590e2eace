import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { diffTables } from "../../src/diff/diff-tables.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { showsIn } from "../../src/sources/show/find-shows.ts";
import { shownPart } from "../../src/sources/show/shown-part.ts";
import { tableOfShow } from "../../src/sources/show/table-of-show.ts";
import { sourceTextOf } from "../../src/sources/text-forms.ts";
import { table } from "../helpers/vectors.ts";

const folder = new URL("../vectors/forms/", import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
const shows = readdirSync(folder).filter((name) => name.startsWith("show-"));
const decoder = new TextDecoder();

describe("what real releases of nvme-cli show", () => {
  it.each(shows)("%s is shown in the same words when made into a table", (file) => {
    const [, release, name, format] = /^show-([\d.]+)-(.+)\.(json|txt)$/.exec(file)!;
    const text = textOf(file);
    const [show, ...more] = showsIn(text);
    expect(more).toEqual([]);
    const made = encodeNbft(tableOfShow(show!).table);
    const again = runNvmeCliShow([{ path: "./NBFT", bytes: made }], format === "json" ? "json" : "normal", {}, release);
    expect(decoder.decode(again.stdout)).toBe(text);
    expect(diffTables(shownPart(table(`${name}/`), show!)!, readNbft(made).table)).toEqual([]);
  });

  it.each(shows)("%s is found in an issue and in a mail", (file) => {
    const text = textOf(file);
    const [show] = showsIn(text);
    const lines = text.split("\n");
    for (const quoted of [
      `The output is:\n\n\`\`\`\n# nvme nbft show\n${text}\`\`\`\n\nAnd then?\n`,
      `Hello,\n\n${lines.map((line) => `> ${line.trimEnd()}`).join("\n")}\n\nThanks`,
      lines.map((line) => `    ${line}`).join("\r\n"),
    ])
      expect(showsIn(quoted)).toEqual([show]);
  });
});

describe("JSON that is not quite what nvme prints", () => {
  const text = textOf("show-3.1-discovery.json");
  const [show] = showsIn(text);

  it.each(["# ", "## ", "// ", " * "])("is found as a comment, after %j", (mark) => {
    const comment = `#!/bin/sh\n\n${mark}Sample output\n${text.replace(/^/gm, mark.replace("##", "#"))}\nexit 0\n`;
    expect(showsIn(comment)).toEqual([show]);
  });

  it("may have the names before the first release, as in dracut's comment", () => {
    const old = text.replaceAll('"traddr"', '"transport_address"').replaceAll('"trsvcid"', '"transport_svcid"');
    expect(old).not.toBe(text);
    expect(showsIn(old)).toEqual([show]);
  });

  it("may be a list alone, as jq takes it out", () => {
    const [whole] = JSON.parse(text) as Record<"hfi" | "subsystem", unknown[]>[];
    for (const part of [whole!.hfi, whole!.hfi[0]]) {
      const form = sourceTextOf(JSON.stringify(part));
      expect(form).toMatchObject({ kind: "show", shows: [{ subsystems: undefined, host: undefined }] });
      if (form.kind === "show") expect(form.shows[0]!.hfis![0]).toEqual(show!.hfis![0]);
    }
    const form = sourceTextOf(JSON.stringify(whole!.subsystem));
    expect(form).toMatchObject({ kind: "show", shows: [{ hfis: undefined, subsystems: show!.subsystems }] });
  });

  it("says what stands for what is not there", () => {
    const [whole] = JSON.parse(text) as Record<"hfi" | "subsystem", Record<string, unknown>[]>[];
    delete whole!.hfi[0]!["subnet_mask_prefix"];
    delete whole!.hfi[0]!["mac_addr"];
    whole!.subsystem[0]!["hfis"] = [];
    const { notes } = tableOfShow(showsIn(JSON.stringify([whole]))[0]!);
    expect(notes).toContain("HFI 1 is without MAC address, prefix length: a table's default is used");
    expect(notes).toContain("subsystem 1 names no HFI: HFI 1 is used");
    expect(tableOfShow(show!).notes.join()).not.toContain("stands for it");
  });

  it("is not what libnvme gives in Python, whose HFIs count from 0", () => {
    const hfi = { mac_addr: "52:54:00:00:00:01", ipaddr: "192.0.2.30", trtype: "tcp", flags: 1 };
    const given = { hfi: [hfi], subsystem: [{ hfi_indexes: [0], subsys_nqn: "nqn.x", trtype: "tcp" }], host: {} };
    for (const form of [
      JSON.stringify(given),
      JSON.stringify(given, undefined, 2).replaceAll('"', "'"),
      `DATA = ${JSON.stringify(given, undefined, 2).replace(/\}\n/g, "},\n")}`,
    ])
      expect(sourceTextOf(form)).toMatchObject({
        kind: "refused",
        message: expect.stringMatching(/libnvme in Python/),
      });
  });

  it("is an empty list where no table was accepted", () => {
    expect(sourceTextOf("[]\n")).toMatchObject({ kind: "refused", message: expect.stringMatching(/accepts no table/) });
  });
});

describe("a table made from it", () => {
  const [json] = showsIn(textOf("show-3.1-discovery.json"));
  const [text] = showsIn(textOf("show-3.1-discovery.txt"));

  it("says what the output does not have", () => {
    expect(tableOfShow(json!).missing).toEqual([
      "security profiles",
      "which discovery controller found which subsystem",
      "header fields",
      "layout",
    ]);
    expect(tableOfShow(text!).missing).toContain("host NQN and ID");
    expect(tableOfShow(text!).notes).toContain(
      "the host NQN and host ID are not shown: nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-000000000000 and ffffffff-ffff-ffff-ffff-ffffffffffff are placeholders",
    );
  });

  it("says which sections are left out", () => {
    const { stdout } = runNvmeCliShow([{ path: "./NBFT", bytes: table("discovery/") }], "json", { hfi: true }, "3.1");
    const [show] = showsIn(decoder.decode(stdout));
    expect(tableOfShow(show!).missing.slice(0, 2)).toEqual(["subsystems", "discovery controllers"]);
  });

  it("says that a section is missing, or was wrapped", () => {
    const whole = textOf("show-2.13-multipath.txt");
    const [cut] = showsIn(whole.slice(0, whole.indexOf("NBFT HFIs:")));
    expect(tableOfShow(cut!).missing[0]).toBe("HFIs");
    const [titled] = showsIn(whole.slice(0, whole.indexOf("\n", whole.indexOf("Idx|Trsp")) + 1));
    expect(tableOfShow(titled!).missing[0]).toBe("HFIs");
    const [wrapped] = showsIn(whole.replace(/^(Idx\|Trsp.{40})/m, "$1\n"));
    expect(tableOfShow(wrapped!)).toMatchObject({
      missing: expect.arrayContaining(["HFIs"]),
      notes: expect.arrayContaining(["a section is not read: its lines were changed (wrapped, perhaps) or cut off"]),
    });
  });

  it("holds two tables apart", () => {
    const both = [
      { path: "./NBFT1", bytes: table("discovery/") },
      { path: "./NBFT2", bytes: table("multipath/") },
    ];
    for (const format of ["json", "normal"] as const) {
      const found = showsIn(decoder.decode(runNvmeCliShow(both, format, {}, "3.1").stdout));
      expect(found.map(({ filename }) => filename)).toEqual(["./NBFT1", "./NBFT2"]);
      expect(found.map(({ discovery }) => discovery?.length ?? 0)).toEqual([2, 0]);
    }
  });

  it.each([
    ["no object", "[1, 2]"],
    ["an empty array", "[]"],
    ["wrong types", '[{"filename": 1, "host": "x", "subsystem": [null, 3, {"hfis": "1", "nsid": "x"}], "hfi": {}}]'],
    ["a title alone", "Idx|NQN|Trsp|Address|SvcId|HFIs"],
    ["an open bracket", '[{"subsystem": ['],
  ])("does not fail on %s", (_, odd) => {
    for (const show of showsIn(odd)) tableOfShow(show);
  });
});

describe("the form of a text", () => {
  it.each([
    ["nvme list-subsys", "nvme-subsys0 - NQN=nqn.2014-08.org.example:root\n\\\n +- nvme0 tcp traddr=192.0.2.1 live\n"],
    ["nvme list-subsys", '[{"HostNQN":"nqn.x","Subsystems":[{"Name":"nvme-subsys0"}]}]'],
    ["nvme list", "Node                  Generic               SN                   Model      Namespace\n"],
    ["nvme list", '{"Devices":[{"DevicePath":"/dev/nvme0n1"}]}'],
    ["dmesg", "[    0.004] ACPI: NBFT 0x000000003FFE1A7D 0003F4 (v01 NBFTLB LABTABLE 00000007 NBKT 00010203)\n"],
  ])("refuses the output of %s and says what is needed", (command, text) => {
    const form = sourceTextOf(text);
    expect(form).toMatchObject({ kind: "refused" });
    if (form.kind === "refused")
      expect(form.message).toMatch(new RegExp(`output of ${command}.*/sys/firmware/acpi/tables/NBFT`));
  });

  it("is read through mail's quoted-printable encoding, also of one long line", () => {
    const shown = readFileSync("test/vectors/forms/show-3.1-multipath.json", "utf8");
    const wrapped = shown.replace(/^(?=.{77}).{75}/m, "$&=\n");
    expect(wrapped).not.toBe(shown);
    expect(sourceTextOf(wrapped)).toEqual(sourceTextOf(shown));
  });

  it("says how to undo what is packed as text", () => {
    const gzip = gzipSync(table("multipath/")).toString("base64");
    expect(sourceTextOf(`Here it is:\n${gzip}\n`)).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/^gzip in base64: base64 -d FILE/),
    });
    expect(sourceTextOf("begin 644 NBFT\n-3D)&5\n`\nend\n")).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/^uuencoded/),
    });
  });

  it("takes the table's bytes where a text has both", () => {
    const text = `${textOf("show-2.13-multipath.txt")}\n${textOf("hexdump-C.txt")}`;
    expect(sourceTextOf(text).kind).toBe("tables");
  });

  it("takes JSON and YAML by their keys, and a Config by its $Start", () => {
    expect(sourceTextOf(textOf("../../../examples/dual-path.yaml")).kind).toBe("document");
    expect(sourceTextOf('{"host": {}, "hfi": [{"index": 1}], "ssns": []}').kind).toBe("document");
    expect(sourceTextOf(textOf("../firmware/multipath/Config")).kind).toBe("config");
    expect(sourceTextOf("Some text.\nhost: me\n").kind).toBe("unknown");
  });
});
