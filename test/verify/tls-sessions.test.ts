import { describe, expect, it } from "vitest";
import { tlsSessionsIn } from "../../src/verify/facts/tls-sessions.ts";

describe("sessions in tlshd's log", () => {
  it("are named by protocol and cipher, whatever exchanged the key", () => {
    const log = [
      "tlshd[180]: start ClientHello handshake",
      "tlshd[180]: Session description: (TLS1.3)--(AES-128-GCM)",
      "tlshd[180]: Handshake with unknown (192.168.101.20) was successful",
      "tlshd[185]: Session description: (TLS1.3)-(ECDHE-SECP256R1)-(PSK)-(AES-256-GCM)",
    ].join("\n");
    expect(tlsSessionsIn(log)).toEqual(["TLS1.3 AES-128-GCM", "TLS1.3 AES-256-GCM"]);
  });

  it("are not there where a handshake began only", () => {
    expect(tlsSessionsIn("tlshd[180]: start ClientHello handshake\ntlshd[180]: unhandled error -15")).toEqual([]);
  });
});
