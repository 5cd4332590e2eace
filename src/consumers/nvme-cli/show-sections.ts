/** Which sections `nvme nbft show` prints: `-s`, `-H`, `-d`; all three when none is asked for. */
export interface ShowOptions {
  /** Subsystems (`-s`). */
  readonly subsystem?: boolean;
  /** Host fabric interfaces (`-H`). */
  readonly hfi?: boolean;
  /** Discovery controllers (`-d`). */
  readonly discovery?: boolean;
}

/** Which sections are printed. */
export type Sections = Required<ShowOptions>;

/** The sections that some options ask for. */
export function sections({ subsystem = false, hfi = false, discovery = false }: ShowOptions): Required<ShowOptions> {
  const all = !(subsystem || hfi || discovery);
  return { subsystem: all || subsystem, hfi: all || hfi, discovery: all || discovery };
}

/**
 * PCI address as nvme-cli prints it: segment, bus, device and function.
 *
 * @param withSegment whether the release prints the segment, the upper 16 bits, or 0 for every one
 */
export function nvmeCliPciAddress(sbdf: number, withSegment: boolean): string {
  const part = (value: number) => value.toString(16);
  return `${part(withSegment ? sbdf >>> 16 : 0)}:${part((sbdf >> 8) & 0xff)}:${part((sbdf >> 3) & 0x1f)}.${part(sbdf & 7)}`;
}
