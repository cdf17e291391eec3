using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>What systemd does with partitions when the server has booted, and before it goes down.</summary>
public sealed class SystemBootTests : IDisposable
{
    private readonly SystemServer _server = new();

    private PartitionServer Partitions => _server.Partitions;

    [Fact(Explicit = true)]
    public void Configuration_is_applied_when_the_server_is_up_and_partitions_shut_down_before_it()
    {
        string kernel = $"kernel = \"/boot/vmlinuz-{Partitions.Old.Release}\"\ninitrd = [\"/boot/initrd-{Partitions.Old.Release}.img\"]\ncpus = 1\nmemory = \"384M\"\n";
        string file = $"[[partition]]\nname = \"auto\"\n{kernel}uart = 0x2f8\ncmdline = \"console=ttyS1\"\nautostart = true\n\n[[partition]]\nname = \"idle\"\n{kernel}";
        _server.Output($"mkdir -p /etc/parker && cat >/etc/parker/parker.toml <<'END'\n{file}END");
        _server.InstallPackage();
        Partitions.Await("auto", "running");
        Assert.Equal("defined", Partitions.Status("idle").State);

        // What cannot be applied is told, and keeps nothing that runs from being stopped in order.
        _server.Output("systemctl stop parker-autostart");
        Assert.Equal("stopped", Partitions.Status("auto").State);
        _server.Output("cp /etc/parker/parker.toml /tmp/ && echo nonsense >>/etc/parker/parker.toml && systemctl start parker-autostart");
        Assert.Equal("stopped", Partitions.Status("auto").State);
        Assert.Contains("/etc/parker/parker.toml:", _server.Output("systemctl status --no-pager parker-autostart"), StringComparison.Ordinal);
        _server.Output("cp /tmp/parker.toml /etc/parker/ && systemctl restart parker-autostart");
        Partitions.Await("auto", "running");
        Partitions.AwaitSecondUart("application: up");
        _server.Output("(sleep 1; systemctl poweroff) >/dev/null 2>&1 &");
        Assert.Equal(new ServerExit("guest-shutdown", 0), Partitions.Server.WaitForExit(TimeSpan.FromSeconds(120)));
        Assert.Contains("application: poweroff", Partitions.Server.SecondUartText(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Partitions.TestEnded();
        _server.Dispose();
    }
}
