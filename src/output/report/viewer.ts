/**
 * Links the tree, the bytes, the picture and the findings of a report: choosing one marks the others. Runs in the page.
 *
 * The function stands alone, for a report carries its source text: it may use nothing from outside itself.
 */
export function attachViewer(root: ParentNode): void {
  const marked: Element[] = [];
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const within = (path: string, owner: string) =>
    path === owner || (path.startsWith(owner) && /[.[]/.test(path[owner.length] ?? ""));

  const choose = (table: string, path: string, from: Element) => {
    for (const element of marked.splice(0)) element.classList.remove("chosen");
    const mark = (element: Element) => {
      element.classList.add("chosen");
      marked.push(element);
    };
    const inTable = (element: HTMLElement) => element.closest<HTMLElement>("[data-table]")?.dataset["table"] === table;
    const bytesOf = (owner: string) =>
      all(".bytes [data-path]").filter(
        (element) => inTable(element) && (element.dataset["path"] ?? "").split(" ").some((each) => within(each, owner)),
      );
    // A finding may name a flag or an entry: the field that holds it is what has bytes.
    let shown = path;
    while (bytesOf(shown).length === 0 && /[.[]/.test(shown)) shown = shown.replace(/[.[][^.[]*$/, "");
    const bytes = bytesOf(shown);
    const nodes = all(".tree [data-path]").filter((element) => inTable(element) && element.dataset["path"] === shown);
    bytes.forEach(mark);
    nodes.forEach(mark);
    for (const node of nodes) {
      for (let owner = node.closest("details"); owner; owner = owner.parentElement?.closest("details") ?? null) {
        if (owner !== node.parentElement || node.tagName !== "SUMMARY") owner.open = true;
      }
    }
    if (!from.closest(".bytes")) bytes[0]?.scrollIntoView({ block: "nearest" });
    if (!from.closest(".tree")) nodes[0]?.scrollIntoView({ block: "nearest" });
    const status = from.closest("[data-table]")?.querySelector(".status");
    if (status) status.textContent = `${path}: ${from.getAttribute("title") ?? nodes[0]?.textContent ?? ""}`;
  };

  const act = (event: Event) => {
    const element = (event.target as Element | null)?.closest?.<HTMLElement | SVGElement>("[data-path]");
    const table = element?.closest<HTMLElement>("[data-table]")?.dataset["table"];
    const path = element?.dataset["path"]?.split(" ")[0];
    if (element && table !== undefined && path) choose(table, path, element);
  };
  root.addEventListener("click", act);
  root.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    if (key !== "Enter" && key !== " ") return;
    // Buttons and summaries make a click of it themselves.
    if ((target as Element | null)?.matches?.("button, summary, a")) return;
    event.preventDefault();
    act(event);
  });
}
