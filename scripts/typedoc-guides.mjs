// A plugin of typedoc: files each page of docs under the heading where a person looks for it, named by its own first line. The pages
// themselves have no front matter, which other viewers of Markdown show as a table.
import { readFileSync } from "node:fs";
import { Converter } from "typedoc";

/** Headings of the navigation, and the pages below docs that belong to each: the first that fits. */
const groups = [
  ["Start here", /^(start|no-boot|cookbook|limits)\.md$/],
  ["Commands", /^commands\//],
  ["Reference", /^(structures|boot-description-fields)\.md$|^rules\/README\.md$/],
  ["Rules", /^rules\//],
  ["Guides", /^[^/]+\.md$/],
];

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const file = page.project.files.getReflectionPath(page)?.replaceAll("\\", "/") ?? "";
    const path = file.slice(file.lastIndexOf("/docs/") + "/docs/".length);
    const group = groups.find(([, pattern]) => pattern.test(path))?.[0];
    if (group === undefined) throw new Error(`${path}: scripts/typedoc-guides.mjs gives it no place`);
    page.frontmatter.group = group;
    const title = /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1];
    if (title !== undefined) page.name = title.replaceAll("`", "");
  });
}
