using System.Globalization;
using Parker.Api.Inspection;
using Parker.Cli.Output;
using Parker.Machine;

namespace Parker.Cli.Inspections;

/// <summary>How busy a kernel was between two readings, as text.</summary>
internal static class UsageListing
{
    /// <summary>Writes it.</summary>
    public static void Write(UsageDocument before, UsageDocument after, TextWriter output)
    {
        double elapsed = Math.Max(1, after.TimeNs - before.TimeNs);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{after.Partition}: load {after.Load1:0.00}, {after.Load5:0.00}, {after.Load15:0.00}"));
        output.WriteLine($"memory: {Size(after.TotalBytes)}, free {Size(after.FreeBytes)}, files {Size(after.CachedBytes)}, programs {Size(after.AnonymousBytes)}, kernel objects {Size(after.SlabBytes)}");
        TableWriter table = new(new("CPU", true), new("USER", true), new("SYSTEM", true), new("IRQ", true), new("IDLE", true));
        foreach (CpuUsageDocument cpu in after.Cpus)
        {
            // Of one that came online since it is not known yet.
            CpuUsageDocument? last = before.Cpus.FirstOrDefault(other => other.Cpu == cpu.Cpu);
            double user = Share(cpu.UserNs, last?.UserNs);
            double system = Share(cpu.SystemNs, last?.SystemNs);
            double interrupts = Share(cpu.InterruptsNs, last?.InterruptsNs);
            table.Add(cpu.Cpu.ToString(CultureInfo.InvariantCulture), Percent(user), Percent(system), Percent(interrupts), Percent(Math.Max(0, 1 - user - system - interrupts)));
        }

        table.WriteTo(output);

        double Share(long now, long? then) => then is long known ? Math.Clamp((now - known) / elapsed, 0, 1) : 0;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    private static string Size(ulong? bytes) => bytes is ulong known ? new ByteSize(known).ToDisplayString() : "not told";
}
