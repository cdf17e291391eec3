namespace Parker.Runtime;

/// <summary>What tells one image from another.</summary>
/// <param name="Release">The kernel's release as its file says; empty where it does not.</param>
/// <param name="CommandLine">The whole command line.</param>
/// <param name="KernelHash">XXH128 of the kernel's payload, 32 hexadecimal digits.</param>
/// <param name="InitrdHash">XXH128 of the initrd.</param>
/// <param name="CommandLineHash">XXH128 of the command line.</param>
public sealed record ImageIdentity(string Release, string CommandLine, string KernelHash, string InitrdHash, string CommandLineHash);
