import type { Children } from "./children.ts";
import { findProgram, needProgram } from "./programs.ts";

/** How a program can be run with another root folder. */
export type ChrootWay = "user-namespace" | "mount-namespace" | "chroot" | "none";

/** What chroot ways are tried in, best first, for this user. */
export async function probeChroot(children: Children): Promise<ChrootWay> {
  const unshare = findProgram("unshare");
  const works = async (...flags: string[]) =>
    unshare !== undefined &&
    (
      await children.spawn(unshare, [
        ...flags,
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "/bin/sh",
        "-c",
        "mount -t proc proc /proc",
      ]).ended
    ).code === 0;
  const root = process.getuid?.() === 0;
  if (root && (await works())) return "mount-namespace";
  if (await works("--user", "--map-root-user")) return "user-namespace";
  return root ? "chroot" : "none";
}

/** A container's root that may not mount: the few device nodes that programs cannot do without are made, and there is no /proc. */
const plain = `
tree=$1; shift
mkdir -p "$tree/proc" "$tree/dev"
[ -c "$tree/dev/null" ] || mknod -m 666 "$tree/dev/null" c 1 3 || exit 1
[ -c "$tree/dev/zero" ] || mknod -m 666 "$tree/dev/zero" c 1 5
[ -c "$tree/dev/urandom" ] || mknod -m 666 "$tree/dev/urandom" c 1 9
[ -e "$tree/dev/fd" ] || ln -s /proc/self/fd "$tree/dev/fd"
exec chroot "$tree" "$@"
`;

const isolated = `
tree=$1; shift
mount -t proc proc "$tree/proc" && mount --rbind /sys "$tree/sys" && mount --rbind /dev "$tree/dev" && mount -t tmpfs tmpfs "$tree/var/tmp" || exit 1
exec chroot "$tree" "$@"
`;

/**
 * Runs a shell script with a folder as its root. The folder belongs to the caller, who needs no rights where user namespaces work.
 *
 * @param log takes the output of the script.
 * @throws {ProgramError} when the script fails.
 */
export async function runInTree(
  way: Exclude<ChrootWay, "none">,
  tree: string,
  script: string,
  log: string,
  children: Children,
): Promise<void> {
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/", LC_ALL: "C" };
  const command = [tree, "/bin/sh", "-ec", script];
  if (way === "chroot") {
    await children.run("/bin/sh", ["-c", plain, "nbft-chroot", ...command], { env, log });
    return;
  }
  const user = way === "user-namespace" ? ["--user", "--map-root-user"] : [];
  const unshare = needProgram("unshare", "runs dracut apart from this system");
  const flags = [...user, "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", isolated, "nbft-chroot"];
  await children.run(unshare, [...flags, ...command], { env, log });
}
