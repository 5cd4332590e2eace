#!/bin/sh
# Called by udhcpc with what the lease says.
[ "$1" = bound ] || [ "$1" = renew ] || exit 0
ip addr add "$ip/$mask" dev "$interface"
for gateway in $router; do ip route add default via "$gateway" dev "$interface" && break; done
[ -z "$dns" ] || for server in $dns; do echo "nameserver $server"; done > /etc/resolv.conf
[ -z "$hostname" ] || hostname "$hostname"
set > "/run/nbft/lease-$interface.part"
