import { describe, expect, expectTypeOf, it } from "vitest";
import { encodeDocument, type NbftDocument, parseDocument } from "../../src/document.ts";
import { type Bytes, encodeNbft, type NbftDraft, withDefaults } from "../../src/encode.ts";
import {
  DecodeError,
  decodeNbft,
  EncodeError,
  type HfiDescriptor,
  type HfiTransportInfoTcp,
  NbftError,
  type NbftTable,
  readNbft,
  type SsnsDescriptor,
} from "../../src/index.ts";
import type { NvmeofAttemptConfig } from "../../src/uefi/index.ts";

describe("types of the model", () => {
  it("say what may be absent", () => {
    expectTypeOf<NbftTable["host"]>().toBeNullable();
    expectTypeOf<HfiDescriptor["transportInfo"]>().toEqualTypeOf<HfiTransportInfoTcp | undefined>();
    expectTypeOf<SsnsDescriptor["subsystemNqn"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SsnsDescriptor["secondaryHfis"]>().toEqualTypeOf<readonly number[] | undefined>();
    expectTypeOf<HfiTransportInfoTcp["mac"]>().toEqualTypeOf<string>();
    expectTypeOf<HfiTransportInfoTcp["gateway"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SsnsDescriptor["trtype"]>().toEqualTypeOf<"tcp" | number>();
    expectTypeOf<SsnsDescriptor["flags"]["valid"]>().toEqualTypeOf<boolean>();
    expectTypeOf<NvmeofAttemptConfig["ipMode"]>().toEqualTypeOf<"ipv4" | "ipv6" | "autoconfigure" | number>();
    expectTypeOf<NvmeofAttemptConfig["targetIp"]>().toEqualTypeOf<string | undefined>();
  });

  it("take what a program leaves out, or gives as undefined", () => {
    const flags = { valid: true };
    expectTypeOf({ index: 1, flags, trtype: "tcp" } as const).toExtend<HfiDescriptor>();
    expectTypeOf({ index: 1, flags, trtype: 4, transportInfo: undefined }).toExtend<HfiDescriptor>();
    expectTypeOf<NbftTable>().toExtend<NbftDraft>();
    expectTypeOf<NbftDraft>().toExtend<NbftDocument>();
    expectTypeOf({ ssns: [{ trsvcid: 4420 }] }).toExtend<NbftDraft>();
  });

  it("give bytes that the platform takes", () => {
    expectTypeOf(encodeNbft).returns.toEqualTypeOf<Bytes>();
    expectTypeOf(encodeDocument).returns.toEqualTypeOf<Bytes>();
    expectTypeOf<Bytes>().toExtend<BlobPart>();
    expectTypeOf(readNbft).parameter(0).toEqualTypeOf<Uint8Array>();
    expectTypeOf(parseDocument).returns.toEqualTypeOf<NbftDocument>();
  });
});

/** What is thrown, by its class and message. */
function thrown(action: () => unknown): [unknown, string] {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(NbftError);
    return [(error as NbftError).constructor, (error as NbftError).message];
  }
  throw new Error("nothing was thrown");
}

describe("what a program without types may give", () => {
  it.each([
    [new ArrayBuffer(200), "expected a Uint8Array, got ArrayBuffer: give new Uint8Array(buffer)"],
    [
      new DataView(new ArrayBuffer(200)),
      "expected a Uint8Array, got DataView: give new Uint8Array(view.buffer, view.byteOffset, view.byteLength)",
    ],
    ["NBFT", "expected a Uint8Array, got String: give the bytes of a file, not its name or text"],
    [undefined, "expected a Uint8Array, got nothing"],
    [null, "expected a Uint8Array, got Null"],
    [[1, 2], "expected a Uint8Array, got Array"],
  ])("as bytes: %o", (input, message) => {
    for (const read of [readNbft, decodeNbft])
      expect(thrown(() => read(input as never))).toEqual([DecodeError, message]);
  });

  it.each([
    [{}, "header: is missing: withDefaults makes a table of what there is"],
    [undefined, "expected a table: an object with header, control, hfi, ssns, security and discovery"],
    [[], "expected a table: an object with header, control, hfi, ssns, security and discovery"],
    [{ ...withDefaults({}), hfi: undefined }, "hfi: expected a list; [] where there are none"],
    [{ ...withDefaults({}), hfi: {} }, "hfi: expected a list"],
    [{ ...withDefaults({}), hfi: [null] }, "hfi[0]: expected an object"],
    [{ ...withDefaults({}), snns: [] }, 'snns: no such key; did you mean "ssns"?'],
    [{ ...withDefaults({}), header: { oemID: "X" } }, 'header.oemID: no such field; did you mean "oemId"?'],
    [
      { ...withDefaults({}), header: { driverSignature: "\ud800" } },
      "header.driverSignature: text holds half of a surrogate pair",
    ],
    [
      { ...withDefaults({}), header: { oemRevision: Number.POSITIVE_INFINITY } },
      "header.oemRevision: Infinity is wrong: expected a whole number from 0 to 4294967295",
    ],
    [
      {
        ...withDefaults({}),
        ssns: withDefaults({ ssns: [{}] }).ssns.map((ssns) => ({ ...ssns, traddr: "192.0.2.010" })),
      },
      'ssns[0].traddr: "192.0.2.010" is wrong: numbers of an IPv4 address have no leading zeros, which some programs read as octal; write 192.0.2.10',
    ],
  ])("as a table: %j", (table, message) => {
    expect(thrown(() => encodeNbft(table as never))).toEqual([EncodeError, message]);
  });

  it.each([
    [{ snns: [] }, 'snns: no such key "snns" in document: did you mean "ssns"?'],
    [{ ssns: [{ tradr: 1 }] }, 'ssns[0].tradr: no such key "tradr" in SsnsDescriptor: did you mean "traddr"?'],
    [
      { host: { flags: { vald: true } } },
      'host.flags.vald: no such key "vald" in HostDescriptorFlags: did you mean "valid"?',
    ],
    [7, '"7" is wrong: expected a mapping'],
    [{ hfi: [null] }, "hfi[0]: nothing is here: expected a mapping"],
  ])("as a draft or a document: %j", (draft, message) => {
    for (const take of [withDefaults, encodeDocument]) {
      const [type, text] = thrown(() => take(draft as never));
      expect([(type as { name: string }).name, text]).toEqual(["DocumentError", message]);
    }
  });
});
