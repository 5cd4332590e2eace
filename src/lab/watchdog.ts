import { type ChildProcess, spawn } from "node:child_process";

/**
 * Ends children and removes folders when this process is gone in whatever way, `kill -9` included: a small shell in a session of its own holds the
 * other end of a pipe; when the pipe closes silently, it kills every process group that it was told of and removes the folders.
 */
export interface Watchdog {
  /** A process group to end, by the id of its leader. */
  add(pid: number): void;
  /** That group has ended: its id may belong to somebody else from now on. */
  remove(pid: number): void;
  /** A folder to remove. */
  addFolder(path: string): void;
  /** The folder is to stay. */
  keepFolder(path: string): void;
  /** Nothing is left to do: the shell ends without touching anything. */
  dismiss(): void;
}

/** One verb a line; the folder is last on its line and may hold blanks. Only what sh itself has, kill and rm. */
const script = `
trap '' HUP INT TERM
pids=' ' n=0
while read -r verb value; do
  case $verb in
  add) pids="$pids$value " ;;
  remove) case $pids in *" $value "*) pids="\${pids%%" $value "*} \${pids#*" $value "}" ;; esac ;;
  folder) n=$((n+1)); eval "folder$n=\\$value" ;;
  keep) i=0; while [ $i -lt $n ]; do i=$((i+1)); eval "old=\\$folder$i"; [ "$old" = "$value" ] && eval "folder$i="; done ;;
  dismiss) exit 0 ;;
  esac
done
for p in $pids; do kill -9 "-$p" 2>/dev/null || kill -9 "$p" 2>/dev/null; done
i=0
while [ $i -lt $n ]; do i=$((i+1)); eval "old=\\$folder$i"; [ -n "$old" ] && rm -rf -- "$old"; done
exit 0
`;

/** Starts the shell. It costs one sleeping process and never keeps this one from ending. */
export function startWatchdog(): Watchdog {
  const child: ChildProcess = spawn("/bin/sh", ["-c", script, "nbft-watchdog"], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
  });
  // Without a shell there is no watchdog; the children are then ended by the signals that this process sees.
  child.on("error", () => {});
  child.stdin?.on("error", () => {});
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  const tell = (line: string) => child.stdin?.write(`${line}\n`);
  return {
    add: (pid) => tell(`add ${pid}`),
    remove: (pid) => tell(`remove ${pid}`),
    addFolder: (path) => tell(`folder ${line(path)}`),
    keepFolder: (path) => tell(`keep ${line(path)}`),
    dismiss: () => {
      tell("dismiss");
      child.stdin?.end();
    },
  };
}

function line(path: string): string {
  if (/[\n\0]/.test(path) || !path.startsWith("/")) throw new TypeError(`not a path that can be watched: ${path}`);
  return path;
}
