import { checksumFor } from "../src/acpi/checksum.ts";
import { withDefaults } from "../src/document/defaults.ts";
import { readNbft } from "../src/nbft/read/read.ts";
import { nbftHeader, ssnsDescriptor } from "../src/nbft/structures/index.ts";
import { encodeNbft } from "../src/nbft/write/encode.ts";

/** As many subsystems at addresses of their own as interfaces in networks of their own, each through each: 65,025 paths. */
export function everyPath(
  address: (network: string, host: number) => string,
  gateways: boolean,
  count = 255,
  secured = false,
): Uint8Array<ArrayBuffer> {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const table = withDefaults({
    host: { hostNqn: "nqn.2026-01.org.example:host" },
    hfi: numbers.map((i) => ({
      index: i,
      transportInfo: {
        mac: `02:00:00:00:00:${(i - 1).toString(16).padStart(2, "0")}`,
        ipOrigin: "manual" as const,
        ipAddress: address(i.toString(), 10),
        subnetMaskPrefix: address("", 1).includes(":") ? 64 : 24,
        ...(gateways && { gateway: address(i.toString(), 1) }),
      },
    })),
    ...(secured && { security: [{ index: 1, flags: { inBandAuthentication: "required" as const } }] }),
    ssns: numbers.map((i) => ({
      index: i,
      traddr: address("0", i),
      subsystemNqn: "nqn.2026-01.org.example:a",
      nsid: 1,
      primaryHfi: 1,
      ...(secured && { securityIndex: 1, flags: { useSecurity: true } }),
      ...(i === 1 && { secondaryHfis: numbers }),
    })),
  });
  const bytes = Uint8Array.from(encodeNbft(table));
  const { offset, stride } = readNbft(bytes).frame.lists.ssns;
  const ref = offset + ssnsDescriptor.fields.secondaryHfis.at;
  for (let i = 1; i < count; i++) bytes.copyWithin(ref + i * stride, ref, ref + 6);
  bytes[nbftHeader.fields.checksum.at] = checksumFor(bytes, bytes.length);
  return bytes;
}
export const ipv4 = (network: string, host: number) => `10.1.${network}.${host}`;
export const ipv6 = (network: string, host: number) => `2001:db8:1:${network}::${host.toString(16)}`;
