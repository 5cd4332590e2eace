import { textTables } from "../src/acpi/text-tables.ts";
import { bootOfFirmware } from "../src/boot/from-firmware.ts";
import { tableOfBoot } from "../src/boot/table.ts";
import { decodeText } from "../src/bytes/decode-text.ts";
import { NbftError } from "../src/errors.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { encodeNbft } from "../src/nbft/write/encode.ts";
import { bootOptionsIn, variablesOf } from "../src/sources/boot-options/boot-options.ts";
import { isEfibootmgr, parseEfibootmgr } from "../src/sources/boot-options/parse-efibootmgr.ts";
import { showOfBootOptions } from "../src/sources/boot-options/show-of-boot-options.ts";
import { shownPart } from "../src/sources/show/shown-part.ts";
import { tableOfShow } from "../src/sources/show/table-of-show.ts";
import { sourceTextOf } from "../src/sources/text-forms.ts";
import { encodeDmpstore } from "../src/uefi/files/dmpstore.ts";
import { encodeNvVars } from "../src/uefi/files/nvvars.ts";
import { readVariables } from "../src/uefi/files/variable-file.ts";
import { checkConfig } from "../src/uefi/setattempt/check-config.ts";
import type { Target } from "./target.ts";

const text = (content: string) => new TextEncoder().encode(content);

/** Whatever people post or keep, checked by its content and read as far as it goes: a table comes of it, or an error of the library's. */
function sourceText(seeds: readonly Uint8Array[]): Target {
  return {
    name: "source-text",
    seeds: [...seeds, testPlan()],
    words: [
      '"subsystem":[',
      "<pre>",
      "<br>&nbsp;",
      "&#x34;&lt;",
      "\u001b[31m",
      "\u00a0",
      "b'NBFT\\x",
      "'\n '",
      "78, 66, 70, 84, ",
      "\n78\n66\n70\n84\n",
      "0x4e, 0x42, 0x46, 0x54",
      "@@ -1 +1 @@\n",
      "Idx|NQN|Trsp|Address|SvcId|HFIs\n",
      "Boot0001* x\t",
      "BootOrder: 0001\n",
      "/IPv4(",
      "$Start\n",
      "May 25 14:02:11 a b[1]: ",
    ].map(text),
    run: (bytes) => {
      const { text: content } = decodeText(bytes);
      const source = sourceTextOf(content);
      if (source.kind === "show") {
        for (const show of source.shows)
          shownPart(
            sound(() => encodeNbft(tableOfShow(show).table)),
            show,
          );
      } else if (source.kind === "config")
        sound(() => encodeNbft(tableOfBoot(bootOfFirmware(checkConfig(bytes).config).description)));
      else if (source.kind === "test plan")
        for (const { config } of source.boots)
          ofOwn(() => sound(() => encodeNbft(tableOfBoot(bootOfFirmware(config).description))));
      else if (source.kind === "tables") textTables(content);
    },
  };
}

/** Boot options, as efibootmgr prints them and as a store has them. */
function bootOptions(seeds: readonly Uint8Array[]): Target {
  const stores = seeds.flatMap((bytes) => {
    try {
      const variables = readVariables(bytes);
      return [encodeDmpstore(variables), encodeNvVars(variables)];
    } catch {
      return [];
    }
  });
  return {
    name: "boot-options",
    seeds: [...seeds, ...stores],
    words: [text("dp: "), text("data: "), text('"time": null'), text("/NVMEoF("), text("VenHw("), text("MAC(")],
    run: (bytes) => {
      const { text: content } = decodeText(bytes);
      if (isEfibootmgr(content)) {
        const shown = parseEfibootmgr(content);
        variablesOf(shown);
        tableFrom(shown);
      } else tableFrom(bootOptionsIn(readVariables(bytes)));
    },
  };
}

function tableFrom(options: Parameters<typeof showOfBootOptions>[0]): void {
  const show = showOfBootOptions(options);
  if (show) sound(() => encodeNbft(tableOfShow(show).table));
}

/** A table that was made must be one. */
function sound(make: () => Uint8Array): Uint8Array {
  const bytes = make();
  readNbft(bytes);
  return bytes;
}

function ofOwn(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
  }
}

function testPlan(): Uint8Array {
  const attempt = {
    macAddress: "default",
    hostIp: "default",
    targetIp: "192.0.2.3",
    subsystemNQN: "default",
    port: 4421,
  };
  const network = {
    br1: { hypervisorIp: "10.1.0.1", targetVmIp: "10.1.0.20/24", hostVmIp: "10.1.0.30", subnetMask: 16 },
  };
  return text(
    JSON.stringify({
      environments: [{ name: "Lab", network, tests: [{ name: "One", bootAttempts: [attempt, attempt] }] }],
    }),
  );
}

/**
 * The readers of what people have in place of a table.
 *
 * @param forms texts of test/vectors/forms, and Configs
 */
export function sourceTargets(forms: readonly Uint8Array[]): Target[] {
  const options = forms.filter((bytes) => /BootOrder|"guid"/.test(decodeText(bytes).text));
  return [sourceText(forms), bootOptions(options)];
}
