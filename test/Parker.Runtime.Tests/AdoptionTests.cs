using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

/// <summary>The daemon is killed at every journal entry and every action of the machine in the full life of a partition, while another one runs; the next daemon takes over.</summary>
public sealed class AdoptionTests
{
    private static readonly PartitionName Name = PartitionName.Parse("db");
    private static readonly PartitionName Keeper = PartitionName.Parse("keeper");
    private static readonly PartitionPlan KeeperPlan = TestPlans.Plan("keeper", "2-3", 8192, 0x20000, withDevice: false);

    [Theory]
    [InlineData(FaultKind.DieBefore)]
    [InlineData(FaultKind.DieAfter)]
    public void Killed_at_every_step_of_a_life_the_next_daemon_adopts_what_runs_and_takes_nothing_twice(FaultKind kind)
    {
        int points = new World().CountPoints();
        Assert.InRange(points, 120, 2000);
        for (int point = 0; point < points; point++)
        {
            World world = new();
            world.DieAt(point, kind);
            string where = $"{kind} at point {point}: {world.Machine.Faults.Trace[^1]}";
            PartitionRuntime next = world.Adopt();
            world.CheckKeeper(next, where);
            world.CheckDb(next, where);
            world.LiveOn(next, where);
        }
    }

    [Fact]
    public void Killed_again_while_it_puts_in_order_what_the_one_before_left_nothing_is_lost()
    {
        int points = new World().CountPoints();
        for (int round = 0; round < 60; round++)
        {
            World world = new();
            int point = Random.Shared.Next(points);
            world.DieAt(point, FaultKind.DieAfter);
            string where = $"point {point}: {world.Machine.Faults.Trace[^1]}";
            for (int again = 0; again < 3; again++)
            {
                int later = Random.Shared.Next(12);
                world.DieInRecovery(later);
                where += $", then {later} points into its recovery";
            }

            PartitionRuntime next = world.Adopt();
            world.CheckKeeper(next, where);
            world.CheckDb(next, where);
            world.LiveOn(next, where);
        }
    }

    private sealed class World
    {
        private readonly FakeJournal _journal;
        private readonly FakeImages _images = new();
        private readonly PartitionRuntime _first;
        private readonly string _untouched;
        private readonly string _keeperAlone;
        private readonly int _begin;

        public World()
        {
            _journal = new FakeJournal(Machine.Faults);
            _untouched = Machine.Snapshot();
            _first = Open();
            _first.Define(KeeperPlan);
            _first.Start(Keeper);
            Machine.Memory.WriteUInt32(KeeperPlan.PrimaryRange.Start + HeaderPageLayout.Heartbeat, 5);
            _keeperAlone = Machine.Snapshot();
            _begin = Machine.Faults.Points;
        }

        public FakeMachine Machine { get; } = new();

        public int CountPoints()
        {
            Live();
            return Machine.Faults.Points - _begin;
        }

        public void DieAt(int point, FaultKind kind)
        {
            Machine.Faults.DieIn(Live, _begin + point, kind);

            // The kernel takes the mappings of a dead process away.
            _first.Dispose();
        }

        public void DieInRecovery(int points)
        {
            using PartitionRuntime runtime = Open();
            Machine.Faults.DieAfter(() => runtime.Recover(), points);
        }

        public PartitionRuntime Adopt()
        {
            PartitionRuntime next = Open();
            next.Recover();
            Assert.Empty(next.Recover());
            Assert.Empty(next.CheckMachine());
            next.Observe();
            return next;
        }

        public void CheckKeeper(PartitionRuntime next, string where)
        {
            PartitionRecord keeper = next.Find(Keeper);
            Assert.True(keeper.State == PartitionState.Running, $"{where}: {keeper.State} {keeper.Evidence.Text}");
            Assert.True(keeper.MayRun && Machine.ModeOf(2) == FakeCpuMode.RunsKernel && Machine.ModeOf(3) == FakeCpuMode.Offline, where);
        }

        public void CheckDb(PartitionRuntime next, string where)
        {
            PartitionRecord? db = next.Partitions.SingleOrDefault(partition => partition.Name == Name);
            Assert.True(db?.Unfinished is null, where);
            Assert.True(
                db is null or { State: PartitionState.Defined or PartitionState.Stopped or PartitionState.Starting or PartitionState.Running or PartitionState.Panicked or PartitionState.Off },
                $"{where}: {db?.State} {db?.Evidence.Text}");
            Assert.True((Machine.ModeOf(4) == FakeCpuMode.RunsKernel) == (db?.MayRun ?? false), where);
            foreach (int cpu in (int[])[4, 5])
            {
                Assert.True((Machine.ModeOf(cpu) == FakeCpuMode.BootKernel) == !(db?.HoldsMachine ?? false), $"{where}: CPU {cpu} is {Machine.ModeOf(cpu)}");
            }

            Assert.True((Machine.ReadBinding(PciAddress.Parse("0000:01:00.0")).Driver == "nvme") == !(db?.HoldsMachine ?? false), where);
        }

        /// <summary>Whatever it is, it can be started, stopped and destroyed, and then the machine is as it was.</summary>
        public void LiveOn(PartitionRuntime next, string where)
        {
            if (next.Partitions.Any(partition => partition.Name == Name))
            {
                if (!next.Find(Name).MayRun)
                {
                    next.Start(Name);
                }

                next.Destroy(Name, evenIfRunning: true);
            }

            next.Dispose();
            Assert.True(_keeperAlone == Machine.Snapshot(), $"{where}\n{Machine.Snapshot()}");
            using PartitionRuntime last = Open();
            last.Destroy(Keeper, evenIfRunning: true);
            Assert.True(_untouched == Machine.Snapshot(), $"{where}\n{Machine.Snapshot()}");
        }

        private PartitionRuntime Open() => PartitionRuntime.Open(Machine, _journal, _images, new RuntimeOptions());

        private void Live()
        {
            _first.Define(TestPlans.Plan());
            _first.Redefine(TestPlans.Plan(), new PartitionPolicy(RestartPolicy.OnFailure, Autostart: true));
            _first.Autostart();
            KernelWrites(HeaderPageLayout.Heartbeat, 1);
            _first.Observe();

            // Its kernel panics, and is started again.
            KernelWrites(HeaderPageLayout.ResetWord, 0x101);
            _first.Observe();
            Machine.FakeClock.Advance(TimeSpan.FromSeconds(2));
            Assert.Single(_first.Supervise());
            _first.SetPolicy(Name, PartitionPolicy.None);

            // It shuts down when asked.
            KernelWrites(HeaderPageLayout.Heartbeat, 1);
            Machine.Waited = () => KernelWrites(HeaderPageLayout.ResetWord, 0x102);
            _first.AskToShutDown(Name, TimeSpan.FromSeconds(1));
            Machine.Waited = null;
            _first.Observe();
            _first.Stop(Name, "asked");
            _first.Start(Name);
            _first.Destroy(Name, evenIfRunning: true);
        }

        private void KernelWrites(ByteSize offset, uint value) => Machine.Memory.WriteUInt32(TestPlans.Plan().PrimaryRange.Start + offset, value);
    }
}
