import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (!executablePath) console.log("browser: could not run: no chromium in /usr/bin (Debian: apt install chromium)");

/** A page in a real browser, headless. */
export interface InBrowser {
  readonly page: Page;
  /** A folder for files to open. */
  readonly scratch: string;
  /** Opens a page of this content. */
  open(name: string, html: string): Promise<void>;
  /** Goes to NBFT_SCREENSHOTS when that names a folder. */
  screenshot(name: string): Promise<void>;
  /** What axe finds on the page: rule, and where. */
  axe(): Promise<string[]>;
}

/** Tests in a browser. At the end the pages must have had no error, and have asked for nothing from anywhere. */
export function describeInBrowser(name: string, tests: (browser: () => InBrowser) => void): void {
  describe.skipIf(!executablePath)(name, () => {
    const scratch = mkdtempSync(join(tmpdir(), "nbft-browser-"));
    let browser: Browser;
    let page: Page;
    const troubles: string[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: executablePath!,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
      });
      page = await browser.newPage({ viewport: { width: 1500, height: 1200 }, acceptDownloads: true });
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
      page.on("request", (request) => {
        if (!/^(file|blob|data):|^http:\/\/127\.0\.0\.1:/.test(request.url()))
          troubles.push(`asked for ${request.url()}`);
      });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(scratch, { recursive: true, force: true });
    });

    tests(() => ({
      page,
      scratch,
      async open(file, html) {
        writeFileSync(join(scratch, file), html);
        await page.goto(pathToFileURL(join(scratch, file)).href);
      },
      async screenshot(file) {
        const folder = process.env["NBFT_SCREENSHOTS"];
        if (folder) await page.screenshot({ path: join(folder, file), fullPage: true });
      },
      axe: () => axeFindings(page),
    }));

    it("had no error, and asked for nothing from anywhere", () => {
      expect(troubles).toEqual([]);
    });
  });
}

async function axeFindings(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; what the protocol evaluates is not subject to it.
  await page.evaluate(axe.source);
  const violations = (await page.evaluate("axe.run().then(({ violations }) => violations)")) as {
    id: string;
    nodes: { html: string; failureSummary: string }[];
  }[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
  );
}
