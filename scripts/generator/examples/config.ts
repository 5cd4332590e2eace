// Examples of the rules about a Config: a sound text with lines put in, or something replaced.
import { checkConfig } from "../../../src/uefi/setattempt/check-config.ts";
import { configRules, configTextRules } from "../../../src/uefi/setattempt/rules/index.ts";
import type { MadeExample, MadeExamples } from "./example.ts";

/** A sound configuration whose host identifier is not that of the host NQN. */
export const hostLines = "HostNqn:nqn.2014-08.org.example:host\nHostId:f8131bac-cdef-4165-866b-5998c1e67890\n";
const attemptLines = `$Start
AttemptName:Attempt1
MacString:EA:EB:D3:58:89:58
TargetPort:4420
Enabled:1
IpMode:0
LocalIp:192.168.101.30
SubnetMask:255.255.255.0
Gateway:0.0.0.0
TargetIp:192.168.101.20
NQN:nqn.2014-08.org.example:target
DnsMode:FALSE
$End
`;

/** A Config that no rule finds anything in. */
export const soundConfig = hostLines + attemptLines;

/** Bytes of a text, one a character. */
export const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** UTF-16LE with its byte order mark, a byte a character. */
const utf16 = (text: string) =>
  `\u00ff\u00fe${[...text].map((c) => String.fromCharCode(c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8)).join("")}`;

/** The sound text with one of its parts replaced. */
const instead = (part: string, other: string) => soundConfig.replace(part, () => other);

/** Files that break rules about the file as a whole: what is special about them, and in which line it is. */
const files: Readonly<Record<string, { readonly input: string; readonly text: string; readonly line: number }>> = {
  A001: { input: "the last line is # without a line feed", text: `${soundConfig}#`, line: 16 },
  A009: {
    input: "the file begins with EF BB BF, the byte order mark of UTF-8",
    text: `\u00ef\u00bb\u00bf${soundConfig}`,
    line: 1,
  },
  A010: { input: "AttemptName:\u20ac, in UTF-16", text: utf16(instead("Attempt1", "\u20ac")), line: 4 },
  A024: { input: "the file has no $Start and no $End", text: hostLines, line: 2 },
  A101: { input: "HostId:f8131b00-cdef-4165-866b-5998c1e67890", text: instead("1bac", "1b00"), line: 2 },
  A102: { input: "the file has no HostNqn", text: soundConfig.replace(/^HostNqn.*\n/, ""), line: 1 },
  A103: { input: "HostNqn:host-1", text: instead("nqn.2014-08.org.example:host", "host-1"), line: 1 },
  A104: {
    input: "HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890, and HostId has the same UUID",
    text: instead("example:host", "nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890"),
    line: 2,
  },
  A117: { input: "the block of the attempt is there twice", text: soundConfig + attemptLines, line: 28 },
  A118: {
    input: "there are five blocks, for five targets",
    text: soundConfig + [1, 2, 3, 4].map((i) => attemptLines.replace(".20", `.2${i}`)).join(""),
    line: 67,
  },
  A119: {
    input: "NQN:nqn.2014-08.org.nvmexpress.discovery, with TargetPort:4420",
    text: instead("nqn.2014-08.org.example:target", "nqn.2014-08.org.nvmexpress.discovery"),
    line: 6,
  },
  A126: {
    input: "a second block has another MacString and is the same otherwise",
    text: soundConfig + attemptLines.replace("89:58", "89:59"),
    line: 28,
  },
  A129: {
    input: "a second block has another MacString and TargetIp and the same LocalIp",
    text: soundConfig + attemptLines.replace("89:58", "89:59").replace("192.168.101.20", "192.168.101.21"),
    line: 22,
  },
  A124: { input: "TargetIp:172.16.0.1, with Gateway:0.0.0.0", text: instead("192.168.101.20", "172.16.0.1"), line: 12 },
};

/** A file that breaks one rule: lines put into the attempt, or after it where they have blocks of their own. */
export function fileWith(bad: string): { text: string; before: number } {
  if (/^HostNqn|^HostId/.test(bad)) return { text: `${bad}\n${soundConfig}`, before: 0 };
  const at = bad.startsWith("$Start") ? soundConfig.length : soundConfig.indexOf("$End");
  const before = soundConfig.slice(0, at);
  return { text: `${before}${bad}\n${soundConfig.slice(at)}`, before: before.split("\n").length - 1 };
}

/** The line that each rule's example is about, from 1. */
export const exampleLines = new Map<string, number>();

function made({ code, example }: { code: string; example?: { bad: string; line?: number } }): [string, MadeExample] {
  const file = files[code];
  const { text, before } = file ? { text: file.text, before: 0 } : fileWith(example!.bad);
  exampleLines.set(code, file?.line ?? before + (example?.line ?? 1));
  return [
    code,
    { input: file ? [file.input] : example!.bad.split("\n"), check: () => checkConfig(latin1(text)).findings },
  ];
}

/** An example of each rule. */
export const configExamples: MadeExamples = Object.fromEntries([...configTextRules, ...configRules].map(made));
