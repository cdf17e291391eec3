using System.Reflection;

namespace Parker.Lab.Initramfs;

/// <summary>The scripts for guests that this assembly has in it.</summary>
internal static class GuestScripts
{
    /// <summary>Opens one.</summary>
    /// <param name="name">The file's name.</param>
    public static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
