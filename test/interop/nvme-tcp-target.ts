import { createServer, type Server, type Socket } from "node:net";

/** A Fabrics Connect command as the target received it. */
export interface SeenConnect {
  readonly queue: number;
  /** 16 bytes in hexadecimal. */
  readonly hostId: string;
  readonly hostNqn: string;
  readonly subsystemNqn: string;
}

/** What a {@link startTarget} serves. */
export interface TargetOptions {
  readonly nqn: string;
  /** UUID of its one namespace, as text. */
  readonly uuid: string;
  readonly disk: Uint8Array;
}

const blockSize = 512;

/** The smallest NVMe/TCP target that a firmware can mount a namespace from; loopback only, reads only. */
export class Target {
  readonly connects: SeenConnect[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  readonly options: TargetOptions;

  constructor(options: TargetOptions) {
    this.options = options;
    this.server = createServer((socket) => this.serve(socket));
  }

  /** Listens on the first free port that firmware with four digits for a port can reach. */
  async listen(): Promise<number> {
    for (let port = 4420; port < 9999; port++) {
      const free = await new Promise<boolean>((resolve) => {
        this.server.once("error", () => resolve(false));
        this.server.listen(port, "127.0.0.1", () => resolve(true));
      });
      if (free) return port;
    }
    throw new Error("no free port below 10000");
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    const queue = new Queue(this, socket);
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 8 && pending.length >= pending.readUInt32LE(4)) {
        const length = Math.max(8, pending.readUInt32LE(4));
        queue.receive(pending.subarray(0, length));
        pending = pending.subarray(length);
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.sockets.delete(socket));
  }
}

/** One queue: the admin queue or one for reads. */
class Queue {
  private readonly target: Target;
  private readonly socket: Socket;
  private id = 0;
  private configuration = 0;

  constructor(target: Target, socket: Socket) {
    this.target = target;
    this.socket = socket;
  }

  receive(pdu: Buffer): void {
    if (pdu[0] === 0) this.send(1, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 2, 0]), Buffer.alloc(112)]), 128);
    if (pdu[0] !== 4) return;
    const command = pdu.subarray(8, 72);
    const data = pdu.subarray(pdu[3] || 72);
    const opcode = command[0]!;
    if (opcode === 0x7f) this.fabrics(command, data);
    else if (this.id === 0) this.admin(opcode, command);
    else if (opcode === 2) this.read(command);
    else this.complete(command);
  }

  private fabrics(command: Buffer, data: Buffer): void {
    switch (command[4]) {
      case 1: {
        this.id = command.readUInt16LE(42);
        const text = (start: number) => data.subarray(start, data.indexOf(0, start)).toString();
        const seen = {
          queue: this.id,
          hostId: data.subarray(0, 16).toString("hex"),
          hostNqn: text(512),
          subsystemNqn: text(256),
        };
        this.target.connects.push(seen);
        this.complete(command, seen.subsystemNqn === this.target.options.nqn ? 0 : 0x4182, 1n);
        return;
      }
      case 4: {
        const version = 0x10300n;
        const values: Readonly<Record<number, bigint>> = {
          0: 127n | (1n << 16n) | (10n << 24n) | (1n << 37n),
          8: version,
          20: BigInt(this.configuration),
          28: BigInt(this.configuration & 1),
        };
        this.complete(command, 0, values[command.readUInt32LE(44)] ?? 0n);
        return;
      }
      default:
        if (command.readUInt32LE(44) === 20) this.configuration = command.readUInt32LE(48);
        this.complete(command);
    }
  }

  private admin(opcode: number, command: Buffer): void {
    const feature = command[40]!;
    // Asynchronous events never happen.
    if (opcode === 0x0c) return;
    if (opcode === 6) this.identify(command);
    else this.complete(command, 0, (opcode === 9 || opcode === 10) && feature === 7 ? 0x00030003n : 0n);
  }

  private identify(command: Buffer): void {
    const { nqn, uuid, disk } = this.target.options;
    const page = Buffer.alloc(4096);
    switch (command[40]) {
      case 0: {
        const blocks = BigInt(disk.length / blockSize);
        for (const at of [0, 8, 16]) page.writeBigUInt64LE(blocks, at);
        page.writeUInt32LE(9 << 16, 128);
        break;
      }
      case 1:
        page.write("NBFT0001".padEnd(20), 4);
        page.write("nbft test target".padEnd(40), 24);
        page.write("1".padEnd(8), 64);
        page[77] = 5;
        page.writeUInt16LE(1, 78);
        page.writeUInt32LE(0x10300, 80);
        page[111] = 1;
        page.writeUInt16LE(10, 320);
        page.set([0x66, 0x44], 512);
        page.writeUInt16LE(128, 514);
        page.writeUInt32LE(1, 516);
        page.writeUInt32LE(1 | (1 << 2) | (1 << 20), 536);
        page.write(nqn, 768);
        page.writeUInt32LE((64 + 4096) / 16, 1792);
        page.writeUInt32LE(1, 1796);
        page[1803] = 1;
        break;
      case 2:
        if (command.readUInt32LE(4) < 1) page.writeUInt32LE(1, 0);
        break;
      case 3:
        page.set([3, 16], 0);
        page.write(uuid.replaceAll("-", ""), 4, "hex");
        break;
      default:
        this.complete(command, 2);
        return;
    }
    this.answer(command, page);
  }

  private read(command: Buffer): void {
    const start = Number(command.readBigUInt64LE(40)) * blockSize;
    const length = (command.readUInt16LE(48) + 1) * blockSize;
    this.answer(command, Buffer.from(this.target.options.disk.subarray(start, start + length)));
  }

  private answer(command: Buffer, data: Buffer): void {
    for (let at = 0; at < data.length; at += 32768) {
      const part = data.subarray(at, at + 32768);
      const head = Buffer.alloc(16);
      head.writeUInt16LE(command.readUInt16LE(2), 0);
      head.writeUInt32LE(at, 4);
      head.writeUInt32LE(part.length, 8);
      this.send(7, Buffer.concat([head, part]), 24, at + part.length === data.length ? 4 : 0, 24);
    }
    this.complete(command);
  }

  private complete(command: Buffer, status = 0, result = 0n): void {
    const entry = Buffer.alloc(16);
    entry.writeBigUInt64LE(result, 0);
    entry.writeUInt16LE(this.id, 10);
    entry.writeUInt16LE(command.readUInt16LE(2), 12);
    entry.writeUInt16LE((status << 1) & 0xffff, 14);
    this.send(5, entry, 24);
  }

  private send(type: number, body: Buffer, headerLength: number, flags = 0, dataOffset = 0): void {
    const head = Buffer.from([type, flags, headerLength, dataOffset, 0, 0, 0, 0]);
    head.writeUInt32LE(8 + body.length, 4);
    this.socket.write(Buffer.concat([head, body]));
  }
}
