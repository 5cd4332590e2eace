import { describe, expect, it } from "vitest";
import { readDiscoveryUri, rootPathTrouble } from "../../src/nbft/discovery-uri.ts";
import { isHostName, isPlain, nqnTrouble, placeOfUuid, portOf, uuidOrder } from "../../src/rules/names.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function trouble(nqn: string): string | undefined {
  const bytes = bytesOf(`${nqn}\0`);
  return nqnTrouble(nqn, bytes, viewOf(bytes), 0, bytes.length)?.kind;
}

describe("NQNs", () => {
  const uuid = "f8131bac-cdef-4165-866b-5998c1e67890";

  it.each([
    `nqn.2014-08.org.nvmexpress:uuid:${uuid}`,
    `nqn.2014-08.org.nvmexpress:uuid:${uuid.toUpperCase()}`,
    "nqn.2014-08.org.nvmexpress.discovery",
    "nqn.1988-11.com.dell:powerstore:00:a1b2",
    "nqn.2024-12.com.example:täst",
    `nqn.2024-01.com.example:${"x".repeat(198)}`,
  ])("%s is one", (nqn) => expect(trouble(nqn)).toBeUndefined());

  it.each([
    ["", "syntax"],
    ["nqn.", "syntax"],
    ["host", "syntax"],
    ["nqn.2014-08.org.nvmexpress:uuid:", "syntax"],
    [`nqn.2014-08.org.nvmexpress:uuid:${uuid}0`, "syntax"],
    [`nqn.2014-08.org.nvmexpress:uuid:${uuid.replace("f", "g")}`, "syntax"],
    [`nqn.2014-08.org.nvmexpress:uuid:${uuid.replaceAll("-", "0")}`, "syntax"],
    ["nqn.2014-13.org.example:x", "syntax"],
    ["nqn.2014-00.org.example:x", "syntax"],
    ["nqn.201-08.org.example:x", "syntax"],
    ["nqn.2014-08.org.example", "syntax"],
    ["nqn.2014-08.org.example:", "syntax"],
    ["nqn.2014-08..org:x", "syntax"],
    ["nqn.2014-08.org example:x", "syntax"],
    ["NQN.2014-08.org.example:x", "syntax"],
    ["nqn.2014-08.org.example:x ", "syntax"],
    ["nqn.2014-08.org.example:x\n", "syntax"],
    ["nqn.2014-08.org.example:x\u00a0", "syntax"],
    ["nqn.2014-08.org.example:x,y", "syntax"],
    [`nqn.2024-01.com.example:${"x".repeat(199)}`, "syntax"],
    [`nqn.2024-01.com.example:${"x".repeat(200)}`, "length"],
    [`nqn.2024-01.com.example:${"ü".repeat(100)}`, "length"],
  ])("%s is none", (nqn, kind) => expect(trouble(nqn)).toBe(kind));

  it("compare with a Host ID in both byte orders", () => {
    const bytes = new Uint8Array(200);
    bytes.set(bytesOf(`nqn.2014-08.org.nvmexpress:uuid:${uuid}`), 10);
    const at = placeOfUuid(bytes, viewOf(bytes), 10, 68);
    expect(at).toBe(42);
    const id = (text: string) =>
      bytes.set(
        Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16)),
        100,
      );
    id("f8131baccdef4165866b5998c1e67890");
    expect(uuidOrder(bytes, 100, at)).toBe("same");
    id("ac1b13f8efcd6541866b5998c1e67890");
    expect(uuidOrder(bytes, 100, at)).toBe("swapped");
    id("ac1b13f8efcd6541866b5998c1e67891");
    expect(uuidOrder(bytes, 100, at)).toBe("other");
  });
});

describe("host names", () => {
  const is = (text: string) => isHostName(bytesOf(text), 0, bytesOf(text).length);

  it.each(["host", "host1", "host-1", "HOST", "host.", "host.example.com", "host.example.com.", "1", "a".repeat(63)])(
    "%s is one",
    (name) => expect(is(name)).toBe(true),
  );

  it.each(["", ".", "-host", "host-", "my host", "host..x", "hôte", "a_b", "a".repeat(64), `${"a.".repeat(127)}ab`])(
    "%s is none",
    (name) => expect(is(name)).toBe(false),
  );
});

describe("ports", () => {
  const port = (text: string) => portOf(bytesOf(text), 0, bytesOf(text).length);

  it("are decimal numbers from 1 to 65535", () => {
    expect(["1", "4420", "65535"].map(port)).toEqual([1, 4420, 65535]);
    expect(["", "0", "65536", "99999", "123456", "0x1", "-1", " 1", "01", "1 "].map(port)).toEqual(Array(10).fill(0));
  });
});

describe("printable text", () => {
  it("may have NULs, and nothing else below 20h or above 7Eh", () => {
    const is = (...bytes: number[]) => isPlain(Uint8Array.from(bytes), 0, bytes.length);
    expect([is(0x20, 0x7e, 0), is(0x1f), is(0x7f), is(0x80), is()]).toEqual([true, false, false, false, true]);
  });
});

describe("URIs of discovery controllers", () => {
  it.each([
    ["nvme+tcp://192.0.2.1:8009/", "192.0.2.1", 8009],
    ["nvme+tcp://192.0.2.1:4420", "192.0.2.1", 4420],
    ["nvme+tcp://192.0.2.1", "192.0.2.1", 8009],
    ["nvme+tcp://192.0.2.1/", "192.0.2.1", 8009],
    ["nvme+tcp://[2001:db8::1]:8009/", "2001:db8::1", 8009],
    ["nvme+tcp://[2001:db8::1]", "2001:db8::1", 8009],
    ["nvme+tcp://[fe80::1%25eth0]/", "fe80::1", 8009],
    ["nvme+tcp://user@192.0.2.1:1/path?query#fragment", "192.0.2.1", 1],
  ])("%s has an address", (uri, host, port) => {
    expect(readDiscoveryUri(uri)).toEqual({ kind: "address", host, port });
  });

  it.each([
    ["nvme+tcp://target.example.com:8009/", "name"],
    ["nvme+tcp://2001:db8::1/", "unbracketed"],
    ["nvme+tcp://2001:db8::1:8009/", "unbracketed"],
    ["", "bad"],
    ["nvme://192.0.2.1/", "bad"],
    ["NVME+TCP://192.0.2.1/", "bad"],
    ["nvme+tcp:///", "bad"],
    ["nvme+tcp://:8009/", "bad"],
    ["nvme+tcp://192.0.2.1:0/", "bad"],
    ["nvme+tcp://192.0.2.1:65536/", "bad"],
    ["nvme+tcp://192.0.2.1:-5/", "bad"],
    ["nvme+tcp://192.0.2.1:8009; rm", "bad"],
    ["nvme+rdma://192.0.2.1/", "bad"],
    ["nvme+tcp://192.0.2.256/", "bad"],
    ["nvme+tcp://192.0.2/", "bad"],
    ["nvme+tcp://[192.0.2.1]/", "bad"],
    ["nvme+tcp://[2001:db8::1/", "bad"],
    ["nvme+tcp://[2001:db8::g]/", "bad"],
    ["nvme+tcp://a b/", "bad"],
    ["nvme+tcp://x:y:z/", "bad"],
  ])("%s is %s", (uri, kind) => expect(readDiscoveryUri(uri).kind).toBe(kind));
});

describe("DHCP root paths", () => {
  const nqn = "nqn.2024-01.com.example:target";

  it.each([
    `NVME+TCP://192.0.2.1:4420/${nqn}/urn:uuid:f8131bac-cdef-4165-866b-5998c1e67890`,
    `nvme+tcp://192.0.2.1/${nqn}/eui:AC-DE-48-00-00-00-00-01`,
    `NVME+TCP://[2001:db8::1]:4420/${nqn}/nvme-nguid:0123456789ABCDEF-012345-0123456789`,
    "NVME+TCP://192.0.2.1:8009/nqn.2014-08.org.nvmexpress.discovery",
    "NVME+TCP://target.example.com/nqn.2014-08.org.nvmexpress.discovery/",
  ])("%s is one", (path) => expect(rootPathTrouble(path)).toBeUndefined());

  it.each([
    "",
    "nfs://192.0.2.1/root",
    `NVME+TCP://192.0.2.1:4420/${nqn}`,
    `NVME+TCP://192.0.2.1:99999/${nqn}/urn:uuid:f8131bac-cdef-4165-866b-5998c1e67890`,
    `NVME+TCP://192.0.2.1/${nqn}/urn:uuid:f8131bac-cdef-4165-866b-5998c1e6789`,
    `NVME+TCP://192.0.2.1/${nqn}/eui:AC-DE-48`,
    `NVME+TCP://192.0.2.1/${nqn}/nvme-nguid:01-02`,
    "NVME+TCP://192.0.2.1/target/urn:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
  ])("%s is none", (path) => expect(rootPathTrouble(path)).toBeTypeOf("string"));
});
