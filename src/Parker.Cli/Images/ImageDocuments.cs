using System.Globalization;
using System.Numerics;
using Parker.Api;
using Parker.Api.Images;
using Parker.Boot.Kernels;
using Parker.Machine.Diagnostics;

namespace Parker.Cli.Images;

/// <summary>Makes documents of kernel images.</summary>
internal static class ImageDocuments
{
    /// <summary>The document of an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">What can be read of it; null for nothing.</param>
    /// <param name="diagnostics">What was found.</param>
    public static ImageReportDocument Of(string path, KernelImage? image, DiagnosticBag diagnostics) => new()
    {
        Version = ImageReportDocument.CurrentVersion,
        Path = path,
        CanStart = image is not null && !diagnostics.HasErrors,
        Kernel = image is null ? null : Of(image),
        Diagnostics = [.. diagnostics.Select(DiagnosticDocument.Of)],
    };

    private static ImageKernelDocument Of(KernelImage image) => new()
    {
        Release = image.Release,
        VersionText = image.VersionText,
        Kind = image.IsUnified ? "unified" : "bzimage",
        OperatingSystem = image.OperatingSystem,
        Protocol = image.Protocol.ToString(),
        LoadFlags = FlagNames((uint)image.LoadFlags, bit => (LoadFlags)bit switch
        {
            LoadFlags.LoadedHigh => "LOADED_HIGH",
            LoadFlags.Kaslr => "KASLR_FLAG",
            LoadFlags.Quiet => "QUIET_FLAG",
            LoadFlags.KeepSegments => "KEEP_SEGMENTS",
            LoadFlags.CanUseHeap => "CAN_USE_HEAP",
            _ => null,
        }),
        ExtendedLoadFlags = FlagNames((uint)image.ExtendedLoadFlags, bit => (ExtendedLoadFlags)bit switch
        {
            ExtendedLoadFlags.Kernel64 => "KERNEL_64",
            ExtendedLoadFlags.CanBeLoadedAbove4G => "CAN_BE_LOADED_ABOVE_4G",
            ExtendedLoadFlags.EfiHandover32 => "EFI_HANDOVER_32",
            ExtendedLoadFlags.EfiHandover64 => "EFI_HANDOVER_64",
            ExtendedLoadFlags.EfiKexec => "EFI_KEXEC",
            ExtendedLoadFlags.FiveLevel => "5LEVEL",
            ExtendedLoadFlags.FiveLevelEnabled => "5LEVEL_ENABLED",
            _ => null,
        }),
        Payload = ApiJson.NameOf(image.PayloadFormat),
        Checksum = ApiJson.NameOf(image.Checksum),
        KernelBytes = image.Payload.Length.Bytes,
        InitBytes = image.InitSize.Bytes,
        AlignmentBytes = image.KernelAlignment.Bytes,
        PreferredAddress = image.PreferredAddress.ToString(),
        CommandLineBytes = image.MaximumCommandLineLength,
        InitrdBytes = image.EmbeddedInitrd?.Length.Bytes,
        CommandLine = image.EmbeddedCommandLine,
    };

    // By the kernel's names, which people look for.
    private static List<string> FlagNames(uint flags, Func<uint, string?> name)
    {
        List<string> names = [];
        for (; flags != 0; flags &= flags - 1)
        {
            uint bit = 1u << BitOperations.TrailingZeroCount(flags);
            names.Add(name(bit) ?? string.Create(CultureInfo.InvariantCulture, $"0x{bit:x}"));
        }

        return names;
    }
}
