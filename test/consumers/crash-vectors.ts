import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";

/** Whether the model of nvme-cli 2.13 dies of a table: showing it, connecting by it. */
export function crashesOf(bytes: Uint8Array): { show: boolean; connect: boolean } {
  const show = runNvmeCliShow([{ path: "./NBFT", bytes }], "json", {}, "2.13").crash !== undefined;
  const plan = planConnectAll([{ path: "NBFT", bytes }], {}, "2.13");
  return { show, connect: plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die")) };
}
