import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { plain } from "../consumers/made-tables.ts";
import { runCli } from "../helpers/cli.ts";
import { patched, summed } from "../helpers/tables.ts";
import { archiveOf, changed, debian13 } from "../initramfs/made-image.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-consumers-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function file(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

const good = file("NBFT", plain());
const bad = file("broken", patched(plain(), { 9: [0] }));
/** An NQN with everything that a shell, a terminal, and a line would stumble over. */
const evil = file(
  "evil",
  plain((model) => {
    Object.assign(model.ssns[0]!, { subsystemNqn: "nqn.x:$(reboot)'\u001b[2J\n# nvme disconnect-all" });
    Object.assign(model.hfi[0]!.transportInfo!, { hostName: "h\nroot=/dev/evil" });
  }),
);

describe("nbft plan", () => {
  it("lists attempts as text", async () => {
    const { out, code } = await runCli(["plan", good]);
    expect(out).toContain("1  connect  SSNS 1 through HFI 1");
    expect(out).toContain("2  discover  discovery 1 through HFI 1");
    expect(out).toContain("worst case, 2 attempts one after the other: 6 s when no target answers");
    expect(code).toBe(0);
  });

  it("gives the same as data", async () => {
    const { out } = await runCli(["plan", "-o", "json", good, bad]);
    const { tables } = JSON.parse(out) as {
      tables: { rejected?: object; steps: { action: string; connection: object }[] }[];
    };
    expect(tables.map(({ steps }) => steps.map(({ action }) => action))).toEqual([["connect", "connect"], []]);
    expect(tables[0]!.steps[0]!.connection).toMatchObject({ transport: "tcp", traddr: "192.0.2.20", trsvcid: "4420" });
    expect(tables[1]!.rejected).toMatchObject({ rule: "H002" });
  });

  it("writes fabrics strings byte for byte, with the identity given", async () => {
    const { out } = await runCli(["plan", "-o", "fabrics", "--hostnqn", "nqn.h:ö", "--hostid", "id", good]);
    expect(out.split("\n")[0]).toBe(
      "nqn=nqn.2026-01.lab:s1,transport=tcp,traddr=192.0.2.20,host_traddr=192.0.2.10,host_iface=nbft0,trsvcid=4420,hostnqn=nqn.h:ö,hostid=id,ctrl_loss_tmo=600",
    );
    const rejected = await runCli(["plan", "-o", "fabrics", bad]);
    expect(rejected.out).toBe("");
    expect(rejected.err).toContain("rejects it");
    expect(rejected.code).toBe(0);
  });

  it("never lets a table's text out of its word, its line, or into the terminal", async () => {
    const commands = await runCli(["plan", "-o", "commands", evil]);
    expect(
      commands.out
        .trimEnd()
        .split("\n")
        .every((line) => /^(# |nvme connect)/.test(line)),
    ).toBe(true);
    expect(commands.out).toContain("\"$(printf '\\055-nqn=nqn.x:$(reboot)\\047\\033[2J\\012# nvme disconnect-all')\"");
    for (const format of ["text", "json", "commands"]) {
      const { out } = await runCli(["plan", "-o", format, evil]);
      expect(out).not.toContain("\u001b");
    }
    const { out: text } = await runCli(["explain", evil]);
    expect(text).not.toContain("\u001b");
  });

  it.each([
    [["--consumer", "dracut"], "nbft plan is about nvme-cli; nbft explain shows what dracut does"],
    [["--consumer", "systemd"], "systemd is not known; there are nvme-cli, nvme-discoverd"],
    [["-o", "yaml"], "-o yaml: not an output format (text, json, ndjson, commands, fabrics, nvme-fabrics, nvme-stas)"],
  ])("refuses %j", async (words, message) => {
    const { err, code } = await runCli(["plan", ...words, good]);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it("says which source cannot be read, and goes on with the others", async () => {
    const { out, err, code } = await runCli(["plan", "-o", "fabrics", join(scratch, "none"), good]);
    expect(err).toContain("no such file");
    expect(out).toContain("nqn=nqn.2026-01.lab:s1");
    expect(code).toBe(2);
  });
});

describe("nbft explain", () => {
  const origin = file(
    "origin",
    plain((model) => Object.assign(model.hfi[0]!.transportInfo!, { ipOrigin: "dhcp" })),
  );

  it("marks disagreements and tells their reasons", async () => {
    const { out, code } = await runCli(["explain", "--all", origin]);
    expect(out).toMatch(/^dracut@112 +static 192\.0\.2\.10\/24 !/m);
    expect(out).toMatch(/^networkmanager@1\.58\.1 +DHCP !/m);
    expect(out).toContain("static because DHCPO is clear: dracut ignores the IP origin, which is DHCP");
    expect(code).toBe(0);
  });

  it("shows one consumer alone, with its source", async () => {
    const { out } = await runCli(["explain", "--consumer", "dracut@106", origin]);
    expect(out).toContain("dracut@106: ip=192.0.2.10:::24::nbft0:none");
    expect(out).toContain("dracut 106: run 2026-11-30: Debian 106-6");
    expect(out).not.toContain("networkmanager");
  });

  it("gives the same as data, sources and limits included", async () => {
    const { out } = await runCli(["explain", "-o", "json", origin]);
    const { consumers, tables } = JSON.parse(out) as {
      consumers: { id: string; source: string; notCovered: string[] }[];
      tables: { rows: { path: string; disagreement?: { groups: object[] } }[] }[];
    };
    expect(consumers.map(({ id }) => id)).toEqual(["debian-13", "debian-forky", "debian-sid", "debian-experimental"]);
    for (const { source, notCovered } of consumers) {
      expect(source).not.toBe("");
      expect(notCovered).not.toEqual([]);
    }
    const [hfi] = tables[0]!.rows;
    expect(hfi).toMatchObject({ path: "hfi[0]", disagreement: { groups: [{}, {}] } });
  });

  it("is valid JSON when no source can be read", async () => {
    const { out, code } = await runCli(["explain", "-o", "json", join(scratch, "none")]);
    expect(JSON.parse(out)).toMatchObject({ tables: [] });
    expect(code).toBe(2);
  });
});

describe("nbft plan -o nvme-fabrics", () => {
  it("names the host and every path as the table does", async () => {
    const { out, code } = await runCli(["plan", "-o", "nvme-fabrics", good]);
    expect(out).toContain("# /etc/nvme/nvme-fabrics.conf: ");
    expect(out).toMatch(/^\[Host\]\nhostnqn = nqn\.2014-08\.org\.nvmexpress:uuid:/m);
    expect(out).toContain(
      "[Subsystem]\nnqn = nqn.2026-01.lab:s1\ncontroller = transport=tcp;traddr=192.0.2.20;trsvcid=4420;host-traddr=192.0.2.10\n",
    );
    expect(out).toContain("[Discovery Controller]\n");
    const stas = await runCli(["plan", "-o", "nvme-stas", good]);
    expect(stas.out).toBe(out.replace("nvme-fabrics.conf", "nvme-stas.conf"));
    expect(code).toBe(0);
  });

  it("leaves out the host's address where it came by DHCP, and asks for keys", async () => {
    const dynamic = file(
      "dynamic",
      plain((model) => {
        Object.assign(model.hfi[0]!.transportInfo!.flags, { dhcpOverride: true });
        Object.assign(model.hfi[0]!.transportInfo!, { dhcpServer: "192.0.2.1" });
        Object.assign(model.ssns[0]!, { securityIndex: 1 });
      }),
    );
    const { out, err } = await runCli(["plan", "-o", "nvme-fabrics", dynamic]);
    expect(out).toContain("controller = transport=tcp;traddr=192.0.2.20;trsvcid=4420\n");
    expect(err).toContain("SSNS 1 has security profile 1: the keys, which no table holds, must be added");
  });

  it("never lets a table's text out of its place", async () => {
    const { out, err } = await runCli(["plan", "-o", "nvme-fabrics", evil]);
    expect(out).not.toContain("reboot");
    expect(err).toContain("SSNS 1 is left out: its NQN or service id could break out of its place");
    const { out: none, err: why } = await runCli(["plan", "-o", "nvme-fabrics", bad]);
    expect(none).not.toContain("[");
    expect(why).toContain("it is rejected: invalid checksum");
  });
});

describe("releases", () => {
  it.each([
    ["text", /^nvme-cli 2\.3 cannot read an NBFT\n$/, /^$/],
    ["json", /"readsNbft": false/, /^$/],
    ["ndjson", /"readsNbft":false/, /^$/],
    ["commands", /^# nvme-cli 2\.3 cannot read an NBFT\n$/, /^$/],
    ["fabrics", /^$/, /nvme-cli 2\.3 cannot read an NBFT/],
  ])("that cannot read an NBFT say so: plan -o %s", async (format, out, err) => {
    const seen = await runCli(["plan", "-o", format, "--consumer", "nvme-cli@2.3", good]);
    expect(seen.out).toMatch(out);
    expect(seen.err).toMatch(err);
    expect(seen.code).toBe(0);
  });

  it.each([
    ["plan", "text"],
    ["plan", "json"],
    ["plan", "ndjson"],
    ["plan", "commands"],
    ["plan", "fabrics"],
    ["explain", "text"],
    ["explain", "json"],
    ["explain", "ndjson"],
    ["dump", "nvme-cli-json"],
    ["dump", "nvme-cli-text"],
  ])("outside the table are named with the nearest and the newest known: %s -o %s", async (command, format) => {
    const { out, err, code } = await runCli([command, "-o", format, "--consumer", "nvme-cli@3.9", good]);
    expect(out + err).toContain("nvme-cli 3.9 is not known: predicted as 3.2-dev, the nearest");
    expect(out + err).toContain("the newest release known is 3.1 (released 2026-09-18)");
    expect(code).toBe(0);
  });

  it("of before 2.10 leave discovery descriptors out", async () => {
    const { out } = await runCli(["plan", "--consumer", "nvme-cli@2.8", good]);
    expect(out).toContain("skipped  discovery 1");
    expect(out).not.toContain("discover  discovery 1");
  });

  it("that were not run are named as such", async () => {
    const first = async (release: string) =>
      (await runCli(["plan", "--consumer", `nvme-cli@${release}`, good])).out.split("\n")[0];
    expect(await first("2.8")).toBe(
      "note: nvme-cli 2.8 was not run; read 2026-11-30: nvme-cli tag v2.8, libnvme tag v1.8",
    );
    expect(await first("2.17")).toBe("note: nvme-cli 2.17 was not run; read 2026-09-30: nvme-cli pull request 3958");
    for (const release of ["2.3", "2.16", "3.0-rc1", "3.1"]) expect(await first(release)).not.toContain("note");
  });

  it("of 3.x bind to interfaces and name the host themselves", async () => {
    const commands = async (...words: string[]) => (await runCli(["plan", "-o", "commands", ...words, good])).out;
    expect(await commands("--consumer", "nvme-cli@3.1")).toContain(" --host-iface=nbft0 ");
    expect(await commands("--consumer", "nvme-cli@3.1")).not.toContain(" --hostnqn=");
    expect(await commands("--consumer", "nvme-cli@3.1", "--interfaces", "none")).not.toContain("--host-iface");
    expect(await commands("--consumer", "nvme-cli@2.16")).not.toContain("--host-iface");
    expect(await commands("--consumer", "nvme-cli@2.16")).toContain(" --hostnqn=nqn.2014-08.org.nvmexpress:uuid:");
    expect(await commands("--stack", "debian-experimental")).toContain(" --host-iface=nbft0 ");
  });

  it("print their own dialects", async () => {
    const json = async (release: string) =>
      (await runCli(["dump", "-o", "nvme-cli-json", "--consumer", `nvme-cli@${release}`, good])).out;
    expect(await json("3.1")).toContain('"ipaddr_autoconf"');
    expect(await json("2.16")).not.toContain('"ipaddr_autoconf"');
    expect(await json("2.8")).not.toContain('"unavailable"');
    expect((await runCli(["dump", "-o", "nvme-cli-json", "--consumer", "nvme-cli@2.16", bad])).out).toBe("[]\n");
    expect((await runCli(["dump", "-o", "nvme-cli-json", "--consumer", "nvme-cli@3.1", bad])).out).toBe("");
  });
});

describe("stacks", () => {
  it("give one answer to what a system does", async () => {
    const { out, code } = await runCli(["explain", "--stack", "dracut@106,nvme-cli@2.16,networkmanager@1.52.1", good]);
    expect(out).toMatch(/static 192\.0\.2\.10\/24/);
    expect(out).toContain("table's");
    expect(code).toBe(0);
  });

  it("have no network where dracut hands it to a NetworkManager without reader, unless the image is generic", async () => {
    const sid = await runCli(["explain", "--stack", "debian-sid", good]);
    expect(sid.out).toMatch(/^debian-sid +nothing/m);
    expect(sid.out).toContain("NetworkManager 1.58.1-without-nbft has no NBFT reader: there is no network");
    expect(sid.out).toContain("no network");
    const generic = await runCli(["explain", "--stack", "debian-sid,generic", good]);
    expect(generic.out).toMatch(/^debian-sid,generic +static 192\.0\.2\.10/m);
  });

  it.each([
    [["--stack", "debian-99"], "debian-99 is not a stack and no program of one: there are debian-12"],
    [["--stack", "dracut@112"], "names no nvme-cli: a stack has both"],
    [["--stack", "debian-13", "--consumer", "dracut"], "give either --stack or --consumer"],
    [["--all", "--stack", "debian-13"], "leave out --consumer and --stack"],
  ])("refuse %j", async (words, message) => {
    const { err, code } = await runCli(["explain", ...words, good]);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe("nbft network", () => {
  it("prints dracut's lines", async () => {
    const { out, err, code } = await runCli(["network", good]);
    expect(out).toBe("ip=192.0.2.10:::24::nbft0:none\nifname=nbft0:02:00:00:00:00:01\nrd.neednet=1\n");
    expect([err, code]).toEqual(["", 0]);
  });

  it("leaves out a host name that breaks out of its place, and says so", async () => {
    for (const format of ["dracut", "networkmanager", "networkd"]) {
      const { out, err } = await runCli(["network", "-o", format, evil]);
      expect(out).not.toContain("evil\n");
      expect(out).not.toContain("root=");
      expect(err).toContain("T024 hfi[0]: the host name is left out");
    }
  });

  it.each([
    ["dracut", ["20-ifname.conf", "20-nbft.conf", "20-nvmf-neednet.conf"]],
    ["networkmanager", ["NBFT connection HFI 1.nmconnection"]],
    ["networkd", ["70-nbft0.link", "70-nbft0.network"]],
  ])("writes %s's files into a folder, which it makes", async (format, names) => {
    const folder = join(mkdtempSync(join(scratch, "files-")), "etc", "files");
    const { out } = await runCli(["network", "-o", format, "-w", folder, good]);
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(out.trimEnd().split("\n").sort()).toEqual(names.map((name) => join(folder, name)));
    for (const name of names) expect(readFileSync(join(folder, name), "utf8")).toMatch(/\n$/);
  });

  it("writes no files below a parent that takes no folders, and ends", async () => {
    for (const folder of ["/proc/nbft", join(good, "files")]) {
      const { code, err } = await runCli(["network", "-w", folder, good]);
      expect([code, err.startsWith("nbft: ")]).toEqual([2, true]);
    }
  });

  it("takes versions, and refuses consumers of another format", async () => {
    const old = await runCli(["network", "-o", "networkmanager", "--consumer", "nm@1.52", good]);
    expect(old.out).toContain("interface-name=nbft0\n");
    const wrong = await runCli(["network", "-o", "dracut", "--consumer", "wicked", good]);
    expect(wrong.err).toContain("for -o dracut it takes dracut@RELEASE");
    expect(wrong.code).toBe(2);
  });

  it("says why a table is rejected", async () => {
    const { out, err, code } = await runCli(["network", bad]);
    expect(out).toBe("");
    expect(err).toContain("rejected by the libnvme of nvme-cli 3.1: invalid checksum");
    expect(code).toBe(2);
    const newer = file("newer", summed(patched(plain(), { 50: [1] })));
    expect((await runCli(["network", "--consumer", "dracut@106", newer])).err).toContain(
      "unsupported minor revision 1",
    );
    expect((await runCli(["network", newer])).out).toContain("ip=192.0.2.10");
  });
});

describe("nbft explain --initrd", () => {
  const image = file("initrd.img", archiveOf(debian13));

  it("predicts exactly the programs of the image", async () => {
    const { out, code } = await runCli(["explain", good, "--initrd", image, "--drivers", "virtio_net"]);
    expect(out).toMatch(/^ +nvme-cli +2\.13 +usr\/sbin\/nvme$/m);
    expect(out).toMatch(/^initrd\.img +static 192\.0\.2\.10\/24 +1 path +asked +table's +kept/m);
    expect(out).not.toContain("cannot boot");
    expect(code).toBe(0);
  });

  it("shows what is missing, as data too", async () => {
    const lacking = file("lacking.img", archiveOf(changed({ "usr/bin/jq": undefined })));
    const { out } = await runCli(["explain", "-o", "json", good, "--initrd", lacking, "--drivers", "e1000e"]);
    const { initramfs, consumers } = JSON.parse(out) as {
      initramfs: { problems: { message: string }[] };
      consumers: { id: string }[];
    };
    const messages = initramfs.problems.map(({ message }) => message).join("\n");
    expect(messages).toContain("jq is missing");
    expect(messages).toContain("the kernel module e1000e of a network card is missing");
    expect(consumers.map(({ id }) => id)).toEqual(["lacking.img"]);
  });

  it("names the host by the image's files where nvme-cli 3 does", async () => {
    const nvme = "\u0000" + "3.1\u0000%s %s version %s (git %s)\u0000";
    const third = file("third.img", archiveOf(changed({ "usr/sbin/nvme": nvme })));
    const { out } = await runCli(["explain", good, "--initrd", third, "--drivers", "virtio_net"]);
    expect(out).toMatch(/^third\.img .* system's, differs/m);
    expect(out).toContain("a target that allows only the table's refuses the connection");
  });

  it.each([
    [["--initrd", "NONE"], "no such file or directory"],
    [["--initrd", good], "neither an archive nor one that is compressed"],
    [["--initrd", image, "--all"], "leave out --consumer, --stack and --all"],
  ])("refuses %j", async (words, message) => {
    const { err, code } = await runCli([
      "explain",
      good,
      ...words.map((word) => word.replace("NONE", join(scratch, "none"))),
    ]);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
