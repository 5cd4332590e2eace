import type { Command } from "commander";
import type { CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { defineCheck } from "./vars/check.ts";
import { defineCreate } from "./vars/create.ts";
import { defineCompact, defineDelete, defineImport } from "./vars/edit.ts";
import { defineExport } from "./vars/export.ts";
import { defineList } from "./vars/list.ts";
import { defineSet } from "./vars/set.ts";
import { defineShow } from "./vars/show.ts";

/** `nbft vars`: firmware variables in files, without a firmware. */
export default {
  define(command: Command, io: Io): void {
    const add = (name: string, summary: string, define: (command: Command, io: Io) => void) => {
      define(command.command(name).summary(summary).description(summary), io);
    };
    add("list", "list the variables of a store", defineList);
    add("show", "show what variables say", defineShow);
    add("set", "write attempts, boot options, or any variable", defineSet);
    add("delete", "remove variables", defineDelete);
    add("create", "make an empty store, bit for bit as a build ships it", defineCreate);
    add("compact", "give back the space of replaced and deleted variables", defineCompact);
    add("check", "check a store and the NVMe-oF variables in it", defineCheck);
    add("export", "write variables as QEMU's JSON or for the UEFI shell's dmpstore", defineExport);
    add("import", "copy variables from another store", defineImport);
  },
} satisfies CliCommand;
