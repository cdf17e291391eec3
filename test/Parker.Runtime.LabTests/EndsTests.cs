using System.Globalization;
using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>Every way in which an Application Kernel ends: what the state says, that the others go on, and that it can be started again.</summary>
[Collection(SharedServer.Name)]
public sealed class EndsTests(SharedServer.Fixture fixture) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void Reboot_power_off_panic_and_hang_are_told_apart_and_harm_nobody_else()
    {
        MachineSnapshot before = _server.Snapshot();
        _server.Output($"parker create watcher --cpus 2 --memory 384M {PartitionServer.Boots(_server.Old)}");
        _server.Output($"parker create victim --cpus 4-5 --memory 512M --device {_server.Device(SharedServer.Nvme)} {PartitionServer.Boots(_server.New)}");
        _server.Output("parker start watcher victim --wait running");

        Reboot();
        End("poweroff -f", "off", "type 2");
        End("echo c >/proc/sysrq-trigger", "panicked", "type 1");
        HangWithInterruptsOff();

        Assert.Contains("stopped by force", _server.Output("parker stop victim --now"), StringComparison.Ordinal);
        _server.Output("parker destroy victim");

        // Another first CPU and another kernel in the same memory and on the same bus.
        _server.Output($"parker create victim --cpus 5-6 --memory 512M --device {_server.Device(SharedServer.Nvme)} {PartitionServer.Boots(_server.Old)}");
        _server.Output("parker start victim --wait running");
        using (AgentClient again = _server.Application(SharedServer.Nvme))
        {
            Assert.Equal(_server.Old.Release, again.Run("uname -r", Patience).Expect().Trim());
        }

        Assert.Contains("its kernel shut down when asked", _server.Output("parker stop victim watcher"), StringComparison.Ordinal);
        _server.Output("parker destroy victim watcher");
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    /// <summary>Ends the victim from within, looks at what is told, and starts it again.</summary>
    private void End(string command, string state, string evidence)
    {
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            Assert.Equal(_server.New.Release, agent.Run("uname -r", Patience).Expect().Trim());
            agent.Run($"(sleep 0.5; {command}) >/dev/null 2>&1 &", Patience).Expect();
        }

        Assert.Contains(evidence, _server.Await("victim", state), StringComparison.Ordinal);
        AssertOthersGoOn();
        _server.Output("parker start victim --wait running");
    }

    /// <summary>Reboots the victim from within: it is started again without anybody asking, with the same kernel and device.</summary>
    private void Reboot()
    {
        string before = BootId();
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            agent.Run("(sleep 0.5; reboot -f) >/dev/null 2>&1 &", Patience).Expect();
        }

        long begun = Environment.TickCount64;
        while (BootId() == before)
        {
            Assert.True(Environment.TickCount64 - begun < Patience.TotalMilliseconds, "It was not started again.");
            Thread.Sleep(200);
        }

        _server.Await("victim", "running");
        Assert.Contains("\"state\":\"Rebooting\"", _server.Output("cat /run/parker/journal"), StringComparison.Ordinal);
        AssertOthersGoOn();
    }

    private string BootId() => _server.Json("parker status victim -o json").GetProperty("boot_id").GetString()!;

    /// <summary>Writes an endless loop over the timer interrupt's handler in the victim's memory, from outside: each of its CPUs then spins with interrupts off.</summary>
    private void HangWithInterruptsOff()
    {
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            ulong Symbol(string name) => ulong.Parse(agent.Run($"sed -n 's/ [tT] {name}$//p' /proc/kallsyms", Patience).Expect().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            string code = agent.Run("sed -n 's/^ *\\([0-9a-f]*\\)-.* : Kernel code$/\\1/p' /proc/iomem", Patience).Expect().Trim();
            ulong physical = ulong.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture) + (Symbol("asm_sysvec_apic_timer_interrupt") - Symbol("_text"));
            _server.Output(string.Create(CultureInfo.InvariantCulture, $"devmem 0x{physical:x} 16 0xfeeb"));
        }

        string hung = _server.Await("victim", "hung", 60);
        Assert.Contains("heartbeat stands at", hung, StringComparison.Ordinal);
        AssertOthersGoOn();
    }

    private void AssertOthersGoOn()
    {
        Assert.Equal("running", _server.Status("watcher").State);
        Assert.Equal("alive", _server.Output("echo alive"));
    }
}
