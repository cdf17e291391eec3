namespace Parker.Lab.Kernels;

/// <summary>A kernel of the cache: its image and its modules.</summary>
/// <param name="Release">What <c>uname -r</c> says in it.</param>
/// <param name="ImagePath">The bzImage.</param>
/// <param name="ModulesFolder">The folder that is <c>/lib/modules/RELEASE</c> where it is installed.</param>
public sealed record CachedKernel(string Release, string ImagePath, string ModulesFolder)
{
    /// <summary>Its modules.</summary>
    public ModuleTree Modules { get; } = new(ModulesFolder);
}
