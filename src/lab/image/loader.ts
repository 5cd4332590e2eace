import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import { LabError } from "../errors.ts";
import { type LoaderKind, loaderKinds } from "./loader-kinds.ts";

/** A boot loader that is in a system's tree. Paths are from the tree's root, without a leading `/`. */
export interface TreeLoader {
  /** Which boot loader it is. */
  readonly kind: LoaderKind;
  /** The program that the firmware starts: shim, or the loader itself. */
  readonly first: string;
  /** What shim starts, and its key manager, by the names under which it looks for them beside itself. */
  readonly beside: Readonly<Record<string, string>>;
  /** Folders of the EFI system partition in which this GRUB looks for grub.cfg. */
  readonly folders: readonly string[];
}

interface GrubPlace {
  readonly grub: RegExp;
  readonly shim?: RegExp;
  readonly keyManager?: RegExp;
  /** What shim calls GRUB. */
  readonly name: string;
}

/** Folder of an EFI system partition's vendor, mounted, or as packages keep it. */
const vendor = String.raw`(?:boot\/efi|usr\/lib\/efi\/[^/]+\/[^/]+|usr\/lib\/bootupd\/updates|usr\/lib\/ostree-boot\/efi)\/EFI\/(?!BOOT\/)[^/]+`;

/** Where distributions put GRUB and shim for x86-64; signed ones first. */
const grubPlaces: readonly GrubPlace[] = [
  {
    grub: /^usr\/lib\/grub\/x86_64-efi-signed\/grubx64\.efi\.signed(?:\.latest)?$/,
    shim: /^usr\/lib\/shim\/shimx64\.efi\.(?:signed|dualsigned)(?:\.latest)?$/,
    keyManager: /^usr\/lib\/shim\/mmx64\.efi(?:\.signed)?$/,
    name: "grubx64.efi",
  },
  {
    grub: new RegExp(`^${vendor}\\/grubx64\\.efi$`),
    shim: new RegExp(`^${vendor}\\/shimx64\\.efi$`),
    keyManager: new RegExp(`^${vendor}\\/mmx64\\.efi$`),
    name: "grubx64.efi",
  },
  {
    grub: /^usr\/share\/efi\/x86_64\/grub\.efi$/,
    shim: /^usr\/share\/efi\/x86_64\/shim\.efi$/,
    keyManager: /^usr\/share\/efi\/x86_64\/MokManager\.efi$/,
    name: "grub.efi",
  },
  { grub: /^usr\/lib\/grub\/x86_64-efi\/monolithic\/grubx64\.efi$/, name: "grubx64.efi" },
  { grub: /^usr\/share\/grub2?\/x86_64-efi\/grub\.efi$/, name: "grubx64.efi" },
];

const systemdBoot = /^usr\/lib\/systemd\/boot\/efi\/systemd-bootx64\.efi(?:\.signed)?$/;
const unifiedKernel = /^(?:boot|efi|boot\/efi)\/EFI\/Linux\/[^/]+\.efi$|^usr\/lib\/modules\/[^/]+\/[^/]+\.efi$/;

/** Where a tree is looked for each kind, for a message. */
const packages: Readonly<Record<LoaderKind, string>> = {
  grub: "GRUB for EFI (Debian and Ubuntu: grub-efi-amd64-signed shim-signed; Fedora: grub2-efi-x64 shim-x64)",
  "systemd-boot": "systemd-boot (Debian and Ubuntu: systemd-boot-efi; Fedora: systemd-boot-unsigned)",
  uki: "a unified kernel image (EFI/Linux/*.efi below boot or boot/efi)",
};

/**
 * The boot loader for x86-64 in a tree: GRUB where there is one, for it alone reads a kernel in pieces that Linux's target takes.
 *
 * @throws {LabError} with the packages that are missing.
 */
export function findLoader(tree: InitramfsImage, wanted?: LoaderKind): TreeLoader {
  for (const kind of wanted === undefined ? loaderKinds : [wanted]) {
    const found = finders[kind](tree);
    if (found) return found;
  }
  const missing = wanted === undefined ? packages.grub : packages[wanted];
  throw new LabError(`no boot loader for x86-64; install ${missing}`);
}

const finders: Readonly<Record<LoaderKind, (tree: InitramfsImage) => TreeLoader | undefined>> = {
  grub: findGrub,
  "systemd-boot": (tree) => alone(tree, "systemd-boot", systemdBoot),
  uki: (tree) => alone(tree, "uki", unifiedKernel),
};

function alone(tree: InitramfsImage, kind: LoaderKind, place: RegExp): TreeLoader | undefined {
  const first = newest(tree, place);
  return first === undefined ? undefined : { kind, first, beside: {}, folders: [] };
}

function findGrub(tree: InitramfsImage): TreeLoader | undefined {
  for (const { grub: place, shim, keyManager, name } of grubPlaces) {
    const grub = newest(tree, place);
    if (grub === undefined) continue;
    const first = shim && newest(tree, shim);
    const keys = keyManager && newest(tree, keyManager);
    const folders = ["EFI/BOOT", ...prefixesOf(findFile(tree, grub)!.data())];
    if (first === undefined) return { kind: "grub", first: grub, beside: {}, folders };
    const beside = { [name]: grub, ...(keys === undefined ? {} : { [keyName(keys)]: keys }) };
    return { kind: "grub", first, beside, folders };
  }
  return undefined;
}

function keyName(path: string): string {
  return path
    .split("/")
    .at(-1)!
    .replace(/\.signed$/, "");
}

/** Of several files in such a place the one with the highest version in its path. */
function newest(tree: InitramfsImage, place: RegExp): string | undefined {
  const order = new Intl.Collator("en", { numeric: true });
  const found = [...tree.entries.keys()].filter((path) => place.test(path) && findFile(tree, path));
  // A signed program comes before its unsigned namesake.
  return found.sort((a, b) => Number(/signed/.test(a)) - Number(/signed/.test(b)) || order.compare(a, b)).at(-1);
}

/** GRUB looks for its configuration in a folder whose name its distribution has put into the program. */
function prefixesOf(program: Uint8Array): string[] {
  const text = Buffer.from(program.buffer, program.byteOffset, program.length).toString("latin1");
  const found = [...text.matchAll(/\/(EFI\/[A-Za-z0-9._-]+|boot\/grub2?)(?=\0)/g)].map(([, folder]) => folder!);
  return [...new Set(found)].filter((folder) => folder !== "EFI/BOOT");
}
