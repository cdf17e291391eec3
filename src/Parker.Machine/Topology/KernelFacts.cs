namespace Parker.Machine.Topology;

/// <summary>The Boot Kernel.</summary>
public sealed record KernelFacts
{
    /// <summary>The release, such as <c>6.12.95+deb13-amd64</c>; empty where unknown.</summary>
    public required string Release { get; init; }

    /// <summary>The text of <c>/proc/version</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The parameters of <c>/proc/cmdline</c>.</summary>
    public required KernelCommandLine CommandLine { get; init; }

    /// <summary>The build configuration by option name (<c>CONFIG_STRICT_DEVMEM</c>) with its value (<c>y</c>, <c>m</c>, a number, a text); null where no file of it can be read.</summary>
    /// <remarks>Options that are not set are absent.</remarks>
    public required Finding<IReadOnlyDictionary<string, string>> Configuration { get; init; }

    /// <summary>The lockdown level: <c>none</c>, <c>integrity</c> or <c>confidentiality</c>.</summary>
    public required Finding<string> Lockdown { get; init; }

    /// <summary>Whether <c>/dev/mem</c> exists.</summary>
    public required Finding<bool?> DevMem { get; init; }

    /// <summary>Whether <c>/dev/cpu/N/msr</c> exists (the <c>msr</c> module is loaded or built in).</summary>
    public required Finding<bool?> MsrDevice { get; init; }

    /// <summary>Whether <c>/dev/cpu/N/cpuid</c> exists.</summary>
    public required Finding<bool?> CpuidDevice { get; init; }

    /// <summary>The <c>allow_writes</c> parameter of the msr module: <c>on</c>, <c>off</c> or <c>default</c>.</summary>
    public required Finding<string> MsrAllowWrites { get; init; }

    /// <summary>The SMT control: <c>on</c>, <c>off</c>, <c>forceoff</c>, <c>notsupported</c> or <c>notimplemented</c>.</summary>
    public Finding<string> SmtControl { get; init; } = new(null, "not read");

    /// <summary>Lines of the kernel log that say how the machine was brought up; empty where the log cannot be read.</summary>
    public required IReadOnlyList<string> LogLines { get; init; }
}
