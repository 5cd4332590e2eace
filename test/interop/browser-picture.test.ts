import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { topologySvg } from "../../src/output/picture/topology-svg.ts";
import { firmwareTables, madeTables } from "../helpers/vectors.ts";
import { describeInBrowser } from "./chromium.ts";

describeInBrowser("the picture of a table", (browser) => {
  let page: Page;
  beforeAll(() => {
    page = browser().page;
  });

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
    await browser().open(
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
    await browser().screenshot(`pictures-${width}.png`);
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
