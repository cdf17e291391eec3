using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime.Tests;

/// <summary>CPUs that come and go while a kernel runs, and a daemon that is killed meanwhile.</summary>
public sealed class ResizeTests
{
    private static readonly PartitionName Name = PartitionName.Parse("db");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Fact]
    public void Cpus_come_and_go_and_interrupts_with_them()
    {
        World world = new();
        string small = world.Machine.Snapshot();
        ResizeReport grown = world.Runtime.Resize(world.With("3-5,6"), Patience);
        Assert.Equal([6, 3], grown.Came.Select(cpu => cpu.Number));
        Assert.Empty(grown.Left);
        Assert.Equal([3, 4, 5, 6], world.Kernel.Uses);
        Assert.Equal(FakeCpuMode.RunsKernel, world.Machine.ModeOf(6));
        Assert.Empty(world.Runtime.CheckMachine());
        Assert.Equal("4,5,6,3", string.Join(',', world.Runtime.Find(Name).Steps.OfType<RunStep>().Single().Cpus.Select(cpu => cpu.Number)));

        ResizeReport shrunk = world.Runtime.Resize(world.With("4-5"), Patience);
        Assert.Equal([6, 3], shrunk.Left.Select(cpu => cpu.Number));
        Assert.Equal([4, 5], world.Kernel.Uses);
        Assert.Equal(small, world.Machine.Snapshot());

        // To and fro, nothing piles up.
        int steps = 0;
        for (int round = 0; round < 5; round++)
        {
            world.Runtime.Resize(world.With("4-7"), Patience);
            world.Runtime.Resize(world.With("4"), Patience);
            world.Runtime.Resize(world.With("4-5"), Patience);
            steps = round == 0 ? world.Runtime.Find(Name).Steps.Count : steps;
        }

        Assert.Equal(steps, world.Runtime.Find(Name).Steps.Count);
        world.DestroyAndCheck("to and fro");
    }

    [Fact]
    public void Refused_cpus_stay_and_all_is_as_it_was()
    {
        World world = new();
        world.Runtime.Resize(world.With("4-6"), Patience);
        string before = world.Machine.Snapshot();
        world.Kernel.Keeps.Add(5);
        MachineException refused = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.With("4"), Patience));
        Assert.Contains("refused CPUs 5 (_OST status 0x82)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("It has CPUs 4-6", refused.Message, StringComparison.Ordinal);
        Assert.Equal([4, 5, 6], world.Kernel.Uses);
        Assert.Equal(before, world.Machine.Snapshot());
        Assert.Equal(PartitionState.Running, world.Runtime.Find(Name).State);

        world.Kernel.Refuses.Add(7);
        refused = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.With("4-7"), Patience));
        Assert.Contains("refused CPUs 7", refused.Message, StringComparison.Ordinal);
        Assert.Equal([4, 5, 6], world.Kernel.Uses);
        Assert.Equal(FakeCpuMode.BootKernel, world.Machine.ModeOf(7));
        Assert.Equal(before, world.Machine.Snapshot());
        world.DestroyAndCheck("refusals");
    }

    [Fact]
    public void Silent_kernel_keeps_what_it_may_take_at_any_time()
    {
        World world = new();
        world.Kernel.Hangs = true;
        MachineException silent = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.With("4-6"), Patience));
        Assert.Contains("did not look within 3 s", silent.Message, StringComparison.Ordinal);
        Assert.Contains("It has CPUs 4-6", silent.Message, StringComparison.Ordinal);
        Assert.Equal(FakeCpuMode.Offline, world.Machine.ModeOf(6));
        silent = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.With("4-5"), Patience));
        Assert.Contains("and keeps them", silent.Message, StringComparison.Ordinal);

        // It wakes up, and has them.
        world.Kernel.Hangs = false;
        world.Kernel.Poll();
        Assert.Equal([4, 5, 6], world.Kernel.Uses);
        world.DestroyAndCheck("silence");
    }

    [Theory]
    [InlineData("4", "4-5")]
    [InlineData("4-7", "4-5")]
    public void Kernel_that_ends_meanwhile_loses_nothing_to_the_boot_kernel_that_is_not_parked(string cpus, string left)
    {
        World world = new();
        world.Machine.Waited = () => world.Machine.Memory.WriteUInt32(TestPlans.Plan().PrimaryRange.Start + HeaderPageLayout.ResetWord, 0x101);
        if (cpus == "4")
        {
            world.Runtime.Resize(world.With(cpus), Patience);
        }
        else
        {
            Assert.Contains("ended before it had answered", Assert.Throws<MachineException>(() => world.Runtime.Resize(world.With(cpus), Patience)).Message, StringComparison.Ordinal);
            Assert.Equal(left, CpuSet.Of(world.Runtime.Find(Name).Plan.Cpus.Select(cpu => cpu.Number)).ToString());
        }

        world.Machine.Waited = null;
        world.Runtime.Observe();
        Assert.Equal(PartitionState.Panicked, world.Runtime.Find(Name).State);
        Assert.Equal("RUN016", Assert.Throws<PartitionException>(() => world.Runtime.Resize(world.With("4-6"), Patience)).Diagnostics[0].Id);
        world.DestroyAndCheck("end");
    }

    [Fact]
    public void Cpus_that_its_kernel_was_not_told_of_and_the_first_one_are_refused()
    {
        World world = new();
        PartitionPlan told = world.With("4-5");
        Assert.Equal("RUN015", Assert.Throws<PartitionException>(() => world.Runtime.Resize(told with { Cpus = [.. told.Cpus, new PartitionCpu(2, new ApicId(4), 0)] }, Patience)).Diagnostics[0].Id);
        Assert.Equal("RUN015", Assert.Throws<PartitionException>(() => world.Runtime.Resize(told with { Cpus = [told.Cpus[1]], SpareCpus = [told.Cpus[0], .. told.SpareCpus] }, Patience)).Diagnostics[0].Id);
        world.DestroyAndCheck("refusals");
    }

    [Fact]
    public void Preview_has_the_steps_and_changes_nothing()
    {
        World world = new();
        string before = world.Machine.Snapshot();
        int entries = world.Machine.Faults.Points;
        Assert.Equal(
            ["ask its kernel to let go of CPUs 5, and wait up to 3 s", "stop CPUs 5, and prove them parked", "bring CPU 5 (APIC ID 10) online", "record the affinity of 1 interrupts", "take CPU 6 (APIC ID 12) offline and hold it", "tell its kernel of CPUs 6, and wait up to 3 s"],
            world.Runtime.PreviewResize(world.With("4,6"), Patience).Select(action => action.Description));
        Assert.Equal(before, world.Machine.Snapshot());
        Assert.Equal(entries, world.Machine.Faults.Points);
    }

    [Fact]
    public void Memory_comes_zeroed_and_goes_zeroed_and_the_places_are_used_again()
    {
        World world = new();
        string small = world.Machine.Snapshot();
        world.Machine.Memory.WriteUInt32(new PhysicalAddress(0x1_8000_0000), 0xD127);
        ResizeReport grown = world.Runtime.Resize(world.WithMemory(0, 1, 2), Patience);
        Assert.Equal([0, 1, 2], grown.MemoryCame.Select(piece => piece.Place));
        Assert.Empty(grown.MemoryLeft);
        Assert.Equal(["0x180000000-0x187ffffff", "0x188000000-0x18fffffff", "0x1a0000000-0x1a7ffffff"], world.Kernel.UsesMemory.Values.Select(range => range.ToString()));
        Assert.Equal(ByteSize.FromMebibytes(256 + 384), world.Runtime.Find(Name).Plan.MemorySize);
        Assert.True(world.Runtime.Find(Name).Memory.Contains(world.Kernel.UsesMemory[2]));

        // One that leaves and one that comes.
        ResizeReport moved = world.Runtime.Resize(world.WithMemory(0, 2, 3), Patience);
        Assert.Equal((1, 3), (moved.MemoryLeft.Single().Place, moved.MemoryCame.Single().Place));
        Assert.Equal([0, 2, 3], world.Kernel.UsesMemory.Keys);
        world.CheckMemory("moved");

        // CPUs and memory at once.
        world.Runtime.Resize(world.With("4-6") with { AddedMemory = [] }, Patience);
        Assert.Equal([4, 5, 6], world.Kernel.Uses);
        Assert.Empty(world.Kernel.UsesMemory);
        Assert.True(world.Machine.Memory.IsAllZero(World.Windows));
        world.Runtime.Resize(world.With("4-5"), Patience);
        Assert.Equal(small, world.Machine.Snapshot());
        int steps = world.Runtime.Find(Name).Steps.Count;
        for (int round = 0; round < 5; round++)
        {
            world.Runtime.Resize(world.WithMemory(3, 1), Patience);
            world.Runtime.Resize(world.WithMemory(), Patience);
        }

        Assert.Equal(steps, world.Runtime.Find(Name).Steps.Count);
        world.DestroyAndCheck("to and fro");
    }

    [Fact]
    public void Memory_that_its_kernel_refuses_stays_and_all_is_as_it_was()
    {
        World world = new();
        world.Runtime.Resize(world.WithMemory(0, 1), Patience);
        string before = world.Machine.Snapshot();
        world.Kernel.KeepsMemory.Add(0);
        MachineException refused = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.WithMemory() with { Cpus = world.With("4").Cpus, SpareCpus = world.With("4").SpareCpus }, Patience));
        Assert.Contains("refused memory 0x180000000-0x187ffffff (_OST status 0x82)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("and keeps it", refused.Message, StringComparison.Ordinal);
        Assert.Contains("It has CPUs 4-5 and 512MiB of memory", refused.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1], world.Kernel.UsesMemory.Keys);
        Assert.Equal(before, world.Machine.Snapshot());
        world.CheckMemory("kept");

        world.Kernel.RefusesMemory.Add(3);
        refused = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.WithMemory(0, 1, 2, 3), Patience));
        Assert.Contains("refused memory 0x1a8000000-0x1afffffff", refused.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1], world.Kernel.UsesMemory.Keys);
        world.CheckMemory("not taken");
        Assert.Equal(before, world.Machine.Snapshot());
        world.DestroyAndCheck("refusals");
    }

    [Fact]
    public void Memory_of_a_kernel_that_is_silent_or_ends_stays_its_own_and_comes_again_when_it_starts()
    {
        World world = new();
        world.Kernel.Hangs = true;
        MachineException silent = Assert.Throws<MachineException>(() => world.Runtime.Resize(world.WithMemory(0), Patience));
        Assert.Contains("did not look within 3 s; it may use it, so it stays its own", silent.Message, StringComparison.Ordinal);
        Assert.Contains("512MiB", Assert.Throws<MachineException>(() => world.Runtime.Resize(world.WithMemory(0, 1), Patience)).Message, StringComparison.Ordinal);
        world.Kernel.Hangs = false;
        world.Kernel.Poll();
        Assert.Equal([0, 1], world.Kernel.UsesMemory.Keys);

        // It ends while it is asked to let go.
        world.Machine.Waited = () => world.Machine.Memory.WriteUInt32(TestPlans.Plan().PrimaryRange.Start + HeaderPageLayout.ResetWord, 0x100);
        Assert.Contains("ended before it had answered, and keeps it", Assert.Throws<MachineException>(() => world.Runtime.Resize(world.WithMemory(0), Patience)).Message, StringComparison.Ordinal);
        world.Machine.Waited = () => world.Kernel.Poll();
        world.Runtime.Observe();
        Assert.Equal(PartitionState.Rebooting, world.Runtime.Find(Name).State);
        Assert.Equal("RUN016", Assert.Throws<PartitionException>(() => world.Runtime.Resize(world.WithMemory(), Patience)).Diagnostics[0].Id);
        world.Runtime.Start(Name);
        Assert.True(world.Machine.Memory.IsAllZero(World.Windows));
        world.Kernel.Boot();
        world.Runtime.Observe();
        Assert.Equal([0, 1], world.Kernel.UsesMemory.Keys);
        world.Runtime.Resize(world.WithMemory(1), Patience);
        world.CheckMemory("started again");
        world.Runtime.Stop(Name, "test");
        world.Runtime.Start(Name);
        world.DestroyAndCheck("end");
    }

    [Fact]
    public void Memory_that_its_kernel_was_not_told_of_is_refused()
    {
        World world = new();
        AddedMemory piece = World.Pieces[0];
        foreach (AddedMemory wrong in new[] { piece with { Place = 4 }, piece with { Node = 1 }, piece with { Range = new(new PhysicalAddress(0x2_0000_0000), piece.Range.Length) }, piece with { Range = new(piece.Range.Start, ByteSize.FromMebibytes(256)) } })
        {
            Assert.Equal("RUN017", Assert.Throws<PartitionException>(() => world.Runtime.Resize(world.WithMemory() with { AddedMemory = [wrong] }, Patience)).Diagnostics[0].Id);
        }

        Assert.Equal("RUN017", Assert.Throws<PartitionException>(() => world.Runtime.Resize(world.WithMemory() with { AddedMemory = [piece, World.Pieces[1] with { Place = 0 }] }, Patience)).Diagnostics[0].Id);
        world.DestroyAndCheck("refusals");
    }

    [Fact]
    public void Preview_of_memory_has_the_steps_and_changes_nothing()
    {
        World world = new();
        world.Runtime.Resize(world.WithMemory(0), Patience);
        int entries = world.Machine.Faults.Points;
        Assert.Equal(
            [
                "ask its kernel to let go of memory 0x180000000-0x187ffffff, and wait up to 3 s",
                "zero 0x180000000-0x187ffffff and give it back to the pool",
                "reserve 0x188000000-0x18fffffff",
                "zero 0x188000000-0x18fffffff",
                "tell its kernel of memory 0x188000000-0x18fffffff, and wait up to 3 s",
            ],
            world.Runtime.PreviewResize(world.WithMemory(1), Patience).Select(action => action.Description));
        Assert.Equal(entries, world.Machine.Faults.Points);
    }

    [Theory]
    [InlineData(FaultKind.DieBefore)]
    [InlineData(FaultKind.DieAfter)]
    public void Killed_at_every_step_the_next_daemon_finishes_or_undoes(FaultKind kind)
    {
        World counted = new();
        counted.Live();
        int points = counted.Machine.Faults.Points - counted.Begin;
        Assert.InRange(points, 70, 500);
        for (int point = 0; point < points; point++)
        {
            World world = new();
            world.DieAt(point, kind);
            string where = $"{kind} at point {point}: {world.Machine.Faults.Trace[^1]}";
            world.Adopt();
            world.Check(where);
            world.Runtime.Resize(world.With("4-6"), Patience);
            Assert.True(world.Kernel.Uses.SetEquals([4, 5, 6]), where);
            world.DestroyAndCheck(where);
        }
    }

    [Theory]
    [InlineData(FaultKind.Refuse)]
    public void Whatever_the_machine_refuses_a_cpu_is_the_boot_kernels_or_the_partitions(FaultKind kind)
    {
        World counted = new();
        counted.Live();
        int points = counted.Machine.Faults.Points - counted.Begin;
        for (int point = 0; point < points; point++)
        {
            World world = new();
            world.Machine.Faults.At = world.Begin + point;
            world.Machine.Faults.Kind = kind;
            try
            {
                world.Live();
            }
            catch (MachineException)
            {
                // Told to the user.
            }

            string where = $"refused at point {point}";
            world.Machine.Faults.Revive();
            world.Runtime.Recover();
            world.Kernel.Poll();
            world.CheckNoStranger(where);
            world.DestroyAndCheck(where);
        }
    }

    [Fact]
    public void Killed_again_in_recovery_nothing_is_lost()
    {
        World counted = new();
        counted.Live();
        int points = counted.Machine.Faults.Points - counted.Begin;
        for (int point = 0; point < points; point += 3)
        {
            for (int later = 0; later < 12; later += 2)
            {
                World world = new();
                world.DieAt(point, FaultKind.DieAfter);
                string where = $"point {point}, then {later} into recovery";
                world.DieInRecovery(later);
                world.Adopt();
                world.Check(where);
                world.DestroyAndCheck(where);
            }
        }
    }

    private sealed class World
    {
        public static readonly PhysicalRangeSet Windows = PhysicalRangeSet.Of(PhysicalRange.Parse("0x180000000-0x18fffffff"), PhysicalRange.Parse("0x1a0000000-0x1afffffff"));
        public static readonly AddedMemory[] Pieces = [.. new ulong[] { 0x1_8000_0000, 0x1_8800_0000, 0x1_A000_0000, 0x1_A800_0000 }.Select((start, place) => new AddedMemory(place, new(new PhysicalAddress(start), ByteSize.FromMebibytes(128)), 0))];
        private readonly FakeJournal _journal;
        private readonly FakeImages _images = new();
        private readonly string _untouched;
        private readonly PartitionPlan _plan = TestPlans.Plan() with
        {
            CpusMax = 4,
            ElasticMemory = new ElasticMemory((256 + 512) << 20, 128 << 20, [.. Windows.Select(window => new PartitionMemory(window, 0))]),
            SpareCpus = [.. CpuSet.Parse("6,7,3").Select(cpu => new PartitionCpu(cpu, new ApicId((uint)(cpu * 2)), 0)).OrderBy(cpu => cpu.Number < 4)],
        };

        public World()
        {
            _journal = new FakeJournal(Machine.Faults);
            _untouched = Machine.Snapshot();
            Kernel = new FakeElasticKernel(Machine, _plan);
            Runtime = Open();
            Runtime.Define(_plan);
            Runtime.Start(Name);
            Kernel.Boot();
            Machine.Waited = () => Kernel.Poll();
            Runtime.Observe();
            Begin = Machine.Faults.Points;
        }

        public FakeMachine Machine { get; } = new();

        public FakeElasticKernel Kernel { get; }

        public PartitionRuntime Runtime { get; private set; }

        public int Begin { get; }

        /// <summary>The plan that it has now, with these CPUs of those that its kernel was told of; those that it has keep their order.</summary>
        public PartitionPlan With(string cpus)
        {
            PartitionPlan now = Runtime.Find(Name).Plan;
            CpuSet wanted = CpuSet.Parse(cpus);
            PartitionCpu[] all = [.. now.Cpus, .. now.SpareCpus];
            return now with { Cpus = [.. all.Where(cpu => wanted.Contains(cpu.Number))], SpareCpus = [.. all.Where(cpu => !wanted.Contains(cpu.Number))] };
        }

        /// <summary>The plan that it has now, with the memory of these places; what it has keeps its order.</summary>
        public PartitionPlan WithMemory(params int[] places)
        {
            PartitionPlan now = Runtime.Find(Name).Plan;
            return now with { AddedMemory = [.. now.AddedMemory.Where(piece => places.Contains(piece.Place)), .. Pieces.Where(piece => places.Contains(piece.Place) && !now.AddedMemory.Contains(piece))] };
        }

        /// <summary>More CPUs and memory, others, fewer.</summary>
        public void Live()
        {
            Runtime.Resize(With("4-6") with { AddedMemory = WithMemory(0, 1).AddedMemory }, Patience);
            Runtime.Resize(With("4,7") with { AddedMemory = WithMemory(1, 3).AddedMemory }, Patience);
            Runtime.Resize(With("4") with { AddedMemory = [] }, Patience);
        }

        public void DieAt(int point, FaultKind kind)
        {
            Machine.Faults.DieIn(Live, Begin + point, kind);
            Runtime.Dispose();
        }

        public void DieInRecovery(int points)
        {
            using PartitionRuntime runtime = Open();
            Machine.Faults.DieAfter(() => runtime.Recover(), points);
        }

        public void Adopt()
        {
            Runtime = Open();
            Runtime.Recover();
            Assert.Empty(Runtime.Recover());
            Assert.Empty(Runtime.CheckMachine());
            Runtime.Observe();
            Kernel.Poll();
        }

        /// <summary>The kernel runs, and uses just the CPUs that the journal says.</summary>
        public void Check(string where)
        {
            PartitionRecord partition = Runtime.Find(Name);
            Assert.True(partition.State == PartitionState.Running, $"{where}: {partition.State} {partition.Evidence.Text}");
            CheckMemory(where);
            Assert.True(Kernel.Uses.SetEquals(partition.Plan.Cpus.Select(cpu => cpu.Number)), $"{where}: its kernel uses {string.Join(',', Kernel.Uses)}, the journal says {string.Join(',', partition.Plan.Cpus.Select(cpu => cpu.Number))}");
            CheckNoStranger(where);
        }

        /// <summary>Every CPU is the partition's or the Boot Kernel's, and the partition's kernel uses none but its own.</summary>
        public void CheckNoStranger(string where)
        {
            PartitionRecord partition = Runtime.Find(Name);
            HashSet<int> own = [.. partition.Plan.Cpus.Select(cpu => cpu.Number)];
            HashSet<int> held = [.. partition.Steps.OfType<TakeCpuStep>().Select(step => step.Cpu)];
            Assert.True(own.IsSubsetOf(held), where);
            Assert.True(Kernel.Uses.IsSubsetOf(own), where);
            for (int cpu = 0; cpu < 8; cpu++)
            {
                Assert.True(Machine.ModeOf(cpu) == FakeCpuMode.BootKernel == !held.Contains(cpu), $"{where}: CPU {cpu} is {Machine.ModeOf(cpu)}");
            }
        }

        /// <summary>Its kernel uses the memory that the journal says and that is held for it, and the rest of the windows is zero.</summary>
        public void CheckMemory(string where)
        {
            PartitionRecord partition = Runtime.Find(Name);
            PhysicalRangeSet own = PhysicalRangeSet.Of(partition.Plan.AddedMemory.Select(piece => piece.Range));
            PhysicalRangeSet held = PhysicalRangeSet.Of(partition.Steps.OfType<ReserveMemoryStep>().SelectMany(step => step.Ranges));
            Assert.True(PhysicalRangeSet.Of(Kernel.UsesMemory.Values).Equals(own), $"{where}: its kernel uses {PhysicalRangeSet.Of(Kernel.UsesMemory.Values)}, the journal says {own}");
            Assert.True(held.Equals(partition.Memory), $"{where}: {held} is held, {partition.Memory} is its own");
            Assert.True(Machine.Memory.IsAllZero(Windows.Subtract(own)), $"{where}: memory was given back as it was");
        }

        public void DestroyAndCheck(string where)
        {
            Runtime.Destroy(Name, evenIfRunning: true);
            Assert.True(Machine.Memory.IsAllZero(Windows), $"{where}: memory was given back as it was");
            Runtime.Dispose();
            Assert.True(_untouched == Machine.Snapshot(), $"{where}\n{Machine.Snapshot()}");
        }

        private PartitionRuntime Open() => PartitionRuntime.Open(Machine, _journal, _images, new RuntimeOptions());
    }
}
