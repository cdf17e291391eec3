using Microsoft.Win32.SafeHandles;
using Parker.Boot.CommandLines;
using Parker.Boot.Initrds;
using Parker.Boot.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>The open files of a partition's kernel and initrd, with the image that is made of them.</summary>
public sealed class ImageFiles : IDisposable
{
    // Of the memory that there is, what copies of kernel and initrd may take while a partition is started; larger ones stay files.
    private const int LargestHeldShare = 8;

    private readonly IReadOnlyList<IDisposable> _open;

    private ImageFiles(IReadOnlyList<IDisposable> open, ImageInputs inputs, PartitionImage image)
    {
        _open = open;
        Inputs = inputs;
        Image = image;
    }

    /// <summary>What the image is made of.</summary>
    public ImageInputs Inputs { get; }

    /// <summary>The image; its segments can be read until this is disposed of.</summary>
    public PartitionImage Image { get; }

    /// <summary>Opens and checks kernel and initrd files, makes the command line, and builds the image.</summary>
    /// <param name="plan">Names the files.</param>
    /// <param name="bootId">The boot that is to begin.</param>
    /// <param name="journalPosition">Where the journal stands.</param>
    /// <param name="date">Today.</param>
    /// <param name="hold">Whether the bytes are to be loaded soon: they are read once, and held in memory where it is large enough, so that what is checked here is what is loaded.</param>
    /// <param name="diagnostics">Takes each problem: <c>IMG</c>, <c>CMD</c>, <c>LAY</c>, <c>ACPI</c> and <c>MAP</c> ids.</param>
    /// <returns>The open files with the image; null where there was an error.</returns>
    public static ImageFiles? TryOpen(PartitionPlan plan, Guid bootId, long journalPosition, DateOnly date, bool hold, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(diagnostics);
        List<IDisposable> open = [];
        ImageFiles? files = null;
        try
        {
            SafeFileHandle kernelFile = File.OpenHandle(plan.KernelPath);
            open.Add(kernelFile);
            KernelImage? kernel = KernelImage.TryRead(kernelFile, plan.KernelPath, diagnostics);
            InitrdFiles? initrdFiles = InitrdFiles.TryOpen(plan.InitrdPaths, kernel?.EmbeddedInitrd, diagnostics);
            if (initrdFiles is not null)
            {
                open.Add(initrdFiles);
            }

            string? commandLine = kernel is null ? null : ApplicationCommandLine.TryBuild(plan, kernel, diagnostics);
            if (kernel is null || initrdFiles is null || commandLine is null)
            {
                return null;
            }

            hold &= kernel.Payload.Length + initrdFiles.Length <= MostToHold();
            SegmentContent payload = hold ? Held(kernel.Payload, open) : kernel.Payload;
            SegmentContent? initrd = hold && initrdFiles.Content is InitrdConcatenation content ? Held(content, open) : initrdFiles.Content;
            ImageInputs inputs = new(kernel, initrd, commandLine, ImageHashes.Of(payload, initrd, commandLine), bootId, journalPosition, date) { Payload = payload };
            PartitionImage? image = PartitionImage.TryBuild(plan, inputs, diagnostics);
            files = image is null ? null : new ImageFiles(open, inputs, image);
            return files;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            ReportUnreadable(plan.KernelPath, exception, diagnostics);
            return null;
        }
        finally
        {
            if (files is null)
            {
                Close(open);
            }
        }
    }

    /// <summary>Opens and checks a kernel's file alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Takes each problem: <c>IMG</c> ids.</param>
    public static void CheckKernel(string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            _ = KernelImage.TryRead(file, path, diagnostics);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            ReportUnreadable(path, exception, diagnostics);
        }
    }

    private static bool IsUnreadable(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static void ReportUnreadable(string path, Exception exception, DiagnosticBag diagnostics) =>
        diagnostics.Error("IMG001", path, $"The kernel cannot be read: {exception.Message}", "Give the path of a readable, regular file.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(_open);
        if (_open.Any(one => one is HeldContent))
        {
            // A process that waits for months does not collect by itself what it held for a second.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
    }

    private static ByteSize MostToHold() =>
        new(Math.Min(HeldContent.Longest.Bytes, (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / LargestHeldShare));

    private static HeldContent Held(SegmentContent content, List<IDisposable> open)
    {
        HeldContent held = HeldContent.Of(content);
        open.Add(held);
        return held;
    }

    private static void Close(IReadOnlyList<IDisposable> open)
    {
        foreach (IDisposable one in open)
        {
            one.Dispose();
        }
    }
}
