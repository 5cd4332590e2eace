import { describe, expect, it } from "vitest";
import { readAuthentication } from "../../src/verify/facts/authentication.ts";
import { readTarget } from "../../src/verify/facts/target-facts.ts";

const made = 'nvme nvme0: new ctrl: NQN "s", addr 10.0.0.1:4420, hostnqn: h';
const log = (...lines: string[]) => lines.map((line, i) => `[    ${i}.000000] ${line}`).join("\n");
const of = (...lines: string[]) => readAuthentication(log(...lines)).get("nvme0");

describe("what the host's kernel logs of authentication", () => {
  it("counts where it comes before the controller", () => {
    const chosen = "nvme nvme0: qid 0: authenticated with hash hmac(sha256) dhgroup ffdhe2048";
    const host = "nvme nvme0: qid 0: authenticated";
    const controller = "nvme nvme0: qid 0: controller authenticated";
    expect(of(chosen, host, made)).toEqual({ host: true, controller: false });
    expect(of(chosen, controller, host, made)).toEqual({ host: true, controller: true });
    expect(of(made)).toEqual({ host: false, controller: false });
    expect(of(made, host), "a later one").toEqual({ host: false, controller: false });
    expect(of(chosen, made), "the words about hash and group alone").toEqual({ host: false, controller: false });
    expect(of("nvme nvme0: qid 1: authenticated", made), "another queue").toEqual({ host: false, controller: false });
    expect(of(host.replace("nvme0", "nvme1"), made), "another controller").toEqual({ host: false, controller: false });
  });

  it("is not carried over from an earlier connection of the same name", () => {
    const host = "nvme nvme0: qid 0: authenticated";
    expect(of(host, made, 'nvme nvme0: Removing ctrl: NQN "s"', made)).toEqual({ host: false, controller: false });
    expect(of(host, "nvme nvme0: failed to connect queue: 0 ret=-111", made)).toEqual({
      host: false,
      controller: false,
    });
  });

  it("says nothing of controllers whose making is not in the log", () => {
    expect(of("nvme nvme0: qid 0: authenticated")).toBeUndefined();
    expect(readAuthentication(undefined).size).toBe(0);
  });
});

describe("what the target logs of authentication", () => {
  const creating = (id: number, how = " with DH-HMAC-CHAP.") =>
    `nvmet: creating nvm controller ${id} for subsystem nqn.s for NQN nqn.h${how}`;
  const controllers = (...lines: string[]) =>
    readTarget({
      nonce: "n",
      problems: [],
      stages: [
        {
          name: "target",
          done: false,
          parts: [{ name: "log", bytes: new TextEncoder().encode(log(...lines)), status: 0, complete: true }],
        },
      ],
    } as unknown as Parameters<typeof readTarget>[0]).controllers.map(({ id, authentication, provedItself }) => [
      id,
      authentication,
      provedItself,
    ]);

  it("is about the controller that was made last with that id", () => {
    const host = "nvmet: nvmet_auth_reply: ctrl 1 qid 0 host authenticated";
    expect(controllers(creating(1), host)).toEqual([[1, "done", false]]);
    expect(controllers(creating(1))).toEqual([[1, "asked", false]]);
    expect(controllers(creating(1, "."))).toEqual([[1, "not asked", false]]);
    expect(controllers(creating(1), host, creating(1))).toEqual([
      [1, "done", false],
      [1, "asked", false],
    ]);
    expect(controllers(creating(11), host), "another id that ends alike").toEqual([[11, "asked", false]]);
  });

  it("tells mutual authentication", () => {
    const lines = [
      "nvmet: nvmet_auth_reply: ctrl 2 qid 0 host authenticated",
      "nvmet: nvmet_execute_auth_send: ctrl 2 qid 0 ctrl authenticated",
    ];
    expect(controllers(creating(2), ...lines)).toEqual([[2, "done", true]]);
  });
});
