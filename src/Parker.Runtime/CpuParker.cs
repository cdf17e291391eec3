using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime;

/// <summary>Stops the CPUs of a partition and proves it: INIT is not answered, so each CPU is made to write a word of our choice.</summary>
internal sealed class CpuParker(IMachine machine, RuntimeOptions options, Func<PhysicalAddress, ReadOnlyMemory<byte>> parkStub)
{
    /// <summary>After this every CPU waits for a SIPI.</summary>
    /// <exception cref="MachineException">A CPU is not held, or did not write its word: it must be taken for running.</exception>
    public void Park(IReadOnlyList<PartitionCpu> cpus, PhysicalAddress slot, IMappedMemory memory)
    {
        CpuLease[] leases =
        [
            .. cpus.Select(cpu => machine.FindLease(cpu.Number, cpu.ApicId)
                ?? throw new MachineException($"park CPU {cpu.Number}", $"APIC ID {cpu.ApicId}", "it is no longer offline and held, so no INIT is sent to it")),
        ];

        // All first: a CPU that still runs could start one that was stopped before it, or write over the park stub.
        foreach (CpuLease lease in leases)
        {
            machine.SendInit(lease);
        }

        machine.Wait(options.InitToStartup);
        PhysicalAddress page = slot + LowSlotLayout.ParkStub;
        memory.Zero(new PhysicalRange(page, ByteSize.Page));
        memory.Write(page, parkStub(slot).Span);
        byte vector = (byte)(page.Value >> 12);
        uint token = (uint)Random.Shared.Next(1, int.MaxValue - leases.Length);
        foreach (CpuLease lease in leases)
        {
            token++;
            memory.WriteUInt32(slot + LowSlotLayout.ParkMark, 0);
            memory.WriteUInt32(slot + LowSlotLayout.ParkToken, token);
            uint expected = token;
            if (!StartAndAwait(lease, vector, () => memory.ReadUInt32(slot + LowSlotLayout.ParkMark) == expected))
            {
                throw new MachineException($"prove that CPU {lease.Cpu} is parked", $"APIC ID {lease.ApicId}", $"it did not run the park stub within {options.AcknowledgeTimeout.TotalSeconds:0.#} s after INIT and two SIPIs", MachineException.TimedOut);
            }

            machine.SendInit(lease);
        }
    }

    /// <summary>SIPI, and a second one only where the first shows no effect soon.</summary>
    /// <returns>Whether the effect was seen in time.</returns>
    public bool StartAndAwait(CpuLease lease, byte vector, Func<bool> arrived)
    {
        machine.SendStartup(lease, vector);
        if (Await(arrived, options.SecondStartupAfter))
        {
            return true;
        }

        machine.SendStartup(lease, vector);
        return Await(arrived, options.AcknowledgeTimeout);
    }

    private bool Await(Func<bool> arrived, TimeSpan timeout)
    {
        long begun = machine.Clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMicroseconds(50);
        while (!arrived())
        {
            if (machine.Clock.GetElapsedTime(begun) >= timeout)
            {
                return false;
            }

            machine.Wait(pause);
            pause = pause < TimeSpan.FromMilliseconds(5) ? pause * 2 : pause;
        }

        return true;
    }
}
