import { behavioursOf, findRelease, type KnownRelease, type ProgramName } from "./behaviours/index.ts";
import { readNamed } from "./behaviours/named.ts";
import { compareReleases } from "./behaviours/release.ts";
import { readTables } from "./libnvme/read-tables.ts";
import {
  type ConsumerModel,
  type ConsumerPrediction,
  type ConsumerVerdict,
  sourceOf,
  verdict,
  verdictKey,
  type Waiting,
} from "./model.ts";
import { predictNetwork } from "./network-models.ts";
import { type Note, note, routine } from "./note.ts";
import type { KnownMachine } from "./nvme-cli/connect-all.ts";
import { predictNvmeCli } from "./nvme-cli/connect-models.ts";
import { stackPresets } from "./stack-presets.ts";

/** The programs of one system that work together on an NBFT. */
export interface Stack {
  /** `debian-13`, or the programs as they were given. */
  readonly name: string;
  /** It sets up the network of the initramfs. */
  readonly dracut: KnownRelease;
  /** It reads the tables for dracut, and connects. */
  readonly nvmeCli: KnownRelease;
  /** Sets up the network where dracut leaves it; undefined where dracut's lines are read by something else. */
  readonly networkManager: KnownRelease | undefined;
  /** Keeps the connections after the initramfs (nvme-cli 3); undefined where the stack has none. */
  readonly nvmeDiscoverd: KnownRelease | undefined;
  /** Keeps the connections after the initramfs; undefined where the stack has none. */
  readonly nvmeStas: KnownRelease | undefined;
  /** The initramfs is made for any machine (dracut --no-hostonly). */
  readonly generic: boolean;
  /** Whether `rd.nvmf.nm=1` is set, where that is known; else dracut's release decides. */
  readonly leavesNetwork?: boolean;
  /** When the releases of a preset were seen in the distribution. */
  readonly seen: string | undefined;
}

/** The stacks that are shown unless others are asked for. */
export const defaultStacks = ["debian-13", "debian-forky", "debian-sid", "debian-experimental"] as const;

const GENERIC = "generic";

/**
 * A stack from its name, or from programs with commas between: `dracut@112,nvme-cli@2.16,networkmanager@1.58.1-without-nbft`. The word
 * `generic` says that the initramfs is made for any machine.
 *
 * @returns a sentence where that is not possible
 */
export function parseStack(text: string): Stack | string {
  const words = text.split(",").map((word) => word.trim());
  const [first = ""] = words;
  const preset = Object.hasOwn(stackPresets, first) ? stackPresets[first] : undefined;
  const named = preset ? [...preset.programs.split(","), ...words.slice(1)] : words;
  const found = new Map<ProgramName, KnownRelease>();
  for (const word of named.filter((each) => each !== GENERIC)) {
    const release = releaseOf(word);
    if (typeof release === "string") return release;
    found.set(release.program, release);
  }
  const [dracut, nvmeCli] = [found.get("dracut"), found.get("nvme-cli")];
  if (!dracut || !nvmeCli) return `${text} names no ${dracut ? "nvme-cli" : "dracut"}: a stack has both`;
  return {
    name: text,
    dracut,
    nvmeCli,
    networkManager: found.get("networkmanager"),
    nvmeDiscoverd: found.get("nvme-discoverd"),
    nvmeStas: found.get("nvme-stas"),
    generic: named.includes(GENERIC),
    seen: preset && words.length === 1 ? preset.seen : undefined,
  };
}

const inStacks: readonly ProgramName[] = ["dracut", "nvme-cli", "networkmanager", "nvme-discoverd", "nvme-stas"];

function releaseOf(word: string): KnownRelease | string {
  const named = readNamed(word);
  if (!named || !inStacks.includes(named.program)) {
    const presets = Object.keys(stackPresets).join(", ");
    return `${word} is not a stack and no program of one: there are ${presets}, and ${inStacks.map((each) => `${each}@RELEASE`).join(",")}`;
  }
  const { program, release } = named;
  const known = release === undefined ? undefined : findRelease(program, release);
  return known ?? `${word} names no release of ${program}, as in ${program}@RELEASE`;
}

/** Programs of a stack in the order in which they act. */
export function programsOf({ dracut, networkManager, nvmeCli, nvmeDiscoverd, nvmeStas }: Stack): KnownRelease[] {
  return [dracut, networkManager, nvmeCli, nvmeDiscoverd, nvmeStas].filter((release) => release !== undefined);
}

/** A stack as a model: who configures the network, who connects, as whom, and who keeps the connections. */
export function stackModel(stack: Stack, machine: KnownMachine = {}): ConsumerModel {
  const releases = programsOf(stack);
  const words = releases.map(({ program, release }) => `${program} ${release}`).join(", ");
  const seen = stack.seen === undefined ? "" : `, as seen ${stack.seen}`;
  return {
    id: stack.name,
    title: `${words}${stack.generic ? ", an initramfs for any machine" : ""}${seen}`,
    releases,
    source: sourceOf(releases),
    notCovered: [
      "options on the kernel command line",
      "controllers that are connected already",
      "what a discovery log page leads to",
    ],
    remarks: releases.map(({ outside }) => outside).filter((remark) => remark !== undefined),
    predict: (tables) => predictStack(stack, machine, tables),
  };
}

function predictStack(
  stack: Stack,
  machine: KnownMachine,
  tables: Parameters<ConsumerModel["predict"]>[0],
): ConsumerPrediction {
  const read = readTables(tables, stack.nvmeCli.release);
  const network = predictNetwork(stack, tables, read);
  const connects = predictNvmeCli(stack.nvmeCli, machine, tables, read);
  const verdicts = new Map([...network.verdicts, ...connects.verdicts]);
  for (const [number] of tables.entries()) {
    const at = (path: string) => verdictKey(number, path);
    const host = verdicts.get(at("host"));
    if (host) verdicts.set(at("host"), hostInStack(stack, host));
    const after = verdicts.get(at("after"));
    if (after) verdicts.set(at("after"), afterInStack(stack, after));
    withoutNetwork(number, network.verdicts, verdicts);
  }
  return {
    verdicts,
    notes: [...network.notes, ...connects.notes],
    waiting: bothWaiting(network.waiting, connects.waiting),
  };
}

/** Where no interface of a table gets an address, no connection of it can succeed. */
function withoutNetwork(
  table: number,
  network: ReadonlyMap<string, ConsumerVerdict>,
  verdicts: Map<string, ConsumerVerdict>,
): void {
  const start = verdictKey(table, "hfi");
  const hfis = [...network].filter(([place]) => place.startsWith(start));
  if (hfis.length === 0 || hfis.some(([, { key }]) => key !== "nothing")) return;
  for (const [place, found] of verdicts) {
    const connects = /^\d+ (?:ssns|discovery)/.test(place) && place.startsWith(`${table} `);
    if (!connects || found.key === undefined || found.key === "nothing" || found.key === "dies") continue;
    const why = note("no interface of the table gets an address");
    verdicts.set(place, {
      ...found,
      does: `${found.does}, no network`,
      detail: `${found.detail}, without a network: must fail`,
      key: "no network",
      notes: [why, ...found.notes],
    });
  }
}

function bothWaiting(network: Waiting | undefined, connects: Waiting | undefined): Waiting | undefined {
  if (!network || !connects) return connects ?? network;
  return { ...connects, network: network.network, notes: [...network.notes, ...connects.notes] };
}

/** In an initramfs the system's names are the files that dracut copied. */
function hostInStack({ nvmeCli, dracut, generic }: Stack, host: ConsumerVerdict): ConsumerVerdict {
  const does = behavioursOf("nvme-cli", nvmeCli.release);
  if (!does.readsNbft || does.usesTableHostIdentity || host.key !== "system") return host;
  const copies = behavioursOf("dracut", dracut.release).copiesHostIdentityAlways || !generic;
  const detail = copies
    ? "the host NQN of /etc/nvme of the machine that made the initramfs"
    : "a host NQN from SMBIOS, the machine ID, or generated: the initramfs has no /etc/nvme/hostnqn";
  return verdict(copies ? "image's" : "made up", "system", host.notes, detail);
}

/** Who looks after the connections when the system has left the initramfs. */
function afterInStack({ nvmeCli, nvmeDiscoverd, nvmeStas }: Stack, after: ConsumerVerdict): ConsumerVerdict {
  const notes: Note[] = [...after.notes];
  const { convertsConfiguration } = behavioursOf("nvme-cli", nvmeCli.release);
  notes.push(
    routine(
      convertsConfiguration
        ? "nvmf-autoconnect.service connects again where /etc/nvme has a configuration; it reads the tables too, as owner autoconnect"
        : "nvmf-autoconnect.service runs only where /etc/nvme has config.json or discovery.conf",
    ),
  );
  const daemons: string[] = [];
  if (nvmeDiscoverd) {
    notes.push(
      note(
        "nvme-discoverd is enabled beside the older units: it connects what the table lists, and disconnects it when it is stopped",
      ),
    );
    if (behavioursOf("nvme-discoverd", nvmeDiscoverd.release).doublesBootConnections) {
      notes.push(
        note("nvme-discoverd connects a controller a second time that the initramfs connected with another host NQN"),
      );
    }
    daemons.push("discoverd");
  }
  if (nvmeStas) daemons.push("stas");
  if (daemons.length === 0) return { ...after, notes };
  const who = daemons.join(", ");
  return verdict(`${after.does}; ${who}`, `${after.key} ${who}`, notes, `${after.detail}; also looked after by ${who}`);
}

/**
 * The programs beside a release where it is named alone: those of the preset that has the release, or the newest older one. A dracut that
 * reads NBFTs is taken with the programs of another that does, for the question is what it does with a table.
 *
 * @returns the stack, and a sentence that says what was taken
 */
export function besideRelease(release: KnownRelease): { readonly stack: Stack; readonly remark: string } {
  const readsNbft = (dracut: KnownRelease) => behavioursOf("dracut", dracut.release).readsNbft;
  const needsReader = release.program === "dracut" && readsNbft(release);
  const stacks = Object.keys(stackPresets)
    .map((name) => parseStack(name) as Stack)
    .filter(({ dracut }) => !needsReader || readsNbft(dracut));
  const own = (stack: Stack) => programsOf(stack).find(({ program }) => program === release.program);
  const alike = stacks.find(
    (stack) => own(stack)?.alike === release.alike && own(stack)?.withoutReader === release.withoutReader,
  );
  const stack = alike ?? olderStack(stacks, own, release);
  const { dracut, nvmeCli, name } = stack;
  const what =
    release.program === "dracut"
      ? `nvme-cli ${nvmeCli.release}`
      : `dracut ${dracut.release} and nvme-cli ${nvmeCli.release}`;
  const why = alike
    ? `which ${name} has`
    : `which ${name} has: no distribution with ${release.program} ${release.release} is known`;
  return { stack, remark: `${release.program} ${release.release} is taken with ${what}, ${why}; --stack names others` };
}

function olderStack(
  stacks: readonly Stack[],
  own: (stack: Stack) => KnownRelease | undefined,
  release: KnownRelease,
): Stack {
  const older = stacks.filter(
    (stack) => own(stack) && compareReleases(own(stack)!.predictedAs, release.predictedAs) <= 0,
  );
  return older.at(-1) ?? stacks[0]!;
}
