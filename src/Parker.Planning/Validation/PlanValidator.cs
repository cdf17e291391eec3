using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Validation;

/// <summary>Whether a plan fits a machine.</summary>
/// <remarks>What two plans both want, and whether the image can be read and fits the memory, are judged elsewhere.</remarks>
public static class PlanValidator
{
    // The ports of COM1 to COM4, in the order of ttyS0 to ttyS3 (arch/x86/include/asm/serial.h).
    private static readonly ushort[] UartPorts = [0x3F8, 0x2F8, 0x3E8, 0x2E8];

    /// <summary>Finds everything in <paramref name="plan"/> that does not fit <paramref name="machine"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="held">The CPUs that Parker holds, and which are offline because of that; null for none.</param>
    public static IReadOnlyList<Diagnostic> Validate(PartitionPlan plan, MachineTopology machine, CpuSet? held = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(machine);
        return Validate(plan, new MachineIndex(machine), held ?? CpuSet.Empty, $"partition {plan.Name}");
    }

    /// <summary>The same for one plan of many on a machine.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">The machine.</param>
    /// <param name="held">The CPUs that Parker holds.</param>
    /// <param name="place">For messages.</param>
    internal static IReadOnlyList<Diagnostic> Validate(PartitionPlan plan, MachineIndex index, CpuSet held, string place)
    {
        DiagnosticBag diagnostics = [];
        CpuRules.Check(plan, index, held, place, diagnostics);
        MemoryRules.Check(plan, index, place, diagnostics);
        BusRules.Check(plan, index, place, diagnostics);
        CheckClock(plan, index.Machine, place, diagnostics);
        CheckProcessor(plan, index, place, diagnostics);
        CheckUart(plan, index.Machine, place, diagnostics);
        return [.. diagnostics];
    }

    private static void CheckClock(PartitionPlan plan, MachineTopology machine, string place, DiagnosticBag diagnostics)
    {
        if (machine.Tsc.Kilohertz is not long kilohertz)
        {
            diagnostics.Error(PlanDiagnosticId.TscDiffers, place, $"The frequency of the machine's TSC is not known ({machine.Tsc.Evidence}), and a partition has no other clock.", "Run as root.");
        }
        else if (plan.TscKilohertz <= 0 || (machine.Tsc.Source != TscSource.Measured && plan.TscKilohertz != kilohertz))
        {
            diagnostics.Error(PlanDiagnosticId.TscDiffers, place, $"Its TSC frequency is {plan.TscKilohertz} kHz, and the machine's is {kilohertz} kHz.", "Plan it anew.");
        }
    }

    private static void CheckProcessor(PartitionPlan plan, MachineIndex index, string place, DiagnosticBag diagnostics)
    {
        MachineTopology machine = index.Machine;
        if (index.ApicIds.Contains(plan.PhantomApicId))
        {
            diagnostics.Error(PlanDiagnosticId.PhantomTaken, place, $"Its phantom APIC ID {plan.PhantomApicId} is that of a CPU of the machine.", $"Take one that no CPU has, such as {index.Phantom}.");
        }

        bool hasGibibytePages = machine.Processor.Flags.Contains("pdpe1gb");
        if (machine.Processor.PhysicalAddressBits == 0)
        {
            diagnostics.Error(PlanDiagnosticId.TraitsDiffer, place, "How wide the machine's physical addresses are is not known (/proc/cpuinfo: no address sizes).", "Capture the machine anew.");
        }
        else if ((plan.Processor.HasGibibytePages && !hasGibibytePages) || plan.Processor.PhysicalAddressBits != machine.Processor.PhysicalAddressBits)
        {
            diagnostics.Error(
                PlanDiagnosticId.TraitsDiffer,
                place,
                $"It is made for CPUs with {plan.Processor.PhysicalAddressBits} physical address bits{(plan.Processor.HasGibibytePages ? " and 1 GiB pages" : "")}, and the machine's have {machine.Processor.PhysicalAddressBits}{(hasGibibytePages ? " and 1 GiB pages" : "")}.",
                "Plan it anew.");
        }

        int nodes = plan.Nodes.DefaultIfEmpty(0).Max() + 1;
        if (plan.NodeDistances.Count < nodes || plan.NodeDistances.Any(row => row.Count != plan.NodeDistances.Count))
        {
            diagnostics.Error(PlanDiagnosticId.DistancesMissing, place, $"Its node distances are not a square that holds its nodes {string.Join(", ", plan.Nodes)}.", "Plan it anew.");
        }
    }

    private static void CheckUart(PartitionPlan plan, MachineTopology machine, string place, DiagnosticBag diagnostics)
    {
        if (plan.UartPort is not ushort port)
        {
            return;
        }

        int index = Array.IndexOf(UartPorts, port);
        if (index < 0)
        {
            diagnostics.Error(PlanDiagnosticId.Uart, place, $"0x{port:x} is not the port of a UART.", "Take 0x3f8, 0x2f8, 0x3e8 or 0x2e8.");
        }
        else if (machine.Kernel.CommandLine.All("console").Any(console => console.Split(',')[0] == $"ttyS{index}"))
        {
            diagnostics.Error(PlanDiagnosticId.Uart, place, $"The UART at 0x{port:x} is the Boot Kernel's console (console=ttyS{index}).", "Take another, or boot with the console elsewhere.");
        }
    }
}
