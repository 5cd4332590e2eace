#!/bin/sh
# PID 1 of the lab's quick host: busybox, nvme-cli, and a list of what to do.
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /etc
/bin/busybox --install -s /bin
export PATH=/bin:/usr/sbin:/usr/bin:/sbin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec > /dev/console 2>&1 < /dev/console
mkdir -p /run/nbft
say() {
  read -r up _ < /proc/uptime
  echo "[$up] nbft: $*"
}
say init
for order in /lib/modules/order /lib/modules/tls-order; do
  [ -e $order ] && while read -r module; do insmod "/lib/modules/$module" || say "insmod $module failed"; done < $order
done
if [ -e /etc/tlshd.conf ]; then
  tlshd -s -c /etc/tlshd.conf > /run/nbft/tlshd.part 2>&1 &
fi

# The interface with a MAC address; of a tag, made where it is missing.
interface() {
  for i in /sys/class/net/*; do
    read -r address < "$i/address"
    if [ "$address" = "$1" ] && [ ! -e "/proc/net/vlan/${i##*/}" ]; then
      base=${i##*/}
      if [ "$2" = 0 ]; then
        echo "$base"
      else
        [ -e "/sys/class/net/$base.$2" ] || ip link add link "$base" name "$base.$2" type vlan id "$2"
        ip link set "$base" up
        echo "$base.$2"
      fi
      return 0
    fi
  done
  return 1
}
up() {
  # Duplicate address detection would keep an IPv6 address from being used for a second.
  [ -e "/proc/sys/net/ipv6/conf/$1" ] && echo 0 > "/proc/sys/net/ipv6/conf/$1/accept_dad"
  ip link set "$1" up
}
ip link set lo up
connect=no
while read -r verb mac vlan a b; do
  case $verb in
  connect) connect=yes && continue ;;
  '#'* | '') continue ;;
  esac
  if ! i=$(interface "$mac" "$vlan"); then
    say "no interface $mac for $verb"
    continue
  fi
  case $verb in
  up) up "$i" ;;
  address) up "$i" && ip addr add "$a" dev "$i" ;;
  route) ip route add default via "$a" dev "$i" metric "$b" ;;
  dhcp) up "$i" && udhcpc -i "$i" -n -q -t 8 -T 1 -s /etc/nbft/udhcpc.sh ;;
  *) say "unknown verb $verb" ;;
  esac || say "$verb $mac $vlan $a failed"
done < /etc/nbft/host.conf
say network
# tlshd listens once it has joined a group of generic netlink (protocol 16).
listens() { grep -qE '^[0-9a-f]+ +16 +[0-9]+ +0*[1-9a-f]' /proc/net/netlink; }
if [ -e /etc/tlshd.conf ]; then
  n=0
  while [ $n -lt 50 ] && ! listens; do n=$((n + 1)) && sleep 0.1; done
fi
if [ $connect = yes ]; then
  nvme connect-all --nbft > /run/nbft/connect-all.part 2>&1
  say "nvme connect-all --nbft: $?"
  # The block device of a new controller appears a moment after the connect.
  n=0
  while [ $n -lt 30 ]; do
    set -- /sys/class/nvme/nvme*
    [ ! -e "$1" ] && break
    set -- /sys/block/nvme*n*
    [ -e "$1" ] && break
    n=$((n + 1))
    sleep 0.1
  done
fi
sh /lib/nbft-report.sh boot
say END
poweroff -f
