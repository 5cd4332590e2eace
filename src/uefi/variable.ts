/** A UEFI variable, wherever it is stored. */
export interface Variable {
  /** Vendor GUID, lower case. */
  readonly guid: string;
  /** Without NUL. */
  readonly name: string;
  /** Bits of EFI_VARIABLE_…, 32 bits (UEFI Specification 2.10, section 8.2.1). */
  readonly attributes: number;
  /** Content of the variable. */
  readonly data: Uint8Array;
  /** EFI_TIME of the last signed write, 16 bytes; absent or zero for variables that need no signature. */
  readonly timestamp?: Uint8Array | undefined;
  /** Count of the last signed write, 64 bits; of authenticated stores only. */
  readonly monotonicCount?: bigint | undefined;
  /** Index of the key in the store's own key list. */
  readonly publicKeyIndex?: number | undefined;
}

/** What identifies a variable: the same name may exist under several vendor GUIDs. */
export type VariableKey = Pick<Variable, "guid" | "name">;

/** One text for one variable key. */
export function variableKey({ guid, name }: VariableKey): string {
  return `${guid}/${name}`;
}

/** The variable with a name of one vendor. */
export function variableOf<V extends Variable>(variables: readonly V[], guid: string, name: string): V | undefined {
  return variables.find((variable) => variable.guid === guid && variable.name === name);
}
