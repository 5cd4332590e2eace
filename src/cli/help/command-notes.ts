/** What the manual page of a command says besides its options. */
export interface CommandNote {
  /** Command lines, and what each does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** When it exits with 1; a command without this never does. */
  readonly one?: string;
  /** Files that it reads or leaves by itself. */
  readonly files?: readonly (readonly [path: string, what: string])[];
}

const liveTables = [
  "/sys/firmware/acpi/tables/NBFT*",
  "the tables of this machine, which are read without a source",
] as const;
const labCache = ["~/.cache/nbft", "what is downloaded and built, below XDG_CACHE_HOME or in NBFT_CACHE"] as const;
const findings = "there are findings of the severity of --fail-on and above";

/** By command. */
export const commandNotes: Readonly<Record<string, CommandNote>> = {
  dump: {
    examples: [
      ["nbft dump", "shows the tables of this machine"],
      ["nbft dump -o hex NBFT", "names the owner of every byte"],
      ["nbft dump -o yaml NBFT > table.yaml", "gives a document that nbft encode takes"],
    ],
    files: [liveTables],
  },
  tables: { examples: [["nbft tables acpidump.txt", "lists every ACPI table of a dump"]], files: [liveTables] },
  structures: { examples: [["nbft structures -o c -w nbft.h", "writes a C header"]] },
  report: {
    examples: [
      ["nbft report -w boot.html", "draws the tables of this machine"],
      ["nbft report NBFT --open", "opens the page in a browser"],
      [
        "nbft verify boot.nbft -o json > boot.json; nbft report NBFT --verify boot.json -w boot.html",
        "adds what a boot proved",
      ],
    ],
    files: [liveTables],
  },
  playground: { examples: [["nbft playground", "opens the page"]] },
  diff: { examples: [["nbft diff before/NBFT after/NBFT", "compares two tables"]], one: "the tables differ" },
  validate: {
    examples: [
      ["nbft validate --info NBFT", "checks a table, and shows what is only worth knowing"],
      ["nbft validate -o sarif NBFT > nbft.sarif", "writes findings for continuous integration"],
    ],
    one: findings,
    files: [liveTables],
  },
  rules: {
    examples: [
      ["nbft rules H002", "explains a rule"],
      ["nbft rules figure 14 gateway", "searches words and figures"],
    ],
  },
  repair: {
    examples: [
      ["nbft repair NBFT --dry-run", "says what it would change"],
      ["nbft repair NBFT --only O009 -w NBFT.repaired", "repairs what one rule finds"],
    ],
    one: "errors are left, or a dry run would change something",
  },
  explain: {
    examples: [
      ["nbft explain NBFT", "says what each consumer will do, and why they differ"],
      ["nbft explain NBFT --initrd /boot/initrd.img", "asks an initramfs as well"],
    ],
    files: [liveTables],
  },
  plan: {
    examples: [["nbft plan --consumer nvme-cli@2.13 NBFT", "lists the connections of a release of nvme-cli"]],
    files: [liveTables],
  },
  network: { examples: [["nbft network -o networkmanager NBFT", "prints key files"]], files: [liveTables] },
  init: {
    examples: [
      ["nbft init --preset dual-path -w boot.yaml", "begins a boot description"],
      ["nbft init NBFT -w boot.yaml", "makes one of a table"],
    ],
  },
  encode: { examples: [["nbft encode boot.yaml -w NBFT", "writes the table of a description"]] },
  corpus: {
    examples: [
      ["nbft corpus -w corpus --seed 7", "writes tables for tests of a reader"],
      ["nbft corpus --run './reader {}' -o junit > reader.xml", "tries them on one"],
    ],
    one: "with --run: the program does not do what is expected of it",
  },
  mutate: { examples: [["nbft mutate NBFT -n 100 -w mutants", "changes a table in a hundred ways"]] },
  vars: {
    examples: [
      ["nbft vars list OVMF_VARS.fd", "lists the variables of a store"],
      ["nbft vars set OVMF_VARS.fd --attempts boot.yaml", "programs boot attempts"],
      ["nbft vars check OVMF_VARS.fd", "checks the store and its attempts"],
    ],
    one: `check: ${findings}`,
    files: [["STORE.bak", "the store as it was before it was changed in its place"]],
  },
  attempt: {
    examples: [["nbft attempt check Config", "checks a text for the firmware's setattempt"]],
    one: `${findings}, or the firmware would not store the file`,
  },
  predict: {
    examples: [["nbft predict OVMF_VARS.fd -w NBFT", "writes the table that the firmware will publish"]],
    one: "the firmware publishes no table",
  },
  qemu: {
    examples: [["nbft qemu boot.yaml", "prints how to start QEMU with the table in it"]],
    one: "with --check: the machine cannot take the table",
  },
  target: { examples: [["nbft target boot.yaml --device 1=/dev/vdb | sudo sh", "sets up the kernel's soft target"]] },
  secret: {
    examples: [
      ["nbft secret make -w host.key", "makes a key for DH-HMAC-CHAP"],
      ["nbft secret check host.key", "checks it, and never prints it"],
    ],
    one: "check: a key is wrong",
  },
  initrd: {
    examples: [
      ["nbft initrd NBFT --base /boot/initrd.img -w /boot/initrd-nbft.img", "puts a table in front of an initramfs"],
    ],
  },
  efidisk: {
    examples: [["nbft efidisk boot.yaml --file NvmeOfCli.efi -w efidisk.img", "makes a disk that programs a firmware"]],
  },
  image: {
    examples: [["nbft image root.tar -w disk.img", "makes a bootable disk of a distribution's files"]],
    one: "the system cannot boot by NBFT; the disk is there all the same",
  },
  lab: {
    examples: [["nbft lab run boot.yaml --depth dracut", "boots a real kernel and a real dracut"]],
    one: "the boot is refuted: a claim does not hold",
    files: [labCache],
  },
  collect: { examples: [["nbft collect | ssh root@server sh > server.nbft", "collects what proves a boot"]] },
  verify: {
    examples: [["nbft verify server.nbft --expect boot.yaml", "says claim by claim whether the table was used"]],
    one: "the boot is refuted: a claim does not hold",
  },
  doctor: { examples: [["nbft doctor", "says what is missing here, and how to get it"]], files: [labCache] },
  completion: {
    examples: [["nbft completion bash > ~/.local/share/bash-completion/completions/nbft", "installs completion"]],
  },
  manual: { examples: [["nbft manual plan | man -l -", "shows the page of a command"]] },
};
