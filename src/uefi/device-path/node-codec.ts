/** Text form of one kind of node: `Name(argument,…)`. */
export interface NodeCodec {
  readonly type: number;
  readonly subtype: number;
  /** Names that a text may begin with; a name with its own meaning has a codec of its own. */
  readonly name: string;
  /** Arguments, or undefined when the data are not of this form. */
  format(data: Uint8Array, view: DataView): readonly string[] | undefined;
  /** Data of a node with these arguments, or undefined when they are wrong. */
  parse(args: readonly string[]): Uint8Array | undefined;
  /** What EDK II prints, where that says less. */
  readonly display?: ((data: Uint8Array, view: DataView) => readonly string[] | undefined) | undefined;
}
