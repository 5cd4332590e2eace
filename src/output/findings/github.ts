import type { Severity } from "../../diagnostic.ts";
import { formatSpec } from "../../rules/words.ts";
import { escapeControls, escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";
import { type SourceFindings, textPlaceOf, type UnreadSource } from "./text.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/**
 * Findings as workflow commands of GitHub Actions, which show them as annotations. A binary file has no lines to point at.
 *
 * @param unread sources that could not be read, an error each.
 */
export function findingsGithub(groups: readonly SourceFindings[], unread: readonly UnreadSource[] = []): string {
  const errors = unread.map(
    ({ source, message }) =>
      `::error file=${property(plain(source))},title=not read::${data(escapeControls(message))}\n`,
  );
  const findings = groups
    .flatMap(({ source, findings, within, made }) =>
      findings.map((finding) => {
        const { severity, rule, name, path, offset, message, hint, spec } = finding;
        const text = textPlaceOf(finding);
        const at = made ? "" : ` @${hex(offset)}`;
        const place = `${within ? `${escapeText(within.name)}: ` : ""}${escapeText(path)}${at}`;
        const lines = [`${place}: ${escapeText(message)}`, hint && escapeText(hint), spec && formatSpec(spec)];
        const line = text ? `,line=${text.line},col=${text.column}` : "";
        const properties = `file=${property(plain(within?.file ?? source))}${line},title=${property(`${rule} ${name}`)}`;
        return `::${commands[severity]} ${properties}::${data(lines.filter(Boolean).join("\n"))}\n`;
      }),
    )
    .join("");
  return errors.join("") + findings;
}

/** Escapes what would end a workflow command or start another one. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The name of a file without the control characters that it may have: nobody's repository has such a file, but a log shows it. */
function plain(name: string): string {
  return /[\u0000-\u001f\u007f-\u009f]/.test(name) ? escapeText(name) : name;
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
