import { type Command, Option } from "commander";
import type { LibnvmeVersion } from "../../consumers/libnvme/libnvme.ts";
import { consumerId } from "../../consumers/models.ts";
import {
  attemptsWhenAllFail,
  type ConnectPlan,
  fabricsStrings,
  type HostIdentity,
  planConnectAll,
} from "../../consumers/nvme-cli/connect-all.ts";
import { waitingFor } from "../../consumers/nvme-cli/connect-models.ts";
import { connectPlanJson, formatCommands, formatConnectPlan } from "../../output/connect-plan.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import type { CliCommand } from "../command.ts";
import { addConsumerOption, consumersNamed } from "../consumer-option.ts";
import { type Io, UsageError } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";
import { readableTables } from "../sources/tables.ts";

interface PlanOptions extends SourceArguments {
  readonly outputFormat: "text" | "json" | "commands" | "fabrics";
  readonly hostnqn?: string;
  readonly hostid?: string;
  readonly consumer?: readonly string[];
  readonly color: ColorChoice;
}

/** `nbft plan [SOURCE…]`: the connections that `nvme connect-all --nbft` will try. */
export default {
  define(command: Command, io: Io): void {
    addConsumerOption(addSourceArguments(command, io), "nvme-cli@2.13 or nvme-cli@3.0-rc1 (default)")
      .addOption(
        new Option(
          "-o, --output-format <format>",
          "text, JSON, nvme commands, or the strings that go to /dev/nvme-fabrics",
        )
          .choices(["text", "json", "commands", "fabrics"])
          .default("text"),
      )
      .option("--hostnqn <nqn>", "host NQN, as for nvme-cli (default: the table's)")
      .option("--hostid <uuid>", "host ID, as for nvme-cli (default: the table's)")
      .addOption(colorOption())
      .action((sources: string[], options: PlanOptions) => run(sources, options, io));
  },
} satisfies CliCommand;

function run(sources: readonly string[], options: PlanOptions, io: Io): void {
  const { consumer, version } = versionOf(options.consumer);
  const tables = [...readableTables(sources, options, io)];
  const plan = planConnectAll(tables, identityOf(options), version);
  for (const { source, rejection } of plan.tables) {
    if (rejection && options.outputFormat === "fabrics") {
      io.err(`nbft: ${escapeText(source)}: ${consumer} rejects it: ${escapeText(rejection.message)}\n`);
    }
  }
  write(plan, consumer, options, io);
}

function write(plan: ConnectPlan, consumer: string, { outputFormat, color }: PlanOptions, io: Io): void {
  if (outputFormat === "fabrics") {
    for (const line of fabricsStrings(plan)) io.out(line);
    return;
  }
  if (outputFormat === "commands") {
    io.out(formatCommands(plan));
    return;
  }
  let attempts = 0;
  for (const _ of attemptsWhenAllFail(plan)) attempts++;
  const waiting = waitingFor(attempts);
  if (outputFormat === "json") io.out(formatJson(connectPlanJson(plan, consumer, waiting)));
  else if (plan.tables.length > 0) io.out(formatConnectPlan(plan, consumer, waiting, paintFor(io, color)));
}

function versionOf(words: readonly string[] = []): { consumer: string; version: LibnvmeVersion } {
  const models = words.length === 0 ? [] : consumersNamed(words);
  const other = models.find(({ name }) => name !== "nvme-cli");
  if (other) throw new UsageError(`--consumer: nbft plan knows nvme-cli; nbft explain shows what ${other.name} does`);
  const chosen = models.at(-1) ?? consumersNamed(["nvme-cli"]).at(-1)!;
  return { consumer: consumerId(chosen), version: chosen.version === "2.13" ? "1.13" : "3.0-rc1" };
}

/** What the command line says about the host, one character a byte. */
function identityOf({ hostnqn, hostid }: PlanOptions): HostIdentity {
  const bytes = (text: string | undefined) => text && String.fromCharCode(...new TextEncoder().encode(text));
  return { hostNqn: bytes(hostnqn), hostId: bytes(hostid) };
}
