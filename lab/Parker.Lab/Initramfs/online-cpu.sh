#!/bin/sh
# Called for each event of the kernel: brings a CPU online that has just come.
if [ "$ACTION" = add ] && [ "$SUBSYSTEM" = cpu ] && [ -e "/sys$DEVPATH/online" ]; then
    echo 1 >"/sys$DEVPATH/online"
fi
