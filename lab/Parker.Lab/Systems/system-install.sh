#!/bin/sh
# Runs on an emulated server: installs the packages in /packages below /system, as their own scripts want it, and packs the result into /system.cpio.
set -e

# What a package holds beyond what runs is left out here; packages that come later are installed whole.
lean='--path-exclude=/usr/share/doc/* --path-exclude=/usr/share/man/* --path-exclude=/usr/share/locale/* --path-exclude=/usr/share/info/*'

mkdir -p /system
cd /system
for folder in bin sbin lib lib64; do
    mkdir -p "usr/$folder"
    ln -s "usr/$folder" "$folder"
done

# Twice: so that dpkg is there to do it, and then by dpkg itself.
for package in /packages/*.deb; do dpkg-deb -x "$package" /system; done
rm -rf usr/share/doc usr/share/man usr/share/locale usr/share/info
ln -sf mawk usr/bin/awk
: >etc/fstab
mkdir -p packages
mount --bind /packages packages
mount --bind /proc proc
mount --bind /sys sys
mount --bind /dev dev
run() { chroot /system /usr/bin/env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true LC_ALL=C.UTF-8 "$@"; }
run sh -c "dpkg $lean --force-depends --force-unsafe-io --install /packages/base-passwd_*.deb"
run sh -c "dpkg $lean --force-depends --force-unsafe-io --unpack /packages/*.deb"
run dpkg --force-unsafe-io --configure -a
run dpkg --audit
umount packages proc sys dev
rmdir packages
rm -rf var/log/* var/cache/* tmp/* run/*
find . -xdev | cpio -o -H newc >/system.cpio
