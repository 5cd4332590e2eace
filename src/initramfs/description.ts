import { isRegularFile } from "../acpi/cpio.ts";
import { latin1Text } from "../bytes/latin1.ts";
import { findFile, type InitramfsImage, isSymbolicLink } from "./image.ts";
import { type KeyFile, keysOfImage } from "./keys.ts";

/** Something that an initramfs has, and the file that shows it. */
export interface Shown<T = string> {
  readonly value: T;
  readonly file: string;
}

/** A word of the command line that the initramfs adds itself. */
export interface CommandLineFile {
  readonly file: string;
  readonly words: readonly string[];
}

/** What of an initramfs matters for an NBFT. */
export interface InitramfsDescription {
  /** Release of the dracut that made it; absent where it was made by something else. */
  readonly dracut: Shown | undefined;
  readonly nvmeCli: Shown | undefined;
  /** Names of the libraries: `libnvme.so.1`. */
  readonly libnvme: readonly Shown[];
  readonly networkManager: Shown | undefined;
  /** Whether its nm-initrd-generator reads NBFTs; absent where there is none. */
  readonly networkManagerReadsNbft: Shown<boolean> | undefined;
  /** dracut's module network-legacy, by its hook for the command line: it does what dracut's lines say. */
  readonly networkLegacy: Shown | undefined;
  /** dracut's module nvmf, by its hook for the command line. */
  readonly nvmfHook: Shown | undefined;
  readonly jq: Shown | undefined;
  /** Made for the machine on which it was made. */
  readonly hostOnly: Shown<boolean> | undefined;
  readonly hostNqn: Shown | undefined;
  readonly hostId: Shown | undefined;
  /** Files of /etc/nvme; what is in them is not looked at. */
  readonly configuration: readonly string[];
  /** What config.json has keys for, without the keys. */
  readonly keys: KeyFile | undefined;
  /** The program that makes TLS handshakes for the kernel. */
  readonly tlshd: Shown | undefined;
  readonly commandLine: readonly CommandLineFile[];
  /** Release of the kernel whose modules it has. */
  readonly kernel: Shown | undefined;
  /** Kernel modules that were looked for, in the order asked. */
  readonly modules: readonly KernelModule[];
  /** Modules that TLS needs. */
  readonly securityModules: readonly KernelModule[];
}

/** A kernel module, by its name with underscores. */
export interface KernelModule {
  readonly name: string;
  /** A module, part of the kernel, or missing. */
  readonly state: "module" | "built in" | "missing";
  /** The module, or the list of what the kernel has built in. */
  readonly file: string | undefined;
}

/** Modules that a boot over NVMe/TCP needs: the transport, and 802.1Q for VLANs. */
const neededModules = ["nvme_tcp", "8021q"] as const;

/** Modules that NVMe/TCP with TLS 1.3 needs: kernel TLS, and the cipher AES-GCM. */
const securityModules = ["tls", "gcm", "ghash_generic"] as const;

/**
 * What of an initramfs matters for an NBFT, each with the file that shows it. Nothing is run.
 *
 * @param modules kernel modules to look for, besides those that are always needed: drivers of network cards
 */
export function describeInitramfs(image: InitramfsImage, modules: readonly string[] = []): InitramfsDescription {
  return {
    dracut: dracutOf(image),
    nvmeCli: nvmeCliOf(image),
    libnvme: namesLike(image, /^usr\/lib\/(?:[^/]+\/)?(libnvme3?\.so\.\d+)$|^lib\/(?:[^/]+\/)?(libnvme3?\.so\.\d+)$/),
    networkManager: versionIn(image, ["usr/sbin/NetworkManager", "usr/libexec/nm-initrd-generator"], managerVersion),
    networkManagerReadsNbft: readerOf(image),
    networkLegacy: hookOf(image, "parse-ip-opts"),
    nvmfHook: hookOf(image, "parse-nvmf-boot-connections"),
    jq: shownFile(image, "usr/bin/jq"),
    hostOnly: hostOnlyOf(image),
    hostNqn: firstLine(image, "etc/nvme/hostnqn"),
    hostId: firstLine(image, "etc/nvme/hostid"),
    configuration: [...image.entries.keys()].filter((name) => /^etc\/nvme\/.+\.(?:conf|json)$/.test(name)).sort(),
    keys: keysOfImage(image),
    tlshd: shownFile(image, "usr/sbin/tlshd"),
    commandLine: commandLineOf(image),
    kernel: kernelOf(image),
    modules: [...new Set([...neededModules, ...modules])].map((name) => moduleOf(image, name)),
    securityModules: securityModules.map((name) => moduleOf(image, name)),
  };
}

/** The words that the initramfs adds to the command line, each with its file. */
export function wordsOf(files: InitramfsDescription["commandLine"]): { word: string; file: string }[] {
  return files.flatMap(({ file, words }) => words.map((word) => ({ word, file })));
}

const utf8 = new TextDecoder();

function textOf(image: InitramfsImage, path: string): string | undefined {
  const file = findFile(image, path);
  return file && utf8.decode(file.data());
}

function firstLine(image: InitramfsImage, path: string): Shown | undefined {
  const line = textOf(image, path)?.split("\n", 1)[0]?.trim();
  return line === undefined || line === "" ? undefined : { value: line, file: path };
}

function shownFile(image: InitramfsImage, path: string): Shown | undefined {
  return findFile(image, path) && { value: path, file: path };
}

function firstLike(image: InitramfsImage, pattern: RegExp): Shown | undefined {
  const name = [...image.entries.keys()].find((each) => pattern.test(each));
  return name === undefined ? undefined : { value: name, file: name };
}

function hookOf(image: InitramfsImage, name: string): Shown | undefined {
  return firstLike(image, new RegExp(String.raw`(?:^|\/)dracut[^/]*\/hooks\/cmdline\/\d+-${name}\.sh$`));
}

function namesLike(image: InitramfsImage, pattern: RegExp): Shown[] {
  return [...image.entries.keys()].flatMap((file) => {
    const found = pattern.exec(file);
    const value = found?.slice(1).find((part) => part !== undefined);
    return value === undefined ? [] : [{ value, file }];
  });
}

/** /etc/initrd-release is dracut's own; other makers of images write others, or none. */
function dracutOf(image: InitramfsImage): Shown | undefined {
  for (const file of ["etc/initrd-release", "usr/lib/initrd-release"]) {
    const text = textOf(image, file);
    if (text === undefined) continue;
    const named = /dracut-(\d[\w.~+-]*)/.exec(text)?.[1];
    const version = /^ID="?dracut"?$/m.test(text) ? /^VERSION(?:_ID)?="?([^"\n]+)"?$/m.exec(text)?.[1] : undefined;
    const value = named ?? version;
    if (value !== undefined) return { value, file };
  }
  const script = textOf(image, "usr/lib/dracut/dracut-version.sh");
  const value = script && /^DRACUT_VERSION="?([^"\n]+)"?/m.exec(script)?.[1];
  return value ? { value, file: "usr/lib/dracut/dracut-version.sh" } : undefined;
}

/** In the program its release stands before the text that shows it. */
function nvmeCliOf(image: InitramfsImage): Shown | undefined {
  const paths = ["usr/sbin/nvme", "usr/bin/nvme", "sbin/nvme"];
  return versionIn(image, paths, /(\d+\.\d+(?:\.\d+)?(?:-[a-z0-9.]+)?)\0+[^\0]{0,200}%s version %s \(git %s\)/);
}

const managerVersion = /\0(1\.\d+\.\d+)\0/;

function versionIn(image: InitramfsImage, paths: readonly string[], pattern: RegExp): Shown | undefined {
  for (const path of paths) {
    const file = findFile(image, path);
    const value = file && pattern.exec(latin1Text(file.data()))?.[1];
    if (value) return { value, file: path };
  }
  return undefined;
}

/** The reader loads libnvme.so.1 while it runs, so that the name is in the program. */
function readerOf(image: InitramfsImage): Shown<boolean> | undefined {
  for (const path of ["usr/libexec/nm-initrd-generator", "usr/lib/NetworkManager/nm-initrd-generator"]) {
    const file = findFile(image, path);
    if (file) return { value: latin1Text(file.data()).includes("libnvme.so.1"), file: path };
  }
  return undefined;
}

/**
 * What marks an image: dracut keeps the host's drivers in one that is strictly for this host, and its own arguments. Its list hostonly-files is in
 * images for any machine as well: it names /etc/nvme/hostnqn.
 */
function hostOnlyOf(image: InitramfsImage): Shown<boolean> | undefined {
  const list = firstLike(image, /(?:^|\/)lib\/dracut\/hostonly-kernel-modules\.txt$/);
  if (list) return { value: true, file: list.file };
  const parameters = ["usr/lib/dracut/build-parameter.txt", "lib/dracut/build-parameter.txt"];
  for (const file of parameters) {
    const text = textOf(image, file);
    if (text === undefined) continue;
    if (/(?:^|[\s'])(?:-N|--no-hostonly)(?:$|[\s'])/.test(text)) return { value: false, file };
    if (/(?:^|[\s'])(?:-H|--hostonly)(?:$|[\s'])/.test(text)) return { value: true, file };
  }
  return undefined;
}

function commandLineOf(image: InitramfsImage): CommandLineFile[] {
  return [...image.entries.values()]
    .filter((entry) => isRegularFile(entry) && /^(?:etc|usr\/lib)\/cmdline(?:\.d\/[^/]+\.conf)?$/.test(entry.name))
    .map((entry) => ({
      file: entry.name,
      words: utf8
        .decode(entry.data())
        .split(/\s+/)
        .filter((word) => word !== ""),
    }));
}

const moduleFolder = /^((?:usr\/)?lib\/modules\/([^/]+))\//;

function kernelOf(image: InitramfsImage): Shown | undefined {
  for (const name of image.entries.keys()) {
    const found = moduleFolder.exec(name);
    if (found) return { value: found[2]!, file: found[1]! };
  }
  return undefined;
}

function moduleOf(image: InitramfsImage, name: string): KernelModule {
  const wanted = name.replaceAll("-", "_");
  for (const [path, entry] of image.entries) {
    if (!moduleFolder.test(path) || !(isRegularFile(entry) || isSymbolicLink(entry))) continue;
    const found = /\/([^/]+)\.ko(?:\.(?:xz|zst|gz))?$/.exec(path)?.[1];
    if (found?.replaceAll("-", "_") === wanted) return { name: wanted, state: "module", file: path };
  }
  for (const [path, entry] of image.entries) {
    if (!path.endsWith("/modules.builtin")) continue;
    const lines = utf8.decode(entry.data()).split("\n");
    if (lines.some((line) => /([^/]+)\.ko$/.exec(line)?.[1]?.replaceAll("-", "_") === wanted)) {
      return { name: wanted, state: "built in", file: path };
    }
  }
  return { name: wanted, state: "missing", file: undefined };
}
