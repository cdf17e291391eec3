using System.Reflection;

namespace Parker.Cli;

/// <summary>The version of this program.</summary>
internal static class ParkerVersion
{
    /// <summary>The version as the build file states it, such as <c>0.1.0</c>.</summary>
    public static string Number => typeof(ParkerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>What <c>parker --version</c> prints.</summary>
    public static string Line => "parker " + Number;
}
