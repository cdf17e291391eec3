using Parker.Lab.Agents;
using Parker.Lab.Servers;
using Parker.Lab.Systems;

namespace Parker.Runtime.LabTests;

/// <summary>A server whose root is a Debian system with systemd and dpkg, with the package and the bare program in <c>/opt</c>.</summary>
public sealed class SystemServer : IDisposable
{
    public const int Nvme = 0;

    // Not Parker's: what dpkg and the tools for users and groups keep of what came and went, and what is written while a server runs.
    private const string Files = "find / -xdev \\( -path '/etc/*-' -o -path /etc/.pwd.lock -o -path /var/log -o -path /var/lib/dpkg -o -path /tmp -o -path /var/tmp \\) -prune -o -printf '%p %y %m %u:%g %l\\n' | sort";

    // A disk is there some time after its driver is loaded.
    public SystemServer() => Await("ls /dev/nvme*n1 >/dev/null 2>&1");

    public PartitionServer Partitions { get; } = new(
        new ServerSpec { Cpus = new CpuTopology(1, 4, 1), Devices = [new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true)], System = new SystemCache().Get() },
        "systemd");

    /// <summary>The output of a command that must succeed.</summary>
    public string Output(string command) => Partitions.Output(command);

    /// <summary>Runs a command.</summary>
    public CommandResult Run(string command) => Partitions.Run(command);

    /// <summary>Installs the package, or installs it once more.</summary>
    public void InstallPackage() => Output("dpkg --install /opt/parker_*_amd64.deb");

    /// <summary>Removes the package, where it is there.</summary>
    public void RemovePackage() => Run("dpkg --purge parker");

    /// <summary>All files of the root file system with their modes and owners, groups, and what systemd knows of Parker.</summary>
    public string[] Traces() =>
    [
        .. Output(Files).Split('\n'),
        .. Output("cat /etc/group /etc/gshadow").Split('\n'),
        .. Output("ls -d /run/parker 2>/dev/null; systemctl list-units --all --plain --no-legend 'parker*'; systemctl list-unit-files --no-legend 'parker*' || true").Split('\n'),
    ];

    /// <summary>Fails with what is there now and was not, or the other way round.</summary>
    public void AssertSameTraces(string[] before)
    {
        string[] after = Traces();
        Assert.Equal(([], []), (after.Except(before).ToArray(), before.Except(after).ToArray()));
    }

    /// <summary>A property of the daemon's unit.</summary>
    public string Unit(string property) => Output($"systemctl show --value -p {property} parker.service");

    /// <summary>Waits until a command succeeds.</summary>
    public void Await(string command) => Output($"for i in $(seq 600); do {command} && exit 0; sleep 0.1; done; systemctl status parker parker-autostart; exit 1");

    /// <summary>Defines a partition with the disk, and starts it.</summary>
    public void StartWeb(string options = "")
    {
        Output($"parker create web --cpus 2 --memory 384M --device {Partitions.Device(Nvme)} {options} {PartitionServer.Boots(Partitions.Old)}");
        Output("parker start web --wait running");
    }

    /// <summary>Which boot of the partition's kernel this is.</summary>
    public string BootId() => Partitions.Json("parker status web -o json").GetProperty("boot_id").GetString()!;

    public void Dispose() => Partitions.Dispose();
}
