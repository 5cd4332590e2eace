import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { corpus } from "../../src/corpus/corpus.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { consumerMatrix } from "../../src/output/report/consumer-matrix.ts";
import { explainedFindings } from "../../src/output/report/explained-findings.ts";
import { reportHtml } from "../../src/output/report/html.ts";
import { table } from "../helpers/vectors.ts";
import { describeInBrowser } from "./chromium.ts";

const pageOf = (bytes: Uint8Array) => {
  const explanation = explainTables([{ path: "NBFT", bytes }]);
  const matrix = consumerMatrix(explanation, explanation.tables[0]!);
  const claims = [
    {
      ...{ id: "path.live", about: "SSNS 1", title: "it is live", verdict: "fail" as const },
      ...{ expected: "live", seen: "no controller", source: "sysfs" },
    },
  ];
  return reportHtml({
    tables: [{ name: "NBFT", reading: readNbft(bytes), findings: explainedFindings(bytes), matrix }],
    claims,
  });
};

describeInBrowser("a report", (browser) => {
  const bytes = table("multipath-one-dead/NBFT.bin");
  let page: Page;
  beforeAll(async () => {
    page = browser().page;
    await browser().open("report.html", pageOf(bytes));
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
    await browser().screenshot("report-chosen.png");
  });

  it("can be used with the keyboard alone", async () => {
    await page.locator('.picture [data-path="hfi[0]"]').first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator('.bytes .chosen[data-path="hfi[0].index"]').count()).toBe(1);
    await page.locator('.tree button[data-path="host.hostId"]').focus();
    await page.keyboard.press("Space");
    expect(await page.locator(".bytes .chosen").first().getAttribute("data-path")).toBe("host.hostId");
  });

  it("has one stop for the keyboard in the bytes, and arrows that lead on", async () => {
    expect(await page.locator('.bytes button:not([tabindex="-1"])').count()).toBe(1);
    expect(await page.locator('.tree :is(button, summary):not([tabindex="-1"])').count()).toBe(1);
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset["path"]);
    await page.locator(".bytes button").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("header.length");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("header.oemTableId");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("header.signature");
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".bytes"))).toBe(null);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".bytes")?.className)).toBe("bytes");
    expect(await page.locator('.bytes button:not([tabindex="-1"])').count()).toBe(1);
  });

  it("explains the rule of a finding", async () => {
    await page.locator("summary", { hasText: "worth knowing" }).click();
    await page.locator('.finding a[href="#rule-S034"]').click();
    // The page opens the explanation when the address has changed, a moment after the click.
    await page.locator("#rule-S034 p").first().waitFor({ state: "visible" });
  });

  it("prints on light paper with everything open, and loses nothing", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    // The width of A4 within its margins.
    await page.setViewportSize({ width: 718, height: 1000 });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("main *")]
        .filter((each) => !each.closest("svg, .screen"))
        .filter(
          (each) =>
            (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible") ||
            each.getBoundingClientRect().right > 719,
        )
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    expect(cut).toEqual([]);
    const [visible, whole] = await page
      .locator(".bytes")
      .evaluate((element) => [element.clientHeight, element.scrollHeight]);
    expect(visible).toBeGreaterThanOrEqual(whole! - 2);
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await browser().screenshot("report-print.png");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await page.locator("details:not([open])").count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
  });

  const shown = [
    ["multipath", bytes],
    ["a fatal table", table("S09")],
  ] as const;

  describe.each(shown)("of %s", (name, bytes) => {
    it.each([
      [1280, "light"],
      [1280, "dark"],
      [390, "light"],
      [390, "dark"],
    ] as const)("fits %i pixels, %s, and axe finds nothing", async (width, colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await browser().open("report.html", pageOf(bytes));
      await browser().screenshot(`report-${name}-${width}-${colorScheme}.png`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await browser().axe()).toEqual([]);
    });
  });

  it.each([1280, 390])("fits %i pixels with every list full", async (width) => {
    const { bytes } = [...corpus("1", { random: 0, mutants: 0 })].find(({ name }) => name.includes("255"))!;
    await page.setViewportSize({ width, height: 900 });
    await browser().open("full.html", pageOf(bytes));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
