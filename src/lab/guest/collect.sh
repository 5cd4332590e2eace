#!/bin/sh
# nbft evidence collector: says what this boot made of its NVMe Boot Firmware Table, as a report on standard output.
# Usage: sh collect.sh [STAGE [NONCE]]. Needs sh and cat; uses sed, ip, nvme, dmesg, journalctl, timeout where they are.
# Reads only. Keys are not read, and lines that name one are left out of what is sent.
export LC_ALL=C
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
stage=${1:-system}
nonce=$2
journal=${nbft_journal:-boot}
[ -n "$nonce" ] || read -r nonce < /proc/sys/kernel/random/uuid
err=/run/nbft-collect.$$
{ : > "$err"; } 2> /dev/null || err=/dev/null

have() { command -v "$1" > /dev/null 2>&1; }
# A program that hangs (a controller that does not answer) must not take the report with it.
if have timeout; then limit() { timeout 20 "$@"; }; else limit() { "$@"; }; fi
# By the shell alone: for the few lines of a file this is quicker than to start a program.
hide() {
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    *DHHC-1:* | *NVMeTLSkey-* | *dhchap* | *[Ss]ecret* | *tls[_-]key* | *psk* | *password* | *passw*[=:]*) echo '[left out: names a secret]' ;;
    *) printf '%s\n' "$line" ;;
    esac
  done
}
if have sed; then
  filter() { sed -e '/DHHC-1:\|NVMeTLSkey-\|dhchap\|[Ss]ecret"* *[=: ]\|tls[_-]key\|psk"* *[=:]\|passw[a-z]*"* *[=:]/s/.*/[left out: names a secret]/'; }
else
  filter() { hide; }
fi

# part NAME COMMAND...: its standard output as it is; its standard error as a part of its own.
part() {
  part=$1
  shift
  case $part in *[!A-Za-z0-9._:@/+-]*) part=odd-name ;; esac
  printf '\n@@%s BEGIN %s\n' "$nonce" "$part"
  "$@" 2> "$err"
  status=$?
  printf '\n@@%s END %s %s\n' "$nonce" "$part" "$status"
  if [ -s "$err" ]; then
    printf '\n@@%s BEGIN %s.err\n' "$nonce" "$part"
    cat "$err"
    printf '\n@@%s END %s.err 0\n' "$nonce" "$part"
  fi
}
text() { hide < "$1"; }
# attrs FILE...: path, TAB and text of each line of each file, without starting a program.
attrs() {
  for file in "$@"; do
    if [ ! -f "$file" ] || [ ! -r "$file" ]; then continue; fi
    while IFS= read -r line || [ -n "$line" ]; do
      printf '%s\t%s\n' "$file" "$line"
    done 2> /dev/null < "$file"
  done
}
# each DIRECTORY NAME...: those attributes of a directory.
each() {
  dir=$1
  shift
  for name in "$@"; do attrs "$dir/$name"; done
}
# members LABEL ENTRY...: which entries there are.
members() {
  label=$1
  shift
  for entry in "$@"; do
    [ -e "$entry" ] && printf '%s\t%s\n' "$label" "${entry##*/}"
  done
}

about() {
  attrs /proc/sys/kernel/random/boot_id /proc/sys/kernel/osrelease /proc/sys/kernel/hostname /proc/uptime \
    /etc/initrd-release /etc/os-release
  each /sys/class/dmi/id sys_vendor product_name bios_vendor bios_version
}
network() {
  for i in /sys/class/net/*; do
    each "$i" address addr_assign_type operstate carrier flags ifindex iflink mtu type device/uevent device/../uevent
  done
  attrs /proc/net/vlan/*
}
controllers() {
  for c in /sys/class/nvme/nvme*; do
    each "$c" transport address state subsysnqn hostnqn hostid cntlid cntrltype model serial
  done
  # Whether there is a key, not which.
  for c in /sys/class/nvme/nvme*; do if [ -e "$c/tls_key" ]; then printf '%s/tls\tyes\n' "$c"; fi; done | filter
}
subsystems() {
  for s in /sys/class/nvme-subsystem/nvme-subsys*; do
    each "$s" subsysnqn iopolicy model serial subsystype
    members "$s/members" "$s"/nvme*
  done
}
namespaces() {
  for n in /sys/class/nvme/nvme*/nvme*n* /sys/class/nvme-subsystem/nvme-subsys*/nvme*n* /sys/block/nvme*n*; do
    each "$n" nsid uuid nguid eui wwid ana_state dev
  done
}
block() {
  for b in /sys/class/block/*; do
    case $b in */loop[0-9]* | */ram[0-9]*) continue ;; esac
    each "$b" dev size hidden partition dm/name
    members "$b/slaves" "$b"/slaves/*
    if [ -f "$b/partition" ]; then attrs "$b/../dev"; fi
  done
  # What udev found on each: a label or UUID that two of them carry is worth knowing.
  for u in /run/udev/data/b*; do
    [ -f "$u" ] || continue
    while IFS= read -r line; do
      case $line in E:ID_FS_* | E:ID_PART_ENTRY_UUID=* | E:DM_NAME=* | E:DM_UUID=*) printf '%s\t%s\n' "$u" "$line" ;; esac
    done < "$u"
  done
}
kernel_log() { dmesg | filter; }
boot_journal() {
  # The kernel's own lines are in its log already.
  if [ "$journal" = all ]; then
    limit journalctl -b --no-pager -o short-monotonic -n 6000 _TRANSPORT=journal + _TRANSPORT=stdout + _TRANSPORT=syslog | filter
  else
    limit journalctl -b --no-pager -o short-monotonic -n 6000 -u 'dracut-*' -u 'initrd-*' -u nm-initrd.service \
      -u NetworkManager.service -u 'systemd-network*' -u 'nvmf-*' -u 'nvmefc-*' -u 'tlshd*' | filter
  fi
}
# Which program made each connection, and what started it: from the kernel's trace, where its command line has one kept.
programs() { grep -E ': (console: .*new ctrl: |sched_process_(exec|fork): )' /sys/kernel/tracing/trace; }

printf '\n@@nbft-report 1 %s\n@@%s STAGE %s\n' "$nonce" "$nonce" "$stage"
part about.attrs about
part cmdline text /proc/cmdline
for f in /sys/firmware/acpi/tables/NBFT*; do
  if [ -f "$f" ]; then part "tables/${f##*/}" cat "$f"; fi
done
if have nvme; then
  part nvme-version limit nvme version
  part nbft-show.json limit nvme nbft show -H -s -d -o json
fi
for f in /etc/cmdline /etc/cmdline.d/*; do
  if [ -f "$f" ]; then part "${f#/}" text "$f"; fi
done
part dracut.attrs attrs /tmp/net.*.has_ibft_config /tmp/valid_nbft_entry_found
part network.attrs network
if have ip; then
  if addresses=$(ip -j addr 2> /dev/null); then
    part ip-addr.json printf '%s\n' "$addresses"
    part ip-route.json ip -j route show table all
    part ip-route6.json ip -j -6 route show table all
  else
    part ip-addr ip addr
    part ip-route ip route
  fi
fi
part controllers.attrs controllers
part subsystems.attrs subsystems
part namespaces.attrs namespaces
part block.attrs block
part mountinfo cat /proc/self/mountinfo
case $stage in root | system | failure) systemd=/run/systemd/system ;; *) systemd='' ;; esac
if [ -d "$systemd" ] && have systemctl; then
  part systemd limit systemctl is-system-running
  part systemd-target limit systemctl show -p Id -p ActiveState default.target
  part systemd-failed limit systemctl list-units --failed --all --plain --no-legend --full
fi
part swaps.attrs attrs /proc/swaps
part registry.attrs attrs /run/nvme/registry/*/owner
part nvme.attrs attrs /etc/nvme/hostnqn /etc/nvme/hostid
for f in /etc/resolv.conf /etc/nvme/discovery.conf /etc/nvme/config.json /etc/nvme/nvme-fabrics.conf \
  /etc/nvme/nvme-fabrics.conf.d/*.conf /etc/nvme/nvme-stas.conf /etc/stas/*.conf /run/NetworkManager/system-connections/* \
  /run/NetworkManager/initrd/* /run/systemd/network/* /run/systemd/netif/leases/*; do
  if [ -f "$f" ]; then part "${f#/}" text "$f"; fi
done
for f in /run/nbft/*.part; do
  if [ -f "$f" ]; then part "more/${f##*/}" text "$f"; fi
done
if [ "$stage" != early ]; then
  if have dmesg; then part dmesg kernel_log; fi
  if have journalctl; then part journal boot_journal; fi
  if [ -r /sys/kernel/tracing/trace ] && have grep; then part programs programs; fi
  # Reports that hooks in the initramfs left for want of a port.
  for f in /run/nbft/*.report; do
    if [ -f "$f" ]; then part "earlier/${f##*/}" cat "$f"; fi
  done
fi
part end.attrs attrs /proc/uptime /proc/sys/kernel/random/boot_id
printf '\n@@%s DONE %s\n' "$nonce" "$stage"
[ "$err" = /dev/null ] || rm -f "$err"
