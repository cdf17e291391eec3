using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parker.Lab.Servers;

/// <summary>The processors of an emulated server.</summary>
/// <param name="Sockets">Packages.</param>
/// <param name="Cores">Cores in each package.</param>
/// <param name="Threads">Threads in each core.</param>
public readonly record struct CpuTopology(int Sockets, int Cores, int Threads)
{
    /// <summary>Logical CPUs.</summary>
    public int Cpus => Sockets * Cores * Threads;

    /// <summary>Reads <c>2x4x1</c>: sockets, cores in each, threads in each.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CpuTopology? topology)
    {
        topology = text?.Split('x') is [string sockets, string cores, string threads]
            && int.TryParse(sockets, NumberStyles.None, CultureInfo.InvariantCulture, out int s)
            && int.TryParse(cores, NumberStyles.None, CultureInfo.InvariantCulture, out int c)
            && int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out int t)
            && s is > 0 and <= 256 && c is > 0 and <= 256 && t is > 0 and <= 256
                ? new CpuTopology(s, c, t)
                : null;
        return topology is not null;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sockets}x{Cores}x{Threads}");
}
