using System.Globalization;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Boot.CommandLines;

/// <summary>The parameters of a user's command line that contradict Parker's, take away what a partition lives from, or reach for what is the Boot Kernel's.</summary>
/// <remarks>
/// Documentation/admin-guide/kernel-parameters.txt; docs/machine-facts.md, section 5. This keeps a user from mistakes. It is no wall: root in a partition can reach the same
/// hardware without any parameter (docs/containment.md).
/// </remarks>
internal static class ParameterRules
{
    // Of another value than Parker's (the ids of errors end below CMD020).
    private const string Contradiction = "CMD010";
    private const string Foundation = "CMD011";
    private const string ForeignHardware = "CMD012";
    private const string Memory = "CMD013";
    private const string NoEffect = "CMD020";
    private const string Unseen = "CMD021";
    private const string LeaveOut = "Leave it out.";

    private static readonly ParameterRule[] Rules =
    [
        .. new[] { "off", "ht", "noirq", "rsdt" }.Select(value => new ParameterRule(
            "acpi", Foundation, (given, _) => Has(given, value), "takes away the tables that the partition is described by; its kernel would then probe the server's own hardware.", LeaveOut)),
        new("acpi_rsdp", Foundation, Always, "points to other ACPI tables than the partition's.", LeaveOut),
        new("pnpacpi", Foundation, (value, _) => Has(value, "off"), "takes away the reservation of the PCI configuration space, which the kernel then does not use.", LeaveOut),
        .. Bare(Foundation, "takes away the local or the I/O APIC: the partition has no other interrupt controller.", "noapic", "nolapic", "disableapic", "nolapic_timer"),
        new("nox2apic", Foundation, NeedsX2Apic, "takes away x2APIC mode, which CPUs of this partition need.", LeaveOut),
        new("nosmp", Foundation, Always, "switches off more than the other CPUs: the I/O APIC, too.", "Give the partition one CPU instead, or write maxcpus=1."),
        new("maxcpus", Foundation, (value, _) => ToNumber(value) == 0, "switches off more than the other CPUs: the I/O APIC, too.", "Give the partition one CPU instead, or write maxcpus=1."),
        new("noefi", Foundation, Always, "takes away UEFI: reboot and power off would then reset the server.", LeaveOut),
        new("efi", Foundation, (value, _) => HasAny(value, "off", "noruntime"), "takes away UEFI's runtime: reboot and power off would then reset the server.", LeaveOut),
        new("notsc", Foundation, Always, "takes away the time stamp counter: the partition has no other clock.", LeaveOut),
        new("tsc", Foundation, (value, _) => Has(value, "unstable"), "takes away the time stamp counter: the partition has no other clock.", LeaveOut),
        new("pci", Foundation, (value, _) => HasAny(value, "noacpi", "nocrs", "nommconf", "nomsi"), "takes away how the partition's devices are found, or their interrupts.", LeaveOut),
        new("pci", Contradiction, (value, _) => HasAny(value, "realloc", "realloc=on"), "would move the devices' memory out of their root port's windows; Parker sets realloc=off.", LeaveOut),
        new("iommu", Foundation, (value, plan) => plan.Iommu is not null && HasAny(value, "off"), "switches off the IOMMU unit that the partition owns; its devices' interrupts would be lost.", LeaveOut),
        new("intremap", Foundation, (value, plan) => plan.Iommu is not null && HasAny(value, "off"), "switches off interrupt remapping in the unit that the partition owns.", LeaveOut),

        new("pci", ForeignHardware, (value, _) => HasAny(value, "conf1", "conf2", "bios", "earlydump", "assign_busses", "assign-busses", "check_enable_amd_mmconf"), "reaches for PCI configuration space that is the Boot Kernel's.", LeaveOut),
        new("hpet", ForeignHardware, (value, _) => HasAny(value, "force"), "switches on the server's HPET, which is the Boot Kernel's.", LeaveOut),
        new("i8042.nopnp", ForeignHardware, Always, "makes the kernel probe the server's keyboard controller, which is the Boot Kernel's.", LeaveOut),
        new("earlyprintk", ForeignHardware, (value, plan) => !NamesUart(value, plan), "writes to a port, screen or debug device that is the Boot Kernel's.", "Read the partition's log with 'parker log', or grant a UART and name its port."),
        new("earlycon", ForeignHardware, (value, plan) => value is not (null or "") && !NamesUart(value, plan), "writes to a port or memory that is the Boot Kernel's.", "Read the partition's log with 'parker log', or grant a UART and name its port."),
        new("console", ForeignHardware, (value, plan) => StartsWith(value, "uart") && !NamesUart(value, plan), "writes to a port or memory that is the Boot Kernel's.", "Read the partition's log with 'parker log', or grant a UART and name its port."),

        new("console", ForeignHardware, NamesForeignTerminal, "writes to a serial port that is the Boot Kernel's.", "Name the terminal of the granted UART: ttyS0 is 0x3f8, ttyS1 0x2f8, ttyS2 0x3e8, ttyS3 0x2e8."),
        new("8250_core.nr_uarts", ForeignHardware, (value, plan) => plan.UartPort is null && value != "0", "makes the kernel try serial ports that are the Boot Kernel's.", LeaveOut),

        new("mem", Memory, Always, "limits memory by address, and the partition's may lie above the limit.", "Give the partition less memory instead."),
        new("memmap", Memory, Always, "changes the memory map: a partition has no memory but what it was given.", LeaveOut),
        new("efi_fake_mem", Memory, Always, "changes the memory map: a partition has no memory but what it was given.", LeaveOut),

        new("maxcpus", NoEffect, (value, plan) => !plan.IsElastic && ToNumber(value) > plan.Cpus.Count, "asks for more CPUs than the partition has.", "Give it more CPUs, or leave the parameter out."),
        .. new[] { "nr_cpus", "possible_cpus" }.Select(name => new ParameterRule(
            name, NoEffect, (value, plan) => plan.IsElastic && ToNumber(value) < plan.ToldCpus.Count, "keeps out CPUs that may come while the partition runs.", LeaveOut)),
        new("nr_cpus", NoEffect, (value, plan) => !plan.IsElastic && ToNumber(value) < plan.Cpus.Count, "leaves CPUs of the partition unused.", "Give it fewer CPUs, or leave the parameter out."),
        .. new[] { "kvm.", "kvm_intel.", "kvm_amd." }.Select(name => new ParameterRule(
            name, NoEffect, Always, "is for KVM, which is kept out of a partition: a CPU that runs virtual machines could not be stopped.", LeaveOut)),
        new("modules_load", NoEffect, (value, _) => HasAny(value, [.. ApplicationCommandLine.ForbiddenModules, "kvm-intel", "kvm-amd"]), "asks for KVM, which is kept out of a partition: a CPU that runs virtual machines could not be stopped.", LeaveOut),
        new("crashkernel", NoEffect, Always, "keeps memory for a crash kernel, and kexec is switched off in a partition.", "Leave it out; the memory of a panicked partition stays as it was until it is started again or destroyed."),
        new("console", NoEffect, (value, plan) => StartsWith(value, "ttyS") && plan.UartPort is null, "names a serial port, and the partition has none.", "Read its log with 'parker log', or grant a UART."),
        new("bootconfig", Unseen, Always, "takes parameters from the initrd, which are not checked here.", "Make sure that none of them contradicts Parker's."),
        new("thermal.off", Unseen, (value, _) => value is not "0", "switches off the driver by which Parker sees that the kernel is alive and asks it to shut down.", LeaveOut),
        new("thermal.nocrt", Unseen, (value, _) => value is not "0", "switches off what Parker uses to ask the kernel to shut down.", LeaveOut),
        new("thermal.tzp", Unseen, Always, "changes how often the kernel tells Parker that it is alive.", LeaveOut),
    ];

    /// <summary>Checks a user's parameters.</summary>
    /// <param name="user">The user's.</param>
    /// <param name="plan">The partition.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes all problems.</param>
    /// <returns>Whether there was no error.</returns>
    public static bool Check(KernelCommandLine user, PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        bool sound = true;
        Dictionary<string, string> own = ApplicationCommandLine.OwnParameters(plan).ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        foreach ((string given, string? value) in user.Parameters)
        {
            string name = given.Replace('-', '_');
            string text = value is null ? given : $"{given}={value}";
            if (own.TryGetValue(name, out string? ours) && Contradicts(name, value, ours))
            {
                string remedy = name == "module_blacklist" ? $"Write module_blacklist={ours},{value}: the last one counts." : LeaveOut;
                diagnostics.Error(Contradiction, place, $"'{text}' contradicts '{name}={ours}', without which the kernel would harm the server or could not be watched.", remedy);
                sound = false;
            }

            foreach (ParameterRule rule in Rules.Where(rule => rule.Covers(name) && rule.Applies(value, plan)))
            {
                diagnostics.Add(new Diagnostic(rule.Id, rule.Severity, place, $"'{text}' {rule.Reason}", rule.Remedy));
                sound &= rule.Severity != DiagnosticSeverity.Error;
            }
        }

        return sound;
    }

    // Parameters whose values add up have rules for the values that matter.
    private static bool Contradicts(string name, string? value, string ours) => name switch
    {
        "pci" or "tsc" or "reserve" => false,

        // Only what is best: the user's stands later, and wins.
        "memhp_default_state" => false,
        "reboot" => value is null || Words(value).Except(Words(ours)).Any(),
        "module_blacklist" => ApplicationCommandLine.ForbiddenModules.Except(Words(value).Select(module => module.Replace('-', '_'))).Any(),
        "intel_iommu" => HasAny(value, "off"),
        _ => value != ours,
    };

    private static IEnumerable<ParameterRule> Bare(string id, string reason, params string[] names) => names.Select(name => new ParameterRule(name, id, Always, reason, LeaveOut));

    private static bool Always(string? value, PartitionPlan plan) => true;

    // In xAPIC mode an APIC ID has 8 bits; the mode that an IOMMU unit's interrupt remapping works in is x2APIC.
    private static bool NeedsX2Apic(string? value, PartitionPlan plan) => plan.Iommu is not null || plan.Cpus.Any(cpu => !cpu.ApicId.FitsXapic);

    // A UART of the partition by its port: "serial,0x2f8,115200", "uart8250,io,0x2f8", "ttyS1". An early console knows the first two terminals only and takes others for the first.
    private static bool NamesUart(string? value, PartitionPlan plan) =>
        plan.UartPort is ushort port && Words(value).Any(word => ParsePort(word) == port || (word is "ttyS0" or "ttyS1" && LegacySerialPorts.PortOf(word) == port));

    // The console is set up before the driver asks the tables what there is, with the port that such a terminal always has. Without a granted UART there is no driver.
    private static bool NamesForeignTerminal(string? value, PartitionPlan plan) =>
        plan.UartPort is ushort granted && LegacySerialPorts.PortOf(Words(value).FirstOrDefault("")) is ushort port && port != granted;

    private static ushort? ParsePort(string word) =>
        word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && ushort.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort port) ? port : null;

    private static bool Has(string? value, string word) => Words(value).Contains(word, StringComparer.Ordinal);

    private static bool HasAny(string? value, params string[] words) => words.Any(word => Has(value, word));

    private static bool StartsWith(string? value, string start) => value is not null && value.StartsWith(start, StringComparison.Ordinal);

    private static string[] Words(string? value) => value is null ? [] : value.Split(',');

    private static long? ToNumber(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
