namespace Parker.Api.Partitions;

/// <summary>What a partition was started from.</summary>
/// <param name="Release">The kernel's release, as its file says; empty where it does not.</param>
/// <param name="CommandLine">The whole command line as it was given to the kernel.</param>
/// <param name="KernelHash">XXH128 of the kernel's payload.</param>
/// <param name="InitrdHash">XXH128 of the initrd.</param>
/// <param name="CommandLineHash">XXH128 of the command line.</param>
public sealed record ImageDocument(string Release, string CommandLine, string KernelHash, string InitrdHash, string CommandLineHash);
