import { describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { topologyMermaid } from "../../src/output/picture/topology-mermaid.ts";
import { topologySvg } from "../../src/output/picture/topology-svg.ts";
import { table } from "../helpers/vectors.ts";

const of = (name: string) => topologyOf(readNbft(table(name)).table);

describe("topologyOf", () => {
  it("joins host, cards, networks, portals, subsystems and namespaces", () => {
    const { nodes, networks, edges } = of("multipath/");
    const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
    expect(nodes.map(({ id }) => id)).toEqual([
      "host",
      "hfi 0",
      "hfi 1",
      "portal 192.168.101.20:4420",
      `subsystem ${nqn}`,
      `namespace subsystem ${nqn} 1 bee9c2b7-1761-44b5-a4e6-0f690498a94b`,
      "path ssns[0] 1",
      "portal 192.168.110.20:4420",
      "path ssns[1] 1",
      "path ssns[1] 2",
    ]);
    expect(networks.map(({ id }) => id)).toEqual(["192.168.101.0/24", "no route", "192.168.110.0/24"]);
    const ways = edges.filter(({ from, to }) => (from + to).includes("path"));
    expect(ways.map(({ from, to, role, state }) => [from, to, role, state])).toEqual([
      ["hfi 0", "path ssns[0] 1", "primary", "open"],
      ["path ssns[0] 1", "portal 192.168.101.20:4420", "primary", "open"],
      ["hfi 0", "path ssns[1] 1", "primary", "closed"],
      ["path ssns[1] 1", "portal 192.168.110.20:4420", "primary", "closed"],
      ["hfi 1", "path ssns[1] 2", "secondary", "open"],
      ["path ssns[1] 2", "portal 192.168.110.20:4420", "secondary", "open"],
    ]);
  });

  it("names the SSNS of a namespace, and the network of a path", () => {
    const { nodes } = of("multipath/");
    expect(nodes.find(({ kind }) => kind === "namespace")!.lines).toEqual([
      "namespace 1",
      "uuid bee9c2b7-1761-44b5-a4e6-0f690498a94b",
      "SSNS 1, 2",
    ]);
    expect(nodes.filter(({ kind }) => kind === "path").map(({ network }) => network)).toEqual([
      "192.168.101.0/24",
      "no route",
      "192.168.110.0/24",
    ]);
  });

  it("leads from a discovery controller to what came from it", () => {
    const { nodes, edges } = of("discovery/");
    expect(edges.filter(({ role }) => role === "asks").map(({ from, to }) => [from, to])).toEqual([
      ["hfi 0", "path discovery[0] 1"],
      ["path discovery[0] 1", "discovery[0]"],
      ["hfi 1", "path discovery[1] 2"],
      ["path discovery[1] 2", "discovery[1]"],
    ]);
    expect(edges.filter(({ role }) => role === "found").map(({ from }) => from)).toEqual([
      "discovery[0]",
      "discovery[1]",
    ]);
    expect(nodes.find(({ id }) => id === "path ssns[0] 1")!.lines).toEqual(["SSNS 1 primary", "found by discovery 1"]);
  });

  it("marks what the firmware could not reach", () => {
    const { edges } = of("multipath-one-dead/");
    expect(edges.filter(({ state }) => state === "unavailable").map(({ from, to }) => [from, to])).toEqual([
      ["portal 192.168.110.99:4420", expect.stringMatching(/^subsystem /)],
      [expect.stringMatching(/^subsystem /), expect.stringMatching(/^namespace /)],
      ["hfi 1", "path ssns[1] 2"],
      ["path ssns[1] 2", "portal 192.168.110.99:4420"],
    ]);
    expect(edges.find(({ to }) => to === "portal 192.168.101.20:4420")?.state).toBe("open");
  });

  it.each([
    ["a security profile", "L13", "skipped", /security profile/],
    ["no secondary list", "L10", "skipped", /secondary HFI list/],
  ])("marks what readers leave out: %s", (_, name, state, note) => {
    expect(of(name).edges).toContainEqual(expect.objectContaining({ state, note: expect.stringMatching(note) }));
  });

  it("shows a path through an HFI that is not there, and a card that is not valid", () => {
    const model = readNbft(table("multipath/")).table;
    const bytes = encodeNbft({ ...model, ssns: [{ ...model.ssns[0]!, secondaryHfis: [7] }] });
    const { nodes, edges } = topologyOf(readNbft(bytes).table);
    const path = nodes.find(({ id }) => id === "path ssns[0] 7")!;
    expect([path.lines, path.state]).toEqual([["SSNS 1 secondary", "there is no HFI 7"], "closed"]);
    expect(edges.filter(({ to }) => to === path.id)).toEqual([]);
    expect(of("L27").nodes.filter(({ kind, state }) => kind === "hfi" && state === "closed")).toEqual([
      expect.objectContaining({ lines: expect.arrayContaining(["not valid"]) }),
    ]);
  });

  it("stays small for a table with hundreds of descriptors, and says what is missing", () => {
    const { nodes, left } = of("S23");
    expect(nodes.length).toBeLessThanOrEqual(200);
    expect(left).toContain("not drawn: 239 SSNS");
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
      expect(line).toMatch(
        /^ +(n\d+(\["[^"]*"\]| (-->|==>|-\.->|-\.-x)(\|"[^"]*"\|)? n\d+)|subgraph w\d+ \["[^"]*"\]|end)$/,
      );
    }
  });
});

describe("topologySvg", () => {
  const legendOf = (svg: string) =>
    [...svg.slice(0, svg.indexOf('<svg class="narrow"')).matchAll(/font-size="11"[^>]*>([^<]*)</g)]
      .map(([, text]) => text!)
      .slice(6);

  it("has a legend of what occurs, and of nothing else", () => {
    expect(legendOf(topologySvg(of("discovery/")))).toEqual([
      "path by the primary HFI",
      "path by a secondary HFI",
      "asks a discovery controller",
      "found by a discovery controller",
      "cannot work",
    ]);
    expect(legendOf(topologySvg(of("single-static")))).toEqual(["path by the primary HFI"]);
  });

  it("has the whole of what is shortened", () => {
    const svg = topologySvg(of("multipath/"));
    expect(svg).toContain("<title>nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db</title>");
  });

  it("points every line to where it leads", () => {
    const topology = of("discovery/");
    const arrows = topologySvg(topology).match(/<poly(gon|line) /g)!;
    // Two layouts, each with a legend of five lines.
    expect(arrows).toHaveLength(2 * (topology.edges.length + 5));
  });
});
