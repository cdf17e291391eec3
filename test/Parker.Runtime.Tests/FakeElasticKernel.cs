using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

/// <summary>What the kernel of an elastic partition makes of its header page: the poll of its tables, its answers, and the CPUs that it runs on.</summary>
/// <param name="machine">The machine.</param>
/// <param name="plan">The partition as it was defined.</param>
public sealed class FakeElasticKernel(FakeMachine machine, PartitionPlan plan)
{
    private readonly PhysicalAddress _page = plan.PrimaryRange.Start;

    /// <summary>CPUs that it does not let go of, by number.</summary>
    public HashSet<int> Keeps { get; } = [];

    /// <summary>CPUs that it does not take, by number.</summary>
    public HashSet<int> Refuses { get; } = [];

    /// <summary>Whether it looks at nothing any more.</summary>
    public bool Hangs { get; set; }

    /// <summary>The CPUs that it uses, by number.</summary>
    public SortedSet<int> Uses { get; } = [];

    /// <summary>Its boot: all CPUs of the tables are there, and the first poll lets go of those that it has not.</summary>
    public void Boot()
    {
        Uses.Clear();
        machine.Memory.WriteUInt32(_page + HeaderPageLayout.Heartbeat, 1);
        foreach (PartitionCpu cpu in plan.ToldCpus)
        {
            Uses.Add(cpu.Number);
        }

        Poll(boots: true);
        foreach (int cpu in Uses.Skip(1))
        {
            machine.KernelRunsOn(cpu, runs: true);
        }
    }

    /// <summary>One poll of the thermal zone, and what follows from it.</summary>
    public void Poll(bool boots = false)
    {
        if (Hangs || machine.Memory.ReadUInt32(_page + HeaderPageLayout.ResetWord) != 0 || machine.Memory.ReadUInt32(_page + HeaderPageLayout.Heartbeat) == 0)
        {
            return;
        }

        machine.Memory.WriteUInt32(_page + HeaderPageLayout.Heartbeat, machine.Memory.ReadUInt32(_page + HeaderPageLayout.Heartbeat) + 1);
        uint change = machine.Memory.ReadUInt32(_page + HeaderPageLayout.CpuChange);
        if (change == machine.Memory.ReadUInt32(_page + HeaderPageLayout.CpuChangeTaken))
        {
            return;
        }

        for (int place = 0; place < plan.ToldCpus.Count; place++)
        {
            PartitionCpu cpu = plan.ToldCpus[place];
            bool granted = Bits(HeaderPageLayout.GrantedCpus, place, 1) != 0;
            if (cpu != plan.Cpus[0] && granted != (Bits(HeaderPageLayout.PresentCpus, place, 1) != 0))
            {
                Change(cpu, place, granted, boots);
            }
        }

        machine.Memory.WriteUInt32(_page + HeaderPageLayout.CpuChangeTaken, change);
    }

    private void Change(PartitionCpu cpu, int place, bool granted, bool boots)
    {
        bool refused = (granted ? Refuses : Keeps).Contains(cpu.Number);
        if (granted || !refused)
        {
            SetBits(HeaderPageLayout.PresentCpus, place, 1, granted ? 1u : 0);
        }

        SetBits(HeaderPageLayout.CpuAnswers, place, 2, (uint)(refused ? KernelAnswer.Refused : KernelAnswer.Done));
        if (refused)
        {
            machine.Memory.WriteUInt32(_page + HeaderPageLayout.CpuRefusal, 0x82);
            return;
        }

        if (granted)
        {
            Uses.Add(cpu.Number);
        }
        else
        {
            Uses.Remove(cpu.Number);
        }

        if (!boots)
        {
            machine.KernelRunsOn(cpu.Number, granted);
        }
    }

    private uint Bits(ByteSize words, int place, int width) =>
        (machine.Memory.ReadUInt32(Word(words, place * width)) >> (place * width % 32)) & ((1u << width) - 1);

    private void SetBits(ByteSize words, int place, int width, uint value)
    {
        PhysicalAddress word = Word(words, place * width);
        int shift = place * width % 32;
        uint mask = ((1u << width) - 1) << shift;
        machine.Memory.WriteUInt32(word, (machine.Memory.ReadUInt32(word) & ~mask) | (value << shift));
    }

    private PhysicalAddress Word(ByteSize words, int bit) => _page + words + new ByteSize((ulong)(4 * (bit / 32)));
}
