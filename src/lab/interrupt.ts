import { type Children, createChildren } from "./children.ts";
import { LabError } from "./errors.ts";

/**
 * Does work whose programs end with it: when it is done, when it fails, and when this process is told to stop (SIGINT, SIGTERM, SIGHUP). A second
 * signal ends this process at once; even then, and after SIGKILL, nothing stays behind.
 *
 * @throws {LabError} when a signal stopped it.
 */
export async function withChildren<T>(work: (children: Children) => Promise<T>): Promise<T> {
  const children = createChildren();
  let stoppedBy: string | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppedBy !== undefined) process.exit(130);
    stoppedBy = signal;
    void children.stop();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const stopped = () => new LabError(`stopped by ${stoppedBy}; every program that was started is gone`);
  try {
    const result = await work(children);
    // A machine that was ended may look like one that ended by itself.
    if (stoppedBy !== undefined) throw stopped();
    return result;
  } catch (error) {
    throw stoppedBy === undefined ? error : stopped();
  } finally {
    await children.close();
    for (const signal of signals) process.off(signal, onSignal);
  }
}
