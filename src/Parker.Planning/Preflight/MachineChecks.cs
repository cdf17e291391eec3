using System.Globalization;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;

namespace Parker.Planning.Preflight;

/// <summary>The machine as a whole, and what could be read of it.</summary>
internal static class MachineChecks
{
    // x86-64 kernels know no_ipi_broadcast= since 5.4 (arch/x86/kernel/apic/ipi.c).
    private static readonly Version OldestRelease = new(5, 4);
    private static readonly Version SeenRelease = new(6, 12);

    /// <summary>Why a file gave nothing; null where no finding says so.</summary>
    public static string? WhyUnread(this MachineTopology machine, string path) =>
        machine.Diagnostics.FirstOrDefault(diagnostic => IsUnread(diagnostic) && diagnostic.Place == path) is Diagnostic found ? $"{path}: {found.Message}" : null;

    public static CheckLine Architecture(MachineTopology machine)
    {
        const string Fix = "Use an x86-64 machine with a 64-bit kernel.";
        if (machine.Processor.Flags.Count > 0)
        {
            return machine.Processor.Flags.Contains("lm")
                ? new(CheckCatalog.Architecture, CheckStatus.Ok, $"x86-64: /proc/cpuinfo has the flag lm ({machine.Processor.ModelName})", "")
                : new(CheckCatalog.Architecture, CheckStatus.Missing, "/proc/cpuinfo: no flag lm", Fix);
        }

        return machine.Kernel.Configuration.Value is IReadOnlyDictionary<string, string> options
            ? options.GetValueOrDefault("CONFIG_X86_64") == "y"
                ? new(CheckCatalog.Architecture, CheckStatus.Ok, $"{machine.Kernel.Configuration.Evidence}: CONFIG_X86_64=y", "")
                : new(CheckCatalog.Architecture, CheckStatus.Missing, $"{machine.Kernel.Configuration.Evidence}: CONFIG_X86_64 is not set", Fix)
            : new(CheckCatalog.Architecture, CheckStatus.Unknown, machine.WhyUnread("/proc/cpuinfo") ?? "/proc/cpuinfo has no flags of the processor", Fix);
    }

    public static CheckLine KernelRelease(KernelFacts kernel)
    {
        string text = kernel.Release;
        string digits = string.Concat(text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')).Trim('.');
        if (!Version.TryParse(digits, out Version? version))
        {
            return new(CheckCatalog.KernelRelease, CheckStatus.Unknown, text.Length == 0 ? "/proc/sys/kernel/osrelease cannot be read" : $"'{text}' has no version number", "");
        }

        return version < OldestRelease
            ? new(CheckCatalog.KernelRelease, CheckStatus.Missing, $"{text} does not know no_ipi_broadcast=1", "Boot with kernel 5.4 or newer.")
            : version.Major == SeenRelease.Major && version.Minor == SeenRelease.Minor
                ? new(CheckCatalog.KernelRelease, CheckStatus.Ok, $"{text}; {SeenRelease} is shown in emulation", "")
                : new(CheckCatalog.KernelRelease, CheckStatus.Warn, $"{text} as the Boot Kernel is only reasoned; {SeenRelease} is shown in emulation", $"Boot with a kernel {SeenRelease}, or try on a machine that may be reset.");
    }

    public static CheckLine Surroundings(MachineTopology machine)
    {
        string product = $"{machine.Identity.Vendor} {machine.Identity.Product}".Trim();
        string name = product.Length == 0 ? "" : $" ({product})";
        if (machine.Processor.Flags.Count == 0)
        {
            return new(CheckCatalog.Surroundings, CheckStatus.Unknown, "/proc/cpuinfo has no flags of the processor", "");
        }

        return machine.Processor.Flags.Contains("hypervisor")
            ? new(
                CheckCatalog.Surroundings,
                CheckStatus.Warn,
                $"An emulated or virtual machine{name}: /proc/cpuinfo has the flag hypervisor. What works here is shown in emulation, not on metal",
                "Nothing to do for trying out; docs/hardware.md says for each feature where it has been shown.")
            : new(
                CheckCatalog.Surroundings,
                CheckStatus.Warn,
                $"Metal{name}: no flag hypervisor. Parker's features are shown in emulation or only reasoned; none is shown on metal yet",
                "Try on a machine that may be reset; docs/hardware.md says for each feature where it has been shown.");
    }

    public static CheckLine Readable(IReadOnlyList<Diagnostic> diagnostics)
    {
        string[] places = [.. diagnostics.Where(IsUnread).Select(diagnostic => diagnostic.Place).Distinct().Order(StringComparer.Ordinal)];
        bool denied = diagnostics.Any(diagnostic => diagnostic.Id is "TOPO001" or "TOPO030" or "TOPO100");
        return places.Length == 0
            ? new(CheckCatalog.Readable, CheckStatus.Ok, "every file that tells of the machine could be read", "")
            : new(
                CheckCatalog.Readable,
                CheckStatus.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"{places.Length} could not be read: {string.Join(", ", places.Take(4))}{(places.Length > 4 ? ", ..." : "")}"),
                denied ? "Run as root." : "See the findings of 'parker topology -o json'.");
    }

    // Denied, failed, missing though every machine has it, zeros for addresses, configuration space cut off.
    private static bool IsUnread(Diagnostic diagnostic) => diagnostic.Id is "TOPO001" or "TOPO002" or "TOPO003" or "TOPO030" or "TOPO100";
}
