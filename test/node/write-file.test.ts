import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { editFile } from "../../src/node/edit-file.ts";
import { FileChangedError, FileError, FileLockedError } from "../../src/node/file-error.ts";
import { writeFileAtomic } from "../../src/node/write-file.ts";
import { needs } from "../helpers/needs.ts";
import { buildProgram } from "../helpers/program.ts";

const built = mkdtempSync(join(tmpdir(), "nbft-write-program-"));
/** A program that writes FILE, or appends COUNT lines to it, one edit each. */
const program = join(built, "program.cjs");
beforeAll(async () => {
  const contents = `
    import { editFile } from "./src/node/edit-file.ts";
    import { writeFileAtomic } from "./src/node/write-file.ts";
    const [action, file, text, count] = process.argv.slice(2);
    if (action === "write") writeFileAtomic(file, text);
    else for (let i = 0; i < Number(count); i++) editFile(file, (before) => Buffer.concat([before, Buffer.from(text + i + "\\n")]));`;
  await buildProgram(contents, program);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

let folder: string;
let file: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nbft-write-"));
  file = join(folder, "file");
  umask = process.umask(0o022);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

const text = (path: string) => readFileSync(path, "utf8");
const bytes = (content: string) => new TextEncoder().encode(content);
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
/** An edit that gives a content. */
const to = (content: string) => () => bytes(content);

const isRoot = needs("root", process.getuid?.() === 0, "files of other owners");
const gnu = spawnSync("cp", ["--version"], { encoding: "utf8" }).stdout?.includes("coreutils") ?? false;
/** Runs some Python over files; undefined where there is none. */
function python(program: string, ...words: string[]): string | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", `import os, struct, sys\n${program}`, ...words], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}
/** Whether extended attributes and access control lists can be set here. */
const attributesCanBeSet = needs("extended attributes", canSetAttributes(), "files with extended attributes");
function canSetAttributes(): boolean {
  const scratch = mkdtempSync(join(tmpdir(), "nbft-attributes-"));
  writeFileSync(join(scratch, "x"), "");
  const can = gnu && python("os.setxattr(sys.argv[1], 'user.a', b'b')", join(scratch, "x")) !== undefined;
  rmSync(scratch, { recursive: true, force: true });
  return can;
}

describe.each([
  ["writeFileAtomic", (content: string) => writeFileAtomic(file, content)],
  ["editFile", (content: string) => editFile(file, to(content))],
] as const)("%s over a file", (_, write) => {
  it.each(["600", "660", "666", "640", "444", "755"])("keeps mode %s, whatever the umask", (mode) => {
    writeFileSync(file, "old");
    chmodSync(file, Number.parseInt(mode, 8));
    expect(write("new").lost).toEqual([]);
    expect([text(file), modeOf(file)]).toEqual(["new", mode]);
  });

  it.skipIf(!isRoot)("keeps owner and group", () => {
    writeFileSync(file, "old");
    chownSync(file, 65534, 65533);
    chmodSync(file, 0o660);
    expect(write("new").lost).toEqual([]);
    const { uid, gid } = statSync(file);
    expect([text(file), uid, gid, modeOf(file)]).toEqual(["new", 65534, 65533, "660"]);
  });

  it.skipIf(!attributesCanBeSet)("keeps extended attributes and the access control list", () => {
    writeFileSync(file, "old");
    // user::rw- user:65534:rw- group::r-- mask::rw- other::r--, as Linux stores it.
    const set = `
acl = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in [(1,6,2**32-1),(2,6,65534),(4,4,2**32-1),(16,6,2**32-1),(32,4,2**32-1)])
os.setxattr(sys.argv[1], 'user.label', b'v')
os.setxattr(sys.argv[1], 'system.posix_acl_access', acl)`;
    const get = "print([(n, os.getxattr(sys.argv[1], n)) for n in sorted(os.listxattr(sys.argv[1]))])";
    python(set, file);
    const before = python(get, file);
    expect(before).toMatch(/posix_acl_access.*user\.label/);
    expect(write("new").lost).toEqual([]);
    expect([text(file), python(get, file)]).toEqual(["new", before]);
  });

  it("follows a symbolic link, over several steps and folders, and leaves the links", () => {
    mkdirSync(join(folder, "below/deep"), { recursive: true });
    writeFileSync(join(folder, "below/real"), "old");
    symlinkSync("../real", join(folder, "below/deep/second"));
    symlinkSync("below/deep/second", file);
    write("new");
    expect([text(join(folder, "below/real")), readlinkSync(file)]).toEqual(["new", "below/deep/second"]);
    expect(readdirSync(join(folder, "below")).sort()).toEqual(["deep", "real"]);
  });

  it("gives a new file its name only if nothing has it", () => {
    expect(writeFileAtomic(file, "first", { fresh: true }).lost).toEqual([]);
    expect(() => writeFileAtomic(file, "second", { fresh: true })).toThrow(`${file}: exists already; -f overwrites it`);
    expect([text(file), readdirSync(folder)]).toEqual(["first", ["file"]]);
  });

  it("says that other names of the file keep the old content", () => {
    writeFileSync(file, "old");
    linkSync(file, join(folder, "other"));
    expect(write("new").lost).toEqual(["hard links (another name keeps the old content)"]);
    expect([text(file), text(join(folder, "other"))]).toEqual(["new", "old"]);
  });

  it.each([253, 255])("takes a name of %i bytes", (length) => {
    file = join(
      folder,
      "ä"
        .repeat(200)
        .slice(0, Math.floor(length / 2))
        .padEnd(length - Math.floor(length / 2), "x"),
    );
    writeFileSync(file, "old");
    write("new");
    expect(text(file)).toBe("new");
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.skipIf(!isRoot).each([
    // What a group may that this user is not in is not for another one.
    [0, "owner and group (chown 0:0 as root restores it)", "644"],
    [65534, "group (chown 65534:0 as root restores it)", "644"],
  ])("says what a user who may not give files away loses of a file of %i's", (owner, what, mode) => {
    // As nobody, in a folder of nobody's.
    chmodSync(folder, 0o777);
    writeFileSync(file, "old");
    chownSync(file, owner, 0);
    chmodSync(file, 0o664);
    const { seteuid, setegid, setgroups } = process as Required<
      Pick<NodeJS.Process, "seteuid" | "setegid" | "setgroups">
    >;
    const groups = process.getgroups!();
    const { PATH } = process.env;
    // Programs that nobody may run, too: a PATH may lead into root's own folder.
    process.env["PATH"] = "/usr/bin:/bin";
    setgroups([]);
    setegid(65534);
    seteuid(65534);
    try {
      expect(write("new").lost).toEqual([what]);
    } finally {
      seteuid(0);
      setegid(0);
      setgroups(groups);
      process.env["PATH"] = PATH;
    }
    expect([text(file), statSync(file).uid, modeOf(file)]).toEqual(["new", 65534, mode]);
  });

  it.skipIf(!isRoot)("says what to do where the folder takes no new file", () => {
    writeFileSync(file, "old");
    chmodSync(file, 0o666);
    chmodSync(folder, 0o755);
    const { seteuid } = process as Required<Pick<NodeJS.Process, "seteuid">>;
    seteuid(65534);
    try {
      expect(() => write("new")).toThrow(
        new FileError(
          `${file}: its folder takes no new file (EACCES), and it is replaced by one beside it; write another file and copy it over this one`,
        ),
      );
    } finally {
      seteuid(0);
    }
    expect(text(file)).toBe("old");
  });
});

describe("a file that was given by a symbolic link is named by the link", () => {
  const edit = (path: string) => editFile(path, to("new"), { backup: true, wait: 30 });
  const write = (path: string) => writeFileAtomic(path, "new");
  let real: string;
  beforeEach(() => {
    mkdirSync(join(folder, "real"));
    real = join(folder, "real/file");
    writeFileSync(real, "old");
    symlinkSync("real/file", file);
  });

  it.skipIf(!isRoot).each([
    ["edit", 0o755, 0o666, "its folder takes no new file (EACCES)"],
    ["write", 0o755, 0o666, "its folder takes no new file (EACCES)"],
    ["edit", 0o777, 0o600, "EACCES: permission denied"],
    ["edit", 0o1777, 0o666, "no new file can take its place (EPERM)"],
    ["write", 0o1777, 0o666, "no new file can take its place (EPERM)"],
  ])("%s, folder of mode %o, file %o", (verb, folderMode, mode, what) => {
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "real"), folderMode);
    chmodSync(real, mode);
    const { seteuid } = process as Required<Pick<NodeJS.Process, "seteuid">>;
    seteuid(65534);
    let error: unknown;
    try {
      (verb === "edit" ? edit : write)(file);
    } catch (thrown) {
      error = thrown;
    } finally {
      seteuid(0);
    }
    const { message, path } = error as NodeJS.ErrnoException;
    expect(message).toContain(what);
    if (error instanceof FileError) expect(message.startsWith(`${file}: `)).toBe(true);
    else expect(path).toBe(file);
    expect(text(real)).toBe("old");
  });

  it("where another process edits it, or something is in the place of its backup or lock", () => {
    writeFileSync(join(folder, "real/.file.nbft-lock"), "1 0 elsewhere\n");
    expect(() => edit(file)).toThrow(`${file}: process 1 of another machine or container is changing it`);
    rmSync(join(folder, "real/.file.nbft-lock"));
    mkdirSync(`${real}.bak`);
    expect(() => edit(file)).toThrow(`${file}: its backup ${real}.bak is there and not a regular file`);
    mkdirSync(join(folder, "real/.file.nbft-lock"));
    for (const each of [edit, write]) expect(() => each(file)).toThrow(new RegExp(`^${file}: \\S+ is in the place`));
  });
});

describe("writeFileAtomic", () => {
  it("makes a new file with the mode of any new file", () => {
    writeFileAtomic(file, "new");
    expect([text(file), modeOf(file)]).toEqual(["new", "644"]);
  });

  it("writes the file at the end of a symbolic link that is not there yet", () => {
    mkdirSync(join(folder, "below"));
    symlinkSync("below/next", file);
    symlinkSync("real", join(folder, "below/next"));
    writeFileAtomic(file, "new");
    expect([text(join(folder, "below/real")), readlinkSync(file)]).toEqual(["new", "below/next"]);
  });

  it("names the file where links lead in a circle", () => {
    symlinkSync("other", file);
    symlinkSync("file", join(folder, "other"));
    expect(() => writeFileAtomic(file, "new")).toThrow(expect.objectContaining({ code: "ELOOP", path: file }));
  });

  it.skipIf(process.platform === "win32")("writes through a pipe", () => {
    const fifo = join(folder, "fifo");
    expect(spawnSync("mkfifo", [fifo]).status).toBe(0);
    const script = `cat "$1" & "$2" "$3" write "$1" through; wait`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", fifo, process.execPath, program], {
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "through", stderr: "" });
    expect(lstatSync(fifo).isFIFO()).toBe(true);
  });
});

describe("editFile", () => {
  beforeEach(() => {
    writeFileSync(file, "first");
    chmodSync(file, 0o600);
  });

  it("writes nothing where nothing changes", () => {
    const { ino } = statSync(file);
    expect(editFile(file, (before) => before, { backup: true })).toEqual({ changed: false, lost: [] });
    expect([statSync(file).ino, readdirSync(folder)]).toEqual([ino, ["file"]]);
  });

  it("keeps the first backup, with the mode of the file", () => {
    editFile(file, to("second"), { backup: true });
    editFile(file, to("third"), { backup: true });
    expect([text(file), text(`${file}.bak`), modeOf(`${file}.bak`)]).toEqual(["third", "first", "600"]);
  });

  it("does not write a backup through a symbolic link", () => {
    writeFileSync(join(folder, "precious"), "precious");
    symlinkSync("precious", `${file}.bak`);
    expect(() => editFile(file, to("second"), { backup: true })).toThrow(
      new FileError(`${file}: its backup ${file}.bak is there and not a regular file; remove it, or use --no-backup`),
    );
    expect([text(file), text(join(folder, "precious"))]).toEqual(["first", "precious"]);
  });

  it("says so where the name of the backup would be too long", () => {
    file = join(folder, "x".repeat(253));
    writeFileSync(file, "first");
    expect(() => editFile(file, to("second"), { backup: true })).toThrow(
      new FileError(`${file}: the name of its backup would be too long; use --no-backup, or a shorter name`),
    );
    expect(text(file)).toBe("first");
  });

  it("notices a program that changes the file without a lock", () => {
    const edit = () => {
      writeFileSync(file, "foreign");
      return bytes("second");
    };
    expect(() => editFile(file, edit)).toThrow(FileChangedError);
    expect([text(file), readdirSync(folder)]).toEqual(["foreign", ["file"]]);
  });

  it("leaves no lock when the edit fails, and the error as it is", () => {
    const edit = () => readFileSync(join(folder, "nowhere"));
    expect(() => editFile(file, edit)).toThrow(expect.objectContaining({ path: join(folder, "nowhere") }));
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it.each(["a folder", "a link to nowhere"])("refuses %s in the place of its lock, and waits for nobody", (what) => {
    writeFileSync(file, "old");
    const lock = join(folder, ".file.nbft-lock");
    if (what === "a folder") mkdirSync(lock);
    else symlinkSync("nowhere", lock);
    expect(() => writeFileAtomic(file, "new")).toThrow(
      `${file}: ${lock} is in the place of its lock and is not a regular file`,
    );
    expect(text(file)).toBe("old");
  });

  describe("with a lock", () => {
    const lock = () => join(folder, ".file.nbft-lock");
    /** The lock that this process makes. */
    function ownLock(): string {
      let content = "";
      editFile(file, (before) => {
        content = text(lock());
        return before;
      });
      return content;
    }

    it("of a running process, waits for it and then fails", () => {
      writeFileSync(lock(), ownLock());
      const start = performance.now();
      expect(() => editFile(file, to("second"), { wait: 60 })).toThrow(
        new FileLockedError(
          `${file}: process ${process.pid} is changing it; try again when that has ended (its lock is ${lock()})`,
        ),
      );
      expect(performance.now() - start).toBeGreaterThan(60);
      expect(text(file)).toBe("first");
    }, 30_000);

    it("of a process that has ended, takes it over", () => {
      const dead = spawnSync("true").pid;
      const left = ownLock().replace(/^\d+/, String(dead));
      writeFileSync(lock(), left);
      // That of one that was killed while it took over.
      writeFileSync(`${lock()}-takeover`, left);
      expect(editFile(file, to("second"), { wait: 60 }).changed).toBe(true);
      expect([text(file), readdirSync(folder)]).toEqual(["second", ["file"]]);
    });

    it("whose number belongs to another process by now, takes it over", () => {
      writeFileSync(lock(), ownLock().replace(/^(\d+) \d+/, "$1 1"));
      expect(editFile(file, to("second"), { wait: 60 }).changed).toBe(true);
    });

    it.each(["", "1 2 another machine\n"])("that says %j, takes it over after a minute", (content) => {
      writeFileSync(lock(), content);
      expect(() => editFile(file, to("second"), { wait: 0 })).toThrow(FileLockedError);
      const longAgo = Date.now() / 1000 - 100;
      spawnSync("touch", ["-d", `@${Math.floor(longAgo)}`, lock()]);
      expect(editFile(file, to("second"), { wait: 0 }).changed).toBe(true);
    });
  });
});

describe("a mount point", () => {
  const script = `mount --bind "$1/real" "$1/file" && exec "$2" "$3" write "$1/file" new`;
  const canMount = needs("right to mount", spawnSync("unshare", ["-m", "true"]).status === 0, "files that are mounted");

  it.skipIf(!canMount)("is left alone, with a remedy", () => {
    writeFileSync(join(folder, "real"), "real");
    writeFileSync(file, "");
    const words = ["-m", "sh", "-c", script, "sh", folder, process.execPath, program];
    const { status, stderr } = spawnSync("unshare", words, { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toContain(
      `FileError: ${file}: is a mount point, so that no new file can take its place; write another file and copy it over this one, or mount its folder instead`,
    );
    expect([text(join(folder, "real")), readdirSync(folder).sort()]).toEqual(["real", ["file", "real"]]);
  });
});

describe("programs that edit one file at once", () => {
  it("lose nothing, also where some are killed", async () => {
    writeFileSync(file, "");
    const edits = (name: string, count: number, killAfter?: number) =>
      new Promise<number | null>((done) => {
        const child = spawn(process.execPath, [program, "append", file, name, String(count)], { stdio: "inherit" });
        if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
        child.on("exit", done);
      });
    const survivors = ["a", "b", "c"];
    const codes = await Promise.all([
      ...survivors.map((name) => edits(name, 40)),
      edits("x", 10_000, 300),
      edits("y", 10_000, 700),
    ]);
    expect(codes).toEqual([0, 0, 0, null, null]);
    const lines = text(file).trim().split("\n");
    for (const name of survivors) {
      const own = lines.filter((line) => line.startsWith(name));
      expect(own).toEqual(Array.from({ length: 40 }, (_, i) => `${name}${i}`));
    }
    // What the killed ones did is there up to some edit, without a hole.
    for (const name of ["x", "y"]) {
      const own = lines.filter((line) => line.startsWith(name));
      expect(own).toEqual(own.map((_, i) => `${name}${i}`));
    }
  }, 60_000);
});
