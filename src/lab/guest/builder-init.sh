#!/bin/sh
# PID 1 of the machine that runs dracut where this system gives no root folder of its own: the tree of packages is /dev/vda, the result goes to /dev/vdb.
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /tree
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec > /dev/console 2>&1 < /dev/console
while read -r module; do insmod "/lib/modules/$module" || echo "insmod $module failed"; done < /lib/modules/order
mount -t ext4 /dev/vda /tree || mount -t ext4 -o rw /dev/vda /tree
# Files belong to whoever unpacked them; in the image they are root's.
chown -R 0:0 /tree
mount -t proc proc /tree/proc
mount -t sysfs sysfs /tree/sys
mount -t devtmpfs dev /tree/dev
cp /etc/nbft/builder.conf /tree/tmp/nbft-build.sh
if env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C chroot /tree /bin/sh -e /tmp/nbft-build.sh; then
  size=$(stat -c %s /tree/tmp/nbft-initrd.img)
  cat /tree/tmp/nbft-initrd.img > /dev/vdb && sync && echo "nbft-builder: done $size"
else
  echo "nbft-builder: failed"
fi
poweroff -f
