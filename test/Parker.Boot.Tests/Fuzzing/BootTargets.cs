using System.Diagnostics;
using System.Text;
using Parker.Boot.CommandLines;
using Parker.Boot.Initrds;
using Parker.Boot.Kernels;
using Parker.Boot.Tests.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Boot.Tests.Fuzzing;

/// <summary>What must hold for any bytes from outside; each throws where it does not.</summary>
internal static class BootTargets
{
    /// <summary>An image is given or refused with an error, and what it says of itself lies within the file.</summary>
    public static void ReadImage(ReadOnlySpan<byte> input)
    {
        using TemporaryFile file = new(input);
        DiagnosticBag diagnostics = [];
        KernelImage? image = KernelImage.TryRead(file.Handle, file.Path, diagnostics);
        Require(image is null == diagnostics.HasErrors, "An image is refused if, and only if, there is an error.");
        DiagnosticBag again = [];
        KernelImage? examined = KernelImage.Examine(file.Handle, file.Path, again);
        Require(again.SequenceEqual(diagnostics), "Looking at an image finds what reading it finds.");
        if (examined is not null)
        {
            Copy(examined.Payload, input.Length);
            Copy(examined.EmbeddedInitrd, input.Length);
            Require(examined.SetupHeader.Length is >= 115 and <= 159 && examined.VersionText.All(letter => letter is >= ' ' and <= '~'), "Header and release are in bounds.");
        }

        if (image is not null)
        {
            Require(PartitionLayoutTakes(image), "What is taken can be laid out, or is told.");
        }
    }

    /// <summary>An initrd is taken, or refused with an error.</summary>
    public static void CheckInitrd(ReadOnlySpan<byte> input)
    {
        DiagnosticBag diagnostics = [];
        bool sound = InitrdChecker.Check(new ByteContent(input.ToArray()), isLast: input.Length % 2 == 0, "initrd", diagnostics);
        Require(sound != diagnostics.HasErrors, "An initrd is refused if, and only if, there is an error.");
    }

    /// <summary>Whatever a user writes, a command line that is given has Parker's values as the last ones.</summary>
    public static void BuildCommandLine(ReadOnlySpan<byte> input)
    {
        DiagnosticBag diagnostics = [];
        string? line = ApplicationCommandLine.TryBuild(ExamplePlans.Small with { CommandLine = Encoding.UTF8.GetString(input) }, Kernel, diagnostics);
        Require(line is null == diagnostics.HasErrors, "A command line is refused if, and only if, there is an error.");
        if (line is null)
        {
            return;
        }

        Require(Encoding.UTF8.GetByteCount(line) <= Kernel.MaximumCommandLineLength && !line.Contains('\0', StringComparison.Ordinal), "The kernel takes the whole of it.");
        KernelCommandLine parsed = KernelCommandLine.Parse(line);
        foreach ((string name, string value) in ((string, string)[])[("panic", "0"), ("no_ipi_broadcast", "1"), ("tsc_early_khz", "2300000"), ("disable_cpu_apicid", "254"), ("8250.nr_uarts", "0"), ("sysctl.kernel.kexec_load_disabled", "1")])
        {
            Require(parsed.Last(name) == value, $"The last {name} is {value}, not {parsed.Last(name)}.");
        }

        Require(!parsed.Parameters.Any(parameter => parameter is ("acpi", "off") or ("noefi", _) or ("memmap", _)), "Nothing that takes away what the partition lives from gets through.");
    }

    // Its header is all that a command line asks for: the file may be gone.
    private static KernelImage Kernel { get; } = ReadKernel();

    private static KernelImage ReadKernel()
    {
        using TemporaryFile file = new(new ImageBuilder { Code = ImageBuilder.MakeCode(0x1400 - 4) }.Build());
        return KernelImage.TryRead(file.Handle, file.Path, [])!;
    }

    private static bool PartitionLayoutTakes(KernelImage image)
    {
        DiagnosticBag diagnostics = [];
        return PartitionLayout.TryCreate(ExamplePlans.Small, image.Footprint(ByteSize.Zero), diagnostics) is not null || diagnostics.HasErrors;
    }

    private static void Copy(FileContent? content, int fileLength)
    {
        if (content is not null)
        {
            Require(content.Length.Bytes <= (ulong)fileLength, "No content is longer than its file.");
            content.CopyTo(ByteSize.Zero, new byte[content.Length.Bytes]);
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new UnreachableException(message);
        }
    }
}
