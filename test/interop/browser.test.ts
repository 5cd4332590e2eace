import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { topologySvg } from "../../src/output/picture/topology-svg.ts";
import { reportHtml } from "../../src/output/report/html.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { firmwareTables, madeTables, table } from "../helpers/vectors.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (!executablePath) console.log("browser: could not run: no chromium in /usr/bin (Debian: apt install chromium)");

/** A real browser, headless. Screenshots go to NBFT_SCREENSHOTS when that names a folder. */
describe.skipIf(!executablePath)("in a browser", () => {
  const scratch = mkdtempSync(join(tmpdir(), "nbft-browser-"));
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    page = await browser.newPage({ viewport: { width: 1500, height: 1200 } });
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    page.on("request", (request) => !request.url().startsWith("file:") && troubles.push(`asked for ${request.url()}`));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  async function open(name: string, html: string): Promise<void> {
    const file = join(scratch, name);
    writeFileSync(file, html);
    await page.goto(pathToFileURL(file).href);
  }

  async function screenshot(name: string): Promise<void> {
    const folder = process.env["NBFT_SCREENSHOTS"];
    if (folder) await page.screenshot({ path: join(folder, name) });
  }

  describe("a report", () => {
    const bytes = table("multipath-one-dead/NBFT.bin");

    beforeAll(async () => {
      await open("report.html", reportHtml({ tables: [{ name: "NBFT", reading: readNbft(bytes) }] }));
    });

    it("links a field to its bytes", async () => {
      await page.locator('.tree button[data-path="host.hostNqn"]').click();
      const chosen = await page.locator(".bytes .chosen").allInnerTexts();
      const text = Buffer.from(chosen.join(" ").replace(/\s+/g, ""), "hex").toString();
      expect(text.replace(/\0$/, "")).toBe(readNbft(bytes).table.host?.hostNqn);
    });

    it("links bytes to their field, and opens the tree there", async () => {
      await page.locator('.bytes [data-path="hfi[1].transportInfo.mac"]').first().click();
      const node = page.locator(".tree .chosen");
      expect(await node.getAttribute("data-path")).toBe("hfi[1].transportInfo.mac");
      expect(await node.isVisible()).toBe(true);
      expect(await page.locator(".status").innerText()).toContain("hfi[1].transportInfo.mac");
      await screenshot("report-chosen.png");
    });

    it("can be used with the keyboard alone", async () => {
      await page.locator('.picture [data-path="hfi[0]"]').first().focus();
      await page.keyboard.press("Enter");
      expect(await page.locator('.bytes .chosen[data-path="hfi[0].index"]').count()).toBe(1);
      await page.locator('.tree button[data-path="host.hostId"]').focus();
      await page.keyboard.press("Space");
      expect(await page.locator(".bytes .chosen").first().getAttribute("data-path")).toBe("host.hostId");
    });

    it("prints on paper without losing bytes", async () => {
      await page.emulateMedia({ media: "print" });
      const [visible, whole] = await page
        .locator(".bytes")
        .evaluate((element) => [element.clientHeight, element.scrollHeight]);
      expect(visible).toBeGreaterThanOrEqual(whole! - 2);
      await screenshot("report-print.png");
      await page.emulateMedia({ media: "screen" });
    });
  });

  describe("the picture of a table", () => {
    const pictures = [...madeTables, ...firmwareTables].map(
      ({ bytes }) => `<div>${topologySvg(topologyOf(readNbft(bytes).table))}</div>`,
    );
    /** Texts that leave their box as the browser draws them. */
    const leaving = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("svg .box, svg .network")]
          .flatMap((box) => {
            const area = box.getBoundingClientRect();
            const texts = [...box.parentElement!.nextElementSibling!.querySelectorAll("text")];
            return texts.filter((text) => {
              const { left, right, top, bottom } = text.getBoundingClientRect();
              return left < area.left || right > area.right || top < area.top - 1 || bottom > area.bottom + 1;
            });
          })
          .map(({ textContent }) => textContent),
      );

    it.each([
      ["a desktop", 1280],
      ["a phone", 390],
    ])("keeps texts in their boxes, and fits, on %s", async (_, width) => {
      await page.setViewportSize({ width, height: 900 });
      await open(
        "pictures.html",
        `<!doctype html><meta name="viewport" content="width=device-width">${pictures.join("")}`,
      );
      expect(
        await page
          .locator(`svg .${width < 700 ? "narrow" : "wide"} .box`)
          .first()
          .isVisible(),
      ).toBe(true);
      expect(
        await page
          .locator(`svg .${width < 700 ? "wide" : "narrow"} .box`)
          .first()
          .isVisible(),
      ).toBe(false);
      expect(await leaving()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await screenshot(`pictures-${width}.png`);
    });

    it("is dark where a person prefers that, and never on paper", async () => {
      const paper = () =>
        page
          .locator(".paper")
          .first()
          .evaluate((element) => getComputedStyle(element).fill);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await paper()).toBe("rgb(13, 17, 23)");
      await page.emulateMedia({ colorScheme: "dark", media: "print" });
      expect(await paper()).toBe("rgb(255, 255, 255)");
      await page.emulateMedia({ colorScheme: "light", media: "screen" });
      await page.setViewportSize({ width: 1500, height: 1200 });
    });
  });

  describe("the playground", () => {
    beforeAll(async () => {
      execFileSync(process.execPath, ["scripts/site.mjs", scratch], { cwd: resolve(import.meta.dirname, "../..") });
      await page.goto(pathToFileURL(join(scratch, "playground.html")).href);
    });

    const drop = (name: string, data: Uint8Array | string) =>
      page
        .locator("#file")
        .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(data as Uint8Array) });

    it("shows a table that is dropped on it", async () => {
      await drop("NBFT", table("L13"));
      await page.locator(".tree").waitFor();
      expect(await page.locator("h2").first().innerText()).toBe("NBFT");
      expect(await page.locator("svg.nbft-picture").count()).toBe(1);
      await page.locator('.bytes [data-path="host.hostId"]').first().click();
      expect(await page.locator(".tree .chosen").getAttribute("data-path")).toBe("host.hostId");
      await screenshot("playground.png");
    });

    it("shows the table in pasted acpidump text", async () => {
      await page.locator("#text").fill(formatAcpidump([{ name: "NBFT", bytes: table("L02") }] as never));
      await page.locator("#paste button").click();
      await page.locator("h2", { hasText: "pasted text: NBFT" }).waitFor();
    });

    it("shows the variables of a store", async () => {
      await drop("OVMF_VARS.fd", createVariableStore());
      await page.locator("h2", { hasText: "OVMF_VARS.fd: 0 variables" }).waitFor();
    });

    it("says what is wrong with anything else", async () => {
      await drop("noise.bin", new Uint8Array(300).fill(7));
      await page.locator("#message", { hasText: "noise.bin: not an NBFT" }).waitFor();
      expect(await page.locator("#result").innerHTML()).toBe("");
    });
  });

  it("had no error, and asked for nothing from anywhere", () => {
    expect(troubles).toEqual([]);
  });
});
