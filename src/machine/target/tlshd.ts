/**
 * Configuration of tlshd (ktls-utils) for NVMe/TCP with pre-shared keys, on host and target alike: keys are in the keyring `.nvme`, where nvme-cli
 * puts them; no certificates. Run with ktls-utils 1.0.0, 30 November 2026.
 */
export const tlshdConfig = `# tlshd -s -c FILE; keys: nvme tls-key --import --keyfile /etc/nvme/tls-keys
[debug]
loglevel=1
tls=1
nl=0

[authenticate]
keyrings=.nvme

[authenticate.client]

[authenticate.server]
`;
