/** A program, and what started it, from its parent up: paths, or names where nothing was executed. */
export interface ProgramFacts {
  readonly pid: number;
  readonly path: string;
  readonly startedBy: readonly string[];
}

const mostLines = 20_000;
const deepest = 8;

/**
 * Who made each controller of the fabrics, by the controller's name: from the kernel's trace of `sched_process_exec`, `sched_process_fork` and
 * `console`, which is what the kernel logs together with who was running (Linux, include/trace/events/sched.h and printk.h).
 */
export function readMakers(text: string | undefined): Map<string, ProgramFacts> | undefined {
  if (text === undefined) return undefined;
  const paths = new Map<number, string[]>();
  const parents = new Map<number, { pid: number; name: string }>();
  const made: { name: string; pid: number; task: string }[] = [];
  for (const line of text.split("\n", mostLines)) {
    const exec = /sched_process_exec: filename=(.*) pid=(\d+) old_pid=\d+/.exec(line);
    const fork = /sched_process_fork: comm=(.*) pid=(\d+) child_comm=.* child_pid=(\d+)/.exec(line);
    const connect = /^\s*(.*)-(\d+) +\[\d+\].*: console: nvme (nvme\d+): new ctrl: /.exec(line);
    if (exec) {
      const known = paths.get(Number(exec[2])) ?? [];
      if (!known.includes(exec[1]!)) paths.set(Number(exec[2]), [...known, exec[1]!]);
    }
    if (fork) parents.set(Number(fork[3]), { pid: Number(fork[2]), name: fork[1]! });
    if (connect) made.push({ name: connect[3]!, pid: Number(connect[2]), task: connect[1]! });
  }
  const makers = new Map<string, ProgramFacts>();
  for (const { name, pid, task } of made) {
    const own = paths.get(pid) ?? [];
    // A script that ends in `exec nvme` is the same process.
    const startedBy = own.slice(0, -1).reverse();
    for (let parent = parents.get(pid); parent && startedBy.length < deepest; parent = parents.get(parent.pid)) {
      const program = parent.pid === 1 ? "init" : (paths.get(parent.pid)?.at(-1) ?? parent.name);
      if (startedBy.at(-1) !== program) startedBy.push(program);
      if (parent.pid <= 1) break;
    }
    makers.set(name, { pid, path: own.at(-1) ?? task, startedBy });
  }
  return makers;
}
