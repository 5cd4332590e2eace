import type { Command } from "commander";
import type { CliCommand } from "../command.ts";
import { whereFindings } from "../help/notes.ts";
import { type Io, UsageError } from "../io.ts";
import { colorOption, secretsOption } from "../options/common.ts";
import { outputFormatOption } from "../options/format.ts";
import { repeatedOption } from "../options/list.ts";
import { addSubcommands } from "../options/subcommands.ts";
import { forceOption, writeOption } from "../options/write.ts";
import { type AppendOptions, appendOption } from "../vars/append.ts";
import { type ExportOptions, exportVariables, importVariables, type VariableChoice } from "../vars/copy.ts";
import { deleteVariables } from "../vars/delete.ts";
import { type ListOptions, listVariables } from "../vars/list.ts";
import { pathBytes } from "../vars/path-value.ts";
import { type SetAttemptsOptions, setAttempts } from "../vars/set-attempts.ts";
import { type SetOneOptions, setVariable } from "../vars/set-one.ts";
import { showVariables, type VarsShowOptions } from "../vars/show.ts";
import { type EditArguments, editStoreFile } from "../vars/store-file.ts";
import { defineCheck } from "./vars/check.ts";
import { defineCreate } from "./vars/create.ts";
import { addEditOptions, guidOption, hostIdOption, readBoot, storeArgument } from "./vars/options.ts";

/** `nbft vars`: firmware variables in files, without a firmware. */
export default {
  define(command: Command, io: Io, argv: readonly string[]): void {
    addSubcommands(command, io, argv, [
      ["list", "list the variables of a store", defineList],
      ["show", "show what variables say", defineShow],
      ["set", "write attempts, boot options, or any variable", defineSet],
      ["append", "add a boot option: a free number, and its place in BootOrder", defineAppend],
      ["delete", "remove variables", defineDelete],
      ["create", "make an empty store, bit for bit as a build ships it", defineCreate],
      ["compact", "give back the space of replaced and deleted variables", defineCompact],
      ["check", "check a store and the NVMe-oF variables in it", defineCheck],
      ["export", "write variables as QEMU's JSON or for the UEFI shell's dmpstore", defineExport],
      ["import", "copy variables from another store", defineImport],
    ]);
  },
  manual: {
    examples: [
      ["nbft vars list OVMF_VARS.fd", "lists the variables of a store"],
      ["nbft vars set OVMF_VARS.fd --attempts boot.yaml", "programs boot attempts"],
      ["nbft vars check OVMF_VARS.fd", "checks the store and its attempts"],
    ],
    one: `check: ${whereFindings}`,
    files: [["STORE.bak", "the store as it was before it was changed in its place"]],
  },
} satisfies CliCommand;

function defineList(command: Command, io: Io): void {
  command
    .argument(...storeArgument)
    .addOption(outputFormatOption(["text", "json"]))
    .addOption(colorOption())
    .option("-a, --all", "replaced, deleted and unfinished records too")
    .action((path: string, options: ListOptions) => listVariables(io, path, options));
}

function defineShow(command: Command, io: Io): void {
  command
    .argument(...storeArgument)
    .argument("[name...]", "variables to show (default: those of NVMe-oF, of the network and of the boot order)")
    .addOption(
      outputFormatOption(["text", "json", "config"], "how to show them; config is the text that setattempt reads"),
    )
    .addOption(guidOption())
    .addOption(hostIdOption())
    .option("--left-over", "show the bytes after the NUL of texts")
    .addOption(secretsOption())
    .addOption(colorOption())
    .action((path: string, names: string[], options: VarsShowOptions) => showVariables(io, path, names, options));
}

function defineSet(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .argument("[name]", "the variable to write")
    .option("--attempts <file>", "write the attempts of a Config, a boot description or another store")
    .option("--no-companions", "with --attempts: leave out the VLAN and IPv6 variables that attempts need")
    .addOption(hostIdOption())
    .addOption(guidOption())
    .option(
      "--attributes <letters>",
      "attributes such as NV+BS+RT, or a number (default: those it has, else by its vendor)",
    )
    .option("--value <text>", "content in words: a boot order, a VLAN list, a policy, a time-out")
    .option("--hex <digits>", "content in hexadecimal")
    .option("--data <file>", "content from a file")
    .addOption(repeatedOption("--path <path>", "device path, for a boot option"))
    .option("--description <text>", "with --path: description of the boot option")
    .option("--optional-data <digits>", "with --path: what the loader gets, in hexadecimal")
    .option("--inactive", "with --path: do not try the option")
    .action((path: string, name: string | undefined, options: SetOptions) => {
      const { attempts } = options;
      if (attempts !== undefined && name === undefined) setAttempts(io, path, attempts, options, readBoot);
      else if (attempts === undefined && name !== undefined) setVariable(io, path, name, options, pathBytes);
      else throw new UsageError("name a variable to write, or a file with --attempts");
    });
}

function defineAppend(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .addOption(repeatedOption("--path <path>", "device path of the boot option"))
    .option("--description <text>", "name of the boot option")
    .option("--optional-data <digits>", "what the loader gets, in hexadecimal")
    .option("--inactive", "do not try the option")
    .option("--first", "put it first in BootOrder (default: last)")
    .action((path: string, options: AppendOptions) => appendOption(io, path, options));
}

type SetOptions = SetOneOptions & SetAttemptsOptions & { readonly attempts?: string };

function defineDelete(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .argument("<name...>", "variables to remove")
    .addOption(guidOption())
    .action((path: string, names: string[], options: EditArguments & VariableChoice) => {
      deleteVariables(io, path, names, options);
    });
}

function defineCompact(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .action((path: string, options: EditArguments) => {
      editStoreFile(io, path, options, () => [{ kind: "compact" }]);
    });
}

function defineExport(command: Command, io: Io): void {
  command
    .argument(...storeArgument)
    .argument("[name...]", "variables to export (default: all)")
    .addOption(
      outputFormatOption(
        ["qemu-json", "dmpstore"],
        "QEMU's uefi-vars JSON, or the file that the UEFI shell's dmpstore -l loads",
      ),
    )
    .addOption(writeOption("write the variables here").default("-"))
    .addOption(forceOption())
    .option("-g, --guid <guid>", "only variables of this vendor")
    .action((path: string, names: string[], options: ExportOptions) => exportVariables(io, path, names, options));
}

function defineImport(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .argument("<file>", "where the variables come from: a store of any kind")
    .argument("[name...]", "variables to copy (default: all)")
    .option("-g, --guid <guid>", "only variables of this vendor")
    .action((path: string, file: string, names: string[], options: EditArguments & VariableChoice) => {
      importVariables(io, path, file, names, options);
    });
}
