import { spawnSync } from "node:child_process";
import { existsSync, fchmodSync, fchownSync, fstatSync, type Stats, statSync } from "node:fs";

/**
 * Gives a new file the mode, owner, group, access control list and extended attributes (SELinux's label is one) of another.
 * For the last two, for which Node.js has no call, it runs `cp` of GNU coreutils; outside Linux they are left.
 *
 * @param fd the new file, open.
 * @returns what the new file did not get, in words, each with how to get it.
 */
export function copyAttributes(from: string, to: string, fd: number): string[] {
  const old = statSync(from);
  const ids = `${old.uid}:${old.gid}`;
  // Owner and group first: a change of them clears bits of the mode.
  const hasBoth = chown(fd, old.uid, old.gid);
  const hasGroup = hasBoth || chown(fd, -1, old.gid);
  const what = [...(fstatSync(fd).uid === old.uid ? [] : ["owner"]), ...(hasGroup ? [] : ["group"])];
  const lost = hasBoth ? [] : [`${what.join(" and ")} (chown ${ids} as root restores it)`];
  const trouble = process.platform === "linux" ? copyWithCp(from, to) : undefined;
  if (trouble !== undefined) lost.push(`access control list and extended attributes, if it had any (${trouble})`);
  if (trouble !== undefined || process.platform !== "linux" || !hasGroup) fchmodSync(fd, modeFor(old, hasGroup));
  return lost;
}

/** What one group was allowed is not for another one: that gets what everybody has. */
function modeFor({ mode }: Stats, hasGroup: boolean): number {
  return hasGroup ? mode & 0o7777 : (mode & 0o1707) | ((mode & 0o007) << 3);
}

function chown(fd: number, uid: number, gid: number): boolean {
  try {
    fchownSync(fd, uid, gid);
    return true;
  } catch (error) {
    if (["EPERM", "EINVAL", "ENOSYS", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Mode, access control list, extended attributes; a sentence when something of it failed. */
function copyWithCp(from: string, to: string): string | undefined {
  // Labels have a word of their own, which cp refuses where the kernel has none.
  const label = existsSync("/sys/fs/selinux/enforce") || existsSync("/sys/fs/smackfs/load2") ? ",context" : "";
  const { error, status, stderr } = spawnSync(
    "cp",
    ["--attributes-only", `--preserve=mode,xattr${label}`, "--", from, to],
    { env: { ...process.env, LC_ALL: "C" }, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8", timeout: 10_000 },
  );
  if (error) return `cp of GNU coreutils does not run: ${error.message}`;
  if (status === 0) return undefined;
  const [line = ""] = stderr.split("\n");
  if (/unrecognized|invalid option/.test(line)) return "it takes cp of GNU coreutils";
  return line.replace(/^cp: /, "").replaceAll(to, from);
}
