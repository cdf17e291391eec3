using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Tests.Synthetic;

namespace Parker.Inspect.Tests.Kernels;

public sealed class KernelObserverTests
{
    private readonly SyntheticKernel _kernel = new();

    [Fact]
    public void Troubles_are_told_counted_and_kept_when_the_ring_has_overwritten_them()
    {
        KernelObserver observer = new(_kernel.Memory);
        _kernel.Log("watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [cat:99]");
        _kernel.Log("rcu: INFO: rcu_preempt self-detected stall on CPU");
        _kernel.Log("INFO: task cat:99 blocked for more than 120 seconds.");
        _kernel.Log("Out of memory: Killed process 99 (cat) total-vm:1kB");
        _kernel.Log("Memory cgroup out of memory: Killed process 98 (dog) total-vm:1kB");
        _kernel.Log("BUG: unable to handle page fault for address: ffffffff00000000");
        Assert.Equal(2, observer.Look(TimeSpan.Zero)!.OutOfMemoryKills);
        for (int i = 0; i < 200; i++)
        {
            _kernel.Log($"noise {i}");
            if (i % 10 == 0)
            {
                observer.Look(TimeSpan.Zero);
            }
        }

        KernelObservation seen = observer.Look(TimeSpan.Zero)!;
        Assert.Equal(
            [KernelTrouble.Oops, KernelTrouble.SoftLockup, KernelTrouble.RcuStall, KernelTrouble.HungTask, KernelTrouble.OutOfMemoryKill],
            seen.Troubles.Keys.Order());
        Assert.Equal("Memory cgroup out of memory: Killed process 98 (dog) total-vm:1kB", seen.Troubles[KernelTrouble.OutOfMemoryKill].Text);
        Assert.Equal(2, seen.OutOfMemoryKills);
        Assert.Null(seen.Panic);
        Assert.Equal(SyntheticKernel.Release, seen.Release);
        Assert.Equal(string.Join(",", Enumerable.Range(180, 20).Select(i => $"noise {i}")), string.Join(",", seen.LastRecords.Select(record => record.Text)));
    }

    [Fact]
    public void First_panic_is_the_one_also_behind_a_record_that_nobody_will_finish()
    {
        KernelObserver observer = new(_kernel.Memory);
        _kernel.Log("before");
        observer.Look(TimeSpan.Zero);
        _kernel.Log("half written", state: 0);
        _kernel.Log("Kernel panic - not syncing: first");
        _kernel.Log("Kernel panic - not syncing: second", state: 1);
        _kernel.Log("---[ end Kernel panic - not syncing: first ]---", state: 1);
        for (int look = 0; look < 3; look++)
        {
            KernelObservation seen = observer.Look(TimeSpan.Zero)!;
            Assert.Equal("Kernel panic - not syncing: first", seen.Panic);
            Assert.Equal("---[ end Kernel panic - not syncing: first ]---", seen.Last!.Text);
            Assert.Equal(4, seen.LastRecords.Count);
        }
    }

    [Theory]
    [InlineData("systemd[1]: Out of memory: Killed process", 0, null)]
    [InlineData("Kernel panic - not syncing: a program says so", 1, null)]
    [InlineData("rcu: INFO: all is well", 0, null)]
    [InlineData("INFO: task force", 0, null)]
    [InlineData("Oops: 0002 [#1] PREEMPT SMP NOPTI", 0, KernelTrouble.Oops)]
    [InlineData("rcu: INFO: rcu_sched detected stalls on CPUs/tasks:", 0, KernelTrouble.RcuStall)]
    public void Lines_are_told_apart(string text, byte facility, KernelTrouble? kind) =>
        Assert.Equal(kind, KernelTroubleText.Of(new LogRecord { Sequence = 0, TimeNanoseconds = 0, Level = LogLevel.Error, Facility = facility, Caller = null, Text = text }));

    [Fact]
    public void Memory_without_a_kernel_is_not_searched_at_every_look()
    {
        _kernel.WriteVmCoreInfo("");
        int reads = 0;
        _kernel.Memory.BeforeRead = (_, _) => reads++;
        KernelObserver observer = new(_kernel.Memory);
        List<int> searched = [];
        for (int tenth = 0; tenth < 200; tenth++)
        {
            int before = reads;
            Assert.Null(observer.Look(TimeSpan.FromMilliseconds(tenth * 100)));
            if (reads > before)
            {
                searched.Add(tenth);
            }
        }

        Assert.Equal([0, 5, 15, 35, 75, 155], searched);
        _kernel.WriteVmCoreInfo(_kernel.VmCoreInfo);
        Assert.NotNull(observer.Look(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Look_at_a_kernel_that_says_nothing_reads_little()
    {
        SymbolTables.Write(_kernel, new TypeTables(), hasAbsoluteSymbols: true, ("jiffies_64", SyntheticKernel.Image + 0x50000));
        _kernel.Word(0x50000, 4_294_892_296);
        _kernel.Log("one");
        KernelObserver observer = new(_kernel.Memory);
        Assert.Equal(4_294_892_296, observer.Look(TimeSpan.Zero)!.Jiffies);
        int bytes = 0;
        _kernel.Memory.BeforeRead = (_, length) => bytes += length;
        observer.Look(TimeSpan.Zero);
        Assert.InRange(bytes, 1, 1000);
    }
}
