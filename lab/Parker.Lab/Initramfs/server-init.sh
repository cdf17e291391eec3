#!/bin/sh
# init of the emulated server: the agent first, then the drivers, then the daemon, then nothing but waiting.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=linux
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t securityfs securityfs /sys/kernel/security
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /run /tmp
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /run

# load FILE: the modules it lists, in its order.
load() {
    while read -r module; do
        insmod "/lib/modules/$(uname -r)/$module" || echo "lab: $module could not be loaded" >/dev/kmsg
    done <"$1"
}

# Partitions are stopped before the Boot Kernel goes down, as the systemd unit does it.
end() {
    parker stop --all --grace 60s >/dev/console 2>&1
    sync
    "$@"
}

trap 'end poweroff -f' USR1 USR2
trap 'end reboot -f' TERM
load /lib/lab/early
parker-agent --port parker.agent </dev/null >/dev/kmsg 2>&1 &
load /lib/lab/late
hostname lab
ip link set lo up
parker daemon </dev/null >/run/parker-daemon.log 2>&1 &
until [ -S /run/parker/parker.sock ] || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
: >/run/lab-ready
echo 'lab: ready' >/dev/kmsg
while :; do
    sleep 3600 &
    wait $!
done
