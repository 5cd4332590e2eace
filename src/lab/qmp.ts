import { connect } from "node:net";
import { createInterface } from "node:readline";

/** QEMU's arguments for a monitor at a socket in the folder that it runs in. */
export function monitorArguments(socket: string): string[] {
  return ["-qmp", `unix:${socket},server=on,wait=off`];
}

/**
 * Gives a running QEMU one command over its monitor (QEMU Machine Protocol).
 *
 * @returns whether it did it; a monitor that does not answer in `seconds` did not.
 */
export function executeQmp(
  socket: string,
  execute: string,
  args: Readonly<Record<string, unknown>>,
  seconds = 20,
): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const timer = setTimeout(() => finish(false), seconds * 1000);
    const finish = (done: boolean) => {
      clearTimeout(timer);
      connection.destroy();
      resolve(done);
    };
    const send = (command: object) => connection.write(`${JSON.stringify(command)}\n`);
    let answers = 0;
    const lines = createInterface({ input: connection });
    lines.on("line", (line) => {
      const answer = parse(line);
      if ("QMP" in answer) send({ execute: "qmp_capabilities" });
      else if ("error" in answer) finish(false);
      else if ("return" in answer) {
        answers += 1;
        if (answers === 2) finish(true);
        else send({ execute, arguments: args });
      }
    });
    lines.on("error", () => finish(false));
    connection.on("error", () => finish(false));
    connection.on("close", () => finish(false));
  });
}

function parse(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
