using System.Buffers.Binary;
using System.Diagnostics;
using Parker.Inspect.Cores;
using Parker.Machine;

namespace Parker.Inspect.Tests.Fuzzing;

/// <summary>Looks into a dump of a real kernel whose memory was changed where the reader looks.</summary>
internal sealed class KernelCoreTarget
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(20);

    private readonly ChangedMemory _memory;
    private readonly PhysicalAddress[] _places;

    /// <summary>Opens the dump, and notes what is read of it while nothing is changed.</summary>
    public KernelCoreTarget(string path)
    {
        _memory = new ChangedMemory(CoreMemory.TryOpen(File.OpenRead(path), path, []) ?? throw new InvalidDataException($"{path} is no core."));
        KernelReading.All(_memory);
        _places = [.. _memory.Seen!];
        _memory.Seen = null;
    }

    /// <summary>Items of 4 bytes, of which read, and 8 of what it finds there.</summary>
    public void Look(ReadOnlySpan<byte> input)
    {
        _memory.Changes.Clear();
        for (; input.Length >= 12; input = input[12..])
        {
            PhysicalAddress place = _places[BinaryPrimitives.ReadUInt32LittleEndian(input) % (uint)_places.Length];
            _memory.Changes[new PhysicalAddress(place.Value & ~7UL)] = BinaryPrimitives.ReadUInt64LittleEndian(input[4..]);
        }

        long begun = Stopwatch.GetTimestamp();
        KernelReading.All(_memory);
        if (Stopwatch.GetElapsedTime(begun) > LongestReading)
        {
            throw new UnreachableException($"A reading took {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s.");
        }
    }

    private sealed class ChangedMemory(IPhysicalMemory memory) : IPhysicalMemory
    {
        public SortedDictionary<PhysicalAddress, ulong> Changes { get; } = [];

        public HashSet<PhysicalAddress>? Seen { get; set; } = [];

        public PhysicalRangeSet Ranges => memory.Ranges;

        public bool TryRead(PhysicalAddress address, Span<byte> destination)
        {
            if (!memory.TryRead(address, destination))
            {
                return false;
            }

            // Of long reads, such as tables, some places.
            for (int at = 0; Seen is not null && at < destination.Length; at += 64)
            {
                Seen.Add(address + new ByteSize((ulong)at));
            }

            Span<byte> value = stackalloc byte[8];
            foreach ((PhysicalAddress place, ulong changed) in Changes)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(value, changed);
                for (int i = 0; i < value.Length; i++)
                {
                    ulong offset = unchecked(place.Value + (ulong)i - address.Value);
                    if (offset < (ulong)destination.Length)
                    {
                        destination[(int)offset] = value[i];
                    }
                }
            }

            return true;
        }
    }
}
