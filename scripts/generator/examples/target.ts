// Examples of the rules about targets: a boot description with one target, and what is different about it.
import type { BootDocument } from "../../../src/boot/document.ts";
import { completeBootDescription } from "../../../src/boot/parse.ts";
import type { targetRules } from "../../../src/machine/target/rules.ts";
import { targetOfBoot } from "../../../src/machine/target/target-spec.ts";
import type { MadeExample } from "./example.ts";

type Target = NonNullable<BootDocument["targets"]>[number];

const nqn = "nqn.2014-08.org.example:target";
const one: Target = { nqn, portals: ["192.0.2.20:4420"], namespaces: [{ nsid: 1, image: "root.img" }] };

function boot(input: string, target: Partial<Target>, ...others: readonly Target[]): MadeExample {
  const document: BootDocument = {
    host: { nqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890" },
    interfaces: [{ mac: "52:54:00:12:34:56", address: target.portals ? "auto" : "192.0.2.10/24" }],
    targets: [{ ...one, ...target }, ...others],
  };
  return { input: [input], check: () => targetOfBoot(completeBootDescription(document)).diagnostics };
}

/** An example of each rule. */
export const targetExamples: Readonly<Record<keyof typeof targetRules, MadeExample>> = {
  N002: boot("a namespace has eui64: ac-de-48-23-45-67-ab-cd", {
    namespaces: [{ eui64: "ac-de-48-23-45-67-ab-cd", image: "root.img" }],
  }),
  N003: boot("discovery: {trsvcid: 8009}, at a port without portal", { discovery: { trsvcid: 8009 } }),
  N004: boot("the portal is [fe80::1]:4420, without --zone", { portals: ["[fe80::1]:4420"] }),
  N005: boot("digests: {header: true, data: true}", { digests: { header: true, data: true } }),
  N006: boot("security: {hostSecret: host.key}, and allowHosts: any", {
    security: { hostSecret: "host.key" },
    allowHosts: "any",
  }),
  N007: boot("security: {authentication: required}, without hostSecret", { security: { authentication: "required" } }),
  N008: boot(
    "two targets, security: {hostSecret: host.key} and {hostSecret: other.key}",
    { security: { hostSecret: "host.key" } },
    { ...one, nqn: `${nqn}2`, name: "second", security: { hostSecret: "other.key" } },
  ),
  N009: boot("security: {tlsKey: tls.key}", { security: { tlsKey: "tls.key" } }),
};
