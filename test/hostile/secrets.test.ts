import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { securityProfileDescriptor } from "../../src/nbft/structures/index.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { attemptEdits, createVariableStore, editVariableStore, encodeFirmwareConfig } from "../../src/uefi/index.ts";
import { runCli } from "../helpers/cli.ts";
import { summed } from "../helpers/tables.ts";
import { hostileTable } from "./hostile-tables.ts";

/** Stands where keys are, and nowhere else. */
const MARK = "MARKSECRET";
const scratch = mkdtempSync(join(tmpdir(), "nbft-secrets-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

function secret(uri: string, change: (model: Mutable<NbftTable>) => void = () => undefined): Uint8Array {
  const model = structuredClone(readNbft(hostileTable("nqn.2026-01.org.example:s")).table) as Mutable<NbftTable>;
  model.security[0]!.secretKeypath = uri;
  change(model);
  return encodeNbft(model, { limits: false });
}

const keypath = securityProfileDescriptor.fields.secretKeypath.at;

/** A table whose first security profile was changed byte by byte. */
function patchedProfile(change: (view: DataView, profile: number, at: number, length: number) => void): Uint8Array {
  const bytes = Uint8Array.from(secret(`redfish://keys/${MARK}`));
  const view = new DataView(bytes.buffer);
  const profile = view.getUint32(96, true);
  change(view, profile, view.getUint32(profile + keypath, true), view.getUint16(profile + keypath + 4, true));
  return summed(bytes);
}

/** Sound and broken ways to hold a key's place. Where rules complain about it, they must not repeat it. */
const tables: Readonly<Record<string, Uint8Array>> = {
  sound: secret(`redfish://keys/${MARK}`),
  "without the type that it needs": secret(MARK, (model) => Object.assign(model.security[0]!, { secretType: {} })),
  "with control characters": secret(`/redfish/${MARK}\u0001\u001b[31m`),
  "of 600 characters": secret(`${MARK}${"x".repeat(600)}`),
  "cut short of its end": patchedProfile((view, profile, _, length) =>
    view.setUint16(profile + keypath + 4, length - 5, true),
  ),
  "with a NUL in it": patchedProfile((view, _, at, length) => view.setUint8(at + length - 3, 0)),
  "that is no UTF-8": patchedProfile((view, _, at) => view.setUint8(at + 2, 0xff)),
  "of a profile with a wrong id": patchedProfile((view, profile) => view.setUint8(profile, 9)),
  "of a profile that is not valid": patchedProfile((view, profile) =>
    view.setUint8(profile + 2, view.getUint8(profile + 2) & 0xfe),
  ),
};
const path = (name: string) => join(scratch, name.replaceAll(/\W/g, "-"));
for (const [name, bytes] of Object.entries(tables)) writeFileSync(path(name), bytes);

/** The mark as text, or as digits in a dump of bytes. */
const digits = Buffer.from(MARK).toString("hex");
const leaks = (text: string) => text.includes(MARK) || text.replaceAll(/[\s]/g, "").toLowerCase().includes(digits);

const other = "test/vectors/nbft/made/L02-min-v11-spec";
const quiet: readonly (readonly string[])[] = [
  ["dump"],
  ["dump", "--color", "always"],
  ...["text", "json", "ndjson", "sarif", "github"].map((format) => ["validate", "-o", format]),
  ["explain", "-v"],
  ["explain", "-o", "json"],
  ...["text", "json", "commands", "fabrics"].map((format) => ["plan", "-o", format]),
  ...["dracut", "networkmanager", "networkd"].map((format) => ["network", "-o", format]),
  ["diff", other],
  ["diff", "--bytes", other],
  ["repair"],
  ["repair", "--all"],
  ["tables"],
  ["tables", "-o", "json"],
  ...["html", "svg", "mermaid"].map((format) => ["report", "-o", format]),
  ["init"],
  ["target", "--device", "1=/dev/x"],
  ...["shell", "json", "libvirt"].map((format) => ["qemu", "-o", format]),
];

describe.each(Object.keys(tables))("the place of a key, %s", (name) => {
  it.each(quiet.map((words) => [words.join(" "), words] as const))("is not in %s", async (_, words) => {
    const { out, err } = await runCli([...words, path(name)]);
    // The bytes of a page stand between tags.
    expect([leaks(out), leaks(out.replaceAll(/<[^>]*>/g, "")), leaks(err)]).toEqual([false, false, false]);
  });

  it("is in everything that is exact", async () => {
    const bytes = tables[name]!;
    expect((await runCli(["dump", "-o", "binary", path(name)])).bytes).toEqual(bytes);
    const { out: json } = await runCli(["dump", "-o", "json", path(name)]);
    expect((await runCli(["encode", "-"], { stdin: json })).bytes).toEqual(bytes);
    const { out: dump } = await runCli(["dump", "-o", "acpidump", path(name)]);
    expect((await runCli(["dump", "-o", "binary", "--from", "acpidump", "-"], { stdin: dump })).bytes).toEqual(bytes);
    const { out: iasl } = await runCli(["dump", "-o", "iasl", path(name)]);
    expect((await runCli(["dump", "-o", "binary", "--from", "iasl", "-"], { stdin: iasl })).bytes).toEqual(bytes);
  });
});

const elsewhere = join(scratch, "elsewhere");
writeFileSync(elsewhere, secret("redfish://keys/other"));

it.each([[["dump"]], [["diff", elsewhere]], [["report"]]])("%j shows it when asked to", async (words) => {
  const hidden = await runCli([...words, path("sound")]);
  const shown = await runCli([...words, "--show-secrets", path("sound")]);
  expect([hidden.out.includes(MARK), shown.out.includes(MARK)]).toEqual([false, true]);
});

describe("the place of a key in a variable", () => {
  const attempt = {
    macString: "52:54:00:12:34:56",
    targetPort: 4420,
    enabled: 1,
    ipMode: 0,
    targetIp: "192.0.2.20",
    nqn: "nqn.2026-01.org.example:s",
  };
  const config = { hostNqn: "nqn.2026-01.org.example:h", hostId: "f8131bac-cdef-4165-866b-5998c1e67890" };
  const edits = attemptEdits(encodeFirmwareConfig({ ...config, attempts: [attempt] }), []);
  for (const edit of edits)
    if (edit.kind === "set" && edit.variable.name === "Nvmeof_Attemptconfig")
      edit.variable.data.set(Buffer.from(`redfish://${MARK}`), 769);
  const store = join(scratch, "vars.fd");
  writeFileSync(store, editVariableStore(createVariableStore("4M"), edits).bytes);

  it.each([["show"], ["show", "--left-over"], ["show", "-o", "config"], ["list"], ["check"], ["check", "-o", "json"]])(
    "is not in vars %s %s %s",
    async (...words) => {
      const { out, err } = await runCli(["vars", ...words, store]);
      expect(out).not.toBe("");
      expect([leaks(out), leaks(err)]).toEqual([false, false]);
    },
  );

  it("is in JSON, and in text when asked for", async () => {
    expect((await runCli(["vars", "show", "-o", "json", store])).out).toContain(MARK);
    expect((await runCli(["vars", "show", "--show-secrets", store])).out).toContain(
      `securityKeyPath: redfish://${MARK}`,
    );
    expect((await runCli(["vars", "show", store])).out).toContain("securityKeyPath: (hidden: --show-secrets shows it)");
  });
});
