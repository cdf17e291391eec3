using System.Text;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;

namespace Parker.Inspect.Tests.Logs;

public sealed class EarlyLogTests
{
    private readonly ArrayMemory _memory = new(new PhysicalAddress(0x1_0000_0000), new byte[4 << 20]);

    [Theory]
    [InlineData(0xFFFF_F000UL)]
    [InlineData(0x3FFF_FFFF_FFFE_0000UL)]
    public void Text_blocks_that_follow_each_other_are_found_without_descriptors(ulong firstId)
    {
        // Across the border of two of the chunks that the memory is read in.
        int at = (1 << 20) - 8;
        foreach (string text in (string[])["Linux version 6.12.95 (somebody)", "Command line: quiet", "x", "Kernel panic - not syncing: early"])
        {
            at = Block(at, firstId++, text);
        }

        Assert.Equal(["Linux version 6.12.95 (somebody)", "Command line: quiet", "x", "Kernel panic - not syncing: early"], EarlyLog.Find(_memory));
        KernelObservation observation = EarlyPanic.Find(_memory)!;
        Assert.Equal(("6.12.95", "Kernel panic - not syncing: early"), (observation.Release, observation.Panic));
    }

    [Fact]
    public void Kernel_that_has_not_logged_yet_gives_its_banner()
    {
        Encoding.ASCII.GetBytes("Linux version 6.1.0 (somebody) #1\n", _memory.Bytes.AsSpan(0x12345));
        Encoding.ASCII.GetBytes("Linux version %s", _memory.Bytes.AsSpan(0x2345));
        Assert.Equal(["Linux version 6.1.0 (somebody) #1"], EarlyLog.Find(_memory));
        Assert.Null(EarlyPanic.Find(_memory));
    }

    [Fact]
    public void Memory_without_a_kernel_gives_nothing() => Assert.Empty(EarlyLog.Find(_memory));

    [Fact]
    public void Banner_at_the_very_end_of_the_memory_is_no_fault()
    {
        Encoding.ASCII.GetBytes("Linux version 6", _memory.Bytes.AsSpan(_memory.Bytes.Length - 15));
        Assert.Equal(["Linux version 6"], EarlyLog.Find(_memory));
    }

    private int Block(int at, ulong id, string text)
    {
        BitConverter.TryWriteBytes(_memory.Bytes.AsSpan(at), id);
        Encoding.ASCII.GetBytes(text, _memory.Bytes.AsSpan(at + 8));
        return at + 8 + ((text.Length + 7) & ~7);
    }
}
