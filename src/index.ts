/**
 * Reads the NVMe Boot Firmware Table: {@link readNbft} reads any table tolerantly and says what is wrong with its bytes, {@link decodeNbft} takes only
 * tables that are fit for use.
 *
 * Runs in browsers as well as in Node.js, and loads little. Writing is in `nbft/encode`, JSON and YAML documents in `nbft/document`, rules and
 * repairs in `nbft/validate`, texts and pictures in `nbft/output`, comparing in `nbft/diff`, evidence of boots in `nbft/verify`, files in `nbft/node`, booting in `nbft/lab`.
 *
 * @module nbft
 */

export type { Bytes } from "./bytes/bytes.ts";
export type { Diagnostic, Severity, SpecRef } from "./diagnostic.ts";
export { DecodeError, EncodeError, NbftError, ParseError, type TextPlace } from "./errors.ts";
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
