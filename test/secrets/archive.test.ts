import { describe, expect, it } from "vitest";
import { makeSecret, secretsArchive } from "../../src/secrets/index.ts";
import { cpioEntries } from "../helpers/cpio.ts";

const path = { hostNqn: "h", hostId: "i", subsystemNqn: "s", traddr: "192.168.101.20", trsvcid: "4420" };
const entries = (...given: Parameters<typeof secretsArchive>) =>
  cpioEntries(secretsArchive(...given)).map(({ name, mode }) => `${mode.toString(8)} ${name}`);
const keys = ["40755 etc", "40755 etc/nvme", "100600 etc/nvme/config.json"];

describe("the archive of keys", () => {
  it("has the keys for root alone, and the folders that lead to them", () => {
    expect(entries([path], () => ({ host: makeSecret("dhchap") }))).toEqual(keys);
  });

  it("starts tlshd before dracut connects, where there is a key of TLS", () => {
    const wants = "etc/systemd/system/dracut-initqueue.service.wants";
    const tls = () => ({ tls: makeSecret("tls") });
    expect(entries([path], tls)).toEqual([
      ...keys,
      "100644 etc/tlshd.conf",
      "40755 etc/systemd",
      "40755 etc/systemd/system",
      "100644 etc/systemd/system/tlshd-initrd.service",
      `40755 ${wants}`,
      `120777 ${wants}/tlshd-initrd.service`,
    ]);
    expect(entries([path], tls, { tlshd: false })).toEqual(keys);
  });
});
