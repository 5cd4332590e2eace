import { findRelease, type KnownRelease, type ProgramName, programs } from "./behaviours/index.ts";
import { readNamed } from "./behaviours/named.ts";
import type { ConsumerModel } from "./model.ts";
import { dracutModel, networkManagerModel, wickedModel } from "./network-models.ts";
import type { KnownMachine } from "./nvme-cli/connect-all.ts";
import { discoverdModel, nvmeCliModel, stasModel } from "./nvme-cli/connect-models.ts";
import { besideRelease, defaultStacks, parseStack, type Stack, stackModel } from "./stacks.ts";

const programNames = Object.keys(programs) as ProgramName[];

/** The model of a release. */
export function modelOf(release: KnownRelease, machine: KnownMachine = {}): ConsumerModel {
  switch (release.program) {
    case "nvme-cli":
      return nvmeCliModel(release, machine);
    case "nvme-discoverd":
      return discoverdModel(release);
    case "nvme-stas":
      return stasModel(release);
    case "wicked":
      return wickedModel(release);
    case "dracut": {
      const { stack, remark } = besideRelease(release);
      return dracutModel(release, stack.nvmeCli, remark);
    }
    case "networkmanager": {
      const { stack, remark } = besideRelease(release);
      return networkManagerModel(release, stack, remark);
    }
  }
}

/** One release of every group of a program that behaves alike, oldest first. */
function shownReleases(name: ProgramName): readonly KnownRelease[] {
  return programs[name].groups.map(({ shown }) => findRelease(name, shown)!);
}

/** The model of every release that is known: first of programs that connect, then of those that set up the network. */
export function allModels(machine: KnownMachine = {}): readonly ConsumerModel[] {
  return programNames.flatMap(shownReleases).map((release) => modelOf(release, machine));
}

/** The models of what distributions ship: those that are shown unless others are asked for. */
export function stackModels(machine: KnownMachine = {}): readonly ConsumerModel[] {
  return defaultStacks.map((name) => stackModel(parseStack(name) as Stack, machine));
}

/** Releases that `NAME` or `NAME@RELEASE` names: every known one for a bare name. */
export function findReleases(wanted: string): readonly KnownRelease[] {
  const named = readNamed(wanted);
  if (!named) return [];
  if (named.release === undefined) return shownReleases(named.program);
  const release = findRelease(named.program, named.release);
  return release ? [release] : [];
}

/**
 * The models that `NAME` or `NAME@RELEASE` names; those of all releases for a bare name. A release may be cut short: `nvme-cli@3`. For one
 * outside the table the nearest is predicted, and the model's remarks say so.
 *
 * @returns nothing for a consumer that is not known
 */
export function findConsumers(wanted: string, machine: KnownMachine = {}): readonly ConsumerModel[] {
  return findReleases(wanted).map((release) => modelOf(release, machine));
}

/** Names of the programs that have models. */
export const consumerNames: readonly string[] = programNames;
