using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>The Boot Kernel.</summary>
public sealed record KernelDocument
{
    /// <summary>The release; empty where unknown.</summary>
    public required string Release { get; init; }

    /// <summary>The text of <c>/proc/version</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its command line.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The number of options set in its build configuration; the evidence says which file that is.</summary>
    public required FactDocument<int?> ConfigurationOptions { get; init; }

    /// <summary><c>none</c>, <c>integrity</c> or <c>confidentiality</c>.</summary>
    public required FactDocument<string> Lockdown { get; init; }

    /// <summary>Whether <c>/dev/mem</c> exists.</summary>
    public required FactDocument<bool?> DevMem { get; init; }

    /// <summary>Whether <c>/dev/cpu/N/msr</c> exists.</summary>
    public required FactDocument<bool?> MsrDevice { get; init; }

    /// <summary>Whether <c>/dev/cpu/N/cpuid</c> exists.</summary>
    public required FactDocument<bool?> CpuidDevice { get; init; }

    /// <summary>The msr module's parameter: <c>on</c>, <c>off</c> or <c>default</c>.</summary>
    public required FactDocument<string> MsrAllowWrites { get; init; }

    internal static KernelDocument Of(KernelFacts kernel) => new()
    {
        Release = kernel.Release,
        Version = kernel.Version,
        CommandLine = kernel.CommandLine.Text,
        ConfigurationOptions = Facts.Of(kernel.Configuration, static options => (int?)options.Count),
        Lockdown = Facts.Of(kernel.Lockdown),
        DevMem = Facts.Of(kernel.DevMem),
        MsrDevice = Facts.Of(kernel.MsrDevice),
        CpuidDevice = Facts.Of(kernel.CpuidDevice),
        MsrAllowWrites = Facts.Of(kernel.MsrAllowWrites),
    };
}
