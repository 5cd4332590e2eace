/** A UEFI variable, wherever it is stored. */
export interface Variable {
  /** Vendor GUID, lower case. */
  readonly guid: string;
  readonly name: string;
  readonly attributes: number;
  readonly data: Uint8Array;
  /** EFI_TIME of the last signed write, 16 bytes; absent or zero for variables that need no signature. */
  readonly timestamp?: Uint8Array | undefined;
  readonly monotonicCount?: bigint | undefined;
  /** Index of the key in the store's own key list. */
  readonly publicKeyIndex?: number | undefined;
}

/** What identifies a variable: the same name may exist under several vendor GUIDs. */
export type VariableKey = Pick<Variable, "guid" | "name">;

/** One text for one variable key. */
export function keyOf({ guid, name }: VariableKey): string {
  return `${guid}/${name}`;
}
