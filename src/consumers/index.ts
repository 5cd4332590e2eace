export { type LibnvmeVersion, libnvmeVersions, readAsLibnvme } from "./libnvme.ts";
export type * from "./libnvme-table.ts";
export type { ShowOptions } from "./nvme-cli-sections.ts";
export {
  formatNvmeCliJson,
  formatNvmeCliText,
  type NamedTable,
  runNvmeCliShow,
  type ShowResult,
} from "./nvme-cli-show.ts";
