using System.Diagnostics;
using System.Globalization;

namespace Parker.Linux.Bench;

/// <summary>Work whose time tells how fast a CPU, or its memory, is. Prints the milliseconds of each pass.</summary>
internal static class Loops
{
    private const int Steps = 20_000_000;
    private const int Words = 4 << 20;
    private const int WordsPerPage = 512;

    public static void Run(bool isCpu, int passes)
    {
        ulong[] memory = isCpu ? [] : new ulong[Words];
        memory.AsSpan().Fill(1);
        ulong result = 1;
        for (int pass = 0; pass < passes; pass++)
        {
            long begun = Stopwatch.GetTimestamp();
            result = unchecked(result + (isCpu ? Calculate(result) : Wander(memory)));
            Console.WriteLine(Stopwatch.GetElapsedTime(begun).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        }

        // Nobody reads it, and the compiler does not know.
        GC.KeepAlive(result);
    }

    // Each step needs the one before.
    private static ulong Calculate(ulong value)
    {
        for (int step = 0; step < Steps; step++)
        {
            value = unchecked((value * 6364136223846793005UL) + 1442695040888963407UL);
        }

        return value;
    }

    // Page after page, so that nearly each step misses the caches and the TLB, and then once through all.
    private static ulong Wander(ulong[] memory)
    {
        ulong sum = 0;
        for (int offset = 0; offset < WordsPerPage; offset += 8)
        {
            for (int at = offset; at < memory.Length; at += WordsPerPage)
            {
                sum = unchecked(sum + memory[at]);
                memory[at] = sum;
            }
        }

        foreach (ulong word in memory)
        {
            sum = unchecked(sum + word);
        }

        return sum;
    }
}
