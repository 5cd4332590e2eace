import type { TopologyEdge, WayRole, WayState } from "./topology.ts";

/** How a kind of line is drawn, and what the legend calls it. Dashes, widths and arrows differ, so that print without colour says the same. */
export interface LineStyle {
  readonly name: Ink;
  readonly words: string;
  readonly width: number;
  readonly dash: string;
  readonly hollow: boolean;
}

const roles: Readonly<Record<WayRole, LineStyle>> = {
  part: { name: "part", words: "", width: 1.25, dash: "", hollow: false },
  primary: { name: "way", words: "path by the primary HFI", width: 2.75, dash: "", hollow: false },
  secondary: { name: "way", words: "path by a secondary HFI", width: 1.25, dash: "", hollow: true },
  asks: { name: "asks", words: "asks a discovery controller", width: 1.5, dash: "7 3", hollow: false },
  found: { name: "asks", words: "found by a discovery controller", width: 1.5, dash: "1.5 3.5", hollow: true },
};

const states: Readonly<Record<Exclude<WayState, "open">, LineStyle>> = {
  unavailable: { name: "unavailable", words: "not available to the firmware", width: 1.5, dash: "9 4", hollow: false },
  skipped: { name: "skipped", words: "left out by readers", width: 1.5, dash: "2 3", hollow: false },
  dead: { name: "dead", words: "dead in the boot", width: 1.5, dash: "1 4", hollow: false },
  closed: { name: "closed", words: "cannot work", width: 1.5, dash: "8 3 2 3", hollow: false },
};

/** What a legend may name, in its order. */
export const lineWords = [...Object.values(roles), ...Object.values(states)]
  .map(({ words }) => words)
  .filter((words) => words !== "");

/** Colours on white, and on black. */
const colours = {
  text: ["#1b1b1b", "#e6edf3"],
  dim: ["#57606a", "#9198a1"],
  part: ["#57606a", "#9198a1"],
  way: ["#1a6b45", "#4fd08f"],
  asks: ["#0a5cad", "#6cb6ff"],
  unavailable: ["#955200", "#e3b341"],
  skipped: ["#6639ba", "#c297ff"],
  dead: ["#b3261e", "#ff8f87"],
  closed: ["#b3261e", "#ff8f87"],
} as const;

export type Ink = keyof typeof colours;

/** How a line is drawn. */
export function lineStyle({ role, state }: Pick<TopologyEdge, "role" | "state">): LineStyle {
  return state === "open" ? roles[role] : states[state];
}

/** A colour as attributes: the light one for every program, and a name by which a style sheet sets the dark one. */
export function ink(name: Ink): string {
  return `class="${name}" color="${colours[name][0]}"`;
}

const dark = Object.entries(colours)
  .map(([name, [, colour]]) => `.nbft-picture .${name}{color:${colour}}`)
  .join("");

/**
 * Chooses the layout by the width that there is, and dark colours where a person prefers them, but not on paper. `--wide` and `--narrow` are
 * the aspect ratios of the two. A page's own rule for every svg must not show both.
 */
export const pictureStyle = `.nbft-picture{max-width:100%;height:auto;aspect-ratio:var(--wide)}.nbft-picture .narrow{display:none!important}
@media (max-width:48rem){.nbft-picture{width:374px;aspect-ratio:var(--narrow)}.nbft-picture .wide{display:none!important}.nbft-picture .narrow{display:inline!important}}
@media screen and (prefers-color-scheme:dark){${dark}.nbft-picture .paper{fill:#0d1117}.nbft-picture .box{fill:#161b22}.nbft-picture .network{fill:#0f1620}}`;
