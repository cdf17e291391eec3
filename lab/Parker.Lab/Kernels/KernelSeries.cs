using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Parker.Lab.Kernels;

/// <summary>A series of Debian's kernel packages, of which the newest is wanted.</summary>
/// <param name="Name">Short, for options and messages.</param>
/// <param name="ReleasePattern">What the whole of <c>uname -r</c> looks like.</param>
public sealed record KernelSeries(string Name, [property: StringSyntax(StringSyntaxAttribute.Regex)] string ReleasePattern)
{
    /// <summary>6.12, from backports on Debian 12.</summary>
    public static KernelSeries Linux612 { get; } = new("6.12", @"6\.12\.[0-9.]+\+deb[0-9.]+-amd64");

    /// <summary>6.1, of Debian 12 itself.</summary>
    public static KernelSeries Linux61 { get; } = new("6.1", @"6\.1\.0-[0-9]+-amd64");

    /// <summary>6.1 for virtual machines, with another set of drivers built in.</summary>
    public static KernelSeries Linux61Cloud { get; } = new("6.1-cloud", @"6\.1\.0-[0-9]+-cloud-amd64");

    /// <summary>6.12 for virtual machines. Not on every server: a test that wants it brings it.</summary>
    public static KernelSeries Linux612Cloud { get; } = new("6.12-cloud", @"6\.12\.[0-9.]+\+deb[0-9.]+-cloud-amd64");

    /// <summary>All that every server of the lab has.</summary>
    public static IReadOnlyList<KernelSeries> All { get; } = [Linux612, Linux61, Linux61Cloud];

    /// <summary>Whether the release is one of this series.</summary>
    public bool Has(string release) => Regex.IsMatch(release, $"^(?:{ReleasePattern})$", RegexOptions.CultureInvariant);
}
