using System.Globalization;
using System.Text;
using Parker.Boot.Kernels;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Boot.CommandLines;

/// <summary>The command line of an Application Kernel: Parker's parameters, without which it would harm the server, then the user's.</summary>
/// <remarks>
/// Parker's come first, so that neither <c>--</c> nor an open quote in the user's text can swallow them. What comes later wins in the kernel, so a parameter of the user's that
/// contradicts is refused (<see cref="ParameterRules"/>). docs/kernels.md says what each parameter is for.
/// </remarks>
public static class ApplicationCommandLine
{
    /// <summary>The modules that are kept out of an Application Kernel: a CPU in VMX root operation ignores INIT, so it could not be stopped.</summary>
    internal static readonly string[] ForbiddenModules = ["kvm_intel", "kvm_amd"];

    /// <summary>The longest command line that there is room for, with its NUL.</summary>
    private const int Room = 0x2000;

    /// <summary>Puts a partition's command line together.</summary>
    /// <param name="plan">The partition.</param>
    /// <param name="kernel">Its kernel: says how long the line may be. A command line within a unified kernel image stands in where the user gave none.</param>
    /// <param name="diagnostics">Takes all problems: <c>CMD001</c> and up.</param>
    /// <returns>The line without a NUL; null where there was an error.</returns>
    public static string? TryBuild(PartitionPlan plan, KernelImage kernel, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(diagnostics);
        string given = plan.CommandLine.Trim();
        string user = given.Length == 0 ? kernel.EmbeddedCommandLine ?? "" : given;
        string place = $"command line of partition {plan.Name}";
        bool sound = CheckText(user, place, diagnostics);
        sound &= ParameterRules.Check(KernelCommandLine.Parse(user), plan, place, diagnostics);
        string ours = string.Join(' ', OwnParameters(plan).Select(parameter => $"{parameter.Name}={parameter.Value}"));
        string whole = user.Length == 0 ? ours : $"{ours} {user}";
        int limit = Math.Min(kernel.MaximumCommandLineLength, Room - 1);
        int length = Encoding.UTF8.GetByteCount(whole);
        if (length > limit)
        {
            diagnostics.Error(
                "CMD001",
                place,
                $"It has {length} bytes ({Encoding.UTF8.GetByteCount(user)} of them yours), and the kernel {(kernel.Release.Length == 0 ? kernel.Path : kernel.Release)} takes {limit}.",
                $"Shorten yours by {length - limit} bytes.");
            sound = false;
        }

        return sound ? whole : null;
    }

    /// <summary>Parker's parameters.</summary>
    internal static IEnumerable<(string Name, string Value)> OwnParameters(PartitionPlan plan)
    {
        yield return ("reboot", "efi,panic_warm");
        yield return ("tsc", "reliable");
        yield return ("tsc_early_khz", plan.TscKilohertz.ToString(CultureInfo.InvariantCulture));
        yield return ("no_ipi_broadcast", "1");
        yield return ("disable_cpu_apicid", plan.PhantomApicId.Value.ToString(CultureInfo.InvariantCulture));
        yield return ("pci", "noearly,realloc=off");
        yield return ("nmi_watchdog", "0");
        yield return ("panic", "0");
        yield return ("sysctl.kernel.panic", "-1");
        yield return ("sysctl.kernel.kexec_load_disabled", "1");
        yield return ("module_blacklist", string.Join(',', ForbiddenModules));
        yield return plan.UartPort is ushort port ? ("reserve", LegacySerialPorts.ReserveOthers(port)) : ("8250.nr_uarts", "0");

        // CPUs that are not its own yet are present until the first poll of the thermal zone takes them away.
        if (plan.IsElastic)
        {
            yield return ("maxcpus", plan.Cpus.Count.ToString(CultureInfo.InvariantCulture));
        }

        // Memory that comes holds what can be moved away, so that it can go again.
        if (plan.ElasticMemory is not null)
        {
            yield return ("memhp_default_state", "online_movable");
        }

        if (plan.Iommu is not null)
        {
            yield return ("intel_iommu", "on");
        }
    }

    private static bool CheckText(string user, string place, DiagnosticBag diagnostics)
    {
        bool sound = true;
        int nul = user.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            diagnostics.Error("CMD002", place, $"It has a NUL at letter {nul + 1}, where the kernel would stop reading.", "Take it out.");
            sound = false;
        }

        if (user.Count(letter => letter == '"') % 2 != 0)
        {
            diagnostics.Error("CMD003", place, "A double quote is opened and not closed: the rest of the line would be one value.", "Close it, or take it out.");
            sound = false;
        }

        return sound;
    }
}
