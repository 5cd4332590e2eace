import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser } from "./chromium.ts";

const root = resolve(import.meta.dirname, "../..");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

describeInBrowser("the documentation", (browser) => {
  let page: Page;
  let site: string;
  let server: Server;
  let port: number;
  beforeAll(async () => {
    page = browser().page;
    site = join(browser().scratch, "site");
    const run = (...words: string[]) => execFileSync(process.execPath, words, { cwd: root, stdio: "ignore" });
    run("node_modules/typedoc/bin/typedoc", "--out", site);
    run("scripts/site.mjs", site);
    // Its icons need a server: browsers do not take them from files.
    server = createServer(({ url = "" }, response) => {
      const file = join(site, new URL(url, "http://localhost").pathname);
      const type = types[extname(file)];
      if (!existsSync(file)) response.writeHead(404).end();
      else response.writeHead(200, type === undefined ? {} : { "content-type": type }).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server?.close();
    server?.closeAllConnections();
  });
  const open = (file: string) => page.goto(`http://127.0.0.1:${port}/${file}`);

  it("says in one screen what it is for: a picture, a command, three jobs", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open("index.html");
    for (const part of ["#picture .wide .box", "pre", "#picture ~ ul li:nth-child(3)"]) {
      const place = (await page.locator(part).first().boundingBox())!;
      expect([part, place.y + place.height < 900 && place.x + place.width <= 1280]).toEqual([part, true]);
    }
    expect(await page.locator("#picture .narrow .box").first().isVisible()).toBe(false);
    await browser().screenshot("site-home-1280.png");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator("#picture .wide .box").first().isVisible()).toBe(false);
    await browser().screenshot("site-home-390.png");
    expect(await page.locator('link[rel="icon"]').getAttribute("href")).toBe("assets/favicon.svg");
    expect(existsSync(join(site, "assets/favicon.svg"))).toBe(true);
  });

  it("keeps the lines of trees", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("documents/nbft_dump.html");
    const tree = page.locator("pre", { hasText: "├─" }).first();
    const [height, lines, size] = await tree.evaluate(
      (pre) =>
        [
          pre.querySelector("code")!.getBoundingClientRect().height,
          pre.querySelectorAll("br").length,
          Number.parseFloat(getComputedStyle(pre.querySelector("code")!).lineHeight),
        ] as const,
    );
    expect(Math.round(height / size)).toBeLessThanOrEqual(lines + 1);
  });

  it("does not scroll sideways on a phone, on any page of its guides", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const wide: string[] = [];
    const guides = readdirSync(join(site, "documents")).filter((name) => !/^[A-Z]\d{3}/.test(name));
    for (const file of ["index.html", ...guides.map((name) => `documents/${name}`)]) {
      await open(file);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) wide.push(`${file}: ${width}`);
    }
    expect(wide).toEqual([]);
    expect(guides.length).toBeGreaterThan(40);
  });

  it.each([
    ["a field of the model", "subnetMaskPrefix", "HfiTransportInfoTcp"],
    ["a word of a guide", "libstdc", "A machine without Node.js"],
    ["a rule", "H002", "H002"],
  ])("finds %s", async (_, word, result) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open("index.html");
    await page.locator("#tsd-search-trigger").click();
    await page.locator("#tsd-search-input").fill(word);
    await page.locator("#tsd-search-results", { hasText: result }).waitFor({ timeout: 20_000 });
  });
});
