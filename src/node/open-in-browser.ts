import { spawn } from "node:child_process";

/** The program that opens a page, and what comes before the page's address; undefined where there is no screen. */
function opener(env: Readonly<Record<string, string | undefined>>): readonly string[] | undefined {
  // Several may be named, separated by colons: the first.
  const chosen = env["BROWSER"]?.split(":")[0];
  if (chosen) return chosen.split(" ");
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open"] : undefined;
}

/** Opens an address with `BROWSER` or what the desktop uses. False where there is nothing that could. */
export function openInBrowser(url: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const [program, ...words] = opener(env) ?? [];
  if (program === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], { detached: true, stdio: "ignore" });
    child.on("error", () => resolve(false));
    child.on("spawn", () => {
      // The page stays open when this program has ended.
      child.unref();
      resolve(true);
    });
  });
}
