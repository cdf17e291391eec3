using Microsoft.Win32.SafeHandles;
using Parker.Boot.CommandLines;
using Parker.Boot.Initrds;
using Parker.Boot.Kernels;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>The open files of a partition's kernel and initrd, with the image that is made of them.</summary>
public sealed class ImageFiles : IDisposable
{
    private readonly SafeFileHandle _kernelFile;
    private readonly InitrdFiles _initrdFiles;

    private ImageFiles(SafeFileHandle kernelFile, InitrdFiles initrdFiles, ImageInputs inputs, PartitionImage image)
    {
        _kernelFile = kernelFile;
        _initrdFiles = initrdFiles;
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
    /// <param name="diagnostics">Takes each problem: <c>IMG</c>, <c>CMD</c>, <c>LAY</c>, <c>ACPI</c> and <c>MAP</c> ids.</param>
    /// <returns>The open files with the image; null where there was an error.</returns>
    public static ImageFiles? TryOpen(PartitionPlan plan, Guid bootId, long journalPosition, DateOnly date, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(diagnostics);
        SafeFileHandle? kernelFile = null;
        InitrdFiles? initrdFiles = null;
        ImageFiles? files = null;
        try
        {
            kernelFile = File.OpenHandle(plan.KernelPath);
            KernelImage? kernel = KernelImage.TryRead(kernelFile, plan.KernelPath, diagnostics);
            initrdFiles = InitrdFiles.TryOpen(plan.InitrdPaths, kernel?.EmbeddedInitrd, diagnostics);
            string? commandLine = kernel is null ? null : ApplicationCommandLine.TryBuild(plan, kernel, diagnostics);
            if (kernel is null || initrdFiles is null || commandLine is null)
            {
                return null;
            }

            ImageInputs inputs = new(kernel, initrdFiles.Content, commandLine, ImageHashes.Of(kernel.Payload, initrdFiles.Content, commandLine), bootId, journalPosition, date);
            PartitionImage? image = PartitionImage.TryBuild(plan, inputs, diagnostics);
            files = image is null ? null : new ImageFiles(kernelFile, initrdFiles, inputs, image);
            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            diagnostics.Error("IMG001", plan.KernelPath, $"The kernel cannot be read: {exception.Message}", "Give the path of a readable, regular file.");
            return null;
        }
        finally
        {
            if (files is null)
            {
                kernelFile?.Dispose();
                initrdFiles?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kernelFile.Dispose();
        _initrdFiles.Dispose();
    }
}
