namespace Parker.Lab.Kernels;

/// <summary>A kernel module, unpacked.</summary>
/// <param name="Name">With <c>_</c>, as <c>lsmod</c> shows it.</param>
/// <param name="Path">Below <c>/lib/modules/RELEASE</c>.</param>
/// <param name="Content">The ELF file.</param>
/// <param name="Information">What it says of itself.</param>
public sealed record KernelModule(string Name, string Path, byte[] Content, ModuleInformation Information);
