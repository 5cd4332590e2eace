import type { BootNamespace } from "./description.ts";

/** Reports a problem at a path of the document. */
export type ReportProblem = (path: string, message: string) => void;

/** A root path that is made from the target. */
export const fromTarget = "from-target";

/** Default PCI place of the n-th network card: the slots that QEMU's own examples use. */
export function defaultPci(card: number): string {
  return `0000:00:${((card + 3) & 0x1f).toString(16).padStart(2, "0")}.0`;
}

/** The UUID that an NQN ends in, lower case. */
export function uuidIn(nqn: string): string | undefined {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(nqn)?.[0].toLowerCase();
}

/** The identifier that a namespace is best known by: UUID before NGUID before EUI-64. */
export function identifierOf(namespace: BootNamespace | undefined): string | undefined {
  return namespace?.uuid ?? namespace?.nguid ?? namespace?.eui64;
}

/** A sentence about a name that leads nowhere. */
export function unknownName(name: string, what: string, known: readonly { readonly name: string }[]): string {
  const names = known.map((each) => each.name).join(", ");
  return `no ${what} "${name}"${names ? `: there are ${names}` : ""}`;
}
