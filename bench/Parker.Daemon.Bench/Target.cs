using System.Globalization;

namespace Parker.Daemon.Bench;

/// <summary>Prints ratios beside what they shall be, and remembers whether all were met.</summary>
internal sealed class Target
{
    public bool AreAllMet { get; private set; } = true;

    public void AtMost(string what, double ratio, double limit) => Tell(what, ratio, ratio <= limit, $"at most {Text(limit)}");

    public void AtLeast(string what, double ratio, double limit) => Tell(what, ratio, ratio >= limit, $"at least {Text(limit)}");

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Tell(string what, double ratio, bool isMet, string limit)
    {
        AreAllMet &= isMet;
        Console.WriteLine($"{what}: {Text(ratio)} (target: {limit}): {(isMet ? "met" : "missed")}");
    }
}
