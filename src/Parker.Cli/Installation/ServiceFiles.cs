namespace Parker.Cli.Installation;

/// <summary>What systemd is told.</summary>
internal static class ServiceFiles
{
    /// <summary>The daemon's unit.</summary>
    /// <remarks>
    /// No option that gives the service a mount namespace of its own (ProtectSystem=, PrivateTmp=, ReadWritePaths= and such; in newer releases of systemd ProtectHostname= is one, too): the daemon
    /// holds CPUs offline by mounts over their files, and mounts the control file system, which everybody must see. None that closes devices: /dev/mem, /dev/cpu/*/msr and /dev/fuse are its work.
    /// No RestrictRealtime=: the thread that starts a partition's first CPU runs with a real-time priority. CAP_SYS_PTRACE is for the files that clients hand over (pidfd_getfd(2)). The modules are
    /// loaded without the sandbox ('+').
    /// </remarks>
    /// <param name="program">The program's path.</param>
    /// <param name="manual">The manual page that explains it; null where none is installed.</param>
    public static string Daemon(string program, string? manual = null) =>
        $"""
        [Unit]
        Description=Parker, partitions with kernels of their own{Documentation(manual)}
        After=local-fs.target systemd-udevd.service systemd-modules-load.service

        [Service]
        Type=notify
        ExecStartPre=-+/sbin/modprobe -a msr fuse
        ExecStart={program} daemon
        Restart=on-failure
        WatchdogSec=60
        TimeoutStartSec=120
        TimeoutStopSec=300
        OOMScoreAdjust=-900
        UMask=0077
        CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_IPC_LOCK CAP_PERFMON CAP_SYS_ADMIN CAP_SYS_NICE CAP_SYS_PTRACE CAP_SYS_RAWIO CAP_SYS_RESOURCE CAP_SYSLOG
        SystemCallFilter=~@clock @cpu-emulation @module @obsolete @reboot @swap
        SystemCallErrorNumber=EPERM
        NoNewPrivileges=yes
        RestrictSUIDSGID=yes
        RestrictNamespaces=yes
        RestrictAddressFamilies=AF_UNIX AF_NETLINK
        LockPersonality=yes
        SystemCallArchitectures=native
        KeyringMode=private

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>The unit that makes the partitions of the configuration when the server has booted, and stops all when it shuts down; a daemon that is restarted leaves them alone.</summary>
    /// <remarks>Where the configuration cannot be applied the unit is active all the same: what runs is to be stopped in order.</remarks>
    /// <param name="program">The program's path.</param>
    /// <param name="manual">The manual page that explains it; null where none is installed.</param>
    public static string Partitions(string program, string? manual = null) =>
        $"""
        [Unit]
        Description=Parker's partitions{Documentation(manual)}
        Wants=parker.service
        After=parker.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart={program} list
        ExecStart=-/bin/sh -c 'test ! -e /etc/parker/parker.toml || exec {program} apply'
        ExecStop={program} stop --all
        TimeoutStopSec=300

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>The group that may speak to the daemon.</summary>
    public const string Group = "# Whoever is in it is as good as root.\ng parker -\n";

    /// <summary>The folders that the daemon works in.</summary>
    public const string Folders = "d /run/parker 0711 root root -\nd /var/lib/parker 0700 root root -\n";

    /// <summary>A configuration to begin with.</summary>
    public const string Example =
        """
        # Copy this to /etc/parker/parker.toml, then see what it does with 'parker plan' and do it with 'parker apply'.

        #[[partition]]
        #name = "db"
        #cpus = 8
        #memory = "16G"
        #devices = ["0000:81:00.0"]
        #kernel = "/boot/vmlinuz-6.12.95-amd64"
        #initrd = ["/boot/initrd.img-6.12.95-amd64"]
        #cmdline = "root=/dev/nvme0n1p2 ro"
        #restart = "on-failure"
        #autostart = true

        """;

    private static string Documentation(string? manual) => manual is null ? "" : $"\nDocumentation=man:{manual}";
}
