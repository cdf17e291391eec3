using System.Globalization;
using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>The package, its units and the bare program under a running systemd.</summary>
public sealed class SystemdTests(SystemServer server) : IClassFixture<SystemServer>, IDisposable
{
    private const string Daemon = "$(systemctl show --value -p MainPID parker)";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SystemServer _server = server;

    private PartitionServer Partitions => _server.Partitions;

    [Fact(Explicit = true)]
    public void Package_starts_its_service_keeps_partitions_over_an_upgrade_and_is_purged_without_a_trace()
    {
        string[] traces = _server.Traces();
        MachineSnapshot machine = Partitions.Snapshot();
        _server.InstallPackage();
        Assert.Equal("active\nactive", _server.Output("systemctl is-active parker parker-autostart"));
        Assert.Equal("enabled\nenabled", _server.Output("systemctl is-enabled parker parker-autostart"));
        Assert.Equal("notify", _server.Unit("Type"));
        Assert.Equal("711 root:root\n700 root:root\n660 root:parker", _server.Output("stat -c '%a %U:%G' /run/parker /var/lib/parker /run/parker/parker.sock"));
        Assert.Equal("", _server.Output("systemd-analyze verify --man=no parker.service parker-autostart.service 2>&1"));
        string alive = _server.Unit("WatchdogTimestampMonotonic");
        _server.Await($"[ $(systemctl show --value -p WatchdogTimestampMonotonic parker) -gt {alive} ]");
        AssertGroupOpensTheSocket();

        // Over itself, beside a partition that runs.
        _server.StartWeb();
        string boot = _server.BootId();
        string process = _server.Unit("MainPID");
        _server.InstallPackage();
        Assert.NotEqual(process, _server.Unit("MainPID"));
        Partitions.Await("web", "running");
        Assert.Equal(boot, _server.BootId());

        string told = _server.Output("dpkg --purge parker 2>&1");
        Assert.Contains("web: everything was given back", told, StringComparison.Ordinal);
        Assert.Contains("web: stopped, its kernel shut down when asked", _server.Output("journalctl --no-pager -u parker-autostart"), StringComparison.Ordinal);
        _server.AssertSameTraces(traces);
        machine.AssertSame(Partitions.Snapshot());
    }

    [Fact(Explicit = true)]
    public void Daemon_does_all_of_its_work_within_the_sandbox_and_takes_over_what_runs()
    {
        _server.InstallPackage();
        AssertSandbox();
        MachineSnapshot machine = Partitions.Snapshot();
        _server.StartWeb("--restart on-failure --dump");

        // Another service, which the lab's agent is, sees the control file system, and what is laid over the files of CPUs that are held.
        Assert.Equal("running", _server.Output("cat /run/parker/fs/web/state"));
        Assert.Equal("2", _server.Output("grep -c 'cpu[0-9]*/online' /proc/mounts"));
        Assert.Contains("Linux version", _server.Output("parker log web"), StringComparison.Ordinal);
        _server.Output("parker dump web /tmp/web.core");

        string boot = _server.BootId();
        _server.Output("systemctl restart parker");
        AssertAdopted(boot);
        _server.Output($"kill -9 {Daemon}");
        _server.Await("[ $(systemctl show --value -p NRestarts parker) = 1 ] && systemctl --quiet is-active parker");
        AssertAdopted(boot);

        // A panic: its memory and its log are kept, and it is started again.
        using (AgentClient agent = Partitions.Application(SystemServer.Nvme))
        {
            agent.Run("(sleep 0.5; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &", Patience).Expect();
        }

        _server.Await($"[ \"$(parker status web -o json | grep -o '{boot}')\" = '' ] && [ \"$(cat /run/parker/fs/web/state)\" = running ]");
        Assert.Equal("600 root:root", _server.Output("stat -c '%a %U:%G' /var/lib/parker/dumps/web/*.core.zst"));
        Assert.Contains("sysrq: Trigger a crash", _server.Output("parker log web --boot -1"), StringComparison.Ordinal);
        Assert.Equal("panicked", _server.Output("journalctl --no-pager -u parker PARKER_PARTITION=web -o cat | grep -o -m 1 panicked"));

        _server.Output("parker stop web; parker destroy web");
        machine.AssertSame(Partitions.Snapshot());
    }

    [Fact(Explicit = true)]
    public void Bare_program_is_installed_twice_and_uninstalled_without_a_trace()
    {
        MachineSnapshot machine = Partitions.Snapshot();
        _server.Output("install -m 0755 /opt/parker /usr/local/bin/parker");
        string[] traces = _server.Traces();
        Assert.EndsWith("Then: systemd-sysusers; systemd-tmpfiles --create; systemctl daemon-reload; systemctl restart parker; parker check", _server.Output("parker install"), StringComparison.Ordinal);
        string[] installed = _server.Traces();
        Assert.EndsWith("All is as it should be.", _server.Output("parker install"), StringComparison.Ordinal);
        _server.AssertSameTraces(installed);
        _server.Output("systemd-sysusers; systemd-tmpfiles --create; systemctl daemon-reload; systemctl restart parker; systemctl start parker-autostart; parker check");
        Assert.Equal("enabled\nenabled", _server.Output("systemctl is-enabled parker parker-autostart"));
        Assert.Equal("711 root:root\n700 root:root\n660 root:parker", _server.Output("stat -c '%a %U:%G' /run/parker /var/lib/parker /run/parker/parker.sock"));
        _server.StartWeb();

        // While the daemon runs, what it works in stays; and while CPUs are held.
        Assert.Contains("still hold CPUs", _server.Run("parker uninstall --dry-run").Error, StringComparison.Ordinal);
        _server.Output("systemctl stop parker-autostart; parker destroy --all");
        Assert.Contains("The daemon still runs", _server.Run("parker uninstall --dry-run").Error, StringComparison.Ordinal);
        _server.Output("systemctl stop parker");
        CommandResult uninstalled = _server.Run("parker uninstall");
        Assert.Equal((0, ""), (uninstalled.ExitCode, uninstalled.Error));
        Assert.EndsWith("Then: systemctl daemon-reload; groupdel parker\n", uninstalled.Output, StringComparison.Ordinal);
        _server.Output("systemctl daemon-reload; groupdel parker");
        _server.AssertSameTraces(traces);
        _server.Output("rm /usr/local/bin/parker");
        machine.AssertSame(Partitions.Snapshot());
    }

    public void Dispose()
    {
        Partitions.TestEnded();
        _server.RemovePackage();
    }

    private void AssertGroupOpensTheSocket()
    {
        _server.Output("useradd --no-create-home operator1 -G parker && useradd --no-create-home stranger1");
        _server.Output("setpriv --reuid operator1 --regid operator1 --init-groups parker list");
        Assert.Equal(4, _server.Run("setpriv --reuid stranger1 --regid stranger1 --init-groups parker list").ExitCode);
        _server.Output("userdel operator1 && userdel stranger1");
    }

    /// <summary>What the unit takes away is gone, and the daemon's mounts are everybody's.</summary>
    private void AssertSandbox()
    {
        Assert.Equal("same", _server.Output($"[ $(readlink /proc/{Daemon}/ns/mnt) = $(readlink /proc/1/ns/mnt) ] && echo same"));
        string status = _server.Output($"cat /proc/{Daemon}/status");
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
        string capabilities = status.Split('\n').Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).Split('\t')[1];
        Assert.Equal(12ul, ulong.PopCount(ulong.Parse(capabilities, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        Assert.Equal("msr", _server.Output("sed -n 's/^\\(msr\\) .*/\\1/p' /proc/modules"));
        string exposure = _server.Output("systemd-analyze security --no-pager parker | sed -n 's/.*exposure level for parker.service: \\([0-9.]*\\).*/\\1/p'");
        Assert.InRange(double.Parse(exposure, CultureInfo.InvariantCulture), 1, 6);
    }

    private void AssertAdopted(string boot)
    {
        Partitions.Await("web", "running");
        Assert.Equal(boot, _server.BootId());
        Assert.Equal("running", _server.Output("cat /run/parker/fs/web/state"));
        Assert.Equal("1", _server.Output("grep -c fuse.parker /proc/mounts"));
    }
}
