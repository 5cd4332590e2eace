import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError } from "../../src/errors.ts";
import { parseGuid } from "../../src/text/uuid.ts";
import { describeVariable } from "../../src/uefi/describe-variable.ts";
import { readVariables } from "../../src/uefi/files/variable-file.ts";
import { certificateName } from "../../src/uefi/signatures/certificate-name.ts";
import { decodeSignatureLists } from "../../src/uefi/signatures/signature-list.ts";
import { debianStores } from "./vectors.ts";

const der = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../vectors/uefi/certificates/${name}.der`, import.meta.url)));
const x509 = "a5c059a1-94e4-4aa7-87b5-ab155c2bf072";
const sha256 = "c1c41626-504c-4092-aca9-41f936934328";
const owner = "77fa9abd-0359-4d32-bd60-28f4e78f784b";

function list(type: string, signatures: readonly Uint8Array[]): Uint8Array {
  const each = 16 + (signatures[0]?.length ?? 0);
  const bytes = new Uint8Array(28 + each * signatures.length);
  bytes.set(parseGuid(type)!);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, bytes.length, true);
  view.setUint32(24, each, true);
  for (const [i, signature] of signatures.entries()) {
    bytes.set(parseGuid(owner)!, 28 + i * each);
    bytes.set(signature, 28 + i * each + 16);
  }
  return bytes;
}

/** What Node.js reads in a certificate, in our words. */
function byNode(certificate: Uint8Array) {
  const { subject, validTo } = new X509Certificate(certificate);
  return { subject: subject.split("\n").join(", "), validUntil: new Date(validTo).toISOString().slice(0, 10) };
}

describe("names of certificates", () => {
  test.each(["example", "long-lived", "with-mail"])("%s: what Node.js reads", (name) => {
    expect(certificateName(der(name))).toEqual(byNode(der(name)));
  });

  test("are none of anything else", () => {
    expect(certificateName(new Uint8Array(0))).toBeUndefined();
    const whole = der("example");
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = whole.slice();
        changed[at] = byte;
        certificateName(changed);
        expect(certificateName(whole.subarray(0, at))).toBeUndefined();
      }),
    );
  });
});

describe("signature lists", () => {
  const data = Buffer.concat([list(x509, [der("example")]), list(sha256, [new Uint8Array(32), new Uint8Array(32)])]);

  test("certificates by name, hashes by number", () => {
    expect(decodeSignatureLists(data)).toEqual([
      { type: "X.509 certificate", signatures: [{ owner, size: 619, ...byNode(der("example")) }] },
      {
        type: "SHA-256",
        signatures: [
          { owner, size: 32 },
          { owner, size: 32 },
        ],
      },
    ]);
    expect(decodeSignatureLists(new Uint8Array())).toEqual([]);
  });

  test.each([1, 27, 28, 60, data.length - 1])("%d bytes of them are refused", (length) => {
    expect(() => decodeSignatureLists(data.subarray(0, length))).toThrow(DecodeError);
  });

  test("any bytes are read or refused", () => {
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(data);
        changed[at] = byte;
        try {
          decodeSignatureLists(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
    );
  });

  test.each(debianStores.filter((path) => /ms|snakeoil/.test(path)))("those of %s", (path) => {
    const named = readVariables(new Uint8Array(readFileSync(path))).filter(({ name }) => /^(PK|KEK|db)$/.test(name));
    expect(named.map(({ name }) => name).sort()).toEqual(["KEK", "PK", "db"]);
    for (const variable of named) {
      const value = describeVariable(variable);
      expect(value?.kind).toBe("signatures");
      const found = value?.kind === "signatures" ? value.value.flatMap(({ signatures }) => signatures) : [];
      expect(found.length).toBeGreaterThan(0);
      for (const { subject } of found) {
        const parts = subject!.split(", ").map((part) => part.slice(part.indexOf("=") + 1));
        expect(parts.filter((part) => !Buffer.from(variable.data).includes(part))).toEqual([]);
      }
    }
  });
});
