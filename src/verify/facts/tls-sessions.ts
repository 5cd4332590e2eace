/**
 * Sessions in the log of tlshd, as GnuTLS describes them: `Session description: (TLS1.3)-(ECDHE-SECP256R1)-(PSK)-(AES-128-GCM)` is
 * `TLS1.3 AES-128-GCM`. tlshd prints the line when a handshake has succeeded, at log level 1.
 */
export function tlsSessionsIn(log: string): string[] {
  return [...log.matchAll(/Session description: (\(.*\))/g)].map(([, description]) => {
    const words = [...description!.matchAll(/\(([^()]*)\)/g)].map(([, word]) => word!);
    return `${words[0]} ${words.at(-1)}`;
  });
}
