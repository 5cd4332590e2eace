import { type ProgramName, programs } from "./programs.ts";

/** Other names that people and packages give them. */
const aliases: Readonly<Record<string, ProgramName>> = {
  nvme: "nvme-cli",
  libnvme: "nvme-cli",
  discoverd: "nvme-discoverd",
  stas: "nvme-stas",
  stafd: "nvme-stas",
  "dracut-ng": "dracut",
  nm: "networkmanager",
  "network-manager": "networkmanager",
  "nm-initrd-generator": "networkmanager",
};

/** Longest first: `nvme-cli-2.16` is not one of `nvme`. */
const names = [...Object.keys(programs), ...Object.keys(aliases)].sort((a, b) => b.length - a.length);

/** A program, and what names a release of it; undefined where none is named. */
export interface NamedRelease {
  readonly program: ProgramName;
  readonly release: string | undefined;
}

/**
 * The program that a word names: `nvme-cli`, `nvme-cli@2.16`, or a package with its version as rpm writes it, `dracut-057-13.el9_4`.
 *
 * @returns undefined where it names none
 */
export function readNamed(word: string): NamedRelease | undefined {
  const text = word.toLowerCase();
  const at = text.indexOf("@");
  const start = at < 0 ? text : text.slice(0, at);
  // `dracut@dracut-057-13.el9_4` and `dracut-057-13.el9_4` name the same.
  const version = versioned(at < 0 ? text : text.slice(at + 1));
  const name = names.find((each) => each === start) ?? (at < 0 ? version?.name : undefined);
  if (name === undefined) return undefined;
  const program = aliases[name] ?? (name as ProgramName);
  const isSame = version !== undefined && (aliases[version.name] ?? version.name) === program;
  const release = isSame ? version.release : at < 0 ? undefined : text.slice(at + 1);
  // libnvme 1.N is in nvme-cli 2.N.
  return { program, release: name === "libnvme" ? release?.replace(/^1(?=\.|$)/, "2") : release };
}

/** The parts of a package's name with its version. */
function versioned(text: string): { readonly name: string; readonly release: string } | undefined {
  const name = names.find((each) => text.startsWith(`${each}-`) && /^v?\d/.test(text.slice(each.length + 1)));
  return name === undefined ? undefined : { name, release: text.slice(name.length + 1) };
}
