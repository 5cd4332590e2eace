import { subnetOf } from "../../reach/subnet.ts";
import { at, type Boot } from "../boot.ts";
import { canonicalAddress } from "../canonical-address.ts";
import { type Claim, claim, type Finding, passOrFail } from "../claim.ts";
import type { ExpectedInterface } from "../expectation.ts";
import type { InterfaceFacts } from "../facts/interfaces.ts";
import type { StageFacts } from "../facts/stage-facts.ts";
import { recordName } from "./names.ts";

/** Whether each HFI's interface is there and has the table's network configuration. */
export function* checkNetwork(boot: Boot): Generator<Claim> {
  const stage = [boot.last, boot.initramfs, boot.early].find((candidate) => (candidate?.interfaces?.length ?? 0) > 0);
  const networkd = usesNetworkd(boot);
  for (const hfi of boot.expectation.interfaces) {
    const about = recordName(boot, hfi, "HFI", hfi.hfi);
    const link = interfaceOf(stage, hfi, 0);
    const own = hfi.vlan === 0 ? link : interfaceOf(stage, hfi, hfi.vlan);
    yield claim("network.interface", {
      about,
      verdict: stage ? passOrFail(own !== undefined || (!boot.connects && link !== undefined)) : "unknown",
      expected: `${hfi.mac}${hfi.vlan === 0 ? "" : ` VLAN ${hfi.vlan}`}`,
      seen: (own ?? link)?.name ?? (stage ? "none with that address" : "nothing about interfaces"),
      source: at(stage, "/sys/class/net/*/address"),
      hint:
        link && !own
          ? `${link.name} has no VLAN ${hfi.vlan}: what went over it was untagged`
          : "The driver may be missing, or another card is in the machine",
    });
    yield placeClaim(boot, hfi, about, link, stage);
    if (!boot.connects) continue;
    yield addressClaim(hfi, about, own, stage, networkd);
    if (hfi.gateway !== undefined) yield gatewayClaim(hfi, about, own, stage);
  }
}

/** The interface with an HFI's MAC address: the card itself, or a VLAN on it. */
function interfaceOf(
  stage: StageFacts | undefined,
  { mac }: ExpectedInterface,
  vlan: number,
): InterfaceFacts | undefined {
  return stage?.interfaces?.find((candidate) => candidate.mac === mac && candidate.vlan === vlan);
}

/** Whether the initramfs sets up its network by systemd-networkd instead of NetworkManager. */
function usesNetworkd({ stages }: Boot): boolean {
  const journals = stages
    .filter(({ name }) => name !== "root" && name !== "system")
    .map(({ journal }) => journal ?? "");
  return journals.some((text) =>
    /systemd-networkd\[\d+\]: \S+: (?:Configuring with|Link UP)|zzzz-dracut-default\.network/.test(text),
  );
}

function placeClaim(
  boot: Boot,
  hfi: ExpectedInterface,
  about: string,
  link: InterfaceFacts | undefined,
  stage: StageFacts | undefined,
): Claim {
  const remapped = boot.manifest?.remarks?.some(
    (remark) => remark.kind === "remapped" && remark.about === about && /its interface is at/.test(remark.text),
  );
  const known = link?.pci !== undefined && hfi.pci !== undefined && !remapped;
  return claim("network.pci", {
    about,
    required: false,
    verdict: known ? passOrFail(link.pci === hfi.pci) : "unknown",
    expected: hfi.pci ?? "not told",
    seen: link?.pci ?? "not told",
    source: at(stage, "/sys/class/net/*/device/uevent"),
    hint: remapped
      ? "The lab could not put it there"
      : "The card is in another slot than the firmware saw it in, or the buses are numbered anew",
  });
}

function addressClaim(
  hfi: ExpectedInterface,
  about: string,
  own: InterfaceFacts | undefined,
  stage: StageFacts | undefined,
  networkd: boolean,
): Claim {
  const finding = (rest: Pick<Finding, "verdict" | "expected" | "seen"> & { hint?: string }): Claim =>
    claim("network.address", { about, source: at(stage, "ip addr"), ...rest });
  const seen = own?.addresses.map(({ address, prefix }) => `${address}/${prefix}`).join(", ") || "none";
  if (stage?.addresses === undefined)
    return finding({ verdict: "unknown", expected: hfi.address ?? "an address", seen: "nothing about addresses" });
  if (hfi.address === undefined) {
    const usable = own?.addresses.some(({ address }) => !address.startsWith("fe80:")) ?? false;
    return finding({ verdict: passOrFail(usable), expected: hfi.dhcp ? "an address by DHCP" : "an address", seen });
  }
  const wanted = canonicalAddress(hfi.address);
  const here = own?.addresses.find(({ address }) => address === wanted);
  const elsewhere = stage.addresses.find((other) => other.address === wanted && other.interface !== own?.name);
  const prefix = subnetOf(hfi.address, hfi.prefix)?.prefix ?? hfi.prefix;
  const where = elsewhere && `${wanted} is on ${elsewhere.interface}`;
  return finding({
    verdict: passOrFail(here !== undefined && here.prefix === prefix && !elsewhere),
    expected: `${wanted}/${prefix}`,
    seen: [own ? `${own.name}: ${seen}` : "no interface", where].filter(Boolean).join("; "),
    hint: networkd
      ? "The initramfs configures its network by systemd-networkd, which does not take the addresses that dracut writes for the table: use dracut's network-manager module"
      : hfi.dhcp
        ? "DHCP gave another address than the firmware got"
        : "Something else than the table configured the interface, or nothing did",
  });
}

function gatewayClaim(
  hfi: ExpectedInterface,
  about: string,
  own: InterfaceFacts | undefined,
  stage: StageFacts | undefined,
): Claim {
  const routes = stage?.routes;
  const found = routes?.some(
    (route) => route.gateway === canonicalAddress(hfi.gateway!) && route.interface === own?.name,
  );
  const seen = routes
    ?.filter(({ gateway, interface: name }) => gateway !== undefined && name === own?.name)
    .map(({ to, gateway }) => `${to} by ${gateway}`);
  return claim("network.gateway", {
    about,
    // A gateway that no path needs may be left to the routing of the system.
    required: false,
    verdict: routes === undefined ? "unknown" : passOrFail(found ?? false),
    expected: hfi.gateway!,
    seen: routes === undefined ? "nothing about routes" : seen?.join(", ") || "no route over a gateway",
    source: at(stage, "ip route"),
  });
}
