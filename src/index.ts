/**
 * The NVMe Boot Firmware Table: reading it. Runs in browsers as well as in Node.js, and loads little: writing is in `nbft/encode`, documents in
 * `nbft/document`, rules and repairs in `nbft/validate`, texts in `nbft/render`, comparing in `nbft/diff`, evidence of boots in `nbft/verify`,
 * files in `nbft/node`.
 */
export { checksumFor, sumBytes } from "./acpi/checksum.ts";
export type { Diagnostic, Severity, SpecRef } from "./diagnostic.ts";
export { DecodeError, EncodeError, NbftError, ParseError } from "./errors.ts";
export type {
  ControlDescriptor,
  ControlDescriptorFlags,
  ControlDescriptorNumbers,
  DiscoveryDescriptor,
  DiscoveryDescriptorFlags,
  HfiDescriptor,
  HfiDescriptorFlags,
  HfiExtendedInfo,
  HfiExtendedInfoFlags,
  HfiTransportInfoTcp,
  HfiTransportInfoTcpFlags,
  HostDescriptor,
  HostDescriptorFlags,
  NbftHeader,
  NbftHeaderNumbers,
  SecurityProfileDescriptor,
  SecurityProfileDescriptorFlags,
  SecurityProfileDescriptorSecretType,
  SsnsDescriptor,
  SsnsDescriptorFlags,
  SsnsDescriptorTransportFlags,
  SsnsExtendedInfo,
  SsnsExtendedInfoFlags,
} from "./nbft/generated/model.ts";
export type { TableFrame } from "./nbft/read/frame.ts";
export { type DecodeOptions, decodeNbft, type NbftReading, readNbft } from "./nbft/read/read.ts";
export type { NbftTable } from "./nbft/table.ts";
