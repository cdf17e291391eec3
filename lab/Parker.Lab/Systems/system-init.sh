#!/bin/sh
# The first program of a server with a whole system: the index of the modules, which a kernel's package would have made, and then systemd.
depmod -a "$(uname -r)"
exec /sbin/init
