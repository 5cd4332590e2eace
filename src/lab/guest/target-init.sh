#!/bin/sh
# PID 1 of the lab's target: serves block devices over NVMe/TCP as /etc/nbft/target.conf says, and testifies who came.
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /etc /var/lib/misc
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec > /dev/console 2>&1 < /dev/console
say() {
  read -r up _ < /proc/uptime
  echo "[$up] target: $*"
}
say init
for order in /lib/modules/order /lib/modules/tls-order; do
  [ -e $order ] && while read -r module; do insmod "/lib/modules/$module" || say "insmod $module failed"; done < $order
done
mount -t configfs none /sys/kernel/config
mount -t debugfs none /sys/kernel/debug 2> /dev/null
# Only these two lines: with all of nvmet's debug output the kernel would log keys.
for format in 'host authenticated' 'ctrl authenticated'; do
  echo "module nvmet format \"$format\" +p" > /sys/kernel/debug/dynamic_debug/control
done 2> /dev/null
nvmet=/sys/kernel/config/nvmet
ip link set lo up

nonce=''
read -r line < /proc/cmdline
for word in $line; do
  case $word in nbft.nonce=*) nonce=${word#*=} ;; esac
done
port=''
for s in /sys/class/virtio-ports/*; do
  [ -r "$s/name" ] || continue
  read -r name < "$s/name"
  [ "$name" = org.nbft.report ] && port=/dev/${s##*/}
done
[ -n "$port" ] || say "no port for the report"
exec 3> "${port:-/dev/null}"
# What the lab says comes by the second serial port.
stty raw -echo < /dev/ttyS1
exec 4< /dev/ttyS1
part() {
  part=$1
  shift
  printf '\n@@%s BEGIN %s\n' "$nonce" "$part" >&3
  "$@" >&3 2>&1
  printf '\n@@%s END %s %s\n' "$nonce" "$part" $? >&3
}
printf '\n@@nbft-report 1 %s\n@@%s STAGE target\n' "$nonce" "$nonce" >&3

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
  [ -e "/proc/sys/net/ipv6/conf/$1" ] && echo 0 > "/proc/sys/net/ipv6/conf/$1/accept_dad"
  ip link set "$1" up
}
# One lease for one host on one link. Only what busybox's udhcpd itself can hand out.
serve_dhcp() { # INTERFACE SERVER HOSTMAC HOSTIP MASK GATEWAY DNS HOSTNAME ROOTPATH
  conf=/etc/udhcpd-$1.conf
  : > "/run/leases-$1"
  {
    printf 'interface %s\nstart %s\nend %s\nmax_leases 1\nlease_file /run/leases-%s\npidfile /run/udhcpd-%s.pid\n' "$1" "$4" "$4" "$1" "$1"
    printf 'option subnet %s\noption lease 3600\nstatic_lease %s %s\n' "$5" "$3" "$4"
    [ "$6" = - ] || printf 'option router %s\n' "$6"
    [ "$7" = - ] || printf 'option dns %s\n' "$(echo "$7" | tr , ' ')"
    [ "$8" = - ] || printf 'option hostname %s\n' "$8"
    [ "$9" = - ] || printf 'option rootpath %s\n' "$9"
  } > "$conf"
  udhcpd -S -I "$2" "$conf"
}
ports=0
while read -r verb a b c d e f g h i j; do
  case $verb in
  '#'* | '') continue ;;
  up) n=$(interface "$a" 0) && up "$n" ;;
  address) n=$(interface "$a" "$b") && up "$n" && ip addr add "$c" dev "$n" ;;
  dhcp) n=$(interface "$a" "$b") && serve_dhcp "$n" "$c" "$d" "$e" "$f" "$g" "$h" "$i" "$j" ;;
  user) # A link to the machine outside, for a target that runs there.
    n=$(interface "$a" 0) && up "$n" && ip addr add "$b" dev "$n" && ip route add default via "$c"
    ;;
  subsystem)
    mkdir "$nvmet/subsystems/$a" && cd "$nvmet/subsystems/$a" && echo 0 > attr_allow_any_host && echo "$b" > attr_serial && echo nbft-lab > attr_model
    ;;
  key) # HOST HASH GROUP: the keys are in files, so that no message names one.
    read -r key < /etc/nbft/host.key && mkdir -p "$nvmet/hosts/$a" && cd "$nvmet/hosts/$a" && printf %s "$key" > dhchap_key &&
      { [ ! -e /etc/nbft/controller.key ] || { read -r key < /etc/nbft/controller.key && printf %s "$key" > dhchap_ctrl_key; }; } &&
      echo "hmac($b)" > dhchap_hash && echo "$c" > dhchap_dhgroup
    ;;
  allow)
    mkdir -p "$nvmet/hosts/$b" && ln -s "$nvmet/hosts/$b" "$nvmet/subsystems/$a/allowed_hosts/$b"
    ;;
  patch) # DEVICE BLOCK FILE: what this run puts over a disk, whose changes are the run's own.
    n=0
    while [ ! -b "$a" ] && [ $n -lt 50 ]; do n=$((n + 1)) && sleep 0.1; done
    dd if="/$c" of="$a" bs=4096 seek="$b" conv=notrunc 2> /dev/null && sync
    ;;
  namespace)
    # Identity has to be there before the namespace is enabled.
    n=0
    while [ ! -b "$c" ] && [ $n -lt 50 ]; do n=$((n + 1)) && sleep 0.1; done
    mkdir "$nvmet/subsystems/$a/namespaces/$b" && cd "$nvmet/subsystems/$a/namespaces/$b" && printf %s "$c" > device_path &&
      { [ "$d" = - ] || echo "$d" > device_uuid; } && { [ "$e" = - ] || echo "$e" > device_nguid; } && echo 1 > enable
    ;;
  allow-any) echo 1 > "$nvmet/subsystems/$a/attr_allow_any_host" ;;
  port)
    # A link-local address comes with its interface.
    [ -z "$e" ] || c=$c%$(interface "$e" "$f")
    mkdir "$nvmet/ports/$a" && cd "$nvmet/ports/$a" && echo "$b" > addr_adrfam && echo tcp > addr_trtype && echo "$c" > addr_traddr && echo "$d" > addr_trsvcid &&
      ports=$((ports + 1))
    ;;
  tls) # PORT required|optional
    [ "$b" = required ] || b='not required'
    cd "$nvmet/ports/$a" && echo tls1.3 > addr_tsas && echo "$b" > addr_treq
    ;;
  serve) ln -s "$nvmet/subsystems/$b" "$nvmet/ports/$a/subsystems/$b" ;;
  refer)
    mkdir "$nvmet/ports/$a/referrals/$b" && cd "$nvmet/ports/$a/referrals/$b" && echo "$c" > addr_adrfam && echo tcp > addr_trtype &&
      echo "$d" > addr_traddr && echo "$e" > addr_trsvcid && echo 1 > enable
    ;;
  relay) # PORT ADDRESS PORT: hands each connection on to a target that runs elsewhere.
    printf '#!/bin/sh\nexec nc %s %s\n' "$b" "$c" > "/run/relay-$a" && chmod 755 "/run/relay-$a" && nc -ll -p "$a" -e "/run/relay-$a" &
    ;;
  *) false ;;
  esac || say "failed: $verb $a $b $c $d $e"
  cd /
done < /etc/nbft/target.conf

served() {
  for s in "$nvmet"/subsystems/*; do
    [ -d "$s" ] || continue
    echo "subsystem ${s##*/}"
    for n in "$s"/namespaces/*; do
      [ -d "$n" ] && echo "namespace ${n##*/} uuid $(cat "$n/device_uuid") nguid $(cat "$n/device_nguid") enabled $(cat "$n/enable")"
    done
    for n in "$s"/allowed_hosts/*; do [ -e "$n" ] && echo "host ${n##*/}"; done
  done
  for s in "$nvmet"/ports/*; do
    [ -d "$s" ] || continue
    echo "port ${s##*/} $(cat "$s/addr_traddr") $(cat "$s/addr_trsvcid") tls $(cat "$s/addr_tsas") $(cat "$s/addr_treq")"
    for n in "$s"/subsystems/*; do [ -e "$n" ] && echo "serves ${n##*/}"; done
  done
}
sessions() { netstat -tn | grep ESTABLISHED; }
# Connections to the NVMe ports are dropped by the kernel's own end: a list that only grows is what the witness saw.
log() { dmesg | grep nvmet; }
# tlshd finds keys in the keyring .nvme; it listens once it has joined a group of generic netlink (protocol 16).
if [ -e /etc/nvme/tls-keys ]; then
  /usr/sbin/nvme tls-key --import --keyfile /etc/nvme/tls-keys || say "failed: keys of TLS"
  /usr/sbin/tlshd -s -c /etc/tlshd.conf > /run/tlshd.log 2>&1 &
  n=0
  while [ $n -lt 50 ] && ! grep -qE '^[0-9a-f]+ +16 +[0-9]+ +0*[1-9a-f]' /proc/net/netlink; do n=$((n + 1)) && sleep 0.1; done
fi
handshakes() { cat /run/tlshd.log; }
part served served
part addresses ip addr
say READY
printf '\n@@%s READY %s\n' "$nonce" $ports >&3
dmesg -n 8
seen=''
asked=''
while :; do
  now=$(
    sessions
    log
    [ ! -e /run/tlshd.log ] || handshakes
  )
  if [ "$now" != "$seen" ]; then
    seen=$now
    part sessions sessions
    part log log
    [ ! -e /run/tlshd.log ] || part tlshd handshakes
  fi
  # Whatever happened before it was asked is written.
  printf '\n@@%s LOOKED %s\n' "$nonce" "$asked" >&3
  asked=''
  read -r -t 1 asked <&4
done
