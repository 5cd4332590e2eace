/** Style of a report: black on white, wraps on narrow windows, prints without what only a screen needs. */
export const reportStyle = `
:root { color-scheme: light; --line: #d0d7de; --mark: #fff3b0; --dim: #57606a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 110rem; padding: 1rem 1.5rem; background: #fff; color: #1b1b1b; font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; } h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
code, pre, .bytes, .mono { font: 12.5px/1.5 ui-monospace, monospace; }
.dim { color: var(--dim); }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.picture svg { display: block; max-width: 100%; height: auto; min-width: 55rem; }
.picture [data-path] { cursor: pointer; }
.views { display: grid; grid-template-columns: minmax(20rem, 1fr) minmax(38rem, 1.2fr); gap: 1rem; }
.tree, .bytes { border: 1px solid var(--line); border-radius: 6px; padding: .5rem; overflow: auto; max-height: 70vh; }
.tree ul { list-style: none; margin: 0; padding-left: 1.1rem; } .tree > ul { padding-left: 0; }
.tree summary, .tree button { font: inherit; cursor: pointer; border-radius: 3px; }
.tree button { display: block; width: 100%; text-align: left; border: 0; background: none; padding: 1px 2px; overflow-wrap: anywhere; color: inherit; }
.tree b { font-weight: 600; }
.row { white-space: pre; } .row .at { color: var(--dim); }
.row button { font: inherit; border: 0; background: none; padding: 0; margin: 0; color: inherit; cursor: pointer; }
.row button.reserved, .row button.unused, .row button.gap { color: var(--dim); } .row button.object { color: #0a3069; }
button.link { font: inherit; border: 0; background: none; padding: 0; color: #0969da; cursor: pointer; text-decoration: underline; text-align: left; overflow-wrap: anywhere; }
td:first-child, td.mono:not(:has(button)) { white-space: nowrap; }
.chosen { background: var(--mark) !important; outline: 1px solid #d4a72c; }
:focus-visible { outline: 2px solid #0969da; }
.status { min-height: 1.5em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f6f8fa; } thead th { white-space: nowrap; }
.error, .fail { color: #b3261e; font-weight: 600; } .warning, .unknown { color: #8a5a00; font-weight: 600; } .info { color: var(--dim); } .pass { color: #2f6f4f; font-weight: 600; }
td.marked { background: #fff8e1; }
@media (max-width: 70rem) { .views { grid-template-columns: minmax(0, 1fr); } }
@media print { body { max-width: none; padding: 0; } .tree, .bytes { max-height: none; border: 0; } .views { display: block; } .picture { break-inside: avoid; } .screen { display: none; } details > * { display: block; } }
`;
