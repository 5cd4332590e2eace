import { explainTables } from "../../consumers/explain.ts";
import type { ConsumerModel, ConsumerVerdict } from "../../consumers/model.ts";
import { findConsumers } from "../../consumers/models.ts";
import { stackPresets } from "../../consumers/stack-presets.ts";
import { parseStack, stackModel } from "../../consumers/stacks.ts";
import type { Claim } from "../../verify/claim.ts";
import { suitesOf } from "../debian.ts";
import type { Depth } from "../run-options.ts";

/** Distributions' stacks by the name of the release that packages come from. */
const stackOfSuite: Readonly<Record<string, string>> = {
  bookworm: "debian-12",
  trixie: "debian-13",
  forky: "debian-forky",
  sid: "debian-sid",
  experimental: "debian-experimental",
};

/**
 * Where a boot differs from what `explain` predicts for its stack, in words: each path's connection, each interface's address, and the host's name.
 * Undefined where no prediction is known.
 *
 * @param versions of packages, as the run's evidence has them
 */
export function differences(
  tables: readonly Uint8Array[],
  { suite, depth }: { readonly suite: string; readonly depth: Depth },
  versions: Readonly<Record<string, string>>,
  claims: readonly Claim[],
): string[] | undefined {
  const model = modelOf(suite, depth, versions);
  if (!model) return undefined;
  const files = tables.map((bytes, i) => ({ path: `NBFT${i === 0 ? "" : i}`, bytes }));
  const { tables: explained } = explainTables(files, [model]);
  return explained.flatMap(({ rows }, i) => {
    const host = rows.find(({ kind }) => kind === "host")?.verdicts[model.id];
    return rows.flatMap(({ kind, index, verdicts }) => {
      const predicted = verdicts[model.id] && asHost(verdicts[model.id]!, host);
      if (!predicted) return [];
      const ids = kind === "ssns" ? "path.live" : kind === "hfi" && depth !== "connect" ? "network.address" : undefined;
      const name = `${kind === "ssns" ? "SSNS" : "HFI"} ${index}`;
      const about = new RegExp(`(?:^|[: ])${name}(?: |$)`);
      const own = claims.filter(({ id, about: text }) => id === ids && about.test(text) && ofTable(text, i, tables));
      return own.flatMap((claim) => difference(name, predicted, claim) ?? []);
    });
  });
}

/** The lab's target lets in nobody but the table's host. */
function asHost(predicted: ConsumerVerdict, host: ConsumerVerdict | undefined): ConsumerVerdict {
  if (!connects(predicted) || host === undefined || host.key === "table") return predicted;
  return { ...predicted, detail: `${predicted.detail}, as ${host.detail}: must fail` };
}

/** Claims name the table where there are several. */
function ofTable(about: string, table: number, tables: readonly Uint8Array[]): boolean {
  return tables.length === 1 || about.startsWith(table === 0 ? "NBFT " : `NBFT${table} `) || !about.startsWith("NBFT");
}

function difference(name: string, predicted: ConsumerVerdict, { id, verdict, seen }: Claim): string | undefined {
  const works = id === "path.live" ? connects(predicted) : predicted.key !== "nothing" && predicted.key !== "dies";
  if (predicted.key === undefined || verdict === "unknown" || works === (verdict === "pass")) return undefined;
  return `${name}: explain predicts "${predicted.detail}"; ${id} ${verdict === "pass" ? "holds" : "failed"}: ${seen}`;
}

function connects({ key, detail }: ConsumerVerdict): boolean {
  return key !== undefined && /^(?:HFI|asked)\b/.test(key) && !/must fail/.test(detail);
}

function modelOf(suite: string, depth: Depth, versions: Readonly<Record<string, string>>): ConsumerModel | undefined {
  const nvme = versions["nvme-cli"];
  if (nvme === undefined) return undefined;
  // The lab itself configures the quick host's network.
  if (depth === "connect" || depth === "read") return findConsumers(`nvme-cli@${nvme}`)[0];
  const preset = stackPresets[stackOfSuite[suite.split("+")[0]!] ?? ""];
  const dracut = versions["dracut-core"];
  if (preset === undefined) return undefined;
  // Without NetworkManager dracut's lines are what counts.
  const legacy = suitesOf(suite).network === "network-legacy";
  const shipped = preset.programs.split(",").filter((word) => !(legacy && word.startsWith("networkmanager@")));
  // The lab's initramfs is made for any machine.
  const words = [...shipped, `nvme-cli@${nvme}`, ...(dracut === undefined ? [] : [`dracut@${dracut}`]), "generic"];
  const stack = parseStack(words.join(","));
  return typeof stack === "string" ? undefined : stackModel(stack);
}
