import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../../src/bytes/base64.ts";
import {
  deriveTlsKey,
  formatSecret,
  makeSecret,
  parseSecret,
  type Secret,
  secretsArchive,
  transformSecret,
} from "../../src/secrets/index.ts";
import { formatHex } from "../../src/text/hex.ts";

/** What is thrown, with all that an error carries. */
async function thrown(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    const { message, stack, cause, ...rest } = error as Error;
    return [message, stack, JSON.stringify(rest), String(cause)].join("\n");
  }
}

/** Runs of six characters of a key's text are not chance: its base64 has 64 letters. */
const pieces = (text: string) => Array.from({ length: text.length - 5 }, (_, i) => text.slice(i, i + 6));

const bytes = fc.uint8Array({ minLength: 0, maxLength: 80 });
const secret: fc.Arbitrary<Secret> = fc.record({
  kind: fc.constantFrom("dhchap", "tls"),
  hash: fc.constantFrom("none", "sha256", "sha384", "sha512"),
  bytes,
});

describe("messages of errors about secrets", () => {
  it("hold no part of a text that is wrong", async () => {
    const good = () => formatSecret(makeSecret("dhchap", 64)).split(":")[2]!;
    const forms = fc.constantFrom(
      (key: string) => `DHHC-1:00:${key.slice(0, -1)}:`,
      (key: string) => `DHHC-1:00:${key}`,
      (key: string) => `DHHC-1:01:${key}:`,
      (key: string) => `DHHC-1:07:${key}:`,
      (key: string) => `dhhc-1:00:${key}:`,
      (key: string) => `NVMeTLSkey-1:01:${key}:`,
      (key: string) => `DHHC-1:00:${key}:${key}`,
      (key: string) => `DHHC-1:00:${key.slice(0, 9)}A${key.slice(10)}:`,
      (key: string) => key,
    );
    await fc.assert(
      fc.asyncProperty(forms, async (form) => {
        const key = good();
        const text = await thrown(() => parseSecret(form(key)));
        for (const piece of pieces(key)) expect(text ?? "").not.toContain(piece);
      }),
    );
  });

  it("hold no part of bytes that do not fit", async () => {
    await fc.assert(
      fc.asyncProperty(secret, async (given) => {
        const path = { hostNqn: "h", hostId: "i", subsystemNqn: "s", traddr: "a", trsvcid: "4420" };
        for (const run of [
          () => formatSecret(given),
          () => deriveTlsKey(given, "h", "s"),
          () => transformSecret(given, "h"),
          () => secretsArchive([path], () => ({ host: given, tls: given })),
        ]) {
          const text = (await thrown(run)) ?? "";
          for (const form of [encodeBase64(given.bytes), formatHex(given.bytes), given.bytes.join(",")])
            if (given.bytes.length >= 8) for (const piece of pieces(form)) expect(text).not.toContain(piece);
        }
      }),
    );
  });
});
