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
    const nodesOf = (owner: string) =>
      all(".tree [data-path]").filter((element) => inTable(element) && element.dataset["path"] === owner);
    // A finding may name a flag or an entry: the field that holds it is what has a node and bytes.
    let shown = path;
    while (bytesOf(shown).length + nodesOf(shown).length === 0 && /[.[]/.test(shown))
      shown = shown.replace(/[.[][^.[]*$/, "");
    const bytes = bytesOf(shown);
    const nodes = nodesOf(shown);
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

  // Tree and bytes are one stop for the keyboard each: arrows lead on in them.
  const stops = (view: Element) =>
    [...view.querySelectorAll<HTMLElement>("button, summary")].filter((each) => each.getClientRects().length > 0);
  const move = (view: Element, from: HTMLElement, key: string): boolean => {
    const group = from.tagName === "SUMMARY" ? (from.parentElement as HTMLDetailsElement) : undefined;
    if (group && ((key === "ArrowRight" && !group.open) || (key === "ArrowLeft" && group.open))) {
      group.open = !group.open;
      return true;
    }
    const all = stops(view);
    const at = all.indexOf(from);
    const { left, top } = from.getBoundingClientRect();
    // In the bytes, up and down lead to what is there in the next row.
    const above = (one: HTMLElement) => one.getBoundingClientRect().top < top - 2;
    const below = (one: HTMLElement) => one.getBoundingClientRect().top > top + 2;
    const startsBy = (one: HTMLElement) => one.getBoundingClientRect().left <= left + 2;
    const next: Record<string, () => HTMLElement | undefined> = {
      ArrowRight: () => all[at + 1],
      ArrowLeft: () => all[at - 1],
      ArrowUp: () => all.slice(0, at).findLast((one) => above(one) && startsBy(one)),
      ArrowDown: () => {
        const first = all.findIndex((one, i) => i > at && below(one));
        const row = first < 0 ? undefined : all[first]!.getBoundingClientRect().top;
        return all.slice(first).findLast((one) => one.getBoundingClientRect().top === row && startsBy(one));
      },
      Home: () => all[0],
      End: () => all.at(-1),
    };
    const to = next[key]?.();
    if (to) {
      from.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }
    return key in next;
  };
  root.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    const from = target as HTMLElement;
    const view = from.closest?.(".tree, .bytes");
    if (view && move(view, from, key)) event.preventDefault();
  });
  root.addEventListener("focusin", (event) => {
    const from = event.target as HTMLElement;
    const view = from.closest?.(".tree, .bytes");
    if (!view) return;
    for (const each of view.querySelectorAll<HTMLElement>('[tabindex="0"]')) each.tabIndex = -1;
    from.tabIndex = 0;
  });

  // A link to a group or rule that is folded opens it.
  const unfold = () => {
    const target = root.querySelector(location.hash === "" ? "#-" : location.hash.replace(/[^#\w-]/g, ""));
    if (target?.tagName === "DETAILS") (target as HTMLDetailsElement).open = true;
  };
  addEventListener("hashchange", unfold);
  root.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href^="#"]');
    if (link?.getAttribute("href") === location.hash) unfold();
  });

  // Paper cannot be unfolded.
  let folded: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    folded = [...root.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });

  root.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    if (key !== "Enter" && key !== " ") return;
    // Buttons and summaries make a click of it themselves.
    if ((target as Element | null)?.matches?.("button, summary, a")) return;
    event.preventDefault();
    act(event);
  });
}
