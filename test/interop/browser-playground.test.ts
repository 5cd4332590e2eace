import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { table } from "../helpers/vectors.ts";
import { describeInBrowser } from "./chromium.ts";

describeInBrowser("the playground", (browser) => {
  let page: Page;
  beforeAll(async () => {
    page = browser().page;
    const { scratch } = browser();
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
    await browser().screenshot("playground.png");
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
