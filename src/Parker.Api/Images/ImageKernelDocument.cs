namespace Parker.Api.Images;

/// <summary>The kernel of an image.</summary>
public sealed record ImageKernelDocument
{
    /// <summary>As <c>uname -r</c> gives it; empty where the image does not say.</summary>
    public required string Release { get; init; }

    /// <summary>Release, builder and build; empty where the image does not say.</summary>
    public required string VersionText { get; init; }

    /// <summary><c>bzimage</c> or <c>unified</c> (a unified kernel image).</summary>
    public required string Kind { get; init; }

    /// <summary>The operating system that a unified kernel image names; null for none.</summary>
    public required string? OperatingSystem { get; init; }

    /// <summary>The boot protocol's version: <c>2.15</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The flags of <c>loadflags</c> that are set, by name; unknown ones as numbers.</summary>
    public required IReadOnlyList<string> LoadFlags { get; init; }

    /// <summary>The flags of <c>xloadflags</c> that are set, by name; unknown ones as numbers.</summary>
    public required IReadOnlyList<string> ExtendedLoadFlags { get; init; }

    /// <summary><c>elf</c>, <c>gzip</c>, <c>bzip2</c>, <c>lzma</c>, <c>xz</c>, <c>lzo</c>, <c>lz4</c>, <c>zstd</c> or <c>unknown</c>.</summary>
    public required string Payload { get; init; }

    /// <summary><c>matches</c>, <c>differs</c>, <c>absent</c> (damage cannot be told) or <c>not_compared</c>.</summary>
    public required string Checksum { get; init; }

    /// <summary>What is loaded.</summary>
    public required ulong KernelBytes { get; init; }

    /// <summary>The contiguous memory that it needs to start.</summary>
    public required ulong InitBytes { get; init; }

    /// <summary>The alignment of its load address.</summary>
    public required ulong AlignmentBytes { get; init; }

    /// <summary>The load address that it likes best.</summary>
    public required string PreferredAddress { get; init; }

    /// <summary>The longest command line, without its NUL.</summary>
    public required int CommandLineBytes { get; init; }

    /// <summary>The initrd within a unified kernel image; null for none.</summary>
    public required ulong? InitrdBytes { get; init; }

    /// <summary>The command line within a unified kernel image; null for none.</summary>
    public required string? CommandLine { get; init; }
}
