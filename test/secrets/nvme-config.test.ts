import { describe, expect, test } from "vitest";
import { nvmeConfig, type SecuredPath } from "../../src/secrets/nvme-config.ts";
import { formatSecret, makeSecret } from "../../src/secrets/secret.ts";

const path: SecuredPath = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67891",
  hostId: "ac1b13f8-efcd-6541-866b-5998c1e67891",
  subsystemNqn: "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
  traddr: "192.168.101.20",
  trsvcid: "4420",
};
const host = makeSecret("dhchap");
const controller = makeSecret("dhchap", 48);
const tls = makeSecret("tls");

describe("config.json", () => {
  test("names a host's one secret once, for all its paths", () => {
    const config = JSON.parse(nvmeConfig([path, { ...path, traddr: "192.168.110.20" }], () => ({ host })));
    expect(config).toEqual([{ hostnqn: path.hostNqn, hostid: path.hostId, dhchap_key: formatSecret(host) }]);
  });

  test("puts mutual authentication and TLS at the port of each path, with the host's key beside", () => {
    const config = JSON.parse(nvmeConfig([path, { ...path, trsvcid: "4421" }], () => ({ host, controller, tls })));
    const port = {
      transport: "tcp",
      traddr: "192.168.101.20",
      trsvcid: "4420",
      dhchap_key: formatSecret(host),
      dhchap_ctrl_key: formatSecret(controller),
      tls: true,
      tls_key: formatSecret(tls),
    };
    expect(config).toEqual([
      {
        hostnqn: path.hostNqn,
        hostid: path.hostId,
        subsystems: [{ nqn: path.subsystemNqn, ports: [port, { ...port, trsvcid: "4421" }] }],
      },
    ]);
  });

  test("gives subsystems with secrets of their own each its key", () => {
    const other = makeSecret("dhchap");
    const second = { ...path, subsystemNqn: "nqn.2020-01.org.example:other" };
    const [entry] = JSON.parse(
      nvmeConfig([path, second], ({ subsystemNqn }) => ({ host: subsystemNqn === path.subsystemNqn ? host : other })),
    );
    expect(entry.dhchap_key).toBeUndefined();
    expect(entry.subsystems.map(({ ports }: { ports: { dhchap_key: string }[] }) => ports[0]!.dhchap_key)).toEqual([
      formatSecret(host),
      formatSecret(other),
    ]);
  });
});
