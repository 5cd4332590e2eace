import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-show-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const forms = "test/vectors/forms";
const real = "test/vectors/firmware/multipath/NBFT.bin";
const json = `${forms}/show-3.1-multipath.json`;
const text = `${forms}/show-2.13-multipath.txt`;

describe.each([json, text])("%s as a SOURCE", (file) => {
  it.each([["explain"], ["plan"], ["network"], ["report", "-o", "mermaid"], ["init"]])(
    "works for nbft %s",
    async (...words) => {
      const { code, out, err } = await runCli([...words.filter((word) => word !== undefined), file]);
      expect(code).toBe(0);
      expect(out).toContain("192.168.101.");
      expect(err).toMatch(/made from the output of nvme nbft show, which does not have: .*security profiles/);
    },
  );

  it("differs in nothing from the table that it was run on, and from another in what it shows", async () => {
    expect(await runCli(["diff", file, real])).toMatchObject({ code: 0, out: "" });
    expect(await runCli(["diff", "test/vectors/firmware/discovery/NBFT.bin", file])).toMatchObject({ code: 1 });
    expect((await runCli(["diff", "--bytes", file, real])).err).toContain(
      `${file}: what nvme-cli shows of a table, without its bytes; leave out --bytes`,
    );
  });

  it.each([["dump"], ["validate"], ["encode"], ["target"]])(
    "is refused by nbft %s, with what is needed",
    async (command) => {
      const { code, out, err } = await runCli([command, file]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(
        /output of nvme nbft show, which does not have all of the table: copy \/sys\/firmware\/acpi\/tables\/NBFT\* as root/,
      );
    },
  );
});

describe.each(["efibootmgr-17-v.txt", "efibootmgr-18-v.txt", "efivars"])("boot options in %s as a SOURCE", (name) => {
  const file = name === "efivars" ? join(scratch, name) : `${forms}/${name}`;
  beforeAll(() => {
    if (name !== "efivars") return;
    mkdirSync(file);
    const { variables } = JSON.parse(readFileSync(`${forms}/boot-options.json`, "utf8")) as {
      variables: { name: string; guid: string; attr: number; data: string }[];
    };
    for (const { name: variable, guid, attr, data } of variables)
      writeFileSync(
        join(file, `${variable}-${guid}`),
        Buffer.concat([Buffer.from([attr, 0, 0, 0]), Buffer.from(data, "hex")]),
      );
  });

  it.each([["explain"], ["plan"], ["network"], ["report", "-o", "mermaid"], ["init"]])(
    "work for nbft %s",
    async (...words) => {
      const { code, out, err } = await runCli([...words, file]);
      expect(code).toBe(0);
      expect(out).toContain("192.168.101.");
      expect(err).toMatch(/made from boot options, which do not have: host NQN and ID, .*layout/);
    },
  );

  it.each([["dump"], ["validate"], ["encode"], ["target"]])("are refused by nbft %s", async (command) => {
    const { code, err } = await runCli([command, file]);
    expect(code).toBe(2);
    expect(err).toMatch(/boot options, which do not have all of the table: copy \/sys\/firmware|is a folder/);
  });

  it("have too little to be compared", async () => {
    expect(await runCli(["diff", file, real])).toMatchObject({
      code: 2,
      err: expect.stringContaining("boot options, which have too little of a table to be compared"),
    });
  });

  it("are variables for nbft vars", async () => {
    const { code, out, err } = await runCli(["vars", "show", file, "Boot0002"]);
    expect(code).toBe(0);
    expect(out).toContain("shimx64.efi");
    expect(err).toMatch(/NvmeofGlobalData, Nvmeof_Attemptconfig\) are not in it/);
  });
});

describe("text of other forms", () => {
  it("is read from standard input and from a file of any name", async () => {
    const path = join(scratch, "report");
    writeFileSync(path, `The table:\n\n\`\`\`\n${readFileSync(json, "utf8")}\`\`\`\n`);
    const [file, stdin] = [
      await runCli(["plan", path]),
      await runCli(["plan", "-"], { stdin: readFileSync(path, "utf8") }),
    ];
    expect(file.out.replaceAll(path, "-")).toBe(stdin.out);
    expect(file.out).toContain("192.168.110.20:4420");
  });

  it.each([["explain"], ["plan"], ["network"], ["report", "-o", "mermaid"]])(
    "is refused by nbft %s where it shows no HFIs, as with -s: nothing can be said of a path",
    async (...words) => {
      const path = join(scratch, "subsystems-only");
      const { subsystem } = (JSON.parse(readFileSync(json, "utf8")) as [{ subsystem: unknown }])[0];
      const lines = readFileSync(text, "utf8").split(/\n(?=NBFT )/);
      const sections = lines.filter((section) => !section.startsWith("NBFT HFIs")).join("\n");
      for (const shown of [JSON.stringify([{ filename: "NBFT", subsystem }]), sections]) {
        writeFileSync(path, shown);
        const { code, out, err } = await runCli([...words, path]);
        expect([code, out]).toEqual([2, ""]);
        expect(err).toContain(
          `${path}: shows no HFIs, on which every path depends: give the output of nvme nbft show without -s`,
        );
      }
    },
  );

  it("may have several outputs, each a table of its own", async () => {
    const path = join(scratch, "two");
    const [first, second] = ["multipath", "discovery"].map((name) =>
      readFileSync(`${forms}/show-2.16-${name}.json`, "utf8"),
    );
    writeFileSync(path, `First:\n${first}\nSecond:\n${second}\nFirst again:\n${first!.replace(/^/gm, "> ")}\n`);
    const { out, err } = await runCli(["plan", path]);
    expect(out).toContain("192.168.101.");
    expect(err).toContain(`${path}:1: made from the output`);
    expect(err).toContain(`${path}:2: made from the output`);
    expect(err).not.toContain(`${path}:3`);
  });

  it("is read in JSON where the text has both forms, and a note says so", async () => {
    const path = join(scratch, "both");
    writeFileSync(path, `${readFileSync(text, "utf8")}\n${readFileSync(json, "utf8")}`);
    const { err } = await runCli(["plan", path]);
    expect(err).toContain("read from the JSON of nvme nbft show; the text that it printed as well is not read");
  });

  it.each([
    ["UTF-16", (bytes: string) => Buffer.from(bytes, "utf16le")],
    ["HTML", (bytes: string) => Buffer.from(`<pre>${bytes.replaceAll(" ", "&nbsp;")}</pre>`)],
    ["colours", (bytes: string) => Buffer.from(bytes.replace(/^/gm, "\x1b[0m"))],
  ])("may be in %s", async (name, change) => {
    for (const file of [json, text]) {
      const path = join(scratch, name);
      writeFileSync(path, change(readFileSync(file, "utf8")));
      expect((await runCli(["plan", path])).out.replaceAll(path, file)).toBe((await runCli(["plan", file])).out);
    }
  });

  it("is a Config where it has its marks: a boot like any description", async () => {
    const { code, out } = await runCli(["plan", "-o", "fabrics", "test/vectors/firmware/multipath/Config"]);
    expect(code).toBe(0);
    expect(out).toContain("traddr=192.168.101.20");
  });

  it("is refused by name", async () => {
    const { code, err } = await runCli(["dump", "-"], { stdin: "nvme-subsys0 - NQN=nqn.2014-08.org.example:root\n" });
    expect(code).toBe(2);
    expect(err).toMatch(/^nbft: -: output of nvme list-subsys, which does not show the table: copy \/sys/);
  });
});
