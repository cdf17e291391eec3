using System.Diagnostics;
using System.Globalization;
using Parker.Firmware.Tests.Aml;
using SharpFuzz;

Dictionary<string, ReadOnlySpanAction> targets = new(StringComparer.Ordinal) { ["aml"] = AmlTree.AssertReadBack };

if (args.Length is not (1 or 3) || !targets.TryGetValue(args[0], out ReadOnlySpanAction? target))
{
    Console.Error.WriteLine($"usage: Parker.Firmware.Fuzz {string.Join('|', targets.Keys)} [SECONDS FOLDER]");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        target(input.ToArray());
    });
    return 0;
}

TimeSpan limit = TimeSpan.FromSeconds(int.Parse(args[1], CultureInfo.InvariantCulture));
List<byte[]> corpus = [.. Directory.GetFiles(args[2]).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
Random random = new();
Stopwatch clock = Stopwatch.StartNew();
long runs = 0;
for (; clock.Elapsed < limit; runs++)
{
    byte[] input = Mutate(corpus[random.Next(corpus.Count)], random);
    try
    {
        target(input);
    }
    catch (Exception exception) when (exception is not OutOfMemoryException)
    {
        File.WriteAllBytes($"crash-{args[0]}", input);
        Console.Error.WriteLine($"crash-{args[0]} fails after {runs} runs: {exception}");
        return 1;
    }
}

Console.WriteLine($"{args[0]}: {runs} runs");
return 0;

// Some bytes replaced, and some copied to another place.
static byte[] Mutate(byte[] input, Random random)
{
    List<byte> bytes = [.. input];
    for (int changes = random.Next(1, 16); changes > 0; changes--)
    {
        int at = random.Next(bytes.Count + 1);
        switch (random.Next(3))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when bytes.Count < 4096:
                int from = random.Next(bytes.Count + 1);
                bytes.InsertRange(at, bytes.GetRange(from, random.Next(Math.Min(64, bytes.Count - from) + 1)));
                break;
            default:
                bytes.Insert(at, (byte)random.Next(256));
                break;
        }
    }

    return [.. bytes];
}
