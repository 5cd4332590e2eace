import type { Diagnostic } from "../../diagnostic.ts";
import { ruleTable } from "../../rule-info.ts";

/** Rules about the target of a boot description: what Linux's nvmet cannot do of it, or does otherwise. */
export const targetRules = ruleTable(
  { doc: "Linux drivers/nvme/target", rev: "6.12" },
  {
    N002: {
      name: "target-eui64",
      severity: "warning",
      summary: "No namespace of the target needs an EUI-64.",
      why: "nvmet has attributes for UUID and NGUID only: a host sees no EUI-64, and a reader that matches the NID by it finds nothing.",
      hint: "Identify the namespace by UUID or NGUID",
    },
    N003: {
      name: "target-discovery",
      severity: "warning",
      summary: "A discovery controller is at a portal of its subsystem.",
      why: "nvmet's discovery controller lists the subsystems of its own port, not of others.",
      hint: "The subsystem is offered there, too; add the discovery controller's portal to it for the same result",
    },
    N004: {
      name: "target-zone",
      severity: "warning",
      summary: "The interface of a link-local address is given.",
      why: "Without it, nvmet cannot listen on a link-local address.",
      hint: "Name it with --zone",
    },
    N005: {
      name: "target-digest",
      severity: "info",
      summary: "No target demands header or data digests.",
      why: "nvmet grants the digests that a host requests, but cannot demand them.",
      hint: "Nothing is wrong; the target needs the kernel's crc32c, which the configfs script loads",
    },
    N006: {
      name: "target-any-host",
      severity: "error",
      summary: "A target that demands authentication names the hosts that may connect.",
      why: "nvmet demands authentication for each host: a host without an entry connects without it.",
      hint: "Name the hosts that may connect: allowHosts",
    },
    N007: {
      name: "target-secret",
      severity: "error",
      summary: "A target that demands authentication names the file of the host's secret.",
      why: "nvmet demands authentication only from a host whose secret it has.",
      hint: "nbft secret make -w host.key, and hostSecret: host.key",
    },
    N008: {
      name: "target-two-secrets",
      severity: "error",
      summary: "A host has the same secrets, hash and DH group at every target.",
      why: "nvmet keeps one set for each host, for all subsystems.",
      hint: "Name the same secrets, hash and group for every target of a host",
    },
    N009: {
      name: "target-tls",
      severity: "info",
      summary: "A target with TLS has tlshd and the key.",
      why: "nvmet uses tlshd for each handshake, and tlshd looks up the key in the keyring .nvme.",
      hint: "Run tlshd with the configuration that nbft target -o tlshd prints; load the key with nbft secret derive and nvme tls-key --import",
    },
  },
);

/** A finding about a target. There is no file after it, so offset and length are 0. */
export function targetFinding(
  code: keyof typeof targetRules,
  path: string,
  message: string,
  hint?: string,
): Diagnostic {
  const { name, severity } = targetRules[code];
  return { rule: code, name, severity, path, offset: 0, length: 0, message, ...(hint !== undefined && { hint }) };
}
