#!/bin/sh
# What dracut's hooks run, in a process of its own so that nothing changes in dracut's shell. Usage: sh nbft-hook.sh STAGE
if [ "$1" = initramfs ]; then
  # For after switch-root: a unit that the new root's systemd finds in /run, and the scripts for an init that is none.
  mkdir -p /run/nbft /run/systemd/system/multi-user.target.wants
  for f in collect report; do cat /lib/nbft-$f.sh > /run/nbft/nbft-$f.sh; done
  cat /lib/nbft-report.service > /run/systemd/system/nbft-report.service
  ln -sf ../nbft-report.service /run/systemd/system/multi-user.target.wants/nbft-report.service
fi
here=/lib
. /lib/nbft-report.sh
