namespace Parker.Fixtures.Servers;

/// <summary>One range of a made-up server's memory.</summary>
/// <param name="First">Its first byte.</param>
/// <param name="Last">Its last byte.</param>
/// <param name="Name">The kernel's name, as <c>/proc/iomem</c> and <c>/sys/firmware/memmap</c> have it.</param>
internal readonly record struct MemoryRange(ulong First, ulong Last, string Name)
{
    public const string Ram = "System RAM";
    public const string Reserved = "Reserved";
    public const string AcpiTables = "ACPI Tables";
    public const string AcpiStorage = "ACPI Non-volatile Storage";

    public ulong Length => Last - First + 1;

    /// <summary>What is left of it without another.</summary>
    public IEnumerable<MemoryRange> Without(MemoryRange other)
    {
        if (other.Last < First || other.First > Last)
        {
            yield return this;
            yield break;
        }

        if (other.First > First)
        {
            yield return this with { Last = other.First - 1 };
        }

        if (other.Last < Last)
        {
            yield return this with { First = other.Last + 1 };
        }
    }
}
