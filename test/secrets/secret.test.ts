import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParseError } from "../../src/errors.ts";
import { deriveTlsKey, transformSecret } from "../../src/secrets/derive.ts";
import { formatSecret, makeSecret, parseSecret, type Secret } from "../../src/secrets/secret.ts";

const host = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const subsystem = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
/** 00 01 … 1f: the key with which nvme-cli 2.3, 2.13, 2.16 and 3.0-rc1 were run. */
const counting = Uint8Array.from({ length: 32 }, (_, i) => i);
const body = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR";

describe("a secret's text", () => {
  test.each([
    [{ kind: "dhchap", hash: "none", bytes: counting }, `DHHC-1:00:${body}:`],
    [{ kind: "dhchap", hash: "sha256", bytes: counting }, `DHHC-1:01:${body}:`],
    [{ kind: "tls", hash: "sha256", bytes: counting }, `NVMeTLSkey-1:01:${body}:`],
  ] as const)("of %o is as nvme-cli writes it", (secret, text) => {
    expect(formatSecret(secret)).toBe(text);
    expect(parseSecret(text)).toEqual(secret);
  });

  test.each([
    ["", "not a secret"],
    ["nonsense", "not a secret"],
    ["DHHC-1:", "with a colon at the end"],
    [`DHHC-1:00:${body}`, "with a colon at the end"],
    [`DHHC-1:00:${body}::`, "with a colon at the end"],
    [`DHHC-1:04:${body}:`, "two digits"],
    [`NVMeTLSkey-1:03:${body}:`, "two digits"],
    [`DHHC-1:00:*${body.slice(1)}:`, "not base64"],
    [`DHHC-1:00:${body.slice(1)}:`, "not base64"],
    ["DHHC-1:00:AAAA:", "0 bytes; it must have 32, 48 or 64"],
    [`DHHC-1:02:${body}:`, "32 bytes, but the hash that it names makes 48"],
    [`DHHC-1:00:B${body.slice(1)}:`, "CRC-32 is wrong"],
    [`DHHC-1:00:${body.slice(0, -1)}S:`, "CRC-32 is wrong"],
  ])("%j is refused: %s", (text, message) => {
    expect(() => parseSecret(text)).toThrow(ParseError);
    expect(() => parseSecret(text)).toThrow(message);
  });

  test("comes back from every secret that can be made", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<[Secret["kind"], number]>(
          ["dhchap", 32],
          ["dhchap", 48],
          ["dhchap", 64],
          ["tls", 32],
          ["tls", 48],
        ),
        ([kind, length]) => {
          const secret = makeSecret(kind, length);
          expect(secret.bytes).toHaveLength(length);
          expect(parseSecret(formatSecret(secret))).toEqual(secret);
        },
      ),
    );
  });

  test("of any one character changed is refused, and the message holds no part of the key", () => {
    const text = formatSecret(makeSecret("dhchap", 48));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(..."AZaz09+/=:"), (at, character) => {
        fc.pre(text[at] !== character);
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        let message = "";
        try {
          // The digits of the hash are not covered by the CRC-32: 00 and 02 both fit 48 bytes.
          if (parseSecret(changed).hash === "none") return false;
          return at === 8;
        } catch (error) {
          message = (error as Error).message;
        }
        for (let i = 10; i + 4 < text.length; i += 4) expect(message).not.toContain(text.slice(i, i + 4));
        return true;
      }),
    );
  });

  test("is not made of a length that no program takes", () => {
    expect(() => makeSecret("dhchap", 16)).toThrow(RangeError);
    expect(() => makeSecret("tls", 64)).toThrow("64 bytes; it must have 32 or 48");
  });
});

describe("what is derived from a secret", () => {
  test("a DH-HMAC-CHAP key with hash 00 is the secret itself", async () => {
    expect(await transformSecret({ kind: "dhchap", hash: "none", bytes: counting }, host)).toEqual(counting);
  });

  test("a transformed key is what nvme gen-dhchap-key -m 1 of 2.3 writes for the NQN", async () => {
    const bytes = await transformSecret({ kind: "dhchap", hash: "sha256", bytes: counting }, "nqn.test:h");
    const written = "DHHC-1:01:xB3c2meZ87aZXLiAQJdYrWTVG+g2ZX2ljaDociaKTrRbHNgY:";
    expect(formatSecret({ kind: "dhchap", hash: "sha256", bytes })).toBe(written);
  });

  test.each([
    ["rfc8446", "825kjQ2JCruEqRrOOJLPBgbfwdI1A5m/Y5CqMpci6jc=", "M0F9VNscmFfdw/RLhFsBivgcdLjwe+hRVwNx9Y+f1rrbT0n3"],
    ["compat", "fHWuwmaB1Zvo3iNNEDUaW6f73Qk40Bww35P5WmIr8Lo=", "6ICvXbVgATRtb5msCdeNAPkgtxm7J9Ta3jL1DzbIO1UsdrFd"],
  ] as const)("TLS identity and key by %s", async (derivation, digest, key) => {
    const { identity, psk } = await deriveTlsKey(
      { kind: "tls", hash: "sha256", bytes: counting },
      host,
      subsystem,
      derivation,
    );
    expect(identity).toBe(`NVMe1R01 ${host} ${subsystem} ${digest}`);
    expect(formatSecret(psk)).toBe(`NVMeTLSkey-1:01:${key}:`);
  });

  test("no TLS key is derived from a secret of another kind", async () => {
    await expect(deriveTlsKey(makeSecret("dhchap"), host, subsystem)).rejects.toThrow(RangeError);
  });
});
