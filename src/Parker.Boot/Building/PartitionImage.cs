using System.Text;
using Parker.Boot.Kernels;
using Parker.Boot.PageTables;
using Parker.Boot.Stubs;
using Parker.Firmware;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>All that a partition starts from: its layout, what its kernel is told, and every byte in its memory.</summary>
public sealed class PartitionImage
{
    private PartitionImage(PartitionLayout layout, MachineDescription description, ReadOnlyMemory<byte> bootParameters, MemoryImage memory)
    {
        Layout = layout;
        Description = description;
        BootParameters = bootParameters;
        Memory = memory;
    }

    /// <summary>Where everything lies.</summary>
    public PartitionLayout Layout { get; }

    /// <summary>The machine description.</summary>
    public MachineDescription Description { get; }

    /// <summary><c>boot_params</c>: one page.</summary>
    public ReadOnlyMemory<byte> BootParameters { get; }

    /// <summary>The bytes.</summary>
    public MemoryImage Memory { get; }

    /// <summary>Builds the image. Reads nothing of kernel and initrd: their bytes stay where they are until they are written.</summary>
    /// <param name="plan">The partition.</param>
    /// <param name="inputs">What it starts from.</param>
    /// <param name="diagnostics">Takes each reason why there is no image: <c>LAY</c>, <c>ACPI</c> and <c>MAP</c> ids.</param>
    /// <returns>The image; null where there was an error.</returns>
    public static PartitionImage? TryBuild(PartitionPlan plan, ImageInputs inputs, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(diagnostics);
        PartitionLayout? layout = PartitionLayout.TryCreate(plan, inputs.Kernel.Footprint(inputs.Initrd?.Length ?? ByteSize.Zero), diagnostics);
        if (layout is null)
        {
            return null;
        }

        IdentityMap? identityMap = IdentityMap.TryBuild(plan, layout, diagnostics);
        MachineDescription? description = MachineDescription.TryBuild(plan, layout, inputs.BootId, inputs.Date, diagnostics);
        if (identityMap is null || description is null)
        {
            return null;
        }

        PhysicalAddress entry = layout.Kernel.Start + KernelImage.EntryOffset64;
        byte[] bootParameters = Building.BootParameters.Build(inputs.Kernel, layout, description);
        List<MemorySegment> segments =
        [
            new(plan.LowSlot + LowSlotLayout.StartStub, Own(StartStub.Assemble(plan.LowSlot, layout.HeaderPage.Start, layout.BootParams.Start, entry)), "start stub", SegmentOwner.Parker),
            new(layout.HeaderPage.Start, Own(HeaderPage.Build(plan, inputs)), "header page", SegmentOwner.Parker),
            new(layout.BootParams.Start, Own(bootParameters), "boot_params", SegmentOwner.ApplicationKernel),
            new(layout.CommandLine.Start, Own(WithNul(inputs.CommandLine)), "command line", SegmentOwner.ApplicationKernel),
            new(layout.Kernel.Start, inputs.Payload, "kernel", SegmentOwner.ApplicationKernel),
            .. identityMap.Segments(),
            .. description.Segments(),
        ];
        if (inputs.Initrd is SegmentContent initrd)
        {
            segments.Add(new MemorySegment(layout.Initrd.Start, initrd, "initrd", SegmentOwner.ApplicationKernel));
        }

        segments.Sort((left, right) => left.Address.CompareTo(right.Address));
        MemoryImage memory = new()
        {
            Segments = segments,
            StartVector = Vector(plan.LowSlot + LowSlotLayout.StartStub),
            ParkVector = Vector(plan.LowSlot + LowSlotLayout.ParkStub),
            Entry = entry,
            HeaderPage = layout.HeaderPage.Start,
        };
        return new PartitionImage(layout, description, bootParameters, memory);
    }

    private static ByteContent Own(byte[] bytes) => new(bytes);

    private static byte[] WithNul(string commandLine) => [.. Encoding.UTF8.GetBytes(commandLine), 0];

    private static byte Vector(PhysicalAddress page) => checked((byte)(page.Value >> 12));
}
