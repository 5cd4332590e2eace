import { runNvmeCliShow } from "../../consumers/nvme-cli/show.ts";
import { readNbft } from "../../nbft/read/read.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import { showsIn } from "./find-shows.ts";
import type { NvmeShow } from "./show.ts";
import { tableOfShow } from "./table-of-show.ts";

/**
 * What of a table `nvme nbft show` would show, in the form and by a release like those of another output: two such parts can be compared.
 *
 * @returns undefined where nvme-cli shows nothing of the table.
 */
export function shownPart(bytes: Uint8Array, like: NvmeShow): NbftTable | undefined {
  const path = "./NBFT";
  // 3.x shows whether an address was configured by itself; 2.x does not.
  const newer = like.hfis?.some(({ autoconfigured }) => autoconfigured !== undefined) ?? false;
  const release = like.form === "text" || newer ? "3.1" : "2.16";
  const { subsystems, hfis, discovery } = like;
  // Text has no section for an empty list: one with both others was not told to leave it out.
  const all = like.form === "text" && subsystems !== undefined && hfis !== undefined;
  const sections = { subsystem: !!subsystems, hfi: !!hfis, discovery: !!discovery || all };
  const { stdout, crash } = runNvmeCliShow(
    [{ path, bytes }],
    like.form === "json" ? "json" : "normal",
    sections,
    release,
  );
  const [show] = crash === undefined ? showsIn(new TextDecoder().decode(stdout)) : [];
  if (!show) return undefined;
  // Text leaves out a section that has no rows.
  const whole = {
    ...show,
    subsystems: show.subsystems ?? [],
    hfis: show.hfis ?? [],
    discovery: show.discovery ?? [],
  };
  // Read back, so that fields without a value are as in any table that is read.
  return readNbft(encodeNbft(tableOfShow(whole).table)).table;
}
