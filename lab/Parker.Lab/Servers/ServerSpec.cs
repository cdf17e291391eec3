using Parker.Lab.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Lab.Servers;

/// <summary>What an emulated server is made of.</summary>
public sealed record ServerSpec
{
    /// <summary>Its processors.</summary>
    public CpuTopology Cpus { get; init; } = new(2, 4, 1);

    /// <summary>NUMA nodes; CPUs and memory are spread evenly over them, in order.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Its memory.</summary>
    public ByteSize Memory { get; init; } = ByteSize.FromGibibytes(4);

    /// <summary>How much of the memory is kept out of the Boot Kernel, spread evenly over the nodes, at the end of each; zero for none.</summary>
    public ByteSize Pool { get; init; } = ByteSize.FromGibibytes(2);

    /// <summary>The pool's very ranges, in place of <see cref="Pool"/>.</summary>
    public PhysicalRangeSet? PoolRanges { get; init; }

    /// <summary>How many 64 KiB slots below 640 KiB are kept out of the Boot Kernel.</summary>
    public int LowSlots { get; init; } = ServerMemory.MaxLowSlots;

    /// <summary>The Boot Kernel; null for the newest 6.12.</summary>
    public CachedKernel? BootKernel { get; init; }

    /// <summary>Kernels under <c>/boot</c>, each with a small initrd; null for those of the cache.</summary>
    public IReadOnlyList<CachedKernel>? Applications { get; init; }

    /// <summary>Whether the Boot Kernel runs its local APICs in x2APIC mode, which takes interrupt remapping, which takes an IOMMU unit.</summary>
    public bool X2apic { get; init; }

    /// <summary>Whether there is an IOMMU unit for the devices alone, which the Boot Kernel leaves alone, so that a partition with all of them can own it.</summary>
    public bool Iommu { get; init; }

    /// <summary>Devices, each behind a root port of its own.</summary>
    public IReadOnlyList<DeviceSpec> Devices { get; init; } = [];

    /// <summary>The archive of a whole system (<see cref="Systems.SystemCache"/>) that runs in place of busybox and the lab's own init, with no daemon started; null for those.</summary>
    public string? System { get; init; }

    /// <summary>More files in the server's file system: here, and there.</summary>
    public IReadOnlyList<(string Source, string Target)> Files { get; init; } = [];

    /// <summary>More programs in the server's file system, with the libraries that they are linked to: here, and there.</summary>
    public IReadOnlyList<(string Source, string Target)> Programs { get; init; } = [];

    /// <summary>More parameters of the Boot Kernel.</summary>
    public IReadOnlyList<string> KernelParameters { get; init; } = [];

    /// <summary>
    /// The words after the kernel of a <c>linux</c> line, as they stand in a grub.cfg. Where they are given, the server boots from a disk with GRUB, and has these parameters alone; null for QEMU's own loader.
    /// </summary>
    public string? GrubWords { get; init; }

    /// <summary>Takes everything that can not be built.</summary>
    public bool Validate(DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        int before = diagnostics.Count;
        if (Cpus.Cpus is < 1 or > 255)
        {
            diagnostics.Error("LAB001", "topology", $"{Cpus} gives {Cpus.Cpus} CPUs; the machine that is emulated has 1 to 255.", "Ask for fewer sockets, cores or threads.");
        }

        if (Nodes is < 1 or > 8 || (Cpus.Cpus > 0 && Cpus.Cpus % Math.Max(Nodes, 1) != 0))
        {
            diagnostics.Error("LAB002", "nodes", $"{Cpus.Cpus} CPUs cannot be spread evenly over {Nodes} nodes.", "Ask for a number of nodes from 1 to 8 that divides the number of CPUs.");
        }
        else if (Memory < ServerMemory.LeastBootMemory || Memory.Bytes % ((ulong)Nodes * ServerMemory.Granule.Bytes) != 0 || Memory > ServerMemory.Most)
        {
            diagnostics.Error(
                "LAB003",
                "memory",
                $"{Memory} is no size for this server: at least {ServerMemory.LeastBootMemory}, at most {ServerMemory.Most}, and a multiple of {ServerMemory.Granule} for each node.",
                "Ask for 4G.");
        }
        else
        {
            ServerMemory.Validate(this, diagnostics);
        }

        if (LowSlots is < 0 or > ServerMemory.MaxLowSlots)
        {
            diagnostics.Error("LAB004", "low slots", $"{LowSlots} low slots do not fit below 640 KiB beside the Boot Kernel's own trampoline; at most {ServerMemory.MaxLowSlots} do.");
        }

        if (Devices.Count > QemuArguments.MaxDevices)
        {
            diagnostics.Error("LAB005", "devices", $"{Devices.Count} devices are more than the {QemuArguments.MaxDevices} root ports that the server can have.");
        }

        if (X2apic && Iommu)
        {
            diagnostics.Error(
                "LAB006",
                "x2apic, iommu",
                "The one IOMMU unit of this server is either the Boot Kernel's, which x2APIC mode takes, or left to a partition.",
                "Choose one of the two.");
        }

        return diagnostics.Count == before;
    }
}
