using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parker.Agent.Protocol.Messages;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;

namespace Parker.Lab.Tests;

/// <summary>A server with two packages, two nodes, threads, and a device of each kind, in xAPIC mode.</summary>
public sealed class EmulatedServerTests(EmulatedServerTests.Fixture fixture) : IClassFixture<EmulatedServerTests.Fixture>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EmulatedServer _server = fixture.Server;

    [Fact]
    public void Boot_kernel_is_the_newest_of_its_series()
    {
        Assert.Equal(_server.Spec.BootKernel!.Release, Output("uname -r"));
        Assert.True(KernelSeries.Linux612.Has(_server.Agent.KernelRelease));
    }

    [Fact]
    public void Parker_runs_natively_in_the_server() => Assert.StartsWith("parker ", Output("parker --version"), StringComparison.Ordinal);

    [Fact]
    public void Command_gives_output_error_and_exit_code() =>
        Assert.Equal(new CommandResult(7, false, "a\n", "b\n"), _server.Run("echo a; echo b >&2; exit 7", Patience));

    [Fact]
    public void Command_past_its_time_is_killed_and_the_server_goes_on()
    {
        CommandResult result = _server.Run("echo before; sleep 1000", TimeSpan.FromSeconds(1));
        Assert.Equal((124, true, "before\n"), (result.ExitCode, result.TimedOut, result.Output));
        Assert.Equal("fine", Output("echo fine"));
    }

    [Fact]
    public async Task Commands_run_side_by_side()
    {
        Task<CommandResult> slow = Task.Run(() => _server.Run("sleep 3; echo slow", Patience), TestContext.Current.CancellationToken);
        Stopwatch clock = Stopwatch.StartNew();
        while (!slow.IsCompleted)
        {
            Assert.Equal("quick", Output("echo quick"));
        }

        Assert.Equal("slow\n", (await slow).Output);
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Files_go_in_and_out_unchanged()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        using MemoryStream source = new(content);
        _server.Agent.CopyIn(source, "/srv/new/file", UnixFileMode.UserRead | UnixFileMode.UserExecute, Patience);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Output("sha256sum </srv/new/file").Split(' ')[0]);
        Assert.Equal("500", Output("stat -c %a /srv/new/file"));
        Assert.Equal(content, _server.Agent.CopyOut("/srv/new/file", Patience));
    }

    [Fact]
    public void File_that_is_not_there_is_refused_with_the_reason() =>
        Assert.Contains("/no/such", Assert.Throws<LabException>(() => _server.Agent.CopyOut("/no/such", Patience)).Message, StringComparison.Ordinal);

    [Fact]
    public void Terminal_is_one_with_its_size()
    {
        using AgentTerminal terminal = _server.Agent.OpenTerminal(["/bin/sh", "-c", "read line; stty size; echo got $line; exit 3"], [], new TerminalSize(33, 99));
        terminal.Type(Encoding.ASCII.GetBytes("hello\n"));
        StringBuilder seen = new();
        ExitReport report = terminal.Follow(bytes => seen.Append(Encoding.ASCII.GetString(bytes.Span)), () => { });
        Assert.Contains("33 99\r\ngot hello\r\n", seen.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, report.ExitCode);
    }

    [Fact]
    public void Processors_are_those_asked_for()
    {
        Assert.Equal("0-7", Output("cat /sys/devices/system/cpu/online"));
        Assert.Equal("0,0,0,0,1,1,1,1", Output("cat /sys/devices/system/cpu/cpu?/topology/physical_package_id | paste -sd,"));
        Assert.Equal("0-1,0-1,2-3,2-3,4-5,4-5,6-7,6-7", Output("cat /sys/devices/system/cpu/cpu?/topology/thread_siblings_list | paste -sd,"));
    }

    [Fact]
    public void Nodes_are_those_asked_for()
    {
        Assert.Equal("0-3 4-7", Output("cat /sys/devices/system/node/node?/cpulist | paste -sd' '"));
        foreach (string node in Output("sed -n 's/.*MemTotal: *//p' /sys/devices/system/node/node?/meminfo").Split('\n'))
        {
            // Half of 4 GiB less half of the pool, less what the kernel keeps from the start.
            Assert.InRange(int.Parse(node.Split(' ')[0], CultureInfo.InvariantCulture), 700 << 10, 1 << 20);
        }
    }

    [Fact]
    public void Pool_and_low_slots_are_kept_out_of_the_boot_kernel()
    {
        string map = Output("cat /proc/iomem");
        Assert.Contains("00010000-0008ffff : Reserved", map, StringComparison.Ordinal);
        Assert.Contains("3fe00000-7fdfffff : Reserved", map, StringComparison.Ordinal);
        Assert.Contains("140000000-17fffffff : Reserved", map, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_are_each_alone_behind_a_root_port()
    {
        string[] functions = Output("for d in /sys/bus/pci/devices/*; do echo ${d##*/} $(cat $d/class) $(basename $(readlink $d/driver)); done").Split('\n');
        string[] behind = [.. functions.Where(line => !line.StartsWith("0000:00:", StringComparison.Ordinal))];
        Assert.Equal(
            ["0000:01:00.0 0x010802 nvme", "0000:02:00.0 0x010000 virtio-pci", "0000:03:00.0 0x020000 e1000e", "0000:04:00.0 0x020000 virtio-pci"], behind);
        Assert.Equal(4, functions.Count(line => line.EndsWith(" 0x060400 pcieport", StringComparison.Ordinal)));
        Assert.Equal("parker lab disk 0", Output("head -n 1 /dev/nvme0n1"));
        Assert.Equal("parker lab disk 1", Output("head -n 1 /dev/vda"));
        Assert.Equal(
            [EmulatedServer.MacAddress(2), EmulatedServer.MacAddress(3)],
            Output("cat /sys/class/net/*/device/net/*/address").Split('\n').Distinct().Order());
    }

    [Fact]
    public void Kernels_lie_under_boot_each_with_an_initrd()
    {
        string files = Output("ls /boot");
        foreach (CachedKernel kernel in _server.Spec.Applications!)
        {
            Assert.Contains($"vmlinuz-{kernel.Release}\n", files + "\n", StringComparison.Ordinal);
            Assert.Contains($"initrd-{kernel.Release}.img\n", files + "\n", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Clock_runs_as_fast_as_this_machine_s()
    {
        double before = double.Parse(Output("cut -d' ' -f1 /proc/uptime"), CultureInfo.InvariantCulture);
        Stopwatch clock = Stopwatch.StartNew();
        Thread.Sleep(TimeSpan.FromSeconds(4));
        double passed = double.Parse(Output("cut -d' ' -f1 /proc/uptime"), CultureInfo.InvariantCulture) - before;

        // Between the two readings lie two commands, on a machine that may be busy.
        Assert.InRange(passed, 3.5, clock.Elapsed.TotalSeconds + 10);
    }

    [Fact]
    public void Monitor_answers_and_the_console_is_there()
    {
        Assert.Contains("VM status: running", _server.Monitor("info status"), StringComparison.Ordinal);
        Assert.Contains("lab: ready", _server.ConsoleText(), StringComparison.Ordinal);
        Assert.Null(_server.Exit);
    }

    // IA32_APIC_BASE (0x1b): bit 11 is on, bit 10 is x2APIC mode.
    [Fact]
    public void Local_apics_run_in_xapic_mode() => Assert.Equal("fee00800", Output("dd if=/dev/cpu/1/msr bs=8 count=1 skip=27 iflag=skip_bytes 2>/dev/null | od -An -tx4 | awk '{print $1}'"));

    public void Dispose() => fixture.TestEnded();

    private string Output(string command) => _server.Run(command, Patience).Expect().Trim();

    public sealed class Fixture() : ServerFixture(
        new ServerSpec
        {
            Cpus = new CpuTopology(2, 2, 2),
            Nodes = 2,
            Devices = [new DeviceSpec(DeviceKind.Nvme), new DeviceSpec(DeviceKind.VirtioBlk), new DeviceSpec(DeviceKind.E1000e), new DeviceSpec(DeviceKind.VirtioNet)],
        },
        "lab-xapic");
}
