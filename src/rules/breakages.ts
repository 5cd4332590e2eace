import type { Breakage } from "../rule-info.ts";

/** What libnvme does to a table that it cannot use. */
export const rejected: Breakage = {
  who: "libnvme",
  what: "rejects the table; nvme nbft show prints one line about it and exits with 0",
};

/** What libnvme does to a descriptor that it cannot use. */
export function dropped(what: string): Breakage {
  return { who: "libnvme", what: `drops the ${what} without a message` };
}

export function overread(what: string): Breakage {
  return { who: "libnvme up to 3.0-rc1", what: `reads ${what} past the end of the object` };
}

export const pythonRaises: Breakage = {
  who: "python-libnvme",
  what: "nbft_get puts entries at their index - 1 and raises when that leaves a gap",
};
