#!/bin/sh
# init of an Application Kernel in a partition: says in the kernel log what this kernel has, serves an agent where there is a port for it, and ends in order.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=linux
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /run /tmp
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /run

say() { echo "application: $*" >/dev/kmsg; }

trap 'say poweroff; sync; poweroff -f' USR1 USR2
trap 'say reboot; sync; reboot -f' TERM
say "init of $(uname -r)"
say "present cpus $(cat /sys/devices/system/cpu/present)"
while read -r module; do
    insmod "/lib/modules/$(uname -r)/$module" || say "module $module could not be loaded"
done </lib/lab/modules
say "cpus $(cat /sys/devices/system/cpu/online)"
say "memory $(sed -n 's/^MemTotal: *//p' /proc/meminfo)"
say "nodes $(cat /sys/devices/system/node/online 2>/dev/null || echo none)"

# Disks and network cards come from probing that goes on beside this; a second without anything new is taken for all.
quiet=0
seen=
while [ $quiet -lt 10 ]; do
    now="$(ls /sys/block 2>/dev/null) $(ls /sys/class/net 2>/dev/null)"
    if [ "$now" = "$seen" ]; then quiet=$((quiet + 1)); else quiet=0; seen=$now; fi
    sleep 0.1
done
for disk in /sys/block/*; do
    [ -e "$disk/device" ] && say "disk ${disk##*/} sectors $(cat "$disk/size")"
done
for card in /sys/class/net/*; do
    [ -e "$card/device" ] && say "network ${card##*/} mac $(cat "$card/address")"
done
port=$(cat /sys/class/virtio-ports/*/name 2>/dev/null | grep -m 1 '^parker\.agent')
if [ -n "$port" ]; then
    parker-agent --port "$port" --wait 5 </dev/null >/dev/kmsg 2>&1 &
fi

# CPUs that come while the kernel runs are offline until somebody here brings them online: what udev does by a rule elsewhere.
uevent /usr/bin/online-cpu >/dev/null 2>&1 </dev/null &
say up
while :; do
    sleep 3600 &
    wait $!
done
