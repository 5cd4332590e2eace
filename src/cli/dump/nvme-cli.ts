import { behavioursOf, findRelease } from "../../consumers/behaviours/index.ts";
import { RECORDED_RELEASE } from "../../consumers/libnvme/releases.ts";
import { runNvmeCliShowInPieces } from "../../consumers/nvme-cli/show.ts";
import { escapeText } from "../../text/escape.ts";
import { nvmeCliAsked } from "../consumer-option.ts";
import { Spool } from "../spool.ts";
import type { Dump } from "./dump.ts";

/** `-o nvme-cli-json`, `-o nvme-cli-text`: byte for byte what `nvme nbft show` of a release writes to standard output. */
export function dumpAsNvmeCli({ tables, options, io }: Dump, format: "json" | "normal"): void {
  const release = nvmeCliAsked(options, "the nvme-cli formats") ?? findRelease("nvme-cli", RECORDED_RELEASE)!;
  const tell = (text: string) => io.err(`nbft: ${escapeText(text)}\n`);
  if (release.outside !== undefined) tell(release.outside);
  if (!behavioursOf("nvme-cli", release.release).readsNbft) {
    tell(`nvme-cli ${release.release} cannot read an NBFT`);
    return;
  }
  const spool = new Spool();
  try {
    const keep = (piece: Uint8Array) => spool.add(piece);
    const { stdout, crash } = runNvmeCliShowInPieces(tables, format, options, release.release, keep);
    io.out(stdout);
    if (crash === undefined) spool.write(io);
    else tell(`nvme nbft show of nvme-cli ${release.release} dies of SIGSEGV: ${crash}`);
  } finally {
    spool.close();
  }
}
