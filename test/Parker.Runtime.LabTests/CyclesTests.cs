using System.Globalization;

namespace Parker.Runtime.LabTests;

/// <summary>A partition that lives many times leaves nothing behind.</summary>
[Collection(SharedServer.Name)]
public sealed class CyclesTests(SharedServer.Fixture fixture) : IDisposable
{
    private readonly PartitionServer _server = fixture.Server;

    // 200 cycles in ./run soak.
    private static int Cycles => Environment.GetEnvironmentVariable("PARKER_SOAK") is null ? 10 : 200;

    [Fact]
    public void Cycles_of_create_start_stop_destroy_leak_nothing()
    {
        OneCycle();
        MachineSnapshot before = _server.Snapshot();
        long freeBefore = FreeKibibytes();
        string leftBefore = Left();
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            OneCycle();
        }

        before.AssertSame(_server.Snapshot());
        Assert.Equal(leftBefore, Left());
        long lost = freeBefore - FreeKibibytes();
        Assert.True(lost < 8192 + (Cycles * 64), $"{lost} KiB of the Boot Kernel's memory are gone after {Cycles} cycles");

        // Every CPU is not only online but runs code.
        Assert.Equal("0 1 2 3 4 5 6 7", _server.Output("for c in 0 1 2 3 4 5 6 7; do taskset $(printf %x $((1 << c))) sh -c 'sed \"s/.*) //\" /proc/self/stat | cut -d\" \" -f37'; done | tr '\\n' ' '"));
    }

    public void Dispose() => _server.TestEnded();

    private void OneCycle()
    {
        _server.Output($"parker create again --cpus 2 --memory 256M --device {_server.Device(SharedServer.VirtioBlk)} {PartitionServer.Boots(_server.Old)}");
        _server.Output("parker start again");
        _server.Output("parker stop again --now");
        _server.Output("parker destroy again");
    }

    /// <summary>
    /// What the zones have, and what lies in each CPU's own list, which MemAvailable leaves out: tens of MiB, as the kernel sees fit. The daemon's own is no loss: it goes to and fro with what there is
    /// to collect, below the bound that it has of its own.
    /// </summary>
    private long FreeKibibytes()
    {
        string[] words = _server.Output(
            "sync; echo 3 >/proc/sys/vm/drop_caches; cat /proc/sys/vm/stat_refresh; awk '/ nr_free_pages / || /^ *count:/ { pages += $2 } END { print pages * 4 }' /proc/zoneinfo; "
            + "awk '/^Rss(Anon|File):/ { print $2 }' /proc/$(sed 's/process //' /run/parker/lock.holder)/status").Split('\n');
        long[] kibibytes = [.. words.Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        Assert.InRange(kibibytes[1] + kibibytes[2], 1, 60 << 10);
        return kibibytes[0] + kibibytes[1];
    }

    /// <summary>What a command could leave: processes, mounts, files of the state folder.</summary>
    private string Left() => _server.Output("ps | grep -c '[p]arker '; grep -c . /proc/mounts; ls /run/parker");
}
