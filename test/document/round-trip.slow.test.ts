import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { corpus } from "../../src/corpus/corpus.ts";
import { everyMutation, mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { randomTable } from "../../src/corpus/random-table.ts";
import { documentOf } from "../../src/document/document.ts";
import { encodeDocument, readDocument } from "../../src/document/read-document.ts";
import { DecodeError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { runCli } from "../helpers/cli.ts";
import { mutated } from "../helpers/tables.ts";
import { allTables, madeTables, malformedTables, moreTables } from "../helpers/vectors.ts";

/** The document of some bytes as text, as `dump -o json` writes it; undefined where they are not a table. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return JSON.stringify(documentOf(readNbft(bytes)));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const back = (text: string) => encodeDocument(JSON.parse(text), { encode: { limits: false } });

function expectBack(bytes: Uint8Array, name: string): void {
  const text = textOf(bytes);
  if (text === undefined) return;
  const restored = back(text);
  // Comparing buffers is fast; what differs is told only where something does.
  if (Buffer.compare(restored, bytes) !== 0) expect([...restored], name).toEqual([...bytes]);
}

const small = [...madeTables, ...malformedTables, ...moreTables].filter(
  ({ bytes }) => bytes.length >= 128 && bytes.length < 4096,
);

describe("a table's document gives the table back", () => {
  it.each(allTables.map(({ name, bytes }) => [name, bytes] as const))("%s", (name, bytes) => expectBack(bytes, name));

  it.each(allTables.filter(({ bytes }) => bytes.length < 4096).map(({ name, bytes }) => [name, bytes] as const))(
    "%s, by way of YAML",
    (_, bytes) => {
      const text = textOf(bytes);
      if (text === undefined) return;
      const yaml = stringify(JSON.parse(text));
      expect(back(JSON.stringify(parse(yaml)))).toEqual(bytes);
    },
  );

  it("malformed tables that can be read are among them", () => {
    expect(malformedTables.filter(({ bytes }) => textOf(bytes) !== undefined).length).toBeGreaterThan(10);
  });

  it("for every table of a corpus", () => {
    let read = 0;
    for (const { name, bytes } of corpus("round trip", { random: 100, mutants: 1000 })) {
      expectBack(bytes, name);
      if (textOf(bytes) !== undefined) read++;
    }
    expect(read).toBeGreaterThan(1000);
  });

  it("for every single change to a small table", () => {
    const base = encodeNbft(randomTable(createPrng("single"), { most: 1, revision: "1.0" }));
    let read = 0;
    let made = 0;
    // One in so many: all of them are tens of thousands.
    for (const { bytes, changes } of everyMutation(base)) {
      if (made++ % 23 !== 0) continue;
      expectBack(bytes, JSON.stringify(changes));
      if (textOf(bytes) !== undefined) read++;
    }
    expect(read).toBeGreaterThan(300);
  }, 120_000);

  it("for tables changed by what their bytes are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.nat(), ({ name, bytes }, seed) => {
        for (const { bytes: mutant } of take(mutations(bytes, createPrng(seed)), 4)) expectBack(mutant, name);
      }),
      { numRuns: 300 },
    );
  });

  it("for tables changed anywhere, cut and extended", () => {
    fc.assert(
      fc.property(mutated(small.map(({ bytes }) => bytes)), (bytes) => expectBack(bytes, "mutated")),
      { numRuns: 1000 },
    );
  });

  it("on the command line", async () => {
    for (const path of ["test/vectors/firmware/discovery/NBFT.bin", "test/vectors/nbft/made/L13-security-3"]) {
      const { bytes: table } = await runCli(["dump", path, "-o", "binary"]);
      const { out } = await runCli(["dump", path, "-o", "json"]);
      expect((await runCli(["encode", "-"], { stdin: out })).bytes).toEqual(table);
    }
  });
});

describe("a document's table gives the document back", () => {
  const seeds = fc.record({ seed: fc.nat(), layout: fc.constantFrom("spec" as const, "edk2" as const) });

  it("what a random table says is read again, in either layout", () => {
    fc.assert(
      fc.property(seeds, ({ seed, layout }) => {
        const table = randomTable(createPrng(seed));
        expect(readNbft(encodeNbft(table, { layout })).table).toEqual(table);
      }),
      { numRuns: 300 },
    );
  });

  it("canonical layouts need no layout part but for the name of the style", () => {
    fc.assert(
      fc.property(seeds, ({ seed, layout }) => {
        const bytes = encodeNbft(randomTable(createPrng(seed)), { layout });
        expect(documentOf(readNbft(bytes)).layout).toEqual(layout === "spec" ? undefined : { style: "edk2" });
      }),
      { numRuns: 200 },
    );
  });

  it("the document of the table of a document is that document", () => {
    fc.assert(
      fc.property(seeds, ({ seed, layout }) => {
        const text = textOf(encodeNbft(randomTable(createPrng(seed)), { layout }))!;
        expect(textOf(back(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it("what a document leaves out is the same when it is written out", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const full = randomTable(createPrng(seed));
        const { host, hfi, ssns, security, discovery, header } = full;
        // What a person would write: no control descriptor, no indexes, no numbers that follow from others.
        const brief = {
          header,
          host: { hostNqn: host!.hostNqn, hostId: host!.hostId, flags: host!.flags },
          hfi: hfi.map(({ index: _, trtype: __, ...rest }) => rest),
          ssns: ssns.map(({ index: _, trtype: __, nidType: ___, ...rest }) => rest),
          security: security.map(({ index: _, ...rest }) => rest),
          discovery: discovery.map(({ index: _, ...rest }) => rest),
        };
        expect(encodeDocument(brief)).toEqual(encodeNbft(full));
      }),
      { numRuns: 200 },
    );
  });

  it("reads the same from a table, its document, and the document as text", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const table = randomTable(createPrng(seed));
        expect(readDocument(JSON.parse(textOf(encodeNbft(table))!)).table).toEqual(table);
      }),
      { numRuns: 100 },
    );
  });
});

function* take<T>(things: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const thing of things) {
    if (left-- <= 0) return;
    yield thing;
  }
}
