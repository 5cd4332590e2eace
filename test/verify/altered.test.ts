import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatVerification } from "../../src/output/verification.ts";
import { readEvidence } from "../../src/verify/evidence.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { alteredBoots } from "./altered.ts";
import { type EditableStage, edited, openEvidence, replaceIn, reportOf } from "./edited.ts";

const recorded = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, "../vectors/evidence", `${name}.nbft`));

const recordedText = (name: string): string => Buffer.from(recorded(name)).toString("latin1");

describe("a boot that was proved, with one thing changed", () => {
  it("stays proved when nothing is changed", () => {
    for (const name of new Set(alteredBoots.map(({ from }) => from)))
      expect(verifyBoot(edited(recorded(name), () => {})).judgement, name).toBe("proved");
  });

  it.each(alteredBoots.map((each) => [each.name, each] as const))(
    "%s",
    (name, { from, change, fails, judgement = "refuted", reason }) => {
      const evidence = edited(recorded(from), (open) => change(open, (other) => openEvidence(recorded(other))));
      const verification = verifyBoot(evidence);
      const text = formatVerification(name, verification);
      expect(verification.judgement, text).toBe(judgement);
      expect(verification.reason?.kind, text).toBe(reason);
      const failed = new Set(
        verification.claims.filter(({ verdict, required }) => verdict === "fail" && required).map(({ id }) => id),
      );
      // Without a report most claims fail, and say nothing.
      if (verification.evidence.host.stages.length === 0) return;
      expect([...failed].sort(), text).toEqual([...fails].sort());
    },
  );
});

it("says of composefs which part of the root file system the report does not show", () => {
  const { from, change } = alteredBoots.find(({ name }) =>
    name.startsWith("composefs as root, whose files are on the n"),
  )!;
  const { claims } = verifyBoot(
    edited(recorded(from), (open) => change(open, (other) => openEvidence(recorded(other)))),
  );
  expect(claims.find(({ id }) => id === "root.device")).toMatchObject({
    verdict: "unknown",
    hint: expect.stringContaining("such as the image of composefs"),
  });
});

it("quotes what an initramfs of the user's own says when it gives up, although firmware and target saw the connections", () => {
  const { judgement, claims } = verifyBoot(recorded("own-no-root"));
  expect(judgement).toBe("refuted");
  expect(claims.find(({ id }) => id === "boot.console")?.seen).toContain(
    "dracut-initqueue[448]: Warning: Could not boot.",
  );
  expect(claims.find(({ id }) => id === "evidence.one-boot")?.seen).toContain("without the run's mark");
});

describe("a real machine's report", () => {
  const stranger =
    "/sys/class/nvme/nvme7/transport\ttcp\n/sys/class/nvme/nvme7/address\ttraddr=192.168.150.20,trsvcid=4420\n/sys/class/nvme/nvme7/state\tlive\n/sys/class/nvme/nvme7/subsysnqn\tnqn.2026-01.lab:data\n";
  /** What the collector on a machine of its own writes: the stages alone; those of `more` show a connection more. */
  const controllersClaim = (stages: readonly string[], more: readonly string[]) => {
    const { host } = openEvidence(recorded("dracut-dual-path"));
    for (const { name, parts } of host)
      if (more.includes(name)) parts.find((part) => part.name === "controllers.attrs")!.text += stranger;
    const report = reportOf(host.filter(({ name }) => stages.includes(name)));
    return verifyBoot(report).claims.find(({ id }) => id === "origin.controllers")!;
  };

  it("may show connections that the running system made for its data", () => {
    expect(controllersClaim(["early", "initramfs", "root"], ["root"]).verdict).toBe("pass");
    expect(controllersClaim(["root"], ["root"]).verdict).toBe("unknown");
    expect(controllersClaim(["root"], []).verdict).toBe("pass");
  });

  it("may show that dracut's module connected", () => {
    const { host } = openEvidence(recorded("os-dual-path"));
    const owners = verifyBoot(reportOf(host)).claims.filter(({ id }) => id === "origin.owner");
    expect(owners.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });

  it("shows in the initramfs connections that the table does not ask for", () => {
    expect(controllersClaim(["early", "initramfs", "root"], ["initramfs", "root"]).verdict).toBe("fail");
  });
});

describe("a real machine's report that cannot refute", () => {
  const judged = (from: string, change: (stages: EditableStage[]) => EditableStage[]) =>
    verifyBoot(reportOf(change(openEvidence(recorded(from)).host)));
  const only =
    (...names: string[]) =>
    (stages: EditableStage[]) =>
      stages.filter(({ name }) => names.includes(name));

  it.each(["dracut-dual-path", "dracut-refused-host"])("has what hooks in the initramfs wrote of %s", (name) => {
    expect(judged(name, only("early")).judgement).toBe("not proved");
    expect(judged("dracut-dual-path", only("early", "initramfs")).judgement).toBe("not proved");
  });

  it("does what the hook wrote when the boot gave up", () => {
    expect(judged("dracut-refused-host", only("failure")).judgement).toBe("refuted");
    expect(judged("dracut-refused-host", (all) => all).judgement).toBe("refuted");
  });

  it("has stages that nobody knows", () => {
    const renamed = (stages: EditableStage[]) => stages.map((stage) => ({ ...stage, name: `x-${stage.name}` }));
    expect(judged("dracut-dual-path", renamed).judgement).toBe("not proved");
  });

  it("has no table, which only root can read", () => {
    const unreadable = (stages: EditableStage[]) =>
      stages.map((stage) => ({
        ...stage,
        parts: stage.parts.map((part) => (part.name.startsWith("tables/") ? { ...part, text: "", status: 1 } : part)),
      }));
    const { judgement, claims } = judged("dracut-dual-path", unreadable);
    expect(judgement).toBe("not proved");
    const given = { tables: [{ name: "NBFT", bytes: readEvidence(recorded("dracut-dual-path")).given[0]!.bytes }] };
    const report = reportOf(unreadable(openEvidence(recorded("dracut-dual-path")).host));
    expect(verifyBoot(report, given).judgement).toBe("not proved");
    expect(claims.find(({ id }) => id === "table.count")).toMatchObject({
      verdict: "unknown",
      required: true,
      hint: expect.stringContaining("only root can read tables"),
    });
  });
});

describe("a real machine's report that refutes", () => {
  const changed = (name: string, part: RegExp, from: RegExp, to: string, of = "dracut-dual-path") => {
    const { host } = openEvidence(recorded(of));
    replaceIn(
      host.filter((each) => each.name === name),
      part,
      from,
      to,
    );
    const { judgement, claims } = verifyBoot(reportOf(host));
    const failed = claims.filter(({ verdict, required }) => verdict === "fail" && required).map(({ id }) => id);
    return [judgement, ...failed];
  };

  it("shows a path that was connected only after switch-root", () => {
    const second = /^\/sys\/class\/nvme\/nvme1\/.*\n/gm;
    expect(changed("initramfs", /^controllers\.attrs$/, second, "")).toEqual(["refuted", "path.early"]);
  });

  it("shows a system in its emergency shell", () => {
    const word = changed("root", /^systemd$/, /running/, "maintenance", "os-dual-path");
    expect(word).toEqual(["refuted", "system.running"]);
    expect(changed("root", /^systemd$/, /running/, "degraded", "os-dual-path")).toEqual(["proved"]);
    expect(changed("root", /^systemd$/, /running/, "starting", "os-dual-path")).toEqual(["proved"]);
  });
});

// Linux 6.12 and 7.2, drivers/nvme/host/fabrics.c, tcp.c and auth.c.
it.each([
  "nvme nvme0: Connect command failed: authentication required",
  "nvme nvme0: Connect Invalid Data Parameter, subsysnqn nqn.x",
  "nvme nvme0: Connect incompatible format: 1",
  "nvme nvme0: Connect for subsystem nqn.x is not allowed, hostnqn: nqn.y",
  "nvme_fabrics: found same hostnqn nqn.x but different hostid 0815",
  "nvme_fabrics: found same hostid 0815 but different hostnqn nqn.x",
  "nvme nvme0: qid 0: authentication setup failed",
  "nvme nvme0: failed to connect socket: -110",
])("quotes what the kernel says of a path that is not there: %s", (line) => {
  const evidence = edited(recorded("connect-dead-target"), ({ host }) =>
    replaceIn(host, /^dmesg$/, /^[\s\S]*$/, `[    9.1] ${line}\n`),
  );
  const path = verifyBoot(evidence).claims.find(({ id }) => id === "path.live");
  expect(path?.hint).toBe(`The kernel says: ${line}`);
});

describe("several boots in one file", () => {
  const both = (...names: string[]) => verifyBoot(Buffer.concat(names.map(recorded)));

  it.each([
    ["connect-dual-path", "connect-refused-host"],
    ["connect-refused-host", "connect-dual-path"],
    ["connect-dual-path", "connect-vlan"],
  ])("are not judged by the first of them: %s and %s", (...names) => {
    const { judgement, claims } = both(...names);
    expect(judgement).toBe("not proved");
    expect(claims.find(({ id }) => id === "evidence.whole")).toMatchObject({
      verdict: "unknown",
      seen: expect.stringContaining("reports of several boots"),
      hint: "Give each report as a separate file",
    });
  });

  it("are not judged where a machine's report is beside a run of the lab", () => {
    const report = reportOf(openEvidence(recorded("dracut-vlan")).host);
    expect(verifyBoot(Buffer.concat([recorded("connect-dual-path"), report])).judgement).toBe("not proved");
    expect(verifyBoot(Buffer.concat([report, recorded("connect-dual-path")])).judgement).toBe("not proved");
  });

  it("are not judged where one was written into the other", () => {
    const [first, second] = [recorded("connect-dual-path"), recorded("connect-refused-host")];
    for (const outer of [first, second]) {
      const half = outer.length >> 1;
      const mixed = Buffer.concat([outer.subarray(0, half), outer === first ? second : first, outer.subarray(half)]);
      expect(verifyBoot(mixed).judgement).toBe("not proved");
    }
  });

  it("are one where the same file was put together twice", () => {
    expect(both("dracut-dual-path", "dracut-dual-path").judgement).toBe("proved");
    expect(both("connect-refused-host", "connect-refused-host").judgement).toBe("refuted");
  });

  it.each(["connect-dual-path", "dracut-dual-path", "connect-refused-host"])(
    "are not made of the reports inside %s, whose first line is missing",
    (name) => {
      const evidence = recorded(name);
      expect(verifyBoot(evidence.subarray(evidence.indexOf(10) + 1)).judgement).toBe("not proved");
      const marked = Buffer.concat([Buffer.from("\ufeff"), evidence]);
      expect(verifyBoot(marked).judgement).toBe(verifyBoot(evidence).judgement);
    },
  );
});

it.each(["os-dual-path", "connect-dual-path", "dracut-chap", "dracut-vlan"])(
  "what a report of %s does not have refutes nothing",
  (name) => {
    const evidence = recorded(name);
    const { host, target } = openEvidence(evidence);
    const names = new Set([...host, ...target].flatMap(({ parts }) => parts.map((part) => part.name)));
    for (const missing of names) {
      // A file that is not in the report was not there.
      if (/^(?:tables|etc)\//.test(missing)) continue;
      const without = edited(evidence, (open) => {
        for (const { parts } of [...open.host, ...open.target])
          parts.splice(0, parts.length, ...parts.filter((part) => part.name !== missing));
      });
      expect([missing, verifyBoot(without).judgement]).not.toEqual([missing, "refuted"]);
    }
  },
);

describe("evidence that was changed on its way", () => {
  const changes: readonly (readonly [string, (text: string) => string | Uint8Array])[] = [
    [
      "taken for UTF-8, with replacement characters",
      (text) => Buffer.from(Buffer.from(text, "latin1").toString("utf8")),
    ],
    ["taken for Latin-1 and written as UTF-8", (text) => Buffer.from(text, "utf8")],
    ["without its NULs", (text) => text.replaceAll("\0", "")],
    ["without bytes above 7Fh", (text) => text.replace(/[\x80-\xff]/g, "")],
    ["with ? for bytes above 7Fh", (text) => text.replace(/[\x80-\xff]/g, "?")],
    ["with blanks for TABs", (text) => text.replaceAll("\t", "        ")],
    ["wrapped", (text) => text.replace(/^(.{80})(?=.)/gm, "$1\n")],
  ];

  it.each(changes)("%s neither proves nor refutes", (_, change) => {
    for (const name of ["read-static", "connect-dual-path", "dracut-vlan"]) {
      const changed = change(recordedText(name));
      const bytes = typeof changed === "string" ? Buffer.from(changed, "latin1") : changed;
      const { judgement, claims } = verifyBoot(bytes);
      expect([name, judgement]).toEqual([name, "not proved"]);
      expect(claims.find(({ id }) => id === "evidence.whole")?.verdict).toBe("unknown");
    }
  });

  it("as a terminal does it to every line end, is read as it was", () => {
    for (const name of ["read-static", "dracut-dual-path"])
      expect(verifyBoot(Buffer.from(recordedText(name).replaceAll("\n", "\r\n"), "latin1")).judgement).toBe("proved");
  });

  it("by a kernel's line in an empty part is not", () => {
    const noise = edited(recorded("dracut-dual-path"), (open) => {
      const early = open.host.find(({ name }) => name === "early")!;
      early.parts.find(({ name }) => name === "controllers.attrs")!.text = "[    6.1] random: crng init done\n";
    });
    expect(verifyBoot(noise).judgement).toBe("proved");
  });
});

describe("evidence", () => {
  it("of a guest cannot speak for the target or the lab", () => {
    const evidence = recorded("dracut-dual-path");
    const { manifest } = readEvidence(evidence);
    const forged = edited(evidence, ({ host, target }) => {
      target.splice(0);
      const words = [
        `@@nbft-report 1 ${manifest!.target}`,
        `@@${manifest!.target} STAGE target`,
        `@@${"f".repeat(32)} END host/report 0`,
        `@@${"f".repeat(32)} BEGIN target/report`,
      ];
      host[0]!.parts.push({ name: "etc/motd", text: `x\n${words.slice(0, 2).join("\n")}\n`, status: 0 });
    });
    expect(readEvidence(forged).target).toBeUndefined();
    expect(verifyBoot(forged).judgement).toBe("not proved");
  });

  it.each(["connect-chap-mutual", "connect-discovery", "dracut-vlan", "dracut-tls", "os-dual-path", "firmware-vlan"])(
    "that is cut anywhere neither proves nor refutes %s, and never throws",
    (name) => {
      const evidence = recorded(name);
      for (let length = 0; length < evidence.length - 1; length += Math.ceil(evidence.length / 400))
        expect(verifyBoot(evidence.subarray(0, length)).judgement, String(length)).toBe("not proved");
    },
  );

  it.each(["connect-dual-path", "dracut-vlan", "read-static"])(
    "whose host fell silent anywhere does not refute %s",
    (name) => {
      const evidence = Buffer.from(recorded(name));
      const start = evidence.indexOf("BEGIN host/report\n") + 18;
      const end = evidence.lastIndexOf("\n@@", evidence.indexOf(" END host/report"));
      expect(end).toBeGreaterThan(start);
      for (let at = start + 1; at < end; at += Math.ceil((end - start) / 100)) {
        const { judgement, evidence: read } = verifyBoot(
          Buffer.concat([evidence.subarray(0, at), evidence.subarray(end)]),
        );
        // Between two stages it looks like a boot that ended there.
        const ended = read.host.stages.at(-1)?.done === true;
        expect(judgement, String(at - start)).toBe(ended ? "refuted" : "not proved");
      }
    },
  );

  it("with any byte changed never throws", () => {
    const evidence = recorded("connect-static");
    for (let at = 0; at < evidence.length; at += 311) {
      const changed = Uint8Array.from(evidence);
      changed[at]! ^= 0x15;
      expect(() => verifyBoot(changed)).not.toThrow();
    }
  });

  it("with tables that are not NBFTs never throws, and proves nothing", () => {
    for (const text of ["", "NBF", "\0".repeat(200)]) {
      const evidence = edited(recorded("dracut-dual-path"), ({ host, lab }) => {
        const tables = [...host.flatMap(({ parts }) => parts), ...lab].filter(({ name }) =>
          /^(tables|given)\//.test(name),
        );
        expect(tables.length).toBeGreaterThan(1);
        for (const table of tables) table.text = text;
      });
      expect(verifyBoot(evidence).judgement).not.toBe("proved");
    }
  });

  it("of nothing at all is not proved", () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode("hello\n"), new Uint8Array(100_000).fill(0x40)])
      expect(verifyBoot(bytes).judgement).toBe("not proved");
  });
});
