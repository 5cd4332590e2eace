const light =
  "--paper: #fff; --ink: #1b1b1b; --soft: #f6f8fa; --line: #d0d7de; --mark: #fff3b0; --edge: #9a6700; --dim: #57606a; --link: #0550ae; --bad: #b3261e; --warn: #855300; --good: #1a6b45; --object: #0a3069; --differs: #fff8e1;";
const dark =
  "--paper: #0d1117; --ink: #e6edf3; --soft: #161b22; --line: #3d444d; --mark: #5a4300; --edge: #d4a72c; --dim: #9198a1; --link: #6cb6ff; --bad: #ff8f87; --warn: #e3b341; --good: #4fd08f; --object: #a5d6ff; --differs: #2b2410;";

/** Style of a report: dark where the reader prefers that, one column on a phone; on paper light, with everything open. */
export const reportStyle = `
:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1rem 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p, ul { margin: .35rem 0; } a { color: var(--link); }
code, pre, .bytes, .mono { font: 12.5px/1.5 ui-monospace, monospace; }
.dim { color: var(--dim); }
.summary { margin: .5rem 0 .75rem; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.picture > svg { display: block; margin: 0 auto; }
.picture [data-path] { cursor: pointer; }
.findings { list-style: none; padding: 0; margin: 0; }
.finding { border: 1px solid var(--line); border-radius: 6px; padding: .4rem .75rem; margin: .4rem 0; overflow-wrap: anywhere; break-inside: avoid; }
.finding p { margin: .1rem 0; max-width: 60rem; } .finding .breaks { padding-left: 1.2rem; }
summary { cursor: pointer; padding: .15rem 0; overflow-wrap: anywhere; }
.rules p { max-width: 60rem; margin-left: 1rem; }
.views { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 37.5rem); gap: 1rem; }
.tree, .bytes { border: 1px solid var(--line); border-radius: 6px; padding: .5rem; overflow: auto; max-height: 70vh; min-width: 0; }
.tree ul { list-style: none; margin: 0; padding-left: 1.1rem; } .tree > ul { padding-left: 0; }
.tree summary, .tree button { font: inherit; cursor: pointer; border-radius: 3px; padding: 1px 2px; }
.tree button { display: block; width: 100%; text-align: left; border: 0; background: none; overflow-wrap: anywhere; color: inherit; }
.tree b { font-weight: 600; }
.row { white-space: pre; } .row .at { color: var(--dim); }
.row button { font: inherit; border: 0; background: none; padding: 0; margin: 0; color: inherit; cursor: pointer; }
.row button.reserved, .row button.unused, .row button.gap { color: var(--dim); } .row button.object { color: var(--object); }
button.link { font: inherit; border: 0; background: none; padding: 0; color: var(--link); cursor: pointer; text-decoration: underline; text-align: left; overflow-wrap: anywhere; }
.chosen { background: var(--mark) !important; outline: 1px solid var(--edge); }
:focus-visible { outline: 2px solid var(--link); }
.status { min-height: 1.5em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--soft); font-weight: 600; } th .dim { font-weight: 400; } thead th { overflow-wrap: normal; }
tr.marked td { background: var(--differs); } tr.why td { border-top: 0; }
.error, .fail { color: var(--bad); font-weight: 600; } .warning, .unknown { color: var(--warn); font-weight: 600; } .info { color: var(--dim); } .pass { color: var(--good); font-weight: 600; }
@media (max-width: 64rem) { .views { grid-template-columns: minmax(0, 1fr); } .tree, .bytes { max-height: 60vh; } }
@media screen and (max-width: 48rem) {
body { padding: .75rem; } .picture { border: 0; } h1 { font-size: 1.3rem; }
.bytes { font-size: min(12.5px, 2.65vw); padding: .25rem; } .row .text { display: none; }
.matrix, .matrix tbody, .matrix tr, .matrix th, .matrix td, .claims, .claims tbody, .claims tr, .claims td { display: block; border: 0; }
.matrix thead, .claims thead { display: none; }
.matrix tr, .claims tr { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; } .matrix tr.why { margin-top: -.5rem; border-top: 0; }
td[data-label]::before { content: attr(data-label) ": "; color: var(--dim); font-weight: 400; }
}
@media print {
body { max-width: none; padding: 0; font-size: 11pt; } .views { display: block; } .screen { display: none; }
.tree, .bytes { max-height: none; border: 0; overflow: visible; padding: 0; margin: .5rem 0; } .bytes { font-size: 8pt; }
.picture { break-inside: avoid; overflow: visible; } .row, tr, .tree li { break-inside: avoid; }
details::details-content { content-visibility: visible; block-size: auto; } .chosen { background: none !important; outline: 0; }
}
`;
