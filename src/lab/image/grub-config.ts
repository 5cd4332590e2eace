/** What a menu entry starts. Paths are those of the root file system, without a leading `/`. */
export interface GrubEntry {
  readonly kernel: string;
  readonly initrd: string;
  readonly rootUuid: string;
  readonly commandLine: string;
}

const mark = "# Written by nbft image.";

/** A grub.cfg that hands over to the root file system by its UUID. Two paths to a namespace show the same disk twice, and either will do. */
export function formatGrubConfig(title: string, { kernel, initrd, rootUuid, commandLine }: GrubEntry): string {
  return [
    mark,
    "set default=0",
    "set timeout=0",
    "set pager=0",
    `search --no-floppy --fs-uuid --set=root ${rootUuid}`,
    `menuentry ${quoted(title)} {`,
    "  echo 'Loading the kernel ...'",
    `  linux /${kernel} ${wordsOf(commandLine)}`,
    "  echo 'Loading the initramfs ...'",
    `  initrd /${initrd}`,
    "}",
    "",
  ].join("\n");
}

/** What {@link formatGrubConfig} wrote; undefined for another text. */
export function parseGrubConfig(text: string): GrubEntry | undefined {
  const rootUuid = /^search .*--set=root (\S+)$/m.exec(text)?.[1];
  const [, kernel, commandLine] = /^ +linux \/(\S+) (.*)$/m.exec(text) ?? [];
  const initrd = /^ +initrd \/(\S+)/m.exec(text)?.[1];
  if (!text.startsWith(mark) || !rootUuid || !kernel || !commandLine || !initrd) return undefined;
  return { kernel, initrd, rootUuid, commandLine };
}

/** The same text with words added to the kernel's command line, and a second initramfs from the partition that the text lies on. */
export function reportingGrubConfig(text: string, words: string, archive: string): string {
  return text
    .replace(/^search .*$/m, (line) => `search --no-floppy --file --set=esp ${archive}\n${line}`)
    .replace(/^ +linux .*$/m, (line) => `${line} ${wordsOf(words)}`)
    .replace(/^ +initrd .*$/m, (line) => `${line} ($esp)${archive}`);
}

function wordsOf(commandLine: string): string {
  return commandLine
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (/^[\w=.,:/+@%-]+$/.test(word) ? word : quoted(word)))
    .join(" ");
}

/** GRUB takes what is between single quotes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
