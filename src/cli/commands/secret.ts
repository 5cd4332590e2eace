import type { CliCommand } from "../command.ts";
import { checkAction } from "./secret/check.ts";
import { deriveAction } from "./secret/derive.ts";
import { makeAction } from "./secret/make.ts";

/** `nbft secret`: secrets of DH-HMAC-CHAP and TLS, in the forms that hosts and arrays exchange. */
export default {
  subcommands: [
    ["make", "make a random secret and write it to a file that only its owner reads", makeAction],
    ["check", "check secrets: form, length, CRC-32; the identity of a TLS key", checkAction],
    ["derive", "write the line of tls-keys that a keyring is loaded from", deriveAction],
  ],
  manual: {
    examples: [
      ["nbft secret make -w host.key", "makes a key for DH-HMAC-CHAP"],
      ["nbft secret check host.key", "checks it, without printing it"],
    ],
    one: "check: a key is wrong",
  },
} satisfies CliCommand;
