import { lineMax, type RawLine } from "../read-lines.ts";
import { type ConfigText, lineText, type TextRule, textRule } from "./rule.ts";

/** What a line without a colon does to the tool, in words. */
function fate({ run }: ConfigText, line: RawLine): string {
  const stopped = run.stoppedAt?.number ?? Number.POSITIVE_INFINITY;
  if (stopped === line.number && run.result === "hang") return "the firmware searches for it forever";
  if (stopped <= line.number) return "the firmware would search for it forever";
  return "only a colon that an earlier, longer line left in the buffer keeps the firmware from searching forever";
}

type Shape = "marker" | "comment" | "other";

/** Lines without a colon that the tool does not skip, by what they were meant to be. */
function* withoutColon({ all }: ConfigText, wanted: Shape): Generator<RawLine> {
  for (const line of all.input.lines) {
    const colon = line.text.indexOf(0x3a);
    if (colon >= 0 && colon < 256) continue;
    const text = lineText(line);
    if (text === "" || /^\$(start|end)$/i.test(text) || text.slice(0, 3).includes("#")) continue;
    const shape = /^\s*\$(start|end)\s*$/i.test(text) ? "marker" : /^\s*#/.test(text) ? "comment" : "other";
    if (shape === wanted && line.stop !== "wide" && line.stop !== "too-long") yield line;
  }
}

const encodingRules: readonly TextRule[] = [
  textRule({
    code: "A001",
    name: "no-final-newline",
    severity: "error",
    summary: "The last line ends with a line feed.",
    why: "The tool treats the end of the file inside a line as a read error and stores nothing.",
    hint: "End the last line with a line feed",
    *check({ all }) {
      const line = all.input.lines.at(-1);
      if (line?.stop === "no-newline") {
        const start = lineText(line).length;
        yield { line, start, length: 0, message: "The last line has no line feed, so nothing is stored" };
      }
    },
  }),
  textRule({
    code: "A002",
    name: "line-too-long",
    severity: "error",
    summary: `A line has at most ${lineMax} characters, carriage returns included.`,
    why: "The tool's buffer is full, reading stops and nothing is stored.",
    hint: "Shorten the line; continue a comment in the next one",
    example: { bad: `ServerName:${"s".repeat(lineMax)}` },
    *check({ all }) {
      const width = all.input.encoding === "8-bit" ? 1 : 2;
      for (const line of all.input.lines) {
        if (line.stop !== "too-long") continue;
        const message = `The line has ${Math.ceil(line.length / width)} characters, at most ${lineMax} can be read`;
        yield { line, start: lineMax, message };
      }
    },
  }),
  textRule({
    code: "A009",
    name: "byte-order-mark",
    severity: "error",
    summary: "The file is 8-bit text without a byte order mark, or UTF-16LE with one.",
    why: "The tool reads a UTF-8 byte order mark as part of the first tag, and UTF-16BE as 8-bit text.",
    hint: "Save the file as ASCII, or as UTF-16LE with its byte order mark",
    *check({ all }) {
      const line = all.input.lines[0];
      if (!line || all.input.encoding !== "8-bit") return;
      const text = lineText(line);
      const mark = text.startsWith("\u00ef\u00bb\u00bf") ? "UTF-8" : text.startsWith("\u00fe\u00ff") ? "UTF-16BE" : "";
      if (mark) yield { line, start: 0, length: 1, message: `The file begins with a ${mark} byte order mark` };
    },
  }),
  textRule({
    code: "A010",
    name: "wide-character",
    severity: "error",
    summary: "No character is above U+00FF.",
    why: "The tool converts to 8-bit text and halts on an assertion.",
    hint: "Write ASCII characters",
    *check({ all }) {
      for (const line of all.input.lines) {
        if (line.stop === "wide") yield { line, message: "A character beyond U+00FF halts the firmware" };
      }
    },
  }),
  textRule({
    code: "A027",
    name: "not-printable",
    severity: "warning",
    summary: "Values are printable ASCII.",
    why: "The bytes are stored as they are; programs that read them later may assume another encoding.",
    hint: "Write ASCII characters, and names with other characters in their ASCII form",
    example: { bad: "HostName:h\u00f4te" },
    *check({ all }) {
      for (const { line, value, valueAt, key } of all.assignments) {
        const at = value.findIndex((byte) => byte > 0x7e || byte < 0x20);
        if (at < 0 || !key || line.stop === "wide") continue;
        const code = value[at]!.toString(16).padStart(2, "0");
        yield { line, start: valueAt + at, length: 1, message: `${key.name} holds the byte ${code}h` };
      }
    },
  }),
  textRule({
    code: "A028",
    name: "nul",
    severity: "warning",
    summary: "No line contains a NUL.",
    why: "The tool drops the rest of the line.",
    hint: "Remove the NUL",
    example: { bad: "HostName:host\u0000name" },
    *check({ all }) {
      for (const line of all.input.lines) {
        if (line.cut) yield { line, start: line.text.length, message: "A NUL ends the line here" };
      }
    },
  }),
];

const shapeRules: readonly TextRule[] = [
  textRule({
    code: "A003",
    name: "no-colon",
    severity: "error",
    summary: "Every line is `$Start`, `$End`, empty, a comment, or has a colon among its first 256 characters.",
    why: "The tool searches for the colon past the end of the line: the firmware hangs forever.",
    hint: "Write Key:Value, or put a # in the first column",
    example: { bad: "hello" },
    *check(text) {
      for (const line of withoutColon(text, "other")) {
        const where = line.text.includes(0x3a) ? "no colon in its first 256 characters" : "no colon";
        const message = `The line has ${where}: ${fate(text, line)}`;
        yield { line, message, hint: "Write Key:Value, or put a # in the first column" };
      }
    },
  }),
  textRule({
    code: "A004",
    name: "marker-blank",
    severity: "error",
    summary: "`$Start` and `$End` are alone on their lines, without blanks.",
    why: "`$End` with a blank does not end a block: the attempt is not counted, or the firmware hangs.",
    hint: "Remove the blanks around the marker",
    example: { bad: "$End " },
    *check(text) {
      for (const line of withoutColon(text, "marker")) {
        const word = lineText(line).trim();
        const message = `${word} with blanks is not ${word}: it does not count, and ${fate(text, line)}`;
        yield { line, message, hint: `Remove the blanks around ${word}` };
      }
    },
  }),
  textRule({
    code: "A005",
    name: "comment-column",
    severity: "error",
    summary: "The # of a comment is in one of the first three columns.",
    why: "Any other # is text: without a colon the firmware hangs, with one the tag is unknown.",
    hint: "Put the # in the first column",
    example: { bad: "   # four" },
    *check(text) {
      for (const line of withoutColon(text, "comment")) {
        const start = lineText(line).indexOf("#");
        const message = `# in column ${start + 1} begins no comment, and the line has no colon: ${fate(text, line)}`;
        yield { line, start, length: 1, message, hint: "Put the # in the first column" };
      }
    },
  }),
];

/** Rules about lines, whatever their key. */
export const lineRules: readonly TextRule[] = [...encodingRules, ...shapeRules];
