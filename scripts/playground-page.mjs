// The playground: one HTML file with everything in it.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

/** What a person may choose to look at, in this order. */
const samples = [
  { title: "Two paths, one without a route", file: "test/vectors/firmware/multipath-one-dead/NBFT.bin" },
  { title: "Discovery", file: "examples/discovery.yaml" },
  { title: "VLAN", file: "examples/vlan.yaml" },
  { title: "TLS and DH-HMAC-CHAP", file: "examples/tls.yaml" },
  { title: "A table's document", file: "examples/table.yaml" },
  { title: "A table that no reader takes", file: "test/vectors/nbft/made-bad/S09-hfi-count-255" },
  { title: "A firmware's variables", file: "examples/dual-path.yaml", asStore: true },
  { title: "A Config with mistakes", file: "examples/attempt-mistakes.config" },
  { title: "Output of nvme nbft show", file: "test/vectors/firmware/multipath/nvme-cli.json" },
];

/** @param {string} links HTML of links to the documentation, where that lies beside the page */
export async function playgroundPage(links = "") {
  const embedded = samples.map(({ file, ...sample }) => ({
    ...sample,
    file: file.split("/").at(-1),
    content: readFileSync(file).toString("base64"),
  }));
  const { outputFiles } = await build({
    entryPoints: ["site/playground.ts"],
    bundle: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    write: false,
    define: { SAMPLES: JSON.stringify(embedded) },
    logLevel: "warning",
  });
  // A script element ends at the first such end tag, wherever it stands.
  const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
  return readFileSync("site/playground.html", "utf8")
    .replace("/* icon */", `data:image/svg+xml;base64,${readFileSync("site/icon.svg").toString("base64")}`)
    .replace("<!-- links -->", links)
    .replace("/* bundle */", () => script);
}
