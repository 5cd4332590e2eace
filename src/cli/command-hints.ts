/** What other tools of the field call things, and who does that here: the nearest spelling is seldom the nearest meaning. */
export const commandsElsewhere: Readonly<Record<string, string>> = {
  show: "dump",
  decode: "dump -o json",
  print: "dump",
  view: "dump",
  cat: "dump",
  hex: "dump -o hex",
  hexdump: "dump -o hex",
  lint: "validate",
  check: "validate",
  fix: "repair",
  mend: "repair",
  compare: "diff",
  cmp: "diff",
  draw: "report",
  html: "report",
  svg: "report -o svg",
  build: "encode",
  create: "init",
  new: "init",
  asm: "encode",
  connect: "plan",
  "connect-all": "plan",
  nm: "network",
  networkd: "network",
  cmdline: "network",
  config: "attempt",
  setattempt: "attempt",
  variables: "vars",
  cpio: "initrd",
  libvirt: "qemu -o libvirt",
  nvmetcli: "target",
  fuzz: "mutate",
  boot: "lab run",
  run: "lab run",
  evidence: "collect",
  "verify-boot": "verify",
  man: "manual",
};

/** What to say about a word that is no command; `undefined` where nothing better is known than what is spelt alike. */
export function commandHint(word: string, isFile: (path: string) => boolean): string | undefined {
  if (Object.hasOwn(commandsElsewhere, word))
    return `unknown command '${word}': nbft ${commandsElsewhere[word]} does that`;
  if (isFile(word)) return `unknown command '${word}': nbft dump ${word} shows that file`;
  return undefined;
}
