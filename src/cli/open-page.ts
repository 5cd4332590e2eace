import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openInBrowser } from "../node/open-in-browser.ts";
import { type Io, raise } from "./io.ts";

/** Opens a page of this machine in a browser, and prints its address. Exits with 2 where there is no browser. */
export async function openPage(io: Io, file: string): Promise<void> {
  const url = pathToFileURL(resolve(file)).href;
  io.out(`${url}\n`);
  if (await openInBrowser(url, io.env)) return;
  io.err(`nbft: ${url}: no screen and no BROWSER here; open that file in a browser\n`);
  raise(io, 2);
}
