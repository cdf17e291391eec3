using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

/// <summary>What the kernel of an elastic partition makes of its header page: the poll of its tables, its answers, the CPUs that it runs on, and the memory that it uses.</summary>
/// <param name="machine">The machine.</param>
/// <param name="plan">The partition as it was defined.</param>
public sealed class FakeElasticKernel(FakeMachine machine, PartitionPlan plan)
{
    private const uint Marked = 0x5EC4E700;
    private const uint MarkedGone = 0x5EC4E701;
    private readonly PhysicalAddress _page = plan.PrimaryRange.Start;

    /// <summary>CPUs that it does not let go of, by number.</summary>
    public HashSet<int> Keeps { get; } = [];

    /// <summary>CPUs that it does not take, by number.</summary>
    public HashSet<int> Refuses { get; } = [];

    /// <summary>Places of memory that it does not let go of.</summary>
    public HashSet<int> KeepsMemory { get; } = [];

    /// <summary>Places of memory that it does not take.</summary>
    public HashSet<int> RefusesMemory { get; } = [];

    /// <summary>Whether it looks at nothing any more.</summary>
    public bool Hangs { get; set; }

    /// <summary>The CPUs that it uses, by number.</summary>
    public SortedSet<int> Uses { get; } = [];

    /// <summary>The memory that has come and that it uses, by place.</summary>
    public SortedDictionary<int, PhysicalRange> UsesMemory { get; } = [];

    /// <summary>Its boot: all CPUs of the tables are there, and the first poll lets go of those that it has not.</summary>
    public void Boot()
    {
        Uses.Clear();
        UsesMemory.Clear();
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
        if (ReadChange(ElasticWords.Cpus) is uint change)
        {
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

        if (ReadChange(ElasticWords.Memory) is uint changeOfMemory)
        {
            for (int place = 0; place < plan.MemoryPlaces; place++)
            {
                bool granted = Bits(HeaderPageLayout.GrantedMemory, place, 1) != 0;
                if (granted != (Bits(HeaderPageLayout.PresentMemory, place, 1) != 0))
                {
                    ChangeMemory(place, granted);
                }
            }

            machine.Memory.WriteUInt32(_page + HeaderPageLayout.MemoryChangeTaken, changeOfMemory);
        }
    }

    private uint? ReadChange(ElasticWords words)
    {
        uint change = machine.Memory.ReadUInt32(_page + words.Change);
        return change == machine.Memory.ReadUInt32(_page + words.Taken) ? null : change;
    }

    private void ChangeMemory(int place, bool granted)
    {
        // What refuses to come has a device that is there all the same, and goes without a word.
        bool refused = granted ? RefusesMemory.Contains(place) : KeepsMemory.Contains(place) && UsesMemory.ContainsKey(place);
        if (granted || !refused)
        {
            SetBits(HeaderPageLayout.PresentMemory, place, 1, granted ? 1u : 0);
        }

        SetBits(HeaderPageLayout.MemoryAnswers, place, 2, (uint)(refused ? KernelAnswer.Refused : KernelAnswer.Done));
        if (refused)
        {
            machine.Memory.WriteUInt32(_page + HeaderPageLayout.MemoryRefusal, 0x82);
        }
        else if (granted)
        {
            PhysicalAddress start = new((ulong)machine.Memory.ReadUInt32(_page + HeaderPageLayout.MemoryBlocks + new ByteSize((ulong)(4 * place))) * ElasticMemory.SmallestBlock.Bytes);
            PhysicalRange range = new(start, plan.ElasticMemory!.Step);
            Assert.Contains(plan.ElasticMemory.Windows, window => window.Range.Contains(range) && machine.Memory[_page + HeaderPageLayout.MemoryNodes + new ByteSize((ulong)place)] == plan.ProximityDomainOf(window.Node));
            Assert.DoesNotContain(UsesMemory.Values, used => used.Overlaps(range));
            Assert.True(machine.Memory.IsAllZero(PhysicalRangeSet.Of(range)) || machine.Memory.ReadUInt32(start) is Marked or MarkedGone, $"{range} comes with what somebody else left there");
            UsesMemory.Add(place, range);
            machine.Memory.WriteUInt32(start, Marked);
        }
        else if (UsesMemory.Remove(place, out PhysicalRange gone))
        {
            machine.Memory.WriteUInt32(gone.Start, MarkedGone);
        }
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
