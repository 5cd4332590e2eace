#!/bin/sh
# Runs the collector and sends its report out of the guest: by the lab's virtio port, by its second serial port, or, where there is
# neither (a real machine), into /run/nbft, where the collector that runs later finds it. Usage: sh report.sh STAGE, or here=FOLDER . report.sh
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
stage=$1
: "${here:=${0%/*}}"
nonce='' port='' serial=''
read -r line < /proc/cmdline
for word in $line; do
  case $word in
  nbft.nonce=*) nonce=${word#*=} ;;
  nbft.serial=*) serial=${word#*=} ;;
  nbft.journal=*) nbft_journal=${word#*=} && export nbft_journal ;;
  esac
done
for s in /sys/class/virtio-ports/*; do
  [ -r "$s/name" ] || continue
  read -r name < "$s/name"
  [ "$name" = org.nbft.report ] || continue
  port=/dev/${s##*/}
  # Without udev's rules, or before them, the node may be missing.
  if [ ! -c "$port" ]; then
    IFS=: read -r major minor < "$s/dev"
    mknod "$port" c "$major" "$minor"
  fi
done
if [ -z "$port" ] && [ -n "$serial" ] && [ -c "/dev/$serial" ]; then
  port=/dev/$serial
  # Where stty is missing the line gets a CR before each LF; the reader of the report takes it out again.
  stty raw -echo < "$port" 2> /dev/null
fi
if [ -z "$port" ]; then
  mkdir -p /run/nbft
  port=/run/nbft/$stage.report
fi
# The system's report is of a boot that has come to its end, or hangs: systemd has nothing left to start.
if [ "$stage" = root ] && [ -d /run/systemd/system ] && command -v systemctl > /dev/null; then
  n=0
  while [ $n -lt 300 ]; do
    case $(systemctl is-system-running) in initializing | starting) sleep 1 && n=$((n + 1)) ;; *) break ;; esac
  done
fi
# The kernel's record of programs, which the lab's command line asks for, has to be made visible.
trace=/sys/kernel/tracing
mounted=''
case $line in
*trace_event=*) [ -d $trace ] && [ ! -e $trace/trace ] && mount -t tracefs tracefs $trace 2> /dev/null && mounted=1 ;;
esac
# In this shell: to start another takes a moment, and the collector is the last that it has to do.
set -- "$stage" "$nonce"
. "$here/nbft-collect.sh" > "$port"
[ -z "$mounted" ] || umount $trace 2> /dev/null
