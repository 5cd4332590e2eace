import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { table } from "../helpers/vectors.ts";
import { describeInBrowser } from "./chromium.ts";

const root = resolve(import.meta.dirname, "../..");

describeInBrowser("the playground", (browser) => {
  let page: Page;
  let url: string;
  beforeAll(() => {
    page = browser().page;
    const { scratch } = browser();
    execFileSync(process.execPath, ["scripts/site.mjs", scratch], { cwd: root });
    url = pathToFileURL(join(scratch, "playground.html")).href;
  });
  beforeEach(async () => {
    // Another page in between: a change of the fragment alone loads nothing.
    await page.goto("about:blank");
    await page.goto(url);
  });

  const give = (name: string, data: Uint8Array | string) =>
    page
      .locator("#file")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(data as Uint8Array) });
  const heading = (text: string) => page.locator("#result h2", { hasText: text }).first().waitFor();
  const paste = async (text: string) => {
    await page.locator("summary", { hasText: "Paste text" }).click();
    await page.locator("#text").fill(text);
    await page.locator("#paste button").click();
  };
  const sample = (title: string) => page.locator("#samples button", { hasText: title }).click();
  const message = () => page.locator("#message").innerText();
  const shownBytes = async () =>
    Uint8Array.from(
      Buffer.from((await page.locator(".bytes button").allInnerTexts()).join("").replace(/\s/g, ""), "hex"),
    );

  it("shows a table that is dropped on it", async () => {
    await give("NBFT", table("L13"));
    await heading("NBFT");
    expect(await page.locator("svg.nbft-picture").count()).toBe(1);
    await page.locator('.bytes [data-path="host.hostId"]').first().click();
    expect(await page.locator(".tree .chosen").getAttribute("data-path")).toBe("host.hostId");
  });

  it("has a sample for each of its jobs, and none has an error", async () => {
    const titles = await page.locator("#samples button").allInnerTexts();
    expect(titles.length).toBeGreaterThan(7);
    for (const title of titles) {
      await sample(title);
      expect([title, await message()]).toEqual([title, ""]);
      expect(await page.locator("svg.nbft-picture").count()).toBe(1);
      expect(await browser().axe()).toEqual([]);
    }
  });

  describe("takes what the commands take:", () => {
    const bytes = table("L02");
    const file = (name: string) => readFileSync(join(root, name), "utf8");
    it.each([
      ["acpidump text", formatAcpidump([{ name: "NBFT", bytes }] as never)],
      ["hex", Buffer.from(bytes).toString("hex")],
      ["base64", Buffer.from(bytes).toString("base64")],
      ["a table's document", file("examples/table.yaml")],
      ["a boot description", file("examples/dual-path.yaml")],
      ["a Config", file("examples/attempt-dual-path.config")],
      ["output of nvme nbft show", file("test/vectors/firmware/multipath/nvme-cli.json")],
    ])("%s", async (_, text) => {
      await paste(text);
      await heading("");
      expect(await message()).toBe("");
      expect(readNbft(await shownBytes()).table.ssns.length).toBeGreaterThan(0);
    });
  });

  it("shows a store: its attempts, its check, and the table that comes of it", async () => {
    await sample("A firmware's variables");
    await heading("OVMF_VARS.fd");
    expect(await page.locator("#attempts tbody tr").count()).toBe(2);
    expect(await page.locator("#attempts").innerText()).toMatch(/192\.168\.101\.20\s+port 4420/);
    expect(await page.locator("h3", { hasText: "Check" }).count()).toBe(1);
    await heading("predicted table");
    expect(readNbft(await shownBytes()).table.ssns).toHaveLength(2);
    await give("OVMF_VARS.fd", createVariableStore());
    await page.locator("text=No table to be published").waitFor();
    await page.locator("h2", { hasText: "OVMF_VARS.fd: 0 variables" }).waitFor();
  });

  it("shows at once what an edit changes, and where a mistake is", async () => {
    await sample("Two paths");
    await page.locator("#edit").click();
    const text = await page.locator("#yaml").inputValue();
    expect(text).toContain("192.168.110.99");
    await page.locator("#yaml").fill(text.replaceAll("192.168.110.99", "192.168.110.20"));
    await page.locator(".changed").first().waitFor();
    expect(readNbft(await shownBytes()).table.ssns[1]!.traddr).toBe("192.168.110.20");
    expect(await page.locator(".picture svg .wide").textContent()).toContain("192.168.110.20:4420");
    const changed = await page
      .locator(".changed")
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["path"]));
    expect(changed).toContain("header.checksum");
    await page.locator("#yaml").fill(`${text}\nnoSuchKey: 1\n`);
    await page.locator("#mistakes", { hasText: "noSuchKey" }).waitFor();
    expect(await page.locator("#mistakes").innerText()).toMatch(/line \d+, column \d+/);
    // The last table that was one is still there.
    expect(readNbft(await shownBytes()).table.ssns[1]!.traddr).toBe("192.168.110.20");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1500);
  });

  it("gives the table that it shows as a file", async () => {
    await sample("Two paths");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    expect(new Uint8Array(readFileSync(await download.path()))).toEqual(Uint8Array.from(table("multipath-one-dead/")));
  });

  it("is shared by an address, edits included", async () => {
    await sample("Discovery");
    await page.locator("#edit").click();
    const text = await page.locator("#yaml").inputValue();
    await page.locator("#yaml").fill(text.replaceAll("192.168.101.20", "192.168.101.77"));
    await page.locator(".changed").first().waitFor();
    await page.locator("#share").click();
    await page.locator("#shared", { hasText: "has it now" }).waitFor();
    const link = page.url();
    expect(link).toContain("#name=discovery.yaml&z=");
    await page.goto("about:blank");
    await page.goto(link);
    await heading("discovery.yaml");
    expect(await page.locator(".picture svg .wide").textContent()).toContain("192.168.101.77");
    await page.goto("about:blank");
    await page.goto(link.slice(0, -40));
    await page.locator("#message", { hasText: "damaged" }).waitFor();
  });

  it("says what is wrong with anything else", async () => {
    await give("noise.bin", new Uint8Array(300).fill(7));
    await page.locator("#message", { hasText: "noise.bin: not an NBFT" }).waitFor();
    expect(await page.locator("#result").innerHTML()).toBe("");
    await paste("Node                  Generic               SN  Model\n");
    await page.locator("#message", { hasText: "nvme list" }).waitFor();
  });

  it.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits %i pixels, %s", async (width, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await browser().screenshot(`playground-start-${width}-${colorScheme}.png`);
    expect(await browser().axe()).toEqual([]);
    for (const title of ["Two paths", "A firmware's variables"]) {
      await sample(title);
      if (title === "Two paths") await page.locator("#edit").click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await browser().screenshot(`playground-${title.replace(/\W/g, "-")}-${width}-${colorScheme}.png`);
    }
  });
});
