import { cstring, efiIp, guid, structure, u8, u16 } from "../../structure/index.ts";
import { nvDataSpec } from "./spec.ts";

/** Values of `ipMode`. The driver ignores an attempt with any other. */
const ipModeNames = { 0: "ipv4", 1: "ipv6", 2: "autoconfigure" } as const;

/**
 * One record of variable `Nvmeof_Attemptconfig`, 1494 bytes without padding; records follow each other directly.
 *
 * Fields marked "runtime" are written by the driver; fields marked "unused" are read by no released driver.
 */
export const nvmeofAttemptConfig = structure("NvmeofAttemptConfig", {
  title: "NVMe-oF attempt",
  spec: nvDataSpec,
  size: 1494,
  fields: {
    nicIndex: u8(0, "NicIndex (runtime)"),
    dhcpSuccess: u8(1, "DhcpSuccess (runtime)"),
    validNbftPath: u8(2, "ValidnBFTPath (unused)"),
    validPath: u8(3, "ValidPath (unused)"),
    autoConfigureMode: u8(4, "AutoConfigureMode (runtime)", { names: { 3: "ipv4", 4: "ipv6" } }),
    attemptName: cstring(5, 12, "AttemptName"),
    macString: cstring(17, 96, "MacString"),
    primaryDns: efiIp(113, "PrimaryDns"),
    secondaryDns: efiIp(129, "SecondaryDns"),
    dhcpServer: efiIp(145, "DhcpServer (runtime)"),
    targetPort: u16(161, "SubsysPortId: the TCP port"),
    enabled: u8(163, "Enabled"),
    ipMode: u8(164, "IpMode", { names: ipModeNames }),
    localIp: efiIp(165, "Host IP"),
    subnetMask: efiIp(181, "Host subnet mask"),
    gateway: efiIp(197, "Host gateway"),
    initiatorInfoFromDhcp: u8(213, "HostInfoDhcp"),
    targetInfoFromDhcp: u8(214, "NvmeofSubsysInfoDhcp"),
    targetIp: efiIp(215, "Subsystem IP"),
    serverName: cstring(231, 224, "ServerName"),
    prefixLength: u8(455, "PrefixLength (runtime)"),
    transportPort: u16(456, "TransportPort (unused)"),
    controllerId: u16(458, "ControllerId"),
    nid: cstring(460, 64, "Nid"),
    nqn: cstring(524, 224, "Nqn"),
    transportGuid: guid(748, "TransportGuid (unused)"),
    connectTimeout: u16(764, "Timeout, milliseconds (unused)"),
    connectRetryCount: u8(766, "RetryCount (unused)"),
    dnsMode: u8(767, "DnsMode"),
    securityEnabled: u8(768, "SecurityEnabled (unused)"),
    securityKeyPath: cstring(769, 255, "SecurityKeyPath (unused)"),
    routeMetric: u16(1024, "RouteMetric"),
    hostName: cstring(1026, 224, "HostName"),
    hostNqnOverride: cstring(1250, 224, "HostNqnOverride (unused)"),
    hostIdOverride: guid(1474, "HostIdOverride (unused)"),
    hostOverrideEnable: u8(1490, "HostOverrideEnable (unused)"),
    authType: u8(1491, "AuthType (unused)", { names: { 0: "none", 1: "chap" } }),
    autoConfigureSuccess: u8(1492, "AutoConfigureSuccess (runtime)"),
    activated: u8(1493, "Actived (unused)"),
  },
});

/** Attempts that setattempt's array has room for; the tool itself refuses the eighth. */
export const attemptSlots = 8;
