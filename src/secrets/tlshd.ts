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

/**
 * Unit of tlshd for an initramfs of dracut: it has to listen before the first connection is made. Run with dracut 106, December 2026.
 */
export const tlshdUnit = `[Unit]
Description=TLS handshakes of NVMe/TCP
DefaultDependencies=no
Before=dracut-initqueue.service
ConditionPathExists=/etc/tlshd.conf

[Service]
ExecStart=/usr/sbin/tlshd -s -c /etc/tlshd.conf
`;
