using System.Diagnostics;
using System.Globalization;
using SharpFuzz;

namespace Parker.Fuzz;

/// <summary>The program of every fuzz project: <c>--targets</c> lists its targets; a target with seconds and a folder changes that folder's inputs at random; a target alone runs under afl-fuzz.</summary>
internal static class FuzzProgram
{
    private const int LongestInput = 1 << 14;

    /// <summary>Runs a target.</summary>
    /// <param name="args">Of the program.</param>
    /// <param name="targets">By name; a target throws where it finds a fault.</param>
    /// <returns>The program's exit code: 0 nothing found, 1 a fault, 2 wrong usage.</returns>
    public static int Run(string[] args, IReadOnlyDictionary<string, ReadOnlySpanAction> targets)
    {
        if (args is ["--targets"])
        {
            Console.WriteLine(string.Join('\n', targets.Keys));
            return 0;
        }

        if (args.Length is not (1 or 3) || !targets.TryGetValue(args[0], out ReadOnlySpanAction? target))
        {
            Console.Error.WriteLine($"usage: --targets, or {string.Join('|', targets.Keys)} [SECONDS FOLDER]");
            return 2;
        }

        if (args.Length == 3)
        {
            return RunRandomly(args[0], target, TimeSpan.FromSeconds(int.Parse(args[1], CultureInfo.InvariantCulture)), args[2]);
        }

        Fuzzer.OutOfProcess.Run(stream =>
        {
            using MemoryStream input = new();
            stream.CopyTo(input);
            target(input.ToArray());
        });
        return 0;
    }

    // Blind: what an input reaches is not looked at. Good for faults that are near to the corpus; afl-fuzz goes further.
    private static int RunRandomly(string name, ReadOnlySpanAction target, TimeSpan limit, string folder)
    {
        List<byte[]> corpus = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        int seed = Environment.TickCount;
        Random random = new(seed);
        Stopwatch clock = Stopwatch.StartNew();
        long runs = 0;
        for (; clock.Elapsed < limit; runs++)
        {
            byte[] input = Mutate(corpus[random.Next(corpus.Count)], random);
            try
            {
                target(input);
            }
#pragma warning disable CA1031 // Whatever a target throws is a fault.
            catch (Exception exception) when (exception is not OutOfMemoryException)
#pragma warning restore CA1031
            {
                File.WriteAllBytes($"crash-{name}", input);
                Console.Error.WriteLine($"{name}: crash-{name} fails after {runs} runs: {exception}");
                return 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {runs} inputs changed at random (seed {seed}) in {limit.TotalSeconds:0} s, no fault"));
        return 0;
    }

    private static byte[] Mutate(byte[] input, Random random)
    {
        ReadOnlySpan<byte> interesting = [0x00, 0x01, 0x7f, 0x80, 0xff];
        List<byte> bytes = [.. input];
        for (int changes = random.Next(1, 16); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = interesting[random.Next(interesting.Length)];
                    break;
                case 2 when bytes.Count < LongestInput:
                    int from = random.Next(bytes.Count + 1);
                    bytes.InsertRange(at, bytes.GetRange(from, random.Next(Math.Min(64, bytes.Count - from) + 1)));
                    break;
                case 3 when random.Next(8) == 0:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at + 1));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
