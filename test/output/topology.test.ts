import { describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { topologyMermaid } from "../../src/output/picture/topology-mermaid.ts";
import { topologySvg } from "../../src/output/picture/topology-svg.ts";
import { table } from "../helpers/vectors.ts";

const of = (name: string) => topologyOf(readNbft(table(name)).table);

describe("topologyOf", () => {
  it("joins host, interfaces, targets and namespaces", () => {
    const { nodes, edges } = of("multipath/");
    expect(nodes.map(({ id }) => id)).toEqual([
      "host",
      "hfi 0",
      "hfi 1",
      "portal 192.168.101.20:4420",
      "namespace nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db uuid bee9c2b7-1761-44b5-a4e6-0f690498a94b",
      "portal 192.168.110.20:4420",
    ]);
    expect(edges.filter(({ from }) => from.startsWith("hfi")).map(({ from, to, label }) => [from, to, label])).toEqual([
      ["hfi 0", "portal 192.168.101.20:4420", "192.168.101.0/24"],
      ["hfi 0", "portal 192.168.110.20:4420", "no route"],
      ["hfi 1", "portal 192.168.110.20:4420", "192.168.110.0/24"],
    ]);
  });

  it("marks what the firmware could not reach", () => {
    const { edges } = of("multipath-one-dead/");
    expect(edges.filter(({ state }) => state === "unavailable").map(({ to }) => to)).toContain(
      "portal 192.168.110.99:4420",
    );
    expect(edges.find(({ to }) => to === "portal 192.168.101.20:4420")?.state).toBe("usable");
  });

  it.each([
    ["a security profile", "L13", "skipped", /security profile/],
    ["no secondary list", "L10", "skipped", /secondary HFI list/],
  ])("marks what readers leave out: %s", (_, name, state, note) => {
    expect(of(name).edges).toContainEqual(expect.objectContaining({ state, note: expect.stringMatching(note) }));
  });

  it("stays small for a table with hundreds of descriptors", () => {
    const { nodes, edges } = of("S23");
    expect(nodes.length).toBeLessThanOrEqual(200);
    expect(edges.length).toBeLessThan(2000);
  });
});

describe("pictures of a table with hostile text", () => {
  const hostile = '"]--><script>alert(1)</script>\u001b[2J`;#\u202e';
  const model = readNbft(table("L02")).table;
  const bytes = encodeNbft({ ...model, ssns: [{ ...model.ssns[0]!, subsystemNqn: hostile, trsvcid: hostile }] });
  const topology = topologyOf(readNbft(bytes).table);

  it("are well-formed SVG without markup of its own", () => {
    const svg = topologySvg(topology);
    expect(svg).not.toContain("<script");
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
    expect(svg.match(/<g\b/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
  });

  it("are Mermaid whose quoted text ends only where it should", () => {
    for (const line of topologyMermaid(topology).split("\n").slice(1).filter(Boolean)) {
      expect(line).toMatch(/^ {2}n\d+(\["[^"]*"\]| (-->|-\.->)(\|"[^"]*"\|)? n\d+)$/);
    }
  });
});
