import fc from "fast-check";
import type { BootDocument } from "../../src/boot/document.ts";

const hexDigits = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length })
    .map((each) => each.join(""));

const nqn = fc.stringMatching(/^[a-zA-Z0-9.:_-]{1,60}$/).map((tail) => `nqn.2014-08.org.example:${tail}`);

const uuid = fc.uuid();
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);

/** A network card with an address in its own network: card n is on 10.n.0.0/16 or fd00:n::/32. */
const interfaces = fc
  .array(
    fc.record({
      family: fc.constantFrom("ipv4", "ipv6"),
      how: fc.constantFrom("static", "lease", "unknown"),
      vlan: maybe(fc.integer({ min: 1, max: 4094 })),
      gateway: fc.boolean(),
      dns: fc.nat(2),
      routeMetric: maybe(fc.nat(65535)),
      defaultRoute: maybe(fc.boolean()),
      hostName: maybe(fc.constantFrom("alpha", "beta.example.org")),
      server: fc.boolean(),
      iaid: maybe(fc.nat(0xffffffff)),
      duid: maybe(hexDigits(20)),
      pci: maybe(fc.constantFrom("0000:01:00.0", "0001:82:1f.7")),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((cards) =>
    cards.map((card, n) => {
      const v6 = card.family === "ipv6";
      const at = (host: number) => (v6 ? `fd00:${n}::${host}` : `10.${n}.0.${host}`);
      const network = `${at(30)}/${v6 ? 32 : 16}`;
      const dns = card.dns > 0 ? [at(53), at(54)].slice(0, card.dns) : undefined;
      const gateway = card.gateway ? at(1) : undefined;
      const leased = {
        ...(card.how === "lease" && { address: network }),
        ...(card.server && { server: at(67) }),
        ...(card.iaid !== undefined && { iaid: card.iaid }),
        ...(card.duid !== undefined && { duid: card.duid }),
      };
      return {
        mac: `52:54:00:00:00:0${n}`,
        pci: card.pci,
        vlan: card.vlan,
        address: card.how === "static" ? network : v6 ? "dhcp6" : "dhcp",
        lease: card.how === "static" || Object.keys(leased).length === 0 ? undefined : leased,
        gateway,
        dns,
        routeMetric: card.routeMetric,
        defaultRoute: card.defaultRoute,
        hostName: card.hostName,
      };
    }),
  );

/** Sound boot documents of every kind. */
export const bootDocuments: fc.Arbitrary<BootDocument> = interfaces.chain((cards) => {
  const portal = fc
    .record({
      card: fc.nat(cards.length - 1),
      host: fc.integer({ min: 2, max: 29 }),
      port: fc.integer({ min: 1, max: 65535 }),
    })
    .map(({ card, host, port }) => {
      const v6 =
        cards[card]!.dns?.[0]?.includes(":") ??
        (cards[card]!.address.includes(":") || cards[card]!.address === "dhcp6");
      return { traddr: v6 ? `fd00:${card}::${host}` : `10.${card}.0.${host}`, trsvcid: port, interface: `nic${card}` };
    });
  const namespace = fc.record(
    {
      uuid,
      nguid: hexDigits(32),
      eui64: hexDigits(16),
      blockSize: fc.constantFrom(512, 4096),
      bootable: fc.boolean(),
      image: fc.constantFrom("root.img", "a b.raw"),
    },
    { requiredKeys: [] },
  );
  const target = fc.record(
    {
      nqn,
      portals: fc.array(portal, { minLength: 1, maxLength: 3 }),
      namespaces: fc.array(namespace, { minLength: 1, maxLength: 3 }),
      digests: fc.record({ header: fc.boolean(), data: fc.boolean() }),
      allowHosts: fc.oneof(fc.constant("any" as const), fc.array(nqn, { maxLength: 2 })),
      discovery: fc.oneof(
        fc.boolean(),
        fc.record(
          {
            trsvcid: fc.constantFrom(8009, 4420),
            nqn: fc.constantFrom("nqn.2014-08.org.nvmexpress.discovery", "nqn.2020-01.org.example:dc"),
          },
          { requiredKeys: [] },
        ),
        fc.record({ portals: fc.array(portal, { minLength: 1, maxLength: 2 }) }),
      ),
      security: fc.constantFrom(
        { hostSecret: "host.key" },
        { hostSecret: "host.key", controllerSecret: "keys/controller.key", dhGroups: ["ffdhe3072" as const] },
        { authentication: "supported" as const, hashes: ["sha256" as const, "sha512" as const] },
        { tlsKey: "tls.key", cipherSuites: ["TLS_AES_256_GCM_SHA384" as const] },
        { tls: "supported" as const, authentication: "required" as const },
      ),
      serial: fc.constantFrom("S1", "LABSN0001"),
      model: fc.constant("nbft-lab"),
      portId: fc.nat(65535),
    },
    { requiredKeys: ["nqn", "portals"] },
  );
  return fc
    .record({
      id: uuid,
      fromId: fc.boolean(),
      hostName: maybe(name),
      idByteOrder: maybe(fc.constantFrom("rfc4122" as const, "efi-guid" as const)),
      primaryAdminHost: maybe(fc.constantFrom("unselected" as const, "selected" as const)),
      targets: fc.array(target, { maxLength: 3 }),
      attempts: maybe(
        fc.array(
          fc.record(
            {
              card: fc.nat(cards.length - 1),
              host: fc.integer({ min: 2, max: 29 }),
              trsvcid: fc.integer({ min: 1, max: 65535 }),
              nqn,
              nid: fc.oneof(uuid, hexDigits(32), hexDigits(16)),
              timeout: fc.nat(65535),
              retries: fc.nat(255),
              controllerId: fc.nat(65535),
              enabled: fc.boolean(),
              serverName: fc.constant("target.example.org"),
            },
            { requiredKeys: ["card", "host", "nqn"] },
          ),
          { maxLength: 4 },
        ),
      ),
      oemRevision: maybe(fc.nat(0xffffffff)),
    })
    .map(({ id, fromId, hostName, idByteOrder, primaryAdminHost, targets, attempts, oemRevision }) => ({
      host: {
        ...(fromId ? { id } : { nqn: `nqn.2014-08.org.nvmexpress:uuid:${id}` }),
        name: hostName,
        idByteOrder,
        primaryAdminHost,
      },
      interfaces: cards,
      targets,
      attempts: attempts?.map(({ card, host, ...rest }) => {
        const { address, gateway, dns } = cards[card]!;
        const v6 = [address, gateway ?? "", dns?.[0] ?? ""].some((text) => text.includes(":")) || address === "dhcp6";
        return { ...rest, interface: `nic${card}`, traddr: v6 ? `fd00:${card}::${host}` : `10.${card}.0.${host}` };
      }),
      table: oemRevision === undefined ? undefined : { oemRevision },
    }));
});
