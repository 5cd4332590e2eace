import type { Speed } from "./acceleration.ts";

/**
 * What makes an emulated guest faster and sound: translated code can be used again when programs lie at the same addresses; a clock that is not
 * doubted keeps the kernel from patching itself while its other processor runs, which emulation does not always survive; and on a busy machine a
 * kernel that measures its timer and its clock for itself panics, or has a clock that runs several times too fast.
 */
export function tcgProfile({ acceleration, tscKhz }: Speed): string {
  if (acceleration !== "tcg") return "";
  const rate = tscKhz === undefined ? "" : `tsc_early_khz=${tscKhz} `;
  return `norandmaps mitigations=off no_timer_check tsc=reliable ${rate}`;
}

/**
 * For guests whose system is not itself looked at, less as well of what costs an emulated processor seconds and says nothing about a boot: pages
 * cleared twice, statistics, hooks of security modules, tests of ciphers.
 */
export function leanTcgProfile(speed: Speed): string {
  const less = "init_on_alloc=0 psi=0 rcupdate.rcu_expedited=1 nowatchdog audit=0 lsm=capability cryptomgr.notests ";
  return speed.acceleration === "tcg" ? tcgProfile(speed) + less : "";
}
