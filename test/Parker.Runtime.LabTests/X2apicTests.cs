using Parker.Lab.Agents;
using Parker.Lab.Servers;
using Parker.Machine;

namespace Parker.Runtime.LabTests;

/// <summary>A server whose Boot Kernel runs in x2APIC mode with interrupt remapping: INIT by MSR, and no device for a kernel that does not own the unit.</summary>
public sealed class X2apicTests : IDisposable
{
    private readonly PartitionServer _server = new(
        new ServerSpec
        {
            Cpus = new CpuTopology(2, 4, 1),
            Nodes = 2,
            Memory = ByteSize.FromGibibytes(6),
            Pool = ByteSize.FromGibibytes(3),
            X2apic = true,
            Devices = [new DeviceSpec(DeviceKind.Nvme)],
        },
        "x2apic");

    [Fact]
    public void Partition_without_devices_works_above_4_gib_and_over_two_nodes_and_a_device_is_refused()
    {
        Assert.Contains("x2APIC", _server.Output("parker check | grep 'local APIC mode'"), StringComparison.Ordinal);
        MachineSnapshot before = _server.Snapshot();

        CommandResult grant = _server.Run($"parker create disk --cpus 2 --memory 512M --device {_server.Device(0)} {PartitionServer.Boots(_server.New)}");
        Assert.Equal(3, grant.ExitCode);
        Assert.Contains("BUS012", grant.Error, StringComparison.Ordinal);

        _server.Output($"parker create wide --cpus 2-3,4-5 --memory 512M@0x100000000,512M@0x1a0000000 --uart 0x2f8 --cmdline console=ttyS1 {PartitionServer.Boots(_server.New)}");
        _server.Output("parker start wide --wait running");
        string log = AwaitLog("application: up");
        Assert.Contains("application: cpus 0-3", log, StringComparison.Ordinal);
        Assert.Contains("application: nodes 0-1", log, StringComparison.Ordinal);
        Assert.Contains($"application: init of {_server.New.Release}", log, StringComparison.Ordinal);
        Assert.DoesNotMatch("BIOS-e820: \\[mem 0x00000000[1-f][0-9a-f]{7}-.*usable", log);

        // Through the x2APIC's register.
        Assert.Contains("an NMI was sent to CPU 2", _server.Output("parker nmi wide"), StringComparison.Ordinal);
        AwaitLog("NMI received for unknown reason");
        Assert.Contains("its kernel shut down when asked", _server.Output("parker stop wide"), StringComparison.Ordinal);
        _server.Output("parker destroy wide");
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose()
    {
        _server.TestEnded();
        _server.Dispose();
    }

    /// <summary>What the kernel with the UART wrote, once a text is in it.</summary>
    private string AwaitLog(string text)
    {
        long begun = Environment.TickCount64;
        while (!_server.Server.SecondUartText().Contains(text, StringComparison.Ordinal))
        {
            Assert.True(Environment.TickCount64 - begun < 90_000, $"'{text}' did not come: {_server.Server.SecondUartText()}");
            Thread.Sleep(200);
        }

        return _server.Server.SecondUartText();
    }
}
