import type { CommandGroup, RowAction } from "../command.ts";
import { whereFindings } from "../help/notes.ts";
import { UsageError } from "../io.ts";
import {
  type AppendOptions,
  appendRows,
  type EditArguments,
  type ExportOptions,
  editRows,
  exportRows,
  guidRow,
  type ListOptions,
  listRows,
  type SetOptions,
  setRows,
  showRows,
  storeArgument,
  type VariableChoice,
  type VarsShowOptions,
  vendorRow,
} from "../options/vars-rows.ts";
import { appendOption } from "../vars/append.ts";
import { exportVariables, importVariables } from "../vars/copy.ts";
import { deleteVariables } from "../vars/delete.ts";
import { listVariables } from "../vars/list.ts";
import { pathBytes } from "../vars/path-value.ts";
import { setAttempts } from "../vars/set-attempts.ts";
import { setVariable } from "../vars/set-one.ts";
import { showVariables } from "../vars/show.ts";
import { editStoreFile } from "../vars/store-file.ts";
import { checkAction } from "./vars/check.ts";
import { createAction } from "./vars/create.ts";
import { readBoot } from "./vars/read-boot.ts";

const list: RowAction<ListOptions> = {
  words: [storeArgument],
  rows: listRows,
  run: ([path], options, io) => listVariables(io, path!, options),
};

const show: RowAction<VarsShowOptions> = {
  words: [
    storeArgument,
    ["[name...]", "variables to show (default: those of NVMe-oF, of the network and of the boot order)"],
  ],
  rows: showRows,
  run: ([path, ...names], options, io) => showVariables(io, path!, names, options),
};

const set: RowAction<SetOptions> = {
  words: [storeArgument, ["[name]", "the variable to write"]],
  rows: setRows,
  run([path, name], options, io) {
    const { attempts } = options;
    if (attempts !== undefined && name === undefined) setAttempts(io, path!, attempts, options, readBoot);
    else if (attempts === undefined && name !== undefined)
      setVariable(io, path!, name, options, (...given) => pathBytes(...given));
    else throw new UsageError("name a variable to write, or a file with --attempts");
  },
};

const append: RowAction<AppendOptions> = {
  words: [storeArgument],
  rows: appendRows,
  run: ([path], options, io) => appendOption(io, path!, options),
};

const remove: RowAction<EditArguments & VariableChoice> = {
  words: [storeArgument, ["<name...>", "variables to remove"]],
  rows: [...editRows, guidRow],
  run: ([path, ...names], options, io) => deleteVariables(io, path!, names, options),
};

const compact: RowAction<EditArguments> = {
  words: [storeArgument],
  rows: editRows,
  run([path], options, io) {
    editStoreFile(io, path!, options, () => [{ kind: "compact" }]);
  },
};

const exportAll: RowAction<ExportOptions> = {
  words: [storeArgument, ["[name...]", "variables to export (default: all)"]],
  rows: exportRows,
  run: ([path, ...names], options, io) => exportVariables(io, path!, names, options),
};

const importSome: RowAction<EditArguments & VariableChoice> = {
  words: [
    storeArgument,
    ["<file>", "store of any kind to copy from"],
    ["[name...]", "variables to copy (default: all)"],
  ],
  rows: [...editRows, vendorRow],
  run: ([path, file, ...names], options, io) => importVariables(io, path!, file!, names, options),
};

/** `nbft vars`: firmware variables in files, without a firmware. */
export default {
  subcommands: [
    ["list", "list the variables of a store", list],
    ["show", "show the contents of variables", show],
    ["set", "write attempts, boot options, or any variable", set],
    ["append", "add a boot option with a free number, and add it to BootOrder", append],
    ["delete", "remove variables", remove],
    ["create", "make an empty store, identical to the one a build ships", createAction],
    ["compact", "free the space of replaced and deleted variables", compact],
    ["check", "check a store and the NVMe-oF variables in it", checkAction],
    ["export", "write variables as QEMU's JSON or for the UEFI shell's dmpstore", exportAll],
    ["import", "copy variables from another store", importSome],
  ],
  manual: {
    examples: [
      ["nbft vars list OVMF_VARS.fd", "lists the variables of a store"],
      ["nbft vars set OVMF_VARS.fd --attempts boot.yaml", "programs boot attempts"],
      ["nbft vars check OVMF_VARS.fd", "checks the store and its attempts"],
    ],
    one: `check: ${whereFindings}`,
    files: [["STORE.bak", "the store as it was before it was changed in its place"]],
  },
} satisfies CommandGroup;
